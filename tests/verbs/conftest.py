"""What the tests of the commands are handed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from viewer.editions.opening import ReaderSession
from viewer.signing.sealing import SigningKey
from viewer.signing.trust import Trust
from viewer.verbs import verbs


@pytest.fixture
def key_file(key_pair: SigningKey, tmp_path: Path) -> str:
    """The public key of the tests' publisher as a file."""
    path = tmp_path / "exercise.pub"
    path.write_text(key_pair.public.text)
    return str(path)


@pytest.fixture
def run(tmp_path: Path, sample_file: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a notes verb on the sample, with a home of its own; other families have a `run` of their own."""
    monkeypatch.setattr(ReaderSession, "start", classmethod(lambda cls, home, _key=None: cls(home=home, trust=trust)))

    def call(*words: str, home: str = "home") -> Result:
        edition = ("--bundle", str(sample_file), "--home", str(tmp_path / home))
        return CliRunner().invoke(verbs, ["notes", *words, *edition], catch_exceptions=False)

    return call
