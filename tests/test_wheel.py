"""What a reader installs: a wheel, built from the source archive, that brings resources and the sample along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the source archive builds into."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_all_that_the_program_reads(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    needed = [path for path in (ROOT / "resources").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert needed
    assert {f"viewer/resources/{path.relative_to(ROOT / 'resources').as_posix()}" for path in needed} <= names
    assert {
        "viewer/resources/briefings.db",
        "viewer/bundle/schema_1.sql",
        "viewer/bundle/schema_2.sql",
        "viewer/cli.py",
        "viewer/text/folding_table.txt",
    } <= names
    assert [name for name in names if name.startswith(("tests/", "resources/")) or name.endswith(".key")] == []


def test_the_installed_program_verifies_its_sample_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path / "installed")
    code = "import sys; from viewer import cli, paths; sys.exit(cli.main(['verify', str(paths.sample())]))"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); {code}"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Verified: ")
