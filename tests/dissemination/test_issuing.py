"""Whatever the document: its row stands in the register before a byte of it is delivered."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from viewer.dissemination.issuing import PREVIEW, DocumentEntry, issuing
from viewer.dissemination.register import Register, RegisterError, RegisterRow

ENTRY = DocumentEntry(
    title="A list", series="made-up", edition="MADE-UP 2012", serial=1, fingerprint="0" * 128, form="csv",
    items=("one.f1",), audience="open", marking="open", recipient="Unit 4", copies=1,
)  # fmt: skip
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def rows(home: Path) -> tuple[RegisterRow, ...]:
    with Register.open(home) as register:
        assert register.verify() == ()
        return register.rows()


def test_the_row_is_there_when_the_bytes_are_delivered(tmp_path: Path) -> None:
    seen: list[tuple[bytes, int]] = []
    with issuing(tmp_path, NOW) as leaving:
        row = leaving.deliver(b"data", ENTRY, lambda data: seen.append((data, len(rows(tmp_path)))), event="export")
    assert seen == [(b"data", 1)]
    assert (row.issue.at, row.issue.sheet) == ("2026-11-24T03:00:00Z", leaving.imprint.id)
    assert row.issue.sha256 == hashlib.sha256(b"data").hexdigest()
    assert (row.issue.items, row.issue.recipient, row.issue.event) == (("one.f1",), "Unit 4", "export")


def test_a_delivery_that_fails_is_entered_too(tmp_path: Path) -> None:
    def jam(_data: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), issuing(tmp_path) as leaving:
        leaving.deliver(b"data", ENTRY, jam, event="print")
    assert [row.issue.event for row in rows(tmp_path)] == ["print", "void"]


def test_nothing_is_delivered_where_no_row_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_bytes(b"garbage" * 100)
    with pytest.raises(RegisterError), issuing(tmp_path):
        pytest.fail("there is no register to issue by")


def test_an_imprint_says_how_the_register_stood(tmp_path: Path) -> None:
    with issuing(tmp_path) as first:
        row = first.deliver(b"one", ENTRY, lambda _: None, event="copy")
    with issuing(tmp_path) as second:
        assert second.imprint.registered == f"register {row.hash[:12]}"
    assert first.imprint.registered == "first in its register"
    assert PREVIEW.is_preview
    assert PREVIEW.registered == ""
