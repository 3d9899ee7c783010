"""What is copied from a page is what stands in the assessment, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from viewer.text.markdown import plain_text
from viewer.ui.edition_view import EditionView
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window


@pytest.fixture
def desk(window: Window) -> EditionView:
    """The desk on the sample, at the theme whose findings have footnotes and a figure beside them."""
    assert window.edition_view is not None
    window.edition_view.go("theme:hidden-internet")
    return window.edition_view


@pytest.fixture
def exercise_desk(open_window: Callable[[Path], Window], exercise_files: tuple[Path, Path]) -> EditionView:
    """The desk on the second invented edition, at a theme of several markings."""
    held = open_window(exercise_files[1]).edition_view
    assert held is not None
    held.go("theme:copied-codes")
    return held


def select(pane: ReadingPane, first: str, last: str) -> QTextCursor:
    """Selects from the beginning of one item's text to the end of another's."""
    start, end = pane.item_map.start_of(first), pane.item_map.start_of(last)
    assert start is not None
    assert end is not None
    cursor = pane.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    return cursor


def test_a_quotation_holds_no_number_of_a_footnote(desk: EditionView) -> None:
    finding = desk.bundle.findings("hidden-internet")[1]
    assert finding.sources
    desk.reading.choose(finding.id)
    cited = desk.copy_cited()
    assert cited == f"“{plain_text(finding.text)}” (TACSEA 2012/13, 2, finding 2, p. {finding.page})"
    select(desk.reading, finding.id, finding.id)
    assert desk.copy_cited() == cited
    desk.copy()
    assert QApplication.clipboard().text() == plain_text(finding.text)


def test_what_is_dragged_is_what_is_copied(desk: EditionView) -> None:
    finding = desk.bundle.findings("hidden-internet")[1]
    select(desk.reading, finding.id, finding.id)
    dragged = desk.reading.createMimeDataFromSelection()
    assert dragged.formats() == ["text/plain"]
    assert dragged.text() == plain_text(finding.text)


def test_a_quotation_holds_no_marking_of_its_own_and_goes_under_it(exercise_desk: EditionView) -> None:
    finding = exercise_desk.bundle.findings("copied-codes")[0]
    select(exercise_desk.reading, finding.id, finding.id)
    label, quoted = exercise_desk.copy_cited().split("\n", 1)
    assert label == "PROTECT"
    assert quoted.startswith(f"“{plain_text(finding.text)}” (EXERCISE")
    exercise_desk.copy()
    assert QApplication.clipboard().text() == f"PROTECT\n{plain_text(finding.text)}"


def test_a_selection_over_several_items_quotes_and_cites_each(desk: EditionView) -> None:
    two, three = desk.bundle.findings("hidden-internet")[1:3]
    select(desk.reading, two.id, three.id)
    assert desk.copy_cited().split("\n\n") == [
        f"“{plain_text(two.text)}” (TACSEA 2012/13, 2, finding 2, p. {two.page})",
        f"“{plain_text(three.text)}” (TACSEA 2012/13, 2, finding 3, p. {three.page})",
    ]
    desk.copy()
    assert QApplication.clipboard().text() == f"{plain_text(two.text)}\n\n{plain_text(three.text)}"


def test_a_selection_from_findings_to_figures_cites_both_and_quotes_no_head(desk: EditionView) -> None:
    findings, statistics = desk.bundle.findings("hidden-internet")[-1:], desk.bundle.statistics("hidden-internet")
    select(desk.reading, findings[0].id, statistics[0].id)  # Qt selects the table of the figures whole
    quoted = desk.copy_cited().split("\n\n")
    assert len(quoted) == len(findings) + len(statistics)
    for finding, said in zip(findings, quoted, strict=False):
        assert said.startswith(f"“{plain_text(finding.text)}” (TACSEA 2012/13, 2, finding {finding.position}, p.")
    for statistic, said in zip(statistics, quoted[len(findings) :], strict=True):
        assert said.startswith(f"“{statistic.title}\n{plain_text(statistic.statement)}\n")
        assert f"(TACSEA 2012/13, 2, figure {statistic.position}, p." in said


def test_a_figures_own_title_is_cited_as_that_figure(desk: EditionView) -> None:
    second = desk.bundle.statistics("hidden-internet")[1]
    title = desk.reading.document().find(second.title)
    while desk.reading.item_map.at(title.selectionStart()) != second.id:
        title = desk.reading.document().find(second.title, title)
        assert not title.isNull()
    desk.reading.setTextCursor(title)
    assert desk.copy_cited() == f"“{second.title}” (TACSEA 2012/13, 2, figure 2, p. {second.page})"


def test_all_of_a_page_is_copied_item_by_item_under_its_highest_marking(exercise_desk: EditionView) -> None:
    exercise_desk.reading.selectAll()
    exercise_desk.copy()
    label, copied = QApplication.clipboard().text().split("\n", 1)
    assert label == "RESTRICTED"
    assert "PROTECT" not in copied
    parts = copied.split("\n\n")
    for finding in exercise_desk.bundle.findings("copied-codes"):
        assert plain_text(finding.text) in parts


def test_a_label_and_its_value_stay_apart(desk: EditionView) -> None:
    desk.go("theme:indecent-images")
    figure, after = desk.bundle.statistics("indecent-images")[1:3]
    select(desk.reading, figure.id, after.id)
    assert f"{figure.observations[0].label}\t{figure.observations[0].value:g}" in desk.reading.selected_text()


def test_the_keyboard_on_a_link_selects_nothing_to_quote(desk: EditionView) -> None:
    finding = desk.bundle.findings("hidden-internet")[1]
    desk.reading.choose(finding.id)
    expected = desk.copy_cited()
    desk.reading.setFocus()
    QTest.keyClick(desk.reading, Qt.Key.Key_Tab)
    assert desk.reading.textCursor().hasSelection()
    assert desk.copy_cited() == expected
