"""Building an edition, beside the builder of format 1, which wrote fewer tables and did not compare index and items."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

from tests import as_format_1
from tests.bench.generator import assessment_of
from tests.bench.harness import Row, side_by_side
from viewer.publish.build import build_body

SIZES = {1_000: 9, 10_000: 5, 100_000: 2}  # items, and rounds


def measure() -> Iterator[Row]:
    """One row for each size."""
    for items, rounds in SIZES.items():
        assessment = assessment_of(items)
        gc.collect()
        building, former = side_by_side(
            partial(build_body, assessment), partial(as_format_1.build_body, assessment), rounds
        )
        yield Row(what=f"build of {items:,} items, beside the builder of format 1", measured=building, reference=former)
