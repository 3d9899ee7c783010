"""One chart in the window: painted, and as a sentence for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.figures.chart import Chart
from viewer.ui.appearance import Appearance
from viewer.ui.figures import chart_paint


class ChartWidget(QWidget):
    """A chart as wide as its place and as high as it needs; its accessible name says every value."""

    EDGE = 4  # pixels above and below it, for the focus

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chart: Chart | None = None
        self._drawing: chart_paint.Drawing | None = None
        self._drawn_for = 0.0  # pixels of width
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_chart(self, chart: Chart | None) -> None:
        """Show `chart`; nothing for None."""
        self._chart, self._drawing = chart, None
        self.setVisible(chart is not None)
        self.setAccessibleName(chart.spoken if chart else "")
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Paint the same chart again in changed colours or sizes."""
        self._drawing = None
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return True: texts wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the chart is when `width` pixels wide, in pixels."""
        return round(self._laid_out(width).height) + 2 * self.EDGE

    def sizeHint(self) -> QSize:
        """Return the size for the width it has now."""
        width = max(self.width(), 160)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least size, which never cuts the chart off below."""
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, and a line under it while it has the keyboard."""
        look = self._appearance
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(0, self.height() - 2, self.width(), 2, QColor(look.palette.accent))
        painter.translate(0, self.EDGE)
        chart_paint.paint(painter, self._laid_out(self.width()), look.palette, look.scale)
        painter.end()

    def _laid_out(self, width: int) -> chart_paint.Drawing:
        if self._chart is None:
            return chart_paint.Drawing()
        room = float(width)
        if self._drawing is None or self._drawn_for != room:
            look = self._appearance
            self._drawing = chart_paint.lay_out(self._chart, room, look.palette, look.scale)
            self._drawn_for = room
        return self._drawing
