"""`docs/format.md` is true: its tables, columns, limits, patterns and examples are those of the code."""

from __future__ import annotations

import random
import re
import struct
import unicodedata
from typing import Any

import pytest

from tests.independent import body as checked
from tests.independent import document, entries, envelope
from tests.independent.folding import folded
from tests.independent.plain_text import plain_text
from tests.text.constructs import Construct, carried
from viewer import errors, paths
from viewer.bundle import format_2, header, marking_rules, rules, schema
from viewer.bundle.bundle import Bundle
from viewer.bundle.formats import FORMATS, NEWEST
from viewer.bundle.rules import ContentTable, IntegerColumn, RealColumn, TextColumn
from viewer.signing import claims, intake, minisign, trust, trust_list
from viewer.signing.trust import load_trust
from viewer.text import edition_text, markdown
from viewer.text.folded import fold_text

_FORMS = {
    "name": rules.NAME_FORM,
    "item id": rules.ITEM_FORM,
    "colour": rules.COLOUR_FORM,
    "language": rules.LANGUAGE_FORM,
    "decimal": format_2.DECIMAL_FORM,
}
_SIGNED = {"series", "serial", "issued", "review"}  # of the edition: must be those of the signed comment


def _plain(pattern: bytes) -> str:
    """A pattern without the signs that only make it quicker."""
    return re.sub(r"([+*?}])\+", r"\1", pattern.decode())


def _unticked(cell: str) -> str:
    return cell.strip("`")


@pytest.mark.parametrize("number", FORMATS)
def test_it_has_every_content_table_in_the_order_of_the_gate(number: int) -> None:
    assert [table.name for table in checked.FORMATS[number].tables] == [t.name for t in FORMATS[number].tables]
    assert checked.FORMATS[number].items == FORMATS[number].items
    assert checked.FORMATS[number].keys == FORMATS[number].keys


TABLES = [(number, table) for number, rules_of in FORMATS.items() for table in rules_of.tables]


@pytest.mark.parametrize(("number", "table"), TABLES, ids=[f"{number} {table.name}" for number, table in TABLES])
def test_every_column_is_as_the_gate_has_it(number: int, table: ContentTable) -> None:
    (said,) = (one for one in checked.FORMATS[number].tables if one.name == table.name)
    assert [(c.name, c.kind) for c in said.columns] == [(c.name, _kind(c)) for c in table.columns]
    assert set(said.unique) == set(table.unique)
    for column, rule in zip(said.columns, table.columns, strict=True):
        match rule:
            case TextColumn():
                assert column.refers == {"holder": "item or theme"}.get(rule.refers, rule.refers)
                assert column.of_kind == "".join(re.findall(r"kind = '(\w+)'", rule.where))
                assert column.optional == rule.optional
                assert column.most == rule.most
                assert column.choices == tuple(rule.form.decode().split("|") if rule.unfit == "unknown" else ())
                forms = [name for name, form in _FORMS.items() if form == rule.form]
                assert [column.form] == (forms or [""])
            case IntegerColumn():
                assert column.least == rule.least
        if table.name == "edition":
            assert ("signed comment" in column.values) == (column.name in _SIGNED)


@pytest.mark.parametrize("number", FORMATS)
def test_every_rule_of_rows_is_checked_by_both(number: int) -> None:
    ruled = {(number, table.name) for table in FORMATS[number].tables if table.rules}
    assert ruled == {key for key in checked.ROW_RULES if key[0] == number}


@pytest.mark.parametrize("number", FORMATS)
def test_it_has_every_limit_of_rows(number: int) -> None:
    said = [(limit.table, limit.by, limit.most) for limit in checked.FORMATS[number].row_limits]
    assert said == [(limit.table, limit.by, limit.most) for limit in FORMATS[number].limits]


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


@pytest.mark.parametrize("number", FORMATS)
def test_the_limits_are_those_of_the_gate(number: int) -> None:
    assert list(document.limits(number).values()) == [
        intake.LARGEST,
        rules.MAX_TEXT,
        rules.MAX_ROWS,
        rules.MAX_ROWS,
        rules.MAX_TOTAL,
    ]
    assert f"{rules.MAX_TEXT:,} bytes" in document.section("6.5")
    assert f"{intake.LARGEST:,} bytes" in document.section("2.1")
    assert f"{trust.LARGEST_LIST:,} bytes" in document.section("3")
    assert f"{trust._LARGEST_KEY_FILE:,} bytes" in document.section("2.4")
    assert f"last {intake.END:,} bytes" in document.section("2.2")
    assert f"{marking_rules.LEAST_CONTRAST} to 1" in document.section("8")
    assert f"1 to {trust_list.LONGEST_WORDS} characters" in document.section("3")


@pytest.mark.parametrize("number", FORMATS)
def test_the_schema_is_the_committed_one(number: int) -> None:
    assert [set(rows) for rows in checked.FORMATS[number].schemas] == list(schema._allowed(FORMATS[number]))


@pytest.mark.parametrize(("number", "section"), [(1, "9.4"), (2, "10.4")])
def test_search_tables_are_described_as_they_are_made(number: int, section: str) -> None:
    entry, *_, indexes = document.tables_in(document.section(section))
    made = schema.schema_sql(number)
    (columns,) = re.findall(r"^CREATE TABLE entry\((.*)\) STRICT;$", made, re.MULTILINE)
    assert [_unticked(row["column"]) for row in entry] == [part.split()[0] for part in columns.split(", ")]
    for row in indexes:
        name, tokenizer = _unticked(row["table"]), _unticked(row["tokenizer"])
        (options,) = re.findall(rf"^CREATE VIRTUAL TABLE {name} USING fts5\((.*)\);$", made, re.MULTILINE)
        assert f"tokenize='{tokenizer}'" in options
        prefix = re.findall(r"prefix='([\d ]+)'", options)
        assert re.findall(r"\d", row["prefix index"]) == (prefix[0].split() if prefix else [])
    assert [_unticked(row["table"]) for row in indexes] == list(schema.SEARCH_INDEXES)


def test_the_header_is_the_one_that_is_checked(body: bytes) -> None:
    """Whatever the document fixes, the program refuses to see otherwise; and it fixes no more than is true."""
    good = body
    (rows,) = document.tables_in(document.section("6.1"))
    fixed = {at for row in rows for at in range(int(row["offset"]), int(row["offset"]) + int(row["bytes"]))}
    header.check_header(good)
    for at in range(100):
        other = bytearray(good)
        other[at] ^= 0x54
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
    assert rows[-1]["besides"] == f"at most {NEWEST}"
    assert f"`{minisign.UNTRUSTED_LINE.decode()}`" in document.section("2.2")
    assert f"`{minisign.TRUSTED_PREFIX.decode()}`" in document.section("2.2")


def test_the_formats_on_top_are_those_that_are_read() -> None:
    (rows, *_) = document.tables_in(document.text())
    assert [int(row["body format"]) for row in rows] == list(FORMATS) == list(checked.FORMATS)
    assert [int(row["user_version".join("``")]) for row in rows] == list(FORMATS)


def test_every_example_of_plain_text_is_true_for_both_readers() -> None:
    for section, program, checker in (
        ("7.3", markdown.plain_text, plain_text),
        ("7.4", edition_text.text_plain, entries.plain),
    ):
        rows = document.tables_in(document.section(section))[-1]
        assert len(rows) > 3
        for prose, shown in (list(row.values()) for row in rows):
            text, wanted = (cell[1:-1].replace("⏎", "\n") for cell in (prose, shown))
            assert program(text) == wanted
            assert checker(text) == wanted


def test_every_example_of_folding_is_true_for_both_readers() -> None:
    rows = document.tables_in(document.section("10.6"))[-1]
    assert len(rows) > 3
    for text, wanted in ([cell[1:-1] for cell in row.values()] for row in rows):
        assert fold_text(text).text == wanted
        assert folded(text) == wanted


@pytest.mark.parametrize("construct", carried(), ids=str)
def test_both_read_and_fold_every_construct_alike(construct: Construct) -> None:
    assert entries.plain(construct.source) == construct.plain
    assert folded(construct.plain) == fold_text(construct.plain).text


def test_both_fold_every_character_alike() -> None:
    known = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")]
    assert [hex(ord(char)) for char in known if folded(f"a{char}b") != fold_text(f"a{char}b").text] == []
    chance = random.Random(3)
    pieces = [*"aZ1230,.-/–—é’'иеёйא½²ﬁ가", "\u0301", "\u0308", "\u0327", "\u200d", "U.K.", "1,234", "2011-12"]
    for _ in range(5000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 9)))
        assert folded(text) == fold_text(text).text, ascii(text)


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
    parts = [*document.described("9.2").items(), *document.described("10.2").items()]
    return [(name, document.tables_in(part)[0]) for name, part in parts]


def test_every_verdict_is_explained_and_given() -> None:
    steps, verdicts = document.tables_in(document.section("5"))[:2]
    explained = {row["verdict"] for row in verdicts}
    given = {word for row in steps for word in explained if word in row["verdict"]}
    assert given == explained
    assert [int(row["step"]) for row in steps] == list(range(1, len(steps) + 1))


def test_the_example_is_the_sample() -> None:
    (rows,) = document.tables_in(document.section("11"))
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
    assert f"key id `{root.key_id}`, public key `{root.base64}`" in document.section("11")
    assert envelope.key_in_text(root.base64.encode()).id == root.key_id


def test_every_reference_to_a_section_leads_somewhere() -> None:
    numbers = set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", document.text(), re.MULTILINE))
    said = set(re.findall(r"[Ss]ections? (\d+(?:\.\d+)?)", document.text()))
    said |= set(re.findall(r"\((\d+\.\d+)\)", document.text()))
    assert said <= numbers
