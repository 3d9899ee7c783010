"""Sheet -> PDF: the same sheet and imprint give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from viewer.dissemination.issuing import Imprint
from viewer.sheets import sheet_metadata
from viewer.sheets.layout import PageLayout, page_layout
from viewer.sheets.recipe import Form
from viewer.sheets.sheet import RenderedSheet, Sheet
from viewer.sheets.typography import LARGE, styles_at
from viewer.text.safe import visible

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from viewer.sheets.canvas import SheetCanvas

_FITTING = (0.88, 1.0, 0.94)  # scales of a summary: does it fit at all, and then how large
PROGRAM = "Briefing viewer"


def render(variants: Sequence[Sheet], imprint: Imprint) -> RenderedSheet:
    """Return the PDF of the sheet; of a summary, the first variant that fits one page, in the largest size that does.

    Where none fits, and in large print, the second runs on: findings and figures without the narrative.
    """
    first = variants[0]
    if first.recipe.large or not first.is_one_page:
        return _render(variants[:2][-1], imprint, LARGE if first.recipe.large else 1.0)
    smallest, *larger = _FITTING
    for sheet in variants:
        rendered = _render(sheet, imprint, smallest)
        if rendered.pages == 1:
            return next((one for one in (_render(sheet, imprint, s) for s in larger) if one.pages == 1), rendered)
    return _render(variants[:2][-1], imprint, 1.0)


def load_libraries() -> None:
    """Load what the first sheet needs: ReportLab, the typefaces."""
    from viewer.sheets import canvas, drawing, slides, story  # noqa: F401

    styles_at(1.0)
    drawing.code_runs("warm")


def _render(sheet: Sheet, imprint: Imprint, scale: float) -> RenderedSheet:
    from viewer.sheets.canvas import SheetCanvas
    from viewer.sheets.furniture import Furniture
    from viewer.sheets.slides import slides
    from viewer.sheets.story import SHRUNK, story

    recipe = sheet.recipe
    furniture = Furniture(sheet, imprint, page_layout(recipe.form, recipe.paper, two_sided=recipe.two_sided))
    page = furniture.page
    metadata, check = sheet_metadata.metadata_bytes(sheet, imprint)
    styles = styles_at(round(scale * SHRUNK.get(recipe.paper, 1.0), 3))
    flowables = (
        slides(sheet, imprint, check, page) if recipe.form is Form.SLIDES else story(sheet, imprint, check, styles)
    )
    out = BytesIO()
    canvas = SheetCanvas(out, furniture)
    _attach(canvas, metadata)
    _build(flowables, canvas, page, _properties(sheet))
    return RenderedSheet(data=sheet_metadata.with_digest(out.getvalue()), pages=canvas.page_count, sheet=sheet)


def _build(flowables: list[Flowable], canvas: SheetCanvas, page: PageLayout, properties: dict[str, Any]) -> None:
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    from viewer.sheets.text_table import KeptWithStart

    frame = Frame(
        page.left(1), page.bottom, page.column, page.room,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip

    def begin(_canvas: object, document: Any) -> None:
        frame.__dict__["_x1"] = page.left(document.page)  # the inner margin changes sides
        frame._geom()  # type: ignore[attr-defined]

    template = PageTemplate("page", [frame], onPage=begin)
    document = BaseDocTemplate(
        BytesIO(), pagesize=(page.width, page.height), pageTemplates=[template], keepTogetherClass=KeptWithStart,
        **properties,
    )  # fmt: skip
    document.build(flowables, canvasmaker=lambda *_args, **_more: canvas)


def _properties(sheet: Sheet) -> dict[str, Any]:
    """Return what the file says of itself: it names no person and no place on this machine."""
    name = visible(sheet.origin.name)
    return {
        "title": visible(sheet.title),
        "author": visible(sheet.origin.publisher),
        "subject": f"Briefing sheet from {name}, serial {sheet.origin.serial}",
        "creator": PROGRAM,
        "producer": PROGRAM,
        "lang": sheet.language,
    }


def _string(text: str) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFString

    return PDFString(text)


def _attach(canvas: SheetCanvas, metadata: bytes) -> None:
    """Put the metadata in as an attached file, stored as they are so that they are found without a PDF library."""
    canvas.setViewerPreference("DisplayDocTitle", "true")
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream

    document: Any = vars(canvas)["_doc"]
    # PDFName leaves the slash of a media type as it is, which ends the name (ReportLab 5.1.0, "PDFName('a/b')").
    kind = PDFDictionary({"Type": PDFName("EmbeddedFile"), "Subtype": "/application#2Fjson"})
    stream = PDFStream(dictionary=kind, content=metadata, filters=[])
    embedded = document.Reference(stream)
    name = _string("sheet.json")
    spec = PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": name,
            "UF": name,
            "EF": PDFDictionary({"F": embedded}),
            "AFRelationship": PDFName("Data"),
            "Desc": _string("What this sheet holds, and from which edition"),
        }
    )
    filed = document.Reference(spec)
    files = PDFDictionary({"Names": PDFArray([name, filed])})
    catalog = document.Catalog
    names = getattr(catalog, "Names", None)
    assert names is None or not getattr(names, "dict", {}), "ReportLab files nothing under these names itself"
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.Names = PDFDictionary({"EmbeddedFiles": files})
    catalog.AF = PDFArray([filed])
