"""Sections never hide the best hits: they stand on top, themes in the order of their best, what lacks a word last."""

from __future__ import annotations

from viewer.model import Hit
from viewer.search.engine import Engine
from viewer.search.sections import BEST_HEADING, sections


def hit(id_: str, theme: str, *without: str) -> Hit:
    """A hit of an item of a theme."""
    return Hit(
        id=id_, kind="passage", theme=theme, number="1", marking="npm", title="", title_spans=(), snippet="", spans=(),
        score=1.0, without=without,
    )  # fmt: skip


def shown(*hits: Hit, by_theme: bool = True) -> list[tuple[str, str]]:
    """The headings, each with the ids under it."""
    listed = sections(hits, by_theme=by_theme)
    return [(one.heading or one.theme, "".join(hit.id for hit in one.hits)) for one in listed]


def test_the_best_three_stand_on_top_where_they_come_from_several_themes() -> None:
    hits = (hit("1", "a"), hit("2", "b"), hit("3", "a"), hit("4", "b"), hit("5", "a"))
    assert shown(*hits) == [(BEST_HEADING, "123"), ("b", "4"), ("a", "5")]


def test_they_stand_under_their_theme_where_all_are_of_one() -> None:
    hits = (hit("1", "a"), hit("2", "a"), hit("3", "a"), hit("4", "b"), hit("5", "a"))
    assert shown(*hits) == [("a", "1235"), ("b", "4")]


def test_few_hits_need_no_top() -> None:
    assert shown(hit("1", "a"), hit("2", "b"), hit("3", "a")) == [("a", "13"), ("b", "2")]


def test_a_plain_list_keeps_the_order() -> None:
    hits = (hit("1", "a"), hit("2", "b"), hit("3", "a"), hit("4", "b"))
    assert shown(*hits, by_theme=False) == [("", "1234")]


def test_what_is_without_a_word_stands_last_under_its_own_line() -> None:
    hits = (hit("1", "a"), hit("2", "b", "cost"), hit("3", "a", "do", "cost"), hit("4", "b", "cost"))
    expected = [("Without: cost", "24"), ("Without: do, cost", "3")]
    assert shown(*hits) == [("a", "1"), *expected]
    assert shown(*hits, by_theme=False) == [("", "1"), *expected]


def test_every_hit_of_a_search_is_listed_once(engine: Engine) -> None:
    hits = engine.search("reports", limit=200).hits
    for by_theme in (False, True):
        listed = [hit.id for one in sections(hits, by_theme=by_theme) for hit in one.hits]
        assert sorted(listed) == sorted(hit.id for hit in hits)
        assert listed[:3] == [hit.id for hit in hits[:3]]
