"""The Bundle: behind its one door, the records that went into the edition."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.bench.generator import assessment_of
from tests.bundle.bodies import CLAIMS, altered, claims_of
from viewer.bundle.bundle import Bundle
from viewer.bundle.connection import SharedConnection
from viewer.bundle.gate import deserialize
from viewer.bundle.queries import Counts
from viewer.errors import Altered, FileTrouble, NotFound, NotSigned
from viewer.model import Assessment, StatisticKind
from viewer.publish.build import build_body
from viewer.search.engine import Engine
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trust import Trust

MANY_TERMS = [f"INSERT INTO term VALUES('T{number}', '', printf('%.*c', 2000, 'x'))" for number in range(2000)]

Opens = Callable[[Assessment], Bundle]


@pytest.fixture(scope="module")
def opens(trust: Trust, key_pair: SigningKey) -> Opens:
    """Builds, signs and opens an assessment."""
    return lambda assessment: Bundle.from_bytes(seal(build_body(assessment), CLAIMS, key_pair), trust)


@pytest.fixture(scope="module")
def bundle(made_up: Assessment, opens: Opens) -> Iterator[Bundle]:
    """The made-up assessment as a reader has it."""
    with closing(opens(made_up)) as opened:
        yield opened


def with_sorted_tags(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items with their tags in the order of the ids, which is how an edition keeps them."""
    return tuple(replace(item, tags=tuple(sorted(item.tags))) for item in items)


def statements_of(bundle: Bundle, read: Callable[[], object]) -> int:
    """How many statements SQLite runs while `read` does its work."""
    run: list[str] = []
    bundle.connection.set_trace_callback(run.append)
    read()
    bundle.connection.set_trace_callback(None)
    return len(run)


def test_there_is_no_door_that_does_not_verify() -> None:
    doors = {name for name, member in inspect.getmembers(Bundle, inspect.ismethod) if member.__self__ is Bundle}
    assert doors == {"open", "from_bytes"}
    for door in doors:
        assert "trust" in inspect.signature(getattr(Bundle, door)).parameters


def test_refuses_bytes_that_were_changed_after_signing(made_up: Assessment, trust: Trust, key_pair: SigningKey) -> None:
    data = bytearray(seal(build_body(made_up), CLAIMS, key_pair))
    data[5000] ^= 1
    with pytest.raises(Altered):
        Bundle.from_bytes(bytes(data), trust)


def test_refuses_a_body_that_nobody_signed(body: bytes, trust: Trust) -> None:
    with pytest.raises(NotSigned):
        Bundle.from_bytes(body, trust)


def test_opens_a_file_and_says_who_signed_it(body: bytes, trust: Trust, key_pair: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "briefings.db"
    path.write_bytes(seal(body, claims_of(body), key_pair))
    with closing(Bundle.open(path, trust)) as opened:
        assert opened.seal.publisher == "Test publisher"
        assert opened.seal.claims == claims_of(body)
        assert opened.seal.size == path.stat().st_size


def test_no_byte_is_handed_to_sqlite_before_it_is_verified(
    body: bytes, trust: Trust, key_pair: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = altered(body, "UPDATE passage SET text = printf('%.*c', 16000, 'x')", *MANY_TERMS)
    path = tmp_path / "briefings.db"
    path.write_bytes(seal(large, claims_of(large), key_pair))
    assert path.stat().st_size > 4 * 1024 * 1024
    copied: list[int] = []

    def watched(data: memoryview) -> SharedConnection:
        copied.append(len(data))
        return deserialize(data)

    monkeypatch.setattr("viewer.bundle.gate.deserialize", watched)
    with closing(Bundle.open(path, trust)) as opened:
        assert opened.connection.serialize() == large
    assert copied == [len(large)]
    with path.open("r+b") as file:
        file.seek(3_000_000)
        file.write(b"?")
    with pytest.raises(Altered):
        Bundle.open(path, trust)
    assert copied == [len(large)]


def test_a_missing_file_is_trouble_of_the_world(trust: Trust, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        Bundle.open(tmp_path / "briefings.db", trust)


def test_holds_the_edition_and_its_markings_lowest_first(bundle: Bundle, made_up: Assessment) -> None:
    assert bundle.edition == made_up.edition
    assert [marking.level for marking in bundle.markings] == [0, 1, 2]
    assert set(bundle.markings) == set(made_up.markings)
    assert bundle.highest_marking.code == "restricted"
    assert bundle.marking("protect") in made_up.markings


def test_gives_back_what_was_published(bundle: Bundle, made_up: Assessment) -> None:
    assert bundle.themes() == made_up.themes
    themes = [theme.id for theme in made_up.themes]
    for published, read in (
        (made_up.findings, bundle.findings),
        (made_up.statistics, bundle.statistics),
        (made_up.passages, bundle.passages),
    ):
        for theme in themes:
            wanted = tuple(item for item in published if item.theme == theme)
            assert with_sorted_tags(read(theme)) == with_sorted_tags(wanted)
    assert bundle.sources() == made_up.sources
    assert set(bundle.tags()) == set(made_up.tags)
    assert set(bundle.terms()) == set(made_up.terms)


def test_items_of_a_theme_are_findings_then_statistics_then_passages(bundle: Bundle) -> None:
    wanted = (*bundle.findings("theme-2"), *bundle.statistics("theme-2"), *bundle.passages("theme-2"))
    assert bundle.items("theme-2") == wanted


def test_finds_every_item_and_its_theme_by_its_id(bundle: Bundle) -> None:
    for theme in bundle.themes():
        for item in bundle.items(theme.id):
            assert bundle.item(item.id) == item
            assert bundle.theme_of(item.id) == theme.id


def test_items_under_a_tag_come_theme_by_theme(bundle: Bundle) -> None:
    everything = [item for theme in bundle.themes() for item in bundle.items(theme.id)]
    for tag in bundle.tags():
        assert list(bundle.tagged(tag.id)) == [item for item in everything if tag.id in item.tags]


def test_sources_of_a_theme_are_those_that_its_items_cite(bundle: Bundle) -> None:
    for theme in bundle.themes():
        cited = {source for item in bundle.items(theme.id) for source in item.sources}
        assert [source.id for source in bundle.sources_of(theme.id)] == [
            s.id for s in bundle.sources() if s.id in cited
        ]


def test_counts_the_items_of_each_theme_and_of_all(bundle: Bundle) -> None:
    for theme, counts in bundle.counts().items():
        kinds = (
            bundle.findings(theme),
            bundle.recommendations(theme),
            bundle.statistics(theme),
            bundle.passages(theme),
        )
        assert counts == tuple(map(len, kinds))
    assert list(bundle.counts()) == [theme.id for theme in bundle.themes()]
    assert bundle.totals() == Counts(findings=24, statistics=24, passages=72)


def test_an_edition_without_items_counts_none(made_up: Assessment, opens: Opens) -> None:
    with closing(opens(replace(made_up, findings=(), statistics=(), passages=()))) as empty:
        assert empty.totals() == Counts()
        assert set(empty.counts().values()) == {Counts()}
        assert empty.most_supporting_figures() == empty.items("theme-1") == empty.tagged("tag-1") == ()
        assert Engine(empty).search("safeguarding").found == ()


def test_supporting_gives_the_lone_values_behind_most_findings(bundle: Bundle) -> None:
    everything = [statistic for theme in bundle.themes() for statistic in bundle.statistics(theme.id)]
    single = [one for one in everything if one.kind is StatisticKind.SINGLE and len(one.observations) == 1]
    behind = [statistic for statistic in single if statistic.findings]
    assert list(bundle.most_supporting_figures()) == behind
    few = bundle.most_supporting_figures(3)
    assert len(few) == 3
    others = (len(statistic.findings) for statistic in behind if statistic not in few)
    assert min(len(statistic.findings) for statistic in few) >= max(others)


@pytest.mark.parametrize(
    "method",
    [
        *("theme", "findings", "statistics", "passages", "items", "sources_of"),
        *("item", "theme_of", "source", "tag", "tagged", "marking"),
    ],
)
@pytest.mark.parametrize("name", ["", "nowhere", "theme-1.x1", "'; --", "\0", "theme-1.f1' OR '1'='1"])
def test_an_unknown_id_is_not_found_and_named(bundle: Bundle, method: str, name: str) -> None:
    with pytest.raises(NotFound) as missing:
        getattr(bundle, method)(name)
    assert f"“{name}”" in str(missing.value)


@pytest.mark.parametrize("method", ["findings", "statistics", "passages", "items", "sources_of"])
def test_a_theme_of_many_items_takes_no_more_statements_than_one_of_few(opens: Opens, method: str) -> None:
    with closing(opens(assessment_of(9, themes=3))) as small, closing(opens(assessment_of(600, themes=3))) as large:
        few = statements_of(small, lambda: getattr(small, method)("theme-1"))
        many = statements_of(large, lambda: getattr(large, method)("theme-1"))
    assert many <= few <= 20


def test_opening_reads_no_more_than_the_edition_and_its_markings(opens: Opens, made_up: Assessment) -> None:
    with closing(opens(made_up)) as fresh:
        assert not {"_themes", "_sources", "_tags", "_terms", "_counts"} & set(vars(fresh))


def test_nothing_can_be_read_after_closing(opens: Opens, made_up: Assessment) -> None:
    closed = opens(made_up)
    closed.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        closed.items("theme-1")
