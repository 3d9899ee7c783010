"""The page shows each item as its plain text says, and the keyboard reaches every item."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QFontMetricsF, QImage, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from viewer.bundle.bundle import Bundle
from viewer.design.palette import contrast
from viewer.model import Marking, Passage
from viewer.pages.item_rows import ItemWriter
from viewer.pages.overview import start_page, strongest_figures
from viewer.pages.parts import Page, html_table, html_tables
from viewer.pages.theme import theme_page
from viewer.text.edition_text import text_plain
from viewer.text.safe import Html, format_html, visible
from viewer.ui.appearance import SCALES, Appearance, Mode
from viewer.ui.reading.page_browser import AIR
from viewer.ui.reading.page_map import holds_link, map_of, position_of
from viewer.ui.reading.page_paint import rect_of
from viewer.ui.reading.page_ranges import cursor_of
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.reading.selected_text import selected_text


def test_the_captions_of_a_row_of_strongest_figures_stand_on_one_line(
    pane: ReadingPane, sample: Bundle, appearance: Appearance
) -> None:
    for scale in (1.0, 1.6):
        appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
        pane.show_page(start_page(sample))
        titles = [visible(statistic.title) for statistic in strongest_figures(sample)]
        heads = [rect_of(pane, pane.document().find(title)).top() for title in titles]
        assert len(heads) > 3
        for at in range(0, len(heads), 3):
            assert len(set(heads[at : at + 3])) == 1, titles[at : at + 3]


def shown_text(document: QTextDocument, start: int, length: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")


def test_every_item_of_the_sample_reads_on_the_page_as_its_plain_text(pane: ReadingPane, sample: Bundle) -> None:
    for theme in sample.themes():
        shown = theme_page(sample, theme.id)
        pane.show_page(shown)
        places = map_of(pane.document(), frozenset(shown.items))
        assert places.ids == list(shown.items)
        for item_id in places.ids:
            expected = text_plain(sample.item(item_id).text)
            cursor = cursor_of(pane.document(), places, (item_id, 0, len(expected)), expected)
            assert cursor is not None
            assert selected_text(cursor, places) == expected


ODD = [
    "One *two* **three** `four`",
    "First\n\nSecond *paragraph*",
    "- a point\n- another **point**\n- third",
    "*All stressed*",
    "1. one\n2. two\n\nAnd then",
    "> A quotation\n\nwith its comment",
    "a & b < c > d",
    "<b>x</b> & <img src=file:///etc/passwd>",
    "a\u202eb \u200b ŵ ŷ",
    "    indented\ttab",
    "line  \nbroken",
    "# head\n\ntext",
    "ends in a list\n\n- like\n- this",
]


@pytest.mark.parametrize("text", ODD)
def test_any_text_reads_on_the_page_as_its_plain_text(pane: ReadingPane, text: str) -> None:
    passage = Passage(id="t.p1", theme="t", position=1, label="1.1", heading="", text=text, marking="m", page="")
    marking = Marking(code="m", level=0, label="M", colour="#000000", ink="#FFFFFF")
    writer = ItemWriter(
        mark_abbreviations=lambda marked: marked,
        sources={},
        markings={"m": marking},
        usual_marking="m",
        caveats={},
        scale={},
    )
    pane.show_page(Page(title="", html=html_table([writer.passage(passage)]), items=("t.p1",)))
    start = map_of(pane.document(), frozenset(["t.p1"])).starts[0]
    expected = text_plain(text)
    assert shown_text(pane.document(), start, len(expected)) == expected


def test_j_and_k_step_through_all_items_and_stop_at_the_ends(pane: ReadingPane, sample: Bundle) -> None:
    shown = theme_page(sample, "indecent-images")
    pane.show_page(shown)
    walked = []
    for _ in range(len(shown.items) + 2):
        pane.step(1)
        walked.append(pane.item)
    assert walked == [*shown.items, shown.items[-1], shown.items[-1]]
    pane.step(-1)
    assert pane.item == shown.items[-2]


def test_no_picture_and_no_file_is_read_for_a_page(pane: ReadingPane, tmp_path: Path) -> None:
    picture = tmp_path / "planted.png"
    picture.write_bytes(b"x")
    kind = QTextDocument.ResourceType.ImageResource.value
    assert pane.loadResource(kind, QUrl.fromLocalFile(str(picture))) is None
    assert pane.loadResource(kind, QUrl("//server/share/x.png")) is None
    assert pane.loadResource(kind, QUrl("bar:500/520")) is not None


def test_keeps_the_place_when_text_size_changes(pane: ReadingPane, sample: Bundle, appearance: Appearance) -> None:
    pane.show_page(theme_page(sample, "groups-and-gangs"))
    pane.choose("groups-and-gangs.p5")
    appearance.zoom(2)
    pane.restyle()
    assert pane.item == "groups-and-gangs.p5"
    assert pane.verticalScrollBar().value() > 0


def test_the_same_line_stays_at_the_top_in_every_text_size(
    pane: ReadingPane, sample: Bundle, appearance: Appearance
) -> None:
    pane.show_page(theme_page(sample, "groups-and-gangs"))
    bar = pane.verticalScrollBar()
    for step in (1, 1, 1, 1, 0):
        appearance.zoom(step)
        pane.restyle()
        assert bar.value() == 0

    def at_top() -> str:
        return pane.cursorForPosition(QPoint(pane.column.left + pane.viewport().width() // 4, 0)).block().text()

    long = max(range(pane.document().blockCount()), key=lambda n: pane.document().findBlockByNumber(n).length())
    block = pane.document().documentLayout().blockBoundingRect(pane.document().findBlockByNumber(long))
    bar.setValue(at := round(block.center().y()))
    line = at_top()
    for step in (1, 1, 1, 1, 0):
        appearance.zoom(step)
        pane.restyle()
        assert at_top() == line
    assert abs(bar.value() - at) < 30


def test_the_text_stands_in_one_column_in_the_middle(pane: ReadingPane, sample: Bundle) -> None:
    pane.resize(1600, 700)
    pane.show_page(theme_page(sample, "indecent-images"))
    frame = pane.document().rootFrame().frameFormat()
    width = pane.viewport().width() - frame.leftMargin() - frame.rightMargin()
    assert 680 <= width <= 720


def long_page() -> Page:
    """A page of 100 findings, many screens long."""
    rows = (
        format_html(
            '<tr><td width="5%">{n}</td><td><p><a name="t.f{n}">Words</a>{more}</p></td></tr>', n=n, more=" of it" * 60
        )
        for n in range(100)
    )
    return Page(title="Long", html=html_tables(rows), items=tuple(f"t.f{n}" for n in range(100)))


@pytest.mark.parametrize("item", ["t.f60", "t.f99"])
def test_goes_at_once_to_an_item_that_is_not_laid_out_yet(pane: ReadingPane, qtbot: QtBot, item: str) -> None:
    qtbot.wait(50)
    pane.show_page(long_page())
    assert pane.choose(item)
    at_once = pane.verticalScrollBar().value()
    qtbot.wait(300)
    assert pane.verticalScrollBar().value() == at_once > 1000
    pane.choose(item)
    assert pane.verticalScrollBar().value() == at_once


def test_goes_back_at_once_to_where_a_long_page_was_left(pane: ReadingPane) -> None:
    pane.show_page(long_page(), scroll=3000)
    assert pane.verticalScrollBar().value() == 3000


@pytest.mark.parametrize("step", [-2, 0, 3, 6])
def test_a_bar_stands_level_with_its_label_and_value(
    pane: ReadingPane, sample: Bundle, appearance: Appearance, step: int
) -> None:
    for _ in range(abs(step)):
        appearance.zoom(1 if step > 0 else -1)
    pane.show_page(theme_page(sample, "indecent-images"))
    table = pane.document().find("of these, about IIOC").currentTable()
    row = [table.cellAt(1, column).firstCursorPosition().block() for column in range(3)]
    assert ["IIOC" in row[0].text(), row[1].text(), row[2].text()] == [True, "\ufffc", "306"]
    middles = [_middle(block) for block in row]
    assert middles[1] == pytest.approx(middles[0], abs=1.5 * appearance.scale)
    assert middles[1] == pytest.approx(middles[2], abs=1.5 * appearance.scale)


def _middle(block: QTextBlock) -> float:
    """How far down the document the middle of a block's first line stands: of its letters, or of its picture."""
    line = block.layout().lineAt(0)
    top = block.document().documentLayout().blockBoundingRect(block).top() + line.y()
    if block.text() == "\ufffc":
        return top + line.height() / 2
    letters = QFontMetricsF(block.begin().fragment().charFormat().font())
    return top + line.ascent() - (letters.xHeight() + letters.capHeight()) / 4


def test_a_jump_to_a_section_leaves_air_above_its_head(pane: ReadingPane, sample: Bundle) -> None:
    pane.show_page(theme_page(sample, "indecent-images"))
    for name in ("figures", "narrative"):
        pane.go_to(name)
        position = position_of(name, pane.document())
        assert position is not None
        head = QTextCursor(pane.document())
        head.setPosition(position)
        assert pane.cursorRect(head).top() == AIR
    before = pane.verticalScrollBar().value()
    pane.go_to("no such section")
    assert pane.verticalScrollBar().value() == before


def looks(pane: ReadingPane) -> QImage:
    return pane.viewport().grab().toImage()


def share_of(colour: str, image: QImage, area: QRect) -> float:
    """How much of an area shows just this colour, 0 to 1."""
    places = [(x, y) for x in range(area.left(), area.right() + 1) for y in range(area.top(), area.bottom() + 1)]
    return sum(image.pixelColor(x, y).name().upper() == colour for x, y in places) / len(places)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_page_shows_at_its_edge_that_it_has_the_keyboard(
    pane: ReadingPane, sample: Bundle, appearance: Appearance, qtbot: QtBot, mode: Mode
) -> None:
    appearance.set_mode(mode)
    window, other = QWidget(), QPushButton("beside")
    row = QHBoxLayout(window)
    row.addWidget(other)
    row.addWidget(pane)
    window.show()
    window.activateWindow()
    pane.show_page(theme_page(sample, "indecent-images"))
    window.resize(900, 600)
    edge, accent = QRect(0, 0, 2, 200), appearance.palette.accent
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert share_of(accent, looks(pane), edge) == 0
    QTest.keyClick(other, Qt.Key.Key_Tab)
    qtbot.waitUntil(pane.hasFocus)
    assert share_of(accent, looks(pane), edge) == 1
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert share_of(accent, looks(pane), edge) == 0
    pane.clearFocus()
    pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert share_of(accent, looks(pane), edge) == 1
    assert contrast(accent, appearance.palette.page) >= 3
    pane.setParent(None)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_link_on_which_the_keyboard_stands_has_a_frame_and_a_ground(
    pane: ReadingPane, sample: Bundle, appearance: Appearance, qtbot: QtBot, mode: Mode
) -> None:
    appearance.set_mode(mode)
    pane.show_page(theme_page(sample, "indecent-images"))
    pane.activateWindow()
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    before = looks(pane)
    QTest.keyClick(pane, Qt.Key.Key_Tab)
    assert holds_link(pane.textCursor())
    around = rect_of(pane, pane.textCursor()).adjusted(-4, -2, 4, 2)
    shown, palette = looks(pane), appearance.palette
    assert share_of(palette.accent, shown, around) > share_of(palette.accent, before, around) + 0.15
    assert share_of(palette.soft, shown, around) > 0.2
    assert min(contrast(palette.accent, ground) for ground in (palette.page, palette.soft)) >= 3


def test_tab_leaves_a_page_after_its_last_link(pane: ReadingPane, qtbot: QtBot) -> None:
    window, neighbour = QWidget(), QPushButton("neighbour")
    row = QHBoxLayout(window)
    row.addWidget(pane)
    row.addWidget(neighbour)
    over = QPushButton("over the page", pane)
    QWidget.setTabOrder(pane, over)
    window.show()
    window.activateWindow()
    pane.show_page(Page(title="", html=Html('<p><a href="page:a">one</a> and <a href="page:b">two</a></p>')))
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    walked = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        walked.append(pane.textCursor().selectedText() if now is pane else now)
    assert walked == ["one", "two", over, neighbour]
    pane.setParent(None)
