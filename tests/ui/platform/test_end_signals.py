"""The first signal is announced in the window's thread; the system has them all again afterwards."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from viewer.ui.platform.end_signals import NAMES, EndSignals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none")


@pytest.mark.parametrize("name", NAMES)
def test_the_first_signal_is_announced_and_the_next_one_would_end_the_program(qtbot: QtBot, name: str) -> None:
    before = {number: signal.getsignal(number) for number in (signal.Signals[one] for one in NAMES)}
    signals = EndSignals()
    try:
        with qtbot.waitSignal(signals.received):
            os.kill(os.getpid(), signal.Signals[name])
        assert {signal.getsignal(number) for number in before} == {signal.SIG_DFL}
    finally:
        signals.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_signal_that_was_ignored_stays_so(qtbot: QtBot) -> None:
    """As under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signals = EndSignals()
    try:
        with qtbot.assertNotEmitted(signals.received, wait=50):
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signals.stop()
        signal.signal(signal.SIGHUP, before)
