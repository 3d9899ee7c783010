from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from viewer.errors import FileTrouble, NotEntitled, SameSerial
from viewer.model import Claims, Seal
from viewer.paths import LAST_OPENED_FILE, SERIALS_FILE
from viewer.signing import serials as module
from viewer.signing.minisign import PublicKey
from viewer.signing.serials import MOST_OF_A_SERIES, SeenEdition, Serials
from viewer.signing.trust import Trust
from viewer.signing.trust_list import Publisher, Revocation

KEY = "257EF797DAF4EAF2"


NEXT, OTHER = "0" * 16, "F" * 16


def trusting(*, revoked: str = "", **rules: Any) -> Trust:
    """A Trust that knows three keys of three publishers; `rules` are those of the list, by `KEY`, `NEXT`, `OTHER`."""
    ids = {"KEY": KEY, "NEXT": NEXT, "OTHER": OTHER}
    known = {
        key_id: Publisher(
            name=name, key=PublicKey(number=bytes.fromhex(key_id)[::-1], key=bytes(32)), **rules.get(name, {})
        )
        for name, key_id in ids.items()
    }
    gone = {revoked: Revocation(key_id=revoked, date="2026-11", reason="Stolen")} if revoked else {}
    root = PublicKey(number=b"rootroot", key=bytes(32))
    return Trust(root=root, serial=1, issued="2026-11", publishers=known, revoked=gone)


TRUST = trusting()


def seal(serial: int, *, series: str = "tacsea", key_id: str = KEY, content: str = "0") -> Seal:
    claims = Claims(series=series, serial=serial, issued="2012-06", review="2013-03-31", schema=1)
    return Seal(publisher="Test publisher", key_id=key_id, claims=claims, fingerprint=content * 128, size=1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def write_record(home: Path, content: str | bytes) -> Path:
    home.mkdir(exist_ok=True)
    path = home / SERIALS_FILE
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
    assert Serials.load(home).superseded_by(seal(serial), TRUST) == expected


def test_opening_an_older_edition_does_not_forget_the_newer(home: Path) -> None:
    noted(home, seal(3), seal(1))
    assert Serials.load(home).superseded_by(seal(1), TRUST) == 3


def test_the_record_is_for_its_owner_alone(home: Path) -> None:
    noted(home, seal(1))
    assert home.stat().st_mode & 0o077 == 0
    assert (home / SERIALS_FILE).stat().st_mode & 0o177 == 0
    assert [entry.name for entry in home.iterdir()] == [SERIALS_FILE]


def test_nothing_is_written_when_nothing_is_new(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(home, seal(1), seal(2))
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
    (home / SERIALS_FILE).rename(home / LAST_OPENED_FILE)
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
    '{"version": 2, "seen": {}}',
    '{"version": 2, "seen": [1]}',
    f'{{"version": 2, "seen": [{{"series": "tacsea", "serial": 1, "key": "{KEY}"}}]}}',
    f'{{"version": 2, "seen": [{{"series": "tacsea", "serial": 1, "key": "{KEY}", "fingerprint": "0"}}]}}',
    f'{{"version": 2, "seen": [{{"series": "tacsea", "serial": true, "key": "{KEY}", "fingerprint": ""}}]}}',
    f'{{"version": 2, "seen": [{{"series": "Tacsea", "serial": 1, "key": "{KEY}", "fingerprint": ""}}]}}',
    '{"version": 2, "seen": [{"series": "tacsea", "serial": 1, "key": "x", "fingerprint": ""}]}',
    f'{{"version": 1, "seen": {{"{KEY}  tacsea": 1}}}}',
    '{"version": ' + "9" * 5000 + "}",
    "[" * 100_000,
    b"\xff\xfe\x00",
    b"\0" * 9_000_000,
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
    assert (home / f"{SERIALS_FILE}.damaged-1").read_bytes() == before
    assert Serials.load(home).newest(KEY, "tacsea") == 2
    assert Serials.load(home).warnings == ()


def test_a_second_damaged_record_does_not_replace_the_first(home: Path) -> None:
    for content in ("one", "two"):
        write_record(home, content)
        noted(home, seal(2))
    assert (home / f"{SERIALS_FILE}.damaged-1").read_text() == "one"
    assert (home / f"{SERIALS_FILE}.damaged-2").read_text() == "two"


def test_a_record_that_another_window_has_mended_is_not_put_aside(home: Path) -> None:
    write_record(home, "garbage")
    late = Serials.load(home)
    noted(home, seal(5))
    late.remember(seal(1, series="other"))
    assert not (home / f"{SERIALS_FILE}.damaged-2").exists()
    assert Serials.load(home).newest(KEY, "tacsea") == 5


@pytest.mark.parametrize("content", ['{"version": 3}', '{"version": 7, "seen": {"other": "form"}, "more": []}'])
def test_a_newer_programs_record_is_left_as_it_is(content: str, home: Path) -> None:
    path = write_record(home, content)
    serials = noted(home, seal(2), seal(3))
    assert path.read_text() == content
    assert [entry.name for entry in home.iterdir()] == [SERIALS_FILE]
    assert len(serials.warnings) == 1
    assert "newer version" in serials.warnings[0]
    assert serials.superseded_by(seal(1), TRUST) == 3


def test_a_newer_programs_record_that_appears_meanwhile_is_left_as_it_is(home: Path) -> None:
    serials = Serials.load(home)
    path = write_record(home, '{"version": 3}')
    serials.remember(seal(2))
    assert json.loads(path.read_text()) == {"version": 3}
    assert "newer version" in serials.warnings[0]


def test_a_record_that_cannot_be_read_is_said_and_left(home: Path) -> None:
    (home / SERIALS_FILE).mkdir(parents=True)
    serials = noted(home, seal(2))
    assert len(serials.warnings) == 1
    assert "cannot be read" in serials.warnings[0]
    assert (home / SERIALS_FILE).is_dir()
    assert serials.newest(KEY, "tacsea") == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_in_its_place_does_not_hold_the_program_up(home: Path) -> None:
    home.mkdir()
    os.mkfifo(home / SERIALS_FILE)
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
    assert serials.superseded_by(seal(1), TRUST) == 3


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
    (home / SERIALS_FILE).rename(home / LAST_OPENED_FILE)
    Serials.load(home).repair()
    assert (home / SERIALS_FILE).is_file()
    assert Serials.load(home).warnings == ()


def test_what_was_said_of_a_damaged_record_is_done_and_not_said_again(home: Path) -> None:
    write_record(home, "garbage")
    Serials.load(home).repair()
    assert (home / f"{SERIALS_FILE}.damaged-1").read_text() == "garbage"
    assert Serials.load(home).warnings == ()


def test_nothing_is_written_where_nothing_is_to_be_mended(home: Path) -> None:
    Serials.load(home).repair()
    assert not home.exists()
    path = write_record(home, '{"version": 3}')
    Serials.load(home).repair()
    assert path.read_text() == '{"version": 3}'


# Over all keys of a series


def test_the_newest_serial_is_that_of_the_series_once_a_key_was_followed(home: Path) -> None:
    trust = trusting(KEY={"successor": NEXT})
    serials = noted(home, seal(9, key_id=NEXT))
    assert serials.superseded_by(seal(8), trust) == 9
    serials.check(seal(8), trust)
    with pytest.raises(NotEntitled, match="was followed by the key 0000"):
        serials.check(seal(10), trust)
    serials.check(seal(10, key_id=NEXT), trust)


def test_another_publishers_key_on_a_series_is_refused(home: Path) -> None:
    serials = noted(home, seal(3))
    with pytest.raises(NotEntitled, match="FFFF FFFF FFFF FFFF"):
        serials.check(seal(4, key_id=OTHER), TRUST)
    serials.check(seal(4, series="other", key_id=OTHER), TRUST)


def test_another_key_is_taken_where_the_list_gives_it_this_series(home: Path) -> None:
    trust = trusting(OTHER={"series": ("tacsea",)})
    serials = noted(home, seal(3))
    serials.check(seal(4, key_id=OTHER), trust)
    assert serials.superseded_by(seal(2, key_id=OTHER), trust) is None
    both = trusting(OTHER={"series": ("tacsea",)}, KEY={"series": ("tacsea",)})
    assert serials.superseded_by(seal(2, key_id=OTHER), both) == 3


def test_the_same_serial_with_other_content_is_refused_with_both_fingerprints(home: Path) -> None:
    serials = noted(home, seal(3, content="a"))
    serials.check(seal(3, content="a"), TRUST)
    for key_id in (KEY, NEXT):
        with pytest.raises(SameSerial) as caught:
            serials.check(seal(3, content="b", key_id=key_id), trusting(KEY={"successor": NEXT}))
        assert "a" * 32 in str(caught.value)
        assert "b" * 32 in str(caught.value)


def test_what_a_withdrawn_key_signed_supersedes_nothing_and_holds_no_serial(home: Path) -> None:
    serials = noted(home, seal(2**31 - 1), seal(5, content="a"))
    trust = trusting(revoked=KEY)
    assert serials.superseded_by(seal(5, key_id=NEXT), trust) is None
    serials.check(seal(5, key_id=NEXT, content="b"), trust)


def test_a_record_of_version_1_is_read_and_its_contents_learned(home: Path) -> None:
    write_record(home, f'{{"version": 1, "seen": {{"{KEY} tacsea": 3, "{OTHER} tacsea": 2}}}}')
    serials = Serials.load(home)
    assert serials.warnings == ()
    assert serials.superseded_by(seal(1), TRUST) == 3
    serials.check(seal(3, content="a"), TRUST)
    serials.check(seal(2, key_id=OTHER), TRUST)
    serials.remember(seal(3, content="a"))
    with pytest.raises(SameSerial):
        Serials.load(home).check(seal(3, content="b"), TRUST)
    assert Serials.load(home).newest(OTHER, "tacsea") == 2


def test_a_record_for_this_run_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    serials = Serials()
    serials.remember(seal(3))
    assert serials.superseded_by(seal(2), TRUST) == 3
    assert list(tmp_path.iterdir()) == []


def test_the_record_stays_small(home: Path) -> None:
    serials = Serials.load(home)
    for serial in range(1, MOST_OF_A_SERIES + 20):
        one = seal(serial)
        serials._seen[("tacsea", serial, KEY)] = SeenEdition(series="tacsea", serial=serial, key_id=one.key_id)
    serials.remember(seal(MOST_OF_A_SERIES + 20))
    again = Serials.load(home)
    assert again.newest(KEY, "tacsea") == MOST_OF_A_SERIES + 20
    assert len(again._seen) == MOST_OF_A_SERIES
