"""Timers work in every locale, and nothing sets a property of Qt's in a way that fails in Turkish."""

from __future__ import annotations

import ast

from PySide6.QtCore import QObject

from tests.source_tree import ROOT
from viewer.ui.parts.timers import make_timer


def test_a_timer_has_the_time_and_kind_that_were_asked_for() -> None:
    owner = QObject()
    timer = make_timer(owner, 250, single_shot=True)
    assert (timer.interval(), timer.isSingleShot(), timer.isActive(), timer.parent()) == (250, True, False, owner)


def test_no_property_of_qt_that_begins_with_i_is_set_by_a_keyword() -> None:
    found = [
        f"{path.name}:{node.lineno} {keyword.arg}"
        for path in sorted((ROOT / "viewer" / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("Q")
        for keyword in node.keywords
        if keyword.arg and keyword.arg[0] in "iI"
    ]
    assert found == []
