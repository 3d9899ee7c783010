"""What a note may hold: nothing that is typed is changed or cut without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.errors import NotesTrouble
from viewer.notes import w3c
from viewer.notes.exchange import pack_notes
from viewer.notes.limits import (
    MAX_MEANING,
    MAX_TAG,
    MAX_TAGS,
    MAX_TEXT,
    TAG,
    keepable_tags,
    keepable_text,
    left_out,
    parse_tags,
    room_left,
)
from viewer.notes.notebook import Notebook


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("#p2p, for-training", ("p2p", "for-training")),
        ("a A  a", ("a",)),
        ("", ()),
        ("# ## ,", ()),
        ("#one#two", ("one", "two")),
        (
            "#R&D #on-line, C++ ελλάδα §5(2)",
            ("R&D", "on-line", "C++", "ελλάδα", "§5(2)"),
        ),
        ("<b>x</b> ŵy", ("<b>x</b>", "ŵy")),
    ],
)
def test_tags_keep_the_characters_that_were_typed(typed: str, tags: tuple[str, ...]) -> None:
    assert parse_tags(typed) == tags


@given(st.lists(st.from_regex(TAG, fullmatch=True), max_size=20))
def test_tags_come_back_from_how_they_are_shown(tags: list[str]) -> None:
    unique = parse_tags(" ".join(tags))
    assert {tag.casefold() for tag in unique} == {tag.casefold() for tag in tags}
    assert parse_tags(" ".join(f"#{tag}" for tag in unique)) == unique


@given(st.text(max_size=300))
def test_no_character_of_a_tag_is_lost_in_reading_it(typed: str) -> None:
    words = "".join(typed.split()).replace("#", "").replace(",", "").replace("\0", "")
    assert {*"".join(parse_tags(typed)).casefold()} == {*words.casefold()}


@pytest.mark.parametrize(
    ("length", "tags", "said"),
    [
        (MAX_TEXT, ["x" * MAX_TAG] * MAX_TAGS, ""),
        (MAX_TEXT + 1, [], "64,001 of 64,000 characters: the last character is not kept."),
        (MAX_TEXT + 1000, [], "65,000 of 64,000 characters: the last 1,000 characters are not kept."),
        (0, ["y" * 41], f"The tag “{'y' * 20}…” of over 40 characters is not kept."),
        (0, [f"t{n}" for n in range(103)], "103 of 100 tags: those after “t99” are not kept."),
    ],
)
def test_what_is_too_much_is_said_with_its_count(length: int, tags: list[str], said: str) -> None:
    assert left_out("a" * length, tags) == said


@given(st.integers(MAX_TEXT - 2, MAX_TEXT + 2), st.lists(st.text("ab", min_size=38, max_size=42), max_size=110))
def test_something_is_left_out_only_where_that_is_said(length: int, tags: list[str]) -> None:
    text = "a" * length
    is_whole = keepable_text(text) == text and keepable_tags(tags) == tuple(tags)
    assert bool(left_out(text, tags)) is not is_whole
    assert left_out(keepable_text(text), keepable_tags(tags)) == ""


def test_a_text_that_is_nearly_full_says_so() -> None:
    assert room_left("a" * 100) == ""
    assert room_left("a" * 60_000) == "60,000 of 64,000 characters"


def test_all_that_a_note_may_hold_goes_out_and_comes_in(book: Notebook, passage_ids: list[str]) -> None:
    tags = tuple(f"{n:03}&{'λ' * (MAX_TAG - 4)}" for n in range(MAX_TAGS))
    (note,) = book.add([book.anchor_at(passage_ids[0])], text="ŵ" * MAX_TEXT, tags=tags)
    book.reload()
    kept = book.notes[note.uuid].note
    assert (kept.text, kept.tags) == (note.text, tags)
    packed, _ = pack_notes(book, [book.notes[note.uuid]])
    (found,) = w3c.unpack(packed).sets
    assert [(one.note.text, one.note.tags) for one in found.heads.values() if one.note] == [(note.text, tags)]


def test_a_name_that_is_too_long_is_refused_and_nothing_is_changed(book: Notebook) -> None:
    book.settings.set_names("A. Reader", ["For the court", "", "", "", ""])
    with pytest.raises(NotesTrouble, match="41 of 40 characters"):
        book.settings.set_names("Another", ["", "m" * (MAX_MEANING + 1), "", "", ""])
    with pytest.raises(NotesTrouble, match="81 of 80 characters"):
        book.settings.set_names("n" * 81, [""] * 5)
    assert (book.settings.author, book.settings.meaning(1)) == ("A. Reader", "For the court")
