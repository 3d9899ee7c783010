"""Which things stand on which part of a page: as many as are shown at once without a wait, be they many or long."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_WEIGHT = 200_000  # of one part; a weight is about a microsecond to lay out
_EACH, _SIGN, _ROW = 300, 100, 500  # the weights of a thing itself, of a sign of markup, and of a row of a table in it
_CHARACTERS = 2  # for one of weight
_SIGNS = re.compile(r"[*_`|\n]")


def weight(characters: int, signs: int = 0, rows: int = 0) -> int:
    """Return the weight of a thing with so many characters, signs of markup among them, and rows."""
    return _EACH + characters // _CHARACTERS + _SIGN * signs + _ROW * rows


def text_weight(*texts: str) -> int:
    """Return the weight of a thing that is shown with these texts."""
    return weight(sum(map(len, texts)), sum(len(_SIGNS.findall(text)) for text in texts))


def part_starts(weights: Iterable[int], most: int) -> list[int]:
    """Return the place in the row at which each part begins; the first begins at 0, also where there is nothing.

    No part has more than `most` things, and none more than MOST_WEIGHT, unless one thing alone has.
    """
    starts, total = [0], 0
    for at, one in enumerate(weights):
        if at - starts[-1] == most or (total + one > MOST_WEIGHT and at > starts[-1]):
            starts.append(at)
            total = 0
        total += one
    return starts
