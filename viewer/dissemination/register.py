"""The register: a row for each sheet that left this machine, append-only, each row chained to the one before."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from viewer import paths
from viewer.errors import ViewerError
from viewer.own_schema import describe
from viewer.records import record, replace
from viewer.text.safe_csv import CsvColumn, csv_table

NAME = "register.db"
VERSION = 1
CHAIN_TIP_LENGTH = 12  # hex digits of a hash on paper
FIRST_TIP = "first"  # what the chain's tip is called on paper while there is no row
EMPTY_TIP = "0" * 64  # the tip while there is no row
NO_REGISTER = "There is no register on this machine: no sheet has left it, or the register was removed."
TIME = "%Y-%m-%dT%H:%M:%SZ"  # of a row, in UTC
_PATIENCE = 15.0  # seconds to wait for another window of this program
_KNOWN = frozenset(
    (
        "table issue (number INTEGER key 1, at TEXT not null, event TEXT not null, sheet TEXT not null, "
        "title TEXT not null, series TEXT not null, edition TEXT not null, serial INTEGER not null, "
        "fingerprint TEXT not null, form TEXT not null, items TEXT not null, audience TEXT not null, "
        "marking TEXT not null, recipient TEXT not null, copies INTEGER not null, sha256 TEXT not null, "
        "previous TEXT not null, hash TEXT not null) strict",
        "table sqlite_sequence (name , seq )",
        "trigger issue_remains: CREATE TRIGGER issue_remains BEFORE DELETE ON issue BEGIN SELECT RAISE(ABORT, "
        "the register is append-only ); END",
        "trigger issue_stays: CREATE TRIGGER issue_stays BEFORE UPDATE ON issue BEGIN SELECT RAISE(ABORT, "
        "the register is append-only ); END",
    )
)
_SCHEMA = (
    """CREATE TABLE issue(number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL,
    sheet TEXT NOT NULL, title TEXT NOT NULL, series TEXT NOT NULL, edition TEXT NOT NULL, serial INTEGER NOT NULL,
    fingerprint TEXT NOT NULL, form TEXT NOT NULL, items TEXT NOT NULL, audience TEXT NOT NULL, marking TEXT NOT NULL,
    recipient TEXT NOT NULL, copies INTEGER NOT NULL, sha256 TEXT NOT NULL, previous TEXT NOT NULL,
    hash TEXT NOT NULL) STRICT""",
    "CREATE TRIGGER issue_stays BEFORE UPDATE ON issue BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END",
    "CREATE TRIGGER issue_remains BEFORE DELETE ON issue BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END",
)


class RegisterError(ViewerError):
    """The register cannot be read or written; so no sheet is issued."""

    advice = "No sheet leaves this machine without its row. Mend the register's folder, then try again."


@record
class Issue:
    """One row: what left, for whom, and the hash of its bytes.

    `event` is export, print or copy; or void, where delivering it failed: then it may have left in part.
    """

    at: str  # ISO, UTC
    event: str
    sheet: str
    title: str
    series: str
    edition: str
    serial: int
    fingerprint: str
    form: str
    items: tuple[str, ...]
    audience: str
    marking: str
    recipient: str
    copies: int
    sha256: str


@record
class RegisterRow:
    """An issue as it stands in the chain."""

    number: int
    issue: Issue
    previous: str
    hash: str


_ISSUE_FIELDS = tuple(field.name for field in fields(Issue))  # the register's columns bear these names, in this order
_NUMBERS = ("serial", "copies")  # those columns that hold numbers; all others hold text


class Register:
    """The register in a reader's folder, open while in use: `with Register.open(home) as register`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, home: Path) -> Register:
        """Open the register in `home`, made where there is none. Raises RegisterError, FileTrouble."""
        path = paths.ensure_private_folder(home) / NAME
        with _sqlite_errors_in_words():
            _make(path)
            connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous=EXTRA")
                connection.execute("PRAGMA trusted_schema=OFF")
                _prepare(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection)

    @classmethod
    def open_for_reading(cls, home: Path) -> Register | None:
        """Open the register in `home` for reading alone; return None where there is none. Raises RegisterError."""
        path = home / NAME
        if not paths.is_taken(path):
            return None
        if not path.is_file():
            raise RegisterError("What is in the place of register.db is not an ordinary file.")
        with _sqlite_errors_in_words():
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
            try:
                _check_version(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection)

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _err: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def append(self, issue: Issue) -> RegisterRow:
        """Add a row at the end of the chain, wherever that is by now. Raises RegisterError."""
        with _sqlite_errors_in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                row = self._insert(issue)
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite has rolled back by itself where the disk is full
                    self._connection.execute("ROLLBACK")
                raise
        return row

    def _insert(self, issue: Issue) -> RegisterRow:
        previous = self.chain_tip()
        issue = replace(issue, at=max(issue.at, self.newest_time()))
        hash_ = chain_hash(previous, issue)
        values = [*_values(issue), previous, hash_]
        marks = ", ".join("?" * len(values))
        done = self._connection.execute(
            f"INSERT INTO issue({', '.join(_ISSUE_FIELDS)}, previous, hash) VALUES ({marks})", values
        )
        return RegisterRow(number=done.lastrowid or 0, issue=issue, previous=previous, hash=hash_)

    def chain_tip(self) -> str:
        """Return the hash of the last row, 64 hex digits; zeros while there is none."""
        with _sqlite_errors_in_words():
            found = self._connection.execute("SELECT hash FROM issue ORDER BY number DESC LIMIT 1").fetchone()
        return str(found[0]) if found else EMPTY_TIP

    def newest_time(self) -> str:
        """Return the latest time in the register, ISO, in UTC; empty while there is no row. Raises RegisterError."""
        with _sqlite_errors_in_words():
            found = self._connection.execute("SELECT max(at), count(*) FROM issue").fetchone()
        newest = str(found[0] or "")
        if found[1]:
            try:
                datetime.strptime(newest, TIME).replace(tzinfo=UTC)
            except ValueError as err:
                raise RegisterError("A row of the register is damaged: its time is none.") from err
        return newest

    def rows(self) -> tuple[RegisterRow, ...]:
        """Return all rows, the oldest first. Raises RegisterError where one cannot be read."""
        with _sqlite_errors_in_words():
            found = self._connection.execute(
                f"SELECT number, previous, hash, {', '.join(_ISSUE_FIELDS)} FROM issue ORDER BY number"
            ).fetchall()
            return tuple(_row(values) for values in found)

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the chain, a sentence for each row that breaks it; nothing where it is whole."""
        faults: list[str] = []
        expected, number, time = EMPTY_TIP, 0, ""
        for row in self.rows():
            faults += _gap(number, row.number)
            if row.previous != expected and row.number == number + 1:
                faults.append(f"Row {row.number} does not follow from row {number}.")
            if row.hash != chain_hash(row.previous, row.issue):
                faults.append(f"Row {row.number}, sheet {row.issue.sheet}, was changed after it was written.")
            if row.issue.at < time:
                faults.append(f"Row {row.number} is dated before row {number}.")
            expected, number, time = row.hash, row.number, row.issue.at
        return (*faults, *_gap(number, self._last_number() + 1))

    def _last_number(self) -> int:
        with _sqlite_errors_in_words():
            found = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name='issue'").fetchone()
        return int(found[0]) if found else 0


def _make(path: Path) -> None:
    """Make an empty file that its owner alone can read, unless one is there: SQLite would let others read it."""
    with suppress(OSError):  # what is in the way, SQLite reports
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
    _check_version(connection)


def _check_version(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise RegisterError("The register was written by a newer version of the viewer, so no row can be added.")
    if found < 1:
        raise RegisterError("The file register.db is not a register.")
    if describe(connection) != _KNOWN:
        raise RegisterError("The register is not made as this program makes it: somebody changed the file register.db.")


def _gap(number: int, following: int) -> list[str]:
    first, last = number + 1, following - 1
    if first > last:
        return []
    return [f"Row {first} is missing." if first == last else f"Rows {first} to {last} are missing."]


def chain_hash(previous: str, issue: Issue) -> str:
    """Return the hash of an issue's row after the row with the hash `previous`: SHA-256 over both as JSON, in hex."""
    text = json.dumps([previous, asdict(issue)], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _values(issue: Issue) -> list[str | int]:
    return [_value(issue, name) for name in _ISSUE_FIELDS]


def _value(issue: Issue, name: str) -> str | int:
    """Return what stands in one column: the ids of the items as JSON, all else as it is."""
    value: str | int = json.dumps(list(issue.items)) if name == "items" else getattr(issue, name)
    return value


def _row(values: tuple[object, ...]) -> RegisterRow:
    number, previous, hash_, *rest = values
    found = dict(zip(_ISSUE_FIELDS, rest, strict=True))
    if not all(isinstance(value, int if name in _NUMBERS else str) for name, value in found.items()):
        raise RegisterError(f"Row {number} of the register is damaged: a value is not of its kind.")
    found["items"] = _items(str(found["items"]))
    return RegisterRow(number=int(str(number)), issue=Issue(**found), previous=str(previous), hash=str(hash_))  # type: ignore[arg-type]


def _items(text: str) -> tuple[str, ...]:
    """Return the ids in a row; what is no list of ids is kept as it is, so that the chain shows the change."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return (text,)
    return tuple(map(str, found)) if isinstance(found, list) else (text,)


@contextmanager
def _sqlite_errors_in_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as err:
        raise RegisterError(f"The register of sheets cannot be used: {_reason(err)}.") from err
    except UnicodeDecodeError as err:  # of a damaged schema, which Python's module reads by itself
        raise RegisterError("The register of sheets cannot be used: its file is damaged.") from err


def _reason(err: sqlite3.Error) -> str:
    code = getattr(err, "sqlite_errorname", "")
    known = {
        "SQLITE_BUSY": "another window of this program holds it",
        "SQLITE_READONLY": "its file or folder is read-only",
        "SQLITE_CANTOPEN": "its file cannot be opened",
        "SQLITE_FULL": "there is no room left on the disk",
        "SQLITE_NOTADB": "its file is not a register",
        "SQLITE_CORRUPT": "its file is damaged",
    }
    return next((words for name, words in known.items() if code.startswith(name)), f"SQLite reports “{err}”")


def is_chain_tip(digits: str) -> bool:
    """Return whether these may be what a paper bears: at least CHAIN_TIP_LENGTH digits of a hash, or FIRST_TIP."""
    hexadecimal = re.fullmatch(f"[0-9A-Fa-f]{{{CHAIN_TIP_LENGTH},{len(EMPTY_TIP)}}}", digits)
    return digits.lower() == FIRST_TIP or hexadecimal is not None


def row_of_chain_tip(rows: tuple[RegisterRow, ...], digits: str) -> int | None:
    """Return the number of the row whose hash begins with a paper's digits; 0 for the beginning, None for none."""
    sought = digits.strip().lower()
    if not is_chain_tip(sought):
        return None
    if sought == FIRST_TIP or EMPTY_TIP.startswith(sought):
        return 0
    return next((row.number for row in rows if row.hash.startswith(sought)), None)


def _issue_column(name: str) -> CsvColumn[RegisterRow]:
    return CsvColumn(name=name, cell=lambda row: _value(row.issue, name))


CSV_COLUMNS: tuple[CsvColumn[RegisterRow], ...] = (
    CsvColumn(name="number", cell=lambda row: row.number),
    *map(_issue_column, _ISSUE_FIELDS),
    CsvColumn(name="previous", cell=lambda row: row.previous),
    CsvColumn(name="hash", cell=lambda row: row.hash),
)


def register_csv(rows: tuple[RegisterRow, ...]) -> str:
    """Return the register as CSV, safe to open in a spreadsheet."""
    return csv_table(CSV_COLUMNS, rows)
