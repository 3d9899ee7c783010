"""`docs/own-files.md` is true: what the program writes can be read, and checked, by what the document says."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.independent import document
from tests.independent.document import OWN_FILES
from viewer.cli import main
from viewer.editions.shelf_files import parse_kept_name
from viewer.errors import ImportRefused
from viewer.model import EditionKey
from viewer.notes import w3c
from viewer.notes.limits import MAX_TEXT
from viewer.notes.w3c import unpack
from viewer.search.search_history import SearchHistory
from viewer.sheets import recipe, recipe_text
from viewer.sheets.recipe_text import from_toml
from viewer.signing.sealing import SigningKey
from viewer.signing.serials import Serials
from viewer.signing.trust_memory import PLACES, load_memory

UUID = "0b0b7a66-2f0c-4c0e-9b52-0d2a4b7f1a11"
Run = Callable[..., int]


def a_note(item: str, theme: str, text: str, version: str = "A thought: é") -> dict[str, Any]:
    """A note as another program would write it, having read the document."""
    exact = text[4:20]
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": text[:4], "suffix": text[20:52]}
    return {
        "id": f"urn:uuid:{UUID}",
        "type": "Annotation",
        "motivation": "commenting",
        "creator": {"type": "Person", "name": "A. Reader"},
        "created": "2026-11-05T09:30:00+00:00",
        "modified": "2026-11-06T09:30:00+00:00",
        "body": [
            {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": version},
            {"type": "TextualBody", "purpose": "tagging", "value": "first"},
            {"type": "TextualBody", "purpose": "tagging", "value": "second"},
        ],
        "target": {
            "source": f"urn:briefing-viewer:item:exercise:{item}",
            "selector": [quote, {"type": "TextPositionSelector", "start": 4, "end": 4 + len(exact)}],
        },
        "viewer:item": item,
        "viewer:theme": theme,
        "viewer:serial": 1,
        "viewer:colour": 2,
        "viewer:bookmark": True,
        "viewer:marking": "npm",
        "viewer:whole": False,
    }


def as_of_before(note: dict[str, Any]) -> dict[str, Any]:
    """The note as version 0.1.0 wrote it."""
    later = ("viewer:version", "viewer:superseded", "viewer:others")
    return {name: note[name] for name in note if name not in later}


def anchor_of(note: dict[str, Any]) -> dict[str, Any]:
    """An anchor's six fields (section 2.1) of what an exchanged note says of it."""
    quote, position = note["target"]["selector"]
    return {
        "item": note["viewer:item"],
        "quote": quote["exact"],
        "start": position["start"],
        "prefix": quote["prefix"],
        "suffix": quote["suffix"],
        "whole": note["viewer:whole"],
    }


def a_version(note: dict[str, Any], at: str, *, parents: list[str], colour: int = 2) -> dict[str, Any]:
    """The note with what makes it a version (sections 2.2 and 2.4), and a key of a later program."""
    note = {**note, "viewer:colour": colour}
    by_purpose = {body["purpose"]: body["value"] for body in note["body"]}
    body = {
        "uuid": UUID,
        **anchor_of(note),
        **{name: note[f"viewer:{name}"] for name in ("theme", "serial", "colour", "bookmark", "marking")},
        "text": by_purpose["commenting"],
        "tags": [body["value"] for body in note["body"] if body["purpose"] == "tagging"],
        "author": note["creator"]["name"],
        "created": note["created"],
        "changed": note["modified"],
        "at": at,
        "by": "A. Colleague",
        "parents": parents,
        "placements": [{"edition": place["viewer:serial"], **anchor_of(place)} for place in note["viewer:placements"]],
        "format": 2,
        "mood": "calm",
    }
    digest = hashlib.blake2b(compact(body), digest_size=16).hexdigest()
    said = {"at": at, "by": "A. Colleague", "parents": parents, "format": 2, "digest": digest}
    return {**note, "viewer:version": {**said, "unknown": {"mood": "calm"}}}


def a_document(note: dict[str, Any]) -> dict[str, Any]:
    """A file of notes as another program would write it."""
    return {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"viewer": "urn:briefing-viewer:notes:1#"}],
        "id": "urn:briefing-viewer:series:exercise",
        "type": "AnnotationCollection",
        "label": "Notes on exercise",
        "viewer:series": "exercise",
        "viewer:removed": [],
        "total": 1,
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": [note]},
    }


@pytest.fixture(scope="module")
def note(exercise_bytes: tuple[bytes, bytes]) -> dict[str, Any]:
    """A note on a finding, changed on both sides, with a former version and a confirmed place."""
    with closing(_opened(exercise_bytes[1])) as connection:
        item, theme, text = connection.execute("SELECT id, theme, text FROM finding ORDER BY id").fetchone()
    made = a_note(item, theme, text)
    placed = {"viewer:serial": 2, **{key: made[key] for key in ("target", "viewer:item", "viewer:whole")}}
    made["viewer:placements"] = [placed]
    former = ["0" * 32]
    shown = a_version(made, "2026-11-07T09:30:00+00:00", parents=former)
    other = a_version(made, "2026-11-06T09:30:00+00:00", parents=former, colour=3)
    return {**shown, "viewer:superseded": former, "viewer:others": [other]}


@pytest.fixture(scope="module")
def home(
    tmp_path_factory: pytest.TempPathFactory,
    exercise_bytes: tuple[bytes, bytes],
    key_pair: SigningKey,
    note: dict[str, Any],
) -> Path:
    """A reader's folder after notes were taken in and passed on, and two sheets issued."""
    home, work = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work")
    for name, data in zip(("one.db", "two.db"), exercise_bytes, strict=True):
        (work / name).write_bytes(data)
    (work / "key.pub").write_text(key_pair.public.text)
    (work / "notes.json").write_text(json.dumps(a_document(note)), "utf-8")

    def run(*words: object) -> None:
        with_edition = ("--bundle", work / "two.db", "--trust", work / "key.pub", "--home", home)
        assert main([*map(str, (*words, *with_edition))]) == 0

    run("notes", "import", work / "notes.json", "--yes")
    run("notes", "export", "-o", home / "out.json")
    with closing(_opened(exercise_bytes[1])) as connection:
        themes = [word for (id_,) in connection.execute("SELECT id FROM theme") for word in ("--theme", id_)]
    run("sheet", *themes, "--form", "briefing", "--recipient", "Ünit 4", "-o", home / "sheet.pdf")
    run("sheet", "--form", "changes", "--from", work / "one.db", "-o", home / "changes.pdf")
    return home


def _opened(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data[: data.rindex(b"\nuntrusted comment: ")])
    return connection


def named(number: str, title: str) -> list[str]:
    """The names in the first column of the table in a section that has this title over it."""
    (table,) = (found for found in document.tables_in(document.section(number, OWN_FILES)) if title in found[0])
    return [name for row in table for name in re.findall(r"`([^`]+)`", row[title])]


def compact(value: Any, *, sort: bool = True) -> bytes:
    """JSON without white space, in ASCII."""
    return json.dumps(value, ensure_ascii=True, sort_keys=sort, separators=(",", ":")).encode()


def test_the_notes_file_holds_the_tables_and_versions_that_are_described(home: Path, note: dict[str, Any]) -> None:
    tables = document.tables_in(document.section("2.3", OWN_FILES))[0]
    with closing(sqlite3.connect(home / "exercise" / "notes" / "exercise.db")) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x42524E54,)
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        for row in tables:
            columns = [column for _, column, *_ in connection.execute(f"PRAGMA table_info({row['table'].strip('`')})")]
            assert columns == re.findall(r"`(\w+)`", row["columns"])
        kept = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert kept == {row["table"].strip("`") for row in tables}
        rows = connection.execute("SELECT digest, body, checksum, superseded FROM version").fetchall()
    said = {part["viewer:version"]["digest"]: 0 for part in (note, *note["viewer:others"])} | {"0" * 32: 1}
    assert {digest: superseded for digest, _, _, superseded in rows} == said
    for digest, body, checksum, _ in rows:
        if body:
            assert hashlib.blake2b(body.encode(), digest_size=16).hexdigest() == checksum == digest
            assert set(named("2.1", "field")) < set(json.loads(body))


def test_a_note_of_before_has_the_digest_that_its_file_compared(note: dict[str, Any]) -> None:
    names = named("2.1", "field")
    of_before = as_of_before(note)
    (found,) = unpack(json.dumps(a_document(of_before)).encode()).sets
    (migrated,) = (version for version in found.versions.values() if version.is_migrated)
    body = json.loads(migrated.body)
    body |= {"tags": " ".join(body["tags"]), "whole": int(body["whole"]), "bookmark": int(body["bookmark"])}
    counted = [body[name] for name in names[: names.index("marking") + 1]]
    assert hashlib.blake2b(json.dumps(counted).encode(), digest_size=16).hexdigest() == migrated.digest


def test_a_note_that_another_program_wrote_is_taken_in_and_passed_on_as_it_was(
    home: Path, note: dict[str, Any]
) -> None:
    out = json.loads((home / "out.json").read_bytes())
    (found,) = out["first"]["items"]
    assert set(found["viewer:superseded"]) >= set(note["viewer:superseded"])
    found["viewer:superseded"] = note["viewer:superseded"]  # besides, by which names old files may know the versions
    assert out == a_document(note)


def test_an_exchanged_note_has_the_keys_that_are_named(note: dict[str, Any]) -> None:
    of_document, of_note = document.tables_in(document.section("2.4", OWN_FILES))
    assert list(a_document(note)) == [row["key of the document"].strip("`") for row in of_document]
    named = {name for row in of_note for name in re.findall(r"`([^`]+)`", row["key of a note"])}
    assert set(note) == named


def test_what_must_stand_in_an_exchange_must_and_all_else_need_not(note: dict[str, Any]) -> None:
    (sentence,) = re.findall(r"In it must stand (.*?)\. All else", " ".join(document.section("2.4", OWN_FILES).split()))
    of_document, of_note = (set(re.findall(r"`([^`]+)`", part)) for part in sentence.split("; "))
    note = as_of_before(note)
    whole = a_document(note)
    assert of_document <= set(whole)
    assert of_note <= set(note)
    for name in whole:
        assert _is_refused({key: whole[key] for key in whole if key != name}) == (name in of_document)
    for name in note:
        without = a_document({key: note[key] for key in note if key != name})
        assert _is_refused(without) == (name in of_note)


def _is_refused(packed: dict[str, Any]) -> bool:
    try:
        unpack(json.dumps(packed).encode())
    except ImportRefused:
        return True
    return False


def test_the_limits_of_an_exchange_are_those_that_are_kept() -> None:
    prose = " ".join(document.section("2.4", OWN_FILES).split())
    for limit in (MAX_TEXT, w3c.MAX_NOTES, w3c.MAX_EXTRAS, w3c.MAX_DEPTH):
        assert f"{limit:,}" in prose


def test_the_register_can_be_checked_by_the_document_alone(home: Path) -> None:
    columns = named("3", "column")
    with closing(sqlite3.connect(home / "exercise" / "register.db")) as connection:
        assert [name for _, name, *_ in connection.execute("PRAGMA table_info(issue)")] == columns
        found = connection.execute(f"SELECT {', '.join(columns)} FROM issue ORDER BY number").fetchall()
    previous = "0" * 64
    for number, values in enumerate(found, 1):
        row = dict(zip(columns, values, strict=True))
        counted = {name: row[name] for name in columns[columns.index("at") : columns.index("sha256") + 1]}
        counted["items"] = json.loads(counted["items"])
        assert row["number"] == number
        assert row["previous"] == previous
        assert row["hash"] == hashlib.sha256(compact([previous, counted])).hexdigest()
        previous = row["hash"]
    for path, values in zip((home / "sheet.pdf", home / "changes.pdf"), found, strict=True):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == dict(zip(columns, values, strict=True))["sha256"]


def test_a_recipe_has_the_keys_that_are_named() -> None:
    keys = (*recipe_text._TEXTS, *recipe_text._NUMBERS, *recipe_text._SWITCHES, *recipe_text._LISTS)
    assert {*keys, "recipe", "form", "paper", "parts", "entry"} == set(named("4", "key"))
    (table,) = document.tables_in(document.section("4", OWN_FILES))
    by_key = {row["key"]: row for row in table}
    for key, words in (("`form`", recipe.Form), ("`parts`", recipe.SheetPart), ("`paper`", recipe.Paper)):
        said = re.findall(r"`([^`]+)`", by_key[key]["meaning"].partition(";")[0])
        assert said == [str(word) for word in words]
    assert f"{recipe.MOST_ENTRIES:,}" in by_key["`entry`"]["meaning"]
    assert f"1 to {recipe.MOST_COPIES}" in by_key["`recipient`, `copies`"]["meaning"]
    assert f"{recipe.MOST_QUESTIONS}" in by_key["`questions`"]["meaning"]
    prose = " ".join(document.section("4", OWN_FILES).split())
    assert f"{recipe.LONGEST_LINE} characters" in prose
    assert f"`introduction` {recipe.LONGEST_TEXT:,}" in prose


@pytest.mark.parametrize("name", ["sheet.pdf", "changes.pdf"])
def test_a_sheet_can_be_checked_by_the_document_alone(home: Path, name: str) -> None:
    data = (home / name).read_bytes()
    start = b'{"briefing-sheet":1,"digest":"'
    assert data.count(start) == 1
    at = data.index(start) + len(start)
    blank = data[:at] + b"0" * 64 + data[at + 64 :]
    assert hashlib.sha256(blank).hexdigest().encode() == data[at : at + 64]
    facts, _ = json.JSONDecoder().raw_decode(data[at - len(start) :].decode("ascii", "replace"))
    own = named("5.1", "key")
    of_changes = ["since", "since_fingerprint", "gone"]
    assert list(facts) == [key for key in own if name == "changes.pdf" or key not in of_changes]
    counted = {key: value for key, value in facts.items() if key not in ("briefing-sheet", "digest", "check")}
    assert hashlib.sha256(compact(counted, sort=False)).hexdigest()[:16] == facts["check"]
    from_toml(facts["recipe"].encode())


def test_the_hash_of_an_item_can_be_taken_by_the_document_alone(
    home: Path, exercise_bytes: tuple[bytes, bytes]
) -> None:
    data = (home / "sheet.pdf").read_bytes()
    facts, _ = json.JSONDecoder().raw_decode(data[data.index(b'{"briefing-sheet"') :].decode("ascii", "replace"))
    held = dict(facts["held"])
    of_kind = {
        row["item"]: re.findall(r"`(\w+)`", row["keys"])
        for row in document.tables_in(document.section("5.2", OWN_FILES))[0]
    }
    with closing(_opened(exercise_bytes[1])) as connection:
        connection.row_factory = sqlite3.Row
        taken = {
            row["id"]: hashlib.sha256(compact([kind, _content(connection, row, keys)])).hexdigest()[:16]
            for kind, keys in of_kind.items()
            for row in connection.execute(f"SELECT * FROM {kind}").fetchall()
        }
    assert list(map(len, of_kind.values())) == [5, 7, 7, 14]
    assert held == {id_: taken[id_] for id_ in held}
    assert len(held) > 20


def _content(connection: sqlite3.Connection, row: sqlite3.Row, keys: list[str]) -> dict[str, Any]:
    made = ("sources", "observations", "number")
    content: dict[str, Any] = {key: row[key] for key in keys if key not in made}
    later = ("label", "confidence", "likelihood", "short_caveat")
    content |= {key: row[key] for key in later if key in row.keys() and row[key]}  # noqa: SIM118 - of a Row
    if "number" in keys:
        content["number"] = content.pop("label", "")

    def listed(sql: str) -> list[tuple[Any, ...]]:
        return [tuple(found) for found in connection.execute(sql, (row["id"],))]

    content["sources"] = [id_ for (id_,) in listed("SELECT source FROM citation WHERE item = ? ORDER BY position")]
    caveats = listed("SELECT code FROM handling JOIN caveat ON code = caveat WHERE holder = ? ORDER BY position")
    notes = listed("SELECT id, text FROM footnote WHERE item = ? ORDER BY position")
    content |= {"caveats": [code for (code,) in caveats]} if caveats else {}
    content |= {"footnotes": [list(note) for note in notes]} if notes else {}
    if "observations" in keys:
        values = "high, label, low, magnitude, period, position, qualifier, rank, value, words"
        found = connection.execute(
            f"SELECT {values} FROM observation WHERE statistic = ? ORDER BY position", (row["id"],)
        )
        content["observations"] = [_observation(dict(one)) for one in found]
    return content


def _observation(one: dict[str, Any]) -> dict[str, Any]:
    by = {"": 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}[one.pop("magnitude")]
    for name in ("value", "low", "high"):
        one[name] = float(f"{one[name]}e{by}") if one[name] else None
    return one


def test_the_small_files_are_as_they_are_shown(home: Path, key_pair: SigningKey) -> None:
    examples = re.findall(r"`(\{.*?\})`", document.section("6", OWN_FILES), re.DOTALL)
    words = {"[...]": '["words"]', "128 DIGITS": "a" * 128, "64 DIGITS": "b" * 64}
    for short, whole in words.items():
        examples = [example.replace(short, whole) for example in examples]
    seen, trust_seen, time_seen, searches = map(json.loads, examples)
    assert set(time_seen) == {"seen", "version"}
    (home / "serials.json").write_text(json.dumps(seen), "utf-8")
    record = Serials.load(home)
    assert (record.newest("257EF797DAF4EAF2", "tacsea"), record.warnings) == (1, ())
    for place in PLACES:
        (home / place).parent.mkdir(exist_ok=True)
        (home / place).write_text(json.dumps(trust_seen), "utf-8")
        assert f"`{place}`" in document.section("6", OWN_FILES)
    memory = load_memory(home)
    (root,) = memory.roots
    assert (memory.trouble, memory.is_whole, memory.under(root).serial) == ("", True, 5)
    assert [entry.reason for entry in memory.under(root).revoked.values()] == ["Stolen"]
    (home / "searches.json").write_text(json.dumps(searches), "utf-8")
    found = SearchHistory(home).searches
    assert (found.past, found.saved, found.keeping) == (("words",), ("words",), True)
    name = document.section("6", OWN_FILES)
    assert "`SERIES_SERIAL_KEYID_FINGERPRINT.db`" in name
    key_id = key_pair.public.key_id
    held = EditionKey(series="exercise", serial=2, key_id=key_id)
    assert parse_kept_name(Path(f"exercise_2_{key_id}_{'0' * 16}.db")) == held
