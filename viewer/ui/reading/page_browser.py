"""A page in a column of comfortable width: laid out once, coloured in layers, scrolled to its places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QPoint, QRectF, QSizeF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from viewer.design.palette import Palette
from viewer.pages.parts import Page
from viewer.ui.appearance import Appearance, load_fonts_for
from viewer.ui.parts.widgets import set_enum
from viewer.ui.reading.column import LEAST_EDGE, page_column
from viewer.ui.reading.page_map import ItemMap, map_of, position_of
from viewer.ui.reading.text_places import footnote_spans, wide_text

LAYERS = ("notes", "found")  # of colour, the later over the earlier
AIR = 20  # pixels at 100 %, above the heading of a section to which the page jumps


class PageBrowser(QTextBrowser):
    """Shows one page in its column.

    Signals: `zoom_requested(by)` on Ctrl and the wheel; `shown` when a page was laid out, `resized` when its column
    may have moved; `painted` once, after the first page was painted.
    """

    zoom_requested = Signal(int)
    shown = Signal()
    resized = Signal()
    painted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._page: Page | None = None
        self._map = ItemMap()
        self._shown_document: QTextDocument | None = None  # the first one is Qt's own, which it deletes by itself
        self._wide_text: str | None = None  # of the page shown, once it was asked for
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self._edge_painters: list[Callable[[QPainter], None]] = []
        self._has_margin, self._was_painted = False, False
        self._top: tuple[int, float] | None = None  # what `_keep_top` kept
        self.column = page_column(0, 1.0, with_margin=False)
        self.setAccessibleName("Page")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        appearance.changing.connect(self._keep_top)

    @property
    def palette_in_force(self) -> Palette:
        """The colours in force."""
        return self._appearance.palette

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._page

    @property
    def item_map(self) -> ItemMap:
        """Where the page's items stand in its document."""
        return self._map

    def show_page(self, page: Page, scroll: int = 0) -> None:
        """Show `page` from `scroll` pixels down."""
        self._page, self._wide_text = page, None
        self._layers.clear()
        load_fonts_for(page.html)
        document = QTextDocument(self)
        document.setLayoutEnabled(False)  # until all that moves its lines is set, so that it is laid out once
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font())
        document.setDefaultStyleSheet(self._appearance.page_style)
        document.setHtml(f"<body>{page.html}</body>")
        self._set_column(document)
        # Few pages do without a scroll bar: they are laid out beside it at once, not a second time.
        set_enum(self, "verticalScrollBarPolicy", "ScrollBarAlwaysOn")
        former, self._shown_document = self._shown_document, document
        self.setDocument(document)
        if former is not None:
            former.deleteLater()  # Qt keeps it as long as its parent, which is this pane
        document.setLayoutEnabled(True)
        set_enum(self, "verticalScrollBarPolicy", "ScrollBarAsNeeded")
        self._map = map_of(document, frozenset(page.items)) if page.items else ItemMap()
        self.setExtraSelections([])
        if scroll:
            self._lay_out_all()
        self.verticalScrollBar().setValue(scroll)
        self.shown.emit()

    def keep_margin(self) -> None:
        """Leave room for notes beside the column wherever there is enough."""
        self._has_margin = True
        if self._page is not None:
            self._set_column(self.document())

    def restyle(self) -> None:
        """Show the same page again, in changed colours or sizes, with the line at its top that was there before."""
        if self._page is None:
            return
        top = self._top
        self.show_page(self._page)
        if top:
            self._lay_out_all()
            bar, block = self.verticalScrollBar(), self._rect_of_block(top[0])
            bar.setValue(round(bar.value() + block.top() + top[1] * block.height()))

    def _keep_top(self) -> None:
        """Keep where the block at the top of the view begins, and what share of it is above; None at the page's top.

        Before colours and sizes change: Qt lays the page out in the new type by itself, and its lines move.
        """
        self._top = None
        if self.verticalScrollBar().value():
            middle = (self.column.left + self.viewport().width() - self.column.right) // 2  # beside numbers and figures
            start = self.cursorForPosition(QPoint(middle, 0)).block().position()
            block = self._rect_of_block(start)
            self._top = start, -block.top() / max(1.0, block.height())

    def loadResource(self, kind: int, name: QtCore.QUrl | str) -> Any:
        """Return the pictures of bars and lines, which the pane paints itself; what else a page names is not there."""
        url = QtCore.QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "line":
            from viewer.ui.parts.chart_line import line_image, read_line

            points, across = read_line(url.path())
            look = self._appearance
            return line_image(points, across, look.palette, look.scale, self.devicePixelRatioF())
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "bar":
            from viewer.ui.parts.chart_bar import bar_image

            solid, soft = (int(part) / 1000 for part in url.path().split("/"))
            look = self._appearance
            return bar_image(solid, soft, look.palette, look.scale, self.devicePixelRatioF())
        return None

    @property
    def _has_footnotes(self) -> bool:
        return self._page is not None and 'class="note"' in self._page.html

    def wide_text(self) -> str:
        """Return the page's text, every character at its position in the document, nothing where a footnote's mark is.

        In place of a mark stand characters without width, so that the words around it stay what they are.
        """
        if self._wide_text is None:
            marks = footnote_spans(self.document()) if self._has_footnotes else ()
            self._wide_text = wide_text(self.document(), marks)
        return self._wide_text

    def set_layer(self, name: str, marks: Iterable[tuple[QtGui.QTextCursor, str, str]]) -> None:
        """Colour places of the page, each with a background and perhaps an ink; `name` is one of LAYERS."""
        self._layers[name] = [_selection(*mark) for mark in marks]
        self._mark()

    def add_edge_painter(self, paint: Callable[[QPainter], None]) -> None:
        """Let `paint` draw over the page whenever the page is painted."""
        self._edge_painters.append(paint)
        self.viewport().update()

    def _mark(self) -> None:
        self.setExtraSelections([mark for name in LAYERS for mark in self._layers.get(name, ())])
        self.viewport().update()

    def _lay_out_all(self) -> None:
        """Lay out the whole page before scrolling: else Qt does so a moment later, and guesses its height till then."""
        layout = self.document().documentLayout()
        layout.pageCount()  # asked for what it does: there is no other way
        layout.documentSizeChanged.emit(layout.documentSize())

    def scroll_to(self, position: int, *, only_if_hidden: bool = False, below: int | None = None) -> None:
        """Scroll until a place is `below` so many pixels of the page, else below a quarter of its height."""
        self._lay_out_all()
        cursor = QtGui.QTextCursor(self.document())
        cursor.setPosition(position)
        place = self.cursorRect(cursor)
        if only_if_hidden and self.viewport().rect().contains(place):
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + place.top() - (self.viewport().height() // 4 if below is None else below))

    def go_to(self, name: str) -> None:
        """Scroll to a section or source by its anchor, with some air above it."""
        position = position_of(name, self.document())
        if position is not None:
            self.scroll_to(position, below=round(AIR * self._appearance.scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, and what is drawn beside and over its text."""
        super().paintEvent(event)
        if overlays := self._overlays():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for paint in overlays:
                paint(painter)
            painter.end()
        if not self._was_painted and self._page is not None:
            self._was_painted = True
            self.painted.emit()

    def _overlays(self) -> Sequence[Callable[[QPainter], None]]:
        """Return what draws over the page now, in order."""
        return self._edge_painters

    def _rect_of_block(self, position: int) -> QRectF:
        """Return where the block at a document position stands in the viewport."""
        rect = self.document().documentLayout().blockBoundingRect(self.document().findBlock(position))
        return rect.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _set_column(self, document: QTextDocument) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        document.setPageSize(QSizeF(room, -1))
        self.column = page_column(room, self._appearance.scale, with_margin=self._has_margin)
        frame = document.rootFrame().frameFormat()
        if (frame.leftMargin(), frame.rightMargin()) == (self.column.left, self.column.right):
            return
        frame.setLeftMargin(self.column.left)
        frame.setRightMargin(self.column.right)
        frame.setTopMargin(LEAST_EDGE)
        frame.setBottomMargin(3 * LEAST_EDGE)
        document.rootFrame().setFrameFormat(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        if self._page is not None:
            self._set_column(self.document())
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ask for another text size where Ctrl is held; scroll else."""
        if event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go with Tab from link to link; from what stands over the page go on, not through the links once more."""
        return super().focusNextPrevChild(forward) if self.hasFocus() else QWidget.focusNextPrevChild(self, forward)


def _selection(cursor: QtGui.QTextCursor, colour: str, ink: str) -> QTextEdit.ExtraSelection:
    out = QTextEdit.ExtraSelection()
    out.cursor = cursor
    out.format = QTextCharFormat()
    out.format.setBackground(QColor(colour))
    if ink:
        out.format.setForeground(QColor(ink))
    return out
