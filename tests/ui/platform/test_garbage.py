"""Garbage is collected where Qt's objects may die: in the window's thread."""

from __future__ import annotations

import gc
from threading import Thread, get_ident
from typing import Any

from pytestqt.qtbot import QtBot

from viewer.ui.platform.garbage import INTERVAL, GarbageCollector, collect_if_due


class Knot:
    """Something only the collector can free, which tells in which thread it was."""

    died_in: list[int] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.died_in.append(get_ident())


def make_garbage(kept: list[Any]) -> None:
    Knot()
    kept += [[] for _ in range(5000)]  # enough for Python to look for garbage, if it may


def test_a_working_thread_collects_nothing_and_the_window_collects_it_all(qtbot: QtBot) -> None:
    Knot.died_in.clear()
    collector = GarbageCollector()
    kept: list[Any] = []
    worker = Thread(target=make_garbage, args=(kept,))
    worker.start()
    worker.join()
    assert Knot.died_in == []
    qtbot.waitUntil(lambda: Knot.died_in != [], timeout=5 * INTERVAL)
    assert set(Knot.died_in) == {get_ident()}
    collector.deleteLater()


def test_collects_nothing_where_nothing_is_due() -> None:
    gc.collect()
    before = gc.get_stats()[2]["collections"]
    collect_if_due()
    assert gc.get_stats()[2]["collections"] == before


def test_python_still_collects_in_whichever_thread_makes_objects() -> None:
    """Fails once the module is needless: then it can go."""
    Knot.died_in.clear()
    Knot()
    kept: list[Any] = []
    worker = Thread(target=make_garbage, args=(kept,))
    gc.enable()
    try:
        worker.start()
        worker.join()
    finally:
        gc.disable()
    assert Knot.died_in != []
    assert get_ident() not in Knot.died_in
