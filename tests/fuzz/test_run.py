"""Fuzzing tries what it says, and a fault does not pass it by."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fuzz.run import MOST_FAULTS, Outcome, fuzz, outcome_of
from tests.fuzz.targets import TARGETS, Target, Workbench
from viewer.errors import Refused

Tries = Callable[..., Outcome]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = Workbench(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.bundle.close()


@pytest.fixture
def tries(tmp_path: Path) -> Tries:
    """Tries so many inputs of a target."""
    kept = tmp_path / "number"
    kept.write_bytes(bytes(8))

    def run(target: Target, most: int) -> Outcome:
        numbers = itertools.islice(itertools.count(1), most)
        return outcome_of(target, numbers, 7, kept, time.monotonic() + 60)

    return run


@pytest.mark.parametrize("name", TARGETS)
def test_reads_genuine_inputs_and_stands_changed_ones(name: str, bench: Workbench, tries: Tries) -> None:
    target = TARGETS[name](bench)
    assert target.read(target.inputs[0])
    out = tries(target, 25)
    assert out.faults == []
    assert out.tried == out.accepted + out.refused.total() > 15
    if target.is_sealed:
        assert out.accepted == 0


def turned(data: bytes, chance: random.Random) -> bytes:
    return data[::-1] + chance.randbytes(1)


def test_names_what_was_accepted_and_what_is_a_mistake(tries: Tries) -> None:
    lax = tries(Target([b"genuine"], turned, lambda _data: True, is_sealed=True), 20)
    assert lax.accepted == len(lax.faults) == MOST_FAULTS
    assert lax.faults[0] == "input 1: was accepted, though it is none that was issued"

    def stumble(data: bytes) -> bool:
        if data[-1] % 2:
            raise Refused("no")
        return bool(1 // 0)

    out = tries(Target([b"genuine"], turned, stumble), 20)
    assert out.refused["Refused"] > 0
    assert "ZeroDivisionError: integer division or modulo by zero (test_run.py:" in out.faults[0]
    undone = tries(Target([b"genuine"], lambda data, _chance: data, lambda _data: True, is_sealed=True), 20)
    assert (undone.tried, undone.faults) == (0, [])


def test_the_same_seed_tries_the_same_inputs_in_a_process_of_its_own() -> None:
    one, other = (fuzz("signed-trust-list", 5, 0, only=number) for number in (3, 3))
    assert one == other
    assert (one.tried, one.faults) == (1, [])
