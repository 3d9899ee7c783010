"""What is painted over a page: the line beside the present item, ribbons, and where the keyboard stands."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPainterPath, QPen, QPolygonF, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from viewer.ui.appearance import Appearance

PRESENT_WIDTH = 3  # pixels
PRESENT_GAP = 14  # pixels between it and the text
MARK_WIDTH = 6  # pixels at 100 %, of a bookmark's ribbon
FRAME = 2  # pixels at 100 %, around a link, and at the edge of the page


def paint_edge(painter: QPainter, height: int, look: Appearance) -> None:
    """Paint a line down the page's edge: the page has the keyboard."""
    painter.fillRect(QRectF(0, 0, round(FRAME * look.scale), height), QColor(look.palette.accent))


def paint_present(painter: QPainter, block: QRectF, look: Appearance) -> None:
    """Paint a line beside the present item, whose text begins in `block`."""
    line = QRectF(block.left() - PRESENT_GAP, block.top(), PRESENT_WIDTH, block.height())
    painter.fillRect(line, QColor(look.palette.accent))


def paint_ribbon(painter: QPainter, block: QRectF, left: int, look: Appearance) -> None:
    """Paint a bookmark's ribbon beside a block, `left` being where the column begins."""
    width, height = MARK_WIDTH * look.scale, MARK_WIDTH * look.scale * 2
    x, y = left - 24, block.top() + 4 * look.scale
    corners = ((0, 0), (width, 0), (width, height), (width / 2, height - width / 2), (0, height))
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.palette.accent))
    painter.drawPolygon(QPolygonF([QPointF(x + across, y + down) for across, down in corners]))


def paint_link(painter: QPainter, browser: QTextBrowser, link: QTextCursor, look: Appearance) -> None:
    """Paint a soft ground and a frame around the link on which the keyboard is, and its text once more on them.

    That covers Qt's own sign, a dotted line between the letters.
    """
    line = FRAME * look.scale
    around = QRectF(rect_of(browser, link)).adjusted(-1.5 * line, -line / 2, 1.5 * line, line / 2)
    shape = QPainterPath()
    shape.addRoundedRect(around, 2 * line, 2 * line)
    painter.fillPath(shape, QColor(look.palette.soft))
    painter.strokePath(shape, QPen(QColor(look.palette.accent), line))
    over, down = browser.horizontalScrollBar().value(), browser.verticalScrollBar().value()
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = around.translated(over, down)
    painter.save()
    painter.setClipRect(around)
    painter.translate(-over, -down)
    browser.document().documentLayout().draw(painter, context)
    painter.restore()


def rect_of(browser: QTextBrowser, cursor: QTextCursor) -> QRect:
    """Return the rectangle in the viewport around all lines of what a cursor has selected."""
    out, at = QRect(), QTextCursor(cursor)
    for position in range(cursor.selectionStart(), cursor.selectionEnd() + 1):
        at.setPosition(position)
        out = out.united(browser.cursorRect(at))
    return out
