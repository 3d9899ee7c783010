"""Five backups rotate, a file that cannot be read is set aside, and a backup can take its place."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.notes.test_store import NOT_NOTES, NOTE, saved
from viewer.errors import NotesTrouble
from viewer.notes import backups
from viewer.notes.opening import open_notes
from viewer.notes.store import NoteStore

HOUR = 3600.0


def later(path: Path, hours: float) -> float:
    """Some hours on; the notes file is made to look as if it had just been saved."""
    moment = path.stat().st_mtime + hours * HOUR
    os.utime(path, (moment, moment))
    return moment + 1


def test_five_backups_rotate_and_the_oldest_gives_way(store: NoteStore) -> None:
    for number in range(8):
        saved(store, replace(NOTE, uuid=f"n{number}"))
        made = backups.back_up(store.path, now=later(store.path, 2 * number + 2))
        assert made is not None
        os.utime(made, (store.path.stat().st_mtime + 1,) * 2)
    found = backups.backups(store.path)
    assert [backups.count_notes_in(path) for path in found] == [8, 7, 6, 5, 4]
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    assert not list(store.path.parent.glob(".*.copy"))


def test_makes_no_backup_of_what_did_not_change_or_was_just_backed_up(store: NoteStore) -> None:
    saved(store, NOTE)
    assert backups.back_up(store.path) is not None
    assert backups.back_up(store.path) is None
    assert backups.back_up(store.path, now=store.path.stat().st_mtime + 2 * HOUR) is None


@pytest.mark.parametrize("name", NOT_NOTES)
def test_a_file_that_cannot_be_read_is_set_aside_and_a_backup_offered(store: NoteStore, name: str) -> None:
    saved(store, NOTE)
    backups.back_up(store.path)
    home, series = store.path.parent.parent, store.path.stem
    store.close()
    bad = NOT_NOTES[name](store.path.read_bytes())
    store.path.write_bytes(bad)
    found = open_notes(home, series)
    assert found.store.contents().current == []
    assert "nothing of it was deleted" in found.messages[0]
    assert "A backup with 1 note is there" in found.messages[1]
    aside = next(store.path.parent.glob(f"{series}-damaged-*.db"))
    assert aside.read_bytes() == bad
    found.store.close()
    assert found.offer is not None
    backups.restore(found.offer.backup, store.path)
    with closing(NoteStore.open(store.path)) as again:
        assert again.contents().current == [NOTE]


def test_setting_aside_takes_a_journal_along_so_that_it_meets_no_other_file(store: NoteStore) -> None:
    store.close()
    journal = store.path.with_name(store.path.name + "-journal")
    journal.write_bytes(b"left over")
    store.path.write_bytes(b"garbage" * 50)
    aside = backups.set_aside(store.path)
    assert not journal.exists()
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"left over"


def test_half_made_copies_are_swept_away_once_they_are_old(store: NoteStore) -> None:
    old, fresh = (store.path.with_name(f".{store.path.stem}-{name}.copy") for name in ("0" * 12, "1" * 12))
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    backups.remove_leftovers(store.path)
    assert (old.exists(), fresh.exists(), store.path.exists()) == (False, True, True)


def test_a_damaged_backup_is_passed_over(store: NoteStore) -> None:
    saved(store, NOTE)
    first = backups.back_up(store.path)
    assert first is not None
    first.rename(first.with_name(first.name.replace("-1", "-2")))
    first.write_bytes(b"garbage")
    store.close()
    store.path.write_bytes(b"garbage")
    found = open_notes(store.path.parent.parent, store.path.stem)
    found.store.close()
    assert found.offer is not None
    assert found.offer.backup.name.endswith("-2.db")


def test_without_a_backup_the_notes_begin_anew_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "x.db").write_bytes(b"garbage")
    found = open_notes(tmp_path, "x")
    assert (len(found.messages), found.offer, found.store.contents().current) == (1, None, [])
    found.store.close()


def test_without_room_for_backups_the_notes_open_all_the_same_and_it_is_said(store: NoteStore) -> None:
    saved(store, NOTE)
    home, series = store.path.parent.parent, store.path.stem
    store.close()
    (store.path.parent / "backups").write_bytes(b"in the way")
    found = open_notes(home, series)
    assert found.store.contents().current == [NOTE]
    assert "No backup of the notes was made." in found.messages[0]
    assert "Make the folder yourself" in found.messages[0]
    assert not list(store.path.parent.glob(".*.copy"))
    found.store.close()


def test_where_the_folder_of_notes_cannot_be_made_it_is_said_of_the_notes(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"in the way")
    with pytest.raises(NotesTrouble, match="The folder “notes” for your own files cannot be made"):
        open_notes(tmp_path, "x")


@pytest.fixture
def backup(store: NoteStore) -> Path:
    """A backup of one note, older than what the notes file holds now."""
    saved(store, NOTE)
    made = backups.back_up(store.path)
    assert made is not None
    saved(store, replace(NOTE, text="later"), NOTE)
    return made


def test_restoring_says_where_the_notes_are_that_gave_way(store: NoteStore, backup: Path) -> None:
    aside = backups.restore(backup, store.path)
    assert aside is not None
    with closing(NoteStore.open(store.path)) as restored, closing(NoteStore.open(aside)) as former:
        assert (restored.contents().current, [note.text for note in former.contents().current]) == ([NOTE], ["later"])


def test_a_backup_that_cannot_be_put_in_place_leaves_the_notes_as_they_were(
    store: NoteStore, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _to: Path) -> Path:
        raise PermissionError(13, "no")

    before = store.path.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", fail)
        with pytest.raises(NotesTrouble, match="The backup was not put in place"):
            backups.restore(backup, store.path)
    assert store.path.read_bytes() == before
    assert sorted(path.name for path in store.path.parent.iterdir()) == ["backups", store.path.name]
    assert list(backup.parent.iterdir()) == [backup]


def test_another_window_goes_on_in_the_file_that_took_its_place(store: NoteStore, backup: Path) -> None:
    backups.restore(backup, store.path)
    saved(store, replace(NOTE, uuid="b"))
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
    with closing(NoteStore.open(store.path)) as again:
        assert [note.uuid for note in again.contents().current] == [NOTE.uuid, "b"]
    backups.restore(backup, store.path)
    assert store.changed_elsewhere()
    assert store.contents().current == [NOTE]
