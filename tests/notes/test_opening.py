"""After damage the backup from before it is offered until the reader decides, and does not rotate away meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.notes.test_backups import later
from tests.notes.test_store import NOTE, saved
from viewer.notes import backups, opening
from viewer.notes.memory import Destroyed
from viewer.notes.opening import OpenedNotes, open_notes
from viewer.notes.sqlite_errors import Damaged
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
    said = opening.accept_offer(offer, path_in(home))
    assert said == "The backup is in place: 1 note, with those written since."
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


def test_what_was_written_since_stays_beside_what_comes_back(home: Path) -> None:
    found = open_notes(home, "made-up")
    saved(found.store, replace(NOTE, uuid="since"))
    found.store.close()
    offer = opened(home).offer
    assert offer is not None
    assert "what is here now, 1 note, stays too" in offer.message
    assert "2 notes, with those written since" in opening.accept_offer(offer, path_in(home))
    with closing(NoteStore.open(path_in(home))) as store:
        assert {note.uuid for note in store.contents().current} == {NOTE.uuid, "since"}


def test_the_offered_backup_is_never_thinned_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer = opened(home).offer
    assert offer is not None
    monkeypatch.setattr(backups, "MAX_BYTES", 1)
    for number in range(10):
        with closing(NoteStore.open(path_in(home))) as store:
            saved(store, replace(NOTE, uuid=f"new {number}"))
        backups.back_up(path_in(home), now=later(path_in(home), 2), keep=offer.backup)
    assert len(backups.backups(path_in(home))) <= 6
    again = opened(home).offer
    assert again is not None
    assert again.backup == offer.backup


@pytest.mark.parametrize("gone", ["the file", "its folder"])
def test_a_notes_file_that_is_gone_is_a_loss_that_is_said_and_the_backup_offered(store: NoteStore, gone: str) -> None:
    saved(store, NOTE)
    home = store.path.parent.parent
    opened(home)
    store.close()
    if gone == "the file":
        store.path.unlink()
    else:
        shutil.rmtree(store.path.parent)
    found = opened(home)
    assert "is no longer in its folder: your notes on this series are gone" in found.messages[0]
    assert "A backup with 1 note is there" in found.messages[1]
    assert opened(home).offer is not None
    assert found.offer is not None
    opening.accept_offer(found.offer, path_in(home))
    with closing(NoteStore.open(path_in(home))) as again:
        assert again.contents().current == [NOTE]
    assert opened(home).messages == ()


def test_a_loss_without_a_backup_is_said_too(store: NoteStore) -> None:
    home = store.path.parent.parent
    opened(home)
    store.close()
    store.path.unlink()
    assert opened(home).messages[1] == opening.NO_BACKUP


def test_the_first_start_is_no_loss(tmp_path: Path) -> None:
    assert opened(tmp_path).messages == ()


def test_what_can_be_read_of_a_damaged_file_is_in_the_new_one(store: NoteStore) -> None:
    for number in range(400):
        saved(store, replace(NOTE, uuid=f"n{number:03}", text=f"words {number} " * 20))
    home, data = store.path.parent.parent, bytearray(store.path.read_bytes())
    store.close()
    middle = len(data) // 8192 * 4096
    data[middle : middle + 4096] = os.urandom(4096)
    path_in(home).write_bytes(data)
    found = open_notes(home, "made-up")
    current = found.store.contents().current
    found.store.close()
    assert "It was set aside as" in found.messages[0]
    assert f"{len(current)} notes could be read in it and are here." in found.messages
    assert 300 < len(current) < 400
    assert all(note.text == f"words {int(note.uuid[1:])} " * 20 for note in current)


def test_any_flipped_bit_leaves_every_other_note_readable_and_changes_no_text(store: NoteStore) -> None:
    texts = {f"n{number:02}": f"Words {number}: ünïcode." for number in range(30)}
    for uuid, text in texts.items():
        saved(store, replace(NOTE, uuid=uuid, text=text))
    home, data = store.path.parent.parent, store.path.read_bytes()
    opened(home)
    store.close()
    chance = random.Random(7)
    for _ in range(150):
        for file in path_in(home).parent.glob("made-up-*"):
            file.unlink()
        bad = bytearray(data)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        path_in(home).write_bytes(bad)
        found = open_notes(home, "made-up")
        contents = found.store.contents()
        found.store.close()
        assert all(texts.get(note.uuid) == note.text for note in contents.current)
        assert len(contents.current) + len(contents.set_aside) == len(texts) or found.offer is not None


PREPARED = {
    "a trigger": "CREATE TRIGGER lies AFTER INSERT ON version BEGIN DELETE FROM version; END",
    "a view": "CREATE VIEW more AS SELECT * FROM version",
    "a view without end": "CREATE VIEW more AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT 1",
    "another table": "CREATE TABLE more(x)",
    "another column": "ALTER TABLE version ADD COLUMN more TEXT",
    "a generated column": "ALTER TABLE setting ADD COLUMN more TEXT AS (name)",
    "an index": "CREATE INDEX more ON version(body)",
    "a partial index": "CREATE UNIQUE INDEX more ON version(body) WHERE state = 'open'",
    "an index gone": "DROP INDEX idx_version_state",
    "a column gone": "ALTER TABLE version DROP COLUMN session",
    "a table gone": "DROP TABLE purged",
    "a virtual table": "CREATE VIRTUAL TABLE more USING fts5(x)",
}


@pytest.mark.parametrize("name", PREPARED)
def test_a_file_that_somebody_prepared_is_moved_aside_and_the_backup_offered(store: NoteStore, name: str) -> None:
    saved(store, NOTE)
    home = store.path.parent.parent
    opened(home)
    store.close()
    with closing(sqlite3.connect(path_in(home))) as connection:
        connection.execute(PREPARED[name])
        connection.commit()
    found = opened(home)
    assert "it is not made as this program makes it" in found.messages[0]
    assert found.offer is not None


@pytest.mark.parametrize("rule", ["CHECK (length(at) > 99)", "ON CONFLICT IGNORE", "DEFAULT 'x'", "COLLATE NOCASE"])
def test_a_table_with_another_rule_is_not_the_programs(store: NoteStore, rule: str) -> None:
    home = store.path.parent.parent
    store.close()
    with closing(sqlite3.connect(path_in(home))) as connection:
        connection.execute("DROP TABLE purged")
        on_key = rule if rule.startswith("ON") else ""
        other = "" if on_key else rule
        connection.execute(
            f'CREATE TABLE purged("uuid" TEXT PRIMARY KEY {on_key} NOT NULL, "at" TEXT NOT NULL {other}) STRICT'
        )
    with pytest.raises(Damaged, match="not made as this program makes it"):
        NoteStore.open(path_in(home))


def test_one_note_that_cannot_be_used_is_set_aside_alone(store: NoteStore) -> None:
    saved(store, NOTE)
    saved(store, replace(NOTE, uuid="empty", text="Its words", anchor=replace(NOTE.anchor, quote="")))
    home = store.path.parent.parent
    store.close()
    found = open_notes(home, "made-up")
    contents = found.store.contents()
    found.store.close()
    assert contents.current == [NOTE]
    assert [(one.uuid, one.words) for one in contents.set_aside] == [("empty", "Its words")]
    assert "1 note cannot be used, as its quote is not as it should be." in found.messages[-1]


def test_nothing_is_offered_where_the_damaged_file_was_taken_away_or_no_backup_can_be_read(home: Path) -> None:
    found = opened(home)
    assert found.offer is not None
    good = found.offer.backup.read_bytes()
    found.offer.backup.write_bytes(b"garbage")
    assert opened(home).offer is None
    found.offer.backup.write_bytes(good)
    assert opened(home).offer is not None
    path_in(home).with_name(found.offer.lost).unlink()
    assert opened(home).offer is None


@pytest.mark.parametrize("thing", ["pipe", "folder", "broken link"])
def test_what_is_no_file_in_its_place_is_set_aside_and_the_backup_offered(home: Path, thing: str) -> None:
    path_in(home).unlink()
    if thing == "pipe":
        os.mkfifo(path_in(home))
    elif thing == "folder":
        path_in(home).mkdir()
    else:
        path_in(home).symlink_to(home / "nowhere")
    found = opened(home)
    assert "it is not an ordinary file. It was set aside as made-up-damaged-" in found.messages[0]
    assert found.offer is not None
    assert opened(home).offer is not None


@pytest.mark.parametrize("cause", ["damage", "loss", "damage and the memory gone"])
def test_words_that_were_destroyed_do_not_come_back_where_the_file_is_lost(store: NoteStore, cause: str) -> None:
    saved(store, NOTE)
    saved(store, replace(NOTE, uuid="secret", text="zebrafinch"))
    known = store.versions("secret")
    home = store.path.parent.parent
    opened(home)
    store.destroy(Destroyed(notes={"secret": NOTE.changed}))
    store.close()
    if cause == "loss":
        path_in(home).unlink()
    else:
        with closing(sqlite3.connect(path_in(home))) as connection:
            connection.execute("CREATE VIEW more AS SELECT 1")
            connection.commit()
    if cause == "damage and the memory gone":
        shutil.rmtree(home / "memory")
    found = open_notes(home, "made-up")
    found.store.join([known])
    assert "secret" not in [note.uuid for note in found.store.contents().current]
    found.store.close()
    assert b"zebrafinch" not in path_in(home).read_bytes()


def test_every_bit_of_the_head_and_of_the_schema_may_flip(store: NoteStore) -> None:
    saved(store, NOTE)
    home, data = store.path.parent.parent, store.path.read_bytes()
    opened(home)
    store.close()
    size = int.from_bytes(data[16:18])
    used = [at for at in range(size) if at < 100 or data[at]]
    chance = random.Random(3)
    for at in chance.sample(used, 250):
        for file in path_in(home).parent.glob("made-up*"):
            file.unlink()
        bad = bytearray(data)
        bad[at] ^= 1 << chance.randrange(8)
        path_in(home).write_bytes(bad)
        found = open_notes(home, "made-up")
        current = found.store.contents().current
        found.store.close()
        assert current == [NOTE] or found.offer is not None, at


def test_a_row_whose_words_were_emptied_is_said(store: NoteStore) -> None:
    saved(store, NOTE)
    store._connection.execute("UPDATE version SET body = '', checksum = ''")
    found = store.contents()
    assert (found.current, [one.uuid for one in found.set_aside]) == ([], [NOTE.uuid])


def test_a_version_number_that_no_program_writes_is_damage(store: NoteStore) -> None:
    saved(store, NOTE)
    store._connection.execute("PRAGMA user_version = 66666")
    store.close()
    with pytest.raises(Damaged):
        NoteStore.open(store.path)
    found = opened(store.path.parent.parent)
    assert "1 note could be read in it and is here." in found.messages
