"""One name for one thing, and none of the words that only insiders knew."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from tests.source_tree import Module, modules

# No name of ours may hold one of these words, such as `edition_desk` or `SieveFilter` ...
RETIRED_WORDS = frozenset(
    {
        *("told", "telling", "wish", "sieve", "blame", "desk", "noting", "seat", "seated", "detour", "tidier"),
        *("troubles", "outgoing", "differing", "particulars", "carrying", "reviewing"),
    }
)
# ... nor be one of these, whatever underscores stand around it: within other names they are plain English.
RETIRED_NAMES = frozenset(
    {
        *("way", "ways", "hands", "beside", "press", "standing", "standings", "stand", "written", "remembered"),
        *("together", "steady", "tidy", "ahead", "early", "ours", "theirs", "stamp", "stamps"),
    }
)
RETIRED_MODULES = frozenset({"former", "facts", "rows", "shared", "latest", "front", "places", "record"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def words_of(name: str) -> list[str]:
    """Return the words of a name in snake_case or CamelCase, in lower case."""
    return [word.lower() for word in _WORDS.findall(name)]


def retired_names(module: Module) -> list[str]:
    """Return what a file calls by a retired word: itself, and whatever it defines; names of tests are sentences."""
    own = module.name.rpartition(".")[2]
    found = [f"{module.name}: the file's own name"] if _is_retired(own) or own in RETIRED_MODULES else []
    defined = {(line, name) for name, line in module.defined_names if not name.startswith("test_")}
    return found + [f"{module.name}:{line} {name}" for line, name in sorted(defined) if _is_retired(name)]


def _is_retired(name: str) -> bool:
    return name.strip("_").lower() in RETIRED_NAMES or not RETIRED_WORDS.isdisjoint(words_of(name))


@pytest.mark.parametrize("folder", ["viewer", "tests"])
def test_no_name_is_a_retired_word(folder: str) -> None:
    assert [fault for module in modules(folder) for fault in retired_names(module)] == []


def test_no_class_name_stands_for_two_things() -> None:
    holders = defaultdict(list)
    for module in modules():
        for name in module.classes:
            holders[name.strip("_")].append(module.name)
    assert {name: where for name, where in holders.items() if len(where) > 1} == {}


@pytest.mark.parametrize(
    "code",
    [
        "def told(): ...",
        "class NoteDesk: ...",
        "def f(_telling): ...",
        "x.stamp = 1",
        "for way in x: ...",
        "import a as sieve",
        "def f():\n    edition_desk = 1",
        "HANDS = 2",
    ],
)
def test_a_retired_word_is_noticed(code: str) -> None:
    assert len(retired_names(Module("viewer.page", ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code", ["def write(): ...", "x.told()", "def mousePressEvent(): ...", "is_written = 1", "def test_told(): ..."]
)
def test_other_names_are_let_pass(code: str) -> None:
    assert retired_names(Module("viewer.page", ast.parse(code))) == []
