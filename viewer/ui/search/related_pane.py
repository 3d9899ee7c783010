"""The items nearest to one, and its issues, as rows to open, for the margin beside the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from viewer.model import Marking
from viewer.records import record
from viewer.text.safe import visible
from viewer.ui.appearance import Appearance
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.text_lines import elided_layout

EDGE = 8  # pixels at 100 %, left and right of a row's words
GAP = 4  # above and below them
HEADING = 26  # the height of a heading
LINES = 2  # of an item's words
ALL = "all"  # the address of the row that leads to the list of all related items


@record
class RelatedRow:
    """One row: the address it opens, the place that it names, its words, and the reason why it stands here.

    `theme` is given where it is another one than the present item's, `marking` where it is another than its theme's.
    """

    address: str
    place: str
    theme: str = ""
    words: str = ""
    reason: str = ""
    marking: Marking | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        parts = (self.place, self.theme, self.words, self.reason, self.marking.label if self.marking else "")
        return ". ".join(part for part in parts if part)


class RelatedPane(QWidget):
    """Rows under their headings, laid out for the width that it is given.

    Signals: `chosen(address)` on a click or Enter; `passed(by)` when the keyboard goes on over its end, -1 up or
    1 down; `left` on Escape.
    """

    chosen = Signal(str)
    passed = Signal(int)
    left = Signal()

    def __init__(self, look: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._headings: list[tuple[str, int]] = []  # and how far down each stands
        self._rows: list[RowButton] = []
        self.setAccessibleName("Related")
        self.setObjectName("related")
        self.hide()

    @property
    def rows(self) -> Sequence[RowButton]:
        """The rows from top to bottom."""
        return self._rows

    @property
    def headings(self) -> Sequence[str]:
        """The headings of the groups from top to bottom."""
        return [heading for heading, _ in self._headings]

    def show_rows(self, groups: Sequence[tuple[str, Sequence[RelatedRow]]]) -> None:
        """Show these groups of rows, each under its heading, in place of those there were."""
        for button in self._rows:
            button.hide()
            button.deleteLater()
        self._headings = [(heading, 0) for heading, _ in groups]
        self._rows = [RowButton(row, at, self._look, self) for at, (_, rows) in enumerate(groups) for row in rows]
        for button in self._rows:
            button.clicked.connect(lambda _on, address=button.row.address: self.chosen.emit(address))
            button.show()
        self._lay_out()

    def restyle(self) -> None:
        """Take over changed colours and sizes."""
        self._lay_out()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size as tall as the rows."""
        return QSize(self.width(), self._lay_out())

    def _lay_out(self) -> int:
        """Place headings and rows; return the height of all."""
        top, group = 0, -1
        for button in self._rows:
            if button.group_index != group:
                group = button.group_index
                top += round(GAP * self._look.scale) if group else 0
                self._headings[group] = (self._headings[group][0], top)
                top += round(HEADING * self._look.scale)
            height = button.height_for(self.width())
            button.setGeometry(0, top, self.width(), height)
            top += height
        return top

    def take_keyboard(self, by: int) -> None:
        """Take the keyboard at the first row, or, where the reader comes from below, at the last."""
        if self._rows:
            self._rows[0 if by > 0 else -1].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the rows as wide as there is room."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the headings; the rows draw themselves."""
        painter = QPainter(self)
        font = font_of(self._look, 12, QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.2)
        painter.setFont(font)
        painter.setPen(QColor(self._look.palette.quiet))
        for heading, top in self._headings:
            room = QRect(round(EDGE * self._look.scale), top, self.width(), round(HEADING * self._look.scale))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, heading.upper())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the rows on Down and Up, and on over their ends; leave on Escape."""
        at = next((at for at, button in enumerate(self._rows) if button.hasFocus()), -1)
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                by = 1 if event.key() == Qt.Key.Key_Down else -1
                if 0 <= at + by < len(self._rows):
                    self._rows[at + by].setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self.passed.emit(by)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


class RowButton(QAbstractButton):
    """One row, drawn: the place in the accent, the theme beside it, the words under it."""

    def __init__(self, row: RelatedRow, group_index: int, look: Appearance, parent: RelatedPane) -> None:
        super().__init__(parent)
        self.row, self.group_index, self._look = row, group_index, look
        self.setAccessibleName(visible(row.spoken))
        self.setToolTip(plain_tip(visible(row.reason)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def height_for(self, width: int) -> int:
        """Return how tall the row is at a width, both in pixels."""
        words = self._layout(width).lineCount() if self.row.words else 0
        lines = self._metrics(12.5).lineSpacing() + words * self._metrics(13.5).lineSpacing()
        return lines + 2 * round(GAP * self._look.scale)

    def _metrics(self, size: float) -> QFontMetrics:
        return QFontMetrics(font_of(self._look, size))

    def _layout(self, width: int) -> QTextLayout:
        """Return the words in at most LINES lines."""
        room = width - 2 * round(EDGE * self._look.scale)
        return elided_layout(self.row.words, font_of(self._look, 13.5), room, LINES)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row; soft under the pointer, framed where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, scale = self._look.palette, self._look.scale
        edge, gap = round(EDGE * scale), round(GAP * scale)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QColor(palette.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.soft))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        metrics = self._metrics(12.5)
        line = QRect(edge, gap, self.width() - 2 * edge, metrics.lineSpacing())
        self._draw_place(painter, line, metrics)
        if self.row.words:
            painter.setPen(QColor(palette.ink))
            self._layout(self.width()).draw(painter, QPointF(edge, line.bottom() + 1))
        painter.end()

    def _draw_place(self, painter: QPainter, line: QRect, metrics: QFontMetrics) -> None:
        palette, cut = self._look.palette, Qt.TextElideMode.ElideRight
        painter.setFont(font_of(self._look, 12.5))
        marking = self.row.marking
        if marking is not None:
            label = metrics.elidedText(marking.label, cut, line.width() // 2)
            ground = QRect(line)
            ground.setLeft(line.right() - metrics.horizontalAdvance(label) - 8)
            painter.fillRect(ground, QColor(marking.colour))
            painter.setPen(QColor(marking.ink))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, label)
            line = line.adjusted(0, 0, -ground.width() - 4, 0)
        painter.setPen(QColor(palette.accent))
        place = metrics.elidedText(self.row.place, cut, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, place)
        if self.row.theme:
            rest = line.adjusted(metrics.horizontalAdvance(f"{place}  "), 0, 0, 0)
            painter.setPen(QColor(palette.quiet))
            shown = metrics.elidedText(self.row.theme, cut, max(0, rest.width()))
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, shown)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that no longer."""
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open it on Enter, as a click does; what steps through the rows is the pane's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)


def font_of(look: Appearance, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the window's type, `size` pixels at 100 %."""
    font = QFont(QApplication.font())
    font.setPixelSize(max(8, round(size * look.scale)))
    font.setWeight(weight)
    return font
