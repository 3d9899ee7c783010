"""Where column and margin stand in a window of any width."""

from __future__ import annotations

import pytest

from viewer.ui.reading.column import LEAST_MARGIN, MARGIN, page_column


@pytest.mark.parametrize("width", [640, 900, 967, 980, 1000, 1300, 2200])
@pytest.mark.parametrize("scale", [0.8, 1.0, 1.6])
def test_column_and_margin_never_meet_and_stand_in_the_middle(width: int, scale: float) -> None:
    found = page_column(width, scale, with_margin=True)
    text = width - found.left - found.right
    if found.margin_width:
        assert found.left + text < found.margin_left
        assert found.margin_left + found.margin_width <= width
        assert round(LEAST_MARGIN * scale) <= found.margin_width <= round(MARGIN * scale)
        right = width - found.margin_left - found.margin_width
        assert abs(found.left - right) <= 30
    else:
        assert abs(found.left - found.right) <= 1
