"""Two to six figures side by side, with why they may not be compared and the sums that two allow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from viewer.figures.chart import make_chart
from viewer.figures.sums import workings_between
from viewer.figures.text import comparison_warnings
from viewer.model import Statistic
from viewer.pages.figure import compared_figure_html, figure_link, warnings_html, workings_html
from viewer.text import wording
from viewer.text.safe import Html
from viewer.ui.appearance import Appearance
from viewer.ui.figures.chart_widget import ChartWidget
from viewer.ui.parts.rich_label import RichLabel
from viewer.ui.parts.widgets import scaled

ABREAST, CELL = 3, 250  # figures in one row at most, and what each needs in pixels at 100 %


class FigureComparison(QScrollArea):
    """The figures compared. Signals: `closed`; `address_requested(address)` on a figure's title."""

    closed = Signal()
    address_requested = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: list[ChartWidget | RichLabel] = []
        self._grid: QGridLayout | None = None  # None before any figure was shown
        self._cells: list[QWidget] = []
        self.setObjectName("figure")
        self.setAccessibleName("Figures compared")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.back = QPushButton("Back to the table")
        self.back.setShortcut(Qt.Key.Key_Escape)
        self.back.clicked.connect(self.closed)

    def show_figures(self, statistics: Sequence[Statistic], sources: Sequence[str], citations: Sequence[str]) -> None:
        """Show the figures, each with its source line and citation."""
        self._shown = []
        self.back.setParent(None)
        inner = QWidget()
        inner.setObjectName("figureInner")
        column = QVBoxLayout(inner)
        column.setContentsMargins(32, 20, 32, 28)
        column.setSpacing(16)
        top = QHBoxLayout()
        title = QLabel(f"{wording.count(len(statistics), 'figure')} side by side")
        title.setObjectName("figureTitle")
        top.addWidget(title, 1)
        top.addWidget(self.back)
        column.addLayout(top)
        warnings = comparison_warnings(statistics)
        if warnings:
            box = self._rich(warnings_html(warnings))
            box.setObjectName("comparisonWarning")
            box.setAccessibleName("Warning")
            column.addWidget(box)
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(28)
        self._cells = [self._figure(statistic, sources[at], citations[at]) for at, statistic in enumerate(statistics)]
        self._grid = grid
        self._place()
        column.addLayout(grid)
        column.addWidget(self._rich(workings_html(workings_between(statistics))))
        column.addStretch(1)
        self.setWidget(inner)
        self.verticalScrollBar().setValue(0)

    def restyle(self) -> None:
        """Show the same figures again in changed colours or sizes."""
        for widget in self._shown:
            widget.restyle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put fewer figures into a row where they would be too narrow."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._grid is None:
            return
        abreast = min(len(self._cells), ABREAST, max(1, self.width() // scaled(CELL)))
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // abreast, at % abreast)
        for at in range(ABREAST):
            self._grid.setColumnStretch(at, 1 if at < abreast else 0)

    def _figure(self, statistic: Statistic, source: str, citation: str) -> QWidget:
        whole = QWidget()
        cell = QVBoxLayout(whole)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.setSpacing(8)
        chart = ChartWidget(self._appearance)
        chart.show_chart(make_chart(statistic))
        self._shown.append(chart)
        cell.addWidget(self._rich(figure_link(statistic)))
        cell.addWidget(chart)
        cell.addWidget(self._rich(compared_figure_html(statistic, source, citation)))
        cell.addStretch(1)
        return whole

    def _rich(self, html: Html) -> RichLabel:
        label = RichLabel(self._appearance)
        label.show_html(html)
        label.setVisible(bool(html))
        label.linkActivated.connect(self.address_requested)
        self._shown.append(label)
        return label
