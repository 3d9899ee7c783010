"""Work runs in a thread of its own, which destroys nothing of the window's."""

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
def runner(qapp: QApplication) -> Iterator[BackgroundRunner]:  # noqa: ARG001 - signals come by its loop
    """One that is shut down after the test."""
    made = BackgroundRunner()
    yield made
    made.shut_down()


class Receiver:
    """Takes results, as a widget would; notes in which thread it is destroyed."""

    def __init__(self, received: list[object], destroyed_in: list[threading.Thread]) -> None:
        self.received, self.destroyed_in = received, destroyed_in

    def done(self) -> str:
        return "done"

    def fail(self) -> None:
        raise ViewerError("It did not go well.")

    def receive(self, found: object) -> None:
        self.received.append(found)

    def __del__(self) -> None:
        self.destroyed_in.append(threading.current_thread())


@pytest.mark.parametrize("work", ["done", "fail"])
def test_who_asked_is_let_go_in_the_windows_thread(
    runner: BackgroundRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    run = _WorkItem.run

    def slowly(item: Any) -> None:
        """Leaves the window time to be received before the thread lets go of the work."""
        run(item)
        time.sleep(0.1)

    monkeypatch.setattr(_WorkItem, "run", slowly)
    received: list[object] = []
    destroyed_in: list[threading.Thread] = []
    receiver = Receiver(received, destroyed_in)
    runner.run(getattr(receiver, work), receiver.receive, receiver.receive)
    del receiver
    qtbot.waitUntil(lambda: bool(received))
    received.clear()
    runner.shut_down()
    gc.collect()  # an error and where it was raised hold one another
    assert destroyed_in == [threading.main_thread()]
