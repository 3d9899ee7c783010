"""The shelf: what is kept is what was verified, and it is verified again each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from viewer.editions.opening import ReaderSession, Superseded
from viewer.editions.shelf import Shelf
from viewer.errors import FileTrouble, NotFound, Refused, ViewerError
from viewer.model import Edition
from viewer.signing.sealing import SigningKey, new_key
from viewer.signing.trust import Trust


@pytest.fixture
def shelf(session: ReaderSession) -> Shelf:
    """An empty shelf."""
    return Shelf(session)


def test_keeps_the_very_bytes_that_were_verified(shelf: Shelf, exercise_files: tuple[Path, Path]) -> None:
    kept = shelf.add(exercise_files[0])
    assert kept.path.read_bytes() == exercise_files[0].read_bytes()
    assert kept.path.stat().st_mode & 0o077 == 0
    exercise_files[0].write_bytes(b"")
    assert [entry.refused for entry in shelf.entries()] == [""]


def test_says_of_each_edition_what_a_reader_needs_to_choose(
    shelf: Shelf, exercise_files: tuple[Path, Path], sample_file: Path
) -> None:
    for path in (*exercise_files, sample_file):
        shelf.add(path)
    found = shelf.entries(date(2026, 11, 24))
    facts = [
        (e.edition.series, e.edition.serial, e.newest, e.review_past) for e in found if isinstance(e.edition, Edition)
    ]
    assert facts == [("exercise", 2, True, False), ("exercise", 1, False, True), ("tacsea", 2, True, True)]
    assert {entry.seal.publisher for entry in found if entry.seal} == {"Test publisher"}


def test_the_same_edition_is_kept_once(shelf: Shelf, sample_file: Path) -> None:
    assert shelf.add(sample_file).path == shelf.add(sample_file).path
    assert len(shelf.entries()) == 1


def test_an_altered_file_is_not_kept_and_nothing_is_written(
    shelf: Shelf, sample_file: Path, session: ReaderSession
) -> None:
    data = bytearray(sample_file.read_bytes())
    data[5000] ^= 1
    sample_file.write_bytes(bytes(data))
    with pytest.raises(Refused):
        shelf.add(sample_file)
    assert not session.home.exists()


def test_a_kept_file_that_was_altered_since_is_listed_as_refused_and_not_opened(
    shelf: Shelf, session: ReaderSession, exercise_files: tuple[Path, Path]
) -> None:
    kept = shelf.add(exercise_files[0]).path
    data = bytearray(kept.read_bytes())
    data[5000] ^= 1
    kept.write_bytes(bytes(data))
    (entry,) = shelf.entries()
    assert entry.edition is None
    assert "changed" in entry.refused
    with pytest.raises(Refused):
        session.open(kept)


def test_an_edition_whose_key_holds_for_this_run_only_is_not_kept(
    tmp_path: Path, trust: Trust, exercise_bytes: tuple[bytes, bytes], key_pair: SigningKey
) -> None:
    stranger = Trust(root=trust.root, serial=1, issued="2026-11", publishers={}, revoked={})
    (tmp_path / "k.pub").write_text(key_pair.public.text)
    from viewer.signing.trust import with_key

    session = ReaderSession(home=tmp_path / "home", trust=with_key(stranger, tmp_path / "k.pub"))
    (tmp_path / "x.db").write_bytes(exercise_bytes[0])
    with pytest.raises(ViewerError, match="this run only"):
        Shelf(session).add(tmp_path / "x.db")
    assert not (tmp_path / "home").exists()


def test_an_older_kept_edition_opens_only_by_choice_and_with_its_banner(
    shelf: Shelf, session: ReaderSession, exercise_files: tuple[Path, Path]
) -> None:
    older, newer = (shelf.add(path).path for path in exercise_files)
    session.open(newer)
    with pytest.raises(Superseded):
        session.open(older)
    chosen = session.open(older, older=True)
    assert any(warning.startswith("Superseded: serial 2") for warning in chosen.warnings)
    states = {entry.path: entry.superseded_by for entry in shelf.entries()}
    assert states == {older: 2, newer: None}


def test_a_banner_of_the_run_shows_where_a_key_holds_for_this_run_only(
    tmp_path: Path, trust: Trust, exercise_files: tuple[Path, Path], key_pair: SigningKey
) -> None:
    from viewer.signing.trust import with_key

    stranger = Trust(root=trust.root, serial=1, issued="2026-11", publishers={}, revoked={})
    (tmp_path / "k.pub").write_text(key_pair.public.text)
    trusted = with_key(stranger, tmp_path / "k.pub")
    session = ReaderSession(home=tmp_path / "home", trust=trusted)
    session.open(exercise_files[1])
    with pytest.raises(Superseded):
        session.open(exercise_files[0])
    ReaderSession(home=tmp_path / "home", trust=trusted).open(exercise_files[0])  # another run knows nothing of it


def test_removing_takes_off_only_what_stands_on_the_shelf(shelf: Shelf, sample_file: Path) -> None:
    kept = shelf.add(sample_file).path
    with pytest.raises(NotFound):
        shelf.remove(sample_file)
    shelf.remove(kept)
    assert shelf.entries() == ()
    assert sample_file.exists()
    with pytest.raises(NotFound):
        shelf.remove(kept)


@pytest.mark.parametrize("name", ["tacsea/1", "other/2", "../briefings.db", "", "tacsea"])
def test_an_unknown_name_is_told(shelf: Shelf, sample_file: Path, name: str) -> None:
    kept = shelf.add(sample_file).path
    with pytest.raises(NotFound):
        shelf.find(name)
    assert shelf.find("tacsea/2") == shelf.find(kept.name) == kept


def test_a_folder_is_refused_in_a_sentence(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        shelf.add(tmp_path)


def test_what_is_no_edition_on_the_shelf_is_listed_as_refused(shelf: Shelf, sample_file: Path) -> None:
    shelf.add(sample_file)
    (shelf.folder / "notes.db").write_bytes(b"SQLite format 3\0")
    assert [bool(entry.refused) for entry in shelf.entries()] == [False, True]


def test_a_stranger_signs_in_vain(shelf: Shelf, tmp_path: Path, sample_bytes: bytes) -> None:
    from viewer.model import Claims
    from viewer.signing.sealing import seal

    claims = Claims(series="tacsea", serial=9, issued="2012-06", review="2013-03-31", schema=1)
    (tmp_path / "x.db").write_bytes(seal(sample_bytes[:4096], claims, new_key()))
    with pytest.raises(Refused):
        shelf.add(tmp_path / "x.db")
