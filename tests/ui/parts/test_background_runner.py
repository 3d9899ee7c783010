"""The press works in a thread of its own, which destroys nothing of the window's."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from concurrent.futures.thread import _WorkItem
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.errors import ViewerError
from viewer.ui.parts.background_runner import BackgroundRunner


@pytest.fixture
def press(qapp: QApplication) -> Iterator[BackgroundRunner]:  # noqa: ARG001 - signals come by its loop
    """A press."""
    made = BackgroundRunner()
    yield made
    made.shut_down()


class Teller:
    """Is told how it went, as a widget would be; notes in which thread it goes."""

    def __init__(self, told: list[object], gone_in: list[threading.Thread]) -> None:
        self.told, self.gone_in = told, gone_in

    def done(self) -> str:
        return "done"

    def fail(self) -> None:
        raise ViewerError("It did not go well.")

    def tell(self, found: object) -> None:
        self.told.append(found)

    def __del__(self) -> None:
        self.gone_in.append(threading.current_thread())


@pytest.mark.parametrize("work", ["done", "fail"])
def test_who_asked_is_let_go_in_the_windows_thread(
    press: BackgroundRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    run = _WorkItem.run

    def slowly(item: Any) -> None:
        """Leaves the window time to be told before the thread lets go of the work."""
        run(item)
        time.sleep(0.1)

    monkeypatch.setattr(_WorkItem, "run", slowly)
    told: list[object] = []
    gone_in: list[threading.Thread] = []
    teller = Teller(told, gone_in)
    press.run(getattr(teller, work), teller.tell, teller.tell)
    del teller
    qtbot.waitUntil(lambda: bool(told))
    told.clear()
    press.shut_down()
    gc.collect()  # an error and where it was raised hold one another
    assert gone_in == [threading.main_thread()]
