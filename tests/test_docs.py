"""What README, CONTRIBUTING and docs/ link to and name is there, and their tables are the code's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bench.run import names as bench_names
from tests.source_tree import ROOT, modules
from tests.test_layers import GROUPS, LAYERS
from viewer.verbs import FAMILIES

AT_THE_TOP = (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
DOCUMENTS = sorted([*AT_THE_TOP, ROOT / "tests" / "homes" / "README.md", *(ROOT / "docs").rglob("*.md")])
ARCHITECTURE = ROOT / "docs" / "architecture.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
DECISIONS = ROOT / "docs" / "decisions"

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:viewer|tests|resources|docs|requirements|\.ci)/[\w./-]*\w|[\w-]+\.(?:md|sh)")
_ROW = re.compile(r"^\| (?!---)(.+) \|$", re.MULTILINE)

documents = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def rows(text: str, heading: str) -> list[list[str]]:
    """Return the cells of the first table after a line that begins with `heading`, without its head."""
    table = text[text.index(f"\n{heading}") :].split("\n|", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in row.split(" | ")] for row in _ROW.findall(f"|{table}\n")][1:]


def codes(document: Path) -> list[str]:
    """Return what stands between backquotes in a document."""
    return _CODE.findall(_without_blocks(document))


def _without_blocks(document: Path) -> str:
    return re.sub(r"^```.*?^```", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@documents
def test_every_link_leads_somewhere(document: Path) -> None:
    text = _CODE.sub("", _without_blocks(document))
    targets = [target for target in _LINK.findall(text) if not target.startswith("http")]
    broken = []
    for target in targets:
        path, _, heading = target.partition("#")
        file = document.parent / path if path else document
        if not file.exists() or (heading and heading not in _headings(file)):
            broken.append(target)
    assert broken == []


def _headings(file: Path) -> set[str]:
    found = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


@documents
def test_every_file_and_test_that_is_named_is_there(document: Path) -> None:
    named = codes(document)
    missing = [name for name in named if _PATH.fullmatch(name) and not _is_there(name, document)]
    files = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    tests = {test for text in files for test in re.findall(r"def (test_\w+)", text)}
    missing += [name for name in named if re.fullmatch(r"test_\w+", name) and name not in tests]
    assert missing == []


def _is_there(name: str, document: Path) -> bool:
    return any((folder / ending).exists() for folder in (ROOT, document.parent) for ending in (name, f"{name}.py"))


@documents
def test_every_command_that_is_named_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) - targets == set()
    assert set(re.findall(r"`main\.py \[?([a-z-]+)", text)) - {*FAMILIES} == set()


@documents
def test_no_document_leads_outside_the_project(document: Path) -> None:
    assert re.findall(r"\.\./(?:shared|main)|/tmp/|/work/|/home/(?!reader)", document.read_text("utf-8")) == []


def test_the_readme_leads_to_every_document_at_the_top() -> None:
    links = _LINK.findall((ROOT / "README.md").read_text("utf-8"))
    documents = [f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")]
    assert {"CONTRIBUTING.md", "docs/decisions/README.md", *documents} - {*links} == set()


def test_every_decision_is_listed() -> None:
    listed = _LINK.findall((DECISIONS / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(path.name for path in DECISIONS.glob("*.md") if path.name != "README.md")


def test_every_decision_says_what_was_weighed_and_what_would_change_it() -> None:
    wanted = ("**Also considered.**", "**What would change our mind.**")
    pages = {path.name: path.read_text("utf-8") for path in DECISIONS.glob("*.md") if path.name != "README.md"}
    assert [(name, part) for name, text in pages.items() for part in wanted if part not in text] == []


def test_the_architecture_shows_every_room() -> None:
    rooms = {module.name.removeprefix("viewer.").replace(".", "/") for module in modules()}
    folders = {room for room in rooms if (ROOT / "viewer" / room).is_dir() and room != "viewer"}
    shown = [cells[0].strip("`").rstrip("/") for cells in rows(ARCHITECTURE.read_text("utf-8"), "## The rooms")]
    assert sorted(room for room in shown if not room.endswith(".py")) == sorted(folders)
    single = {f"{name}.py" for name in ("clock", "errors", "leftovers", "model", "own_schema", "paths", "records")}
    assert {room for room in shown if room.endswith(".py")} == single


def test_the_architecture_shows_the_layers() -> None:
    shown = rows(ARCHITECTURE.read_text("utf-8"), "## The layers")
    assert shown == [list(row) for row in layer_rows()]


def layer_rows() -> list[tuple[str, str, str]]:
    """Return the rows that the table of layers in docs/architecture.md must have."""
    return [
        (f"`{_short(name)}`", _allowed(layer.own), ", ".join(layer.outside) or "–")
        for name, layer in LAYERS.items()
        if name != "viewer"
    ]


def test_the_architecture_says_what_its_words_for_several_rooms_mean() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    assert [line for line in group_lines() if line not in text] == []


def group_lines() -> list[str]:
    """Return a line for each word in that table that stands for several rooms."""
    smaller: dict[str, tuple[str, ...]] = {}
    lines = []
    for word, names in reversed(GROUPS.items()):
        inner = next((other for other in reversed(smaller) if {*smaller[other]} <= {*names}), "")
        rest = [_short(name) for name in names if name not in smaller.get(inner, ())]
        lines.append(f"- {word}: {', '.join([inner, *rest] if inner else rest)}")
        smaller[word] = names
    return lines


def _short(name: str) -> str:
    return name.removeprefix("viewer.").replace(".", "/")


def _allowed(own: tuple[str, ...]) -> str:
    """Return what may be imported, by the words for several rooms where all of them may be."""
    words: list[str] = []
    named: set[str] = set()
    for word, names in GROUPS.items():
        if {*names} <= {*own} and not {*names} <= named:
            words.append(word)
            named |= {*names}
    return ", ".join([*reversed(words), *(_short(name) for name in own if name not in named)]) or "–"


def test_the_glossary_names_what_there_is_in_order() -> None:
    table = rows(GLOSSARY.read_text("utf-8"), "| word")
    words = [cells[0].strip("*") for cells in table]
    assert words == sorted(set(words))
    classes = {name for module in modules() for name in module.classes}
    aliases = {"Item"}
    named = [cells[2].strip("`") for cells in table]
    assert [name for name in named if "/" not in name and name not in classes | aliases] == []


def test_contributing_names_every_measurement() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [name for name in bench_names() if f"`{name}`" not in text and f"NAME={name}`" not in text] == []


def test_the_readme_says_truly_how_the_tests_lie() -> None:
    assert "Tests mirror the code" in (ROOT / "README.md").read_text("utf-8"), "tests/test_tree.py holds that"
