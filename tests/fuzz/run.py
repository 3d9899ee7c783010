"""Fuzzing: `python -m tests.fuzz.run --seconds 5 --seed 1 [TARGET ...]`; ends with 0 if no input was a fault.

Each target runs in a process of its own, which may take 1 GB of memory and 10 seconds for one input. An input follows
from the seed and its number, so that `--only NUMBER` tries the same one again.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.targets import TARGETS, Target, Workbench
from tests.source_tree import ROOT
from viewer import clock
from viewer.errors import TooLittleMemory, ViewerError

MEMORY = 1024 * 1024 * 1024  # bytes
LIMIT = 10.0  # seconds for one input
MOST_FAULTS = 5  # after which a target ends
NUMBER = 8  # bytes in which the number of the input under way is kept


@dataclass(slots=True)
class Outcome:
    """What came of the inputs of one target: how many were tried, accepted and refused, and the faults in words."""

    tried: int = 0
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def outcome_of(target: Target, numbers: Iterator[int], seed: int, kept: Path, until: float) -> Outcome:
    """Try the inputs of these numbers until that time (of the monotonic clock), or until some were faults."""
    out = Outcome()
    with kept.open("r+b", buffering=0) as current:
        for number in numbers:
            data = target.make(random.Random(f"{seed}:{number}"))
            if data in target.inputs:  # two changes can undo each other
                continue
            current.seek(0)
            current.write(number.to_bytes(NUMBER))
            signal.setitimer(signal.ITIMER_REAL, LIMIT)
            _try(target, data, number, out)
            signal.setitimer(signal.ITIMER_REAL, 0)
            if time.monotonic() > until or len(out.faults) >= MOST_FAULTS:
                break
    return out


def _try(target: Target, data: bytes, number: int, out: Outcome) -> None:
    out.tried += 1
    try:
        if target.read(data):
            out.accepted += 1
            if target.is_sealed:
                out.faults.append(f"input {number}: was accepted, though it is none that was issued")
    except TooLittleMemory:
        out.faults.append(f"input {number}: took more than {MEMORY >> 20} MB")
    except ViewerError as err:
        out.refused[type(err).__name__] += 1
    except Exception as err:
        where = traceback.extract_tb(err.__traceback__)[-1]
        out.faults.append(
            f"input {number}: {type(err).__name__}: {err} ({Path(where.filename).name}:{where.lineno})"[:400]
        )


def _work(name: str, seed: int, seconds: float, only: int | None, kept: Path) -> None:
    """Run in a process of its own: try inputs of one target and print what came of them."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process, also where SQLite is at work
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        target = TARGETS[name](Workbench(Path(folder)))
        numbers = iter(range(1, sys.maxsize)) if only is None else iter((only,))
        out = outcome_of(target, numbers, seed, kept, time.monotonic() + seconds)
        print(json.dumps([out.tried, out.accepted, out.refused, out.faults]))


def fuzz(name: str, seed: int, seconds: float, only: int | None = None) -> Outcome:
    """Try inputs of one target for that long, in a process of its own."""
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(bytes(NUMBER))
        kept.flush()
        options = ["--seed", str(seed), "--seconds", str(seconds), "--work", kept.name]
        options += [] if only is None else ["--only", str(only)]
        command = [sys.executable, "-m", "tests.fuzz.run", name, *options]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        number = int.from_bytes(Path(kept.name).read_bytes())
    if done.returncode == 0:
        tried, accepted, refused, faults = json.loads(done.stdout.splitlines()[-1])
        return Outcome(tried=tried, accepted=accepted, refused=Counter(refused), faults=faults)
    held = done.returncode == -signal.SIGALRM
    why = (
        f"took more than {LIMIT:g} seconds" if held else f"ended the process ({done.returncode}): {done.stderr[-300:]}"
    )
    return Outcome(tried=number, faults=[f"input {number}: {why}"])


def main() -> int:
    """Fuzz what the command line names, and print what came of it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=5, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    clock.start(None)
    if asked.work is not None:
        _work(asked.names[0], asked.seed, asked.seconds, asked.only, asked.work)
        return 0
    total = Outcome()
    for name in asked.names or TARGETS:
        found = fuzz(name, asked.seed, asked.seconds, asked.only)
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in found.refused.most_common(3))
        print(
            f"{name:18} {found.tried:9,} tried {found.accepted:9,} accepted {found.refused.total():9,} refused: {kinds}"
        )
        total.tried += found.tried
        total.faults += [f"{name} (seed {asked.seed}), {fault}" for fault in found.faults]
    print(f"{'in all':18} {total.tried:9,} tried, {len(total.faults)} faults")
    for fault in total.faults:
        print(f"fault: {fault}", file=sys.stderr)
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main())
