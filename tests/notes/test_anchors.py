"""A quotation is found where it stands, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.model import NoteState
from viewer.notes.anchors import CONTEXT, anchor_item, is_in_place, locate, make_anchor

TEXT = "Peer-to-peer sharing remained a main route. Newer services admit members by invitation only. Reports rose."
QUOTE = "Newer services admit members by invitation only"
START = TEXT.index(QUOTE)
ANCHOR = make_anchor("t.p1", TEXT, START, START + len(QUOTE))


@given(st.text(min_size=1), st.data())
def test_any_range_of_any_text_is_found_where_it_was_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = make_anchor("t.p1", text, start, end)
    found = locate(anchor, text)
    assert (found.state, found.anchor) == (NoteState.PLACED, anchor)
    assert (anchor.quote, anchor.end) == (text[start:end], end)


@given(st.text(), st.text())
def test_locating_never_fails_and_never_invents_text(quote: str, text: str) -> None:
    if quote:
        found = locate(make_anchor("t.p1", quote, 0, len(quote)), text)
        if found.anchor is not None:
            assert text[found.anchor.start : found.anchor.end] == found.anchor.quote


def test_keeps_40_characters_on_each_side_of_words_that_stand_once() -> None:
    assert ANCHOR.prefix == TEXT[START - CONTEXT : START]
    assert ANCHOR.suffix == TEXT[ANCHOR.end : ANCHOR.end + CONTEXT]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 4), (0, 10_000), (9, 2)])
def test_refuses_an_empty_range_and_one_outside(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        make_anchor("t.p1", TEXT, start, end)


@pytest.mark.parametrize(
    ("text", "state", "quote"),
    [
        (f"A sentence came before. {TEXT}", NoteState.PLACED, QUOTE),
        (TEXT.replace("Reports rose", "Reports fell"), NoteState.PLACED, QUOTE),
        (f"Something else. {QUOTE}, it says.", NoteState.MOVED, QUOTE),
        (f"{QUOTE}. And again: {QUOTE}.", NoteState.MOVED, QUOTE),
        (TEXT.replace("members by invitation", "members upon invitation"), NoteState.MOVED,
         "Newer services admit members upon invitation only"),
        ("Nothing here has to do with it, and no word of the old text is left in this one.", NoteState.PLACELESS, ""),
        ("", NoteState.PLACELESS, ""),
    ],
)  # fmt: skip
def test_places_what_is_sure_and_asks_about_the_rest(text: str, state: NoteState, quote: str) -> None:
    found = locate(ANCHOR, text)
    assert found.state is state
    assert (found.anchor.quote if found.anchor else "") == quote


def test_tells_equal_words_apart_by_what_stands_around_them() -> None:
    text = "Children are at risk at home. Children are at risk online. Children are at risk abroad."
    start = text.index("at risk", 40)
    anchor = make_anchor("t.p1", text, start, start + 7)
    longer = f"A new first sentence. {text}"
    found = locate(anchor, longer)
    assert found.state is NoteState.PLACED
    assert found.anchor is not None
    assert longer[found.anchor.start :].startswith("at risk online")


def test_the_same_words_at_the_same_place_among_others_are_not_taken_for_granted() -> None:
    text = "x" * (START - 1) + f" {QUOTE} and whatever else there is to say"
    assert not is_in_place(ANCHOR, text)
    assert locate(ANCHOR, text).state is NoteState.MOVED


def test_a_note_on_the_whole_item_stays_with_its_item_and_asks_when_its_words_changed() -> None:
    whole = anchor_item("t.p1", TEXT)
    assert locate(whole, TEXT).state is NoteState.PLACED
    assert locate(whole, TEXT.replace(". ", ".\n")).state is NoteState.PLACED
    assert locate(whole, TEXT.replace("rose", "fell")).state is NoteState.MOVED
    assert locate(whole, "Wholly different words about another matter.").state is NoteState.MOVED


def test_a_quotation_of_one_letter_in_a_long_text_costs_no_time() -> None:
    anchor = make_anchor("t.p1", "b a c", 2, 3)
    assert locate(anchor, "a " * 8_000).state is NoteState.MOVED
