"""The table of figures: filtered, sorted, grouped, exported."""

from __future__ import annotations

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.figures.table import COLUMNS, EXPORTED, GROUPINGS, FigureTable, column_named, whole_table
from viewer.figures.text import base_count, sort_value
from viewer.text import safe_csv, wording
from viewer.text.filter_words import FilterWords


@pytest.fixture
def table(sample: Bundle) -> FigureTable:
    """All figures of the sample."""
    return whole_table(sample)


def _plainly(table: FigureTable, words: str) -> list[int]:
    """What filtering must find, without any index."""
    return [row for row in range(len(table)) if FilterWords(words).are_in(table._searched[row])]


def test_it_holds_every_figure_in_reading_order(table: FigureTable, sample: Bundle) -> None:
    assert [s.id for s in table.statistics] == [s.id for t in sample.themes() for s in sample.statistics(t.id)]


@pytest.mark.parametrize(
    "typed",
    [
        "c",
        "ch",
        "child",
        "child rep",
        "Child REP",
        "610",
        "%",
        "zzz",
        "almost 22",
        "é",
        "  ",
        "2011-12",
        '"of reports"',
        "Offender's",
    ],
)
def test_filtering_finds_what_a_plain_look_finds(table: FigureTable, typed: str) -> None:
    assert table.filtered(typed) == _plainly(table, typed)


def test_filtering_goes_by_the_rule_of_folding(table: FigureTable) -> None:
    assert len(table.filtered("2293")) == len(table.filtered("2,293")) == 2
    assert table.filtered("2011-12") == table.filtered("2011/12") == table.filtered('"2011 12"') != []
    assert table.filtered("on-line") == table.filtered("Online") != []


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
    rows = table.ordered(range(len(table)), column_named("value"), down=down)
    values = [sort_value(table.statistics[row]) for row in rows]
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
    order = [f"{theme.label} {theme.short}".strip() for theme in sample.themes()]
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


def test_every_value_has_a_row_of_its_own_with_its_number_its_label_and_its_period(table: FigureTable) -> None:
    head, *rows = table.export(range(len(table)))
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    observations = [(s, o) for s in table.statistics for o in s.observations]
    assert len(cells) == len(observations) > len(table)
    for row, (s, o) in zip(cells, observations, strict=True):
        assert (row["id"], row["label"], row["measured in"]) == (s.id, o.label, o.period)
        assert row["number"] == (None if o.words else o.amount)
        assert row["value"] == wording.measured(o, s.unit)


def test_an_unknown_theme_is_named(sample: Bundle) -> None:
    with pytest.raises(NotFound):
        whole_table(sample, "nowhere")


def test_every_column_has_its_cell_its_order_and_its_export_by_name(table: FigureTable) -> None:
    rows = range(len(table))
    assert len({column.name for column in COLUMNS}) == len({column.title for column in COLUMNS}) == len(COLUMNS)
    for column in COLUMNS:
        assert column.name in EXPORTED
        assert any(table.cell(row, column) for row in rows)
        assert set(table.ordered(rows, column)) == set(rows)
        assert table.ordered(rows, column) != table.ordered(rows, column, down=True)


@pytest.mark.parametrize("name", ["title", "unit", "population", "period", "place", "source"])
def test_columns_of_text_sort_by_alphabet_and_what_is_empty_comes_last(table: FigureTable, name: str) -> None:
    column = column_named(name)
    shown = [table.cell(row, column).casefold() for row in table.ordered(range(len(table)), column)]
    full = [text for text in shown if text]
    assert shown == sorted(full) + [""] * (len(shown) - len(full))


def test_themes_sort_in_reading_order_and_bases_by_their_number(table: FigureTable, sample: Bundle) -> None:
    backwards = range(len(table))[::-1]
    themes = [table.statistics[row].theme for row in table.ordered(backwards, column_named("theme"))]
    assert list(dict.fromkeys(themes)) == [theme.id for theme in sample.themes() if sample.statistics(theme.id)]
    bases = [table.statistics[row] for row in table.ordered(backwards, column_named("base"))]
    counts = [base_count(statistic) for statistic in bases if base_count(statistic) is not None]
    assert len(counts) > 5
    assert counts == sorted(counts, key=lambda count: count or 0.0)
