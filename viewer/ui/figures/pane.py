"""The chosen figure beside the table: its chart, and below it all that is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from viewer.bundle.bundle import Bundle
from viewer.figures.chart import make_chart
from viewer.model import Statistic
from viewer.pages.figure import figure_html
from viewer.text.safe import format_html, visible
from viewer.ui.appearance import Appearance
from viewer.ui.figures.chart_widget import ChartWidget
from viewer.ui.parts.rich_label import RichLabel

EMPTY = "Choose a figure in the table. Choose two to six with Ctrl or Shift to compare them."


class FigurePane(QScrollArea):
    """One figure in full. Signals: `address_requested(address)` on a link."""

    address_requested = Signal(str)

    def __init__(self, bundle: Bundle, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bundle, self._appearance = bundle, appearance
        self._statistic: Statistic | None = None
        self.setObjectName("figure")
        self.setAccessibleName("Chosen figure")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.title.setObjectName("figureTitle")
        self.chart = ChartWidget(appearance)
        self.details = RichLabel(appearance)
        self.details.linkActivated.connect(self.address_requested)
        inner = QWidget()
        inner.setObjectName("figureInner")
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(10)
        for widget in (self.title, self.chart, self.details):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inner)
        self.show_figure(None)

    def show_figure(self, statistic: Statistic | None) -> None:
        """Show a figure from its top, or what to do where there is none."""
        self._statistic = statistic
        self.title.setText(visible(statistic.title) if statistic else "")
        self.title.setVisible(statistic is not None)
        self.chart.show_chart(make_chart(statistic) if statistic else None)
        empty = format_html('<p class="quiet">{}</p>', EMPTY)
        self.details.show_html(figure_html(self._bundle, statistic) if statistic else empty)
        self.verticalScrollBar().setValue(0)

    def restyle(self) -> None:
        """Show the same figure again in changed colours or sizes."""
        self.chart.restyle()
        self.details.restyle()
