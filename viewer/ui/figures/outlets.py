"""How figures leave the view: as text with their citation, as CSV, and as a picture, never without their source."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from viewer import paths
from viewer.design.palette import LIGHT
from viewer.errors import ViewerError
from viewer.figures.chart import make_chart
from viewer.figures.table import FigureTable
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.safe_csv import csv_text, write_csv
from viewer.ui.figures import chart_paint
from viewer.ui.parts.modal import run_dialog
from viewer.ui.parts.plain_text import plain_box


def copy_cited(table: FigureTable, rows: Iterable[int]) -> str:
    """Put figures as text with source and citation on the clipboard, unless there are none; return the text."""
    return _copy("\n\n".join(map(table.cited, rows)))


def copy_csv(table: FigureTable, rows: Iterable[int]) -> str:
    """Put figures as CSV rows on the clipboard, each with its source, unless there are none; return the rows."""
    return _copy(csv_text(cells for row in rows for cells in table.export_rows(row)))


def copy_picture(table: FigureTable, row: int) -> None:
    """Put a figure on the clipboard as a picture, under its marking, with its basis, caveat, source and citation."""
    s = table.statistics[row]
    captions = (wording.basis(s), text_plain(s.caveat), f"Source: {table.source_line(row)}", table.citation(row))
    QApplication.clipboard().setImage(chart_paint.picture(make_chart(s), captions, table.marking_line(s), LIGHT))


def export_csv(table: FigureTable, rows: Iterable[int], path: Path) -> None:
    """Write figures to a CSV file. Raises FileTrouble."""
    write_csv(path, table.export(rows))


def ask_and_export_csv(table: FigureTable, rows: Iterable[int], parent: QWidget) -> str:
    """Ask for a file and write figures to it as CSV; return the file's name, empty where nothing was written."""
    suggested = Path.home() / f"{table.edition.series}-{table.edition.serial}-figures.csv"
    chosen, _ = QFileDialog.getSaveFileName(parent, "Export these figures", str(suggested), "CSV (*.csv)")
    if not chosen:
        return ""
    try:
        export_csv(table, rows, Path(chosen))
    except ViewerError as err:
        message = f"{err}\n\n{err.advice}".strip()
        run_dialog(plain_box(parent, "Not exported", message, QMessageBox.Icon.Warning))
        return ""
    return paths.display_name(Path(chosen))


def _copy(text: str) -> str:
    if text:
        QApplication.clipboard().setText(text)
    return text
