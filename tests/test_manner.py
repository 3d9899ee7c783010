"""Some habits that the code keeps: no mistake is swallowed, nothing is looked up that could be handed over."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from tests.source_tree import Module, is_within, modules


def swallowed_mistakes(module: Module) -> list[str]:
    """Return the handlers that catch everything, unless they raise it again or hand it on by its name."""
    handlers = (node for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler))
    return [f"{module.name}:{one.lineno} catches everything" for one in handlers if _catches_all(one) and _keeps(one)]


def _catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or ast.unparse(kind) in ("Exception", "BaseException") for kind in caught)


def _keeps(handler: ast.ExceptHandler) -> bool:
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    raises = any(isinstance(node, ast.Raise) for node in inside)
    return not raises and not any(isinstance(node, ast.Name) and node.id == handler.name for node in inside)


def looked_up_widgets(module: Module) -> list[str]:
    """Return where a widget or a controller is looked up by its type: it is handed over instead."""
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    found = (func for func in calls if isinstance(func, ast.Attribute) and func.attr in ("findChild", "findChildren"))
    return [f"{module.name}:{func.lineno} calls {func.attr}" for func in found]


def untyped_results(module: Module) -> list[str]:
    """Return where a function returns a module, whose names no type checker can follow."""
    functions = (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.returns)
    return [
        f"{module.name}:{one.lineno} {one.name} returns a module"
        for one in functions
        if one.returns and "ModuleType" in ast.unparse(one.returns)
    ]


def modules_without_purpose(module: Module) -> list[str]:
    """Return the modules without a line that says what they are for."""
    return [] if ast.get_docstring(module.tree) else [f"{module.name} says nothing of itself"]


def dropped_contexts(module: Module) -> list[str]:
    """Return the shortcuts that are made with a slot and a context: PySide6 6.12 then leaves the context out."""
    calls = (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return [
        f"{module.name}:{call.lineno} makes a shortcut of the whole window"
        for call in calls
        if ast.unparse(call.func).endswith("QShortcut")
        and len(call.args) > 2
        and any(keyword.arg == "context" for keyword in call.keywords)
    ]


CHECKS = [dropped_contexts, swallowed_mistakes, looked_up_widgets, untyped_results, modules_without_purpose]
checks = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


@checks
def test_the_code_keeps_to_it(check: Callable[[Module], list[str]]) -> None:
    around_qt = ("viewer.ui.platform",) if check is untyped_results else ()
    files = (module for module in modules() if not is_within(module.name, around_qt))
    assert [fault for module in files for fault in check(module)] == []


def test_no_test_is_held_against_a_clock() -> None:
    """On a busy machine it would fail by chance: tests count work, and `make bench` measures time."""
    others = (module for module in modules("tests") if not is_within(module.name, ("tests.bench",)))
    assert [module.name for module in others if _reads_a_clock(module)] == []


def _reads_a_clock(module: Module) -> bool:
    clocks = ("time.perf_counter", "time.perf_counter_ns", "time.process_time", "timeit")
    named = (ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute))
    return any(is_within(name, clocks) for name in (*named, *(found.name for found in module.imports)))


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (swallowed_mistakes, "try: ...\nexcept Exception: ..."),
        (swallowed_mistakes, "try: ...\nexcept (OSError, BaseException) as err: print('no')"),
        (swallowed_mistakes, "try: ...\nexcept: pass"),
        (looked_up_widgets, "view.findChild(Search)"),
        (dropped_contexts, "QShortcut(key, self, self.close, context=within)"),
        (untyped_results, "def later() -> ModuleType: ..."),
        (modules_without_purpose, "import re"),
    ],
)
def test_a_lapse_is_noticed(check: Callable[[Module], list[str]], code: str) -> None:
    assert len(check(Module("viewer.ui.window", ast.parse(code)))) == 1


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (swallowed_mistakes, "try: ...\nexcept BaseException:\n    close()\n    raise"),
        (swallowed_mistakes, "try: ...\nexcept BaseException as err: queue.put(err)"),
        (swallowed_mistakes, "try: ...\nexcept (OSError, ValueError): ..."),
        (dropped_contexts, "QShortcut(key, self, context=within).activated.connect(self.close)"),
        (modules_without_purpose, '"""What it is for."""'),
    ],
)
def test_what_is_sound_is_let_pass(check: Callable[[Module], list[str]], code: str) -> None:
    assert check(Module("viewer.ui.window", ast.parse(code))) == []
