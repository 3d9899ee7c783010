"""What an item says, as a hash that sheets, recipes and the register keep."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from viewer.bundle.bundle import Bundle
from viewer.model import Footnote, Item, Observation
from viewer.records import replace
from viewer.sheets.sheet import item_hash


def test_hashes_of_items_of_format_1_are_those_that_were_always_taken(sample_1: Bundle) -> None:
    """Registers and recipes of version 0.1.0 hold such hashes."""
    hashes = [item_hash(item) for theme in sample_1.themes() for item in sample_1.items(theme.id)]
    assert len(hashes) == 181
    assert hashlib.sha256("".join(hashes).encode()).hexdigest()[:16] == "ce4ad15ee57cd8b0"


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Other words."}, {"label": "7"}, {"caveats": ("eyes",)}, {"likelihood": "likely"},
        {"confidence": "low"}, {"footnotes": (Footnote(id="n", text="x"),)}, {"marking": "open"},
    ],
    ids=str,
)  # fmt: skip
def test_whatever_a_finding_says_changes_its_hash(sample: Bundle, change: dict[str, object]) -> None:
    finding: Item = sample.findings("indecent-images")[0]
    assert item_hash(replace(finding, **change)) != item_hash(finding)
    assert item_hash(replace(finding, page="99", position=99)) == item_hash(finding)


def test_a_number_is_the_same_however_its_magnitude_is_written(sample: Bundle) -> None:
    statistic = sample.statistics("indecent-images")[0]

    def measuring(value: str, magnitude: str = "") -> str:
        shown = Observation(position=1, value=Decimal(value), magnitude=magnitude)
        return item_hash(replace(statistic, observations=(shown,)))

    assert measuring("24.8", "million") == measuring("24800000") != measuring("24800001")
    assert measuring("1" * 30) != measuring("1" * 29 + "2")
