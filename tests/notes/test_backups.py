"""Backups reach back over a year and stay bounded, and a file that cannot be read is set aside."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.notes.test_store import NOT_NOTES, NOTE, saved
from viewer.errors import NotesTrouble
from viewer.notes import backups
from viewer.notes.opening import accept_offer, open_notes
from viewer.notes.store import NoteStore

HOUR = 3600.0


def later(path: Path, hours: float) -> float:
    """Some hours on; the notes file is made to look as if it had just been saved."""
    moment = path.stat().st_mtime + hours * HOUR
    os.utime(path, (moment, moment))
    return moment + 1


def test_backups_stand_for_hours_days_and_months_and_are_bounded(store: NoteStore) -> None:
    saved(store, NOTE)
    start = store.path.stat().st_mtime
    for hours in (*range(0, 24 * 400, 12), *range(24 * 400, 24 * 402)):
        os.utime(store.path, (start + hours * HOUR,) * 2)
        made = backups.back_up(store.path, now=start + hours * HOUR + 1)
        assert made is not None
        os.utime(made, (start + hours * HOUR + 1,) * 2)
    found = backups.dated(store.path)
    ages = [(found[0].made - backup.made).total_seconds() / HOUR for backup in found]
    assert sum(age < 24 for age in ages) in (24, 25)
    assert backups.count_notes_in(found[-1].file) == 1
    assert sum(24 <= age < 31 * 24 for age in ages) in range(29, 33)
    assert sum(age >= 31 * 24 for age in ages) in range(10, 14)
    assert 11 * 30 * 24 < ages[-1] <= 366 * 24
    assert {stat.S_IMODE(backup.file.stat().st_mode) for backup in found} == {0o600}
    assert not list(store.path.parent.glob(".*.copy"))


def test_many_large_backups_give_way_but_the_newest_stay(store: NoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "MAX_BYTES", 1)
    saved(store, NOTE)
    for hours in range(2, 20, 2):
        made = backups.back_up(store.path, now=later(store.path, 2))
        assert made is not None, hours
        os.utime(made, (store.path.stat().st_mtime + 1,) * 2)
    assert len(backups.backups(store.path)) == 5


def test_a_backup_from_a_clock_that_ran_ahead_blocks_no_other(store: NoteStore) -> None:
    saved(store, NOTE)
    now = store.path.stat().st_mtime
    for years in (1, 2, 3, 4, 5):
        assert backups.back_up(store.path, now=now + years * 366 * 24 * HOUR, even_if_recent=True)
        later(store.path, 1)
    for hours in (2, 4):
        assert backups.back_up(store.path, now=later(store.path, hours))
    found = backups.dated(store.path)
    assert sum(backup.made.timestamp() > now + 24 * HOUR for backup in found) == 3
    assert sum(backup.made.timestamp() < now + 24 * HOUR for backup in found) == 2


def test_backups_of_before_are_listed_among_them(store: NoteStore) -> None:
    saved(store, NOTE)
    made = backups.back_up(store.path)
    assert made is not None
    (store.path.parent / "backups").mkdir()
    old = store.path.parent / "backups" / f"{store.path.stem}-1.db"
    old.write_bytes(made.read_bytes())
    os.utime(old, (1e9, 1e9))
    assert backups.backups(store.path) == [made, old]
    assert (made.parent.name, made.parent.parent) == ("backups", store.path.parent.parent)


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
    assert "nothing of it was deleted" in found.messages[0]
    assert "A backup with 1 note is there" in found.messages[-1]
    aside = next(store.path.parent.glob(f"{series}-damaged-*.db"))
    assert aside.read_bytes() == bad
    found.store.close()
    assert found.offer is not None
    accept_offer(found.offer, store.path)
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
    first.with_name(f"{store.path.stem}-20990101-000000.db").write_bytes(b"garbage")
    store.close()
    store.path.write_bytes(b"garbage")
    found = open_notes(store.path.parent.parent, store.path.stem)
    found.store.close()
    assert found.offer is not None
    assert found.offer.backup == first


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
    (home / "backups").write_bytes(b"in the way")
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
