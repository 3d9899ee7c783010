"""The list of changes as a Qt model: theme by theme, what changed and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from viewer.changes.descriptions import kind_words, subject_words
from viewer.changes.records import Change, ChangeKind
from viewer.records import record
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.parts.record_table import text_for_role

_Index = QModelIndex | QPersistentModelIndex
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class ChangesModel(QAbstractTableModel):
    """Changes under the titles of their themes."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Change | str] = []
        self._themes: Mapping[str, str] = {}
        self._touched: Mapping[str, str] = {}  # by item id, of either edition: what of the reader's it touches

    def show_changes(self, listed: tuple[Change, ...], themes: Mapping[str, str], touched: Mapping[str, str]) -> None:
        """Show these changes; `touched` says by item id what of the reader's own is touched."""
        self.beginResetModel()
        self._themes, self._touched = themes, touched
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
        """Return the change on a line; None for the title of a theme."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, Change) else None

    def first(self) -> int | None:
        """Return the first line that is a change."""
        return next((at for at, line in enumerate(self._lines) if isinstance(line, Change)), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        """Return a cell's text; new and withdrawn things stand out by weight, not by colour alone."""
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.FontRole:
            is_first = index.column() == column_index("what")
            strong = isinstance(line, str) or (is_first and _is_whole(line))
            return _strong() if strong else None
        if role not in _SHOWN:
            return None
        is_first = index.column() == column_index("what")
        if isinstance(line, str):
            return text_for_role(visible(line), role) if is_first else None
        indent = "    " if role == Qt.ItemDataRole.DisplayRole and is_first else ""
        return indent + text_for_role(visible(COLUMNS[index.column()].cell(self, line)), role)

    def kind_words(self, change: Change) -> str:
        """Return in a few words how something changed."""
        return kind_words(change, self._themes)

    def touched_words(self, change: Change) -> str:
        """Return what of the reader's a change touches, such as `note, sheet`; empty for nothing."""
        return touched_words(change, self._touched)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a line: the title of a theme cannot be chosen."""
        if isinstance(self._lines[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@record
class ChangeColumn:
    """A column of the list: its name, its title, and what its cells say of a change."""

    name: str
    title: str
    cell: Callable[[ChangesModel, Change], str]


COLUMNS = (
    ChangeColumn(name="what", title="What", cell=lambda _, change: subject_words(change)),
    ChangeColumn(name="how", title="How", cell=ChangesModel.kind_words),
    ChangeColumn(name="yours", title="Yours", cell=ChangesModel.touched_words),
)


def column_index(name: str) -> int:
    """Return where the column of that name stands, counted from 0."""
    return [column.name for column in COLUMNS].index(name)


def touched_words(change: Change, touched: Mapping[str, str]) -> str:
    """Return what of the reader's a change touches, such as `note, sheet`; empty for nothing."""
    ids = dict.fromkeys(side.id for side in (change.old, change.new) if side is not None)
    return ", ".join(dict.fromkeys(touched[id_] for id_ in ids if id_ in touched))


def _is_whole(change: Change) -> bool:
    return change.has(ChangeKind.NEW) or change.has(ChangeKind.WITHDRAWN)


def _strong() -> QFont:
    face = QFont()
    face.setWeight(QFont.Weight.DemiBold)
    return face
