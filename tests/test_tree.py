"""The tests' tree mirrors the program's: what guards a file is found where the file is."""

from __future__ import annotations

from pathlib import Path

from tests.source_tree import ROOT, modules

# Tests of no one file: of the whole, of what the files at the top say, or of a promise that several files keep.
OF_SEVERAL_FILES = {
    "test_control_characters": "what reaches a terminal, a page, a sheet or a table",
    "test_docs": "README, CONTRIBUTING and docs/",
    "test_help": "the user guide",
    "test_homes": "readers' homes of earlier versions",
    "test_layers": "which file may import which",
    "test_manner": "habits of the code",
    "test_names": "names",
    "test_network": "no network",
    "test_project": "the files at the top",
    "test_start": "what is loaded before the first paint",
    "test_tree": "this",
    "test_wheel": "what is installed",
    "bundle.test_hostile": "signed files that mean harm",
    "changes.test_writers": "the renderings of a change, side by side",
    "dissemination.test_door": "all that leaves, by every verb",
    "fuzz.test_run": "whatever comes from outside, changed at random",
    "independent.test_checker": "an edition, by docs/format.md alone",
    "independent.test_format": "docs/format.md",
    "independent.test_own_files": "docs/own-files.md",
    "independent.test_signed": "docs/format.md, on signed files",
    "notes.test_joining": "random histories of several machines",
    "notes.test_kills": "a notes file through sudden ends",
    "notes.test_places": "what is called in place, and what no place cuts",
    "notes.test_threshold": "how far apart texts may be",
    "publish.test_exercise": "the exercise editions",
    "publish.test_sample_drafts": "the sample's drafts",
    "publish.test_sample_narrative": "the sample's drafts",
    "sheets.test_any_content": "the layout of whatever an edition may hold",
    "soak.test_tour": "the window through a long session",
    "text.test_folding_table": "the committed table of folded characters",
    "ui.notes.test_two_windows": "two windows on one notes file",
    "ui.test_homes": "readers' homes of earlier versions",
}


def test_every_test_file_has_its_file() -> None:
    files = {module.name.removeprefix("viewer.") for module in modules()}
    tests = {_dotted(path) for path in (ROOT / "tests").rglob("test_*.py")}
    mirrored = {name: name.replace("test_", "") for name in tests if name not in OF_SEVERAL_FILES}
    assert {name for name, file in mirrored.items() if file not in files} == set()


def test_what_tests_several_files_is_there() -> None:
    missing = [name for name in OF_SEVERAL_FILES if not (ROOT / "tests" / f"{name.replace('.', '/')}.py").is_file()]
    assert missing == []


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "tests").with_suffix("").parts)
