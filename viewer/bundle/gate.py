"""From verified bytes to a hardened, read-only connection: a genuine signature does not make a file harmless.

The order matters. The header is read without SQLite; then limits; then the schema, before any other query,
since a hostile one makes every query dangerous; then pages, then rows, table by table; then the lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial

from viewer.bundle.connection import SharedConnection
from viewer.bundle.header import check_header
from viewer.bundle.limits import too_much_text
from viewer.bundle.marking_rules import check_markings
from viewer.bundle.row_checks import check_rows
from viewer.bundle.rules import MAX_TOTAL, Format
from viewer.bundle.schema import OLDEST_SQLITE, SEARCH_INDEXES, check_schema
from viewer.errors import Faulty, Inconsistent, TooLarge, TooLittleMemory, ViewerError
from viewer.model import Claims

VOCABULARY = "plain_vocabulary"  # temp.plain_vocabulary(term, doc, cnt): the words of the index, for suggestions

_STEPS = 1_000_000  # of SQLite's virtual machine between two calls of the progress handler
_MOST_CALLS = 200  # of the progress handler: a second or two; the largest edition allowed takes a fifth of that

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_TOTAL,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 60,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 1_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_HARDENING = ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY")

_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_PRAGMAS = frozenset({"data_version"})  # asked by FTS5
_FUNCTIONS = frozenset(
    {
        *("abs", "char", "coalesce", "glob", "ifnull", "iif", "instr", "length", "like", "lower", "ltrim", "nullif"),
        *("replace", "round", "rtrim", "substr", "trim", "typeof", "unicode", "upper"),
        *("avg", "count", "group_concat", "max", "min", "sum", "total"),
        *("bm25", "highlight", "match", "rank", "snippet"),
    }
)


def pass_gate(body: bytes | memoryview, claims: Claims) -> SharedConnection:
    """Return a connection to a copy of the verified `body`: it reads, and can do nothing else.

    The body is of the format that `claims` names, by whose rules it is checked.

    Raises a child of Refused: Faulty, NewerFormat, WrongKind, TooLarge, or Inconsistent where the edition says
    otherwise than `claims`, its signed comment; or TooLittleMemory, which is no child of it; or ViewerError where
    this Python's SQLite is too old.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise ViewerError(f"This Python comes with SQLite {sqlite3.sqlite_version}; editions need {oldest} or newer.")
    with ExitStack() as on_failure, _sqlite_errors_in_words():
        rules_of = check_header(body)
        connection = on_failure.enter_context(closing(deserialize(body)))
        _harden(connection)
        check_schema(connection, rules_of)
        check_rows(connection, rules_of, partial(_second, body))
        check_markings(connection, rules_of)
        _check_claims(connection, rules_of, claims)
        _lock(connection)
        on_failure.pop_all()
    return connection


def deserialize(body: bytes | memoryview) -> SharedConnection:
    """Return a connection to a copy of `body`, of which SQLite parses nothing before the first statement."""
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=SharedConnection)
    try:
        connection.deserialize(body)
    except BaseException:
        connection.close()
        raise
    return connection


def _second(body: bytes | memoryview) -> SharedConnection:
    """Return a connection to another copy of a body whose schema is known to be right."""
    connection = deserialize(body)
    _harden(connection)
    return connection


@contextmanager
def _sqlite_errors_in_words() -> Iterator[None]:
    """Turn what SQLite reports into a refusal."""
    try:
        yield
    except MemoryError as err:
        raise TooLittleMemory("the edition") from err
    except (sqlite3.Error, UnicodeDecodeError) as err:  # UnicodeDecodeError: SQLite quotes damaged text in a message
        raise _refusal(err) from err


def _refusal(err: BaseException) -> Faulty | TooLarge:
    if isinstance(err, sqlite3.DataError):
        return too_much_text()
    if getattr(err, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return Faulty("The edition would take longer to check than any edition should.")
    return Faulty("The edition is damaged inside: it cannot be read in full.")


def _harden(connection: sqlite3.Connection) -> None:
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    calls = iter(range(_MOST_CALLS))
    connection.set_progress_handler(lambda: next(calls, None) is None, _STEPS)
    for pragma in _HARDENING:
        connection.execute(f"PRAGMA {pragma}")


def _check_claims(connection: sqlite3.Connection, rules_of: Format, claims: Claims) -> None:
    names = ("series", "serial", "issued", "review")
    row = connection.execute(f"SELECT {', '.join(names)} FROM edition").fetchone()
    for name, content in zip((*names, "schema"), (*row, rules_of.number), strict=True):
        signed = getattr(claims, name)
        if content != signed:
            raise Inconsistent(
                f"The edition is inconsistent: its signed comment gives {signed!r} as its {name}, "
                f"its content {str(content)[:60]!r}."
            )


def _lock(connection: sqlite3.Connection) -> None:
    """Let the connection only read from here on: the authorizer is asked about each statement, FTS5's own included.

    FTS5 sets its tables up when they are first named, which the authorizer would not let it do.
    """
    for index in SEARCH_INDEXES:
        with suppress(sqlite3.Error, MemoryError):  # a faulty index is no reason to refuse: search meets it again
            connection.execute(f"SELECT rowid FROM {index} LIMIT 0")
    connection.execute(f"CREATE VIRTUAL TABLE temp.{VOCABULARY} USING fts5vocab(main, plain, row)")
    connection.set_progress_handler(None, 0)
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    allowed = (
        action in _READING
        or (action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS)
        or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
