"""The text of a statistic in the tables for search: a rule of the format, which building and searching share."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.model import Observation
from viewer.text.markdown import plain_text
from viewer.text.wording import measured


def statistic_text(statement: str, basis: Iterable[str], values: Iterable[str], caveat: str) -> str:
    """Return the statement, the `basis`, the `values` as shown and the caveat: a line each, empty ones left out.

    The basis is the population, the base, the period and the place; statement and caveat are Markdown.
    """
    lines = (plain_text(statement), *basis, *values, plain_text(caveat))
    return "\n".join(line for line in lines if line)


def observation_text(observation: Observation, unit: str) -> str:
    """Return an observation's label, period and value as shown: `Girls 2011 more than 61%`."""
    parts = (observation.label, observation.period, measured(observation, unit))
    return " ".join(part for part in parts if part)
