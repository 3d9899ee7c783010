"""Small marks at the page's edge, at items that changed since an earlier edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip

from viewer.changes.descriptions import kind_words
from viewer.changes.records import ChangeKind, Changes
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.appearance import Appearance
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.reading.pane import ReadingPane

DISTANCE = 12  # pixels left of the column
WIDTH = 2  # pixels at 100 %
DASH = 4  # pixels of line and of gap at 100 %, where an item is changed and not new


class ChangeMarks(QObject):
    """Marks items of a reading pane: a whole line beside what is new, a broken one beside what changed."""

    def __init__(self, pane: ReadingPane, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pane, self._appearance = pane, appearance
        self.tooltips: Mapping[str, str] = {}  # by item id, in a few words
        self._new: frozenset[str] = frozenset()
        pane.add_edge_painter(self.paint)
        pane.viewport().installEventFilter(self)

    def show_marks(self, tooltips: Mapping[str, str], new: frozenset[str]) -> None:
        """Mark the items of `tooltips`, each with how it changed; `new` are those that were not there before."""
        self.tooltips, self._new = tooltips, new
        self._pane.viewport().update()

    def mark_changes(self, changes: Changes) -> None:
        """Mark what is new or changed since the earlier edition."""
        changed, titles = changes.changed_ids, changes.earlier_titles
        since = f"since {changes.old.name}, serial {changes.old.serial}"
        self.show_marks(
            {id_: f"{visible(wording.capitalised(kind_words(one, titles)))} {since}" for id_, one in changed.items()},
            frozenset(id_ for id_, change in changed.items() if change.has(ChangeKind.NEW)),
        )

    def marked(self) -> list[tuple[str, QRectF]]:
        """Return the marks in sight, by item, in pixels of the pane's viewport."""
        pane = self._pane
        layout, scroll = pane.document().documentLayout(), pane.verticalScrollBar().value()
        out = []
        for start, item in zip(pane.item_map.starts, pane.item_map.ids, strict=True):
            if item in self.tooltips:
                place = layout.blockBoundingRect(pane.document().findBlock(start)).translated(0, -scroll)
                if place.top() > pane.viewport().height():
                    break
                if place.bottom() >= 0:
                    width = WIDTH * self._appearance.scale
                    out.append((item, QRectF(pane.column.left - DISTANCE, place.top() + 2, width, place.height() - 4)))
        return out

    def paint(self, painter: QPainter) -> None:
        """Paint the marks in sight."""
        colour, dash = QColor(self._appearance.palette.quiet), DASH * self._appearance.scale
        for item, line in self.marked() if self.tooltips else ():
            _paint_line(painter, line, colour, 0 if item in self._new else dash)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Say beside a mark how its item changed."""
        if event.type() is QEvent.Type.ToolTip and self.tooltips:
            at = cast(QHelpEvent, event)
            for item, line in self.marked():
                if line.adjusted(-8, -2, 8, 2).contains(at.pos().toPointF()):
                    QToolTip.showText(at.globalPos(), plain_tip(visible(self.tooltips[item])), self._pane.viewport())
                    return True
        return False


def _paint_line(painter: QPainter, line: QRectF, colour: QColor, dash: float) -> None:
    if not dash:
        painter.fillRect(line, colour)
        return
    y = line.top()
    while y < line.bottom():
        painter.fillRect(QRectF(line.left(), y, line.width(), min(dash, line.bottom() - y)), colour)
        y += 2 * dash
