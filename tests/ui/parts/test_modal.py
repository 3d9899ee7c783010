"""A dialog that was answered is gone, with all that it held."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout

from tests.source_tree import ROOT
from viewer.ui.parts.modal import run_dialog, shown_dialog
from viewer.ui.window import Window


def _answer(do: Callable[[QDialog], None]) -> None:
    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        do(dialog)

    QTimer.singleShot(0, act)


@pytest.mark.parametrize(("do", "answer"), [(QDialog.accept, 1), (QDialog.reject, 0)])
def test_a_dialog_gives_its_answer_and_leaves_nothing(
    window: Window, do: Callable[[QDialog], None], answer: int
) -> None:
    before = len(window.findChildren(QDialog))
    dialog = QDialog(window)
    QVBoxLayout(dialog).addWidget(QLabel("A question"))
    _answer(do)
    assert run_dialog(dialog) == answer
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(window.findChildren(QDialog)) == before


def test_what_was_typed_can_be_read_before_the_dialog_goes(window: Window) -> None:
    dialog = QDialog(window)
    line = QLineEdit(dialog)

    def type_and_agree(shown: QDialog) -> None:
        QTest.keyClicks(line, "words")
        shown.accept()

    _answer(type_and_agree)
    with shown_dialog(dialog) as agreed:
        assert (agreed, line.text()) == (1, "words")


@pytest.mark.parametrize("name", ["seal", "shelf", "register"])
def test_the_window_keeps_nothing_of_a_dialog_of_its_own(window: Window, name: str) -> None:
    def show() -> int:
        _answer(QDialog.reject)
        window.actions_by_name[name].trigger()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(window.findChildren(QDialog))

    first = show()
    assert [show() for _ in range(3)] == [first] * 3


def test_no_dialog_is_shown_in_another_way() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "viewer" / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and node.attr == "exec" and path.name not in {"modal.py", "app.py"}
    ]
    assert found == []
