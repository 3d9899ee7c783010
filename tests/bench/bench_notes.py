"""Saving a note beside a bare commit, the view of ten thousand notes, carrying them, and locating beside str.find."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from tests.bench.generator import assessment_of
from tests.bench.harness import Row, alone, side_by_side
from viewer.bundle.bundle import Bundle
from viewer.model import Anchor, Assessment, Claims, Item, Note
from viewer.notes.anchors import locate
from viewer.notes.note_changes import NoteChange
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore, path_for
from viewer.publish.build import build_body
from viewer.signing.sealing import SigningKey, build_trust_list, new_key, seal
from viewer.signing.trust import Trust, read_trust_list

NOTES = 10_000
SAVES = 20  # in one measurement
TEXT = "Ask the unit which clients they saw this year before the session on Tuesday, and whom to send."


def measure() -> Iterator[Row]:
    """All of it on one made-up edition of 10,000 items, a note on each."""
    key, root = new_key(), new_key()
    trust = read_trust_list(build_trust_list({"Bench": key.public}, root, serial=1, issued="2026-11-01"), root.public)
    first = assessment_of(NOTES)
    with tempfile.TemporaryDirectory() as folder:
        yield from _saving(Path(folder))
        book = Notebook(NoteStore.open(path_for(Path(folder), "carried")), _bundle(first, key, trust))
        anchors = _anchors(book, first)
        book.add(anchors, text=TEXT, colour=1, tags=("p2p",))
        yield _locating(book, anchors)
        yield _viewing(book)
        yield _resolving(book, _bundle(_changed(first), key, trust))


def _bundle(assessment: Assessment, key: SigningKey, trust: Trust) -> Bundle:
    edition = assessment.edition
    claims = Claims(
        series=edition.series, serial=edition.serial, issued=edition.issued, review=edition.review, schema=2
    )
    return Bundle.from_bytes(seal(build_body(assessment), claims, key), trust)


def _anchors(book: Notebook, assessment: Assessment) -> list[Anchor]:
    chance = random.Random(1)
    out = []
    items: tuple[Item, ...] = (*assessment.findings, *assessment.statistics, *assessment.passages)
    for item in items:
        text = book.texts.text(item.id, item.theme) or ""
        start = chance.randrange(len(text) // 2)
        out.append(book.anchor_at(item.id, start, start + chance.randint(20, len(text) // 2)))
    return out


def _changed(assessment: Assessment) -> Assessment:
    """The next edition: a tenth of all texts have every ninth word left out."""
    texts = iter(range(NOTES))

    def rewritten(text: str) -> str:
        if next(texts) % 10:
            return text
        return " ".join(word for at, word in enumerate(text.split()) if at % 9 != 3)

    return replace(
        assessment,
        edition=replace(assessment.edition, serial=2),
        findings=tuple(replace(finding, text=rewritten(finding.text)) for finding in assessment.findings),
        statistics=tuple(replace(one, statement=rewritten(one.statement)) for one in assessment.statistics),
        passages=tuple(replace(passage, text=rewritten(passage.text)) for passage in assessment.passages),
    )


def _saving(folder: Path) -> Iterator[Row]:
    store = NoteStore.open(path_for(folder, "saved"))
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for name in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        bare.execute(f"PRAGMA {name}").fetchone()
    bare.execute("CREATE TABLE note(id INTEGER PRIMARY KEY, uuid TEXT, quote TEXT, text TEXT)")
    anchor = Anchor(item="t.p1", quote=TEXT[4:40], start=4, prefix=TEXT[:4], suffix=TEXT[40:72])

    def save() -> None:
        for _ in range(SAVES):
            note = Note(uuid=str(uuid4()), anchor=anchor, theme="t", serial=1, text=TEXT)
            store.save([NoteChange(uuid=note.uuid, before=None, after=note, at="now")])

    def commit() -> None:
        for _ in range(SAVES):
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO note(uuid, quote, text) VALUES (?, ?, ?)", (str(uuid4()), anchor.quote, TEXT))
            bare.execute("COMMIT")

    with closing(bare), closing(store):
        time, reference = side_by_side(save, commit)
    yield Row(what="saving a note, beside a bare commit with the same settings",
              measured=time / SAVES, reference=reference / SAVES, allowed=1.5)  # fmt: skip
    yield Row(what="saving a note, beside its limit", measured=time / SAVES, reference=5)


def _locating(book: Notebook, anchors: list[Anchor]) -> Row:
    pairs = [(anchor, book.texts.text(anchor.item) or "") for anchor in anchors]

    def find() -> None:
        for anchor, text in pairs:
            text.find(anchor.quote)

    def place() -> None:
        for anchor, text in pairs:
            locate(anchor, text)

    time, reference = side_by_side(place, find)
    return Row(
        what=f"locating {NOTES:,} unchanged notes, beside str.find", measured=time, reference=reference, allowed=2
    )


def _resolving(book: Notebook, later: Bundle) -> Row:
    time = alone(lambda: Notebook(book.store, later), rounds=5)
    return Row(
        what=f"resolving {NOTES:,} notes, a tenth of the texts changed, beside its limit", measured=time, reference=2000
    )


def _viewing(book: Notebook) -> Row:
    from PySide6.QtWidgets import QApplication

    from viewer.ui.appearance import Appearance, load_fonts
    from viewer.ui.notes.notes_view import NotesView

    QApplication.instance() or QApplication(["bench", "-platform", "offscreen"])
    load_fonts()
    look = Appearance("light")

    def open_view() -> None:
        view = NotesView(book, look)
        view.resize(820, 650)
        view.grab()
        view.deleteLater()

    return Row(
        what=f"notes view of {NOTES:,} notes, to its paint, beside its limit", measured=alone(open_view), reference=150
    )
