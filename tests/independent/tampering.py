"""For every rule that `docs/format.md` names for a table, a body that breaks it alone, and the verdict on that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bundle.bodies import altered, unruled
from tests.independent.body import BodyFormat
from tests.independent.document import Column, Table

OPENED, FAULTY, INCONSISTENT = "opened", "faulty", "inconsistent"
_LONGEST = 16_384  # bytes of one text
_LAST = 2**63 - 1
_MALFORMED = {
    "name": ("No Name", "-a", "a--b", "é", "a,b", "a\n"),
    "item id": ("noid", "a.b.c", "A.b", "a.", "a.b,c.d"),
    "colour": ("red", "#12345", "#12345g"),
    "language": ("english", "e", "en_GB"),
    "decimal": ("1,5", "01", "-0", "-0.00", "+1", "1.", ".5", "1e3", "1" * 31, f"0.{'1' * 31}", "٣", " 1"),
}
_WELL_FORMED = {
    "decimal": ("0", "-0.001", "5.0", "9" * 30, f"0.{'1' * 30}"),
    "language": ("en", "zh-Hans-CN"),
    "colour": ("#000000",),
}
_OTHERWISE = {  # what a column's own rule lets in, and another rule does not, or the reverse
    ("theme", "parent"): FAULTY,  # a text of any words is no theme
    ("theme", "position"): FAULTY,  # the first comes to stand behind the one that it is above
    ("marking", "level"): FAULTY,  # the lowest comes to stand above that of the edition
    ("marking", "ink"): FAULTY,  # as dark as its ground
}


@dataclass(frozen=True)
class Tampering:
    """What is done to a body, in words, and the verdict on it then."""

    what: str
    verdict: str
    change: Callable[[bytes], bytes]


def tamperings(rules: BodyFormat, table: Table) -> Iterator[Tampering]:
    """Yield what breaks each rule of each column of a table alone, and what just does not."""
    fixed = table.unique[:1] if _has_no_rowids(rules, table) else ()  # SQLite itself keeps such a key
    for column in table.columns:
        yield from (_of_text if column.kind == "text" else _of_number)(table, column)
        other = "5" if column.kind == "text" else "'x'"
        yield _unruled(table, f"{column.name} = {other}")
        if not column.kind.endswith(" or NULL") and not any(column.name in names for names in fixed):
            yield _unruled(table, f"{column.name} = NULL")
    for names in table.unique[len(fixed) :]:
        columns = ", ".join(names)
        sql = f"UPDATE {table.name} SET ({columns}) = (SELECT {columns} FROM {table.name} LIMIT 1)"
        yield Tampering(f"two rows of {table.name} with the same {columns}", FAULTY, _without_rules(table, sql))


def _of_text(table: Table, column: Column) -> Iterator[Tampering]:
    for value in ("'a' || char(0)", "CAST(x'41FF' AS TEXT)", f"printf('%.*c', {_LONGEST + 1}, 'x')"):
        yield _ruled(table, column, value, FAULTY)
    if column.form and column.most:
        longest = f"'{'a.' if column.form == 'item id' else ''}' || {_repeated('x', column.most - 1)}"
        yield _ruled(table, column, f"{longest} || {_repeated('x', 2)}", FAULTY)
    if column.form or column.refers or column.choices:
        yield _ruled(table, column, "''", OPENED if column.optional else FAULTY)
    elif "signed comment" in column.values:
        yield _ruled(table, column, "''", INCONSISTENT)
    elif column.most:
        yield _ruled(table, column, _repeated("é", column.most), OPENED)
        yield _ruled(table, column, _repeated("é", column.most + 1), FAULTY)
    else:
        yield _ruled(table, column, _repeated("x", _LONGEST), _OTHERWISE.get((table.name, column.name), OPENED))
    if column.refers or column.choices:
        yield _ruled(table, column, "'no-such.thing'", FAULTY)
        yield _ruled(table, column, f"upper({column.name}) || 'x'", FAULTY)
    for value in _MALFORMED.get(column.form, ()):
        yield _ruled(table, column, f"'{value}'", FAULTY)
    for value in _WELL_FORMED.get(column.form, ()) if table.name != "scale" else ():  # whose bounds are per cent
        yield _ruled(table, column, f"'{value}'", _OTHERWISE.get((table.name, column.name), OPENED))


def _of_number(table: Table, column: Column) -> Iterator[Tampering]:
    if column.kind.endswith(" or NULL"):
        yield _ruled(table, column, "NULL", OPENED)
    if column.kind.startswith("real"):
        for value in ("9e999", "-9e999"):
            yield _ruled(table, column, value, FAULTY)
        return
    yield _ruled(table, column, str(column.least - 1), FAULTY)
    if "signed comment" in column.values:
        yield _ruled(table, column, str(_LAST), INCONSISTENT)
    else:
        is_order_alone = table.name == "theme" and "parent" not in {one.name for one in table.columns}
        otherwise = OPENED if is_order_alone else _OTHERWISE.get((table.name, column.name), OPENED)
        yield _ruled(table, column, str(_LAST), otherwise)


def _repeated(letter: str, times: int) -> str:
    return f"replace(printf('%.*c', {times}, 'x'), 'x', '{letter}')"


def _ruled(table: Table, column: Column, value: str, verdict: str) -> Tampering:
    sql = f"UPDATE {table.name} SET {column.name} = {value} WHERE {_first(table)}"
    return Tampering(f"{table.name}.{column.name} = {value[:40]}", verdict, lambda body: altered(body, sql))


def _unruled(table: Table, setting: str) -> Tampering:
    """A value that SQLite itself would not let in."""
    sql = f"UPDATE {table.name} SET {setting} WHERE {_first(table)}"
    return Tampering(f"{table.name}.{setting} against the schema", FAULTY, _without_rules(table, sql))


def _without_rules(table: Table, sql: str) -> Callable[[bytes], bytes]:
    return lambda body: unruled(body, table.name, sql)


def _first(table: Table) -> str:
    """The condition that one row of a table meets."""
    if not table.unique:
        return "true"
    key = ", ".join(table.unique[0])
    return f"({key}) = (SELECT {key} FROM {table.name} ORDER BY {key} LIMIT 1)"


def _has_no_rowids(rules: BodyFormat, table: Table) -> bool:
    (sql,) = (row[3] for row in rules.schemas[0] if row[:2] == ("table", table.name))
    return str(sql).endswith("WITHOUT ROWID")


# What section 10.2 says below a table, and sections 8 and 10.3 over several: what is done, and the verdict.
OF_ROWS: dict[int, dict[str, str]] = {
    1: {
        "UPDATE passage SET id = (SELECT min(id) FROM finding) WHERE rowid = 1": FAULTY,
        "UPDATE statistic SET id = (SELECT min(id) FROM finding) WHERE rowid = 1": FAULTY,
    },
    2: {
        "UPDATE recommendation SET id = (SELECT min(id) FROM finding) WHERE rowid = 1": FAULTY,
        "UPDATE passage SET id = (SELECT min(id) FROM recommendation) WHERE rowid = 1": FAULTY,
        "UPDATE theme SET parent = id WHERE position = 1": FAULTY,
        "UPDATE theme SET parent = 'theme-2' WHERE position = 1": FAULTY,
        "UPDATE theme SET parent = 'theme-1', part = (SELECT max(id) FROM part) WHERE position = 4": FAULTY,
        "UPDATE theme SET part = 'context', parent = ''": OPENED,
        "UPDATE theme SET part = 'context', parent = CASE WHEN position > 1 THEN 'theme-1' ELSE '' END": OPENED,
        "UPDATE theme SET part = 'context', parent = iif(position IN (2, 3), 'theme-' || (position - 1), '')": OPENED,
        "UPDATE theme SET part = 'context', parent = iif(position > 1, 'theme-' || (position - 1), '')": FAULTY,
        "UPDATE scale SET low = '20.1', high = '20' WHERE id = 'likely'": FAULTY,
        "UPDATE scale SET low = '20', high = '20.0' WHERE id = 'likely'": OPENED,
        "UPDATE scale SET low = '-0.1', high = '20' WHERE id = 'likely'": FAULTY,
        "UPDATE scale SET low = '', high = '100.1' WHERE id = 'likely'": FAULTY,
        "UPDATE scale SET low = '', high = '100' WHERE id = 'likely'": OPENED,
        "UPDATE scale SET low = '0', high = '' WHERE id = 'likely'": OPENED,
        "UPDATE finding SET likelihood = 'low' WHERE rowid = 1": FAULTY,
        "UPDATE finding SET confidence = 'likely' WHERE rowid = 1": FAULTY,
        "UPDATE finding SET likelihood = 'unlikely' WHERE rowid = 1": OPENED,
        "UPDATE also SET word = '' WHERE word = 'other'": FAULTY,
        "UPDATE also SET word = '   ' WHERE word = 'other'": FAULTY,
        "UPDATE also SET word = char(160) WHERE word = 'other'": OPENED,
        "UPDATE also SET word = 'a, b' WHERE word = 'other'": OPENED,
        "UPDATE reference SET target = 'theme-4' WHERE target = 'theme-2'": OPENED,
        "UPDATE reference SET target = 'theme-9' WHERE target = 'theme-2'": FAULTY,
        "UPDATE handling SET holder = 'theme-9' WHERE caveat = 'eyes'": FAULTY,
        "UPDATE citation SET item = 'theme-1' WHERE item = (SELECT min(item) FROM citation)": FAULTY,
        "UPDATE footnote SET position = 1": OPENED,
        "UPDATE caveat SET label = '—' WHERE code = 'eyes'": FAULTY,
        "UPDATE caveat SET label = label || char(0x200B) WHERE code = 'eyes'": FAULTY,
        "UPDATE caveat SET label = 'pólice Only' WHERE code = 'eyes'": FAULTY,
        "UPDATE caveat SET label = 'Restrict ED' WHERE code = 'eyes'": FAULTY,
    },
}
