"""The register keeps every row, and notices when one was changed or taken out."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from viewer.dissemination.register import (
    _SCHEMA,
    EMPTY_TIP,
    Issue,
    Register,
    RegisterError,
    register_csv,
    row_of_chain_tip,
)

ISSUE = Issue(
    at="2026-11-24T03:00:00Z", event="export", sheet="0000-0001", title="=A title", series="s", edition="S 2012",
    serial=1, fingerprint="ab", form="summary", items=("one.f1", "one.s1"), audience="open", marking="open",
    recipient="Unit 4", copies=3, sha256="cd",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A reader's folder whose register has four rows."""
    with Register.open(tmp_path) as register:
        for number in range(1, 5):
            register.append(replace(ISSUE, sheet=f"0000-000{number}"))
    return tmp_path


def tampered(home: Path, *statements: str) -> tuple[str, ...]:
    """What verifying says after somebody worked on the file with another program."""
    connection = sqlite3.connect(home / "register.db", isolation_level=None)
    connection.execute("DROP TRIGGER issue_stays")
    connection.execute("DROP TRIGGER issue_remains")
    for statement in (*statements, *_SCHEMA[1:]):
        connection.execute(statement)
    connection.close()
    with Register.open(home) as register:
        return register.verify()


def test_chains_every_row_to_the_one_before(home: Path) -> None:
    with Register.open(home) as register:
        rows = register.rows()
        assert register.verify() == ()
    assert rows[0].previous == EMPTY_TIP
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert rows[0].issue == replace(ISSUE, sheet="0000-0001")


@pytest.mark.parametrize("statement", ["UPDATE issue SET recipient = 'x'", "DELETE FROM issue"])
def test_lets_no_row_be_changed(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / "register.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE issue SET recipient='x' WHERE number=2", "Row 2, sheet 0000-0002, was changed after it was written."),
        ("UPDATE issue SET items='x' WHERE number=3", "Row 3, sheet 0000-0003, was changed after it was written."),
        ("UPDATE issue SET copies=99 WHERE number=1", "Row 1, sheet 0000-0001, was changed after it was written."),
        ("DELETE FROM issue WHERE number=2", "Row 2 is missing."),
        ("DELETE FROM issue WHERE number=1", "Row 1 is missing."),
        ("DELETE FROM issue WHERE number=4", "Row 4 is missing."),
        ("DELETE FROM issue WHERE number>2", "Rows 3 to 4 are missing."),
    ],
)
def test_names_the_row_that_was_tampered_with(home: Path, statement: str, fault: str) -> None:
    assert tampered(home, statement)[0] == fault


def test_names_a_row_that_was_renumbered(home: Path) -> None:
    found = tampered(home, "DELETE FROM issue WHERE number=2", "UPDATE issue SET number=2 WHERE number=3",
                     "UPDATE issue SET number=3 WHERE number=4", "UPDATE sqlite_sequence SET seq=3")  # fmt: skip
    assert found == ("Row 2 does not follow from row 1.",)


def test_says_that_the_disk_is_full_and_adds_nothing(home: Path) -> None:
    with Register.open(home) as register:
        connection = register._connection
        connection.execute(f"PRAGMA max_page_count={connection.execute('PRAGMA page_count').fetchone()[0]}")
        with pytest.raises(RegisterError, match="no room left on the disk"):
            register.append(replace(ISSUE, title="x" * 100_000))
        assert len(register.rows()) == 4
        assert register.verify() == ()


def test_a_new_register_is_its_owners_alone_and_lasts_through_a_power_cut(tmp_path: Path) -> None:
    with Register.open(tmp_path) as register:
        assert register._connection.execute("PRAGMA synchronous").fetchone()[0] == 3  # EXTRA
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "register.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"garbage" * 100, b"SQLite format 3\0" + b"\0" * 84])
def test_refuses_a_file_that_is_no_register(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "register.db").write_bytes(content)
    with pytest.raises(RegisterError):
        Register.open(tmp_path)
    assert (tmp_path / "register.db").read_bytes() == content


def test_does_not_write_to_a_newer_register(home: Path) -> None:
    connection = sqlite3.connect(home / "register.db")
    connection.execute("PRAGMA user_version=2")
    connection.close()
    before = (home / "register.db").read_bytes()
    with pytest.raises(RegisterError, match="newer version"):
        Register.open(home)
    assert (home / "register.db").read_bytes() == before


def test_finds_the_row_whose_digits_a_paper_bears(home: Path) -> None:
    with Register.open(home) as register:
        rows = register.rows()
    assert row_of_chain_tip(rows, rows[2].hash[:12].upper()) == 3
    assert row_of_chain_tip(rows, "000000000000") == row_of_chain_tip(rows, "first") == 0
    assert row_of_chain_tip(rows, "123456789abc") is None
    assert row_of_chain_tip(rows, rows[2].hash[:4]) is None


def test_exports_rows_that_a_spreadsheet_does_not_run(home: Path) -> None:
    with Register.open(home) as register:
        text = register_csv(register.rows())
    assert "'=A title" in text
    assert text.count("\r\n") == 5


def test_there_is_none_before_the_first_sheet(tmp_path: Path) -> None:
    assert Register.open_for_reading(tmp_path) is None


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER quiet AFTER INSERT ON issue BEGIN SELECT 1; END",
        "CREATE TRIGGER lies BEFORE INSERT ON issue BEGIN SELECT RAISE(IGNORE); END",
        "CREATE VIEW more AS SELECT * FROM issue",
        "CREATE VIEW more AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT * FROM n",
        "CREATE TABLE more(x)",
        "ALTER TABLE issue ADD COLUMN more TEXT",
        "CREATE INDEX more ON issue(at)",
        "DROP TRIGGER issue_stays",
    ],
)
def test_a_register_that_somebody_prepared_takes_no_row(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "register.db", isolation_level=None)) as connection:
        connection.execute(statement)
    with pytest.raises(RegisterError, match="somebody changed the file register"):
        Register.open(home)
    with pytest.raises(RegisterError, match="somebody changed the file register"):
        Register.open_for_reading(home)


def planted(home: Path, column: str, value: object) -> None:
    """Puts a value into a row as a damaged page has it: of a kind that the table itself would not take."""
    connection = sqlite3.connect(home / "register.db", isolation_level=None)
    (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'issue'").fetchone()
    connection.execute("DROP TRIGGER issue_stays")
    connection.execute("PRAGMA writable_schema = ON")
    bare = made.replace("STRICT", "").replace(f"{column} TEXT NOT NULL", column)
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'issue'", (bare,))
    connection.close()
    connection = sqlite3.connect(home / "register.db", isolation_level=None)
    connection.execute(f"UPDATE issue SET {column} = ? WHERE number = 2", (value,))
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'issue'", (made,))
    connection.execute(_SCHEMA[1])
    connection.close()


@pytest.mark.parametrize("value", [None, b"2026", 7])
def test_says_so_where_a_row_is_damaged(home: Path, value: object) -> None:
    planted(home, "at", value)
    register = Register.open_for_reading(home)
    assert register is not None
    with register, pytest.raises(RegisterError, match="Row 2 of the register is damaged"):
        register.verify()


def test_no_row_follows_where_no_time_can_be_read(home: Path) -> None:
    planted(home, "at", "issue")
    with Register.open(home) as register, pytest.raises(RegisterError, match="its time is none"):
        register.append(ISSUE)


def test_a_schema_that_is_no_text_is_damage(home: Path) -> None:
    path = home / "register.db"
    path.write_bytes(
        path.read_bytes().replace(b"CREATE TRIGGER issue_stays BEFORE", b"CREATE TRIGGER issue_sta\xff\x9cBEFORE")
    )
    with pytest.raises(RegisterError, match="its file is damaged"):
        Register.open(home)
