"""Random histories of several machines: whatever the order of exchange, all end with the same and nothing is lost."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viewer.bundle.bundle import Bundle
from viewer.notes import notebook
from viewer.notes.exchange import ConflictWinner, pack_notes, report, take_over
from viewer.notes.note_changes import stored_note
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore, path_for
from viewer.notes.w3c import NoteCollection, unpack

MACHINES = 4
CLOCKS = (0, -400, 900, 3)  # days by which each machine's clock is wrong
WINNERS = (*ConflictWinner,)
OWN_KEYS = ("viewer:version", "viewer:superseded", "viewer:others")  # which version 0.1.0 neither wrote nor read

steps = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, MACHINES - 1), st.integers(0, 5), st.integers(0, MACHINES - 1)),
    max_size=25,
)
orders = st.permutations([(giver, taker) for giver in range(MACHINES) for taker in range(MACHINES) if giver != taker])


class Machines:
    """Several readers, each with a notes file, a clock that lies and what was written there."""

    def __init__(self, folder: Path, bundle: Bundle) -> None:
        self.moment = datetime(2026, 11, 1, tzinfo=UTC)
        self.books = [Notebook(NoteStore.open(path_for(folder / str(at), "made-up")), bundle) for at in range(MACHINES)]
        self.items = [item.id for theme in bundle.themes() for item in bundle.items(theme.id)][:6]
        self.words_of: list[tuple[int, str, str]] = []  # on which machine, in which note, which words
        self.purged: set[str] = set()

    def do(self, step: tuple[int, int, int, int]) -> None:
        """Do one of the things that a reader does."""
        kind, at, choice, other = step
        self.moment += timedelta(minutes=7)
        clock = self.moment + timedelta(days=CLOCKS[at])
        with patch.object(notebook, "now", lambda: clock.isoformat(timespec="milliseconds")):
            self._do(kind, self.books[at], at, choice, other)
        self.look()

    def _do(self, kind: int, book: Notebook, at: int, choice: int, other: int) -> None:
        if kind == 0:
            (note,) = book.add([book.anchor_at(self.items[choice], 0, 8)], text=self._words(), colour=1)
            self.words_of.append((at, note.uuid, note.text))
        elif kind == 9:
            take(sent(self.books[other]), book, WINNERS[choice % len(WINNERS)])
        elif kind == 10:
            take(sent(self.books[other], as_old_program=True), book)
        elif kind == 11:
            book.undo()
        elif kind == 8:
            self._bring_back(book, choice)
        elif book.notes:
            uuid = sorted(book.notes)[choice % len(book.notes)]
            self._change(kind, book, at, uuid, choice)

    def _change(self, kind: int, book: Notebook, at: int, uuid: str, choice: int) -> None:
        if kind in (1, 2):
            group = "typing" if kind == 2 else ""
            note = book.change(uuid, group=group, text=self._words())
            self.words_of.append((at, uuid, note.text))
        elif kind == 3:
            book.change(uuid, tags=("a", "b", "c")[: choice % 4], colour=choice % 6, bookmark=choice > 3)
        elif kind == 4:
            book.attach(uuid, book.anchor_at(self.items[choice], 2, 12))
        elif kind == 5:
            book.remove([uuid])
        elif kind == 6 and book.notes.contradicting(uuid):
            book.settle(uuid, book.notes.contradicting(uuid)[0])
        elif kind == 7 and choice == 0:
            book.purge([uuid])
            self.purged.add(uuid)

    def _bring_back(self, book: Notebook, choice: int) -> None:
        former = [version for uuid in book.store.all_versions() for version in book.store.former(uuid) if version.note]
        if former:
            book.bring_back(sorted(former, key=lambda version: version.digest)[choice % len(former)])

    def _words(self) -> str:
        return f"words {len(self.words_of)}"

    def look(self) -> None:
        """Compare what is shown with what is in the file."""
        for book in self.books:
            sets = book.store.all_versions()
            found = {uuid: stored_note(held.heads) for uuid, held in sets.items() if held.heads}
            assert {stored.uuid: stored for stored in book.store.contents().notes} == found
            assert {uuid: book.notes.stored(uuid) for uuid in found} == found


def sent(book: Notebook, *, as_old_program: bool = False) -> NoteCollection:
    """What leaves a machine; `as_old_program` as one that knows no versions writes it."""
    data, _ = pack_notes(book, book.notes.in_order())
    document: dict[str, Any] = json.loads(data)
    if as_old_program:
        for entry in (*document["first"]["items"], *document["viewer:removed"]):
            for key in OWN_KEYS:
                entry.pop(key, None)
    return unpack(json.dumps(document).encode())


def take(collection: NoteCollection, book: Notebook, winner: ConflictWinner = ConflictWinner.BOTH) -> None:
    take_over(report(collection, book), book, winner)


def heads_in(book: Notebook) -> dict[str, tuple[str, ...]]:
    return {uuid: tuple(found.heads) for uuid, found in book.store.all_versions().items()}


@contextmanager
def machines(bundle: Bundle) -> Iterator[Machines]:
    folder = Path(tempfile.mkdtemp())
    held = Machines(folder, bundle)
    try:
        yield held
    finally:
        for book in held.books:
            book.store.close()
        shutil.rmtree(folder)


def meet(held: Machines, order: list[tuple[int, int]]) -> None:
    """Let every machine take in every other's notes, as often as it takes for word to come around."""
    for _ in range(3):
        for giver, taker in order:
            take(sent(held.books[giver]), held.books[taker])


bounded = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@bounded
@given(steps=steps, order=orders)
def test_all_machines_end_with_the_same_and_nothing_is_lost(
    first: Bundle, steps: list[tuple[int, int, int, int]], order: list[tuple[int, int]]
) -> None:
    with machines(first) as held:
        for step in steps:
            held.do(step)
        meet(held, order)
        held.look()
        ends = [heads_in(book) for book in held.books]
        shown = [
            {uuid: resolved for uuid, resolved in book.notes.items() if uuid not in held.purged} for book in held.books
        ]
        kept = [{uuid: heads for uuid, heads in end.items() if uuid not in held.purged} for end in ends]
        assert all(end == kept[0] for end in kept)
        assert all(one == shown[0] for one in shown)
        for book in held.books:  # what a machine destroyed is nowhere in its file, whoever sent it again
            for uuid in book.store.destroyed().notes:
                assert uuid not in book.notes
                assert [version for version in book.store.versions(uuid).versions.values() if version.note] == []
        for at, uuid, words in held.words_of:  # what was written can be seen where it was, and brought back
            if uuid not in held.purged:
                found = held.books[at].store.versions(uuid).versions.values()
                assert words in [version.note.text for version in found if version.note], words


@bounded
@given(steps=steps, order=orders, another=orders)
def test_the_order_in_which_files_are_taken_in_does_not_matter(
    first: Bundle, steps: list[tuple[int, int, int, int]], order: list[tuple[int, int]], another: list[tuple[int, int]]
) -> None:
    ends = []
    with machines(first) as held:
        for step in steps:
            held.do(step)
        files = [sent(book, as_old_program=old) for book in held.books for old in (False, True)]
        for arrangement in (order, another):
            with tempfile.TemporaryDirectory() as folder:
                leader = Notebook(NoteStore.open(path_for(Path(folder), "made-up")), first)
                for giver, taker in arrangement:  # some of them several times
                    take(files[2 * giver + taker % 2], leader)
                ends.append((heads_in(leader), dict(leader.notes)))
                leader.store.close()
    assert ends[0] == ends[1]
