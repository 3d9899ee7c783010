"""The table of figures: filtered, sorted, grouped, exported."""

from __future__ import annotations

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.figures.table import GROUPINGS, FigureTable, whole_table
from viewer.text import safe_csv


@pytest.fixture
def table(sample: Bundle) -> FigureTable:
    """All figures of the sample."""
    return whole_table(sample)


def _plainly(table: FigureTable, words: str) -> list[int]:
    """What filtering must find, without any index."""
    parts = words.casefold().split()
    return [row for row in range(len(table)) if all(part in table._told[row] for part in parts)]


def test_it_holds_every_figure_in_reading_order(table: FigureTable, sample: Bundle) -> None:
    assert [s.id for s in table.statistics] == [s.id for t in sample.themes() for s in sample.statistics(t.id)]


@pytest.mark.parametrize(
    "typed", ["c", "ch", "child", "child rep", "Child REP", "610", "%", "zzz", "almost 22", "é", "  "]
)
def test_filtering_finds_what_a_plain_look_finds(table: FigureTable, typed: str) -> None:
    assert table.filtered(typed) == _plainly(table, typed)


def test_filtering_letter_by_letter_and_back_gives_the_same(table: FigureTable) -> None:
    word = "reports industry"
    for end in (*range(1, len(word) + 1), 8, 3, 1):
        assert table.filtered(word[:end]) == _plainly(table, word[:end])


def test_figures_added_later_are_found_by_the_same_words(sample: Bundle) -> None:
    growing = FigureTable(sample)
    for theme in sample.themes():
        growing.filtered("report")
        growing.add(sample.statistics(theme.id))
    assert growing.filtered("report") == whole_table(sample).filtered("report")


@pytest.mark.parametrize("down", [False, True])
def test_values_sort_by_number_and_what_has_none_comes_last(table: FigureTable, down: bool) -> None:
    from viewer.figures.text import sort_value

    values = [sort_value(table.statistics[row]) for row in table.ordered(range(len(table)), 1, down=down)]
    full = [value for value in values if value is not None]
    assert full == sorted(full, reverse=down)
    assert values[len(full) :] == [None] * (len(values) - len(full))
    assert None in values


def test_every_grouping_holds_every_figure(table: FigureTable) -> None:
    for by in GROUPINGS:
        groups = table.grouped(range(len(table)), by)
        assert {row for group in groups for row in group.rows} == set(range(len(table))), by


def test_themes_stand_in_reading_order_and_years_newest_first(table: FigureTable, sample: Bundle) -> None:
    themes = [group.title for group in table.grouped(range(len(table)), "theme")]
    order = [f"{theme.number} {theme.short}" for theme in sample.themes()]
    assert themes == [title for title in order if title in themes]
    years = [group.title for group in table.grouped(range(len(table)), "year") if group.title.isdigit()]
    assert years == sorted(years, reverse=True)


def test_an_exported_row_has_source_caveat_and_marking(table: FigureTable) -> None:
    head, *rows = table.export(range(len(table)))
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        assert cells["source"]
        assert cells["marking"]
        assert cells["citation"]
    assert len(safe_csv.csv_text(rows).splitlines()) >= len(table)


def test_an_unknown_theme_is_named(sample: Bundle) -> None:
    with pytest.raises(NotFound):
        whole_table(sample, "nowhere")
