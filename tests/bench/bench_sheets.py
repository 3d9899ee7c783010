"""A sheet from click to preview, and a briefing of 100 pages beside bare ReportLab and other writers of PDF."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib import import_module
from io import BytesIO
from pathlib import Path
from statistics import median

from tests.bench.generator import assessment_of
from tests.bench.harness import Row, alone, side_by_side
from viewer.bundle.bundle import Bundle
from viewer.dissemination.issuing import Imprint
from viewer.model import Claims
from viewer.publish.build import build_body
from viewer.sheets import markdown_html, pdf, sheet_metadata
from viewer.sheets.compose import compose
from viewer.sheets.layout import page_layout
from viewer.sheets.recipe import Form, Recipe, theme_entry, with_form
from viewer.sheets.sheet import Sheet
from viewer.sheets.story import story
from viewer.sheets.typography import styles_at
from viewer.signing.sealing import build_trust_list, new_key, seal
from viewer.signing.trust import read_trust_list
from viewer.text.markdown import plain_text

ROOT = Path(__file__).parent.parent.parent
IMPRINT = Imprint(id="0000-0001", made="2026-11-24T00:00:00Z", chain_tip="0" * 12)
PROCESSES = 3
ITEMS = 880  # of a made-up edition: about 100 pages
FIRST, LATER = 250.0, 100.0  # ms
MEMORY = 100.0  # MiB


def measure() -> Iterator[Row]:
    """The window's rows, then the writers'."""
    yield from _in_the_window()
    sheet = _long_sheet()
    pages = pdf.render([sheet], IMPRINT).pages
    rendering, bare = side_by_side(lambda: pdf.render([sheet], IMPRINT), lambda: _bare(sheet), rounds=3)
    yield Row(
        what=f"a briefing of {pages} pages, beside the same flowables bare",
        measured=rendering,
        reference=bare,
        allowed=1.3,
    )
    for name, work in (("fpdf", _fpdf2), ("weasyprint", _weasyprint)):
        if _is_usable(name):
            other = alone(partial(work, sheet), 1)
            yield Row(what=f"a briefing of {pages} pages, beside {name}", measured=rendering, reference=other)


def _is_usable(name: str) -> bool:
    """Whether a library is installed with all that it needs of the system: WeasyPrint needs Pango."""
    try:
        import_module(name)
    except (ImportError, OSError):
        return False
    return True


def _in_the_window() -> Iterator[Row]:
    command = [sys.executable, "-m", "tests.bench.sheet_window"]
    runs = [
        json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout)
        for _ in range(PROCESSES)
    ]
    for name, limit, unit in (("first", FIRST, "ms"), ("later", LATER, "ms"), ("memory", MEMORY, "MiB")):
        what = {
            "first": f"a sheet of {runs[0]['pages']} pages, click to preview, the first time",
            "later": f"a sheet of {runs[0]['pages']} pages, change to preview, after that",
            "memory": "memory that sheets add to the window",
        }[name]
        yield Row(what=what, measured=median(run[name] for run in runs), reference=limit, unit=unit)


def _long_sheet() -> Sheet:
    key, root = new_key(), new_key()
    listed = build_trust_list({"Bench": key.public}, root, serial=1, issued=date.today().isoformat())  # noqa: DTZ011
    assessment = assessment_of(ITEMS)
    e = assessment.edition
    claims = Claims(series=e.series, serial=e.serial, issued=e.issued, review=e.review, schema=1)
    bundle = Bundle.from_bytes(seal(build_body(assessment), claims, key), read_trust_list(listed, root.public))
    entries = tuple(theme_entry(theme.id) for theme in bundle.themes())
    recipe = with_form(Recipe(audience=bundle.markings[-1].code, entries=entries), Form.BRIEFING)
    sheet = compose(recipe, bundle, today=date(2012, 9, 1))
    bundle.close()
    return sheet


def _bare(sheet: Sheet) -> None:
    """The same flowables through ReportLab's own document, without head, foot, outline and attachment."""
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import SimpleDocTemplate

    from viewer.sheets.canvas import OutlineEntry

    class BareCanvas(Canvas):
        """Takes what contents and titles note down, and does nothing with it."""

        def __init__(self, *args: object, **more: object) -> None:
            super().__init__(*args, **more)  # type: ignore[arg-type]
            self.outline: list[OutlineEntry] = []
            self.pending_page_numbers: list[object] = []
            self.page, self.page_count = page, 0

        def linkRect(self, *_args: object, **_more: object) -> None:
            """No links: nothing is filed under their names here."""

    page = page_layout(sheet.recipe.form, sheet.recipe.paper, two_sided=False)
    flowables = story(sheet, IMPRINT, sheet_metadata.metadata_bytes(sheet, IMPRINT)[1], styles_at(1.0))
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=(page.width, page.height), leftMargin=page.side, rightMargin=page.side,
        topMargin=page.top, bottomMargin=page.bottom,
    )  # fmt: skip
    document.build(flowables, canvasmaker=BareCanvas)


def _weasyprint(sheet: Sheet) -> None:
    from weasyprint import HTML  # type: ignore[import-not-found, import-untyped, unused-ignore]

    HTML(string=markdown_html.html(sheet, IMPRINT)).write_pdf()


def _fpdf2(sheet: Sheet) -> None:
    """The sheet's plain words in paragraphs, without charts."""
    from fpdf import FPDF  # type: ignore[import-not-found, import-untyped, unused-ignore]

    from viewer.design.typefaces import SANS, font_file

    out = FPDF()
    out.add_font("sans", "", str(font_file(SANS)))
    out.set_font("sans", size=10)
    out.add_page()
    for chapter in sheet.chapters:
        for section in chapter.sections:
            for block in section.items:
                out.multi_cell(0, 5, plain_text(block.item.text), new_x="LMARGIN", new_y="NEXT")
    out.output()
