"""What the files at the top promise each other: version, locks, commands, and that no secret key came along."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import viewer
from viewer.signing.sealing import make_key_pair
from viewer.verbs import FAMILIES

ROOT = Path(__file__).parent.parent
LOCKS = ("run", "dev", "bench")  # each holds all of the one before
CACHES = {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}
NOT_OURS = {".git", ".venv", "build", "dist", *CACHES}

# The 158 bytes of a minisign secret key in base64, with or without a passphrase; and other tools' keys.
SECRET_KEY = re.compile(rb"RW(?:RT|QA)[A-Za-z0-9+/]{207}=|-----BEGIN [A-Z ]*PRIVATE KEY-----")


def _files(folder: Path = ROOT) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _locked(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text("ascii")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def _required(lock: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [project["optional-dependencies"][name] for name in LOCKS[1 : LOCKS.index(lock) + 1]]
    return [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == viewer.__version__


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_library_has_its_hashes_and_nothing_else_stands_there(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text("ascii")
    entries = re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE).replace(" \\\n", " ").splitlines()
    entry = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w.\s'!=<>()]+)?( +--hash=sha256:[0-9a-f]{64})+")
    assert entries
    assert [line for line in entries if not entry.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(lock: str) -> None:
    locked = _locked(lock)
    missing = [
        str(asked)
        for asked in _required(lock)
        if not asked.specifier.contains(locked.get(canonicalize_name(asked.name), "0"))
    ]
    assert missing == []


def test_the_locks_agree_with_each_other() -> None:
    run, dev, bench = (_locked(lock).items() for lock in LOCKS)
    assert run < dev < bench


def test_no_secret_key_came_along() -> None:
    files = list(_files())
    assert ROOT / "pyproject.toml" in files
    assert [path.name for path in files if path.suffix == ".key" or SECRET_KEY.search(path.read_bytes())] == []


def test_a_secret_key_would_be_noticed() -> None:
    secret, public = make_key_pair("test")
    assert SECRET_KEY.search(secret.encode("ascii"))
    assert not SECRET_KEY.search(public.encode("ascii"))


def test_the_readme_names_every_make_target() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "run" in targets
    assert [name for name in targets if name != "help" and f"make {name}" not in readme] == []


def test_the_readme_names_every_verb() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [verb for verb in FAMILIES if not re.search(rf"main\.py \[?{re.escape(verb)}\b", readme)] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_exercise_leaves_no_secret_key_where_a_build_fails(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (tmp_path / "setup.sh").touch()
    (tmp_path / "main.py").write_text(
        "import pathlib, sys\n"
        "if sys.argv[1] == 'build': sys.exit(1)\n"
        "pathlib.Path(sys.argv[2] + '.key').touch(); pathlib.Path('made').touch()\n"
    )
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    done = subprocess.run(["make", "exercise"], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    assert (tmp_path / "made").exists()
    assert not list(tmp_path.glob("build/exercise/*.key"))
