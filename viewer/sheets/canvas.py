"""The canvas of a sheet: draws marking, head and foot on every page of every copy, once all pages are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas

from viewer.records import record
from viewer.sheets.furniture import BETWEEN, LEADING, FootLine, Furniture
from viewer.sheets.typography import REGULAR, SEMIBOLD, colour, printable

if TYPE_CHECKING:
    from io import BytesIO


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

    def __init__(self, out: BytesIO, furniture: Furniture) -> None:
        page, sheet = furniture.page, furniture.sheet
        super().__init__(out, pagesize=(page.width, page.height), invariant=1, pageCompression=1, lang=sheet.language)
        self.sheet, self.imprint, self.page, self.furniture = sheet, furniture.imprint, page, furniture
        self.outline: list[OutlineEntry] = []
        self.pending_page_numbers: list[
            tuple[int, float, float, str, float]
        ] = []  # page numbers to fill in: page, right, y, key, size of type
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

    def _fill_in(
        self, number: int, awaiting: list[tuple[int, float, float, str, float]], marks: list[OutlineEntry]
    ) -> None:
        pages = {mark.key: mark.page for mark in marks}
        for page, right, y, key, size in awaiting:
            if page == number and key in pages:
                self.setFont(REGULAR, size)
                self.setFillColor(colour("quiet"))
                self.drawRightString(right, y, str(pages[key]))

    # Marking, head and foot

    def _furniture(self, copy: int, number: int, total: int) -> None:
        page, small = self.page, self.page.small
        left, right = page.left(number), page.left(number) + page.column
        self.saveState()
        for height in self.furniture.marking_heights:
            self._marking(height)
        self.setStrokeColor(colour("line"))
        self.setLineWidth(0.6)
        top, foot = page.height - page.top + small * 1.25, page.bottom - small * 1.75
        self.line(left, top, right, top)
        self.line(left, foot, right, foot)
        head = self.furniture.head(copy)
        for at, one in enumerate(head):
            self._split(left, right, top + small * (0.75 + (len(head) - 1 - at) * LEADING), one)
        where = f"page {number} of {total}" if number <= total else "left blank"
        for at, one in enumerate(self.furniture.foot(where)):
            self._split(left, right, foot - small * (1.35 + at * LEADING), one)
        self.restoreState()

    def _marking(self, y: float) -> None:
        self.setFillColor(colour("ink"))
        self.setFont(SEMIBOLD, self.furniture.marking_size)
        for at, text in enumerate(self.furniture.marking):
            width = self.furniture.marking_width(text)
            x = (self.page.width - width) / 2
            self.drawString(x, y - at * self.furniture.marking_leading, text, charSpace=self.furniture.spacing)

    def _split(self, left: float, right: float, y: float, one: FootLine) -> None:
        """Draw a line of head or foot: a text at the left, a warning after it, and a text at the right."""
        size, at = self.page.small, left
        self.setFillColor(colour("quiet"))
        self.setFont(REGULAR, size)
        begin = printable(one.begin) + (BETWEEN if one.begin and one.warning else "")
        self.drawString(at, y, begin)
        at += self.stringWidth(begin, REGULAR, size)
        if one.warning:
            self.setFillColor(colour("warning"))
            self.setFont(SEMIBOLD, size)
            self.drawString(at, y, printable(one.warning))
            self.setFillColor(colour("quiet"))
            self.setFont(REGULAR, size)
        self.drawRightString(right, y, printable(one.end))
