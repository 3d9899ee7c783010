"""The verb of the clock says what the program goes by, and sets right what it remembers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from viewer.clock import Clock
from viewer.verbs import verbs


def run(home: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(verbs, ["clock", *words, "--home", str(home)], standalone_mode=False)
    code = result.return_value if isinstance(result.return_value, int) else result.exit_code
    return code, result.stdout


def test_a_clock_that_is_believed_ends_with_0(tmp_path: Path) -> None:
    code, said = run(tmp_path)
    assert (code, "Warning" in said) == (0, False)
    assert "Gone by:" in said


def test_a_time_that_was_wrong_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("viewer.clock.system_now", lambda: datetime(2090, 1, 1, tzinfo=UTC))
        Clock(tmp_path).remember()
    code, said = run(tmp_path)
    assert (code, "Warning: The clock of this computer says" in said) == (1, True)
    assert run(tmp_path, "--forget")[0] == 0
    assert run(tmp_path)[0] == 0


def test_a_step_ahead_is_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(tmp_path).remember()
    monkeypatch.setattr("viewer.clock.system_now", lambda: datetime(2090, 1, 1, tzinfo=UTC))
    assert run(tmp_path)[0] == 1
    assert run(tmp_path, "--confirm")[0] == 0
    assert run(tmp_path)[0] == 0


def test_both_at_once_are_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "--confirm", "--forget")[0] != 0
