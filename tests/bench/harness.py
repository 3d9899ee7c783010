"""What every measurement uses: two sides timed in turn, one row for each result, one table for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One result: what was measured, beside a peer or a limit, and how many times that it may be."""

    what: str
    measured: float
    reference: float
    allowed: float = 1.0  # the largest ratio
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """The measured in terms of the reference; above `allowed` it falls short."""
        return self.measured / self.reference

    @property
    def is_short(self) -> bool:
        """Whether it takes more than it may."""
        return self.ratio > self.allowed


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call of `work` takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def side_by_side(work: Callable[[], object], peer: Callable[[], object], rounds: int = 9) -> tuple[float, float]:
    """The median times of both in milliseconds, measured in turn after one call of each that does not count."""
    return medians(lambda: milliseconds(work), lambda: milliseconds(peer), rounds)


def medians(work: Callable[[], float], peer: Callable[[], float], rounds: int = 9) -> tuple[float, float]:
    """The medians of what both measure themselves, in turn, after one call of each that does not count."""
    work(), peer()
    pairs = [(work(), peer()) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def alone(work: Callable[[], object], rounds: int = 9) -> float:
    """The median time of `work` in milliseconds, for what is held against a fixed limit."""
    work()
    return median(milliseconds(work) for _ in range(rounds))


def table(rows: Sequence[Row]) -> str:
    """The rows under their headings, aligned."""
    cells = [("what", "measured", "beside", "ratio", "allowed", ""), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(_line(row, widths) for row in cells)


def _cells(row: Row) -> tuple[str, ...]:
    figures = (
        _figure(row.measured, row.unit),
        _figure(row.reference, row.unit),
        f"{row.ratio:.2f}",
        f"{row.allowed:.2f}",
    )
    return (row.what, *figures, "SHORT" if row.is_short else "ok")


def _figure(value: float, unit: str) -> str:
    return f"{value:.1f} {unit}" if value >= 1 else f"{value:.3f} {unit}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if at == 0 else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join((first, *others)).rstrip()
