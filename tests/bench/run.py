"""`python -m tests.bench.run [NAME ...]`: the measurements of tests/bench/bench_NAME.py, by default all, in one table.

Each such module has a function `measure()` that returns or yields rows. What falls short is named; the exit
code stays 0, as a busy machine is no fault of the program.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.bench.harness import Row, table

PREFIX = "bench_"


def names() -> list[str]:
    """The measurements there are."""
    return sorted(path.stem.removeprefix(PREFIX) for path in Path(__file__).parent.glob(f"{PREFIX}*.py"))


def measured(name: str) -> list[Row]:
    """The rows of one measurement."""
    print(f"measuring {name} ...", file=sys.stderr)
    return list(import_module(f"tests.bench.{PREFIX}{name}").measure())


def main(wanted: Sequence[str]) -> int:
    """Measures, prints the table, names what falls short; returns the exit code."""
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"There is no measurement {', '.join(unknown)}; there are {', '.join(names())}.", file=sys.stderr)
        return 2
    rows = [row for name in wanted or names() for row in measured(name)]
    print(table(rows))
    short = [row.what for row in rows if row.is_short]
    print(f"\n{len(short)} of {len(rows)} fall short: {'; '.join(short)}." if short else f"\nAll {len(rows)} hold.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
