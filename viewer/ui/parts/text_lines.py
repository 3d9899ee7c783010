"""Text in a few lines of one width, the last one cut where it is longer, with places marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QTextCharFormat, QTextLayout, QTextOption


def elided_layout(
    text: str, font: QFont, width: int, most: int, spans: Sequence[tuple[int, int]] = (), ground: str = ""
) -> QTextLayout:
    """Return `text` in at most `most` lines, each `width` pixels wide; `spans` of it stand on the colour `ground`."""
    layout, ends = _laid_out(text, font, width, most, spans, ground)
    if ends < utf16_index(text, len(text)):
        begin = character_index(text, layout.lineAt(most - 1).textStart())
        text = text[:begin] + QFontMetrics(font).elidedText(text[begin:], Qt.TextElideMode.ElideRight, width - 2)
        layout, _ = _laid_out(text, font, width, most, [span for span in spans if span[1] < len(text)], ground)
    return layout


def _laid_out(
    text: str, font: QFont, width: int, most: int, spans: Sequence[tuple[int, int]], ground: str
) -> tuple[QTextLayout, int]:
    """Return the text in lines, and where the last of them ends as Qt counts."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_marked(text, start, end, ground) for start, end in spans])
    layout.beginLayout()
    ends, height = 0, QFontMetrics(font).lineSpacing()
    for count in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(20, width))
        line.setPosition(QPointF(0, count * height))
        ends = line.textStart() + line.textLength()
    layout.endLayout()
    return layout, ends


def _marked(text: str, start: int, end: int, ground: str) -> QTextLayout.FormatRange:
    out = QTextLayout.FormatRange()
    out.start = utf16_index(text, start)
    out.length = utf16_index(text, end) - out.start
    out.format = QTextCharFormat()
    out.format.setBackground(QColor(ground))
    return out


def utf16_index(text: str, at: int) -> int:
    """Return where a character of `text` stands for Qt, which counts those beyond the first 65,536 twice."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "replace")) // 2


def character_index(text: str, at: int) -> int:
    """Return which character of `text` stands where Qt counts `at`."""
    return at if text.isascii() else len(text.encode("utf-16-le", "replace")[: 2 * at].decode("utf-16-le", "replace"))
