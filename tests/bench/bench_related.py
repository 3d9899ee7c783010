"""What stands beside an item: how long its relatives take to be found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from tests.bench.bench_search import _bundle
from tests.bench.harness import Row, milliseconds
from viewer.search.engine import Engine, never_cancelled
from viewer.search.related import related_items
from viewer.ui.search.search_worker import MOST_IN_MARGIN

LIMITS = {1_000: 16.0, 100_000: 100.0}  # milliseconds, off the window's thread
ASKED = 60  # items, the same every time


def measure() -> Iterator[Row]:
    """The relatives of some items, once the index is warm."""
    for size, limit in LIMITS.items():
        bundle = _bundle(size)
        engine = Engine(bundle)
        engine.warm()
        items = [item.id for theme in bundle.themes() for item in bundle.items(theme.id)]
        find = partial(related_items, engine, bundle, limit=MOST_IN_MARGIN, check_cancelled=never_cancelled)
        find(items[0])
        times = sorted(milliseconds(partial(find, item)) for item in random.Random(1).sample(items, ASKED))
        for share in (50, 95):
            yield Row(what=f"relatives of an item, {size:,} items, p{share}, beside its limit",
                      measured=times[ASKED * share // 100], reference=limit)  # fmt: skip
        bundle.close()
