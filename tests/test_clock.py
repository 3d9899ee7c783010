"""The time that the program goes by is never earlier than what is known, and a clock that cannot be right is said."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.source_tree import ROOT
from viewer import clock
from viewer.clock import FILE, NOT_RELIABLE, Clock
from viewer.dissemination.issuing import issuing
from viewer.dissemination.register import Register
from viewer.editions.opening import ReaderSession
from viewer.paths import sample
from viewer.sheets.compose_common import warnings_of

SetClock = Callable[[datetime], None]
TODAY = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Sets the computer's clock: `set_clock(datetime)`; it says noon of 30 November 2026 until then."""

    def to(time: datetime) -> None:
        monkeypatch.setattr("viewer.clock.system_now", lambda: time)

    to(TODAY)
    return to


@pytest.mark.usefixtures("set_clock")
def test_a_clock_that_nothing_contradicts_is_believed(tmp_path: Path) -> None:
    held = Clock(tmp_path)
    assert (held.now(), held.is_reliable, held.warning) == (TODAY, True, "")


@pytest.mark.parametrize("days", [0, 0.9])
def test_less_than_a_day_behind_is_no_news(set_clock: SetClock, tmp_path: Path, days: float) -> None:
    held = Clock(tmp_path)
    held.remember()
    set_clock(TODAY - timedelta(days=days))
    again = Clock(tmp_path)
    assert (again.now(), again.warning) == (TODAY, "")


def test_what_a_trusted_key_signed_cannot_be_older_than_its_issue(set_clock: SetClock, tmp_path: Path) -> None:
    set_clock(datetime(2000, 1, 1, tzinfo=UTC))
    held = Clock(tmp_path)
    held.vouch("2012-06", "the edition was issued then")
    assert held.now() == datetime(2012, 6, 1, tzinfo=UTC)
    assert held.today().isoformat() == "2012-06-01"
    assert "cannot be earlier than 1 June 2012: the edition was issued then" in held.warning
    assert "--forget" not in held.warning


def test_the_newest_time_seen_counts_until_it_is_taken_back(set_clock: SetClock, tmp_path: Path) -> None:
    set_clock(datetime(2031, 1, 1, tzinfo=UTC))
    Clock(tmp_path).remember()
    set_clock(TODAY)
    held = Clock(tmp_path)
    assert held.today().year == 2031
    assert "--forget" in held.warning
    held.forget()
    again = Clock(tmp_path)
    assert (again.now(), again.warning) == (TODAY, "")


def test_a_step_ahead_of_over_a_year_waits_until_it_is_confirmed(set_clock: SetClock, tmp_path: Path) -> None:
    Clock(tmp_path).remember()
    set_clock(datetime(2100, 1, 1, 12, tzinfo=UTC))
    held = Clock(tmp_path)
    assert (held.now(), held.today().year, held.is_reliable) == (TODAY, 2100, False)
    held.remember()
    assert Clock(tmp_path).seen == TODAY
    held.confirm()
    again = Clock(tmp_path)
    assert (again.now().year, again.is_reliable) == (2100, True)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 1, "seen": 5}', b'{"version": 1, "seen": "x"}', b"\xff" * 9000,
     b'{"version": "1", "seen": "2026-11-30T12:00:00+00:00"}', b"[" * 4000],
)  # fmt: skip
@pytest.mark.usefixtures("set_clock")
def test_a_damaged_memory_is_said_and_begun_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    held = Clock(tmp_path)
    assert held.trouble
    assert held.now() == TODAY
    held.remember()
    assert Clock(tmp_path).trouble == ""


@pytest.mark.usefixtures("set_clock")
def test_a_memory_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    data = b'{"version": 2, "seen": "something else"}'
    (tmp_path / FILE).write_bytes(data)
    held = Clock(tmp_path)
    held.remember()
    assert (bool(held.trouble), (tmp_path / FILE).read_bytes()) == (True, data)


@pytest.mark.usefixtures("set_clock")
def test_a_folder_in_its_place_or_a_read_only_home_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    held = Clock(tmp_path)
    held.remember()
    assert (bool(held.trouble), held.now()) == (True, TODAY)


def test_an_edition_opened_with_a_clock_of_the_year_2000_says_so_and_sheets_are_stamped(
    set_clock: SetClock,
    tmp_path: Path,
) -> None:
    set_clock(datetime(2000, 1, 1, tzinfo=UTC))
    opened = ReaderSession.start(tmp_path).open(sample())
    try:
        assert any("The clock of this computer says 1 January 2000" in warning for warning in opened.warnings)
        assert NOT_RELIABLE in warnings_of(opened.bundle, clock.today(), None)
    finally:
        opened.bundle.close()


def test_an_exercise_vouches_for_no_time(set_clock: SetClock, tmp_path: Path) -> None:
    set_clock(datetime(2010, 1, 1, tzinfo=UTC))
    key = Path(__file__).with_name("homes") / "editions" / "publisher.pub"
    session = ReaderSession.start(tmp_path, key)
    clock.start(tmp_path)
    opened = session.open(key.with_name("exercise-1.db"))
    opened.bundle.close()
    assert clock.current().is_reliable


def test_no_row_of_the_register_is_dated_before_the_one_above(set_clock: SetClock, tmp_path: Path) -> None:
    from tests.dissemination.test_issuing import ENTRY

    for time in (TODAY, datetime(2020, 1, 1, tzinfo=UTC)):
        set_clock(time)
        clock.start(tmp_path)
        with issuing(tmp_path) as out:
            out.deliver(b"bytes", ENTRY, lambda _data: None, event="export")
    assert not clock.current().is_reliable
    with Register.open(tmp_path) as register:
        assert [row.issue.at for row in register.rows()] == ["2026-11-30T12:00:00Z"] * 2
        assert register.verify() == ()


def _calls_of_other_clocks(tree: ast.AST) -> list[int]:
    names = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"),
             ("QDate", "currentDate"), ("QDateTime", "currentDateTime"), ("time", "localtime")}  # fmt: skip
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in names
    ]


def test_nothing_else_asks_what_time_it_is() -> None:
    found = {
        path.name: lines
        for path in sorted((ROOT / "viewer").rglob("*.py"))
        if (lines := _calls_of_other_clocks(ast.parse(path.read_bytes())))
    }
    assert list(found) == ["clock.py", "leftovers.py"]  # the latter compares times of files
