"""Drafts -> a sealed file in its place: accepted by the reader's own code first, whole or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from viewer.bundle import gate
from viewer.errors import DraftErrors, Faulty, FileTrouble, PublishError
from viewer.model import Claims
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.publish.release import check_sealed, claims_for, publish
from viewer.signing.envelope import unseal
from viewer.signing.sealing import SigningKey, load_secret_key, make_key_pair, seal
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust
from viewer.signing.trust_list import Publisher

CLAIMS = Claims(series="small", serial=2, issued="2020-05", review="2021-03-31", schema=2)


@pytest.fixture(scope="module")
def secret_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A secret key file without a passphrase."""
    path = tmp_path_factory.mktemp("key") / "publisher.key"
    path.write_text(make_key_pair("a publisher")[0], encoding="ascii")
    return path


@pytest.fixture(scope="module")
def signing_key(secret_key: Path) -> SigningKey:
    """The key in that file."""
    return load_secret_key(secret_key)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where an edition shall appear, in a folder of its own that is still empty."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "small.db"


def left_in(folder: Path) -> list[str]:
    """The names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def change(drafts: Path, old: str, new: str) -> None:
    """Replace the first `old` in edition.toml."""
    path = drafts / "edition.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_writes_a_file_that_readers_accept(drafts: Path, secret_key: Path, signing_key: SigningKey, out: Path) -> None:
    proof = publish(drafts, secret_key, out)
    data = out.read_bytes()
    trust = Trust(
        root=replace(signing_key.public, number=bytes(8)),
        serial=1,
        issued="2020-01",
        publishers={signing_key.public.key_id: Publisher(name="A publisher", key=signing_key.public)},
        revoked={},
    )
    unsealed = unseal(data, trust)
    gate.pass_gate(unsealed.body, unsealed.seal.claims).close()
    assert unsealed.seal == proof
    assert (proof.claims, proof.publisher, proof.size) == (CLAIMS, "A publisher", len(data))
    assert bytes(unsealed.body) == build_body(read_drafts(drafts))
    assert proof.fingerprint == hashlib.blake2b(unsealed.body).hexdigest()
    assert left_in(out.parent) == ["small.db"]


def test_publishes_the_same_body_twice(drafts: Path, secret_key: Path, out: Path) -> None:
    publish(drafts, secret_key, out)
    again = out.with_name("again.db")
    publish(drafts, secret_key, again)
    assert split_trailer(again.read_bytes())[0] == split_trailer(out.read_bytes())[0]


def test_takes_the_facts_of_the_comment_from_the_edition(drafts: Path) -> None:
    assert claims_for(read_drafts(drafts).edition) == CLAIMS


def test_writes_nothing_for_faulty_drafts(drafts: Path, secret_key: Path, out: Path) -> None:
    change(drafts, "serial = 2", "serial = 0")
    with pytest.raises(DraftErrors, match=r"edition\.toml:4: "):
        publish(drafts, secret_key, out)
    assert left_in(out.parent) == []


def test_writes_nothing_without_the_key(drafts: Path, out: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked.key"
    locked.write_text("no key\n", encoding="ascii")
    with pytest.raises(PublishError, match="not a minisign secret key"):
        publish(drafts, locked, out)
    with pytest.raises(FileTrouble):
        publish(drafts, tmp_path / "missing.key", out)
    assert left_in(out.parent) == []


def test_writes_nothing_that_readers_would_refuse(
    drafts: Path, secret_key: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(drafts, secret_key, out)
    before = out.read_bytes()
    monkeypatch.setattr("viewer.publish.release.build_body", lambda *given: build_body(*given)[:-4096])
    with pytest.raises(PublishError, match="readers would refuse it") as caught:
        publish(drafts, secret_key, out, replace=True)
    assert isinstance(caught.value.__cause__, Faulty)
    assert out.read_bytes() == before
    assert left_in(out.parent) == ["small.db"]


def test_checks_the_sealed_bytes_before_they_get_their_name(
    drafts: Path, secret_key: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    def watched(body: memoryview, claims: Claims) -> sqlite3.Connection:
        seen.append(left_in(out.parent))
        return gate.pass_gate(body, claims)

    monkeypatch.setattr("viewer.publish.release.pass_gate", watched)
    publish(drafts, secret_key, out)
    assert seen == [[]]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body, key: seal(body, replace(CLAIMS, serial=3), key),
        lambda body, key: seal(body, replace(CLAIMS, review="2021-03-30"), key),
        lambda body, key: seal(body, CLAIMS, key) + b"\n",
        lambda body, key: seal(body[:4096], CLAIMS, key),
    ],
    ids=["another serial", "another date", "a byte more", "a page alone"],
)
def test_refuses_its_own_result_when_it_is_not_sound(
    drafts: Path, signing_key: SigningKey, spoil: Callable[[bytes, SigningKey], bytes]
) -> None:
    data = spoil(build_body(read_drafts(drafts)), signing_key)
    with pytest.raises(PublishError, match="readers would refuse it"):
        check_sealed(data, signing_key, "A publisher")


def test_replaces_the_same_and_an_older_edition(drafts: Path, secret_key: Path, out: Path) -> None:
    publish(drafts, secret_key, out)
    publish(drafts, secret_key, out)
    change(drafts, "serial = 2", "serial = 3")
    assert publish(drafts, secret_key, out).claims.serial == 3


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("serial = 2", "serial = 1", "small.db is already there and is newer: its serial is 2, this one's is 1."),
        ('"small"', '"other"', "small.db is already there and is an edition of another series, small."),
    ],
)
def test_keeps_a_newer_edition_and_one_of_another_series_until_told(
    drafts: Path, secret_key: Path, out: Path, old: str, new: str, reason: str
) -> None:
    publish(drafts, secret_key, out)
    before = out.read_bytes()
    change(drafts, old, new)
    with pytest.raises(PublishError) as caught:
        publish(drafts, secret_key, out)
    assert str(caught.value) == reason
    assert out.read_bytes() == before
    publish(drafts, secret_key, out, replace=True)
    assert out.read_bytes() != before


@pytest.mark.parametrize("content", [b"", b"notes of mine\n", b"SQLite format 3\0" + bytes(4080)])
def test_keeps_a_file_that_is_no_edition_until_told(drafts: Path, secret_key: Path, out: Path, content: bytes) -> None:
    out.write_bytes(content)
    with pytest.raises(PublishError, match="already there and is not an edition"):
        publish(drafts, secret_key, out)
    assert out.read_bytes() == content
    publish(drafts, secret_key, out, replace=True)
    assert len(out.read_bytes()) > len(content)


@pytest.mark.parametrize("place", ["missing/small.db", "."])
@pytest.mark.parametrize("replacing", [False, True])
def test_says_where_it_cannot_write(drafts: Path, secret_key: Path, out: Path, place: str, replacing: bool) -> None:
    with pytest.raises(FileTrouble):
        publish(drafts, secret_key, out.parent / place, replace=replacing)
    assert left_in(out.parent) == []


def test_unlocks_a_key_with_its_passphrase(
    drafts: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viewer.signing.sealing.OPERATIONS", 32_768)  # the least work that a lock can have
    monkeypatch.setattr("viewer.signing.sealing.MEMORY", 16 * 1024 * 1024)
    path = tmp_path / "locked.key"
    path.write_text(make_key_pair("a publisher", "correct horse")[0], encoding="ascii")
    with pytest.raises(PublishError, match="locked"):
        publish(drafts, path, out)
    with pytest.raises(PublishError, match="passphrase"):
        publish(drafts, path, out, "wrong horse")
    assert left_in(out.parent) == []
    assert publish(drafts, path, out, "correct horse").claims == CLAIMS


def test_stopped_work_leaves_nothing_behind(drafts: Path, secret_key: Path, out: Path) -> None:
    steps: list[str] = []
    publish(drafts, secret_key, out, report=steps.append)
    out.unlink()
    for last in steps:

        def stop(doing: str, last: str = last) -> None:
            if doing == last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            publish(drafts, secret_key, out, report=stop)
        assert left_in(out.parent) == []


def test_stops_within_a_long_statement_of_sqlite(
    drafts: Path, secret_key: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viewer.publish.build._STEPS", 10)
    monkeypatch.setattr("viewer.publish.build._go_on", lambda: 1)
    with pytest.raises(KeyboardInterrupt):
        publish(drafts, secret_key, out)
    assert left_in(out.parent) == []
