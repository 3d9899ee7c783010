"""What the tests of the commands are handed."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer.signing.sealing import SigningKey


@pytest.fixture
def key_file(key_pair: SigningKey, tmp_path: Path) -> str:
    """The public key of the tests' publisher as a file."""
    path = tmp_path / "exercise.pub"
    path.write_text(key_pair.public.text)
    return str(path)
