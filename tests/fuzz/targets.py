"""What is fuzzed: for each kind of input genuine ones, how they are changed, and what reads them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from tests.bench.generator import assessment_of
from tests.bundle.bodies import altered, claims_of, opened
from tests.bundle.everything import body_of_each_format
from tests.fuzz.mutations import HOSTILE, mutated_bytes, mutated_json, mutated_text
from viewer.bundle.bundle import Bundle
from viewer.dissemination.register import NAME, Register
from viewer.errors import FaultyIndex, ViewerError
from viewer.notes import exchange
from viewer.notes.notebook import Notebook
from viewer.notes.opening import open_notes
from viewer.notes.store import NoteStore, path_for
from viewer.notes.versions import Version
from viewer.notes.w3c import pack, unpack
from viewer.search.engine import Engine
from viewer.sheets.check import check_bytes
from viewer.sheets.compose import variants
from viewer.sheets.formats import SheetFormat, issue_sheet
from viewer.sheets.recipe import Form, Recipe, SheetPart, item_entry, theme_entry
from viewer.sheets.recipe_text import from_toml, to_toml
from viewer.signing.envelope import unseal
from viewer.signing.sealing import SigningKey, build_trust_list, new_key, seal
from viewer.signing.trust import Trust, read_trust_list
from viewer.signing.trust_list import Revocation, parse_list_body

TODAY = date(2026, 12, 1)
_Mutate = Callable[[bytes, random.Random], bytes]


class Target:
    """One kind of input: `inputs` are genuine ones, `mutate` changes one, `read` reads one.

    `read` returns whether the input was accepted. It may raise a ViewerError; whatever else it raises is a fault, and
    so it is where `is_sealed` and a file is accepted that is none of the genuine ones.
    """

    def __init__(
        self, inputs: Sequence[bytes], mutate: _Mutate, read: Callable[[bytes], bool], *, is_sealed: bool = False
    ) -> None:
        self.inputs, self._mutate, self.read, self.is_sealed = inputs, mutate, read, is_sealed

    def make(self, chance: random.Random) -> bytes:
        """Return a changed input."""
        return self._mutate(chance.choice(self.inputs), chance)


class Workbench:
    """What the targets read with: keys made for the run, an edition that they vouch for, a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key, self.root = new_key(), new_key()
        self.list = build_trust_list({"Publisher": self.key.public}, self.root, serial=1, issued="2026-11")
        self.trust: Trust = read_trust_list(self.list, self.root.public)
        self.bodies = tuple(body_of_each_format(assessment_of(30, themes=3)).values())
        self.editions = tuple(seal(body, claims_of(body), self.key) for body in self.bodies)
        self.bundle = Bundle.from_bytes(self.editions[1], self.trust)
        self.home = folder / "home"

    def fresh_home(self) -> Path:
        """Return an empty home."""
        shutil.rmtree(self.home, ignore_errors=True)
        return self.home

    def notebook(self, home: Path) -> Notebook:
        """Return a notebook in `home` with some notes, one of them changed and one removed."""
        book = Notebook(NoteStore.open(path_for(home, self.bundle.edition.series)), self.bundle)
        items = [item.id for theme in self.bundle.themes() for item in self.bundle.items(theme.id)]
        made = [book.add([book.anchor_at(item)], text=f"Note on {item}.", tags=("tag",))[0] for item in items[:6]]
        book.change(made[0].uuid, text="Changed.")
        book.remove([made[1].uuid])
        return book

    def issue_sheets(self, home: Path) -> list[bytes]:
        """Issue a sheet in each format, each with its row in the register of `home`."""
        left: list[bytes] = []
        sheets = variants(self.recipe(), self.bundle, today=TODAY)
        for kind in SheetFormat:
            issue_sheet(sheets, kind, home, left.append)
        return left

    def recipe(self) -> Recipe:
        """Return a recipe with something in every field."""
        theme = self.bundle.themes()[0].id
        item = self.bundle.items(self.bundle.themes()[1].id)[0].id
        return Recipe(
            audience=self.bundle.markings[-1].code,
            series=self.bundle.edition.series,
            serial=1,
            entries=(theme_entry(theme), item_entry(item)),
            form=Form.BRIEFING,
            parts=tuple(SheetPart),
            title="A title",
            purpose="A purpose",
            introduction="Words.",
            questions=("Who?",),
            caveats=("UK EYES ONLY", "POLICE ONLY"),
            recipient="Unit 4",
            copies=2,
        )


def envelope(bench: Workbench) -> Target:
    """A signed edition, of which a changed one is never accepted: a small one, so that many are tried."""
    genuine = [seal(body, claims_of(bench.bodies[1]), bench.key) for body in (bench.bodies[1][:4096], b"body" * 30)]
    genuine.append(bench.list)  # of another kind, by another key

    def read(data: bytes) -> bool:
        unseal(data, bench.trust)
        return True

    return Target(genuine, lambda data, chance: mutated_bytes(data, chance, genuine), read, is_sealed=True)


def trust_list(bench: Workbench) -> Target:
    """A signed trust list, of which a changed one is never accepted."""
    newer = build_trust_list({"Other": new_key().public}, bench.root, serial=2, issued="2026-12")
    genuine = [bench.list, newer, seal(b"body", claims_of(bench.bodies[1]), bench.key)]

    def mutate(data: bytes, chance: random.Random) -> bytes:
        return (mutated_text if chance.random() < 0.5 else mutated_bytes)(data, chance, genuine)

    def read(data: bytes) -> bool:
        read_trust_list(data, bench.root.public)
        return True

    return Target(genuine, mutate, read, is_sealed=True)


def signed_trust_list(bench: Workbench) -> Target:
    """The words of a trust list, signed by its root: what is accepted names keys that fit, and one of them at least."""
    keys = [new_key() for _ in range(3)]
    revoked = [Revocation(key_id=keys[2].public.key_id, date="2026-10", reason="Lost")]
    names = {"Publisher": keys[0].public, "Another": keys[1].public}
    data = build_trust_list(names, bench.root, serial=1, issued="2026-11", revoked=revoked)
    body = data[: data.index(b"\nuntrusted comment")]

    def read(data: bytes) -> bool:
        publishers, withdrawn = parse_list_body(data, bench.root.public, 2)
        assert publishers
        assert all(one.key.key_id == key_id and one.name.isprintable() for key_id, one in publishers.items())
        assert bench.root.public.key_id not in {*publishers, *withdrawn}
        return True

    return Target([body], mutated_text, read)


def gate(bench: Workbench) -> Target:
    """A body with changed bytes or values, signed again: refused, or readable and searchable from end to end."""

    def mutate(data: bytes, chance: random.Random) -> bytes:
        if chance.random() < 0.3:
            with suppress(Exception):  # what SQLite itself does not take is no input
                return altered(data, _hostile_update(data, chance), compact=chance.random() < 0.5)
        return mutated_bytes(data, chance, bench.bodies)

    def read(data: bytes) -> bool:
        with closing(Bundle.from_bytes(_signed_again(data, bench.key), bench.trust)) as bundle:
            for theme in bundle.themes():
                bundle.items(theme.id)
            for tag in bundle.tags():
                bundle.tagged(tag.id)
            bundle.sources(), bundle.terms(), bundle.counts(), bundle.value_counts(bundle.themes()[0].id)
            with suppress(FaultyIndex):
                for word in ("the", "safeguarding", "pro*"):
                    Engine(bundle).search(word)
        return True

    return Target(bench.bodies, mutate, read)


def _signed_again(body: bytes, key: SigningKey) -> bytes:
    number = int.from_bytes(body[60:64])
    return seal(body, claims_of(body[:60] + (number if number in (1, 2) else 2).to_bytes(4) + body[64:]), key)


def _hostile_update(body: bytes, chance: random.Random) -> str:
    """Return a statement that puts a hostile value into one column of some rows."""
    with closing(opened(body)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = chance.choice(tables)
        column = chance.choice([row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})")])
    value = chance.choice(HOSTILE)
    text = str(value).encode("utf-8", "surrogatepass").hex() if value is not None else None
    given = chance.choice(("NULL", f"CAST(x'{text}' AS TEXT)", f"x'{text}'", "1e999", "-9223372036854775808"))
    return f"UPDATE {table} SET {column} = {given} WHERE rowid % {chance.choice((1, 2, 7))} = 0"


def notes_file(bench: Workbench) -> Target:
    """A file of notes: opened with what can be saved of it, and then read and written like any other."""
    home = bench.fresh_home()
    book = bench.notebook(home)
    path = path_for(home, bench.bundle.edition.series)
    book.store.close()
    genuine = [path.read_bytes(), (Path(__file__).parents[1] / "homes/tacsea/notes/tacsea.db").read_bytes()]
    item = bench.bundle.items(bench.bundle.themes()[0].id)[0].id

    def read(data: bytes) -> bool:
        own = path_for(bench.fresh_home(), bench.bundle.edition.series)
        own.parent.mkdir(parents=True)
        own.write_bytes(data)
        found = open_notes(bench.home, bench.bundle.edition.series)
        with closing(found.store):
            opened_book = Notebook(found.store, bench.bundle)
            found.store.all_versions()
            found.store.steps()
            if not found.store.read_only:
                opened_book.add([opened_book.anchor_at(item)], text="Another.")
        return True

    return Target(genuine, lambda data, chance: mutated_bytes(data, chance, genuine), read)


def register(bench: Workbench) -> Target:
    """A register: read and verified, or refused with a sentence; a row is added or nothing leaves."""
    home = bench.fresh_home()
    bench.issue_sheets(home)
    genuine = [(home / NAME).read_bytes()]
    sheets = variants(bench.recipe(), bench.bundle, today=TODAY)

    def read(data: bytes) -> bool:
        own = bench.fresh_home()
        own.mkdir()
        (own / NAME).write_bytes(data)
        before = 0
        with suppress(ViewerError):
            found = Register.open_for_reading(own)
            if found is not None:
                with found:
                    found.verify()
                    before = len(found.rows())
        left: list[bytes] = []
        issued = issue_sheet(sheets, SheetFormat.MARKDOWN, own, left.append)
        assert issued.number > before or not before, "a sheet left without a row of its own"
        return True

    return Target(genuine, lambda data, chance: mutated_bytes(data, chance, genuine), read)


def notes_import(bench: Workbench) -> Target:
    """Notes of a colleague: all of them or none; what was taken in can be read and exported again."""
    book = bench.notebook(bench.fresh_home())
    genuine = [exchange.pack_notes(book, [found for found in map(book.resolved, _heads(book)) if found])[0]]
    book.store.close()
    genuine.append(_as_of_format_1(genuine[0]))  # of which no digest guards a field

    def mutate(data: bytes, chance: random.Random) -> bytes:
        if chance.random() < 0.3:
            return mutated_bytes(data, chance, genuine)
        return mutated_json(data, chance)

    def read(data: bytes) -> bool:
        collection = unpack(data)
        assert unpack(pack(collection)) == collection, "an export of what was read says something else"
        store = NoteStore.open(path_for(bench.fresh_home(), bench.bundle.edition.series))
        with closing(store):
            mine = Notebook(store, bench.bundle)
            exchange.take_over(exchange.report(collection, mine), mine)
            mine.reload()
            store.all_versions()
            assert not store.contents().set_aside, "what was taken in cannot be used"
        return True

    return Target(genuine, mutate, read)


def _as_of_format_1(data: bytes) -> bytes:
    found = json.loads(data)
    for item in found["first"]["items"]:
        for name in ("viewer:version", "viewer:superseded", "viewer:others"):
            item.pop(name, None)
    return json.dumps(found).encode()


def _heads(book: Notebook) -> list[Version]:
    return [version for found in book.store.all_versions().values() for version in found.heads.values()]


def recipes(bench: Workbench) -> Target:
    """A recipe: refused with a sentence, or read; then it reads back the same, and makes a sheet or says why not."""

    def mutate(data: bytes, chance: random.Random) -> bytes:
        return (mutated_text if chance.random() < 0.7 else mutated_bytes)(data, chance, genuine)

    genuine = [to_toml(bench.recipe()).encode()]

    def read(data: bytes) -> bool:
        recipe = from_toml(data)
        assert from_toml(to_toml(recipe).encode()) == recipe, "a recipe does not read back the same"
        variants(recipe, bench.bundle, today=TODAY)
        return True

    return Target(genuine, mutate, read)


def sheets(bench: Workbench) -> Target:
    """A sheet to be checked: a changed one is never said to be the one that was issued."""
    home = bench.fresh_home()
    issued = bench.issue_sheets(home)

    def read(data: bytes) -> bool:
        verdict = check_bytes(data, bench.bundle, home)
        _ = verdict.sentences, verdict.doubt
        return bool(verdict.row)

    return Target(issued, lambda data, chance: mutated_bytes(data, chance, issued), read, is_sealed=True)


TARGETS: dict[str, Callable[[Workbench], Target]] = {
    "envelope": envelope,
    "trust-list": trust_list,
    "signed-trust-list": signed_trust_list,
    "gate": gate,
    "notes-file": notes_file,
    "register": register,
    "notes-import": notes_import,
    "recipes": recipes,
    "sheets": sheets,
}
