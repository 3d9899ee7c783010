"""Figures for tests: made up, or found in the sample."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from viewer.bundle.bundle import Bundle
from viewer.model import Observation, Statistic, StatisticKind


def statistic(*observations: Observation, **fields: object) -> Statistic:
    """Return a share of 610 reports, with other values in some `fields`."""
    base = Statistic(
        id="x.s1", theme="x", position=1, title="A share", statement="It is so.", kind=StatisticKind.SINGLE, unit="%",
        population="Users", base="610 reports", period="2011", place="UK", caveat="", marking="npm", page="",
        observations=observations,
    )  # fmt: skip
    return replace(base, **fields)  # type: ignore[arg-type]


def observation(value: float | str | None = None, **fields: object) -> Observation:
    """Return an observation of one value; a number is the decimal that it is written as, and so are bounds."""
    known = {"value": value, **fields}
    exact = {name: Decimal(str(of)) for name in ("value", "low", "high") if (of := known.get(name)) is not None}
    return replace(Observation(position=1), **known | exact)  # type: ignore[arg-type]


def found(bundle: Bundle, id_: str) -> Statistic:
    """Return the statistic of that id."""
    item = bundle.item(id_)
    assert isinstance(item, Statistic)
    return item
