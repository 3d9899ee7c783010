"""The list of changes as Qt asks for it: theme by theme, what changed and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from viewer.changes.descriptions import kind_words, subject_words
from viewer.changes.records import Change, ChangeKind
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.figures.model import shown_as

_Index = QModelIndex | QPersistentModelIndex
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
HEADS = ("What", "How", "Yours")


class ChangesModel(QAbstractTableModel):
    """Changes under the heads of their themes."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Change | str] = []
        self._themes: Mapping[str, str] = {}
        self._yours: Mapping[str, str] = {}  # by item id, of either edition: what of the reader's it touches

    def show_changes(self, listed: tuple[Change, ...], themes: Mapping[str, str], yours: Mapping[str, str]) -> None:
        """Show these changes; `yours` says by item id what of the reader's own is touched."""
        self.beginResetModel()
        self._themes, self._yours = themes, yours
        self._lines = []
        counts: dict[str, int] = {}
        for change in listed:
            counts[change.theme] = counts.get(change.theme, 0) + 1
        theme = None
        for change in listed:
            if change.theme != theme:
                theme = change.theme
                title = visible(themes.get(theme, theme)) if theme else "Sources"
                self._lines.append(f"{title}  ·  {wording.count(counts[theme], 'change')}")
            self._lines.append(change)
        self.endResetModel()

    def change(self, line: int) -> Change | None:
        """Return the change on a line; None for a head."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, Change) else None

    def first(self) -> int | None:
        """Return the first line that is a change."""
        return next((at for at, line in enumerate(self._lines) if isinstance(line, Change)), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the lines shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return what and how, and what of the reader's is touched."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        """Return a cell's text; new and withdrawn things stand out by weight, not by colour alone."""
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.FontRole:
            strong = isinstance(line, str) or (index.column() == 0 and _is_whole(line))
            return _strong() if strong else None
        if role not in _SHOWN:
            return None
        if isinstance(line, str):
            return shown_as(visible(line), role) if index.column() == 0 else None
        indent = "    " if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else ""
        return indent + shown_as(visible(self._cell(line, index.column())), role)

    def _cell(self, change: Change, column: int) -> str:
        match column:
            case 0:
                return subject_words(change)
            case 1:
                return visible(kind_words(change, self._themes))
            case _:
                return yours_of(change, self._yours)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if isinstance(self._lines[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def yours_of(change: Change, yours: Mapping[str, str]) -> str:
    """Return what of the reader's a change touches, such as `note, sheet`; empty for nothing."""
    ids = dict.fromkeys(side.id for side in (change.old, change.new) if side is not None)
    return ", ".join(dict.fromkeys(yours[id_] for id_ in ids if id_ in yours))


def _is_whole(change: Change) -> bool:
    return change.has(ChangeKind.NEW) or change.has(ChangeKind.WITHDRAWN)


def _strong() -> QFont:
    face = QFont()
    face.setWeight(QFont.Weight.DemiBold)
    return face
