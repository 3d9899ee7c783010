"""Printing on Windows: the very pages of the issued PDF, through the system's dialog."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from viewer.errors import FileTrouble
from viewer.ui.parts.modal import run_dialog

RESOLUTION = 300  # dots an inch at which pages are drawn: paper shows no difference above


def ask(parent: QWidget, name: str, pages: int) -> QPrinter | None:
    """Return the printer, pages and copies that the person chose in the system's dialog; None where they gave up."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    return printer if run_dialog(dialog) == QPrintDialog.DialogCode.Accepted else None


def print_pdf(data: bytes, printer: QPrinter) -> None:
    """Send the pages of a PDF to `printer`, each on paper of its size; works in any thread.

    Raises FileTrouble; some pages may then be on their way.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    chosen = [page for page in range(document.pageCount()) if _is_chosen(page + 1, printer)]
    if not chosen:
        raise FileTrouble("None of the sheet’s pages was chosen.", advice="Choose other pages, then print again.")
    painter = QPainter()
    for at, page in enumerate(chosen):
        printer.setPageLayout(_layout(document.pagePointSize(page)))
        if not (printer.newPage() if at else painter.begin(printer)):
            raise FileTrouble("The printer took no page.", advice="Check the printer, then print again.")
        _draw(painter, document, page, printer)
    if not painter.end():
        raise FileTrouble("The printer did not take the last page.", advice="Check the printer, then print again.")
    document.close()


def _is_chosen(page: int, printer: QPrinter) -> bool:
    first, last = printer.fromPage(), printer.toPage()
    return not first or first <= page <= (last or first)


def _layout(size: QSizeF) -> QPageLayout:
    turned = size.width() > size.height()
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    orientation = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    out = QPageLayout(QPageSize(upright, QPageSize.Unit.Point), orientation, QMarginsF())
    out.setMode(QPageLayout.Mode.FullPageMode)
    return out


def _draw(painter: QPainter, document: QPdfDocument, page: int, printer: QPrinter) -> None:
    size = document.pagePointSize(page)
    dots = min(RESOLUTION, printer.resolution()) / 72
    image = document.render(page, QSize(round(size.width() * dots), round(size.height() * dots)))
    whole = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    painter.drawImage(QRectF(0, 0, whole.width(), whole.height()), image)
