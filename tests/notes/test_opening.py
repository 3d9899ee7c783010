"""After damage the backup from before it is offered until the reader decides, and does not rotate away meanwhile."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.notes.test_backups import later
from tests.notes.test_store import NOTE, saved
from viewer.notes import backups, opening
from viewer.notes.opening import OpenedNotes, open_notes
from viewer.notes.store import NoteStore


@pytest.fixture
def home(store: NoteStore) -> Path:
    """A home whose notes file, of one note, is damaged; a backup of it is there."""
    saved(store, NOTE)
    assert backups.back_up(store.path)
    store.close()
    store.path.write_bytes(b"garbage")
    return store.path.parent.parent


def opened(home: Path) -> OpenedNotes:
    """What opening the notes finds; they are closed again."""
    found = open_notes(home, "made-up")
    found.store.close()
    return found


def path_in(home: Path) -> Path:
    return home / "notes" / "made-up.db"


def test_the_backup_is_offered_at_every_start(home: Path) -> None:
    for message in ("It was set aside as made-up-damaged-", "Your notes were begun anew", "Your notes were begun anew"):
        found = opened(home)
        assert message in found.messages[0]
        assert "A backup with 1 note is there" in found.messages[-1]
        assert found.offer is not None


def test_the_backup_is_offered_also_where_the_start_was_ended_before_it_was_said(home: Path) -> None:
    backups.set_aside(path_in(home))
    assert opened(home).offer is not None


def test_once_it_is_in_its_place_nothing_is_offered_any_more(home: Path) -> None:
    offer = opened(home).offer
    assert offer is not None
    assert opening.accept_offer(offer, path_in(home)) == "The backup is in its place."
    again = opened(home)
    assert (again.offer, again.messages) == (None, ())
    with closing(NoteStore.open(path_in(home))) as store:
        assert store.contents().current == [NOTE]


def test_once_it_is_declined_nothing_is_offered_any_more_but_it_can_still_be_had(home: Path) -> None:
    found = open_notes(home, "made-up")
    opening.decline_offer(found.store)
    assert opening.find_offer(found.store) is None
    assert opening.find_offer(found.store, also_declined=True) == found.offer
    found.store.close()
    assert (opened(home).offer, opened(home).messages) == (None, ())


def test_damage_after_that_is_another_question(home: Path) -> None:
    found = open_notes(home, "made-up")
    opening.decline_offer(found.store)
    saved(found.store, replace(NOTE, uuid="second"))
    found.store.close()
    backups.back_up(path_in(home), now=later(path_in(home), 2))
    path_in(home).write_bytes(b"garbage")
    offer = opened(home).offer
    assert offer is not None
    opening.accept_offer(offer, path_in(home))
    with closing(NoteStore.open(path_in(home))) as store:
        assert [note.uuid for note in store.contents().current] == ["second"]


def test_what_was_written_since_is_said_and_set_aside(home: Path) -> None:
    found = open_notes(home, "made-up")
    saved(found.store, replace(NOTE, uuid="since"))
    found.store.close()
    offer = opened(home).offer
    assert offer is not None
    assert "what you wrote since, 1 note, which would be set aside, not deleted" in offer.message
    message = opening.accept_offer(offer, path_in(home))
    assert "1 note written since then: set aside as made-up-damaged-" in message
    with closing(NoteStore.open(path_in(home).with_name(message.split()[-1].rstrip(".")))) as aside:
        assert [note.uuid for note in aside.contents().current] == ["since"]


def test_the_offered_backup_never_rotates_away(home: Path) -> None:
    offer = opened(home).offer
    for number in range(2 * backups.MAX_BACKUPS):
        with closing(NoteStore.open(path_in(home))) as store:
            saved(store, replace(NOTE, uuid=f"new {number}"))
        for backup in backups.backups(path_in(home)):
            os.utime(backup, (1, 1))
        offer = opened(home).offer
        assert offer is not None
        assert backups.count_notes_in(offer.backup) == 1
    assert len(backups.backups(path_in(home))) == backups.MAX_BACKUPS
    assert offer is not None
    opening.accept_offer(offer, path_in(home))
    with closing(NoteStore.open(path_in(home))) as store:
        assert store.contents().current == [NOTE]


def test_nothing_is_offered_where_the_damaged_file_was_taken_away_or_no_backup_can_be_read(home: Path) -> None:
    found = opened(home)
    assert found.offer is not None
    good = found.offer.backup.read_bytes()
    found.offer.backup.write_bytes(b"garbage")
    assert opened(home).offer is None
    found.offer.backup.write_bytes(good)
    assert opened(home).offer is not None
    found.offer.damaged.unlink()
    assert opened(home).offer is None
