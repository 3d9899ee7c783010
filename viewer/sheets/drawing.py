"""Bars and codes as vectors on a ReportLab canvas, drawn as the window draws them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from viewer.figures.chart import Bar, Line
from viewer.sheets.typography import colour

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_DOT = 1.7  # points, the radius of a value on a line
RAIL = 9.0  # points high at 100 %
_SEAM = 0.6  # points by which the fading end overlaps the bar, so that no gap shows between them


def draw_bar(canvas: Canvas, bar: Bar, x: float, y: float, width: float, height: float) -> None:
    """Draw a bar from zero on its pale rail: full up to `solid`, fading until `soft`."""
    accent, rail = colour("accent"), colour("rail")
    canvas.setFillColor(rail)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    if bar.solid > 0:
        canvas.setFillColor(accent)
        canvas.rect(x, y, width * bar.solid, height, stroke=0, fill=1)
    if bar.soft > bar.solid:
        start, end = x + width * bar.solid, x + width * bar.soft
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(start - _SEAM, y, end - start + _SEAM, height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.linearGradient(start, y, end, y, (accent, rail), extend=True)
        canvas.restoreState()


def draw_line(canvas: Canvas, line: Line, x: float, y: float, width: float, height: float) -> None:
    """Draw a trend as a line with a dot at each value, over lines across; what a value leaves open is a pale stroke."""
    accent = colour("accent")
    canvas.saveState()
    canvas.setStrokeColor(colour("line"))
    canvas.setLineWidth(0.6)
    for at, _ in line.lines:
        canvas.line(x, y + at * height, x + width, y + at * height)
    canvas.setStrokeColor(colour("faint"))
    canvas.setLineWidth(4 * _DOT)
    for point in line.points:
        if point.high > point.low:
            canvas.line(x + point.x * width, y + point.low * height, x + point.x * width, y + point.high * height)
    canvas.setStrokeColor(accent)
    canvas.setFillColor(accent)
    canvas.setLineWidth(1.2)
    canvas.setLineJoin(1)
    for run in line.runs:
        path = canvas.beginPath()
        path.moveTo(x + run[0][0] * width, y + run[0][1] * height)
        for across, up in run[1:]:
            path.lineTo(x + across * width, y + up * height)
        canvas.drawPath(path, stroke=1, fill=0)
        for across, up in run:
            canvas.circle(x + across * width, y + up * height, _DOT, stroke=0, fill=1)
    canvas.restoreState()


@lru_cache(maxsize=4)
def code_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return the QR code of `text`: its modules a side, and its dark runs as (row, column, length)."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    runs = []
    for row in range(side):
        start = None
        for column in range(side + 1):
            dark = column < side and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return side, tuple(runs)


def draw_code(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """Draw the QR code of `text` as a square of `size` points; the quiet zone around it is the caller's."""
    side, runs = code_runs(text)
    module = size / side
    canvas.setFillColorRGB(0, 0, 0)
    for row, column, length in runs:
        canvas.rect(x + column * module, y + size - (row + 1) * module, length * module, module, stroke=0, fill=1)
