"""From the start of the process to the first paint, and the memory held by then, beside a bare Qt window.

Then what each of the means to a quicker start buys: with it, beside without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.harness import Row

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "briefings.db"
VIEWER = (sys.executable, str(ROOT / "main.py"), "open", str(SAMPLE), "--first-paint")
BARE = (sys.executable, str(Path(__file__).with_name("bare_window.py")))
WITHOUT = str(Path(__file__).with_name("start_without.py"))
MEANS = {  # what each is called in start_without.py, and the share of the start that it must leave
    "lazy_qt": 0.9,
    "named_enums": 1.0,
    "records": 0.97,
}
ROUNDS, FEWER = 41, 21  # a start varies by a tenth from one to the next
LONGEST = 30  # seconds


@dataclass(frozen=True, slots=True)
class Start:
    """One start: milliseconds to the first paint, and MiB held by then."""

    time: float
    memory: float


def measure() -> Iterator[Row]:
    """Time and memory of the sample, each with its allowed ratio."""
    with tempfile.TemporaryDirectory() as home, _screen() as screen:
        places = {**os.environ, **screen, "BRIEFING_VIEWER_HOME": home}
        places.pop("PYTHONDONTWRITEBYTECODE", None)  # the reader's second start finds the program compiled
        starts = _pairs(VIEWER, BARE, places, ROUNDS)
        without = {name: _pairs(VIEWER, _without(name), places, FEWER) for name in MEANS}
    where = "a screen" if "DISPLAY" in places else "no screen"
    viewer, bare = (median(pair[side].time for pair in starts) for side in (0, 1))
    yield Row(what=f"start to first paint, {where}, beside a bare window", measured=viewer, reference=bare, allowed=1.3)
    viewer, bare = (median(pair[side].memory for pair in starts) for side in (0, 1))
    file = SAMPLE.stat().st_size / 2**20
    yield Row(
        what="memory at first paint, beside a bare window and the file",
        measured=viewer,
        reference=bare,
        allowed=1.5 + file / bare,
        unit="MiB",
    )

    for name, pairs in without.items():
        viewer, other = (median(pair[side].time for pair in pairs) for side in (0, 1))
        yield Row(what=f"start with {name}, beside without", measured=viewer, reference=other, allowed=MEANS[name])


def _without(name: str) -> tuple[str, ...]:
    return (sys.executable, WITHOUT, name, str(SAMPLE))


def _pairs(
    viewer: tuple[str, ...], other: tuple[str, ...], places: dict[str, str], rounds: int
) -> list[tuple[Start, Start]]:
    """Start both in turn, after one start of each that does not count."""
    return [(started(viewer, places), started(other, places)) for _ in range(rounds + 1)][1:]


def started(command: tuple[str, ...], environment: dict[str, str]) -> Start:
    """One start in a process of its own; raises RuntimeError where it does not come to painting."""
    begin = perf_counter()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        words = process.stdout.readline().split()
        time = (perf_counter() - begin) * 1000
        _, errors = process.communicate(timeout=LONGEST)
    if words[:1] != ["painted"]:
        raise RuntimeError(f"{command[1]} was not painted: {errors.strip()}")
    return Start(time, int(words[2]) / 1024)


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """Yield what to add to the environment: a screen of our own where there is none, or none where that fails."""
    if "DISPLAY" in os.environ:
        yield {}
    elif shutil.which("Xvfb"):
        with _virtual_screen() as display:
            yield {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    else:
        yield {"QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def _virtual_screen() -> Iterator[str]:
    """The name of an X display that lives as long as this."""
    reading, writing = os.pipe()
    command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp")
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as number:
                yield f":{number.readline().strip()}"
        finally:
            server.terminate()
