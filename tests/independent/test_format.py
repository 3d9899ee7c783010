"""`docs/format.md` is true: its tables, columns, limits, patterns and examples are those of the code."""

from __future__ import annotations

import re
import struct
from typing import Any

import pytest

from tests.independent import body as checked
from tests.independent import document, envelope
from tests.independent.plain_text import plain_text
from viewer import errors, paths
from viewer.bundle import header, marking_rules, rules, schema
from viewer.bundle.bundle import Bundle
from viewer.bundle.format_1 import FORMAT_1
from viewer.bundle.rules import ContentTable, IntegerColumn, RealColumn, TextColumn
from viewer.signing import claims, intake, minisign, trust
from viewer.signing.trust import load_trust
from viewer.text import markdown

_FORMS = {
    "name": rules.NAME_FORM,
    "item id": rules.ITEM_FORM,
    "colour": rules.COLOUR_FORM,
    "language": rules.LANGUAGE_FORM,
}
_SIGNED = {"series", "serial", "issued", "review"}  # of the edition: must be those of the signed comment


def _plain(pattern: bytes) -> str:
    """A pattern without the signs that only make it quicker."""
    return re.sub(r"([+*])\+", r"\1", pattern.decode())


def _unticked(cell: str) -> str:
    return cell.strip("`")


def test_it_has_every_content_table_in_the_order_of_the_gate() -> None:
    assert [table.name for table in checked.TABLES] == [table.name for table in FORMAT_1.tables]


@pytest.mark.parametrize("table", FORMAT_1.tables, ids=[table.name for table in FORMAT_1.tables])
def test_every_column_is_as_the_gate_has_it(table: ContentTable) -> None:
    (said,) = (one for one in checked.TABLES if one.name == table.name)
    assert [(c.name, c.kind) for c in said.columns] == [(c.name, _kind(c)) for c in table.columns]
    assert set(said.unique) == set(table.unique)
    for column, rule in zip(said.columns, table.columns, strict=True):
        match rule:
            case TextColumn():
                assert column.refers == rule.refers
                assert column.choices == tuple(rule.form.decode().split("|") if rule.unfit == "unknown" else ())
                forms = [name for name, form in _FORMS.items() if form == rule.form]
                assert [column.form] == (forms or [""])
            case IntegerColumn():
                assert column.least == rule.least
        if table.name == "edition":
            assert ("signed comment" in column.values) == (column.name in _SIGNED)


def _kind(column: rules.Column) -> str:
    match column:
        case TextColumn():
            return "text"
        case IntegerColumn():
            return "whole or NULL" if column.optional else "whole"
        case RealColumn():
            return "real or NULL"


def test_the_forms_are_those_of_the_gate() -> None:
    assert document.forms() == {name: _plain(form) for name, form in _FORMS.items()}


def test_the_limits_are_those_of_the_gate() -> None:
    assert list(document.limits(1).values()) == [
        intake.LARGEST,
        rules.MAX_TEXT,
        rules.MAX_ROWS,
        rules.MAX_ROWS,
        rules.MAX_TOTAL,
    ]
    assert f"{rules.MAX_TEXT:,} bytes" in document.section("6.5")
    assert f"{intake.LARGEST:,} bytes" in document.section("2.1")
    assert f"{trust._LARGEST_LIST:,} bytes" in document.section("3")
    assert f"{trust._LARGEST_KEY_FILE:,} bytes" in document.section("2.4")
    assert f"last {intake.END:,} bytes" in document.section("2.2")
    assert f"{marking_rules.LEAST_CONTRAST} to 1" in document.section("8")
    assert f"1 to {trust._LONGEST_WORDS} characters" in document.section("3")


def test_the_schema_is_the_committed_one() -> None:
    assert [set(rows) for rows in checked.SCHEMAS] == list(schema._allowed(FORMAT_1))


def test_search_tables_are_described_as_they_are_made() -> None:
    entry, indexes = document.tables_in(document.section("9.4"))
    made = schema.schema_sql(1)
    (columns,) = re.findall(r"^CREATE TABLE entry\((.*)\) STRICT;$", made, re.MULTILINE)
    assert [_unticked(row["column"]) for row in entry] == [part.split()[0] for part in columns.split(", ")]
    for row in indexes:
        name, tokenizer = _unticked(row["table"]), _unticked(row["tokenizer"])
        (options,) = re.findall(rf"^CREATE VIRTUAL TABLE {name} USING fts5\((.*)\);$", made, re.MULTILINE)
        assert f"tokenize='{tokenizer}'" in options
        prefix = re.findall(r"prefix='([\d ]+)'", options)
        assert re.findall(r"\d", row["prefix index"]) == (prefix[0].split() if prefix else [])
    assert [_unticked(row["table"]) for row in indexes] == list(schema.SEARCH_INDEXES)


def test_the_header_is_the_one_that_is_checked(kept: tuple[bytes, bytes]) -> None:
    """Whatever the document fixes, the program refuses to see otherwise; and it fixes no more than is true."""
    good = kept[0][: 2**16 * 4]
    good = good[: int.from_bytes(good[28:32]) * schema.PAGE_SIZE]
    (rows,) = document.tables_in(document.section("6.1"))
    fixed = {at for row in rows for at in range(int(row["offset"]), int(row["offset"]) + int(row["bytes"]))}
    header.check_header(good)
    for at in range(100):
        other = bytearray(good)
        other[at] ^= 0x55
        try:
            header.check_header(bytes(other))
        except errors.Refused:
            assert at in fixed
        else:
            assert at not in fixed
    assert f"0x{schema.APPLICATION_ID:08X}" in document.section("6.1")
    assert struct.pack(">I", schema.APPLICATION_ID).decode() in document.section("6.1")
    assert f"at most {header._SCHEMA_PAGES} cells" in document.section("6.1")


def test_the_signed_comments_are_those_that_are_read() -> None:
    (rows,) = document.tables_in(document.section("2.5"))
    said = [f"{_unticked(row['part'])}({_unticked(row['pattern'])})" for row in rows]
    comment = " ".join(["briefings/1", *said[1:]])
    assert re.sub(r"\((?!\?)", "(", claims._CLAIMS.pattern) == comment
    assert said[0] == claims._VERSION.pattern.removesuffix("(?: .*)?")
    assert f"at most {claims.LARGEST_SERIAL}" in rows[2]["besides"]
    assert rows[-1]["besides"] == f"at most {FORMAT_1.number}"
    assert f"`{minisign.UNTRUSTED_LINE.decode()}`" in document.section("2.2")
    assert f"`{minisign.TRUSTED_PREFIX.decode()}`" in document.section("2.2")


def test_the_formats_on_top_are_those_that_are_read() -> None:
    (rows, *_) = document.tables_in(document.text())
    assert [int(row["body format"]) for row in rows] == [FORMAT_1.number]
    assert rows[-1]["user_version".join("``")] == str(FORMAT_1.number)


def test_every_example_of_plain_text_is_true_for_both_readers() -> None:
    rows = document.tables_in(document.section("7.3"))[0]
    assert len(rows) > 10
    for prose, shown in (list(row.values()) for row in rows):
        text, wanted = (cell[1:-1].replace("⏎", "\n") for cell in (prose, shown))
        assert markdown.plain_text(text) == wanted
        assert plain_text(text) == wanted


@pytest.mark.parametrize(("sort", "begins"), [("Prose", "prose"), ("Remarks", "a remark")])
def test_prose_and_remarks_stand_in_the_columns_that_say_so(sort: str, begins: str) -> None:
    (sentence,) = re.findall(rf"^\*\*{sort}\*\* .*?\.\n\n", document.section("7.1"), re.MULTILINE | re.DOTALL)
    meant = {
        f"{name}.{_unticked(row['column'])}"
        for name, rows in _described()
        for row in rows
        if row["meaning"].startswith(begins)
    }
    assert set(re.findall(r"`(\w+\.\w+)`", sentence)) == meant


def _described() -> list[tuple[str, list[document.Row]]]:
    parts = re.split(r"^#### `(\w+)`\n", document.section("9.2"), flags=re.MULTILINE)[1:]
    return [(name, document.tables_in(part)[0]) for name, part in zip(parts[::2], parts[1::2], strict=True)]


def test_every_verdict_is_explained_and_given() -> None:
    steps, verdicts = document.tables_in(document.section("5"))[:2]
    explained = {row["verdict"] for row in verdicts}
    given = {word for row in steps for word in explained if word in row["verdict"]}
    assert given == explained
    assert [int(row["step"]) for row in steps] == list(range(1, len(steps) + 1))


def test_the_example_is_the_sample() -> None:
    (rows,) = document.tables_in(document.section("10"))
    said = {row["fact"]: _unticked(row["value"]) for row in rows}
    bundle = Bundle.open(paths.sample(), load_trust(None))
    seal, totals = bundle.seal, bundle.totals()
    facts: dict[str, Any] = {
        "bytes of the file": f"{seal.size:,}",
        "bytes of the body": f"{len(bundle.connection.serialize()):,}",
        "key id": seal.key_id,
        "publisher by the trust list": seal.publisher,
        "signed comment": claims.format_comment(seal.claims),
        "fingerprint": seal.fingerprint,
        "themes, findings, statistics, passages": ", ".join(
            map(str, (len(bundle.themes()), totals.findings, totals.statistics, totals.passages))
        ),
    }
    bundle.close()
    assert said == facts
    root = load_trust(None).root
    assert f"key id `{root.key_id}`, public key `{root.base64}`" in document.section("10")
    assert envelope.key_in_text(root.base64.encode()).id == root.key_id


def test_every_reference_to_a_section_leads_somewhere() -> None:
    numbers = set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", document.text(), re.MULTILINE))
    said = set(re.findall(r"[Ss]ections? (\d+(?:\.\d+)?)", document.text()))
    said |= set(re.findall(r"\((\d+\.\d+)\)", document.text()))
    assert said <= numbers
