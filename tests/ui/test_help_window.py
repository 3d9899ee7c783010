"""The window of the user guide, in any size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.ui.appearance import SCALES, Appearance
from viewer.ui.help_window import HelpWindow


@pytest.fixture(params=[1.0, 2.0])
def guide(request: pytest.FixtureRequest, qtbot: QtBot, appearance: Appearance) -> HelpWindow:
    """The guide at 100 % and at 200 %."""
    appearance.zoom(SCALES.index(request.param) - SCALES.index(1.0))
    guide = HelpWindow(appearance)
    qtbot.addWidget(guide)
    guide.show()
    qtbot.waitExposed(guide)
    return guide


def _pictures(guide: HelpWindow) -> list[float]:
    """How wide the pictures of the chapter stand, in pixels."""
    document, out = guide.text.document(), []
    block = document.begin()
    while block.isValid():
        for form in block.textFormats():
            if form.format.isImageFormat():
                name = form.format.toImageFormat().name()
                image = document.resource(QTextDocument.ResourceType.ImageResource.value, name)
                assert isinstance(image, QImage)
                out.append(image.width() / image.devicePixelRatio())
        block = block.next()
    return out


@pytest.mark.parametrize("widths", [(980, 700), (700, 1500), (1500, 900)])
def test_no_picture_is_wider_than_the_pane(guide: HelpWindow, widths: tuple[int, int], qtbot: QtBot) -> None:
    for width in widths:
        guide.resize(width, 720)
        qtbot.waitUntil(lambda width=width: guide.width() == width)  # type: ignore[misc]
        assert guide.text.horizontalScrollBar().maximum() == 0
        pictures = _pictures(guide)
        assert pictures != []
        assert all(picture <= guide.text.viewport().width() for picture in pictures)


def test_the_place_is_kept_while_the_window_is_resized(guide: HelpWindow, qtbot: QtBot) -> None:
    guide.resize(900, 500)
    guide.text.verticalScrollBar().setValue(120)
    guide.resize(860, 500)
    qtbot.waitUntil(lambda: guide.width() == 860)
    assert guide.text.verticalScrollBar().value() == 120


def test_no_title_of_a_chapter_is_cut_off(guide: HelpWindow, appearance: Appearance) -> None:
    guide.resize(round(980 * appearance.scale), 720)
    assert guide.list.horizontalScrollBar().maximum() == 0
    for at in range(guide.list.count()):
        index = guide.list.model().index(at, 0)
        assert guide.list.visualRect(index).width() >= guide.list.sizeHintForIndex(index).width()


def _chapters_shown(guide: HelpWindow) -> list[int]:
    return [at for at in range(guide.list.count()) if not guide.list.item(at).isHidden()]


def test_finding_leaves_the_chapters_that_hold_all_words_and_marks_them(guide: HelpWindow) -> None:
    guide.words.setText("registers foot")
    assert _chapters_shown(guide) == []
    guide.words.setText("chain foot regist")
    shown = _chapters_shown(guide)
    assert 0 < len(shown) < guide.list.count()
    assert guide.list.currentRow() in shown
    marked = [mark.cursor.selectedText().casefold() for mark in guide.text.extraSelections()]
    assert set(marked) == {"chain", "foot", "regist"}
    first = guide.text.textCursor().position()
    QTest.keyClick(guide.words, Qt.Key.Key_Return)
    assert guide.text.textCursor().position() > first
    guide.words.clear()
    assert (len(_chapters_shown(guide)), guide.text.extraSelections()) == (guide.list.count(), [])


def test_escape_gives_up_what_is_sought_before_it_closes(guide: HelpWindow) -> None:
    guide.words.setText("chain")
    guide._leave()
    assert guide.isVisible()
    assert guide.words.text() == ""
    guide._leave()
    assert not guide.isVisible()
