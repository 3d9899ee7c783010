"""The contents show which page is open, and the keyboard goes through them on its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from viewer.bundle.bundle import Bundle
from viewer.ui.appearance import Appearance
from viewer.ui.reading.contents import ContentsPane


@pytest.fixture
def contents(qtbot: QtBot, appearance: Appearance, sample: Bundle) -> ContentsPane:
    """The contents of the sample, at the page of its third priority theme."""
    pane = ContentsPane(sample)
    qtbot.addWidget(pane)
    pane.resize(round(272 * appearance.scale), 640)
    pane.show()
    qtbot.waitExposed(pane)
    pane.settle()
    pane.show_address("theme:indecent-images")
    return pane


def row_of(contents: ContentsPane, text: str) -> QTreeWidgetItem:
    (found,) = contents.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return found


def texts_under(row: QTreeWidgetItem) -> list[str]:
    """The texts of the rows right under one, in order."""
    found = [row.child(at) for at in range(row.childCount())]
    return [child.text(0) for child in found if child is not None]


def open_row(contents: ContentsPane) -> str:
    """The text of the row that is marked as the open page."""
    (row,) = contents.selectedItems()
    return row.text(0)


def test_a_click_on_a_group_head_does_nothing_at_all(contents: ContentsPane) -> None:
    chosen: list[str] = []
    contents.address_chosen.connect(chosen.append)
    before = contents.currentItem()
    head = row_of(contents, "SECTION 3: PRIORITY THEMES")
    QTest.mouseClick(contents.viewport(), Qt.MouseButton.LeftButton, pos=contents.visualItemRect(head).center())
    assert contents.currentItem() is before
    assert open_row(contents) == "3  Indecent images"
    assert head.isExpanded()
    assert chosen == []


def test_the_keyboard_passes_over_group_heads_in_both_directions(contents: ContentsPane) -> None:
    contents.setFocus()
    contents.setCurrentItem(row_of(contents, "1  Vulnerability online"))
    QTest.keyClick(contents, Qt.Key.Key_Up)
    assert contents.currentItem() is row_of(contents, "Trafficking into the UK")
    QTest.keyClick(contents, Qt.Key.Key_Down)
    assert contents.currentItem() is row_of(contents, "1  Vulnerability online")


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_PageUp, Qt.Key.Key_Up])
def test_the_first_row_is_the_first_place_and_not_its_head(contents: ContentsPane, key: Qt.Key) -> None:
    contents.setFocus()
    contents.setCurrentItem(row_of(contents, "At a glance"))
    QTest.keyClick(contents, key)
    assert contents.currentItem() is row_of(contents, "At a glance")


def test_a_row_folded_up_does_not_lead_to_its_group_head(contents: ContentsPane) -> None:
    contents.setFocus()
    row = row_of(contents, "2  The hidden internet")
    contents.setCurrentItem(row)
    QTest.keyClick(contents, Qt.Key.Key_Left)
    assert (contents.currentItem() or row).parent() is not None


def test_typing_finds_no_group_head(contents: ContentsPane) -> None:
    contents.setFocus()
    QTest.keyClicks(contents, "look")
    current = contents.currentItem()
    assert current is not None
    assert current.parent() is not None


@pytest.mark.parametrize("typed", ["inter", "HIDD", "hidden int", "the hidden"])
def test_typing_leads_to_the_next_row_of_which_a_word_begins_so(contents: ContentsPane, typed: str) -> None:
    contents.setFocus()
    contents.setCurrentItem(row_of(contents, "At a glance"))
    QTest.keyClicks(contents, typed)
    assert contents.currentItem() is row_of(contents, "2  The hidden internet")


def test_one_letter_again_and_again_leads_from_row_to_row_and_round(contents: ContentsPane) -> None:
    contents.setFocus()
    contents.setCurrentItem(row_of(contents, "At a glance"))
    reached = []
    for _ in range(40):
        QTest.keyClick(contents, Qt.Key.Key_O)
        reached.append(contents.currentItem())
    assert len(set(map(id, reached))) > 2
    assert reached[0] in reached[1:]


def test_the_open_page_stays_marked_while_the_keyboard_moves(contents: ContentsPane) -> None:
    contents.setFocus()
    QTest.keyClick(contents, Qt.Key.Key_Up)
    assert open_row(contents) == "3  Indecent images"
    assert contents.currentItem() is row_of(contents, "2  The hidden internet")
    QTest.keyClick(contents, Qt.Key.Key_Down)
    contents.show_address("page:start")
    assert open_row(contents) == "At a glance"


def test_a_group_head_looks_the_same_under_the_pointer(contents: ContentsPane) -> None:
    place = contents.visualItemRect(row_of(contents, "SECTION 3: PRIORITY THEMES"))
    before = contents.viewport().grab(place).toImage()
    QTest.mouseMove(contents.viewport(), QPoint(5, contents.height() - 5))
    QTest.mouseMove(contents.viewport(), place.center())
    assert contents.viewport().grab(place).toImage() == before


def test_a_row_lights_up_under_the_pointer_until_it_goes_on_to_a_head(contents: ContentsPane) -> None:
    row, head = (
        contents.visualItemRect(row_of(contents, text)) for text in ("At a glance", "SECTION 3: PRIORITY THEMES")
    )
    calm = contents.viewport().grab(row).toImage()
    QTest.mouseMove(contents.viewport(), row.center())
    assert contents.viewport().grab(row).toImage() != calm
    QTest.mouseMove(contents.viewport(), head.center())
    assert contents.viewport().grab(row).toImage() == calm


def test_a_group_head_that_is_scrolled_under_the_pointer_does_not_light_up(contents: ContentsPane) -> None:
    contents.resize(contents.width(), 300)
    bar, head, before = (
        contents.verticalScrollBar(),
        row_of(contents, "SECTION 2: GENERAL PICTURE AND EMERGING THREATS"),
        QCursor.pos(),
    )
    QCursor.setPos(contents.mapToGlobal(QPoint(-50, -50)))
    bar.setValue(1)
    place = contents.visualItemRect(head)
    assert contents.viewport().rect().contains(place)
    calm = contents.viewport().grab(place).toImage()
    bar.setValue(0)
    QCursor.setPos(contents.viewport().mapToGlobal(place.center()))
    bar.setValue(1)
    assert contents.viewport().grab(place).toImage() == calm
    QCursor.setPos(before)


def test_rows_have_the_sketchs_height_and_air_above_the_first(contents: ContentsPane) -> None:
    first, second = (contents.visualItemRect(row_of(contents, text)) for text in ("THE EDITION", "At a glance"))
    assert second.height() == 28
    assert contents.viewport().mapTo(contents, first.topLeft()).y() == 8


@pytest.mark.parametrize("steps", [-2, 3, 6])
def test_rows_grow_with_the_text(contents: ContentsPane, appearance: Appearance, steps: int) -> None:
    for _ in range(abs(steps)):
        appearance.zoom(1 if steps > 0 else -1)
    contents.restyle()
    height = contents.visualItemRect(row_of(contents, "At a glance")).height()
    assert height == pytest.approx(28 * appearance.scale, rel=0.1)
    assert contents.indentation() == round(14 * appearance.scale)


def test_a_theme_under_another_is_opened_with_it(qtbot: QtBot, exercise: tuple[Bundle, Bundle]) -> None:
    pane = ContentsPane(exercise[1])
    qtbot.addWidget(pane)
    pane.show_address("theme:asked-fees")
    assert open_row(pane) == "1.1  Fees asked for"
    under, above = row_of(pane, "1.1  Fees asked for"), row_of(pane, "1  False notices")
    assert under.parent() is above
    assert above.isExpanded()
    assert under.isExpanded()
    assert texts_under(above) == [
        "Key findings  ·  4", "Figures  ·  4", "Narrative  ·  4", "Sources  ·  3", "1.1  Fees asked for",
    ]  # fmt: skip
    assert "Recommendations  ·  2" in texts_under(under)
