"""No row, no sheet; and where a sheet cannot be written, what was there stays and the register says so."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from tests.sheets.conftest import CANARY, SECOND, TODAY, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.dissemination import register
from viewer.dissemination.register import Register, RegisterError, RegisterRow
from viewer.errors import FileTrouble, ViewerError
from viewer.sheets import formats
from viewer.sheets.compose import variants
from viewer.sheets.formats import SheetFormat, export_sheet, issue_sheet
from viewer.sheets.recipe import Form, RecipeError, SheetPart
from viewer.sheets.sheet import Sheet
from viewer.sheets.sheet_metadata import read_metadata


@pytest.fixture
def sheets(edition: Bundle) -> tuple[Sheet, ...]:
    """The open sheet of the made-up edition's themes."""
    return variants(recipe_for(Form.BRIEFING, "one", SECOND, recipient="Unit 4"), edition, today=TODAY)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A reader's folder that is not made yet."""
    return tmp_path / "home"


def rows(home: Path) -> tuple[RegisterRow, ...]:
    with Register.open(home) as register:
        assert register.verify() == ()
        return register.rows()


@pytest.mark.parametrize("ending", [".pdf", ".md", ".html", ".csv"])
def test_enters_a_sheet_with_the_hash_of_its_file(
    sheets: tuple[Sheet, ...], home: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"a{ending}"
    issued = export_sheet(sheets, path, home)
    row = rows(home)[0]
    assert row.issue.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (row.issue.sheet, row.issue.recipient, row.issue.event) == (issued.imprint.id, "Unit 4", "export")
    assert row.issue.items == (("one.s1",) if ending == ".csv" else ("one.f1", "one.s1", "one.p1"))
    assert CANARY not in repr(row)
    assert CANARY.encode() not in (home / "register.db").read_bytes()


def test_the_paper_bears_the_hash_of_the_row_before(sheets: tuple[Sheet, ...], home: Path, tmp_path: Path) -> None:
    export_sheet(sheets, tmp_path / "a.pdf", home)
    export_sheet(sheets, tmp_path / "b.pdf", home)
    assert read_metadata((tmp_path / "a.pdf").read_bytes()).chain_tip == "0" * 12
    assert read_metadata((tmp_path / "b.pdf").read_bytes()).chain_tip == rows(home)[0].hash[:12]


def test_writes_no_sheet_without_its_row(sheets: tuple[Sheet, ...], home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "register.db").write_bytes(b"garbage" * 100)
    with pytest.raises(RegisterError, match="not a register"):
        export_sheet(sheets, tmp_path / "a.pdf", home)
    assert not (tmp_path / "a.pdf").exists()
    delivered: list[bytes] = []
    with pytest.raises(RegisterError):
        issue_sheet(sheets, SheetFormat.PDF, home, delivered.append, event="print")
    assert delivered == []


def test_a_full_disk_leaves_the_old_file_and_no_temporary(
    sheets: tuple[Sheet, ...], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileTrouble, match="no room left"):
        export_sheet(sheets, path, home, replace_file=True)
    assert path.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "home"]
    assert [row.issue.event for row in rows(home)] == ["export", "void"]


def test_a_table_without_a_figure_is_not_issued(edition: Bundle, home: Path, tmp_path: Path) -> None:
    sheets = variants(recipe_for(Form.BRIEFING, parts=(SheetPart.FINDINGS,)), edition, today=TODAY)
    with pytest.raises(RecipeError, match="a table would be empty"):
        export_sheet(sheets, tmp_path / "a.csv", home)
    assert not (tmp_path / "a.csv").exists()
    assert rows(home) == ()


def test_a_failure_of_whatever_kind_is_entered(sheets: tuple[Sheet, ...], home: Path) -> None:
    def jam(_data: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        issue_sheet(sheets, SheetFormat.MARKDOWN, home, jam, event="print")
    assert [row.issue.event for row in rows(home)] == ["print", "void"]


def test_others_may_issue_while_a_sheet_is_laid_out(
    sheets: tuple[Sheet, ...], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out = formats.render_sheet

    def slow(*args: object) -> object:
        monkeypatch.setattr(formats, "render_sheet", lay_out)
        export_sheet(sheets, tmp_path / "other.md", home)
        return lay_out(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(register, "_PATIENCE", 0.2)
    monkeypatch.setattr(formats, "render_sheet", slow)
    issued = export_sheet(sheets, tmp_path / "slow.md", home)
    assert issued.number == 2
    assert issued.imprint.chain_tip == "0" * 12
    assert len(rows(home)) == 2  # and verified


@pytest.mark.parametrize("there", ["file", "link", "folder"])
def test_leaves_what_is_there_and_enters_nothing(
    sheets: tuple[Sheet, ...], home: Path, tmp_path: Path, there: str
) -> None:
    path, target = tmp_path / "a.pdf", tmp_path / "target"
    target.write_bytes(b"old")
    match there:
        case "file":
            path.write_bytes(b"old")
        case "link":
            path.symlink_to(target)
        case _:
            path.mkdir()
    with pytest.raises(FileTrouble):
        export_sheet(sheets, path, home)
    assert target.read_bytes() == b"old"
    assert not (home / "register.db").exists()


def test_replaces_a_link_and_not_what_it_leads_to(sheets: tuple[Sheet, ...], home: Path, tmp_path: Path) -> None:
    path, target = tmp_path / "a.pdf", tmp_path / "target"
    target.write_bytes(b"old")
    path.symlink_to(target)
    export_sheet(sheets, path, home, replace_file=True)
    assert target.read_bytes() == b"old"
    assert not path.is_symlink()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.doc", "written as .pdf"), ("a", "written as .pdf"), ("con.pdf", "name of a device"),
        ("missing/a.pdf", "folder does not exist"), ("x" * 300 + ".pdf", "was not written"),
    ],
)  # fmt: skip
def test_refuses_a_name_that_does_not_do(
    sheets: tuple[Sheet, ...], home: Path, tmp_path: Path, name: str, reason: str
) -> None:
    with pytest.raises(ViewerError, match=reason):
        export_sheet(sheets, tmp_path / name, home)
    assert [path for path in tmp_path.iterdir() if path != home] == []
