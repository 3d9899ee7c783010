"""The program's source as syntax trees, for the tests that guard its shape; a lazy import counts like any other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

# What could reach a network, or a second way into a database.
NETWORK = (
    *("asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "smtplib", "socket", "socketserver", "ssl"),
    *("telnetlib", "urllib.request", "urllib.error", "webbrowser", "xmlrpc", "wsgiref", "aiohttp", "urllib3"),
    *("requests", "httpx", "PySide6.QtNetwork", "PySide6.QtSql", "PySide6.QtWebSockets"),
    *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebView"),
)


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
        docstrings = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node

    @property
    def classes(self) -> Iterator[str]:
        """The names of the classes that the file defines at its top; private ones too."""
        yield from (node.name for node in self.tree.body if isinstance(node, ast.ClassDef))

    @property
    def defined_names(self) -> Iterator[tuple[str, int]]:
        """Every name that the file gives to something of its own, with its line: not what it only uses."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, node.lineno
            elif isinstance(node, ast.arg):
                yield node.arg, node.lineno
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, node.lineno
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                yield node.attr, node.lineno
            elif isinstance(node, ast.alias) and node.asname:
                yield node.asname, node.lineno
            elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
                yield node.name, node.lineno


def is_within(name: str, prefixes: tuple[str, ...]) -> bool:
    """Return whether a dotted name is one of `prefixes` or lies below one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


@cache
def modules(folder: str = "viewer") -> tuple[Module, ...]:
    """Return every file under a folder at the top, by name."""
    return tuple(_read(path) for path in sorted((ROOT / folder).rglob("*.py")))


def import_graph(files: tuple[Module, ...]) -> Mapping[str, frozenset[str]]:
    """Return for each file which of the others it imports, at once or later or for types alone."""
    names = {module.name for module in files}
    return {module.name: frozenset(_imported_files(module, names)) for module in files}


def circles(graph: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Return each group of files that import one another in a circle, sorted; a file that imports itself is one."""
    reached = {name: _reachable(graph, name) for name in graph}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in graph}
    return sorted(sorted(group) for group in groups if group)


def network_imports(module: Module) -> list[str]:
    """Return the imports of anything that could reach a network, or a second way into a database."""
    return [f"{module.name}: {found}" for found in module.imports if is_within(found.name, NETWORK)]


def _read(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, ast.parse(path.read_bytes(), str(path)))


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _imported_files(module: Module, names: set[str]) -> Iterator[str]:
    for found in module.imports:
        if found.name in names:
            yield found.name
        elif (parent := found.name.rpartition(".")[0]) in names:
            yield parent


def _reachable(graph: Mapping[str, frozenset[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph[name]
    return seen
