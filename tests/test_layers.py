"""Which module may use which, read from the syntax tree of every file: a lazy import counts like any other."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Layer:
    """What a part of the house may import: prefixes of our own modules, and of libraries besides Python's own."""

    own: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


BASE = ("viewer.model", "viewer.errors", "viewer.paths", "viewer.records")
WORDS = tuple(f"viewer.{name}" for name in ("texts", "wording", "figures", "tables", "palette", "typefaces"))
SIGNED = (*BASE, *WORDS, "viewer.signing", "viewer.bundle")
PAGES = ("viewer.pages.theme", "viewer.pages.style", "viewer.pages.overview", "viewer.figures.chart")
EDITIONS = tuple(f"viewer.{name}" for name in ("latest", "shelf", "figure_table", "figure_page"))
READ = (*SIGNED, *PAGES, *EDITIONS, "viewer.search", "viewer.notes", "viewer.changes", "viewer.editions")

# The longest prefix counts. A module may always import from its own layer's folder.
LAYERS = {
    "viewer": Layer(),
    "viewer.records": Layer(),
    "viewer.model": Layer(("viewer.records",)),
    "viewer.errors": Layer(),
    "viewer.paths": Layer(BASE, ("platformdirs",)),
    "viewer.text.markdown": Layer(BASE, ("markdown", "nh3")),
    "viewer.text.wording": Layer(BASE),
    "viewer.figures.text": Layer((*BASE, "viewer.text.wording")),
    "viewer.design.palette": Layer(("viewer.records",)),
    "viewer.text.safe_csv": Layer(BASE),
    "viewer.design.typefaces": Layer(BASE, ("font_source_sans_pro", "font_source_serif_pro")),
    "viewer.signing": Layer(BASE, ("cryptography",)),
    "viewer.signing.sealing": Layer((*BASE, "viewer.signing"), ("cryptography", "minisign")),
    "viewer.bundle": Layer((*BASE, *WORDS, "viewer.signing"), ("sqlite3",)),
    "viewer.editions": Layer((*SIGNED, "viewer.changes")),
    "viewer.editions.last_opened": Layer((*BASE, "viewer.editions.shelf_files")),
    "viewer.editions.shelf_files": Layer(BASE),
    "viewer.figures.table": Layer(SIGNED),
    "viewer.pages.figure": Layer((*SIGNED, "viewer.pages.theme")),
    "viewer.search": Layer(SIGNED, ("sqlite3", "rapidfuzz")),
    "viewer.notes": Layer(SIGNED, ("sqlite3", "sqlite_utils", "rapidfuzz")),
    "viewer.changes": Layer((*SIGNED, "viewer.figures.chart"), ("rapidfuzz",)),
    "viewer.pages.theme": Layer((*SIGNED, *PAGES)),
    "viewer.pages.style": Layer((*BASE, *WORDS)),
    "viewer.pages.overview": Layer((*SIGNED, *PAGES)),
    "viewer.figures.chart": Layer((*BASE, *WORDS), ("reportlab.graphics",)),
    "viewer.sheets": Layer(READ, ("reportlab",)),
    "viewer.dissemination.register": Layer((*READ, "viewer.sheets"), ("sqlite3",)),
    "viewer.publish": Layer(SIGNED),
    "viewer.publish.build": Layer((*SIGNED, "viewer.publish"), ("sqlite3", "sqlite_utils")),
    "viewer.ui": Layer((*READ, "viewer.sheets"), ("PySide6",)),
    "viewer.verbs": Layer(("viewer",), ("click",)),
    "viewer.cli": Layer(("viewer",)),
}
KNOWS_SQL = ("viewer.publish.build", "viewer.bundle", "viewer.search", "viewer.notes", "viewer.dissemination.register")
COMMANDS = ("viewer.cli", "viewer.verbs")
COMPOSES_PANES = (
    *("viewer.ui.app", "viewer.ui.window", "viewer.ui.edition_stack", "viewer.ui.edition_view", "viewer.ui.views"),
    *("viewer.ui.search.search_controller", "viewer.ui.search.listing", "viewer.ui.search.detour"),
    *("viewer.ui.search.match_marks", "viewer.ui.search.related_items", "viewer.ui.reading.found_places"),
    *(
        "viewer.ui.notes.notes_controller",
        "viewer.ui.notes.page_notes",
        "viewer.ui.notes.editor_controller",
        "viewer.ui.notes.traffic",
    ),
    *("viewer.ui.notes.carrying", "viewer.ui.notes.review_controller"),
    *("viewer.ui.sheets.view", "viewer.ui.sheets.sheet_actions"),
    *("viewer.ui.figures.view", "viewer.ui.editions.changes_view"),
    *("viewer.ui.editions.edition_actions", "viewer.ui.editions.change_marks"),
)
PARTS_OF_PANES = (  # several panes hold them
    "viewer.ui.figures.chart_widget",
    "viewer.ui.parts.clear_button",
    "viewer.ui.parts.rich_label",
)
IMPORTS_BY_NAME = ("viewer.verbs",)  # its families, one file each

NETWORK = (
    *("asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "smtplib", "socket", "socketserver", "ssl"),
    *("telnetlib", "urllib.request", "webbrowser", "xmlrpc", "urllib3", "requests", "httpx"),
    *("PySide6.QtNetwork", "PySide6.QtSql", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets"),
)
SQL = re.compile(
    r"\s*(?:SELECT\s.*\bFROM\b|SELECT\s+\w+\(|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s.+\sSET\s|DELETE\s+FROM\s|"
    r"(?:CREATE|DROP|ALTER)\s+(?:\w+\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s|ATTACH\s|VACUUM\b|WITH\s.+\sAS\s*\()",
    re.IGNORECASE | re.DOTALL,
)
EXECUTES = {"execute", "executemany", "executescript"}
WIDGET = re.compile(r"Q\w*(?:Widget|View|Browser|Edit|Dialog|Frame|Window|Bar|Label|Button|Splitter|Area|Box|Menu)")


@dataclass(frozen=True)
class Import:
    """One import: the full name of what is imported, its line, and whether it waits inside a function."""

    name: str
    line: int
    lazy: bool

    def __str__(self) -> str:
        return f"line {self.line} imports {self.name}"


@dataclass(frozen=True)
class Module:
    """One source file under its dotted name."""

    name: str
    tree: ast.Module

    @property
    def imports(self) -> Iterator[Import]:
        """All imports of the file, however deep."""
        lazy = {id(inner) for node in ast.walk(self.tree) if _is_function(node) for inner in ast.walk(node)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(alias.name, node.lineno, id(node) in lazy) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                start = "." * node.level + (node.module or "")
                yield from (Import(f"{start}.{alias.name}", node.lineno, id(node) in lazy) for alias in node.names)

    @property
    def strings(self) -> Iterator[ast.Constant]:
        """All text in the file but its docstrings, parts of f-strings included."""
        told = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield node

    @property
    def is_pane(self) -> bool:
        """Whether the file defines something that stands in the window."""
        bases = [base for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef) for base in node.bases]
        return any(WIDGET.fullmatch(ast.unparse(base).rpartition(".")[2]) for base in bases)


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def _layer_name(module: str) -> str:
    return max((prefix for prefix in LAYERS if _within(module, (prefix,))), key=len)


@cache
def modules() -> tuple[Module, ...]:
    """Every file under viewer/."""
    return tuple(_read(path) for path in sorted((ROOT / "viewer").rglob("*.py")))


def _read(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, ast.parse(path.read_bytes(), str(path)))


def wrong_imports(module: Module) -> list[str]:
    """Imports that the table does not allow."""
    home = _layer_name(module.name)
    allowed = LAYERS[home]
    own = allowed.own if home == "viewer" else (home, *allowed.own)
    outside = tuple(name for name in sys.stdlib_module_names if name != "sqlite3") + allowed.outside
    return [
        f"{module.name}: {found}"
        for found in module.imports
        if not _within(found.name, own if _within(found.name, ("viewer",)) else outside)
        and found.name != "viewer.__version__"
    ]


def network_imports(module: Module) -> list[str]:
    """Imports of anything that could reach a network, or a second way into a database."""
    return [f"{module.name}: {found}" for found in module.imports if _within(found.name, NETWORK)]


def sql(module: Module) -> list[str]:
    """SQL text, and calls that run it."""
    texts = [f"{module.name}:{text.lineno} holds SQL" for text in module.strings if SQL.match(str(text.value))]
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    runs = (func for func in calls if isinstance(func, ast.Attribute) and func.attr in EXECUTES)
    return [*texts, *(f"{module.name}:{func.lineno} runs SQL" for func in runs)]


def imports_by_name(module: Module) -> list[str]:
    """Imports that no reader of the syntax tree can follow."""
    names = {"import_module", "__import__", "exec", "eval"}
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return [
        f"{module.name}:{func.lineno} calls {ast.unparse(func)}"
        for func in calls
        if ast.unparse(func).removeprefix("importlib.").removeprefix("builtins.") in names
    ]


def pane_imports(module: Module, panes: tuple[str, ...]) -> list[str]:
    """Imports of a pane by what does not compose the window."""
    return [
        f"{module.name}: {found}"
        for found in module.imports
        if _within(found.name, panes) and not _within(found.name, (module.name,))
    ]


def early_window_imports(module: Module) -> list[str]:
    """Imports of the window that do not wait until it is wanted."""
    return [
        f"{module.name}: {found}"
        for found in module.imports
        if _within(found.name, ("viewer.ui", "PySide6")) and not found.lazy
    ]


def test_every_module_has_a_layer() -> None:
    names = [module.name for module in modules() if module.name != "viewer"]
    assert [name for name in names if _layer_name(name) == "viewer"] == []


def test_modules_import_only_what_their_layer_may() -> None:
    assert [fault for module in modules() for fault in wrong_imports(module)] == []


def test_nothing_reaches_for_a_network() -> None:
    assert [fault for module in modules() for fault in network_imports(module)] == []


def test_only_named_files_know_sql() -> None:
    others = (module for module in modules() if not _within(module.name, KNOWS_SQL))
    assert [fault for module in others for fault in sql(module)] == []


def test_no_import_hides_behind_a_name() -> None:
    others = (module for module in modules() if module.name not in IMPORTS_BY_NAME)
    assert [fault for module in others for fault in imports_by_name(module)] == []


def test_panes_never_import_panes() -> None:
    parts = [module for module in modules() if _within(module.name, ("viewer.ui",))]
    panes = tuple(module.name for module in parts if module.is_pane and module.name not in PARTS_OF_PANES)
    others = (module for module in parts if module.name not in COMPOSES_PANES)
    assert [fault for module in others for fault in pane_imports(module, panes)] == []


def test_the_commands_load_the_window_only_when_it_is_wanted() -> None:
    commands = (module for module in modules() if _within(module.name, COMMANDS))
    assert [fault for module in commands for fault in early_window_imports(module)] == []


def test_what_reads_cannot_publish() -> None:
    reads = (module for module in modules() if not _within(module.name, (*COMMANDS, "viewer.publish")))
    faults = [found.name for module in reads for found in module.imports if _within(found.name, ("viewer.publish",))]
    assert faults == []


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (wrong_imports, "viewer.model", "import click"),
        (wrong_imports, "viewer.pages.theme", "def f():\n    from PySide6.QtGui import QFont"),
        (wrong_imports, "viewer.bundle.gate", "if TYPE_CHECKING:\n    import viewer.page"),
        (wrong_imports, "viewer.bundle.gate", "from viewer import page"),
        (wrong_imports, "viewer.bundle.gate", "from .rules import TABLES"),
        (wrong_imports, "viewer.text.markdown", "import sqlite3"),
        (wrong_imports, "viewer.signing.trust", "import minisign"),
        (wrong_imports, "viewer.search.engine", "from cryptography.exceptions import InvalidSignature"),
        (wrong_imports, "viewer.search.engine", "from viewer.notes import store"),
        (wrong_imports, "viewer.ui.window", "from viewer.publish.build import build_body"),
        (wrong_imports, "viewer.ui.window", "from viewer import cli"),
        (network_imports, "viewer.ui.window", "import socket"),
        (network_imports, "viewer.ui.window", "from urllib.request import urlopen"),
        (network_imports, "viewer.ui.window", "from PySide6 import QtNetwork"),
        (sql, "viewer.pages.theme", "text = 'select id from theme'"),
        (sql, "viewer.pages.theme", "text = f'DELETE FROM {table}'"),
        (sql, "viewer.pages.theme", "connection.execute(query)"),
        (imports_by_name, "viewer.pages.theme", "importlib.import_module('PySide6')"),
        (imports_by_name, "viewer.pages.theme", "__import__('PySide6')"),
        (early_window_imports, "viewer.cli", "from viewer.ui.app import run"),
    ],
)
def test_the_checks_notice(check: object, name: str, code: str) -> None:
    assert callable(check)
    assert len(check(Module(name, ast.parse(code)))) == 1


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (wrong_imports, "viewer.pages.theme", "import re\nfrom viewer import charts, texts"),
        (wrong_imports, "viewer.signing.sealing", "from minisign import SecretKey"),
        (wrong_imports, "viewer.bundle.gate", "import sqlite3\nfrom viewer.bundle.rules import TABLES"),
        (network_imports, "viewer.pages.theme", "from urllib.parse import quote"),
        (sql, "viewer.pages.theme", '"""Select a theme from the list."""\ntip = "Update the list of editions"'),
        (early_window_imports, "viewer.cli", "def f():\n    from viewer.ui.app import run"),
    ],
)
def test_the_checks_let_pass(check: object, name: str, code: str) -> None:
    assert callable(check)
    assert check(Module(name, ast.parse(code))) == []


def test_the_pane_check_notices_a_pane_in_a_pane() -> None:
    tree = ast.parse("class Reading(QtWidgets.QTextBrowser): ...\nfrom viewer.ui.reading.contents import ContentsPane")
    module = Module("viewer.ui.reading.pane", tree)
    assert module.is_pane
    assert len(pane_imports(module, ("viewer.ui.reading.contents", "viewer.ui.reading.pane"))) == 1
