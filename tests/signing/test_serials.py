from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from viewer.errors import FileTrouble
from viewer.model import Claims, Seal
from viewer.paths import LAST_OPENED_FILE
from viewer.signing import serials as module
from viewer.signing.serials import RECORD_NAME, Serials

KEY = "257EF797DAF4EAF2"


def seal(serial: int, *, series: str = "tacsea", key_id: str = KEY) -> Seal:
    claims = Claims(series=series, serial=serial, issued="2012-06", review="2013-03-31", schema=1)
    return Seal(publisher="Test publisher", key_id=key_id, claims=claims, fingerprint="00", size=1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def write_record(home: Path, content: str | bytes) -> Path:
    home.mkdir(exist_ok=True)
    path = home / RECORD_NAME
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def noted(home: Path, *seals: Seal) -> Serials:
    serials = Serials.load(home)
    for one in seals:
        serials.remember(one)
    return serials


def test_a_first_start_has_nothing_to_say(home: Path) -> None:
    serials = Serials.load(home)
    assert serials.warnings == ()
    assert serials.newest(KEY, "tacsea") is None
    assert not home.exists()


def test_remembers_the_newest_serial_of_each_key_and_series(home: Path) -> None:
    noted(home, seal(3), seal(2), seal(9, series="other"), seal(5, key_id="0" * 16))
    serials = Serials.load(home)
    assert serials.newest(KEY, "tacsea") == 3
    assert serials.newest(KEY, "other") == 9
    assert serials.newest("0" * 16, "tacsea") == 5
    assert serials.newest("0" * 16, "other") is None
    assert serials.warnings == ()


@pytest.mark.parametrize(("serial", "expected"), [(1, 3), (2, 3), (3, None), (4, None)])
def test_tells_an_edition_that_a_newer_one_superseded(serial: int, expected: int | None, home: Path) -> None:
    noted(home, seal(3))
    assert Serials.load(home).superseded_by(seal(serial)) == expected


def test_opening_an_older_edition_does_not_forget_the_newer(home: Path) -> None:
    noted(home, seal(3), seal(1))
    assert Serials.load(home).superseded_by(seal(1)) == 3


def test_the_record_is_for_its_owner_alone(home: Path) -> None:
    noted(home, seal(1))
    assert home.stat().st_mode & 0o077 == 0
    assert (home / RECORD_NAME).stat().st_mode & 0o177 == 0
    assert [entry.name for entry in home.iterdir()] == [RECORD_NAME]


def test_nothing_is_written_when_nothing_is_new(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(home, seal(2))
    monkeypatch.setattr(module, "write_atomically", None)
    noted(home, seal(2), seal(1))


def test_keeps_what_another_window_has_noted_meanwhile(home: Path) -> None:
    first, second = Serials.load(home), Serials.load(home)
    first.remember(seal(4, series="other"))
    second.remember(seal(2))
    serials = Serials.load(home)
    assert (serials.newest(KEY, "other"), serials.newest(KEY, "tacsea")) == (4, 2)


def test_does_not_lower_what_another_window_has_noted_meanwhile(home: Path) -> None:
    late = Serials.load(home)
    noted(home, seal(7))
    late.remember(seal(2))
    assert Serials.load(home).newest(KEY, "tacsea") == 7


def test_a_missing_record_is_said_once(home: Path) -> None:
    noted(home, seal(1))
    (home / RECORD_NAME).rename(home / LAST_OPENED_FILE)
    serials = noted(home, seal(1))
    assert len(serials.warnings) == 1
    assert "is missing" in serials.warnings[0]
    assert Serials.load(home).warnings == ()


DAMAGED = [
    "",
    "garbage",
    "[]",
    "null",
    "{}",
    '{"version": 1}',
    '{"version": 1, "seen": []}',
    '{"version": "1", "seen": {}}',
    '{"version": true, "seen": {}}',
    '{"version": 0, "seen": {}}',
    '{"version": 1, "seen": {"x": 1}}',
    f'{{"version": 1, "seen": {{"{KEY} tacsea": 0}}}}',
    f'{{"version": 1, "seen": {{"{KEY} tacsea": true}}}}',
    f'{{"version": 1, "seen": {{"{KEY} tacsea": 1.5}}}}',
    f'{{"version": 1, "seen": {{"{KEY} tacsea": NaN}}}}',
    f'{{"version": 1, "seen": {{"{KEY} tacsea": {2**31}}}}}',
    f'{{"version": 1, "seen": {{"{KEY} tacsea": "1"}}}}',
    f'{{"version": 1, "seen": {{"{KEY} tacsea": 1}}',
    f'{{"version": 1, "seen": {{"{KEY}  tacsea": 1}}}}',
    '{"version": ' + "9" * 5000 + "}",
    "[" * 100_000,
    b"\xff\xfe\x00",
    b"\0" * 2_000_000,
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_record_is_said_and_put_aside_and_begun_anew(content: str | bytes, home: Path) -> None:
    path = write_record(home, content)
    before = path.read_bytes()
    serials = Serials.load(home)
    assert path.read_bytes() == before
    serials.remember(seal(2))
    assert len(serials.warnings) == 1
    assert "is damaged" in serials.warnings[0]
    assert (home / f"{RECORD_NAME}.damaged-1").read_bytes() == before
    assert Serials.load(home).newest(KEY, "tacsea") == 2
    assert Serials.load(home).warnings == ()


def test_a_second_damaged_record_does_not_replace_the_first(home: Path) -> None:
    for content in ("one", "two"):
        write_record(home, content)
        noted(home, seal(2))
    assert (home / f"{RECORD_NAME}.damaged-1").read_text() == "one"
    assert (home / f"{RECORD_NAME}.damaged-2").read_text() == "two"


def test_a_record_that_another_window_has_mended_is_not_put_aside(home: Path) -> None:
    write_record(home, "garbage")
    late = Serials.load(home)
    noted(home, seal(5))
    late.remember(seal(1, series="other"))
    assert not (home / f"{RECORD_NAME}.damaged-2").exists()
    assert Serials.load(home).newest(KEY, "tacsea") == 5


@pytest.mark.parametrize("content", ['{"version": 2}', '{"version": 7, "seen": {"other": "form"}, "more": []}'])
def test_a_newer_programs_record_is_left_as_it_is(content: str, home: Path) -> None:
    path = write_record(home, content)
    serials = noted(home, seal(2), seal(3))
    assert path.read_text() == content
    assert [entry.name for entry in home.iterdir()] == [RECORD_NAME]
    assert len(serials.warnings) == 1
    assert "newer version" in serials.warnings[0]
    assert serials.superseded_by(seal(1)) == 3


def test_a_newer_programs_record_that_appears_meanwhile_is_left_as_it_is(home: Path) -> None:
    serials = Serials.load(home)
    path = write_record(home, '{"version": 2}')
    serials.remember(seal(2))
    assert json.loads(path.read_text()) == {"version": 2}
    assert "newer version" in serials.warnings[0]


def test_a_record_that_cannot_be_read_is_said_and_left(home: Path) -> None:
    (home / RECORD_NAME).mkdir(parents=True)
    serials = noted(home, seal(2))
    assert len(serials.warnings) == 1
    assert "cannot be read" in serials.warnings[0]
    assert (home / RECORD_NAME).is_dir()
    assert serials.newest(KEY, "tacsea") == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_in_its_place_does_not_hold_the_program_up(home: Path) -> None:
    home.mkdir()
    os.mkfifo(home / RECORD_NAME)
    assert "cannot be read" in noted(home, seal(2)).warnings[0]


def read_only(path: Path, data: bytes, *, mode: int) -> None:
    del data, mode
    raise FileTrouble(f"{path.name} was not written: the disk is read-only.")


def test_a_folder_that_takes_no_files_is_said_once_and_never_a_crash(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "write_atomically", read_only)
    serials = noted(home, seal(2), seal(3))
    assert len(serials.warnings) == 1
    assert "holds for this run only" in serials.warnings[0]
    assert serials.superseded_by(seal(1)) == 3


def test_what_could_not_be_written_is_written_with_the_next(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serials = noted(home, seal(1))
    with monkeypatch.context() as patch:
        patch.setattr(module, "write_atomically", read_only)
        serials.remember(seal(7))
    serials.remember(seal(1, series="other"))
    assert Serials.load(home).newest(KEY, "tacsea") == 7


def test_a_file_in_the_place_of_the_folder_is_never_a_crash(home: Path) -> None:
    home.write_text("a file")
    assert "holds for this run only" in noted(home, seal(2)).warnings[-1]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_never_a_crash(home: Path) -> None:
    noted(home, seal(1))
    home.chmod(0o500)
    try:
        assert "holds for this run only" in noted(home, seal(2)).warnings[0]
    finally:
        home.chmod(0o700)
    assert Serials.load(home).newest(KEY, "tacsea") == 1


def test_what_was_said_of_a_missing_record_is_done_and_not_said_again(home: Path) -> None:
    noted(home, seal(1))
    (home / RECORD_NAME).rename(home / LAST_OPENED_FILE)
    Serials.load(home).repair()
    assert (home / RECORD_NAME).is_file()
    assert Serials.load(home).warnings == ()


def test_what_was_said_of_a_damaged_record_is_done_and_not_said_again(home: Path) -> None:
    write_record(home, "garbage")
    Serials.load(home).repair()
    assert (home / f"{RECORD_NAME}.damaged-1").read_text() == "garbage"
    assert Serials.load(home).warnings == ()


def test_nothing_is_written_where_nothing_is_to_be_mended(home: Path) -> None:
    Serials.load(home).repair()
    assert not home.exists()
    path = write_record(home, '{"version": 2}')
    Serials.load(home).repair()
    assert path.read_text() == '{"version": 2}'
