"""The words shown of a hit: all of a short text, and the best part of a long one, with an ellipsis where it is cut."""

from __future__ import annotations

import pytest

from viewer.search.entry_texts import entry_text
from viewer.search.related import EXCERPT, excerpt
from viewer.search.score import SNIPPET, snippet

FILLING = "and so it went on for a good while " * 20


def shown(text: str, word: str = "lantern", title: str = "") -> tuple[str, list[str]]:
    """The snippet of a text for the places of a word, and what is marked in it."""
    entry = entry_text(1, title, text)
    starts = [at for at in range(len(entry.folded)) if entry.folded.startswith(word, at)]
    words, spans, _ = snippet(entry, [(at, at + len(word)) for at in starts])
    return words, [words[start:end] for start, end in spans]


def test_a_short_text_is_shown_whole() -> None:
    assert shown("A lantern.") == ("A lantern.", ["lantern"])


def test_an_ellipsis_stands_at_the_end_where_the_text_goes_on() -> None:
    words, marked = shown(f"A lantern {FILLING}")
    assert words.startswith("A lantern and so")
    assert words.endswith((" for …", " and …", " so …", " it …", " on …", " went …", " a …", " good …", " while …"))
    assert marked == ["lantern"]


def test_an_ellipsis_stands_at_the_start_where_the_text_began_before() -> None:
    words, marked = shown(f"{FILLING}a lantern.")
    assert words.startswith("… ")
    assert words.endswith("a lantern.")
    assert marked == ["lantern"]


def test_an_ellipsis_stands_at_both_ends_of_what_is_cut_out_of_the_middle() -> None:
    words, marked = shown(f"{FILLING}a lantern {FILLING}")
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert marked == ["lantern"]


@pytest.mark.parametrize("before", range(0, 400, 7))
def test_what_is_cut_out_holds_the_match_whole_words_and_is_not_too_long(before: int) -> None:
    text = f"{FILLING[:before]} lantern {FILLING}"
    words, marked = shown(text)
    assert marked == ["lantern"]
    assert len(words) <= SNIPPET + len("…  …")
    inside = words.removeprefix("… ").removesuffix(" …")
    assert f" {inside} " in f" {text} "
    assert words.startswith("… ") is not text.startswith(inside)


def test_a_line_that_begins_anew_is_told_by_a_point_and_marks_stay_in_place() -> None:
    words, marked = shown("One lantern.\nTwo lanterns.\nA third lantern.", title="Of lanterns")
    assert words == "One lantern. · Two lanterns. · A third lantern."
    assert marked == ["lantern"] * 3


def test_the_excerpt_of_a_related_item_is_its_first_line_with_an_ellipsis_where_it_is_cut() -> None:
    assert excerpt("Short.\nMore.") == "Short."
    cut = excerpt(FILLING)
    assert cut.endswith(" …")
    assert len(cut) <= EXCERPT + 2
    assert f"{cut.removesuffix('…')}" in FILLING
