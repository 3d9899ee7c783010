"""The view of figures in the real window: filter, sort, group, compare, copy, export."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.figures.table import COLUMNS, EXPORT_NAMES, GROUPINGS, column_named
from viewer.ui.appearance import SCALES, Appearance, Mode
from viewer.ui.figures import outlets
from viewer.ui.figures.chart_widget import ChartWidget
from viewer.ui.figures.view import StatisticsView
from viewer.ui.parts.rich_label import RichLabel
from viewer.ui.window import Window

SHARE, ROUTES, TREND = (
    "indecent-images.industry-reports",
    "indecent-images.report-routes",
    "overall-picture.coerced-acts",
)


@pytest.fixture
def view(window: Window, qtbot: QtBot) -> StatisticsView:
    """The view of figures on the sample, wholly read."""
    window.actions_by_name["view_figures"].trigger()
    assert window.edition_view is not None
    view = window.edition_view.views.currentWidget()
    assert isinstance(view, StatisticsView)
    qtbot.waitUntil(lambda: view.model.is_whole)
    return view


def _select(view: StatisticsView, *ids: str) -> None:
    view.table.clearSelection()
    for id_ in ids:
        line = view.model.line_of(id_)
        assert line is not None
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        view.table.selectionModel().select(view.model.index(line, 0), flags)


def _narrow(window: Window, appearance: Appearance, size: tuple[int, int], scale: float, qtbot: QtBot) -> None:
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)


def _section(name: str) -> int:
    """Qt's number of the column of that name."""
    return COLUMNS.index(column_named(name))


def test_every_column_has_its_title_and_its_width(view: StatisticsView) -> None:
    for section, column in enumerate(COLUMNS):
        assert view.model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == column.title
        if section < len(COLUMNS) - 1:  # the last one takes what is over
            assert view.table.columnWidth(section) == column.width > 0


def test_every_grouping_has_its_name(view: StatisticsView) -> None:
    assert [view.grouping.itemData(at) for at in range(view.grouping.count())] == list(GROUPINGS)
    assert all(view.grouping.itemText(at) for at in range(view.grouping.count()))


@pytest.mark.parametrize("name", ["title", "unit", "base", "period", "place", "theme"])
def test_next_to_nothing_is_cut_off_in_the_short_columns(view: StatisticsView, name: str) -> None:
    column = _section(name)
    asked = [view.table.sizeHintForIndex(view.model.index(row, column)).width() for row in range(view.model.rowCount())]
    cut = [width for width in asked if width > view.table.columnWidth(column)]
    assert len(cut) * 10 < len(asked)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_corner_between_two_scroll_bars_looks_like_the_table(
    view: StatisticsView, appearance: Appearance, mode: Mode, qtbot: QtBot
) -> None:
    appearance.set_mode(mode)
    table = view.table
    qtbot.waitUntil(table.horizontalScrollBar().isVisible)
    assert table.verticalScrollBar().isVisible()
    side = table.verticalScrollBar().width()
    shown = table.grab(QRect(table.width() - side, table.height() - side, side, side)).toImage()
    colours = {shown.pixelColor(x, y).name().upper() for x in range(side) for y in range(side)}
    assert colours == {appearance.palette.page.upper()}


def test_the_room_is_shared_out_anew_when_the_text_size_changed_out_of_sight(
    view: StatisticsView, window: Window, appearance: Appearance
) -> None:
    before = view.split.sizes()
    window.actions_by_name["view_read"].trigger()
    appearance.zoom(SCALES.index(2.0))
    appearance.zoom(0)
    window.actions_by_name["view_figures"].trigger()
    assert view.split.sizes() == before


NARROW = [((640, 420), 1.0), ((1280, 800), 2.0)]


@pytest.mark.parametrize(("size", "scale"), NARROW)
def test_in_a_narrow_window_the_table_has_all_the_room(
    view: StatisticsView, window: Window, appearance: Appearance, size: tuple[int, int], scale: float, qtbot: QtBot
) -> None:
    _narrow(window, appearance, size, scale, qtbot)
    qtbot.waitUntil(lambda: not view.pane.isVisible())
    assert view.table.width() >= size[0] - 2
    whole = view.words.fontMetrics().horizontalAdvance(view.words.placeholderText())
    qtbot.waitUntil(lambda: view.words.width() > whole + 40 * scale)
    buttons = (view.compare, view.copy_button, view.export)
    qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
    window.resize(1920, 1000)
    qtbot.waitUntil(view.pane.isVisible)


@pytest.mark.parametrize(("size", "scale"), NARROW)
def test_in_a_narrow_window_figures_are_compared_without_scrolling_sideways(
    view: StatisticsView, window: Window, appearance: Appearance, size: tuple[int, int], scale: float, qtbot: QtBot
) -> None:
    _narrow(window, appearance, size, scale, qtbot)
    _select(view, SHARE, ROUTES, TREND)
    view.compare.click()
    charts = view.comparison.findChildren(ChartWidget)
    assert len(charts) == 3
    qtbot.waitUntil(lambda: all(chart.width() >= 200 * scale for chart in charts))
    inner = view.comparison.widget()
    assert inner is not None
    assert inner.width() <= view.comparison.viewport().width()


def test_the_widths_that_the_reader_chose_stay(view: StatisticsView, window: Window, qtbot: QtBot) -> None:
    view.split.setSizes([700, 580])
    chosen = view.split.sizes()
    window.resize(1281, 760)
    qtbot.waitUntil(lambda: window.width() == 1281)
    assert abs(view.split.sizes()[1] - chosen[1]) <= 1


def test_the_buttons_over_the_table_are_of_one_height(view: StatisticsView) -> None:
    assert len({button.height() for button in (view.compare, view.copy_button, view.export)}) == 1


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_the_heads_stand_over_their_cells(view: StatisticsView, appearance: Appearance, scale: float) -> None:
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
    line = view.model.line_of(TREND)  # begins with a round letter, as no head does
    assert line is not None
    head = _ink_from(view.table.horizontalHeader().viewport().grab(QRect(0, 0, 90, 400)).toImage())
    cell = _ink_from(view.table.viewport().grab(view.table.visualRect(view.model.index(line, 0))).toImage())
    assert abs(head - cell) <= 1


def _ink_from(picture: QImage) -> int:
    """The first column, after the frame of the chosen row, in which something is written."""
    ground = picture.pixelColor(4, picture.height() // 2).lightness()
    rows = range(4, picture.height() - 4)
    return next(
        x for x in range(4, picture.width())
        if any(abs(picture.pixelColor(x, y).lightness() - ground) > 60 for y in rows)
    )  # fmt: skip


def test_every_figure_of_the_edition_has_a_row(view: StatisticsView) -> None:
    assert view.model.rowCount() == 58
    assert view.count.text() == "58 figures"


def test_typing_filters_and_clearing_brings_all_back(view: StatisticsView) -> None:
    QTest.keyClicks(view.words, "610")
    assert view.count.text() == "2 of 58 figures"
    assert view.model.rowCount() == 2
    view.words.clear()
    assert view.model.rowCount() == 58


def test_find_goes_to_the_filter_and_return_to_the_table(view: StatisticsView, window: Window) -> None:
    window.actions_by_name["find"].trigger()
    assert view.words.hasFocus()
    QTest.keyClicks(view.words, "610")
    QTest.keyClick(view.words, Qt.Key.Key_Return)
    assert view.table.hasFocus()
    assert view.present_item() == SHARE


def test_the_chosen_figure_stands_beside_with_chart_caveat_source_and_findings(view: StatisticsView) -> None:
    assert view.choose(SHARE)
    shown = view.pane.details.text()
    place = "TACSEA 2012/13, 3, figure 1, p. 11"
    for part in ("306 of 610 is 50.2%", "CEOP referrals data", "3, finding 1", place, "306/610 = 50.2%"):
        assert part in shown, part
    assert view.pane.chart.accessibleName() == "Industry reports about IIOC: concerned IIOC 2011: 51%."


def test_a_figure_stays_chosen_while_filtering_as_long_as_it_is_in_sight(view: StatisticsView) -> None:
    view.choose(SHARE)
    view.words.setText("610")
    assert view.present_item() == SHARE
    view.words.setText("facebook")
    assert view.present_item() == ""
    assert "Choose a figure" in view.pane.details.text()


def test_sorting_by_value_puts_figures_without_one_last(view: StatisticsView) -> None:
    view.table.sortByColumn(_section("value"), Qt.SortOrder.DescendingOrder)
    assert view.model.statistic(0) == view.model.table.statistics[view.model.rows()[0]]
    assert view.model.index(0, _section("value")).data() == "an estimated 24.8 million users"
    view.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert view.model.rows() == list(range(58))


@pytest.mark.parametrize("by", [1, 2, 3, 4])
def test_groups_have_headings_that_cannot_be_chosen(view: StatisticsView, by: int) -> None:
    view.grouping.setCurrentIndex(by)
    assert view.model.statistic(0) is None
    assert " figure" in view.model.index(0, 0).data()
    assert not view.model.flags(view.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert set(view.model.rows()) == set(range(58))


@pytest.mark.parametrize(("chosen", "enabled"), [((SHARE,), False), ((SHARE, ROUTES), True), ((), False)])
def test_two_to_six_figures_can_be_compared(view: StatisticsView, chosen: tuple[str, ...], enabled: bool) -> None:
    _select(view, *chosen)
    assert view.compare.isEnabled() is enabled


def test_seven_figures_cannot_be_compared(view: StatisticsView) -> None:
    _select(view, *(s.id for s in view.model.table.statistics[:7]))
    assert not view.compare.isEnabled()


def test_a_comparison_shows_each_chart_with_its_source_and_the_warnings(view: StatisticsView) -> None:
    _select(view, SHARE, ROUTES, TREND)
    view.compare.click()
    assert view.stack.currentWidget() is view.comparison
    inner = view.comparison.widget()
    assert inner is not None
    assert len(inner.findChildren(ChartWidget)) == 3
    shown = " ".join(label.text() for label in inner.findChildren(RichLabel))
    assert "The population differs" in shown
    assert shown.count("Source: ") == 3
    view.comparison.back.click()
    assert view.stack.currentIndex() == 0
    assert len(view.chosen()) == 3


def test_comparing_again_shows_only_what_is_chosen_now(view: StatisticsView) -> None:
    for chosen in ((SHARE, ROUTES), (SHARE, ROUTES, TREND)):
        _select(view, *chosen)
        view.compare.click()
        assert len(view.comparison.findChildren(ChartWidget)) == len(chosen)
        view.comparison.closed.emit()


def test_what_is_copied_never_leaves_without_its_source(view: StatisticsView, window: Window) -> None:
    _select(view, SHARE)
    for name in ("copy", "copy_cited"):
        QApplication.clipboard().clear()
        window.actions_by_name[name].trigger()
        text = QApplication.clipboard().text()
        assert "\nSource: Child Exploitation and Online Protection Centre, CEOP referrals data, 2011\n" in text
        assert text.endswith("TACSEA 2012/13, 3, figure 1, p. 11")
    (row,) = csv.reader(io.StringIO(view.copy_csv(), newline=""))
    assert row[0] == SHARE
    assert "CEOP referrals data, 2011" in row[EXPORT_NAMES.index("source")]


def test_a_figure_is_copied_as_a_picture_that_is_not_blank(view: StatisticsView) -> None:
    _select(view, SHARE)
    view.copy_picture()
    picture = QApplication.clipboard().image()
    colours = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)
    }
    assert picture.width() > 800
    assert {"#ffffff", "#0b5c6b", "#e9ece8"} <= colours


def test_the_filtered_table_is_exported(view: StatisticsView, tmp_path: Path) -> None:
    view.words.setText("610")
    outlets.export_csv(view.model.table, view.model.rows(), tmp_path / "out.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows][:1] == [SHARE]
    assert len({row["id"] for row in rows}) == 2


def test_a_link_leads_to_the_place_on_the_page(view: StatisticsView, window: Window) -> None:
    view.choose(SHARE)
    view.pane.details.linkActivated.emit(f"item:{SHARE}")
    assert window.edition_view is not None
    assert window.edition_view.views.currentWidget() is window.edition_view.reading_view
    assert window.edition_view.reading.item == SHARE


def test_a_tip_shows_markup_in_a_title_as_the_characters_it_is(view: StatisticsView) -> None:
    table = view.model.table
    table.statistics[0] = replace(table.statistics[0], title="<img src=/etc/passwd>")
    assert view.model.index(0, 0).data() == "<img src=/etc/passwd>"
    assert view.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;img src=/etc/passwd&gt;</p>"


def test_dark_and_large_keep_what_is_chosen(view: StatisticsView, window: Window) -> None:
    view.choose(SHARE)
    window._appearance.set_mode("dark")
    window._appearance.zoom(2)
    assert view.present_item() == SHARE
    assert not view.grab().isNull()


def test_the_sheet_takes_the_chosen_figure(view: StatisticsView, window: Window) -> None:
    view.choose(SHARE)
    window.actions_by_name["put_on_sheet"].trigger()
    assert window.edition_view is not None
    assert len(window.edition_view.tray) == 1
    assert SHARE in window.edition_view.tray
