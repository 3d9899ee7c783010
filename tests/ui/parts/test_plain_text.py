"""Texts of others in tool tips, labels and boxes: letter for letter, whatever markup they look like."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from viewer.signing.trailer import split_trailer
from viewer.text.safe import visible
from viewer.ui.parts.plain_text import plain_box, plain_tip
from viewer.ui.search.facets import FacetPane
from viewer.ui.window import Window

HOSTILE = "<img src='/tmp/x.png'><b>x</b> & <a href='file:///etc/passwd'>y</a>"
TAG = "<img src='/tmp"
ALTERED = (
    "UPDATE theme SET title = ?, short = ?1",
    "UPDATE tag SET label = ?",
    "UPDATE source SET title = ?, author = ?1, note = ?1",
    "UPDATE term SET expansion = ?",
    "UPDATE statistic SET title = ?, population = ?1, base = ?1, caveat = ?1",
    "UPDATE passage SET heading = ?",
)


def shown(rich: str) -> str:
    """What a reader sees of a tool tip."""
    if not QtGui.Qt.mightBeRichText(rich):
        return rich
    document = QTextDocument()
    document.setHtml(rich)
    return document.toPlainText()


@pytest.mark.parametrize("text", [HOSTILE, "a & b < c", "", "&lt;", "plain", "<p>"])
def test_a_tip_shows_its_text_letter_for_letter(text: str) -> None:
    assert shown(plain_tip(visible(text))) == text


def test_a_box_shows_its_text_letter_for_letter(qapp: QApplication) -> None:
    assert qapp
    box = plain_box(None, "Not exported", HOSTILE, QMessageBox.Icon.Warning)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.text() == HOSTILE


@pytest.fixture
def hostile_window(
    open_window: Callable[[Path], Window], sample_bytes: bytes, sealed: Callable[..., bytes], tmp_path: Path
) -> Window:
    """The window on a genuinely signed edition whose every short text looks like markup."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(bytes(split_trailer(sample_bytes)[0]))
        for change in ALTERED:
            connection.execute(change, (HOSTILE,))
        data = connection.serialize()
    path = tmp_path / "hostile.db"
    path.write_bytes(sealed(data))
    return open_window(path)


def tips(view: QAbstractItemView, under: QModelIndex = QModelIndex()) -> Iterator[str]:  # noqa: B008
    """The tool tip of every cell."""
    model = view.model()
    for row in range(model.rowCount(under)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(under)):
            index = model.index(row, column, under)
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            if column == 0:
                yield from tips(view, index)


def test_no_tip_and_no_label_takes_a_text_for_markup(hostile_window: Window, qtbot: QtBot) -> None:
    view = hostile_window.stack.currentWidget()
    for name in ("notes", "figures", "changes", "sheets", "read"):
        hostile_window.actions_by_name[f"view_{name}"].trigger()
    for address in ("theme:trafficking", "page:sources", "page:glossary", "page:issues"):
        assert hostile_window.stack.view is not None
        hostile_window.stack.view.go(address)
    contents = hostile_window.findChildren(QTreeView)[0]
    contents.expandAll()
    hostile_window.search.begin()
    hostile_window.search.entered.emit()
    QTest.keyClicks(hostile_window.search, "children")
    QTest.keyClick(hostile_window.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hostile_window.findChildren(FacetPane)[0].topLevelItemCount() > 0)
    assert view is not None
    found = [text for view in hostile_window.findChildren(QAbstractItemView) for text in tips(view)]
    found += [widget.toolTip() for widget in hostile_window.findChildren(QWidget)]
    assert sum("/tmp/x.png" in text for text in found) > 10
    assert [text for text in found if TAG in text] == []
    labels = [label for label in hostile_window.findChildren(QLabel) if TAG in label.text()]
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
