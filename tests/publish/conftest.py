"""What the tests of publishing are handed: a small sound folder of drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.small import FILES, write


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder of sound drafts: series `small`, serial 2, two themes, three passages, two findings, two statistics."""
    folder = tmp_path / "drafts"
    write(folder, FILES)
    return folder
