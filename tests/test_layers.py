"""Which file may import which, read from the syntax tree of every file: a lazy import counts like any other.

`docs/architecture.md` shows the same table to people; `tests/test_docs.py` holds the two together.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.source_tree import Module, circles, import_graph, is_within, modules


@dataclass(frozen=True)
class Layer:
    """What a room may import besides itself: prefixes of our own modules, and libraries besides Python's own."""

    own: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


def prefixed(*names: str) -> tuple[str, ...]:
    """Return the full names of modules and rooms of ours."""
    return tuple(f"viewer.{name}" for name in names)


BASE = prefixed("model", "errors", "leftovers", "paths", "records")
TEXT = (*BASE, *prefixed("text"))
SIGNED = (*TEXT, *prefixed("signing", "bundle"))
SHOWN = (*TEXT, *prefixed("bundle", "design", "figures"))
READING = (*SHOWN, *prefixed("clock", "signing", "changes", "pages", "editions", "search", "notes"))
ALL_BUT_PUBLISHING = (*READING, *prefixed("dissemination", "sheets"))
UI_SHARED = prefixed("ui.parts", "ui.platform", "ui.appearance", "ui.context", "ui.files", "ui.views", "ui.view_stack")
UI_PAGES = (*SHOWN, *prefixed("pages"), *UI_SHARED)

# What the table in docs/architecture.md calls by one word, the largest first.
GROUPS = {
    "*all that reads*": READING,
    "*the window's shared parts*": UI_SHARED,
    "*what is shown*": SHOWN,
    "*base*": BASE,
}

# The longest prefix counts.
LAYERS = {
    "viewer": Layer(),
    "viewer.records": Layer(),
    "viewer.errors": Layer(),
    "viewer.model": Layer(prefixed("records")),
    "viewer.leftovers": Layer(),
    "viewer.paths": Layer(prefixed("errors", "leftovers"), ("platformdirs",)),
    "viewer.clock": Layer((*TEXT, *prefixed("signing"))),
    "viewer.own_schema": Layer((), ("sqlite3",)),
    "viewer.text": Layer(BASE, ("markdown", "markdown_it", "nh3")),
    "viewer.design": Layer(prefixed("records"), ("font_source_sans_pro", "font_source_serif_pro")),
    "viewer.signing": Layer(BASE, ("cryptography",)),
    "viewer.signing.sealing": Layer((*BASE, *prefixed("signing")), ("cryptography", "minisign")),
    "viewer.bundle": Layer((*TEXT, *prefixed("signing", "design")), ("sqlite3",)),
    "viewer.figures": Layer((*TEXT, *prefixed("bundle")), ("reportlab.graphics",)),
    "viewer.changes": Layer((*TEXT, *prefixed("bundle", "figures")), ("rapidfuzz",)),
    "viewer.pages": Layer((*SHOWN, *prefixed("changes"))),
    "viewer.editions": Layer((*SIGNED, *prefixed("clock", "changes"))),
    "viewer.editions.last_opened": Layer((*BASE, *prefixed("editions.shelf_files"))),
    "viewer.editions.shelf_files": Layer(BASE),
    "viewer.search": Layer((*TEXT, *prefixed("bundle")), ("sqlite3", "rapidfuzz")),
    "viewer.search.shelf_search": Layer((*TEXT, *prefixed("bundle", "editions", "search"))),
    "viewer.notes": Layer((*SIGNED, *prefixed("clock", "own_schema")), ("sqlite3", "sqlite_utils", "rapidfuzz")),
    "viewer.dissemination": Layer((*TEXT, *prefixed("clock", "bundle", "changes"))),
    "viewer.dissemination.register": Layer((*TEXT, *prefixed("own_schema", "dissemination")), ("sqlite3",)),
    "viewer.sheets": Layer((*READING, *prefixed("dissemination")), ("reportlab",)),
    "viewer.publish": Layer((*SIGNED, *prefixed("design"))),
    "viewer.publish.build": Layer((*SIGNED, *prefixed("publish")), ("sqlite3",)),
    "viewer.publish.index": Layer((*SIGNED, *prefixed("publish")), ("sqlite3",)),
    "viewer.publish.faults": Layer((*BASE, *prefixed("publish")), ("rapidfuzz",)),
    "viewer.publish.block_flaws": Layer((*TEXT, *prefixed("publish")), ("markdown_it",)),
    "viewer.publish.list_flaws": Layer((*TEXT, *prefixed("publish")), ("markdown_it",)),
    "viewer.ui.platform": Layer(BASE, ("PySide6",)),
    "viewer.ui.parts": Layer((*TEXT, *prefixed("design", "ui.platform", "ui.appearance")), ("PySide6",)),
    "viewer.ui.reading": Layer(UI_PAGES, ("PySide6",)),
    "viewer.ui.figures": Layer(UI_PAGES, ("PySide6",)),
    "viewer.ui.notes": Layer((*UI_PAGES, *prefixed("clock", "notes", "ui.reading")), ("PySide6",)),
    "viewer.ui.search": Layer((*UI_PAGES, *prefixed("search", "ui.reading", "ui.notes")), ("PySide6",)),
    "viewer.ui.editions": Layer(
        (*READING, *prefixed("dissemination", "ui.reading", "ui.notes"), *UI_SHARED), ("PySide6",)
    ),
    "viewer.ui.sheets": Layer((*ALL_BUT_PUBLISHING, *UI_SHARED), ("PySide6",)),
    "viewer.ui": Layer(ALL_BUT_PUBLISHING, ("PySide6",)),
    "viewer.verbs": Layer((*ALL_BUT_PUBLISHING, *prefixed("publish", "ui.app")), ("click",)),
    "viewer.cli": Layer((*ALL_BUT_PUBLISHING, *prefixed("verbs", "ui.app"))),
}
KNOWS_SQL = prefixed(
    "own_schema", "publish.build", "publish.index", "bundle", "search", "notes", "dissemination.register"
)
COMMANDS = prefixed("cli", "verbs")
IMPORTS_BY_NAME = prefixed("verbs")  # its families, one file each

SQL = re.compile(
    r"\s*(?:SELECT\s.*\bFROM\b|SELECT\s+\w+\(|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s.+\sSET\s|DELETE\s+FROM\s|"
    r"(?:CREATE|DROP|ALTER)\s+(?:\w+\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s|ATTACH\s|VACUUM\b|WITH\s.+\sAS\s*\()",
    re.IGNORECASE | re.DOTALL,
)
EXECUTES = {"execute", "executemany", "executescript"}


def layer_of(module: str) -> str:
    """Return the name of the layer that a module belongs to."""
    return max((prefix for prefix in LAYERS if is_within(module, (prefix,))), key=len)


def wrong_imports(module: Module) -> list[str]:
    """Return the imports that the table does not allow."""
    layer = layer_of(module.name)
    allowed = LAYERS[layer]
    own = allowed.own if layer == "viewer" else (layer, *allowed.own)
    outside = tuple(name for name in sys.stdlib_module_names if name != "sqlite3") + allowed.outside
    return [
        f"{module.name}: {found}"
        for found in module.imports
        if not is_within(found.name, own if is_within(found.name, ("viewer",)) else outside)
        and found.name != "viewer.__version__"
    ]


def sql(module: Module) -> list[str]:
    """Return where there is SQL text, and where it is run."""
    texts = [f"{module.name}:{text.lineno} holds SQL" for text in module.strings if SQL.match(str(text.value))]
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    runs = (func for func in calls if isinstance(func, ast.Attribute) and func.attr in EXECUTES)
    return [*texts, *(f"{module.name}:{func.lineno} runs SQL" for func in runs)]


def imports_by_name(module: Module) -> list[str]:
    """Return the imports that no reader of the syntax tree can follow."""
    names = {"import_module", "__import__", "exec", "eval"}
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return [
        f"{module.name}:{func.lineno} calls {ast.unparse(func)}"
        for func in calls
        if ast.unparse(func).removeprefix("importlib.").removeprefix("builtins.") in names
    ]


def early_window_imports(module: Module) -> list[str]:
    """Return the imports of the window that do not wait until it is wanted."""
    return [
        f"{module.name}: {found}"
        for found in module.imports
        if is_within(found.name, ("viewer.ui", "PySide6")) and not found.lazy
    ]


def test_every_module_has_a_layer() -> None:
    names = [module.name for module in modules() if module.name != "viewer"]
    assert [name for name in names if layer_of(name) == "viewer"] == []


def test_the_guards_name_what_there_is() -> None:
    names = {module.name for module in modules()}
    named = {*LAYERS, *KNOWS_SQL, *COMMANDS, *IMPORTS_BY_NAME, *(own for layer in LAYERS.values() for own in layer.own)}
    assert named - names == set()


def test_modules_import_only_what_their_layer_may() -> None:
    assert [fault for module in modules() for fault in wrong_imports(module)] == []


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circles(import_graph(modules())) == []


def test_only_named_files_know_sql() -> None:
    others = (module for module in modules() if not is_within(module.name, KNOWS_SQL))
    assert [fault for module in others for fault in sql(module)] == []


def test_no_import_hides_behind_a_name() -> None:
    others = (module for module in modules() if module.name not in IMPORTS_BY_NAME)
    assert [fault for module in others for fault in imports_by_name(module)] == []


def test_the_commands_load_the_window_only_when_it_is_wanted() -> None:
    commands = (module for module in modules() if is_within(module.name, COMMANDS))
    assert [fault for module in commands for fault in early_window_imports(module)] == []


def test_what_reads_cannot_publish() -> None:
    reads = (module for module in modules() if not is_within(module.name, (*COMMANDS, "viewer.publish")))
    faults = [found.name for module in reads for found in module.imports if is_within(found.name, ("viewer.publish",))]
    assert faults == []


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (wrong_imports, "viewer.model", "import click"),
        (wrong_imports, "viewer.pages.theme", "def f():\n    from PySide6.QtGui import QFont"),
        (wrong_imports, "viewer.bundle.gate", "if TYPE_CHECKING:\n    import viewer.pages.theme"),
        (wrong_imports, "viewer.bundle.gate", "from viewer import pages"),
        (wrong_imports, "viewer.bundle.gate", "from .rules import TABLES"),
        (wrong_imports, "viewer.text.safe", "import sqlite3"),
        (wrong_imports, "viewer.signing.trust", "import minisign"),
        (wrong_imports, "viewer.search.engine", "from cryptography.exceptions import InvalidSignature"),
        (wrong_imports, "viewer.search.engine", "from viewer.notes import store"),
        (wrong_imports, "viewer.dissemination.issuing", "from viewer.sheets.sheet import Sheet"),
        (wrong_imports, "viewer.ui.window", "from viewer.publish.build import build_body"),
        (wrong_imports, "viewer.ui.window", "from viewer import cli"),
        (wrong_imports, "viewer.ui.reading.pane", "from viewer.ui.search.results import Results"),
        (wrong_imports, "viewer.ui.figures.view", "from viewer.ui.edition_view import EditionView"),
        (sql, "viewer.pages.theme", "text = 'select id from theme'"),
        (sql, "viewer.pages.theme", "text = f'DELETE FROM {table}'"),
        (sql, "viewer.pages.theme", "connection.execute(query)"),
        (imports_by_name, "viewer.pages.theme", "importlib.import_module('PySide6')"),
        (imports_by_name, "viewer.pages.theme", "__import__('PySide6')"),
        (early_window_imports, "viewer.cli", "from viewer.ui.app import run"),
    ],
)
def test_the_checks_notice(check: Callable[[Module], list[str]], name: str, code: str) -> None:
    assert len(check(Module(name, ast.parse(code)))) == 1


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (wrong_imports, "viewer.pages.theme", "import re\nfrom viewer.figures import chart, text"),
        (wrong_imports, "viewer.signing.sealing", "from minisign import SecretKey"),
        (wrong_imports, "viewer.bundle.gate", "import sqlite3\nfrom viewer.bundle.rules import TABLES"),
        (sql, "viewer.pages.theme", '"""Select a theme from the list."""\ntip = "Update the list of editions"'),
        (early_window_imports, "viewer.cli", "def f():\n    from viewer.ui.app import run"),
    ],
)
def test_the_checks_let_pass(check: Callable[[Module], list[str]], name: str, code: str) -> None:
    assert check(Module(name, ast.parse(code))) == []


def graph_of(**files: str) -> list[list[str]]:
    """Return the circles among some files, given by name and code."""
    return circles(import_graph(tuple(Module(f"viewer.{name}", ast.parse(code)) for name, code in files.items())))


def test_a_circle_is_noticed_however_its_imports_wait() -> None:
    later = "def f():\n    from viewer import c"
    for_types = "if TYPE_CHECKING:\n    from viewer.a import A"
    assert graph_of(a="from viewer.b import B", b=later, c=for_types) == [["viewer.a", "viewer.b", "viewer.c"]]
    assert graph_of(a="import viewer.a") == [["viewer.a"]]
    assert graph_of(a="from viewer.b import B\nfrom viewer.c import C", b="from viewer.c import C", c="") == []
