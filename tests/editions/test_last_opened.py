"""Which edition opens when none is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from viewer import paths
from viewer.editions.last_opened import default_edition
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import Shelf
from viewer.editions.shelf_files import kept_file_name, parse_kept_name
from viewer.model import Claims, Seal
from viewer.paths import LAST_OPENED_FILE, SHELF_FOLDER
from viewer.signing.trust import Trust


def _seal(serial: int, series: str = "tacsea", key: str = "A" * 16) -> Seal:
    claims = Claims(series=series, serial=serial, issued="2012-06", review="2013-03", schema=1)
    return Seal(publisher="P", key_id=key, claims=claims, fingerprint=f"{serial:x}" * 128, size=1)


def _keep(home: Path, *seals: Seal) -> list[Path]:
    (home / SHELF_FOLDER).mkdir(parents=True, exist_ok=True)
    paths = [home / SHELF_FOLDER / kept_file_name(seal) for seal in seals]
    for path in paths:
        path.touch()
    return paths


def test_at_first_it_is_the_sample_and_nothing_is_written(tmp_path: Path) -> None:
    assert default_edition(tmp_path / "home") == paths.sample()
    assert not (tmp_path / "home").exists()


def test_it_is_the_edition_opened_last(
    session: ReaderSession, exercise_files: tuple[Path, Path], sample_file: Path
) -> None:
    session.open(exercise_files[1])
    session.open(sample_file)
    assert default_edition(session.home) == sample_file


def test_an_older_one_opened_by_choice_is_not_opened_the_next_time(
    session: ReaderSession, exercise_files: tuple[Path, Path]
) -> None:
    session.open(exercise_files[1])
    session.open(exercise_files[0], older=True)
    assert default_edition(session.home) == exercise_files[1]


def test_a_kept_edition_is_opened_from_the_shelf_as_the_stick_may_be_gone(
    session: ReaderSession, exercise_files: tuple[Path, Path]
) -> None:
    kept = Shelf(session).add(exercise_files[1])
    session.open(exercise_files[1])
    exercise_files[1].unlink()
    assert default_edition(session.home) == kept.path


def test_of_a_kept_series_the_newest_is_opened_whichever_was_read_last(tmp_path: Path) -> None:
    one, two, _, _ = _keep(tmp_path, _seal(1), _seal(2), _seal(9, key="B" * 16), _seal(9, series="other"))
    (tmp_path / LAST_OPENED_FILE).write_text(str(one))
    assert default_edition(tmp_path) == two


def test_where_the_file_is_gone_the_edition_kept_last_is_opened(tmp_path: Path) -> None:
    one, two = _keep(tmp_path, _seal(5, series="other"), _seal(1))
    os.utime(one, (1, 1))
    (tmp_path / LAST_OPENED_FILE).write_text("/media/stick/gone.db")
    assert default_edition(tmp_path) == two


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"\x00", b"/etc\n/passwd", b"x" * 100_000])
def test_a_damaged_record_opens_the_sample(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / LAST_OPENED_FILE).write_bytes(damage)
    assert default_edition(tmp_path) == paths.sample(), len(damage)


def test_a_folder_that_cannot_be_written_does_not_stop_the_opening(
    trust: Trust, tmp_path: Path, sample_file: Path
) -> None:
    (tmp_path / "home").write_text("in the way")
    assert ReaderSession(home=tmp_path / "home", trust=trust).open(sample_file).bundle.edition.series == "tacsea"


@pytest.mark.parametrize("name", ["a.db", ".x.db", "tacsea_0_AAAAAAAAAAAAAAAA_0123456789abcdef.db", "tacsea_1_a_b.db"])
def test_only_names_that_the_shelf_gave_say_what_they_hold(name: str) -> None:
    assert parse_kept_name(Path(name)) is None
    assert parse_kept_name(Path(kept_file_name(_seal(7)))) == _seal(7).edition_key
