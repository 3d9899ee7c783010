"""What belongs to an exercise lies apart, and what an earlier version mixed up is taken along whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from viewer.editions.exercise import exercise_home
from viewer.editions.opening import ReaderSession, Superseded
from viewer.errors import SameSerial
from viewer.signing.sealing import SigningKey, build_trust_list, new_key
from viewer.signing.trust import read_trust_list, with_key


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with notes on three series, of which two share the beginning of their names."""
    for name in ("a.db", "a-b.db", "other.db", "a-damaged-20261129-194207.db", "backups/a-1.db", "backups/a-b-1.db"):
        path = tmp_path / "home" / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "home"


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_takes_along_the_notes_of_this_series_alone(home: Path) -> None:
    own = exercise_home(home, "a", is_real_series=False)
    assert own == home / "exercise"
    assert files(own) == {"notes/a.db", "notes/a-damaged-20261129-194207.db", "notes/backups/a-1.db"}
    assert files(home / "notes") == {"a-b.db", "other.db", "backups/a-b-1.db"}


def test_leaves_what_belongs_to_a_real_series(home: Path) -> None:
    before = files(home)
    assert exercise_home(home, "a", is_real_series=True) == home / "exercise"
    assert files(home) == before


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
def test_waits_while_another_window_has_them_open(end: str, home: Path) -> None:
    (home / "notes" / f"a.db{end}").touch()
    before = files(home)
    assert exercise_home(home, "a", is_real_series=False) == home
    assert files(home) == before


def test_moves_everything_or_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename = files(home), Path.rename

    def fails_at_the_last(path: Path, target: Path) -> Path:
        if path.name == "a.db" and target.parent.parent.name == "exercise":
            raise OSError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails_at_the_last)
    assert exercise_home(home, "a", is_real_series=False) == home
    assert files(home) == before


def test_an_exercise_holds_its_serials_for_the_run_and_never_touches_the_real_series(
    session: ReaderSession,
    serials: Callable[[int], Path],
    root_key: SigningKey,
    key_pair: SigningKey,
    sealed: Callable[..., bytes],
    tmp_path: Path,
) -> None:
    session.open(serials(2))
    listed = build_trust_list({"Test publisher": key_pair.public}, root_key, serial=1, issued="2026-11")
    extra = new_key()
    (tmp_path / "extra.pub").write_text(extra.public.text)
    exercise = ReaderSession(
        home=session.home, trust=with_key(read_trust_list(listed, root_key.public), tmp_path / "extra.pub")
    )
    from viewer.signing.trailer import split_trailer

    def resealed(serial: int) -> Path:
        path = tmp_path / f"exercise-{serial}.db"
        body = bytes(split_trailer(serials(serial).read_bytes())[0])
        path.write_bytes(sealed(body, key=extra, series="small", serial=serial, issued="2020-05", review="2021-03-31"))
        return path

    opened = exercise.open(resealed(3))
    assert (opened.home, opened.place_name) == (session.home / "exercise", "exercise/small")
    with pytest.raises(Superseded):
        exercise.open(resealed(1))
    own = session.open(serials(2))
    assert (own.superseded_by, own.home, own.place_name) == (None, session.home, "small")


def test_two_editions_of_one_serial_are_refused_also_to_look_at(
    session: ReaderSession, serials: Callable[[int], Path], sealed: Callable[..., bytes], tmp_path: Path
) -> None:
    session.open(serials(2))
    from viewer.signing.trailer import split_trailer

    body = bytes(split_trailer(serials(2).read_bytes())[0])
    other = tmp_path / "other.db"
    at = body.rindex(b"2021-03-31")
    other.write_bytes(
        sealed(body[:at] + b"2022-03-31" + body[at + 10 :], series="small", serial=2, issued="2020-05",
               review="2022-03-31")
    )  # fmt: skip
    for look in (session.open, session.inspect):
        with pytest.raises(SameSerial):
            look(other)
