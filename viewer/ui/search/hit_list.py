"""The list of hits under the headings of their themes, and of past searches, as Qt's model of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from viewer.bundle.bundle import Bundle
from viewer.model import Hit, Marking
from viewer.search.search_history import Searches
from viewer.search.sections import sections
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.search.hit_delegate import IS_HEADING, MARKING, PLACE, ROW, place_of, reason_text

Rows = Sequence[tuple[str, Hit | str]]  # ("heading", theme's words), ("hit", Hit), or ("past", a search)


class HitModel(QAbstractListModel):
    """Rows: headings, hits, and searches to do again."""

    def __init__(self, bundle: Bundle) -> None:
        super().__init__()
        self._rows: Rows = ()
        self._markings = {marking.code: marking for marking in bundle.markings}
        self._usual = {theme.id: theme.marking for theme in bundle.themes()}

    def show(self, rows: Rows) -> None:
        """Put other rows in place of those there were."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, at: int) -> tuple[str, Hit | str]:
        """Return a row: its kind, and what it holds."""
        return self._rows[at] if 0 <= at < len(self._rows) else ("", "")

    def next_choice(self, start: int, by: int) -> int:
        """Return the nearest row from `start` on, in the direction `by`, that can be chosen; -1 where there is none."""
        at = start
        while 0 <= at < len(self._rows):
            if self._rows[at][0] != "heading":
                return at
            at += by
        return -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return that all but headings can be chosen."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled if self.row(index.row())[0] == "heading" else chosen

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Return what the delegate draws, and the whole row in words for those who cannot see it."""
        kind, held = self.row(index.row())
        if role == IS_HEADING:
            return kind == "heading"
        if role == ROW:
            return held
        if isinstance(held, Hit):
            return self._of_hit(held, role)
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return held
        return None

    def _of_hit(self, hit: Hit, role: int) -> str | Marking | None:
        if role == PLACE:
            return place_of(hit)
        if role == MARKING:
            return None if hit.marking == self._usual.get(hit.theme) else self._markings.get(hit.marking)
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            marking = self._markings.get(hit.marking)
            parts = (place_of(hit), hit.title, hit.snippet, reason_text(hit) if hit.reason else "",
                     marking.label if marking else "")  # fmt: skip
            return ". ".join(part for part in parts if part)
        return None


def hit_rows(hits: Sequence[Hit], bundle: Bundle, *, by_theme: bool = True) -> list[tuple[str, Hit | str]]:
    """Return hits as rows under the headings of their themes, or one after the other."""
    rows: list[tuple[str, Hit | str]] = []
    for section in sections(hits, by_theme=by_theme):
        heading = section.heading
        if section.theme:
            theme = bundle.theme(section.theme)
            heading = wording.labelled_title(bundle.shown_label(theme), theme.short)
        if heading:
            rows.append(("heading", visible(heading)))
        rows += [("hit", hit) for hit in section.hits]
    return rows


def history_rows(searches: Searches) -> Rows:
    """Return saved and past searches as rows under their headings."""
    groups = (("Saved searches", searches.saved), ("Past searches", searches.past))
    return [
        row
        for heading, group in groups
        if group
        for row in (("heading", heading), *(("past", words) for words in group))
    ]
