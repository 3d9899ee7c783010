"""Pages through Qt's printer, which is here a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

from viewer.errors import FileTrouble
from viewer.ui.sheets.windows_printing import print_pdf


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    """A printer whose paper is a file."""
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "paper.pdf"))
    return made


@pytest.fixture
def three_pages(tmp_path: Path) -> bytes:
    canvas = Canvas(str(tmp_path / "three.pdf"))
    for number in "123":
        canvas.drawString(72, 72, number)
        canvas.showPage()
    canvas.save()
    return (tmp_path / "three.pdf").read_bytes()


def test_prints_the_pages_chosen(printer: QPrinter, three_pages: bytes, tmp_path: Path) -> None:
    printer.setFromTo(2, 3)
    print_pdf(three_pages, printer)
    assert (tmp_path / "paper.pdf").read_bytes().count(b"/Type /Page\n") == 2


def test_pages_that_are_not_there_are_not_said_to_be_printed(printer: QPrinter, three_pages: bytes) -> None:
    printer.setFromTo(40, 50)
    with pytest.raises(FileTrouble, match="None of the sheet’s pages was chosen"):
        print_pdf(three_pages, printer)
