"""How wide the page's column and the notes beside it are, and where they stand."""

from __future__ import annotations

from viewer.records import record

COLUMN = 700  # pixels at 100 %
LEAST_EDGE = 28  # pixels left and right of the column in a narrow window
MARGIN = 236  # of the notes beside the page, at 100 %
LEAST_MARGIN = 200
GAP = 26  # between column and notes
OUTER = 12  # right of the notes


@record
class PageColumn:
    """The column's distances from both edges of the pane, and the notes' place; width 0 where there is no room."""

    left: int
    right: int
    margin_left: int = 0
    margin_width: int = 0


def page_column(width: int, scale: float, *, with_margin: bool) -> PageColumn:
    """Return the column in a pane `width` pixels wide: in the middle, with its margin where there is room."""
    text = round(COLUMN * scale)
    least = LEAST_EDGE + text + GAP + round(LEAST_MARGIN * scale) + OUTER
    if not with_margin or width < least:
        left = max(LEAST_EDGE, (width - text) // 2)
        return PageColumn(left=left, right=max(LEAST_EDGE, width - text - left))
    margin = min(round(MARGIN * scale), width - LEAST_EDGE - text - GAP - OUTER)
    left = max(LEAST_EDGE, (width - text - GAP - margin) // 2)
    return PageColumn(left=left, right=width - left - text, margin_left=left + text + GAP, margin_width=margin)
