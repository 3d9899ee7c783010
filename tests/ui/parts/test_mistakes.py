"""A mistake in another thread is caught once in the window's, and the thread goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from viewer.errors import OwnMistake, ViewerError
from viewer.search.engine import Engine
from viewer.ui.parts.background_runner import BackgroundRunner
from viewer.ui.parts.mistakes import MistakeTeller
from viewer.ui.window import Window


def fail() -> None:
    raise ZeroDivisionError("made for the test")


def test_each_is_told_once_and_in_the_windows_thread(qtbot: QtBot, qapp: QApplication) -> None:
    teller = MistakeTeller(qapp)
    with capture_exceptions() as caught:
        for _ in range(5):
            teller.start("test", fail).join()
        teller.start("test", lambda: [].pop()).join()
        qtbot.waitUntil(lambda: len(caught) >= 2)
        QApplication.processEvents()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError, IndexError]


def test_a_job_that_met_a_mistake_fails_and_the_next_one_is_done(qtbot: QtBot) -> None:
    runner = BackgroundRunner()
    results: list[object] = []
    with capture_exceptions() as caught:
        runner.run(fail, results.append, results.append)
        runner.run(fail, results.append, results.append)
        runner.run(lambda: "done", results.append, results.append)
        qtbot.waitUntil(lambda: len(results) == 3)
        QApplication.processEvents()
    runner.shut_down()
    assert [type(one) for one in results] == [OwnMistake, OwnMistake, str]
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


@pytest.mark.parametrize("broken", ["search", "search_complete", "facets", "warm", "__init__"])
def test_search_never_falls_silent(
    broken: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, open_window: Callable[..., Window], sample_file: Path
) -> None:
    kept = getattr(Engine, broken)
    with monkeypatch.context() as patch:
        patch.setattr(Engine, broken, lambda *_, **__: fail())
        window = open_window(sample_file)
        assert window.stack.view is not None
        with capture_exceptions() as caught:
            window.activateWindow()
            window.search.begin()
            window.search.entered.emit()
            QTest.keyClicks(window.search, "gro")
            if broken == "search_complete":
                QTest.keyClick(window.search, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: bool(caught))
            if broken != "warm":
                said = window.stack.view.search.results.sentence
                qtbot.waitUntil(lambda: "made a mistake" in said.text())
            QApplication.processEvents()
        assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert getattr(Engine, broken) is kept
    QTest.keyClicks(window.search, "om")
    results = window.stack.view.search.results
    qtbot.waitUntil(lambda: results.list.isVisible() and "mistake" not in results.sentence.text())


def test_what_a_view_says_is_a_sentence() -> None:
    assert isinstance(OwnMistake(), ViewerError)
    assert str(OwnMistake()).endswith(".")
