"""What stands above and below the text of every page: the marking, for whom it is, the edition, the issue, the page.

Page, sheet, register, copy, marking and warnings are always whole: what is long takes more lines, and the room for text
gets smaller by them. A very long recipient or name of an edition is shortened: the words beside the code have it whole.
"""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from viewer.dissemination.issuing import Imprint
from viewer.records import record, replace
from viewer.sheets.layout import PageLayout
from viewer.sheets.sheet import FORM_NAMES, Sheet
from viewer.sheets.typography import REGULAR, SEMIBOLD, line, load_fonts, printable

BETWEEN = "  ·  "
LEADING = 1.3  # of the size, from a line of head or foot to the next
_MARKING_SIZE = 1.1  # of the size of head and foot
_SPACING = 0.22  # of the size, between the capitals of a marking
_MOST_LINES = 2  # of the edition's name in the foot, and of the recipient in the head
_WIDEST_PAGE = "page 999 of 999"
_FOOT_DEPTH = 3.1  # of the size, from the end of the text to the foot's first line
_MARKING_AT = 2.0  # of the size, from the edge of the paper to the lower marking
_HEAD_HEIGHT = 2.0  # of the size, from the head's last line to the text
_MARKING_DEPTH = 2.75  # of the size, from the edge of the paper to the upper marking
_APART = 1.4  # of the size, between the marking and what is next to it


@record
class FootLine:
    """A line of the foot: what begins it, a warning after that, and what ends it at the right."""

    begin: str = ""
    warning: str = ""
    end: str = ""


class Furniture:
    """The lines around the text of one sheet, and `page` with the room that they need.

    `spacing` are the points between the capitals of the marking: none where it would not fit into one line with them.
    """

    def __init__(self, sheet: Sheet, imprint: Imprint, page: PageLayout) -> None:
        load_fonts()
        self.sheet, self.imprint = sheet, imprint
        self._size, self._column = page.small, page.column
        self.marking_size = page.small * _MARKING_SIZE
        self.marking_leading = self.marking_size * 1.2
        self.spacing = self.marking_size * _SPACING
        self.marking = self._marking_lines()
        self.page = self._grown(page)

    def _marking_lines(self) -> list[str]:
        """Return the marking in capitals, in as many lines as it needs, all about as long."""
        text = self.sheet.marking.label.upper()
        shown = printable(text)
        if self.marking_width(shown) <= self._column:
            return [shown]
        self.spacing = 0.0
        lines = wrapped(text, SEMIBOLD, self.marking_size, self._column)
        balanced = wrapped(text, SEMIBOLD, self.marking_size, 1.12 * self.marking_width(shown) / len(lines))
        return balanced if len(balanced) == len(lines) else lines

    def marking_width(self, text: str) -> float:
        """Return how wide a line of the marking is, in points."""
        return stringWidth(text, SEMIBOLD, self.marking_size) + self.spacing * (len(text) - 1)

    def _grown(self, page: PageLayout) -> PageLayout:
        """Return the page with what its head, foot and marking need."""
        size = self._size
        marking = (len(self.marking) - 1) * self.marking_leading
        head = (len(self.head(self.sheet.recipe.copies)) - 1) * LEADING * size
        foot = (len(self.foot(_WIDEST_PAGE)) - 1) * LEADING * size
        top = (_MARKING_DEPTH + _APART + _HEAD_HEIGHT) * size + marking + head
        bottom = (_MARKING_AT + _APART + _FOOT_DEPTH) * size + marking + foot
        return replace(page, top=max(page.top, top), bottom=max(page.bottom, bottom))

    @property
    def marking_heights(self) -> tuple[float, float]:
        """How high the first line of the upper and of the lower marking stands, in points above the paper's edge."""
        lines_under = (len(self.marking) - 1) * self.marking_leading
        return self.page.height - self._size * _MARKING_DEPTH, self._size * _MARKING_AT + lines_under

    def head(self, copy: int) -> list[FootLine]:
        """Return the lines of the head: the form at the left; for whom, and which copy, at the right."""
        recipe, name = self.sheet.recipe, FORM_NAMES[self.sheet.recipe.form]
        which = f"copy {copy} of {recipe.copies}" if recipe.copies > 1 or recipe.recipient else ""
        size = self._size
        room = self._column - stringWidth(name, REGULAR, size) - size * 2
        to = wrapped(f"For: {recipe.recipient}", REGULAR, size, room) if recipe.recipient else []
        to = _shortened(to, size, room)
        return [
            FootLine(begin="" if at else name, end=end) for at, end in enumerate(_joined(to, which, size, room) or [""])
        ]

    def foot(self, where: str) -> list[FootLine]:
        """Return the lines of the foot of one page; `where` says which page it is."""
        sheet, imprint = self.sheet, self.imprint
        size, column = self._size, self._column
        edition, warnings = printable(sheet.origin.named), BETWEEN.join(map(printable, sheet.warnings))
        issue = ["preview, not issued"] if imprint.is_preview else [f"sheet {imprint.id}", imprint.registered]
        widest = BETWEEN.join(part for part in (edition, warnings, *issue, _WIDEST_PAGE) if part)
        if stringWidth(widest, SEMIBOLD, size) <= column:
            return [FootLine(begin=edition, warning=warnings, end=BETWEEN.join([*issue, where]))]
        room = column - stringWidth(_WIDEST_PAGE, REGULAR, size) - size
        names = _shortened(wrapped(edition, REGULAR, size, room), size, room)
        lines = [FootLine(begin=name, end="" if at else where) for at, name in enumerate(names)]
        traced = BETWEEN.join(issue)
        if stringWidth(traced, REGULAR, size) > column:
            *first, traced = issue
            lines += [FootLine(end=one) for one in first]
        if warnings and stringWidth(warnings + BETWEEN + traced, SEMIBOLD, size) > column:
            lines += [FootLine(warning=one) for one in wrapped(warnings, SEMIBOLD, size, column)]
            warnings = ""
        return [*lines, FootLine(warning=warnings, end=traced)]


def wrapped(text: str, face: str, size: float, width: float) -> list[str]:
    """Return a plain text in lines that are at most as wide as that, in points; a longer word is broken."""
    paragraph = Paragraph(line(text), ParagraphStyle("line", fontName=face, fontSize=size, splitLongWords=1))
    paragraph.wrap(max(width, size * 2), 1e6)
    return [" ".join(words) for _, words in vars(paragraph)["blPara"].lines]


def _joined(lines: list[str], last: str, size: float, room: float) -> list[str]:
    """Return lines with a last text behind them, which takes a line of its own where it has no room."""
    if not last or not lines:
        return [*lines, *([last] if last else [])]
    whole = lines[-1] + BETWEEN + last
    return [*lines[:-1], whole] if stringWidth(whole, REGULAR, size) <= room else [*lines, last]


def _shortened(lines: list[str], size: float, room: float) -> list[str]:
    if len(lines) <= _MOST_LINES:
        return lines
    last = lines[_MOST_LINES - 1]
    while stringWidth(f"{last}…", REGULAR, size) > room:
        last = last[:-1]
    return [*lines[: _MOST_LINES - 1], f"{last.rstrip()}…"]
