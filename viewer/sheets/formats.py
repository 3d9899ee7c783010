"""The formats that a sheet is written in, and its way out: composed already, then issued as a file, print or copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from viewer import paths
from viewer.dissemination.file_names import check_writable, safe_name
from viewer.dissemination.issuing import Deliver, Document, DocumentEntry, Imprint, issue
from viewer.dissemination.register import RegisterRow
from viewer.errors import ViewerError
from viewer.records import record
from viewer.sheets.sheet import FORM_NAMES, RenderedSheet, Sheet


class SheetFormat(StrEnum):
    """What a sheet is written as; the value is the ending of its file."""

    PDF = "pdf"
    MARKDOWN = "md"
    HTML = "html"
    CSV = "csv"


FORMAT_NAMES = {
    SheetFormat.PDF: "PDF",
    SheetFormat.MARKDOWN: "Markdown",
    SheetFormat.HTML: "HTML",
    SheetFormat.CSV: "CSV (figures or changes)",
}
_BY_ENDING = {
    ".pdf": SheetFormat.PDF,
    ".md": SheetFormat.MARKDOWN,
    ".markdown": SheetFormat.MARKDOWN,
    ".html": SheetFormat.HTML,
    ".htm": SheetFormat.HTML,
    ".csv": SheetFormat.CSV,
}


@record
class IssuedSheet:
    """A sheet that has left: its imprint, what was written, and its row in the register."""

    imprint: Imprint
    rendered: RenderedSheet
    row: RegisterRow

    @property
    def number(self) -> int:
        """The number of its row in the register."""
        return self.row.number

    @property
    def sheet(self) -> Sheet:
        """The variant that was laid out."""
        return self.rendered.sheet

    @property
    def pages(self) -> int:
        """How many pages one copy has; 0 where the format has none."""
        return self.rendered.pages


def format_of(path: Path) -> SheetFormat:
    """Return the format that a file's ending names. Raises ViewerError for another."""
    found = _BY_ENDING.get(path.suffix.lower())
    if found is None:
        raise ViewerError(
            f"A sheet is written as .pdf, .md, .html or .csv, not as “{paths.display_name(path)}”.",
            advice="Choose a name with one of these endings.",
        )
    return found


def suggested_name(sheet: Sheet, ending: str) -> str:
    """Return the file name that a sheet is offered under: edition, title, form."""
    return safe_name(f"{sheet.origin.name} – {sheet.title[:60]} – {FORM_NAMES[sheet.recipe.form]}", ending)


def render_sheet(variants: Sequence[Sheet], sheet_format: SheetFormat, imprint: Imprint) -> RenderedSheet:
    """Return the sheet as bytes. Raises RecipeError where a table would hold no figure."""
    first = variants[0]
    match sheet_format:
        case SheetFormat.PDF:
            from viewer.sheets import pdf

            return pdf.render(variants, imprint)
        case SheetFormat.CSV:
            from viewer.sheets.table import figures_of, sheet_csv

            held = figures_of(first)
            return RenderedSheet(data=sheet_csv(held, imprint).encode("utf-8-sig"), sheet=held)
        case SheetFormat.MARKDOWN:
            from viewer.sheets.markdown_html import markdown

            return RenderedSheet(data=markdown(first, imprint).encode(), sheet=first)
        case SheetFormat.HTML:
            from viewer.sheets.markdown_html import html

            return RenderedSheet(data=html(first, imprint).encode(), sheet=first)


def issue_sheet(
    variants: Sequence[Sheet],
    sheet_format: SheetFormat,
    home: Path,
    deliver: Deliver,
    *,
    event: str = "export",
    now: datetime | None = None,
) -> IssuedSheet:
    """Write the sheet, enter it in the register of `home`, and hand its bytes to `deliver`.

    Raises RegisterError, RecipeError where this format would hold nothing, and what `deliver` raises.
    """
    laid_out: list[RenderedSheet] = []

    def compose(imprint: Imprint) -> Document:
        laid_out.append(render_sheet(variants, sheet_format, imprint))
        return Document(data=laid_out[0].data, entry=_entry(laid_out[0].sheet, sheet_format))

    issued = issue(home, compose, deliver, event=event, now=now)
    return IssuedSheet(imprint=issued.imprint, rendered=laid_out[0], row=issued.row)


def export_sheet(
    variants: Sequence[Sheet], path: Path, home: Path, *, replace_file: bool = False, now: datetime | None = None
) -> IssuedSheet:
    """Issue the sheet as a file of the format that its ending names. Raises FileTrouble, RegisterError."""
    sheet_format = format_of(path)
    check_writable(path, replace=replace_file)
    return issue_sheet(variants, sheet_format, home, lambda data: paths.write_atomically(path, data), now=now)


def _entry(sheet: Sheet, sheet_format: SheetFormat) -> DocumentEntry:
    origin, recipe = sheet.origin, sheet.recipe
    withdrawn = sheet.changes.withdrawn if sheet.changes else ()
    return DocumentEntry(
        title=sheet.title,
        series=origin.series,
        edition=origin.name,
        serial=origin.serial,
        fingerprint=origin.fingerprint,
        form=recipe.form if sheet_format is SheetFormat.PDF else sheet_format,
        items=(*(one.id for one in sheet.held), *withdrawn),
        audience=" + ".join((sheet.audience.code, *recipe.caveats)),
        marking=" + ".join((sheet.marking.code, *sheet.caveats)),
        recipient=recipe.recipient,
        copies=recipe.copies,
    )
