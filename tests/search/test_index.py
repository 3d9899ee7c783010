"""A damaged index costs speed, not the edition: the same hits by a plain look through the texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from viewer.bundle.bundle import Bundle
from viewer.paths import resources
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.search.engine import Engine, never_stop
from viewer.search.related import related_items
from viewer.signing.trust import Trust

DAMAGE = {
    "an index's pages overwritten": "UPDATE plain_data SET block = zeroblob(64) WHERE id > 10",
    "the other index's pages overwritten": "UPDATE stemmed_data SET block = randomblob(200) WHERE id > 10",
    "an index emptied": "DELETE FROM stemmed_data",
    "its settings gone": "DELETE FROM plain_config",
    "an entry gone": "DELETE FROM entry WHERE id = 20",
    "entries of another edition": "UPDATE entry SET item = 'no-such.item' WHERE id % 2",
}


@pytest.fixture(scope="module")
def body() -> bytes:
    """The sample edition's body."""
    return build_body(read_drafts(resources() / "drafts" / "tacsea-2012"))


@pytest.fixture(params=list(DAMAGE))
def damaged(
    request: pytest.FixtureRequest, body: bytes, sealed: Callable[..., bytes], trust: Trust
) -> Iterator[Bundle]:
    """The sample edition, genuinely signed, with a damaged index."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(body)
        connection.execute(DAMAGE[request.param])
        connection.execute("VACUUM")
        data = connection.serialize()
    bundle = Bundle.from_bytes(sealed(data), trust)
    yield bundle
    bundle.close()


TYPED = ("grooming", "IIOC", "24.8 million", "hidden internet", "kind:finding victims")


def test_a_damaged_index_is_done_without(damaged: Bundle, engine: Engine) -> None:
    assert damaged.index_damaged
    without = Engine(damaged)
    for typed in TYPED:
        answer = without.search(typed)
        assert answer.scanned
        assert answer.hits == engine.search(typed).hits


def test_damage_that_shows_only_in_a_search_is_done_without_from_then_on(damaged: Bundle, engine: Engine) -> None:
    damaged.__dict__["index_damaged"] = False  # as in a very large file, which is not checked whole
    other = Engine(damaged)
    other.warm()
    for typed in TYPED:
        assert other.search(typed, live=True).found is not None
        for hit in other.search(typed).hits:
            assert damaged.theme(hit.theme)
    if other.scanned:
        assert other.search("grooming").hits == engine.search("grooming").hits


def test_relatives_too_are_found_without_a_damaged_index(damaged: Bundle, engine: Engine, sample: Bundle) -> None:
    damaged.__dict__["index_damaged"] = False  # as in a very large file, which is not checked whole
    item = "social-networking.facebook-users"
    other = Engine(damaged)
    found = related_items(other, damaged, item, go_on=never_stop)
    assert all(damaged.item(hit.id) for hit in found)
    if other.scanned:
        assert [hit.id for hit in found] == [hit.id for hit in related_items(engine, sample, item, go_on=never_stop)]
