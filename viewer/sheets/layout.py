"""Pages: their sizes and margins, in points."""

from __future__ import annotations

from viewer.records import record
from viewer.sheets.recipe import Form, Paper

SIZES = {
    Paper.A4: (595.28, 841.89),
    Paper.LETTER: (612.0, 792.0),
    Paper.A5: (419.53, 595.28),
    Paper.A6: (297.64, 419.53),
}
SLIDE = (960.0, 540.0)
BINDING = 12.0  # by which the inner margin grows and the outer one shrinks on two-sided paper


@record
class PageLayout:
    """A page's size, its side margins, what head and foot take, and how large head and foot are set."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    small: float  # type size of head and foot
    binding: float = 0.0

    def left(self, number: int) -> float:
        """Return the left margin of page `number`, 1 and up: wider where the sheet is bound."""
        return self.side + (self.binding if number % 2 else -self.binding)

    @property
    def column(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side

    @property
    def room(self) -> float:
        """The height between head and foot."""
        return self.height - self.top - self.bottom


def page_layout(form: Form, paper: Paper, *, two_sided: bool) -> PageLayout:
    """Return the page for a form on a paper."""
    if form is Form.SLIDES:
        width, height = SLIDE
        return PageLayout(width=width, height=height, side=64, top=76, bottom=82, small=14)
    width, height = SIZES[paper]
    if paper is Paper.A6:
        return PageLayout(width=width, height=height, side=24, top=44, bottom=49, small=7.5)
    if paper is Paper.A5:
        return PageLayout(width=width, height=height, side=36, top=54, bottom=52, small=7.5)
    binding = BINDING if two_sided else 0.0
    return PageLayout(width=width, height=height, side=54, top=64, bottom=58, small=8.5, binding=binding)
