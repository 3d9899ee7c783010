"""Records -> SQLite bytes: the same bytes for the same records, every row as the records have it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.bench.generator import FREQUENT_PREFIX, FREQUENT_WORD, RARE_WORD, assessment_of, edition_of_size
from viewer import paths
from viewer.bundle.format_2 import FORMAT_2
from viewer.bundle.schema import check_schema, schema_sql
from viewer.errors import PublishError
from viewer.model import Assessment, Finding, Item, Observation, Statistic
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.publish.index import check_index, entry_rows
from viewer.signing.trailer import split_trailer

ROOT = Path(__file__).parents[2]
SAMPLE_DRAFTS = paths.resources() / "drafts" / "tacsea-2012"


@pytest.fixture(scope="module")
def made_up() -> Assessment:
    """A made-up assessment of 300 items in four themes."""
    return assessment_of(300, themes=4)


@pytest.fixture(scope="module")
def opened(made_up: Assessment) -> Iterator[sqlite3.Connection]:
    """The made-up assessment, built and opened."""
    with_body = open_body(build_body(made_up))
    yield with_body
    with_body.close()


def open_body(body: bytes) -> sqlite3.Connection:
    """A database in memory of these bytes."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(body)
    return connection


def items_of(assessment: Assessment) -> list[Item]:
    """All items in order of importance."""
    return [*assessment.findings, *assessment.statistics, *assessment.passages]


def number_at(body: bytes, offset: int) -> int:
    """The 32-bit number at an offset of SQLite's header."""
    return int.from_bytes(body[offset : offset + 4], "big")


def rows_of(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """Every row of every table, the indexes' own tables among them."""
    names = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_builds_the_same_bytes_twice(made_up: Assessment) -> None:
    assert build_body(made_up) == build_body(assessment_of(300, themes=4))


def test_builds_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from tests.bench.generator import assessment_of; from viewer.publish.build import build_body;"
        "print(hashlib.sha256(build_body(assessment_of(300))).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_has_the_header_of_the_format(made_up: Assessment) -> None:
    body = build_body(made_up)
    assert body.startswith(b"SQLite format 3\0")
    assert int.from_bytes(body[16:18], "big") == 4096
    assert body[18:20] == b"\1\1"  # a rollback journal, not a WAL
    assert number_at(body, 28) * 4096 == len(body)
    assert number_at(body, 32) == number_at(body, 36) == 0  # no free pages
    assert number_at(body, 56) == 1  # UTF-8
    assert number_at(body, 60) == 2  # user_version
    assert number_at(body, 68) == 0x42524642  # application_id
    assert number_at(body, 24) == number_at(body, 92)  # the page count is valid
    assert number_at(body, 96) == sqlite_number()


def sqlite_number() -> int:
    """The release of SQLite as its header writes it."""
    major, minor, patch = sqlite3.sqlite_version_info
    return major * 1_000_000 + minor * 1_000 + patch


def test_has_exactly_the_schema_of_the_format(opened: sqlite3.Connection) -> None:
    check_schema(opened, FORMAT_2)
    plain = sqlite3.connect(":memory:")
    plain.executescript(schema_sql(2))
    wanted = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
    assert opened.execute(wanted).fetchall() == plain.execute(wanted).fetchall()
    plain.close()


def test_is_whole_and_without_waste(opened: sqlite3.Connection) -> None:
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    assert opened.execute("PRAGMA freelist_count").fetchone() == (0,)


@pytest.mark.parametrize(
    ("table", "records"),
    [
        ("passage", "passages"),
        ("finding", "findings"),
        ("statistic", "statistics"),
    ],
)
def test_holds_items_in_document_order(
    opened: sqlite3.Connection, made_up: Assessment, table: str, records: str
) -> None:
    cursor = opened.execute(f"SELECT * FROM {table} ORDER BY rowid")
    columns = [column[0] for column in cursor.description]
    expected = [tuple(getattr(record, column) for column in columns) for record in getattr(made_up, records)]
    assert cursor.fetchall() == expected


@pytest.mark.parametrize(
    ("table", "records", "key"),
    [
        ("marking", "markings", "code"),
        ("theme", "themes", "id"),
        ("source", "sources", "id"),
        ("tag", "tags", "id"),
        ("term", "terms", "abbreviation"),
    ],
)
def test_holds_every_record(
    opened: sqlite3.Connection, made_up: Assessment, table: str, records: str, key: str
) -> None:
    cursor = opened.execute(f"SELECT * FROM {table} ORDER BY {key}")
    columns = [column[0] for column in cursor.description]
    expected = [tuple(getattr(record, column) for column in columns) for record in getattr(made_up, records)]
    assert cursor.fetchall() == sorted(expected, key=lambda row: row[columns.index(key)])


def test_holds_the_edition_once(opened: sqlite3.Connection, made_up: Assessment) -> None:
    cursor = opened.execute("SELECT * FROM edition")
    columns = [column[0] for column in cursor.description]
    assert cursor.fetchall() == [tuple(getattr(made_up.edition, column) for column in columns)]


def test_holds_observations_and_links(opened: sqlite3.Connection, made_up: Assessment) -> None:
    items = items_of(made_up)
    assert opened.execute("SELECT * FROM observation ORDER BY statistic, position").fetchall() == sorted(
        (
            s.id,
            o.position,
            o.label,
            o.period,
            *map(decimal, (o.value, o.low, o.high)),
            o.magnitude,
            o.qualifier,
            o.words,
            o.rank,
        )
        for s in made_up.statistics
        for o in s.observations
    )
    links: dict[str, list[tuple[Any, ...]]] = {
        "support": [(finding.id, statistic) for finding in made_up.findings for statistic in finding.statistics],
        "citation": [(item.id, source, at) for item in items for at, source in enumerate(item.sources, 1)],
        "tagging": [(item.id, tag) for item in items for tag in item.tags],
    }
    for table, expected in links.items():
        assert expected
        assert sorted(opened.execute(f"SELECT * FROM {table}").fetchall()) == sorted(expected)


def decimal(value: Decimal | None) -> str:
    """A number as format 2 has it."""
    return "" if value is None else str(value)


def test_holds_what_format_2_adds(drafts: Path) -> None:
    connection = open_body(build_body(read_drafts(drafts)))
    rows = {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in (
            *("caveat", "scale", "part", "recommendation", "answer", "footnote", "reference", "handling"),
            "also",
        )
    }
    connection.close()
    assert rows == {
        "caveat": [("home", 1, "AT HOME ALONE", "Not to be taken along.")],
        "scale": [
            ("high", "confidence", 1, "high confidence", "", "", ""),
            ("likely", "likelihood", 1, "likely", "55", "75.5", ""),
        ],
        "part": [("before", 1, "Before all", ""), ("risks", 2, "Risks", "Risk")],
        "recommendation": [("answer.r1", "answer", 1, "R1", "Ask *again*.", "The office", "by 2021", "open", "")],
        "answer": [("answer.r1", "answer.f1"), ("answer.r1", "risk.f1")],
        "footnote": [("answer.f1", "why", 1, "As [the risk](#risk) shows.")],
        "reference": [("answer.f1", "risk"), ("answer.p1", "answer.r1")],
        "handling": [("answer", "home"), ("answer.p1", "home")],
        "also": [("P2P", "file sharing")],
    }


def test_orders_search_entries_by_importance(opened: sqlite3.Connection, made_up: Assessment) -> None:
    ids = [record.id for record in (*made_up.themes, *items_of(made_up))]
    kinds = ["theme"] * 4 + ["finding"] * 60 + ["statistic"] * 60 + ["passage"] * 180
    entries = opened.execute("SELECT id, item, kind FROM entry ORDER BY id").fetchall()
    assert entries == [(at, *entry) for at, entry in enumerate(zip(ids, kinds, strict=True), 1)]


def test_writes_search_entries_as_plain_text_that_is_folded(drafts: Path) -> None:
    connection = open_body(build_body(read_drafts(drafts)))
    rows = connection.execute("SELECT item, theme, title, text FROM entry ORDER BY id").fetchall()
    connection.close()
    assert rows == [
        ("scope", "scope", "scope and aim", "what is covered."),
        ("risk", "risk", "the risk", "what is at stake."),
        ("answer", "answer", "what may help", "what is to be done."),
        ("risk.f1", "risk", "", "contact is made by messages."),
        ("risk.f2", "risk", "", "networks are often named."),
        ("answer.f1", "answer", "", "questions may help.\nas the risk shows."),
        ("answer.r1", "answer", "", "ask again.\nthe office\nby 2021"),
        (
            "scope.reports",
            "scope",
            "reports about networks",
            "almost a third of 610 reports were about networks.\nreports received\n610 reports\n2019\nuk\n"
            "about networks almost a third",
        ),
        (
            "risk.ways",
            "risk",
            "ways of contact",
            "messages came first, then games.\nmessages\ngames\n"
            'the order alone is known: kind = "single" stands in no source.',
        ),
        (
            "scope.p1",
            "scope",
            "aim & scope",
            "the first passage, in two lines, 1 < 2, and a [bracket](not a link).\na point\nanother",
        ),
        ("scope.p2", "scope", "", "the second passage."),
        ("risk.p1", "risk", "", "the only passage."),
        ("answer.p1", "answer", "", "as it says:\nway\nshare\nletters\n0.004 %"),
    ]


@pytest.mark.parametrize(
    ("index", "query", "expected"),
    [
        ("stemmed", "message", ["risk.f1", "risk.ways"]),
        ("stemmed", "network", ["risk.f2", "scope.reports"]),
        ("plain", "mess*", ["risk.f1", "risk.ways"]),
        ("plain", "network", []),
        ("plain", "610", ["scope.reports"]),
        ("stemmed", "title:scopes", ["scope", "scope.p1"]),
    ],
)
def test_fills_both_indexes(drafts: Path, index: str, query: str, expected: list[str]) -> None:
    connection = open_body(build_body(read_drafts(drafts)))
    sql = f"SELECT item FROM {index} JOIN entry ON entry.id = {index}.rowid WHERE {index} MATCH ? ORDER BY entry.id"
    found = [item for (item,) in connection.execute(sql, (query,))]
    connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
    connection.close()
    assert found == expected


@pytest.mark.parametrize(
    "change",
    [
        {"sources": ("missing",)},
        {"tags": ("missing",)},
        {"marking": "missing"},
        {"theme": "missing"},
        {"statistics": ("missing",)},
        {"statistics": ("theme-1.s1", "theme-1.s1")},
    ],
    ids=str,
)
def test_refuses_records_that_contradict_one_another(made_up: Assessment, change: dict[str, Any]) -> None:
    first: Finding = replace(made_up.findings[0], **change)
    with pytest.raises(PublishError, match="could not be built"):
        build_body(replace(made_up, findings=(first, *made_up.findings[1:])))


def test_makes_up_editions_with_the_promised_shares() -> None:
    assessment = assessment_of(2000)
    assert [len(part) for part in (assessment.findings, assessment.statistics, assessment.passages)] == [400, 400, 1200]
    texts = [text_of(item).lower() for item in items_of(assessment)]
    assert 0.25 < sum(FREQUENT_WORD in text.split() for text in texts) / 2000 < 0.35
    assert 0.65 < sum(f" {FREQUENT_PREFIX}" in f" {text}" for text in texts) / 2000 < 0.75
    assert sum(RARE_WORD in text for text in texts) == 2


def text_of(item: Item) -> str:
    """The words that an author wrote for an item."""
    return item.statement if isinstance(item, Statistic) else item.text


def test_makes_up_a_body_of_about_the_size_asked_for() -> None:
    assert 9_000_000 < len(edition_of_size(10)) < 11_000_000
    assert 9_000_000 < len(edition_of_size(10, short=True)) < 11_000_000


def test_keeps_every_digit_of_a_value(made_up: Assessment) -> None:
    values = ("0.1", "33.330", "-30", "24800000", "0.004", "99.999", "1866642107", "12345678901234567890.5")
    observations = tuple(Observation(position=at, label="x", value=Decimal(one)) for at, one in enumerate(values, 1))
    statistic = replace(made_up.statistics[0], observations=observations)
    connection = open_body(build_body(replace(made_up, statistics=(statistic, *made_up.statistics[1:]))))
    sql = "SELECT value FROM observation WHERE statistic = ? ORDER BY position"
    found = connection.execute(sql, (statistic.id,)).fetchall()
    connection.close()
    assert tuple(value for (value,) in found) == values


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE entry SET text = 'other' WHERE id = 3", "its index says otherwise than"),
        ("DELETE FROM entry WHERE id = 5", "its index says otherwise than"),
        ("INSERT INTO plain(plain) VALUES ('delete-all')", "its index does not hold the words"),
    ],
)
def test_finds_an_index_that_says_otherwise_than_the_items(made_up: Assessment, spoil: str, said: str) -> None:
    connection = open_body(build_body(made_up))
    check_index(connection, list(entry_rows(made_up)))
    connection.execute(spoil)
    with pytest.raises(PublishError, match=said):
        check_index(connection, list(entry_rows(made_up)))
    connection.close()


def test_rebuilds_the_committed_sample_from_its_drafts() -> None:
    committed = bytes(split_trailer(paths.sample().read_bytes())[0])
    rebuilt = build_body(read_drafts(SAMPLE_DRAFTS))
    bodies = open_body(rebuilt), open_body(committed)
    content = [{name: rows for name, rows in rows_of(c).items() if name not in shadows(c)} for c in bodies]
    for body in bodies:
        body.close()
    assert content[0] == content[1]
    if number_at(committed, 96) == number_at(rebuilt, 96):
        assert committed == rebuilt


def shadows(connection: sqlite3.Connection) -> set[str]:
    """FTS5's own tables, whose rows a release of SQLite writes as it likes."""
    return {name for _, name, kind, *_ in connection.execute("PRAGMA table_list") if kind == "shadow"}
