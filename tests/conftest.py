"""What several tests are handed: a publisher's key, a Trust that knows it, and sealed files."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from viewer import clock, paths
from viewer.bundle.formats import FORMATS
from viewer.model import Claims
from viewer.signing.sealing import SigningKey, build_trust_list, new_key, seal
from viewer.signing.trust import Trust, read_trust_list

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

CLAIMS = Claims(series="tacsea", serial=2, issued="2012-06", review="2013-03-31", schema=2)
EDITIONS_OF_FORMAT_1 = Path(__file__).with_name("homes") / "editions"
_numbers = count(1)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A reader's folder for each test, not made until something is written: the person's own is never touched."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_numbers))
    monkeypatch.setenv("BRIEFING_VIEWER_HOME", str(home))
    clock.start(None)


@pytest.fixture(scope="session")
def root_key() -> SigningKey:
    """A trust root's key, made for this run."""
    return new_key()


@pytest.fixture(scope="session")
def key_pair() -> SigningKey:
    """A publisher's key, made for this run and held in memory: `.public` is its public half."""
    return new_key()


@pytest.fixture(scope="session")
def trust(root_key: SigningKey, key_pair: SigningKey) -> Trust:
    """A Trust whose one publisher, "Test publisher", is `key_pair`."""
    data = build_trust_list({"Test publisher": key_pair.public}, root_key, serial=1, issued="2026-11")
    return read_trust_list(data, root_key.public)


@pytest.fixture(scope="session")
def database() -> bytes:
    """A small SQLite file that is no edition: enough for what looks at bytes alone."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE word(text TEXT NOT NULL)")
    connection.execute("INSERT INTO word VALUES ('a line\nand another')")
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


@pytest.fixture(scope="session")
def sealed(key_pair: SigningKey) -> Callable[..., bytes]:
    """Seals a body with `key_pair`: `sealed(body, serial=2)`; claims not given are those of TACSEA 2012/13."""

    def make(body: bytes, *, key: SigningKey = key_pair, **claims: Any) -> bytes:
        found = int.from_bytes(body[60:64])
        schema = found if found in FORMATS else CLAIMS.schema
        return seal(body, replace(CLAIMS, **{"schema": schema, **claims}), key)

    return make


@pytest.fixture(scope="session")
def sample_bytes(sealed: Callable[..., bytes]) -> bytes:
    """The sample edition, built from its drafts and sealed with `key_pair`."""
    from viewer.publish.build import build_body
    from viewer.publish.drafts import read_drafts

    return sealed(build_body(read_drafts(paths.resources() / "drafts" / "tacsea-2012")))


@pytest.fixture(scope="session")
def sample(sample_bytes: bytes, trust: Trust) -> Iterator[Bundle]:
    """The Bundle of the sample edition."""
    from viewer.bundle.bundle import Bundle

    bundle = Bundle.from_bytes(sample_bytes, trust)
    yield bundle
    bundle.close()


@pytest.fixture(scope="session")
def sample_1(resealed: Callable[[str], bytes], trust: Trust) -> Iterator[Bundle]:
    """The Bundle of the sample as it was published in format 1, serial 1."""
    from viewer.bundle.bundle import Bundle

    bundle = Bundle.from_bytes(resealed("briefings.db"), trust)
    yield bundle
    bundle.close()


@pytest.fixture(scope="session")
def resealed(key_pair: SigningKey) -> Callable[[str], bytes]:
    """Gives an edition of format 1 that was kept, sealed with `key_pair`: `resealed("exercise-1.db")`."""
    from viewer.signing.claims import parse_comment
    from viewer.signing.minisign import Signature
    from viewer.signing.trailer import split_trailer

    def sealed_anew(name: str) -> bytes:
        body, trailer = split_trailer((EDITIONS_OF_FORMAT_1 / name).read_bytes())
        return seal(bytes(body), parse_comment(Signature.parse(trailer).trusted_comment), key_pair)

    return sealed_anew


@pytest.fixture
def sample_file(sample_bytes: bytes, tmp_path: Path) -> Path:
    """The sample edition as a file named briefings.db."""
    path = tmp_path / "briefings.db"
    path.write_bytes(sample_bytes)
    return path


@pytest.fixture(scope="session")
def exercise_bytes(key_pair: SigningKey) -> tuple[bytes, bytes]:
    """The invented editions, serial 1 and serial 2 of their series, sealed with `key_pair`."""
    from viewer.publish.build import build_body
    from viewer.publish.drafts import read_drafts
    from viewer.publish.release import claims_for

    drafts = (read_drafts(paths.resources() / "drafts" / "exercise" / serial) for serial in "12")
    one, two = (seal(build_body(draft), claims_for(draft.edition), key_pair) for draft in drafts)
    return one, two


@pytest.fixture(scope="session")
def exercise_1(resealed: Callable[[str], bytes], trust: Trust) -> Iterator[tuple[Bundle, Bundle]]:
    """The Bundles of the invented editions as they were built in format 1, the earlier first."""
    from viewer.bundle.bundle import Bundle

    one, two = (Bundle.from_bytes(resealed(f"exercise-{serial}.db"), trust) for serial in "12")
    yield one, two
    one.close()
    two.close()


@pytest.fixture
def exercise_files(exercise_bytes: tuple[bytes, bytes], tmp_path: Path) -> tuple[Path, Path]:
    """The invented editions as files, the earlier first."""
    paths = tmp_path / "exercise-1.db", tmp_path / "exercise-2.db"
    for path, data in zip(paths, exercise_bytes, strict=True):
        path.write_bytes(data)
    return paths


@pytest.fixture(scope="session")
def exercise(exercise_bytes: tuple[bytes, bytes], trust: Trust) -> Iterator[tuple[Bundle, Bundle]]:
    """The Bundles of the invented editions, the earlier first."""
    from viewer.bundle.bundle import Bundle

    one, two = (Bundle.from_bytes(data, trust) for data in exercise_bytes)
    yield one, two
    one.close()
    two.close()
