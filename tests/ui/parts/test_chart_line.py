"""A long trend stands on its page as a line, with all its values below it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.figures.test_chart import in_year, trend
from viewer.design.palette import LIGHT
from viewer.model import Marking
from viewer.pages.item_rows import ItemWriter
from viewer.ui.parts.chart_line import line_image, read_line

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_page_shows_a_long_trend_as_a_line_over_its_values(qapp: QApplication) -> None:
    assert qapp
    writer = ItemWriter(
        mark_abbreviations=lambda marked: marked,
        sources={},
        markings={"npm": Marking(code="npm", level=0, label="NPM", colour="#000000", ink="#FFFFFF")},
        usual_marking="npm",
        caveats={},
        scale={},
    )
    row = writer.statistic(trend(*(in_year(1990 + n, str(1000 + 50 * n)) for n in range(30))))
    address = row.partition('<img src="line:')[2].partition('"')[0]
    points, across = read_line(address)
    assert (len(points), points[0][0], points[-1][:2]) == (30, 0.0, (1.0, 1.0))
    assert across == [0.0, 1.0]
    for n in range(30):
        assert f"{1990 + n}: {1000 + 50 * n:,} reports" in row.replace("\u00a0", " ")


def test_the_line_is_painted_where_its_values_are_and_broken_where_one_is_missing() -> None:
    points = [
        (0.0, 0.5, 0.5, 0.5),
        (0.4, 0.5, 0.5, 0.5),
        (0.5, None, 0.0, 0.0),
        (0.6, 0.5, 0.5, 0.5),
        (1.0, 0.5, 0.5, 0.5),
    ]
    image = line_image(points, [], LIGHT, 1.0, 1.0)
    accent = QColor(LIGHT.accent)
    middle = image.height() // 2

    def is_painted(share: float) -> bool:
        return any(
            image.pixelColor(round(share * image.width()), y).alpha() > 100
            and abs(image.pixelColor(round(share * image.width()), y).blue() - accent.blue()) < 40
            for y in range(middle - 3, middle + 4)
        )

    assert is_painted(0.2)
    assert is_painted(0.8)
    assert not is_painted(0.5)
