"""No two things that answer to the same key can be reached at once: Qt would let neither of them act."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from viewer.records import record
from viewer.ui.actions import SPECS, VIEW_SPECS
from viewer.ui.edition_view import EditionView
from viewer.ui.views import VIEWS
from viewer.ui.window import Window

_MNEMONIC = re.compile(r"(?<!&)&([^&\s])")


@record
class KeyHolder:
    """What answers to a key: where it works from, and whether the keyboard must be within that."""

    key: str
    name: str
    within: QWidget | None  # None: anywhere in the window
    alone: bool = False  # within that widget, and not within what it holds

    def meets(self, other: KeyHolder) -> bool:
        """Return whether both can be reached at once."""
        if self.within is None or other.within is None:
            return True
        return self.within is other.within or self._is_around(other.within) or other._is_around(self.within)

    def _is_around(self, inner: QWidget) -> bool:
        return self.within is not None and not self.alone and self.within.isAncestorOf(inner)


def key_holders(window: QWidget) -> Iterator[KeyHolder]:
    """Yield all that answers to a key while the window shows what it shows now."""
    for action in window.findChildren(QAction):
        for key in action.shortcuts():
            yield KeyHolder(key=key.toString(), name=action.objectName() or action.text(), within=None)
    for shortcut in window.findChildren(QShortcut):
        parent = shortcut.parent()
        assert isinstance(parent, QWidget)
        if parent.isVisible() and shortcut.isEnabled():
            anywhere = shortcut.context() == Qt.ShortcutContext.WindowShortcut
            name = f"shortcut of {type(parent).__name__}"
            alone = shortcut.context() == Qt.ShortcutContext.WidgetShortcut
            within = None if anywhere else parent
            yield KeyHolder(key=shortcut.key().toString(), name=name, within=within, alone=alone)
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            yield from _of_widget(widget)


def _of_widget(widget: QWidget) -> Iterator[KeyHolder]:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
        yield KeyHolder(key=widget.shortcut().toString(), name=text or type(widget).__name__, within=None)
    elif isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
        for letter in _MNEMONIC.findall(text):
            yield KeyHolder(key=f"Alt+{letter.upper()}", name=text, within=None)


def clashes(window: QWidget) -> list[tuple[str, str, str]]:
    """Return each key that two holders share who can be reached at once."""
    by_key: dict[str, list[KeyHolder]] = defaultdict(list)
    for holder in key_holders(window):
        by_key[QKeySequence(holder.key).toString()].append(holder)
    pairs = (pair for holders in by_key.values() for pair in combinations(holders, 2))
    return [(one.key, one.name, other.name) for one, other in pairs if one.meets(other)]


def test_no_two_actions_share_a_key() -> None:
    holders: dict[str, list[str]] = defaultdict(list)
    for spec in (*SPECS, *VIEW_SPECS):
        for key in spec.keys:
            holders[QKeySequence(key).toString()].append(spec.name)
    assert {key: names for key, names in holders.items() if len(names) > 1} == {}


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_no_two_things_in_a_view_share_a_key(window: Window, view: str) -> None:
    window.actions_by_name[f"view_{view}"].trigger()
    assert clashes(window) == []


def test_no_two_things_beside_a_sheet_share_a_key(window: Window) -> None:
    window.actions_by_name["next_theme"].trigger()
    window.actions_by_name["put_theme_on_sheet"].trigger()
    window.actions_by_name["view_sheets"].trigger()
    assert any(holder.key == "Ctrl+S" for holder in key_holders(window))
    assert clashes(window) == []


def test_no_two_things_beside_the_editor_of_a_note_share_a_key(window: Window) -> None:
    window.actions_by_name["next_theme"].trigger()
    window.actions_by_name["next_item"].trigger()
    window.actions_by_name["note"].trigger()
    assert any(holder.key == "Alt+1" for holder in key_holders(window))
    assert clashes(window) == []


def test_no_two_things_share_a_key_while_a_note_is_open_and_words_are_sought(window: Window, qtbot: QtBot) -> None:
    view = noted_and_sought(window, qtbot)
    assert clashes(window) == []
    window.search.setText("grooming")
    window.search.submitted.emit()
    qtbot.waitUntil(lambda: view.search.view.isVisible())
    assert clashes(window) == []


def test_escape_closes_what_has_the_keyboard(window: Window, qtbot: QtBot) -> None:
    """Where a note and the field to find words are open, Esc closes where it is pressed; on the page, the field."""
    view = noted_and_sought(window, qtbot)
    editor, bar = view.notes.editing.editor, view.reading_view.page_find.bar
    editor.words.setFocus()
    QTest.keyClick(editor.words, Qt.Key.Key_Escape)
    assert (editor.isVisible(), bar.isVisible()) == (False, True)
    view.reading.setFocus()
    QTest.keyClick(view.reading, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    window.actions_by_name["find"].trigger()
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def noted_and_sought(window: Window, qtbot: QtBot) -> EditionView:
    """A theme with the editor of a note and the field to find words both open."""
    view = window.edition_view
    assert view is not None
    view.go("theme:indecent-images")
    qtbot.waitUntil(lambda: view.notes.session.book is not None)
    for name in ("next_item", "note", "find"):
        window.actions_by_name[name].trigger()
    return view


@pytest.mark.parametrize("key", ["Ctrl+Shift+L", "J"])
def test_a_key_given_twice_is_noticed(window: Window, key: str) -> None:
    action = QAction("Second", window)
    action.setShortcut(key)
    window.addAction(action)
    assert [shared for shared, *_ in clashes(window)] == [key]


def test_an_alt_letter_given_twice_is_noticed(window: Window) -> None:
    for number in (1, 2):
        label = QLabel(f"&Zone {number}", window)
        label.setBuddy(window)
        label.show()
    assert [shared for shared, *_ in clashes(window)] == ["Alt+Z"]
