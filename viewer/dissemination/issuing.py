"""Issuing a sheet: its row in the register first, then its bytes to where they go; no row, no sheet."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from viewer import paths
from viewer.dissemination import file_names
from viewer.dissemination.register import CHAIN_TIP_LENGTH, Issue, Register, RegisterRow
from viewer.errors import ViewerError
from viewer.records import record
from viewer.sheets.sheet import Imprint, Sheet

Deliver = Callable[[bytes], None]


class SheetFormat(StrEnum):
    """What a sheet is written as."""

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


@record
class Issued:
    """A sheet that has left: its imprint, the sheet as it was laid out, how many pages, and its row in the register."""

    imprint: Imprint
    sheet: Sheet
    pages: int  # 0 where the kind has none
    row: RegisterRow
    size: int

    @property
    def number(self) -> int:
        """The number of its row in the register."""
        return self.row.number


def new_id() -> str:
    """A fresh sheet id, such as `7F3A-19C2`."""
    word = secrets.token_hex(4).upper()
    return f"{word[:4]}-{word[4:]}"


def issue(
    variants: Sequence[Sheet],
    kind: SheetFormat,
    home: Path,
    deliver: Deliver,
    *,
    event: str = "export",
    now: datetime | None = None,
) -> Issued:
    """Writes the sheet, enters it in the register of `home`, and hands its bytes to `deliver`.

    Where `deliver` fails in whatever way, a second row says so: the sheet may have left in part.
    The register is free while pages are laid out, so the head on paper may be some rows before the sheet's own.
    Raises RegisterTrouble, RecipeFault where this kind would hold nothing, and what `deliver` raises.
    """
    made = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with Register.open(home) as register:
        imprint = Imprint(id=new_id(), made=made, head=register.chain_tip()[:CHAIN_TIP_LENGTH])
        data, sheet, pages = written(variants, kind, imprint)
        row = register.append(_issue(sheet, imprint, event, hashlib.sha256(data).hexdigest(), kind))
        try:
            deliver(data)
        except BaseException:
            register.append(replace(row.issue, event="void"))
            raise
    return Issued(imprint=imprint, sheet=sheet, pages=pages, row=row, size=len(data))


def export(
    variants: Sequence[Sheet], path: Path, home: Path, *, replace_file: bool = False, now: datetime | None = None
) -> Issued:
    """Issues the sheet as a file of the kind its ending names. Raises FileTrouble, RegisterTrouble."""
    kind = format_of(path)
    file_names.check_writable(path, replace=replace_file)
    return issue(variants, kind, home, lambda data: paths.write_atomically(path, data), now=now)


def format_of(path: Path) -> SheetFormat:
    """The kind that a file's ending names. Raises ViewerError for another."""
    endings = {
        ".pdf": SheetFormat.PDF,
        ".md": SheetFormat.MARKDOWN,
        ".markdown": SheetFormat.MARKDOWN,
        ".html": SheetFormat.HTML,
        ".htm": SheetFormat.HTML,
        ".csv": SheetFormat.CSV,
    }
    kind = endings.get(path.suffix.lower())
    if kind is None:
        raise ViewerError(
            f"A sheet is written as .pdf, .md, .html or .csv, not as “{paths.display_name(path)}”.",
            advice="Choose a name with one of these endings.",
        )
    return kind


def written(variants: Sequence[Sheet], kind: SheetFormat, imprint: Imprint) -> tuple[bytes, Sheet, int]:
    """The sheet's bytes, the variant that was laid out, and its pages (0 where the kind has none)."""
    if kind is SheetFormat.PDF:
        from viewer.sheets import pdf

        done = pdf.write(variants, imprint)
        return done.data, done.sheet, done.pages
    from viewer.sheets import markdown_html, table

    if kind is SheetFormat.CSV:
        sheet = table.figures_of(variants[0])
        return table.csv(sheet, imprint).encode("utf-8-sig"), sheet, 0
    writer = {SheetFormat.MARKDOWN: markdown_html.markdown, SheetFormat.HTML: markdown_html.html}[kind]
    return writer(variants[0], imprint).encode(), variants[0], 0


def _issue(sheet: Sheet, imprint: Imprint, event: str, digest: str, kind: SheetFormat) -> Issue:
    origin = sheet.origin
    return Issue(
        at=imprint.made,
        event=event,
        sheet=imprint.id,
        title=sheet.title,
        series=origin.series,
        edition=origin.name,
        serial=origin.serial,
        fingerprint=origin.fingerprint,
        form=sheet.form if kind is SheetFormat.PDF else kind,
        items=(*(one.id for one in sheet.held), *(sheet.changes.gone if sheet.changes else ())),
        audience=sheet.audience.code,
        marking=sheet.marking.code,
        recipient=sheet.recipient,
        copies=sheet.copies,
        sha256=digest,
    )
