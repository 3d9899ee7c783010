"""A note is called in place only where its place is certain, and no place cuts a word or a number."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.model import Anchor, NoteState
from viewer.notes.anchors import (
    CONTEXT,
    FORMER_CONTEXT,
    MOST_CONTEXT,
    is_within_token,
    locate,
    make_anchor,
    whole_tokens,
)

SENTENCES = (
    "Most reports name a night, and the night is short.",
    "It happened at night.",
    "Reports rose by 1,250.50 in the year to May.",
    "It happened at night, as before.",
    "None of the reports names a place.",
)


class EditedText:
    """A text of sentences, each with a number of its own by which it is known again; a copy has another one."""

    def __init__(self, sentences: list[str]) -> None:
        self.numbered = list(enumerate(sentences))
        self._next = len(sentences)

    @property
    def text(self) -> str:
        return " ".join(sentence for _, sentence in self.numbered)

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The number of the sentence at a position of the text, and where it begins."""
        start = 0
        for number, sentence in self.numbered:
            if position <= start + len(sentence):
                return number, start
            start += len(sentence) + 1
        raise AssertionError("the text has no such position")

    def edit(self, chance: random.Random) -> None:
        """Puts in, takes out, doubles, moves or rewords a sentence."""
        at = chance.randrange(len(self.numbered))
        match chance.randrange(5):
            case 0:
                self._put(at, chance.choice(SENTENCES))
            case 1 if len(self.numbered) > 1:
                del self.numbered[at]
            case 2:
                self._put(chance.randrange(len(self.numbered) + 1), self.numbered[at][1])
            case 3:
                self.numbered.insert(chance.randrange(len(self.numbered)), self.numbered.pop(at))
            case _:
                number, sentence = self.numbered[at]
                words = sentence.split()
                words[chance.randrange(len(words))] = "indeed"
                self.numbered[at] = number, " ".join(words)

    def _put(self, at: int, sentence: str) -> None:
        self.numbered.insert(at, (self._next, sentence))
        self._next += 1


def former_anchor(item: str, text: str, start: int, end: int) -> Anchor:
    """An anchor as version 0.1.0 made it."""
    before, after = text[max(0, start - FORMER_CONTEXT) : start], text[end : end + FORMER_CONTEXT]
    return Anchor(item=item, quote=text[start:end], start=start, prefix=before, suffix=after)


def placed_and_wrong(amount: int, seed: int, make: Callable[[str, str, int, int], Anchor]) -> tuple[int, int]:
    """How many of so many notes in edited, repetitive texts are called in place, and how many in another sentence."""
    chance = random.Random(seed)
    placed = wrong = 0
    for _ in range(amount):
        edited = EditedText(chance.choices(SENTENCES, k=chance.randint(2, 14)))
        text = edited.text
        start = chance.randrange(len(text) - 1)
        end = min(len(text), start + chance.choice((1, 5, 12, 40)))
        anchor = make("t.p1", text, start, end)
        number, begin = edited.sentence_at(start)
        for _ in range(chance.randint(1, 4)):
            edited.edit(chance)
        found = locate(anchor, edited.text)
        if found.state is NoteState.PLACED:
            assert found.anchor is not None
            now, begins_now = edited.sentence_at(found.anchor.start)
            placed += 1
            is_there = (now, found.anchor.start - begins_now) == (number, start - begin)
            context = CONTEXT if make is make_anchor else FORMER_CONTEXT
            around = text[max(0, start - context) : start], text[end : end + context]
            wrong += not is_there and not _reads_alike(around, edited.text, found.anchor)
    return placed, wrong


def _reads_alike(around: tuple[str, str], later: str, found: Anchor) -> bool:
    """Whether nobody could tell two places by what stands around them: a sentence was put beside its like."""
    return later.endswith(around[0], 0, found.start) and later.startswith(around[1], found.end)


def test_a_note_in_a_repetitive_text_is_never_called_in_place_where_it_is_not() -> None:
    placed, wrong = placed_and_wrong(6_000, 5, make_anchor)
    assert placed > 1_000
    assert wrong <= placed // 400  # sentences put side by side with their like, where a word further on differs


def test_anchors_of_the_first_version_are_called_in_place_no_more_wrongly() -> None:
    placed, wrong = placed_and_wrong(3_000, 6, former_anchor)
    assert placed > 200
    assert wrong <= placed // 400


def test_one_short_matching_side_places_nothing() -> None:
    text = "At night it is dark. By day, and at night, it rains."
    anchor = make_anchor("t.p1", text, 3, 8)
    assert locate(anchor, "By day it rains. Last night it snowed.").state is not NoteState.PLACED


def test_words_that_stand_once_are_placed_by_one_side_that_tells() -> None:
    text = "A first sentence of some length stands here. Then come the noted words. And then a third one follows."
    start = text.index("the noted words")
    anchor = make_anchor("t.p1", text, start, start + 15)
    changed = text.replace("And then a third one follows", "Nothing else")
    assert locate(anchor, changed).state is NoteState.PLACED


def test_a_repeated_quotation_keeps_what_tells_its_place_within_bounds() -> None:
    text = "The same sentence comes again and again here. " * 30
    anchor = make_anchor("t.p1", text, 460, 470)
    assert CONTEXT < len(anchor.prefix) <= MOST_CONTEXT
    assert CONTEXT < len(anchor.suffix) <= MOST_CONTEXT


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("It cost £1,250.50 in all", ",250.50", "£1,250.50"),
        ("It fell by −14 points in May", "14 points in May", "−14 points in May"),
        ("about 0.004% of them", "0.004", "0.004%"),
        ("from 2011–12 on", "2011", "2011–12"),
        ("a peer-to-peer net", "to", "peer-to-peer"),
        ("it isn’t so", "isn", "isn’t"),
        ("R&D costs", "R", "R&D"),
        ("costs of $5m a year", "5", "$5m"),
    ],
)
def test_a_place_is_widened_to_whole_words_and_numbers(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    begin, end = whole_tokens(text, start, start + len(cut))
    assert text[begin:end] == whole


def test_words_are_not_found_within_a_number_or_word() -> None:
    anchor = make_anchor("t.p1", "It rose by 4 points in May, they said.", 11, 26)
    found = locate(anchor, "It fell by −14 points in May, they wrote.")
    assert found.state is not NoteState.PLACED
    assert found.anchor is None or found.anchor.quote == "−14 points in May"


@given(st.text(alphabet="ab1,. −£%’-", min_size=1, max_size=40), st.data())
def test_widened_places_cut_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    begin, after = whole_tokens(text, start, end)
    assert begin <= start <= end <= after
    assert not is_within_token(text, begin)
    assert not is_within_token(text, after)
