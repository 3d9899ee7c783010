"""Charts on screen: a long trend is a line over all its values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from tests.figures.test_chart import in_year, statistic, trend
from viewer.design.palette import LIGHT
from viewer.figures.chart import Chart, make_chart
from viewer.model import Observation, StatisticKind
from viewer.ui.figures.chart_paint import Drawing, PlacedLine, PlacedText, lay_out, picture

pytestmark = pytest.mark.usefixtures("qapp")


def long_trend() -> Chart:
    return make_chart(trend(*(in_year(1990 + n, str(1000 + 50 * n)) for n in range(30))))


def texts(drawing: Drawing) -> list[str]:
    return [str(piece.text) for piece in drawing.pieces if isinstance(piece, PlacedText)]


@pytest.mark.parametrize("width", [200.0, 560.0, 1400.0])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_long_trend_is_a_line_over_all_its_values(width: float, scale: float) -> None:
    drawing = lay_out(long_trend(), width, LIGHT, scale)
    (line,) = [piece for piece in drawing.pieces if isinstance(piece, PlacedLine)]
    assert 0 < line.place.left() < line.place.right() <= width
    assert line.place.bottom() < drawing.height
    for n in range(30):
        assert f"{1990 + n}  {1000 + 50 * n:,} reports" in texts(drawing)
    assert {"0", "2,450", "1990", "2019"} <= set(texts(drawing))


def test_no_two_values_of_a_long_trend_lie_on_each_other() -> None:
    drawing = lay_out(long_trend(), 560.0, LIGHT, 1.0)
    places = [piece.place for piece in drawing.pieces if isinstance(piece, PlacedText) and "  " in piece.text]
    assert not any(one.intersects(other) for at, one in enumerate(places) for other in places[:at])


def test_its_picture_shows_the_line() -> None:
    assert QApplication.instance() is not None
    image = picture(long_trend(), ("Source",), "PROTECT", LIGHT, 1.0)
    found = sum(image.pixelColor(x, y).name() == "#0b5c6b" for x in range(image.width()) for y in range(image.height()))
    assert found > 500


def test_the_rows_and_the_rail_say_their_values_exactly_and_with_their_unit() -> None:
    values = ("0.004", "1866642107", "12345678901.5")
    shown = (Observation(position=n, label=f"v{n}", value=Decimal(value)) for n, value in enumerate(values, 1))
    drawing = lay_out(make_chart(statistic(*shown, unit="reports", kind=StatisticKind.BREAKDOWN)), 560.0, LIGHT, 1.0)
    said = texts(drawing)
    assert {"0.004 reports", "1,866,642,107 reports", "12,345,678,901.5 reports", "12,345,678,901.5"} <= set(said)
