"""The page shows each item as its plain text says, and the keyboard reaches every item."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from viewer import page, texts
from viewer.bundle.bundle import Bundle
from viewer.model import Marking, Passage
from viewer.page import ItemWriter, Page, table
from viewer.ui.appearance import Appearance
from viewer.ui.reading.page_map import map_of
from viewer.ui.reading.pane import ReadingPane


@pytest.fixture
def pane(qtbot: QtBot, appearance: Appearance) -> ReadingPane:
    """An empty reading pane, 1000 by 700."""
    pane = ReadingPane(appearance)
    qtbot.addWidget(pane)
    pane.resize(1000, 700)
    pane.show()
    return pane


def shown_text(document: QTextDocument, start: int, length: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")


def test_every_item_of_the_sample_reads_on_the_page_as_its_plain_text(pane: ReadingPane, sample: Bundle) -> None:
    for theme in sample.themes():
        shown = page.theme_page(sample, theme.id)
        pane.show_page(shown)
        places = map_of(pane.document(), frozenset(shown.items))
        assert places.ids == list(shown.items)
        for item_id, start in zip(places.ids, places.starts, strict=True):
            expected = texts.plain(sample.item(item_id).text)
            assert shown_text(pane.document(), start, len(expected)) == expected


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
    passage = Passage(id="t.p1", theme="t", position=1, number="1.1", heading="", text=text, marking="m", page="")
    marking = Marking(code="m", level=0, label="M", colour="#000000", ink="#FFFFFF")
    writer = ItemWriter(explain=lambda marked: marked, sources={}, markings={"m": marking}, usual="m")
    pane.show_page(Page(title="", html=table([writer.passage(passage)]), items=("t.p1",)))
    start = map_of(pane.document(), frozenset(["t.p1"])).starts[0]
    expected = texts.plain(text)
    assert shown_text(pane.document(), start, len(expected)) == expected


def test_j_and_k_step_through_all_items_and_stop_at_the_ends(pane: ReadingPane, sample: Bundle) -> None:
    shown = page.theme_page(sample, "indecent-images")
    pane.show_page(shown)
    walked = []
    for _ in range(len(shown.items) + 2):
        pane.step(1)
        walked.append(pane.item)
    assert walked == [*shown.items, shown.items[-1], shown.items[-1]]
    pane.step(-1)
    assert pane.item == shown.items[-2]


def test_finds_every_place_regardless_of_case_and_goes_round(pane: ReadingPane) -> None:
    pane.show_page(Page(title="", html="<p>Peer and peer</p><p>PEER</p>"))
    assert pane.find_all("peer") == 3
    assert [pane.find_step(0), pane.find_step(1), pane.find_step(1), pane.find_step(1)] == [1, 2, 3, 1]
    assert pane.find_all("absent") == 0
    assert pane.find_step(1) == 0


def test_no_picture_and_no_file_is_read_for_a_page(pane: ReadingPane, tmp_path: Path) -> None:
    picture = tmp_path / "planted.png"
    picture.write_bytes(b"x")
    kind = QTextDocument.ResourceType.ImageResource.value
    assert pane.loadResource(kind, QUrl.fromLocalFile(str(picture))) is None
    assert pane.loadResource(kind, QUrl("//server/share/x.png")) is None
    assert pane.loadResource(kind, QUrl("bar:500/520")) is not None


def test_keeps_the_place_when_text_size_changes(pane: ReadingPane, sample: Bundle, appearance: Appearance) -> None:
    pane.show_page(page.theme_page(sample, "groups-and-gangs"))
    pane.choose("groups-and-gangs.p5")
    appearance.step(2)
    pane.restyle()
    assert pane.item == "groups-and-gangs.p5"
    assert pane.verticalScrollBar().value() > 0


def test_the_text_stands_in_one_column_in_the_middle(pane: ReadingPane, sample: Bundle) -> None:
    pane.resize(1600, 700)
    pane.show_page(page.theme_page(sample, "indecent-images"))
    frame = pane.document().rootFrame().frameFormat()
    width = pane.viewport().width() - frame.leftMargin() - frame.rightMargin()
    assert 680 <= width <= 720


@pytest.mark.parametrize("step", [-2, 0, 3, 6])
def test_a_bar_stands_level_with_its_label_and_value(
    pane: ReadingPane, sample: Bundle, appearance: Appearance, step: int
) -> None:
    for _ in range(abs(step)):
        appearance.step(1 if step > 0 else -1)
    pane.show_page(page.theme_page(sample, "indecent-images"))
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
