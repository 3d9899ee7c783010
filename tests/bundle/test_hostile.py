"""Cases 10 and 14 to 21 of the files that the viewer must stand: all of them genuinely signed."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.generator import assessment_of
from tests.bundle.bodies import PAGE, altered, claims_of, opened, patched, root_page, unruled, with_schema
from tests.bundle.sqlite_work import counted_work
from viewer.bundle.bundle import Bundle
from viewer.bundle.formats import FORMATS
from viewer.errors import Faulty, FaultyIndex, Inconsistent, NewerFormat, Refused, TooLarge, WrongKind
from viewer.publish.build import build_body
from viewer.search.engine import Engine
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trust import Trust

Opens = Callable[[bytes], Bundle]

MILLION = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
HEAVY = "length(hex(zeroblob(length(text) * 1000)))"  # of a column: seconds, once anything looks at all rows


@pytest.fixture
def opens(trust: Trust, key_pair: SigningKey) -> Opens:
    """Signs a body with a trusted key, as of a format that is known, and opens it."""

    def open_body(body: bytes) -> Bundle:
        claims = claims_of(body)
        known = claims if claims.schema in FORMATS else replace(claims, schema=1)
        return Bundle.from_bytes(seal(body, known, key_pair), trust)

    return open_body


@pytest.fixture
def signed_file(body: bytes, key_pair: SigningKey, tmp_path: Path) -> Path:
    """The made-up edition as a file."""
    path = tmp_path / "briefings.db"
    path.write_bytes(seal(body, claims_of(body), key_pair))
    return path


def everything(bundle: Bundle) -> list[object]:
    """All records of an edition, each read."""
    items = [bundle.items(theme.id) for theme in bundle.themes()]
    tagged = [bundle.tagged(tag.id) for tag in bundle.tags()]
    return [bundle.edition, bundle.markings, bundle.themes(), items, tagged, bundle.sources(), bundle.terms()]


def test_case_10_refuses_an_edition_that_says_otherwise_than_its_signed_comment(body: bytes, opens: Opens) -> None:
    for change in ("series = 'other'", "serial = 7", "issued = '2012-06-01'", "review = '2014-03-31'"):
        with pytest.raises(Inconsistent):
            opens(altered(body, f"UPDATE edition SET {change}"))


def test_case_14_reads_nothing_that_lies_beside_the_file(signed_file: Path, trust: Trust, body: bytes) -> None:
    journal = _plant_journal(signed_file, body)
    for ending in ("-wal", "-shm"):
        signed_file.with_name(f"briefings.db{ending}").write_bytes(b"planted")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in signed_file.parent.iterdir()}
    with closing(Bundle.open(signed_file, trust)) as bundle:
        assert bundle.edition.title == "Made-up assessment"
        everything(bundle)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in signed_file.parent.iterdir()} == before
    with closing(sqlite3.connect(signed_file)) as by_path:  # the plant is real: who opens the path is taken in
        assert by_path.execute("SELECT title FROM edition").fetchone() == ("Planted",)
    assert not journal.exists()


def _plant_journal(signed_file: Path, body: bytes) -> Path:
    """A hot journal beside the file, from which SQLite would put back a title that nobody signed."""
    other = signed_file.with_name("other.db")
    other.write_bytes(altered(body, "UPDATE edition SET title = 'Planted'") + signed_file.read_bytes()[len(body) :])
    with closing(sqlite3.connect(other, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_spill = 1")
        writer.execute("BEGIN")
        writer.execute("UPDATE edition SET title = 'Unfinished'")
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("UPDATE entry SET text = text || '.'")
        planted = signed_file.with_name("briefings.db-journal")
        shutil.copy(signed_file.with_name("other.db-journal"), planted)
        writer.execute("ROLLBACK")
    other.unlink()
    return planted


def test_case_15_goes_on_with_what_was_verified(signed_file: Path, trust: Trust, body: bytes) -> None:
    with closing(Bundle.open(signed_file, trust)) as bundle:
        signed_file.write_bytes(b"swapped" * 100_000)
        assert bundle.passages("theme-1")
        signed_file.unlink()
        assert len(everything(bundle)) == 7
        assert bundle.connection.serialize() == body


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW extra AS SELECT * FROM passage",
        "CREATE TRIGGER extra AFTER INSERT ON term BEGIN DELETE FROM term; END",
        "CREATE INDEX extra ON passage(page)",
        "CREATE INDEX extra ON passage(upper(text))",
        "CREATE TABLE extra(x)",
        "CREATE TABLE sqlite_stat1(tbl, idx, stat)",
        "CREATE VIRTUAL TABLE extra USING fts5(x)",
        "CREATE VIRTUAL TABLE extra USING fts5vocab('plain', 'row')",
        "ALTER TABLE passage ADD COLUMN extra TEXT",
        f"ALTER TABLE passage ADD COLUMN extra INTEGER AS ({HEAVY})",
        f"ALTER TABLE passage ADD COLUMN extra INTEGER NOT NULL DEFAULT 1 CHECK ({HEAVY} > 0)",
        "ALTER TABLE passage RENAME COLUMN page TO extra",
        "ALTER TABLE term RENAME TO extra",
        "DROP TABLE term",
        "DROP TABLE plain",
    ],
)
def test_case_16_refuses_any_other_schema_before_any_row_is_looked_at(body: bytes, opens: Opens, sql: str) -> None:
    with closing(opened(body)) as connection:
        connection.execute("ANALYZE") if "sqlite_stat1" in sql else connection.execute(sql)
        connection.execute("VACUUM") if "plain'" not in sql else None
        hostile = connection.serialize()
    with counted_work() as work, pytest.raises(Faulty, match="schema"):
        opens(hostile)
    harmless = re.compile("ATTACH x AS 'main'|PRAGMA |SELECT .* FROM sqlite_master LIMIT ")  # the first: deserializing
    assert [sql for sql in work.statements if not harmless.match(sql)] == []
    assert work.kilosteps < 100


@pytest.mark.parametrize(
    "change",
    [
        "SET sql = replace(sql, 'porter ', '') WHERE name = 'stemmed'",
        "SET sql = replace(sql, 'TEXT NOT NULL', 'TEXT') WHERE name = 'passage'",
        "SET sql = replace(sql, ' STRICT', '') WHERE name = 'passage'",
        "SET sql = sql || ' ' WHERE name = 'passage'",
        "SET sql = lower(sql) WHERE name = 'term'",
        "SET tbl_name = 'tag' WHERE name = 'term'",
        "SET type = 'view' WHERE name = 'term'",
        "SET sql = NULL WHERE name = 'term'",
        "SET sql = 'CREATE TABLE term(' WHERE name = 'term'",
        "SET sql = CAST(x'FF' AS TEXT) WHERE name = 'term'",
    ],
)
def test_case_16_refuses_a_schema_that_was_tampered_with(body: bytes, opens: Opens, change: str) -> None:
    with pytest.raises(Faulty):
        opens(with_schema(body, f"UPDATE sqlite_master {change}"))


def test_case_16_refuses_a_hundred_thousand_tables_without_reading_them(body: bytes, opens: Opens) -> None:
    with closing(opened(body)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            f"{MILLION} INSERT INTO sqlite_master SELECT 'table', 't' || i, 't' || i, 2, 'CREATE TABLE t' || i || '(x)'"
            " FROM n LIMIT 100000"
        )
        hostile = connection.serialize()
    with counted_work() as work, pytest.raises(Faulty):
        opens(hostile)
    assert len(work.statements) < 20
    assert work.kilosteps < 100


def test_case_17_says_that_a_newer_viewer_is_needed(body: bytes, opens: Opens) -> None:
    with pytest.raises(NewerFormat, match="needs a newer viewer"):
        opens(altered(body, "PRAGMA user_version = 3"))
    with pytest.raises(WrongKind, match="needs a newer viewer"):
        opens(altered(body, "PRAGMA application_id = 1"))
    with pytest.raises(Faulty):
        opens(altered(body, "PRAGMA user_version = 0"))


def test_case_18_refuses_free_pages(body: bytes, opens: Opens) -> None:
    with pytest.raises(Faulty, match="header"):
        opens(altered(body, "DELETE FROM entry", compact=False))


def test_case_18_refuses_a_text_whose_pages_go_in_a_circle(body: bytes, opens: Opens) -> None:
    long = altered(body, "UPDATE passage SET text = printf('%.*c', 16000, 'x') WHERE id = 'theme-2.p3'")
    pages = [number for number in range(1, len(long) // PAGE) if long[number * PAGE + 4 :][:4000] == b"x" * 4000]
    assert len(pages) == 3
    for following in (pages[0] + 1, pages[-1] + 1, 1, 2**31):
        with pytest.raises(Faulty, match="passage"):
            opens(patched(long, [(pages[-1] * PAGE, following.to_bytes(4))]))


def test_case_18_refuses_a_table_whose_pages_go_in_a_circle(body: bytes, opens: Opens) -> None:
    root = root_page(body, "passage")
    start = (root - 1) * PAGE
    assert body[start] == 5, "an inner page, with pages below it"
    first = start + int.from_bytes(body[start + 12 : start + 14])
    second = start + int.from_bytes(body[start + 14 : start + 16])
    for child in (body[second : second + 4], root.to_bytes(4), (0).to_bytes(4), (2**32 - 1).to_bytes(4)):
        with pytest.raises(Faulty, match="passage"):
            opens(patched(body, [(first, child)]))


def test_case_18_refuses_rows_of_a_key_out_of_order(body: bytes, opens: Opens) -> None:
    start = (root_page(body, "tag") - 1) * PAGE
    first, second = (body[start + at : start + at + 2] for at in (8, 10))
    with pytest.raises(Faulty, match="'tag'"):
        opens(patched(body, [(start + 8, second + first)]))
    with pytest.raises(Faulty, match="tag"):
        opens(patched(body, [(start + 8, first + first)]))


def test_case_18_stands_500_random_changes_signed_again(key_pair: SigningKey, trust: Trust) -> None:
    """No crash, no hang, no failure that is ours; and what is opened can be read from end to end."""
    body = build_body(assessment_of(30, themes=3))
    chance = random.Random(18)
    outcomes = []
    for _ in range(500):
        hostile = patched(body, [_random_change(chance, body) for _ in range(chance.choice((1, 1, 2, 8)))])
        try:
            with (
                counted_work() as work,
                closing(Bundle.from_bytes(seal(hostile, claims_of(body), key_pair), trust)) as bundle,
            ):
                everything(bundle)
                outcomes.append("opened" if _can_be_searched(bundle) else "opened without search")
        except Refused as err:
            outcomes.append(type(err).__name__)
        assert work.kilosteps < 2_000
    assert set(outcomes) >= {"opened", "opened without search", "Faulty"}


def _random_change(chance: random.Random, body: bytes) -> tuple[int, bytes]:
    """One bit anywhere, or a byte where pages say how they are made."""
    page = chance.randrange(len(body) // PAGE) * PAGE
    offset = chance.choice((chance.randrange(len(body)), page + chance.randrange(16), chance.randrange(108)))
    if chance.random() < 0.5:
        return offset, bytes([body[offset] ^ 1 << chance.randrange(8)])
    return offset, chance.randbytes(1)


def _can_be_searched(bundle: Bundle) -> bool:
    try:
        for word in ("the", "safeguarding", "pro*"):
            Engine(bundle).search(word)
    except FaultyIndex:
        return False
    return True


def test_case_19_refuses_faulty_rows_and_names_them(body: bytes, opens: Opens) -> None:
    """One of each; tests/bundle/test_gate.py has all."""
    for change, fault in (
        ("text = CAST(x'FF' AS TEXT)", "not valid UTF-8"),
        ("text = char(0)", "NUL"),
        ("text = x'00'", "blob"),
        ("text = NULL", "no text"),
        ("marking = 'secert'", "unknown marking 'secert'"),
        ("theme = 'nowhere'", "unknown theme 'nowhere'"),
        ("position = 1", "same theme and position"),
    ):
        hostile = unruled(body, "passage", f"UPDATE passage SET {change} WHERE id = 'theme-1.p2'")
        with pytest.raises(Faulty, match=f"passage 'theme-1.p2' .*{fault}"):
            opens(hostile)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("marking = 'secert'", "passage 'a.p76000' has the unknown marking 'secert'"),
        ("page = char(0)", "passage 'a.p76000' has a NUL character in its page"),
        ("text = printf('%.*c', 20000, 'x')", "passage 'a.p76000' has 20,000 bytes in its text"),
        ("id = 'theme-1.s1'", "passage 'theme-1.s1' has the same id as a statistic"),
        ("theme = 'nowhere'", "passage 'a.p76000' has the unknown theme 'nowhere'"),
    ],
)
def test_case_19_names_the_last_of_76_000_rows_without_a_long_search(
    body: bytes, opens: Opens, change: str, fault: str
) -> None:
    filling = (
        f"{MILLION} INSERT INTO passage SELECT 'a.p' || i, 'theme-' || (1 + i % 4), i + 1000, '', '', '', 'open', ''"
        " FROM n LIMIT 76000"
    )
    hostile = altered(body, filling, f"UPDATE passage SET {change} WHERE id = 'a.p76000'", compact=False)
    with counted_work() as work, pytest.raises(Faulty, match=fault):
        opens(hostile)
    assert len(work.statements) < 1_000  # a few for every 512 rows
    assert work.kilosteps < 40_000


def test_case_20_refuses_a_text_over_16_kilobytes(body: bytes, opens: Opens) -> None:
    with pytest.raises(Faulty, match="term 'X' has 20,000 bytes in its definition"):
        opens(altered(body, "INSERT INTO term VALUES('X', '', printf('%.*c', 20000, 'x'))"))


@pytest.mark.parametrize(
    "rows",
    [
        "INSERT INTO tagging SELECT 'a.p' || i, 'tag-1' FROM n",
        "INSERT INTO passage SELECT 'a.p' || i, 'theme-1', i + 1000, '', '', '', 'open', '' FROM n",
        "INSERT INTO entry(item, kind, theme, title, text) SELECT '', '', '', '', '' FROM n",
    ],
)
def test_case_20_refuses_a_million_rows(body: bytes, opens: Opens, rows: str) -> None:
    hostile = altered(body, f"{MILLION} {rows}", compact=False)
    with counted_work() as work, pytest.raises(TooLarge, match="more than 500,000 rows"):
        opens(hostile)
    assert len(work.statements) < 40
    assert work.kilosteps < 10_000


def test_case_20_refuses_100_megabytes_of_text(body: bytes, opens: Opens) -> None:
    filling = f"{MILLION} INSERT INTO source SELECT 's' || i, i + 99, '', '', '', '', printf('%.*c', 16000, 'x') FROM n"
    with pytest.raises(TooLarge, match="more than 64 MiB of text"):
        opens(altered(body, f"{filling} LIMIT 6250", compact=False))


def test_case_20_refuses_a_single_text_of_100_megabytes(body: bytes, opens: Opens) -> None:
    with pytest.raises(TooLarge):
        opens(altered(body, "UPDATE edition SET summary = printf('%.*c', 100000000, 'x')"))


DAMAGE = [
    "DELETE FROM plain_data WHERE id > 10",
    "DELETE FROM stemmed_data WHERE id = 10",
    "UPDATE plain_data SET block = zeroblob(length(block)) WHERE id > 10",
    "UPDATE stemmed_data SET block = x'00' WHERE id = 10",
    "UPDATE plain_data SET block = substr(block, 1, length(block) / 2) WHERE id > 10",
    "DELETE FROM plain_idx",
    "DELETE FROM stemmed_config",
    "UPDATE plain_config SET v = 99",
    "DELETE FROM plain_docsize WHERE id = 5",
    "UPDATE stemmed_docsize SET sz = NULL",
    "DELETE FROM entry WHERE id = 5",
    "INSERT INTO entry VALUES(9999, 'theme-1', 'theme', 'theme-1', '', '')",
    "UPDATE entry SET item = 'theme-9.p9' WHERE id = 5",
    "UPDATE entry SET kind = 'other' WHERE id = 5",
    "UPDATE entry SET text = CAST(x'41FF' AS TEXT) WHERE id = 5",
    "UPDATE entry SET text = 'a' || char(0) WHERE id = 5",
]


@pytest.mark.parametrize("sql", DAMAGE)
def test_case_21_opens_with_a_faulty_search_index_and_shows_nothing_else_in_a_search(
    body: bytes, opens: Opens, sql: str
) -> None:
    with closing(opens(body)) as sound, closing(opens(altered(body, sql))) as bundle:
        assert everything(bundle) == everything(sound)
        with suppress(FaultyIndex):
            assert Engine(bundle).search("safeguarding").hits == Engine(sound).search("safeguarding").hits


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM plain_data WHERE id > 10",
        "DELETE FROM stemmed_data WHERE id = 10",
        "DELETE FROM plain_idx",
        "DELETE FROM stemmed_config",
        "DELETE FROM entry WHERE id > 5",
    ],
)
def test_case_21_stops_searching_where_parts_of_the_index_are_missing(body: bytes, opens: Opens, sql: str) -> None:
    with closing(opens(altered(body, sql))) as bundle:
        assert not _can_be_searched(bundle)
