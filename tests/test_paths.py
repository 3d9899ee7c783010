from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from viewer import paths
from viewer.errors import FileTrouble
from viewer.paths import (
    APP,
    PUBLIC_MODE,
    display_name,
    ensure_private_folder,
    home,
    resources,
    sample,
    write_atomically,
)


def test_finds_resources_and_sample_beside_the_source_tree() -> None:
    top = Path(paths.__file__).parents[1]
    assert resources() == top / "resources"
    assert (resources() / "trust" / "root.pub").is_file()
    assert sample() == top / "briefings.db"


def test_finds_resources_and_sample_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "briefings.db").touch()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert resources() == tmp_path / "resources"
    assert sample() == tmp_path / "resources" / "briefings.db"


def test_home_is_what_was_given_then_the_variable_then_the_systems_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_VIEWER_HOME", str(tmp_path / "variable"))
    assert home(tmp_path / "given") == tmp_path / "given"
    assert home() == tmp_path / "variable"
    monkeypatch.setenv("BRIEFING_VIEWER_HOME", "")
    assert home().name == "briefing-viewer"
    assert not (tmp_path / "variable").exists()


def test_home_stays_the_same_place_when_the_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert home(Path("mine")) == tmp_path / "mine"


def test_the_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = ensure_private_folder(tmp_path / "a" / "home")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert ensure_private_folder(folder) == folder


def test_the_programs_own_folder_is_closed_to_others_and_any_other_left_as_it_is(tmp_path: Path) -> None:
    for name, mode in ((APP, 0o700), ("elsewhere", 0o755)):
        (tmp_path / name).mkdir(mode=0o755)
        assert ensure_private_folder(tmp_path / name).stat().st_mode & 0o777 == mode


def test_says_when_the_home_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileTrouble, match="cannot be made"):
        ensure_private_folder(tmp_path / "file")
    with pytest.raises(FileTrouble, match="cannot be made"):
        ensure_private_folder(tmp_path / "file" / "home")


def test_writes_a_file_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    for data in (b"first", b"", b"second"):
        write_atomically(tmp_path / "file", data)
        assert (tmp_path / "file").read_bytes() == data
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_writes_private_files_when_asked(tmp_path: Path) -> None:
    (tmp_path / "file").touch(0o644)
    write_atomically(tmp_path / "file", b"x", mode=0o600)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_what_is_written_is_for_its_owner_alone_unless_it_is_to_be_handed_on(tmp_path: Path) -> None:
    write_atomically(tmp_path / "sheet.pdf", b"x")
    write_atomically(tmp_path / "briefings.db", b"x", mode=PUBLIC_MODE)
    modes = [(tmp_path / name).stat().st_mode & 0o077 for name in ("sheet.pdf", "briefings.db")]
    assert modes[0] == 0
    assert modes[1] != 0


def test_writes_a_name_as_long_as_the_disk_takes(tmp_path: Path) -> None:
    write_atomically(tmp_path / ("x" * 255), b"x")
    assert (tmp_path / ("x" * 255)).read_bytes() == b"x"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "file was not written: there is no room left on the disk."),
        (errno.EDQUOT, "file was not written: there is no room left on the disk."),
        (errno.EROFS, "file was not written: the disk is read-only."),
        (errno.EACCES, "file was not written: you do not have permission."),
        (errno.EIO, f"file was not written: the system reports “{os.strerror(errno.EIO)}”."),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_half_way_keeps_the_old_file_and_leaves_no_temporary_one(
    step: str, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, "in other words")

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(FileTrouble) as caught:
        write_atomically(tmp_path / "file", b"new")
    assert str(caught.value) == said
    assert (tmp_path / "file").read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone/file", "file was not written: its folder does not exist."),
        ("folder", "folder was not written: something else of that name is in the way."),
        ("a\0b", "a�b was not written: the name is not one that a file can have."),
        ("/", "/ was not written: the name is not one that a file can have."),
    ],
)
def test_says_why_a_file_was_not_written(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").touch()
    with pytest.raises(FileTrouble) as caught:
        write_atomically(tmp_path / name, b"x")
    assert str(caught.value) == said
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("briefings.db", "briefings.db"),
        ("a\nb", "a�b"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}bd.exe", "a�bd.exe"),
        ("\udc80", "�"),
        ("é 日", "é 日"),
        ("x" * 300, "x" * 79 + "…"),
        (".", "."),
        ("/", "/"),
    ],
)
def test_shows_a_name_so_that_a_sentence_holds(name: str, shown: str) -> None:
    assert display_name(Path(name)) == shown


def test_finding_a_given_home_imports_nothing_heavy() -> None:
    code = "import sys; from pathlib import Path; from viewer.paths import home; home(Path('x'));"
    code += "sys.exit('platformdirs' in sys.modules)"
    top = Path(paths.__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=top, check=False).returncode == 0
