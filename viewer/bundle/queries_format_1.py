"""What the queries read otherwise in an edition of format 1, so that it gives the same records as a newer one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from viewer.bundle.format_1 import PARTS
from viewer.bundle.queries import Links, Queries
from viewer.model import (
    Caveat,
    Edition,
    Finding,
    Observation,
    Part,
    Passage,
    ScaleStep,
    Statistic,
    Tag,
    Theme,
)
from viewer.text.format_1 import as_commonmark

MILLION = Decimal(10) ** 6

_PROSE = {  # the columns whose texts were written for python-markdown
    Edition: ("summary",),
    Theme: ("summary",),
    Finding: ("text",),
    Passage: ("text",),
    Statistic: ("statement", "caveat"),
    Tag: ("description",),
}
_NONE = "''"


class Format1Queries(Queries):
    """Reads records of format 1: three fixed parts, no labels but numbers, and values as floating-point numbers."""

    number: ClassVar[int] = 1
    items: ClassVar[tuple[str, ...]] = ("finding", "statistic", "passage")
    unlabelled_parts: ClassVar[frozenset[str]] = frozenset({"context", "emerging"})
    selected: ClassVar[Mapping[type, Mapping[str, str]]] = {
        Theme: {"part": "kind", "parent": _NONE, "label": "number"},
        Finding: dict.fromkeys(("label", "likelihood", "confidence"), _NONE),
        Statistic: dict.fromkeys(("label", "short_caveat"), _NONE),
        Passage: {"label": "number"},
        Observation: {"magnitude": _NONE},
    }
    labels: ClassVar[Mapping[str, str]] = {"finding": _NONE, "statistic": _NONE, "passage": "number"}
    to_source: ClassVar[tuple[str, str]] = (
        "SELECT item, source FROM citation CROSS JOIN source ON source.id = citation.source WHERE item IN",
        "source.number",
    )

    def text(self, text: str) -> str:
        """Return a text of format 1 as CommonMark."""
        return as_commonmark(text)

    def observation(self, row: dict[str, Any]) -> Observation:
        """Return the observation of a row, in millions where format 1 always wrote a number so."""
        amounts = {name: exact_decimal(row[name]) for name in ("value", "low", "high") if row[name] is not None}
        shown = [amounts["value"]] if "value" in amounts else list(amounts.values())
        if shown and all(map(_is_in_millions, shown)):
            row["magnitude"] = "million"
            amounts = {name: _in_millions(amount) for name, amount in amounts.items()}
        return Observation(**row | amounts)

    def caveats(self) -> tuple[Caveat, ...]:
        """Return that there are no handling caveats."""
        return ()

    def scale(self) -> tuple[ScaleStep, ...]:
        """Return that there is no scale."""
        return ()

    def parts(self) -> tuple[Part, ...]:
        """Return the three parts, without those that hold no theme."""
        used = {kind for (kind,) in self._connection.execute("SELECT DISTINCT kind FROM theme")}
        return tuple(part for part in PARTS if part.id in used)

    def references_to(self, target: str) -> tuple[str, ...]:  # noqa: ARG002
        """Return that no text leads to another place."""
        return ()

    def referring_lengths(self, target: str) -> list[tuple[str, int]]:  # noqa: ARG002
        """Return that no text leads to another place."""
        return []

    @cached_property
    def _used(self) -> frozenset[str]:
        return frozenset()

    def _other_words(self) -> Links:
        return {}

    def _rows(self, record: type, where: str, order: str, *values: str | int | None) -> list[dict[str, Any]]:
        rows = super()._rows(record, where, order, *values)
        for name in _PROSE.get(record, ()):
            for row in rows:
                row[name] = as_commonmark(row[name])
        return rows


def exact_decimal(value: float) -> Decimal:
    """Return a floating-point number as the shortest decimal that means it: what the publisher wrote."""
    whole = repr(float(value)).removesuffix(".0")
    return Decimal(format(Decimal(whole), "f"))


def _is_in_millions(amount: Decimal) -> bool:
    """Return whether an amount is written exactly in millions with two digits after the point at most."""
    return abs(amount) >= MILLION and amount % (MILLION / 100) == 0


def _in_millions(amount: Decimal) -> Decimal:
    return Decimal(format((amount / MILLION).normalize(), "f"))
