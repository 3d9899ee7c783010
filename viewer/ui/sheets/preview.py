"""The preview: the sheet's PDF itself, from memory; and the sentence that says why there is none."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from viewer.design.palette import Palette
from viewer.ui.parts.timers import make_timer

SPACING = 14  # pixels between pages
SETTLING = 150  # ms after which a size is taken to stay


class SheetPreview(QWidget):
    """Shows pages, or one sentence and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self._view = QPdfView(self)
        self._view.setObjectName("pages")
        self._view.setAccessibleName("Preview of the sheet")
        self._view.setDocument(self.document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self._view.setPageSpacing(SPACING)
        self._why = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._why.setObjectName("empty")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self._why)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self._settled = make_timer(self, SETTLING, single_shot=True)
        self._settled.timeout.connect(self._redraw)
        self._either = QStackedLayout(self)
        self._either.addWidget(self._view)
        self._either.addWidget(area)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self.document.pageCount() if self._either.currentIndex() == 0 else 0

    def show_pdf(self, data: bytes) -> None:
        """Show a PDF at the page that was in sight."""
        at = self._view.pageNavigator().currentPage()
        previous, self._buffer = self._buffer, QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._either.setCurrentIndex(0)
        self._settled.start()
        if at:
            self._view.pageNavigator().jump(min(at, self.document.pageCount() - 1), QPointF(), 0)
        if previous is not None:
            previous.deleteLater()

    def show_sentence(self, sentence: str, advice: str = "") -> None:
        """Show why there is nothing to see."""
        self._why.setText(f"{sentence}\n\n{advice}" if advice else sentence)
        self._either.setCurrentIndex(1)

    def tint(self, palette: Palette) -> None:
        """Lay the pages on the palette's ground: paper itself stays white."""
        colours = self._view.palette()
        colours.setColor(QPalette.ColorRole.Dark, QColor(palette.rail))
        self._view.setPalette(colours)

    def fit_width(self, wide: bool) -> None:
        """Show pages as wide as the pane, else whole."""
        mode = QPdfView.ZoomMode.FitToWidth if wide else QPdfView.ZoomMode.FitInView
        if mode is self._view.zoomMode():
            return
        self._view.setZoomMode(mode)
        self._settled.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the pages drawn in their new size once it no longer changes."""
        super().resizeEvent(event)
        self._settled.start()

    def _redraw(self) -> None:
        """Change the layout: until then, QPdfView stretches pages that were drawn for an earlier size."""
        self._view.setPageSpacing(SPACING if self._view.pageSpacing() != SPACING else SPACING + 1)
