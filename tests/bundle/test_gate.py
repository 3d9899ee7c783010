"""The gate: which verified bytes become a connection, and what that connection can do."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.bench.generator import assessment_of
from tests.bundle.bodies import PAGE, altered, claims_of, opened, patched, root_page, unruled, with_schema
from viewer.bundle import schema
from viewer.bundle.formats import FORMATS
from viewer.bundle.gate import VOCABULARY, deserialize, pass_gate
from viewer.errors import Inconsistent, Refused, TooLittleMemory, ViewerError
from viewer.publish.build import build_body

SMALL = build_body(assessment_of(20, themes=3))  # for hypothesis, which takes no fixtures of a session


@pytest.fixture
def connection(body: bytes) -> Iterator[sqlite3.Connection]:
    """A connection that has passed the gate."""
    with closing(pass_gate(body, claims_of(body))) as passed:
        yield passed


def passed(body: bytes) -> sqlite3.Connection:
    """The connection to a body that passes the gate."""
    return pass_gate(body, claims_of(body))


def refusal_of(body: bytes) -> str:
    """The sentence with which the gate refuses `body`."""
    with pytest.raises(Refused) as refused:
        pass_gate(body, claims_of(body))
    return str(refused.value)


def test_opens_a_copy_so_that_the_bytes_may_be_dropped(body: bytes) -> None:
    bytes_of_file = bytearray(body)
    with closing(pass_gate(memoryview(bytes_of_file), claims_of(body))) as connection:
        bytes_of_file[:] = bytes(len(body))
        assert connection.execute("SELECT count(*) FROM theme").fetchone() == (4,)


def test_opens_an_edition_without_a_single_item() -> None:
    empty = replace(assessment_of(20, themes=3), findings=(), statistics=(), passages=())
    with closing(passed(build_body(empty))) as connection:
        assert connection.execute("SELECT count(*) FROM passage").fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO term VALUES('X', 'Y', 'Z')",
        "UPDATE edition SET title = 'Another'",
        "UPDATE sqlite_master SET sql = '' WHERE name = 'term'",
        "DELETE FROM passage",
        "DROP TABLE term",
        "CREATE TABLE extra(x)",
        "CREATE TEMP TABLE extra(x)",
        "CREATE TEMP VIEW extra AS SELECT 1",
        "ALTER TABLE term RENAME TO terms",
        "INSERT INTO plain(plain) VALUES('delete-all')",
        "INSERT INTO plain(plain) VALUES('rebuild')",
        "ATTACH ':memory:' AS other",
        "VACUUM",
        "VACUUM INTO ':memory:'",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA trusted_schema = ON",
        "PRAGMA table_info(term)",
        "SELECT * FROM pragma_table_info('term')",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT randomblob(10)",
        "BEGIN IMMEDIATE",
        "REINDEX",
        "ANALYZE",
    ],
)
def test_what_it_opens_can_do_nothing_but_read(connection: sqlite3.Connection, statement: str) -> None:
    before = connection.serialize()
    with pytest.raises(sqlite3.Error, match=r"not authorized|authorization denied|may not be modified"):
        connection.execute(statement).fetchall()
    assert connection.serialize() == before


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*), max(length(text)) FROM passage WHERE theme LIKE 'theme-%'",
        "SELECT rowid, bm25(stemmed), snippet(stemmed, 1, '[', ']', '…', 8) FROM stemmed WHERE stemmed MATCH 'report'",
        "SELECT rowid, highlight(plain, 1, '[', ']') FROM plain WHERE plain MATCH 'pro*' ORDER BY rank LIMIT 5",
        f"SELECT term, doc FROM temp.{VOCABULARY} WHERE term >= 'a' LIMIT 5",
        "SELECT entry.item FROM plain JOIN entry ON entry.id = plain.rowid WHERE plain MATCH 'the' LIMIT 1",
    ],
)
def test_what_it_opens_can_be_read_and_searched(connection: sqlite3.Connection, statement: str) -> None:
    assert connection.execute(statement).fetchall()


@pytest.mark.parametrize(
    ("offset", "data"),
    [
        (0, b"SQLite format 4\0"),
        (16, (512).to_bytes(2)),
        (16, (1).to_bytes(2)),  # 65,536
        (18, b"\2\2"),  # a write-ahead log beside the file
        (20, b"\x40"),
        (21, b"\x41"),
        (28, (1).to_bytes(4)),
        (28, (2**31).to_bytes(4)),
        (32, (3).to_bytes(4)),
        (36, (1).to_bytes(4)),
        (44, (1).to_bytes(4)),
        (52, (4).to_bytes(4)),
        (56, (2).to_bytes(4)),  # UTF-16
        (60, (0).to_bytes(4)),
        (64, (1).to_bytes(4)),
        (80, b"\1"),
        (100, b"\x0a"),
    ],
)
def test_refuses_a_header_that_does_not_fit(body: bytes, offset: int, data: bytes) -> None:
    assert "header" in refusal_of(patched(body, [(offset, data)]))


@pytest.mark.parametrize("size", [0, 1, 99, 100, 4095])
def test_refuses_less_than_a_page(body: bytes, size: int) -> None:
    assert "header" in refusal_of(body[:size])


@pytest.mark.parametrize("change", [-PAGE, -1, 1, PAGE])
def test_refuses_a_length_that_is_not_the_headers(body: bytes, change: int) -> None:
    assert "header" in refusal_of((body + bytes(PAGE))[: len(body) + change])


@pytest.mark.parametrize("number", FORMATS)
def test_the_committed_schema_is_what_this_sqlite_makes_of_it(number: int) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.schema_sql(number))
        schema.check_schema(connection, FORMATS[number])
        for other in FORMATS.keys() - {number}:
            with pytest.raises(Refused, match="its schema"):
                schema.check_schema(connection, FORMATS[other])


@pytest.mark.parametrize("number", FORMATS)
def test_allows_fts5_tables_as_sqlite_makes_them_without_without_rowid(number: int) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.schema_sql(number))
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' WITHOUT ROWID', '') WHERE name GLOB '*_idx'")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ' WITHOUT ROWID', '') WHERE name GLOB '*_config'"
        )
        for page, table in enumerate(("stemmed_idx", "stemmed_config", "plain_idx", "plain_config"), start=1000):
            key = (f"sqlite_autoindex_{table}_1", table, page)
            connection.execute("INSERT INTO sqlite_master VALUES('index', ?, ?, ?, NULL)", key)
        schema.check_schema(connection, FORMATS[number])


def test_refuses_two_tables_that_claim_one_root_page(body: bytes) -> None:
    page = root_page(body, "tag")
    shared = with_schema(body, f"UPDATE sqlite_master SET rootpage = {page} WHERE name = 'term'")
    assert "same place" in refusal_of(shared)


@pytest.mark.parametrize(
    ("name", "value"), [("series", "made"), ("serial", 2), ("issued", "2012-07"), ("review", "2013-03"), ("schema", 7)]
)
def test_refuses_content_that_differs_from_the_signed_comment(body: bytes, name: str, value: Any) -> None:
    with pytest.raises(Inconsistent, match=f"inconsistent: .* {name}"):
        pass_gate(body, replace(claims_of(body), **{name: value}))


ROW = "UPDATE passage SET {} WHERE id = 'theme-2.p3'"
FACT = "UPDATE observation SET {} WHERE statistic = 'theme-1.s1' AND position = 1"
THEME = "UPDATE theme SET {} WHERE position = 2"
RULES = [
    # table, what a publisher did to it, what the reader is told
    ("passage", ROW.format("marking = 'secert'"), "passage 'theme-2.p3' has the unknown marking 'secert'"),
    ("passage", ROW.format("marking = ''"), "passage 'theme-2.p3' has the unknown marking ''"),
    ("passage", ROW.format("text = NULL"), "passage 'theme-2.p3' has no text"),
    ("passage", ROW.format("text = x'4142'"), "passage 'theme-2.p3' stores its text as blob, not as text"),
    ("passage", ROW.format("text = 'a' || char(0) || 'b'"), "passage 'theme-2.p3' has a NUL character in its text"),
    ("passage", ROW.format("text = CAST(x'41FF' AS TEXT)"), "passage 'theme-2.p3' has a text that is not valid UTF-8"),
    (
        "passage",
        ROW.format("text = CAST(x'EDA080' AS TEXT)"),
        "passage 'theme-2.p3' has a text that is not valid UTF-8",
    ),
    ("passage", ROW.format("page = CAST(x'C3' AS TEXT)"), "passage 'theme-2.p3' has a page that is not valid UTF-8"),
    ("passage", ROW.format("theme = 'theme-9'"), "passage 'theme-2.p3' has the unknown theme 'theme-9'"),
    ("passage", ROW.format("theme = 'theme-1'"), "has the same theme and position as another"),
    ("passage", ROW.format("position = 2"), "passage 'theme-2.p3' has the same theme and position as another"),
    ("passage", ROW.format("position = 0"), "passage 'theme-2.p3' has the position 0, below 1"),
    ("passage", ROW.format("position = 'three'"), "passage 'theme-2.p3' stores its position as text, not as integer"),
    ("passage", ROW.format("id = 'theme-2.p4'"), "passage 'theme-2.p4' has the same id as another"),
    ("passage", ROW.format("id = 'theme-2.f1'"), "passage 'theme-2.f1' has the same id as a finding"),
    ("passage", ROW.format("id = 'theme-2'"), "passage 'theme-2' has the malformed id 'theme-2'"),
    ("passage", ROW.format("id = 'Theme 2.p3'"), "passage 'Theme 2.p3' has the malformed id 'Theme 2.p3'"),
    ("passage", ROW.format("id = 'a.b,c.d'"), "passage 'a.b,c.d' has the malformed id 'a.b,c.d'"),
    ("finding", "UPDATE finding SET text = NULL", "finding 'theme-1.f1' has no text"),
    ("statistic", "UPDATE statistic SET kind = 'singel'", "statistic 'theme-1.s1' has the unknown kind 'singel'"),
    ("statistic", "UPDATE statistic SET kind = 'single,trend'", "has the unknown kind 'single,trend'"),
    ("observation", FACT.format("rank = 0"), "observation 'theme-1.s1', '1' has the rank 0, below 1"),
    ("observation", FACT.format("statistic = 'theme-1.s99'"), "has the unknown statistic 'theme-1.s99'"),
    ("theme", "UPDATE theme SET position = 1", "theme 'theme-2' has the same position as another"),
    ("theme", "UPDATE theme SET id = 'theme.2' WHERE position = 2", "theme 'theme.2' has the malformed id 'theme.2'"),
    ("marking", "UPDATE marking SET level = 1", "has the same level as another"),
    ("marking", "UPDATE marking SET level = -1 WHERE level = 0", "marking 'open' has the level -1, below 0"),
    ("marking", "UPDATE marking SET colour = 'red' WHERE level = 0", "marking 'open' has the malformed colour 'red'"),
    ("marking", "UPDATE marking SET ink = '#12345' WHERE level = 0", "marking 'open' has the malformed ink '#12345'"),
    ("source", "UPDATE source SET number = 1", "has the same number as another"),
    (
        "citation",
        "INSERT INTO citation(item, source) VALUES('theme-1.p99', 'source-1')",
        "has the unknown item 'theme-1.p99'",
    ),
    ("citation", "INSERT INTO citation(item, source) VALUES('theme-1.p1', 'none')", "has the unknown source 'none'"),
    ("support", "INSERT INTO support VALUES('theme-1.p1', 'theme-1.s1')", "has the unknown finding 'theme-1.p1'"),
    ("tagging", "INSERT INTO tagging VALUES('theme-1', 'tag-1')", "has the unknown item 'theme-1'"),
    ("tagging", "INSERT INTO tagging VALUES('theme-1.p1', 'tag-99')", "has the unknown tag 'tag-99'"),
    ("edition", "UPDATE edition SET marking = 'secret'", "edition has the unknown marking 'secret'"),
    ("marking", "UPDATE marking SET label = 'Protect' WHERE level > 1", "has the same label as marking 'protect'"),
    ("marking", "UPDATE marking SET label = ' ' WHERE level = 0", "marking 'open' has a label that has no letter"),
    ("marking", "UPDATE marking SET label = 'A' || char(8203) WHERE level = 0", "a label that holds a character"),
    ("marking", "UPDATE marking SET colour = '#fffFFF' WHERE level = 2", "'restricted' has an ink of a con"),
    ("marking", "UPDATE marking SET ink = '#5B636C' WHERE level = 0", "a contrast of 1.0 to 1 on the colour #5B636B"),
    ("edition", "UPDATE edition SET marking = 'open'", "edition has the marking 'open', below '"),
    ("edition", "UPDATE edition SET marking = 'protect'", "below 'restricted', that of statistic 'theme-"),
    ("edition", "UPDATE edition SET language = 'en GB'", "edition has the malformed language 'en GB'"),
    ("edition", "INSERT INTO edition SELECT * FROM edition", "its table 'edition' has 2 rows and not one"),
    ("edition", "DELETE FROM edition", "its table 'edition' has 0 rows and not one"),
]


OWN_RULES = {
    1: [
        ("passage", ROW.format("number = 5"), "passage 'theme-2.p3' stores its number as integer, not as text"),
        ("observation", FACT.format("value = 9e999"), "'theme-1.s1', '1' has a value that is no finite number"),
        ("observation", FACT.format("low = -9e999"), "'theme-1.s1', '1' has a low that is no finite number"),
        ("observation", FACT.format("value = 'half'"), "'theme-1.s1', '1' stores its value as text, not as real"),
        ("theme", THEME.format("kind = 'minor'"), "theme 'theme-2' has the unknown kind 'minor'"),
    ],
    2: [
        ("passage", ROW.format("label = 5"), "passage 'theme-2.p3' stores its label as integer, not as text"),
        ("passage", ROW.format("label = printf('%.*c', 101, 'x')"), "'theme-2.p3' has a label of more than 100 char"),
        ("finding", "UPDATE finding SET label = printf('%.*c', 101, 'x')", "has a label of more than 100 characters"),
        *(
            ("observation", FACT.format(f"value = '{value}'"), f"has the malformed value '{value}'")
            for value in (
                "half",
                "+1",
                "-",
                ".5",
                "5.",
                "05",
                "1e3",
                "1,000",
                " 1",
                "−1",
                "-0",
                "-0.0",
                "9" * 31,
                "1." + "0" * 30,
                "NaN",
                "Infinity",
            )
        ),
        ("observation", FACT.format("value = 5"), "stores its value as integer, not as text"),
        ("observation", FACT.format("value = 5.0"), "stores its value as real, not as text"),
        ("observation", FACT.format("value = NULL"), "observation 'theme-1.s1', '1' has no value"),
        ("observation", FACT.format("magnitude = 'dozen'"), "'theme-1.s1', '1' has the unknown magnitude 'dozen'"),
        ("theme", THEME.format("part = 'minor'"), "theme 'theme-2' has the unknown part 'minor'"),
        ("theme", THEME.format("parent = 'theme-9'"), "theme 'theme-2' has a parent that is no earlier theme of its"),
        ("theme", THEME.format("parent = id"), "theme 'theme-2' has a parent that is no earlier theme of its part"),
        ("theme", THEME.format("parent = 'theme-3', part = 'priority'"), "has a parent that is no earlier theme of it"),
        (
            "theme",
            "UPDATE theme SET parent = 'theme-1' WHERE position = 4",
            "'theme-4' has a parent that is no earlier",
        ),
        (
            "theme",
            "UPDATE theme SET part = 'priority', parent = iif(position = 1, '', 'theme-' || (position - 1))",
            "theme 'theme-4' stands under more than 2 themes",
        ),
        ("part", "UPDATE part SET position = 1", "has the same position as another"),
        ("finding", "UPDATE finding SET likelihood = 'low'", "has the unknown likelihood 'low'"),
        ("finding", "UPDATE finding SET confidence = 'likely'", "has the unknown confidence 'likely'"),
        ("scale", "UPDATE scale SET kind = 'size'", "has the unknown kind 'size'"),
        ("scale", "UPDATE scale SET position = 1", "has the same kind and position as another"),
        ("scale", "UPDATE scale SET low = '101'", "has bounds that are no range of per cent"),
        ("scale", "UPDATE scale SET high = '1' WHERE id = 'likely'", "scale 'likely' has bounds that are no range"),
        ("scale", "UPDATE scale SET low = 'few'", "has the malformed low 'few'"),
        ("handling", "INSERT INTO handling VALUES('theme-1.p99', 'eyes')", "has the unknown holder 'theme-1.p99'"),
        ("handling", "INSERT INTO handling VALUES('theme-9', 'eyes')", "has the unknown holder 'theme-9'"),
        ("handling", "INSERT INTO handling VALUES('theme-1', 'none')", "has the unknown caveat 'none'"),
        ("caveat", "UPDATE caveat SET position = 1", "has the same position as another"),
        ("caveat", "UPDATE caveat SET label = ''", "caveat 'eyes' has a label that has no letter"),
        ("caveat", "UPDATE caveat SET label = 'A' || char(8203)", "caveat 'eyes' has a label that holds a character"),
        ("caveat", "UPDATE caveat SET label = 'Police only'", "caveat 'police' has the same label as caveat 'eyes'"),
        (
            "caveat",
            "UPDATE caveat SET label = 'Protect' WHERE code = 'eyes'",
            "has the same label as marking 'protect'",
        ),
        ("reference", "INSERT INTO reference VALUES('theme-1', 'theme-2')", "has the unknown item 'theme-1'"),
        ("reference", "INSERT INTO reference VALUES('theme-1.p1', 'x.y')", "has the unknown target 'x.y'"),
        ("footnote", "INSERT INTO footnote VALUES('theme-1', 'n', 1, '')", "has the unknown item 'theme-1'"),
        ("footnote", "UPDATE footnote SET id = 'No'", "has the malformed id 'No'"),
        ("footnote", "UPDATE footnote SET position = 0", "has the position 0, below 1"),
        ("citation", "UPDATE citation SET position = 0", "has the position 0, below 1"),
        ("answer", "INSERT INTO answer VALUES('theme-1.f1', 'theme-1.f1')", "the unknown recommendation 'theme-1.f1'"),
        ("answer", "INSERT INTO answer VALUES('theme-1.r1', 'theme-1.p1')", "has the unknown finding 'theme-1.p1'"),
        ("recommendation", "UPDATE recommendation SET id = 'theme-1.f1' WHERE theme = 'theme-1'", "id as a finding"),
        ("recommendation", "UPDATE recommendation SET owner = NULL", "recommendation 'theme-1.r1' has no owner"),
        ("also", "INSERT INTO also VALUES('none', 'word')", "has the unknown term 'none'"),
        ("also", "UPDATE also SET word = ' ' WHERE word = 'other'", "has no word"),
    ],
}
CASES = [(number, *rule) for number, own in OWN_RULES.items() for rule in (*RULES, *own)]


@pytest.mark.parametrize(("number", "table", "sql", "refusal"), CASES, ids=[f"{case[0]}: {case[3]}" for case in CASES])
def test_names_the_table_the_row_and_the_rule(
    bodies: dict[int, bytes], monkeypatch: pytest.MonkeyPatch, number: int, table: str, sql: str, refusal: str
) -> None:
    hostile = unruled(bodies[number], table, sql)
    refused = refusal_of(hostile)
    assert refused.startswith("The edition breaks a rule of its format: ")
    assert refusal in refused
    monkeypatch.setattr("viewer.bundle.parallel.MANY_ROWS", 0)  # now a second connection takes its share
    assert refusal_of(hostile) == refused


@pytest.mark.parametrize("table", ["theme", "finding", "statistic", "passage"])
def test_refuses_an_edition_that_is_marked_below_a_single_one_of_its_rows(body: bytes, table: str) -> None:
    marked = [
        f"UPDATE {name} SET marking = 'open'" for name in ("theme", *FORMATS[claims_of(body).schema].items, "edition")
    ]
    passed(altered(body, *marked)).close()
    last = f"UPDATE {table} SET marking = 'protect' WHERE rowid = (SELECT max(rowid) FROM {table})"
    if table == "theme":
        last = "UPDATE theme SET marking = 'protect' WHERE position = 4"
    assert f"below 'protect', that of {table} 'theme-4" in refusal_of(altered(body, *marked, last))


def test_a_theme_may_be_marked_below_its_items(body: bytes) -> None:
    with closing(passed(altered(body, "UPDATE theme SET marking = 'open'"))) as connection:
        assert connection.execute("SELECT 1 FROM statistic WHERE marking = 'restricted'").fetchone()


@pytest.mark.parametrize(
    ("number", "table"), [(number, table.name) for number, of in FORMATS.items() for table in of.tables]
)
def test_the_tests_own_way_of_breaking_rules_breaks_none_by_itself(
    bodies: dict[int, bytes], number: int, table: str
) -> None:
    passed(unruled(bodies[number], table)).close()


def test_rows_may_stand_in_any_order(body: bytes) -> None:
    shuffled = unruled(
        body, "passage", "CREATE TABLE p AS SELECT * FROM passage ORDER BY text", "DELETE FROM passage",
        "INSERT INTO passage SELECT * FROM p", "DROP TABLE p",
    )  # fmt: skip
    passed(shuffled).close()


def test_finds_equal_positions_also_where_rows_stand_in_any_order(body: bytes) -> None:
    shuffled = unruled(
        body, "passage", "CREATE TABLE p AS SELECT * FROM passage ORDER BY text", "DELETE FROM passage",
        "INSERT INTO passage SELECT * FROM p", "DROP TABLE p", ROW.format("position = 2"),
    )  # fmt: skip
    assert "has the same theme and position as another" in refusal_of(shuffled)


def test_rows_with_gaps_between_them_are_sound(body: bytes) -> None:
    for factor in (3, 1_000_000_007):
        passed(altered(body, f"UPDATE passage SET rowid = -rowid * {factor}")).close()


def test_refuses_a_key_that_lacks_a_row(body: bytes) -> None:
    """A row that its theme's key does not know would be in the edition and on no page."""
    first = root_page(body, "sqlite_autoindex_passage_2") - 1
    cells = int.from_bytes(body[first * PAGE + 3 : first * PAGE + 5])
    fewer = patched(body, [(first * PAGE + 3, (cells - 1).to_bytes(2))])
    assert "'passage'" in refusal_of(fewer)


def test_a_text_may_have_16384_bytes_and_no_more(body: bytes) -> None:
    passed(altered(body, ROW.format("text = printf('%.*c', 16384, 'x')"))).close()
    refusal = refusal_of(altered(body, ROW.format("text = printf('%.*c', 16385, 'x')")))
    assert "passage 'theme-2.p3' has 16,385 bytes in its text, and at most 16,384 are allowed" in refusal


def test_counts_bytes_and_not_characters(body: bytes) -> None:
    refusal = refusal_of(altered(body, ROW.format("text = replace(printf('%.*c', 8193, 'x'), 'x', 'é')")))
    assert "has 16,386 bytes" in refusal


def test_stops_what_takes_too_long(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.bundle.gate._STEPS", 100)
    monkeypatch.setattr("viewer.bundle.gate._MOST_CALLS", 10)
    assert "longer to check" in refusal_of(body)


@pytest.mark.parametrize("many", [0, 75_000])
def test_two_connections_share_the_work_where_there_are_many_rows(
    body: bytes, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    copies: list[sqlite3.Connection] = []

    def watched(data: bytes) -> sqlite3.Connection:
        copies.append(deserialize(data))
        return copies[-1]

    monkeypatch.setattr("viewer.bundle.parallel.MANY_ROWS", many)
    monkeypatch.setattr("viewer.bundle.gate.deserialize", watched)
    with closing(pass_gate(body, claims_of(body))) as connection:
        assert copies[0] is connection
        assert len(copies) == (2 if many == 0 else 1)
        assert connection.execute("SELECT count(*) FROM passage").fetchone() == (72,)
    _join("gate")
    for copy in copies:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            copy.execute("SELECT 1")


def test_one_connection_does_all_where_memory_is_short(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(_: bytes) -> sqlite3.Connection:
        raise MemoryError

    monkeypatch.setattr("viewer.bundle.parallel.MANY_ROWS", 0)
    monkeypatch.setattr("viewer.bundle.gate._second", no_memory)
    pass_gate(body, claims_of(body)).close()
    with pytest.raises(Refused, match="unknown marking"):
        passed(unruled(body, "passage", ROW.format("marking = 'secert'")))


def test_what_stops_the_second_connection_stops_the_gate(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.bundle.parallel.MANY_ROWS", 0)
    monkeypatch.setattr("viewer.bundle.gate._STEPS", 100)
    monkeypatch.setattr("viewer.bundle.gate._MOST_CALLS", 10)
    assert "longer to check" in refusal_of(body)


def _join(name: str) -> None:
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join()


@pytest.mark.parametrize("data", [b"no database", bytes(PAGE), SMALL[:5000]])
def test_a_copy_is_made_without_a_look_at_what_is_in_it(data: bytes) -> None:
    with closing(deserialize(data)) as copy, pytest.raises(sqlite3.DatabaseError):
        copy.execute("SELECT * FROM sqlite_master")


def test_a_refused_body_leaves_no_connection_behind(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def watched(*args: object, **kwargs: object) -> sqlite3.Connection:
        made.append(connect(*args, **kwargs))  # type: ignore[call-overload]
        return made[-1]

    monkeypatch.setattr("viewer.bundle.gate.sqlite3.connect", watched)
    refusal_of(with_schema(body, "DELETE FROM sqlite_master WHERE name = 'term'"))
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")


@pytest.mark.parametrize("step", ["_harden", "check_schema", "check_rows", "_lock"])
def test_a_lack_of_memory_is_no_fault_of_the_file_and_leaves_no_connection_behind(
    body: bytes, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    copy = deserialize(body)
    monkeypatch.setattr("viewer.bundle.gate.deserialize", lambda _: copy)
    monkeypatch.setattr(f"viewer.bundle.gate.{step}", no_memory)
    with pytest.raises(TooLittleMemory, match="nothing is wrong with the file") as caught:
        pass_gate(body, claims_of(body))
    assert not isinstance(caught.value, Refused)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        copy.execute("SELECT 1")


patches = st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=8)), max_size=6)
structural = st.lists(
    st.tuples(
        st.builds(lambda page, at: page * PAGE + at, st.integers(0, len(SMALL) // PAGE - 1), st.integers(0, 40)),
        st.binary(min_size=1, max_size=4),
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(patches | structural)
def test_whatever_the_bytes_it_opens_them_or_refuses_in_words(changes: list[tuple[int, bytes]]) -> None:
    mutated = patched(SMALL, changes)[: len(SMALL)]
    with suppress(ViewerError):
        passed(mutated).close()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SMALL)), st.binary(max_size=2 * PAGE))
def test_whatever_the_length_it_refuses_in_words(cut: int, tail: bytes) -> None:
    mutated = SMALL[:cut] + tail
    assume(len(mutated) != len(SMALL))
    assert "header" in refusal_of(mutated)


def test_what_passed_the_gate_is_the_body_byte_for_byte(body: bytes, connection: sqlite3.Connection) -> None:
    assert connection.serialize() == body
    with closing(opened(body)) as plainly:
        assert (
            connection.execute("SELECT * FROM passage").fetchall()
            == plainly.execute("SELECT * FROM passage").fetchall()
        )
