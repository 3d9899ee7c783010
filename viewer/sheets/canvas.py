"""The canvas of a sheet: draws marking, head and foot on every page of every copy, once all pages are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas

from viewer.dissemination.issuing import Imprint
from viewer.records import record
from viewer.sheets.layout import PageLayout
from viewer.sheets.sheet import FORM_NAMES, Sheet
from viewer.sheets.typography import REGULAR, SEMIBOLD, colour, printable

if TYPE_CHECKING:
    from io import BytesIO

_SPACING = 0.22  # of the size, between the capitals of a marking


@record
class OutlineEntry:
    """A place for the outline and for links: on which page, how high, how deep; without a title for links alone."""

    key: str
    title: str
    level: int
    page: int  # 1 and up
    y: float


class SheetCanvas(Canvas):
    """Holds the drawn pages until the last one, then writes them for each copy."""

    def __init__(self, out: BytesIO, sheet: Sheet, imprint: Imprint, page: PageLayout) -> None:
        super().__init__(out, pagesize=(page.width, page.height), invariant=1, pageCompression=1, lang=sheet.language)
        self.sheet, self.imprint, self.page = sheet, imprint, page
        self.outline: list[OutlineEntry] = []
        self.pending_page_numbers: list[
            tuple[int, float, float, str]
        ] = []  # page numbers to fill in: page, right, y, key
        self._drawn: list[dict[str, Any]] = []

    @property
    def page_count(self) -> int:
        """How many pages one copy has."""
        return len(self._drawn)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep the page for later."""
        self._drawn.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Write all pages, copy by copy."""
        marks, drawn, awaiting = self.outline, self._drawn, self.pending_page_numbers
        copies = 1 if self.imprint.is_preview else self.sheet.recipe.copies  # they differ by their number alone
        blank = self.sheet.recipe.two_sided and copies > 1 and len(drawn) % 2
        for copy in range(1, copies + 1):
            for number, state in enumerate(drawn, 1):
                self.__dict__.update(state)
                self._code = list(state["_code"])
                self._furniture(copy, number, len(drawn))
                self._fill_in(number, awaiting, marks)
                if copy == 1:
                    self._set_marks(number, marks)
                super().showPage()
            if blank:
                self._furniture(copy, len(drawn) + 1, len(drawn))
                super().showPage()
        super().save()

    def bookmarkHorizontal(self, key: str, relativeX: float, relativeY: float, **_kw: Any) -> None:  # noqa: N802, N803 - ReportLab's name
        """Keep a place to which a cross-reference leads: its page is written later."""
        _, y = self.absolutePosition(relativeX, relativeY)
        self.outline.append(OutlineEntry(key=key, title="", level=0, page=self.page_count + 1, y=y))

    def _set_marks(self, number: int, marks: list[OutlineEntry]) -> None:
        for mark in marks:
            if mark.page == number:
                super().bookmarkHorizontal(mark.key, 0, mark.y)
                if mark.title:
                    self.addOutlineEntry(mark.title, mark.key, level=mark.level, closed=mark.level > 0)

    def _fill_in(self, number: int, awaiting: list[tuple[int, float, float, str]], marks: list[OutlineEntry]) -> None:
        pages = {mark.key: mark.page for mark in marks}
        for page, right, y, key in awaiting:
            if page == number and key in pages:
                self.setFont(REGULAR, 10.2)
                self.setFillColor(colour("quiet"))
                self.drawRightString(right, y, str(pages[key]))

    # Marking, head and foot

    def _furniture(self, copy: int, number: int, total: int) -> None:
        page = self.page
        left, right = page.left(number), page.left(number) + page.column
        self.saveState()
        self._marking(page.height - page.small * 2.75)
        self._marking(page.small * 2.0)
        self.setStrokeColor(colour("line"))
        self.setLineWidth(0.6)
        top, foot = page.height - page.top + page.small * 1.25, page.bottom - page.small * 1.75
        self.line(left, top, right, top)
        self.line(left, foot, right, foot)
        self._split(left, right, top + page.small * 0.75, FORM_NAMES[self.sheet.recipe.form], self._addressed(copy))
        where = f"page {number} of {total}" if number <= total else "left blank"
        self._foot(left, right, foot - page.small * 1.35, where)
        self.restoreState()

    def _marking(self, y: float) -> None:
        size = self.page.small * 1.1
        text = printable(self.sheet.marking.label.upper())
        space = size * _SPACING
        width = self.stringWidth(text, SEMIBOLD, size) + space * (len(text) - 1)
        self.setFillColor(colour("ink"))
        self.setFont(SEMIBOLD, size)
        self.drawString((self.page.width - width) / 2, y, text, charSpace=space)

    def _addressed(self, copy: int) -> str:
        """Return for whom it is, and which copy."""
        recipe = self.sheet.recipe
        to = f"For: {recipe.recipient}" if recipe.recipient else ""
        which = f"copy {copy} of {recipe.copies}" if recipe.copies > 1 or recipe.recipient else ""
        return "  ·  ".join(part for part in (to, which) if part)

    def _foot(self, left: float, right: float, y: float, where: str) -> None:
        sheet, imprint = self.sheet, self.imprint
        edition = sheet.origin.named
        issue = "preview, not issued" if imprint.is_preview else f"sheet {imprint.id}  ·  {imprint.registered}"
        warnings = "  ·  ".join(sheet.warnings)
        one_line = "  ·  ".join(part for part in (edition, warnings, issue, where) if part)
        if self.stringWidth(one_line, REGULAR, self.page.small) > right - left:
            self._split(left, right, y, edition, where)
            self._split(left, right, y - self.page.small * 1.3, "", issue, warnings)
        else:
            self._split(left, right, y, edition, f"{issue}  ·  {where}", warnings)

    def _split(self, left: float, right: float, y: float, begin: str, end: str, warning: str = "") -> None:
        """Draw a line of text at the left, a warning after it, and a text at the right, which gives way."""
        size = self.page.small
        self.setFillColor(colour("quiet"))
        self.setFont(REGULAR, size)
        begin, at = printable(begin), left
        self.drawString(at, y, begin)
        at += self.stringWidth(begin, REGULAR, size)
        if warning:
            mark = "  ·  " if begin else ""
            self.drawString(at, y, mark)
            at += self.stringWidth(mark, REGULAR, size)
            self.setFillColor(colour("warning"))
            self.setFont(SEMIBOLD, size)
            self.drawString(at, y, printable(warning))
            at += self.stringWidth(warning, SEMIBOLD, size)
            self.setFillColor(colour("quiet"))
            self.setFont(REGULAR, size)
        self.drawRightString(right, y, self._fitted(printable(end), right - at - size, size))

    def _fitted(self, text: str, width: float, size: float) -> str:
        if self.stringWidth(text, REGULAR, size) <= width:
            return text
        while text and self.stringWidth(f"{text}…", REGULAR, size) > width:
            text = text[:-1]
        return f"{text}…"
