"""What is copied from a page is what stands in the assessment, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from viewer.text.edition_text import text_plain
from viewer.ui.edition_view import EditionView
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window


@pytest.fixture
def view(window: Window) -> EditionView:
    """The view of the sample, at the theme whose findings have footnotes and a figure beside them."""
    assert window.edition_view is not None
    window.edition_view.go("theme:hidden-internet")
    return window.edition_view


@pytest.fixture
def exercise_view(open_window: Callable[[Path], Window], exercise_files: tuple[Path, Path]) -> EditionView:
    """The view of the second invented edition, at a theme of several markings."""
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


def test_a_quotation_holds_no_number_of_a_footnote(view: EditionView) -> None:
    finding = view.bundle.findings("hidden-internet")[1]
    assert finding.sources
    view.reading.choose(finding.id)
    cited = view.views.copy_cited()
    assert cited == f"“{text_plain(finding.text)}” (TACSEA 2012/13, 2, finding 2, p. {finding.page})"
    select(view.reading, finding.id, finding.id)
    assert view.views.copy_cited() == cited
    view.views.copy()
    assert QApplication.clipboard().text() == text_plain(finding.text)


def test_what_is_dragged_is_what_is_copied(view: EditionView) -> None:
    finding = view.bundle.findings("hidden-internet")[1]
    select(view.reading, finding.id, finding.id)
    dragged = view.reading.createMimeDataFromSelection()
    assert dragged.formats() == ["text/plain"]
    assert dragged.text() == text_plain(finding.text)


def test_a_quotation_holds_no_marking_of_its_own_and_goes_under_it(exercise_view: EditionView) -> None:
    finding = exercise_view.bundle.findings("copied-codes")[0]
    select(exercise_view.reading, finding.id, finding.id)
    label, quoted = exercise_view.views.copy_cited().split("\n", 1)
    assert label == "PROTECT"
    assert quoted.startswith(f"“{text_plain(finding.text)}” (EXERCISE")
    exercise_view.views.copy()
    assert QApplication.clipboard().text() == f"PROTECT\n{text_plain(finding.text)}"


def test_a_selection_over_several_items_quotes_and_cites_each(view: EditionView) -> None:
    two, three = view.bundle.findings("hidden-internet")[1:3]
    select(view.reading, two.id, three.id)
    assert view.views.copy_cited().split("\n\n") == [
        f"“{text_plain(two.text)}” (TACSEA 2012/13, 2, finding 2, p. {two.page})",
        f"“{text_plain(three.text)}” (TACSEA 2012/13, 2, finding 3, p. {three.page})",
    ]
    view.views.copy()
    assert QApplication.clipboard().text() == f"{text_plain(two.text)}\n\n{text_plain(three.text)}"


def test_a_selection_from_findings_to_figures_cites_both_and_quotes_no_head(view: EditionView) -> None:
    findings, statistics = view.bundle.findings("hidden-internet")[-1:], view.bundle.statistics("hidden-internet")
    select(view.reading, findings[0].id, statistics[0].id)  # Qt selects the table of the figures whole
    quoted = view.views.copy_cited().split("\n\n")
    assert len(quoted) == len(findings) + len(statistics)
    for finding, said in zip(findings, quoted, strict=False):
        assert said.startswith(f"“{text_plain(finding.text)}” (TACSEA 2012/13, 2, finding {finding.position}, p.")
    for statistic, said in zip(statistics, quoted[len(findings) :], strict=True):
        assert said.startswith(f"“{statistic.title}\n{text_plain(statistic.statement)}\n")
        assert f"(TACSEA 2012/13, 2, figure {statistic.position}, p." in said


def test_a_figures_own_title_is_cited_as_that_figure(view: EditionView) -> None:
    second = view.bundle.statistics("hidden-internet")[1]
    title = view.reading.document().find(second.title)
    while view.reading.item_map.at(title.selectionStart()) != second.id:
        title = view.reading.document().find(second.title, title)
        assert not title.isNull()
    view.reading.setTextCursor(title)
    assert view.views.copy_cited() == f"“{second.title}” (TACSEA 2012/13, 2, figure 2, p. {second.page})"


def test_all_of_a_page_is_copied_item_by_item_under_its_highest_marking(exercise_view: EditionView) -> None:
    exercise_view.reading.selectAll()
    exercise_view.views.copy()
    label, copied = QApplication.clipboard().text().split("\n", 1)
    assert label == "RESTRICTED"
    assert "PROTECT" not in copied
    parts = copied.split("\n\n")
    for finding in exercise_view.bundle.findings("copied-codes"):
        assert any(part.split("\n")[0] == text_plain(finding.text) for part in parts)  # under it: how sure it is


def test_a_label_and_its_value_stay_apart(view: EditionView) -> None:
    view.go("theme:indecent-images")
    figure, after = view.bundle.statistics("indecent-images")[1:3]
    select(view.reading, figure.id, after.id)
    assert f"{figure.observations[0].label}\t{figure.observations[0].value:g}" in view.reading.selected_text()


def test_the_keyboard_on_a_link_selects_nothing_to_quote(view: EditionView) -> None:
    finding = view.bundle.findings("hidden-internet")[1]
    view.reading.choose(finding.id)
    expected = view.views.copy_cited()
    view.reading.setFocus()
    QTest.keyClick(view.reading, Qt.Key.Key_Tab)
    assert view.reading.textCursor().hasSelection()
    assert view.views.copy_cited() == expected
