"""The notes file keeps what it was given, for its reader alone, and says in words what it cannot do."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viewer.errors import NotesTrouble
from viewer.model import Anchor, Note
from viewer.notes import tables
from viewer.notes.memory import Destroyed
from viewer.notes.note_changes import NoteChange
from viewer.notes.sqlite_errors import Damaged
from viewer.notes.store import NoteStore, path_for

ANCHOR = Anchor(item="t.p1", quote="shared among peers", start=7, prefix="Images ", suffix=" rose.")
NOTE = Note(
    uuid="8d7f0f1e-6a53-4f4b-9c5d-0123456789ab",
    anchor=ANCHOR,
    theme="t",
    serial=1,
    text="Ask the **unit**, 50 % of it.",
    colour=2,
    tags=("p2p", "for-training"),
    bookmark=True,
    marking="open",
    author="A. Reader",
    created="2026-11-24T09:00:00.000+00:00",
    changed="2026-11-24T09:14:00.000+00:00",
)
NOW = "2026-11-24T09:20:00.000+00:00"
REMOVAL = NoteChange(uuid="x", before=NOTE, after=None, at="")


def saved(store: NoteStore, note: Note, before: Note | None = None) -> Note:
    store.save([NoteChange(uuid=note.uuid, before=before, after=note, at=note.changed)])
    return note


def test_a_note_comes_back_as_it_was_saved(store: NoteStore) -> None:
    saved(store, NOTE)
    with closing(NoteStore.open(store.path)) as again:
        assert again.contents().current == [NOTE]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back(store: NoteStore, text: str) -> None:
    before = next(iter(store.contents().current), None)
    saved(store, replace(NOTE, text=text), before)
    assert [note.text for note in store.contents().current] == [text]


def test_is_for_its_reader_alone(store: NoteStore) -> None:
    saved(store, NOTE)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_settings_are_those_that_survive_a_power_cut(store: NoteStore) -> None:
    found = {name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
             for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema")}  # fmt: skip
    assert found == {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1, "trusted_schema": 0}
    assert not list(store.path.parent.glob("*-journal"))


def test_words_of_a_removed_note_stay_in_the_bin_until_they_are_destroyed(store: NoteStore) -> None:
    note = saved(store, replace(NOTE, text="zebrafinch canary words"))
    store.save([NoteChange(uuid=NOTE.uuid, before=note, after=None, at=NOW)])
    assert store.contents().removed == {NOTE.uuid: NOW}
    assert [version.note for version in store.former(NOTE.uuid)] == [note]
    store.destroy(Destroyed(notes={NOTE.uuid: NOW}))
    assert store.contents().removed == {NOTE.uuid: NOW}
    assert (store.former(NOTE.uuid), store.destroyed().notes) == ([], {NOTE.uuid: NOW})
    assert b"zebrafinch" not in store.path.read_bytes()


def test_words_that_were_destroyed_are_not_taken_in_again(store: NoteStore) -> None:
    note = saved(store, replace(NOTE, text="zebrafinch canary words"))
    known = store.versions(NOTE.uuid)
    store.destroy(Destroyed(notes={note.uuid: NOW}))
    store.join([known])
    assert (store.contents().current, b"zebrafinch" in store.path.read_bytes()) == ([], False)


def test_a_former_version_can_be_destroyed_alone(store: NoteStore) -> None:
    note = saved(store, replace(NOTE, text="zebrafinch canary words"))
    later = saved(store, replace(NOTE, text="Ask them"), note)
    store.destroy(Destroyed(versions={NOTE.uuid: frozenset(store.versions(NOTE.uuid).versions)}))
    assert (store.contents().current, store.former(NOTE.uuid)) == ([later], [])
    assert b"zebrafinch" not in store.path.read_bytes()


def test_what_is_written_in_one_sitting_is_one_version(store: NoteStore) -> None:
    before = saved(store, NOTE)
    for count in range(1, 101):
        after = replace(NOTE, text="w" * count, changed=f"2026-11-24T09:20:{count % 60:02}.000+00:00")
        store.save([NoteChange(uuid=NOTE.uuid, before=before, after=after, at=after.changed, is_open=True)])
        before = after
    assert [version.note for version in store.former(NOTE.uuid)] == [NOTE]
    store.seal()
    saved(store, replace(NOTE, text="next"), before)
    assert len(store.former(NOTE.uuid)) == 2


@pytest.mark.parametrize("closed_by", ["five idle minutes", "another window", "closing"])
def test_a_version_is_sealed(store: NoteStore, closed_by: str) -> None:
    first = replace(NOTE, text="first")
    store.save([NoteChange(uuid=NOTE.uuid, before=None, after=first, at=first.changed, is_open=True)])
    at = first.changed
    before = first
    if closed_by == "five idle minutes":
        at = "2026-11-24T09:20:01.000+00:00"
    elif closed_by == "another window":
        with closing(NoteStore.open(store.path)) as other:
            before = saved(other, replace(NOTE, text="theirs"), first)
    else:
        store.seal([NOTE.uuid])
    store.save([NoteChange(uuid=NOTE.uuid, before=before, after=replace(NOTE, text="second"), at=at, is_open=True)])
    assert first in [version.note for version in store.former(NOTE.uuid)]


def test_many_versions_thin_out_but_the_last_of_each_day_stays(store: NoteStore) -> None:
    before: Note | None = None
    for count in range(120):
        day = 1 + count // 10
        after = replace(NOTE, text=str(count), changed=f"2026-11-{day:02}T09:{count % 10:02}:00.000+00:00")
        store.save([NoteChange(uuid=NOTE.uuid, before=before, after=after, at=after.changed, is_open=True)])
        store.seal()
        before = after
    kept = [int(version.note.text) for version in store.former(NOTE.uuid) if version.note]
    assert kept[:49] == list(range(118, 69, -1))
    assert set(range(9, 70, 10)) == set(kept[49:])
    assert len(store.versions(NOTE.uuid).superseded) == 119


def test_two_windows_see_each_others_notes(store: NoteStore) -> None:
    with closing(NoteStore.open(store.path)) as other:
        assert not other.changed_elsewhere()
        saved(store, NOTE)
        assert other.changed_elsewhere()
        assert other.contents().current == [NOTE]
        assert not other.changed_elsewhere()
        assert not store.changed_elsewhere()


def test_a_version_that_another_window_saved_meanwhile_stands_beside_this_one(store: NoteStore) -> None:
    saved(store, NOTE)
    with closing(NoteStore.open(store.path)) as other:
        elsewhere = saved(other, replace(NOTE, text="theirs", changed="2026-11-24T09:15:00.000+00:00"), NOTE)
    mine = saved(store, replace(NOTE, text="mine", changed="2026-11-24T09:16:00.000+00:00"), NOTE)
    (stored,) = store.contents().notes
    assert stored.note == mine
    assert [version.note for version in stored.contradicting] == [elsewhere]


@pytest.mark.parametrize("removes_first", [True, False])
def test_neither_a_removal_nor_an_edit_in_two_windows_loses_words(store: NoteStore, removes_first: bool) -> None:
    saved(store, NOTE)
    edit = NoteChange(uuid=NOTE.uuid, before=NOTE, after=replace(NOTE, text="theirs"), at=NOW)
    removal = NoteChange(uuid=NOTE.uuid, before=NOTE, after=None, at=NOW)
    with closing(NoteStore.open(store.path)) as other:
        (other if removes_first else store).save([removal])
        (store if removes_first else other).save([edit])
    (stored,) = store.contents().notes
    assert stored.note is not None
    assert (stored.note.text, [version.is_removal for version in stored.contradicting]) == ("theirs", [True])


def test_two_places_for_one_note_in_two_windows_are_both_kept(store: NoteStore) -> None:
    saved(store, NOTE)
    anchors = [replace(ANCHOR, item="t.p2"), replace(ANCHOR, item="t.p3")]
    with closing(NoteStore.open(store.path)) as other:
        for window, anchor in zip((store, other), anchors, strict=True):
            window.save([NoteChange(uuid=NOTE.uuid, before=NOTE, after=NOTE, at=NOW, serial=2, placed_after=anchor)])
    (stored,) = store.contents().notes
    found = [stored.version.placements[2], *(version.placements[2] for version in stored.contradicting)]
    assert {anchor.item for anchor in found} == {"t.p2", "t.p3"}


def test_a_damaged_row_is_set_apart_and_the_others_are_read(store: NoteStore) -> None:
    saved(store, NOTE)
    saved(store, replace(NOTE, uuid="other", text="zebra"))
    store._connection.execute("UPDATE version SET body = replace(body, 'zebra', 'zebrb')")
    found = store.contents()
    assert ([note.uuid for note in found.current], len(found.set_aside)) == ([NOTE.uuid], 1)
    assert "zebrb" in found.set_aside[0].words


def test_a_change_of_many_notes_is_saved_whole_or_not_at_all(store: NoteStore) -> None:
    good = NoteChange(uuid=NOTE.uuid, before=None, after=NOTE, at=NOW)
    bad = NoteChange(uuid="\ud800", before=None, after=NOTE, at=NOW)
    with pytest.raises((NotesTrouble, UnicodeEncodeError)):
        store.save([good, bad])
    assert store.contents().current == []
    saved(store, NOTE)


@pytest.mark.parametrize("series", ["../../etc/passwd", "a/b", "", "CON\x00", "ŵ", "x" * 500])
def test_no_series_leads_out_of_the_folder(tmp_path: Path, series: str) -> None:
    path = path_for(tmp_path, series)
    assert path.parent == tmp_path / "notes"
    assert len(path.name) < 80


# Faults: each is said in a sentence, and nothing is lost


def test_a_locked_file_is_named_as_such_and_takes_the_note_afterwards(store: NoteStore) -> None:
    store._connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotesTrouble, match="another program is using the notes file"):
            saved(store, NOTE)
        other.execute("COMMIT")
    saved(store, NOTE)
    assert store.contents().current == [NOTE]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may grow past `size`: what a full disk does, without one."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


def test_a_disk_without_room_keeps_what_was_saved(store: NoteStore) -> None:
    saved(store, NOTE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        big = replace(NOTE, uuid="big", text="w " * 90_000)
        with largest_file(store.path.stat().st_size), pytest.raises(NotesTrouble, match="The note was not saved: "):
            store.save([NoteChange(uuid="big", before=None, after=big, at="")])
    finally:
        signal.signal(signal.SIGXFSZ, handler)
    assert store.contents().current == [NOTE]
    with closing(NoteStore.open(store.path)) as again:
        assert again.contents().current == [NOTE]


def test_a_full_database_is_said_to_be_a_full_disk(store: NoteStore) -> None:
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotesTrouble, match="no room left on the disk"):
        saved(store, replace(NOTE, text="w " * 90_000))


def test_a_read_only_folder_opens_for_reading(store: NoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(store, NOTE)
    monkeypatch.setattr(os, "access", lambda path, _mode: path != store.path.parent)  # root may write anywhere
    with closing(NoteStore.open(store.path)) as again:
        assert again.read_only == "the notes file or its folder is write-protected"


def test_a_file_that_may_not_be_written_is_read_and_says_so(store: NoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(store, NOTE)
    monkeypatch.setattr("viewer.notes.notes_file.is_writable", lambda _path: False)
    with closing(NoteStore.open(store.path)) as again:
        assert again.contents().current == [NOTE]
        with pytest.raises(NotesTrouble, match="not saved: the notes file or its folder is write-protected"):
            saved(again, replace(NOTE, text="more"), NOTE)


def test_a_newer_versions_file_is_opened_for_reading_alone(store: NoteStore) -> None:
    saved(store, NOTE)
    store._connection.execute(f"PRAGMA user_version = {tables.VERSION + 1}")
    before = store.path.read_bytes()
    with closing(NoteStore.open(store.path)) as again:
        assert again.contents().current == [NOTE]
        with pytest.raises(NotesTrouble, match="The note was not saved: the notes file was written by a newer version"):
            saved(again, replace(NOTE, text="more"), NOTE)
    assert store.path.read_bytes() == before


def test_a_file_that_was_taken_away_is_not_called_saved(store: NoteStore) -> None:
    store.path.unlink()
    with pytest.raises(NotesTrouble, match="no longer in its folder"):
        saved(store, NOTE)


NOT_NOTES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _good: b"",
    "garbage": lambda _good: os.urandom(5000),
    "truncated": lambda good: good[: len(good) // 2],
    "a header alone": lambda good: good[:100],
    "zeros": lambda good: bytes(len(good)),
    "another kind": lambda good: good[:68] + b"BRFB" + good[72:],
    "torn inside": lambda good: good[:4096] + os.urandom(8192) + good[12288:],
}


@pytest.mark.parametrize("name", NOT_NOTES)
def test_what_is_no_notes_file_is_refused_and_left_as_it_is(store: NoteStore, name: str) -> None:
    saved(store, NOTE)
    store.close()
    bad = NOT_NOTES[name](store.path.read_bytes())
    store.path.write_bytes(bad)
    with pytest.raises(Damaged):
        NoteStore.open(store.path)
    assert store.path.read_bytes() == bad


def test_an_edition_in_its_place_is_refused(tmp_path: Path, sample_bytes: bytes) -> None:
    path = path_for(tmp_path, "tacsea")
    path.parent.mkdir()
    path.write_bytes(sample_bytes)
    with pytest.raises(Damaged, match="another kind of file"):
        NoteStore.open(path)


def test_a_folder_or_link_in_its_place_is_refused(tmp_path: Path) -> None:
    path = path_for(tmp_path, "x")
    path.mkdir(parents=True)
    with pytest.raises(Damaged):
        NoteStore.open(path)
    path.rmdir()
    path.symlink_to("/etc/passwd")
    with pytest.raises(Damaged):
        NoteStore.open(path)


def test_opening_a_file_of_this_version_loads_no_migrations(store: NoteStore) -> None:
    code = (
        "import sys; from pathlib import Path; from viewer.notes.store import NoteStore\n"
        "NoteStore.open(Path(sys.argv[1])).close(); print('sqlite_utils' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code, str(store.path)]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


@pytest.mark.parametrize(
    ("do", "message"),
    [
        (lambda store: saved(store, replace(NOTE, text="more"), NOTE), "The note was not saved: "),
        (lambda store: store.save([REMOVAL]), "The note was not removed: "),
        (lambda store: store.set_setting("author", "A"), "The change was not saved: "),
        (lambda store: store.join([]), "No note was taken over: "),
        (lambda store: store.destroy(Destroyed(notes={"x": NOW})), "The words were not destroyed: "),
        (lambda store: store.mark_given([]), "It could not be remembered which notes were given away: "),
    ],
)  # fmt: skip
def test_what_was_not_done_is_named_with_its_reason_and_what_to_do_next(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch, do: Callable[[NoteStore], object], message: str
) -> None:
    saved(store, NOTE)
    monkeypatch.setattr("viewer.notes.notes_file.is_writable", lambda _path: False)
    with closing(NoteStore.open(store.path)) as again, pytest.raises(NotesTrouble) as trouble:
        do(again)
    assert str(trouble.value).startswith(message)
    assert str(trouble.value).endswith(": the notes file or its folder is write-protected.")
    assert trouble.value.advice.startswith("Have the folder of your own files made writable")
