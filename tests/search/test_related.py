"""Every item has its nearest relatives: by issues, sources and words."""

from __future__ import annotations

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.search.engine import Engine, never_cancelled
from viewer.search.related import related_items


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("social-networking.facebook-users", "social-networking.p2"),
        ("indecent-images.p3", "indecent-images.f2"),
        ("offending-overseas.arrest-notifications", "offending-overseas.f1"),
        ("online-vulnerability.p5", "groups-and-gangs.p8"),
    ],
)
def test_what_belongs_together_is_related(engine: Engine, sample: Bundle, item: str, expected: str) -> None:
    found = [hit.id for hit in related_items(engine, sample, item, check_cancelled=never_cancelled)]
    assert expected in found
    assert item not in found


def test_every_item_can_be_asked_for_its_relatives(engine: Engine, sample: Bundle) -> None:
    items = [item for theme in sample.themes() for item in sample.items(theme.id)]
    found = {
        item.id: related_items(engine, sample, item.id, limit=3, check_cancelled=never_cancelled) for item in items
    }
    assert sum(map(len, found.values())) > len(items)
    for asked, hits in found.items():
        assert len(hits) <= 3
        assert all(hit.reason and hit.id != asked for hit in hits)


def test_an_unknown_item_has_none(engine: Engine, sample: Bundle) -> None:
    with pytest.raises(NotFound):
        related_items(engine, sample, "no-such.item", check_cancelled=never_cancelled)
