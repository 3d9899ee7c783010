"""Two readers, one written from `docs/format.md` alone, give every file the same verdict."""

from __future__ import annotations

import ast
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bundle.bodies import altered, claims_of, patched, root_page, unruled, with_schema
from tests.bundle.fillings import fillings
from tests.independent import checker, envelope
from tests.independent.body import FORMATS, BodyFormat
from tests.independent.both import verdict_of_both
from tests.independent.document import Table
from tests.independent.envelope import TrustList
from tests.independent.tampering import OF_ROWS, tamperings
from tests.reader_homes import SAMPLE
from viewer import paths
from viewer.bundle.formats import FORMATS as PROGRAM
from viewer.model import Claims
from viewer.signing.envelope import unseal
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust

FOLDER = Path(__file__).parent
READER = ("checker", "envelope", "body", "plain_text", "commonmark", "folding", "entries", "document", "refusal")


def test_the_checker_imports_nothing_of_the_program() -> None:
    for module in READER:
        tree = ast.parse((FOLDER / f"{module}.py").read_text("utf-8"))
        nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names = {f"{node.module}.{name.name}" for node in nodes for name in node.names}
        names |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        own = {name for name in names if name.startswith("tests.")}
        assert {name.split(".")[2] for name in own if name.startswith("tests.independent.")} <= set(READER), module
        assert all(name.startswith("tests.independent.") for name in own), module
        roots = {name.partition(".")[0] for name in names - own}
        assert roots <= {*sys.stdlib_module_names, "cryptography"}, module


def test_it_knows_the_committed_trust_list_and_the_sample_of_each_format() -> None:
    folder = paths.resources() / "trust"
    root = envelope.key_in_file((folder / "root.pub").read_bytes())
    trusted = envelope.read_trust_list((folder / "trust.list").read_bytes(), root)
    for sample, number in ((SAMPLE, 1), (paths.sample(), 2)):
        opened = envelope.open_edition(sample.read_bytes(), trusted)
        assert opened.claims.schema == number
        assert checker.verdict(sample.read_bytes(), trusted) == checker.OPENED
        assert checker.search_faults(opened.body) == []


def test_it_opens_what_was_published_and_finds_in_its_index_what_the_document_says(
    published: tuple[bytes, ...], trust: Trust, trusted: TrustList
) -> None:
    formats = set()
    for data in published:
        assert verdict_of_both(data, trust, trusted) == checker.OPENED
        opened = envelope.open_edition(data, trusted)
        assert checker.search_faults(opened.body) == []
        formats.add(opened.claims.schema)
    assert formats == {1, 2}


def test_it_finds_in_the_index_all_that_an_edition_may_hold(body: bytes) -> None:
    assert checker.search_faults(body) == []


def test_both_read_the_same_facts(published: tuple[bytes, ...], trust: Trust, trusted: TrustList) -> None:
    for data in published:
        opened, unsealed = envelope.open_edition(data, trusted), unseal(data, trust)
        proof = unsealed.seal
        assert opened.body == bytes(unsealed.body)
        assert (opened.publisher, opened.key_id) == (proof.publisher, proof.key_id)
        assert opened.fingerprint == proof.fingerprint
        assert vars(opened.claims) == {name: getattr(proof.claims, name) for name in vars(opened.claims)}


def _in_line_2(data: bytes, start: bytes) -> bytes:
    """A file whose signature over the body begins otherwise."""
    return patched(data, [(data.rfind(b"key\n") + len(b"key\n"), start)])


# What is done to a genuine file, and the verdict on it.
CHANGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a bit of the body flipped": (lambda data: patched(data, [(5000, bytes([data[5000] ^ 1]))]), "altered"),
    "its first byte changed": (lambda data: b"s" + data[1:], "altered"),
    "cut in the body": (lambda data: data[:10_000], "no signature"),
    "cut in the signature": (lambda data: data[:-100], "no signature"),
    "without its last newline": (lambda data: data[:-1], "no signature"),
    "without its signature": (lambda data: bytes(split_trailer(data)[0]), "no signature"),
    "its signature alone": (lambda data: split_trailer(data)[1], "no signature"),
    "empty": (lambda _: b"", "no signature"),
    "a newline more": (lambda data: data + b"\n", "altered"),
    "words after it": (lambda data: data + b"and more", "altered"),
    "other line ends": (lambda data: data[:-400] + data[-400:].replace(b"\n", b"\r\n"), "altered"),
    "another untrusted comment": (
        lambda data: data.replace(b"signature from minisign", b"Signature from minisign"),
        "altered",
    ),
    "another comment": (lambda data: data.replace(b" serial=", b" serial=1"), "altered"),
    "a signature of the older kind": (lambda data: _in_line_2(data, b"RW"), "old signature"),
    "a signature of no kind": (lambda data: _in_line_2(data, b"RX"), "altered"),
    "base64 spelt otherwise": (lambda data: patched(data, [(len(data) - 4, bytes([data[-4] + 1]))]), "altered"),
    "not an edition at all": (lambda _: b"A letter.\n" * 1000, "no signature"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_both_refuse_what_was_changed_after_signing(
    what: str, published: tuple[bytes, ...], trust: Trust, trusted: TrustList
) -> None:
    change, verdict = CHANGED[what]
    for data in (published[1], published[-1]):
        changed = change(data)
        assert changed != data
        assert verdict_of_both(changed, trust, trusted) == verdict


ROW = "UPDATE passage SET {} WHERE id = (SELECT min(id) FROM passage)"
SIGNED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "another serial": (lambda body: altered(body, "UPDATE edition SET serial = 7"), "inconsistent"),
    "another series": (lambda body: altered(body, "UPDATE edition SET series = 'other'"), "inconsistent"),
    "another date": (lambda body: altered(body, "UPDATE edition SET review = '2050-01'"), "inconsistent"),
    "a view": (lambda body: altered(body, "CREATE VIEW extra AS SELECT * FROM passage"), "faulty"),
    "a trigger": (
        lambda body: altered(body, "CREATE TRIGGER x AFTER INSERT ON term BEGIN DELETE FROM term; END"),
        "faulty",
    ),
    "a column more": (lambda body: altered(body, "ALTER TABLE term ADD COLUMN extra TEXT"), "faulty"),
    "a table less": (lambda body: altered(body, "DROP TABLE term"), "faulty"),
    "a table not strict": (
        lambda body: with_schema(body, "UPDATE sqlite_master SET sql = replace(sql, ' STRICT', '') WHERE name = 'tag'"),
        "faulty",
    ),
    "two tables in one place": (
        lambda body: with_schema(
            body, f"UPDATE sqlite_master SET rootpage = {root_page(body, 'tag')} WHERE name = 'term'"
        ),
        "faulty",
    ),
    "another application": (lambda body: altered(body, "PRAGMA application_id = 1"), "wrong kind"),
    "a later format": (lambda body: altered(body, "PRAGMA user_version = 3"), "newer"),
    "no format": (lambda body: altered(body, "PRAGMA user_version = 0"), "faulty"),
    "free pages": (lambda body: altered(body, "DELETE FROM entry", compact=False), "faulty"),
    "a page more": (lambda body: body + bytes(4096), "faulty"),
    "write-ahead log": (lambda body: patched(body, [(18, b"\2\2")]), "faulty"),
    "no database": (lambda _: b"A letter.", "faulty"),
    "no title": (lambda body: unruled(body, "edition", "UPDATE edition SET title = NULL"), "faulty"),
    "two editions": (lambda body: altered(body, "INSERT INTO edition SELECT * FROM edition"), "faulty"),
    "no edition": (lambda body: altered(body, "DELETE FROM edition"), "faulty"),
    "a malformed language": (lambda body: altered(body, "UPDATE edition SET language = 'en GB'"), "faulty"),
    "an unknown marking": (lambda body: altered(body, ROW.format("marking = 'secert'")), "faulty"),
    "an unknown theme": (lambda body: altered(body, ROW.format("theme = 'nowhere', position = 99")), "faulty"),
    "a malformed id": (lambda body: altered(body, ROW.format("id = 'No Id'")), "faulty"),
    "the id of another item": (
        lambda body: altered(body, ROW.format("id = (SELECT min(id) FROM finding)")),
        "faulty",
    ),
    "the same id twice": (
        lambda body: unruled(body, "passage", "UPDATE passage SET id = (SELECT min(id) FROM passage)"),
        "faulty",
    ),
    "a position of nought": (lambda body: altered(body, ROW.format("position = 0")), "faulty"),
    "a number for a text": (lambda body: unruled(body, "passage", ROW.format("heading = 5")), "faulty"),
    "NUL in a text": (lambda body: altered(body, ROW.format("text = 'a' || char(0)")), "faulty"),
    "no UTF-8": (lambda body: altered(body, ROW.format("text = CAST(x'41FF' AS TEXT)")), "faulty"),
    "a text of 16,385 bytes": (lambda body: altered(body, ROW.format("text = printf('%.*c', 16385, 'x')")), "faulty"),
    "an unknown kind": (lambda body: altered(body, "UPDATE statistic SET kind = 'singel'"), "faulty"),
    "a rank of nought": (lambda body: altered(body, "UPDATE observation SET rank = 0"), "faulty"),
    "a reference to no source": (
        lambda body: altered(body, "UPDATE citation SET source = 'none' WHERE source = 'source-1'"),
        "faulty",
    ),
    "a reference to no item": (
        lambda body: altered(body, "INSERT INTO tagging SELECT 'none.p1', id FROM tag LIMIT 1"),
        "faulty",
    ),
    "a reference to no statistic": (
        lambda body: altered(body, "INSERT INTO support SELECT id, 'none.s1' FROM finding LIMIT 1"),
        "faulty",
    ),
    "an item marked above its edition": (
        lambda body: altered(body, "UPDATE edition SET marking = (SELECT code FROM marking ORDER BY level LIMIT 1)"),
        "faulty",
    ),
    "ink that cannot be read": (lambda body: altered(body, "UPDATE marking SET ink = colour"), "faulty"),
    "labels that look the same": (
        lambda body: altered(body, "UPDATE marking SET label = CASE level WHEN 0 THEN 'Protect' ELSE 'PROT ÉCT' END"),
        "faulty",
    ),
    "a label of nothing": (lambda body: altered(body, "UPDATE marking SET label = '—' WHERE level = 0"), "faulty"),
    "a blank in a label": (
        lambda body: altered(body, "UPDATE marking SET label = label || char(0x3164) WHERE level = 0"),
        "faulty",
    ),
    "too many rows": (
        lambda body: altered(
            body,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500001)"
            " INSERT INTO term SELECT 'T' || i, '', '' FROM n",
        ),
        "too large",
    ),
    "too many entries": (
        lambda body: altered(body, "INSERT INTO entry VALUES(500001, 'a', 'theme', 'a', '', '')"),
        "too large",
    ),
    "too much text": (
        lambda body: altered(
            body,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4200)"
            " INSERT INTO passage SELECT 'a.z' || i, 'theme-1', i + 99, '', '', printf('%.*c', 16000, 'x'),"
            " 'open', '' FROM n",
        ),
        "too large",
    ),
    "a text of 100 million bytes": (
        lambda body: altered(body, "UPDATE edition SET summary = printf('%.*c', 100000000, 'x')"),
        "too large",
    ),
    "no word for a reader": (lambda body: altered(body, "UPDATE theme SET title = '', summary = ''"), "opened"),
    "the highest text": (lambda body: altered(body, ROW.format("text = printf('%.*c', 16384, 'x')")), "opened"),
    "an index that says nothing": (lambda body: altered(body, "DELETE FROM plain_data WHERE id > 10"), "opened"),
    "an entry less": (lambda body: altered(body, "DELETE FROM entry WHERE id = 5"), "opened"),
    "entries that cannot be read": (
        lambda body: patched(body, [((root_page(body, "entry") - 1) * 4096, bytes(8))]),
        "opened",
    ),
    "rows in another order": (lambda body: altered(body, "UPDATE passage SET rowid = -rowid"), "opened"),
}


@pytest.mark.parametrize("what", SIGNED)
def test_both_give_the_same_verdict_on_what_a_publisher_could_sign(
    what: str, body: bytes, claims: Claims, key_pair: SigningKey, trust: Trust, trusted: TrustList
) -> None:
    change, verdict = SIGNED[what]
    changed = change(body)
    assert changed != body
    assert verdict_of_both(seal(changed, claims, key_pair), trust, trusted) == verdict


BY_TABLE = [(rules, table) for rules in FORMATS.values() for table in rules.tables]


@pytest.mark.parametrize(
    ("rules", "table"), BY_TABLE, ids=[f"{rules.number} {table.name}" for rules, table in BY_TABLE]
)
def test_both_give_the_verdict_of_the_document_on_each_rule_of_each_column(
    rules: BodyFormat, table: Table, bodies: dict[int, bytes], key_pair: SigningKey, trust: Trust, trusted: TrustList
) -> None:
    body = bodies[rules.number]
    found = {}
    wanted = {}
    for tampering in tamperings(rules, table):
        changed = tampering.change(body)
        assert changed != body, tampering.what
        wanted[tampering.what] = tampering.verdict
        found[tampering.what] = verdict_of_both(seal(changed, claims_of(body), key_pair), trust, trusted)
    assert found == wanted
    assert len(found) >= 3 * len(table.columns)


@pytest.mark.parametrize(("number", "sql"), [(number, sql) for number, rows in OF_ROWS.items() for sql in rows])
def test_both_give_the_verdict_of_the_document_on_rules_of_several_columns_and_tables(
    number: int, sql: str, bodies: dict[int, bytes], key_pair: SigningKey, trust: Trust, trusted: TrustList
) -> None:
    changed = altered(bodies[number], sql)
    assert changed != bodies[number]
    verdict = verdict_of_both(seal(changed, claims_of(changed), key_pair), trust, trusted)
    assert verdict == OF_ROWS[number][sql]


FILLED = [(number, *filling) for number in FORMATS for filling in fillings(number)]


@pytest.mark.parametrize(
    ("number", "table", "filled", "first", "named"), FILLED, ids=[f"{c[0]} {c[4]}" for c in FILLED]
)
def test_both_keep_each_limit_of_the_document(
    number: int,
    table: str,
    filled: Callable[[int, int], list[str]],
    first: int,
    named: str,
    filled_bodies: dict[int, bytes],
    key_pair: SigningKey,
    trust: Trust,
    trusted: TrustList,
) -> None:
    (by,) = (
        limit.by
        for limit in PROGRAM[number].limits
        if limit.table == table and named.startswith(f"{limit.what} of {limit.whose}" if limit.by else limit.what)
    )
    (most,) = (limit.most for limit in FORMATS[number].row_limits if (limit.table, limit.by) == (table, by))
    for rows, verdict in ((most, "opened"), (most + 1, "too large")):
        changed = altered(filled_bodies[number], *filled(rows, first), compact=False)
        assert verdict_of_both(seal(changed, claims_of(changed), key_pair), trust, trusted) == verdict


@pytest.mark.parametrize("sql", ["DELETE FROM plain_data WHERE id > 10", "UPDATE entry SET text = '' WHERE id = 5"])
def test_the_checker_sees_search_tables_that_are_wrong(sql: str, body: bytes) -> None:
    assert checker.search_faults(altered(body, sql))
    assert not checker.search_faults(body)


def test_both_give_the_same_verdict_on_200_random_changes_signed_again(
    body: bytes, claims: Claims, key_pair: SigningKey, trust: Trust, trusted: TrustList
) -> None:
    chance = random.Random(11)
    found = set()
    for _ in range(200):
        page = chance.randrange(len(body) // 4096) * 4096
        at = chance.choice((chance.randrange(len(body)), page + chance.randrange(16), chance.randrange(108)))
        changed = patched(body, [(at, chance.randbytes(1))])
        found.add(verdict_of_both(seal(changed, claims, key_pair), trust, trusted))
    assert found >= {"opened", "faulty"}
