"""What the tests of editions share: a reader's session, and small editions of one series."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publish.small import FILES, write
from viewer.editions.opening import ReaderSession
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.signing.trust import Trust


@pytest.fixture
def session(tmp_path: Path, trust: Trust) -> ReaderSession:
    """A session with a fresh folder of the reader's own."""
    return ReaderSession(home=tmp_path / "home", trust=trust)


@pytest.fixture
def serials(tmp_path: Path, sealed: Callable[..., bytes]) -> Callable[[int], Path]:
    """Makes the small edition with the serial asked for: `serials(3)`."""

    def make(serial: int) -> Path:
        path = tmp_path / f"small-{serial}.db"
        if path.exists():
            return path
        folder = tmp_path / f"drafts-{serial}"
        write(folder, FILES | {"edition.toml": FILES["edition.toml"].replace("serial = 2", f"serial = {serial}")})
        body = build_body(read_drafts(folder))
        path.write_bytes(sealed(body, series="small", serial=serial, issued="2020-05", review="2021-03-31"))
        return path

    return make
