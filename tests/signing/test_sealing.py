from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from viewer.errors import FileTrouble, PublishError
from viewer.model import Claims
from viewer.signing.envelope import unseal
from viewer.signing.minisign import PublicKey, Signature
from viewer.signing.sealing import (
    SigningKey,
    build_trust_list,
    is_locked,
    load_secret_key,
    make_key_pair,
    new_key,
    seal,
)
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust
from viewer.signing.trust_list import Revocation

CLAIMS = Claims(series="tacsea", serial=1, issued="2012-06", review="2013-03-31", schema=1)


@pytest.fixture
def quick_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks keys with less work than is right, so that a test takes no seconds."""
    monkeypatch.setattr("viewer.signing.sealing.OPERATIONS", 32768)


def test_a_sealed_file_is_the_body_a_newline_and_four_lines(key_pair: SigningKey) -> None:
    data = seal(b"the body", CLAIMS, key_pair)
    body, trailer = split_trailer(data)
    assert data == b"the body\n" + trailer
    assert bytes(body) == b"the body"
    lines = trailer.decode("ascii").split("\n")
    assert lines[0] == "untrusted comment: signature from minisign secret key"
    assert base64.b64decode(lines[1])[:2] == b"ED"
    assert lines[2] == "trusted comment: briefings/1 series=tacsea serial=1 issued=2012-06 review=2013-03-31 schema=1"
    assert lines[4:] == [""]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("series", "TACSEA"),
        ("series", "tac sea"),
        ("serial", 0),
        ("serial", 2**31),
        ("issued", "June 2012"),
        ("review", "2013-02-30"),
        ("review", "2013-03-31\nschema=1"),
        ("schema", 3),
    ],
)
def test_seals_no_claims_that_a_reader_would_refuse(name: str, value: Any, key_pair: SigningKey) -> None:
    with pytest.raises(PublishError, match="cannot be sealed"):
        seal(b"body", replace(CLAIMS, **{name: value}), key_pair)


def test_seals_no_empty_and_no_too_large_body(key_pair: SigningKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.signing.sealing.LARGEST", 1000)
    assert len(seal(bytes(600), CLAIMS, key_pair)) <= 1000
    for body in (b"", bytes(1000)):
        with pytest.raises(PublishError, match="at most 256 MiB"):
            seal(body, CLAIMS, key_pair)


def test_a_key_pair_without_a_passphrase_signs(tmp_path: Path) -> None:
    secret, public = make_key_pair("north-west")
    (tmp_path / "n.key").write_text(secret)
    key = load_secret_key(tmp_path / "n.key")
    assert key.public == PublicKey.parse(public)
    assert not is_locked(tmp_path / "n.key")
    assert secret.startswith("untrusted comment: minisign secret key of north-west\n")
    assert public.startswith(f"untrusted comment: minisign public key {key.public.key_id}\n")
    assert Signature.parse(split_trailer(seal(b"body", CLAIMS, key))[1]).key_id == key.public.key_id


@pytest.mark.usefixtures("quick_lock")
def test_a_locked_key_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    secret, public = make_key_pair("north-west", "correct, with 3 words")
    path = tmp_path / "n.key"
    path.write_text(secret)
    assert is_locked(path)
    assert load_secret_key(path, "correct, with 3 words").public == PublicKey.parse(public)
    with pytest.raises(PublishError, match=r"The passphrase does not open the key in n\.key"):
        load_secret_key(path, "another")
    with pytest.raises(PublishError, match="needs its passphrase"):
        load_secret_key(path)


def test_two_key_pairs_differ() -> None:
    assert make_key_pair("a")[1] != make_key_pair("a")[1]


@pytest.mark.parametrize("name", ["", "a\nb", "naïve", "x" * 81, "a\tb"])
def test_makes_no_key_with_a_name_that_is_no_line_of_ascii(name: str) -> None:
    with pytest.raises(PublishError, match="name"):
        make_key_pair(name)


@pytest.mark.parametrize(
    "text", ["", "\n", "garbage", "untrusted comment: x\ngarbage\n", "untrusted comment: x\nRWQ=\n"]
)
def test_says_that_a_file_is_no_secret_key(text: str, tmp_path: Path) -> None:
    (tmp_path / "n.key").write_text(text)
    with pytest.raises(PublishError, match=r"n\.key is not a minisign secret key"):
        load_secret_key(tmp_path / "n.key")


def test_says_that_a_public_key_is_no_secret_key(tmp_path: Path) -> None:
    (tmp_path / "n.pub").write_text(make_key_pair("a")[1])
    with pytest.raises(PublishError, match="not a minisign secret key"):
        load_secret_key(tmp_path / "n.pub")


def test_says_that_a_key_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"There is no file n\.key"):
        load_secret_key(tmp_path / "n.key")


@pytest.mark.parametrize("place", [62, 70, 93, 94, 110, 125])
def test_refuses_a_damaged_secret_key(place: int, tmp_path: Path) -> None:
    """Bytes 62 to 125 of the key's base64 hold the secret half and the public half."""
    comment, key = make_key_pair("a")[0].splitlines()
    raw = bytearray(base64.b64decode(key))
    raw[place] ^= 1
    (tmp_path / "n.key").write_text(f"{comment}\n{base64.b64encode(raw).decode()}\n")
    with pytest.raises(PublishError, match="damaged"):
        load_secret_key(tmp_path / "n.key")


def test_a_key_does_not_show_its_secret(key_pair: SigningKey) -> None:
    secret = bytes(key_pair._secret).split(b"\n")[1].decode()
    assert secret not in repr(key_pair)
    assert "_keynum" not in repr(key_pair)


def test_builds_the_same_trust_list_from_the_same_names(root_key: SigningKey, key_pair: SigningKey) -> None:
    def build() -> bytes:
        revoked = [Revocation(key_id="00112233445566FF", date="2026-10", reason="Lost")]
        return build_trust_list({"A": key_pair.public}, root_key, serial=3, issued="2026-11", revoked=revoked)

    assert build() == build()


@pytest.mark.parametrize(
    ("name", "serial", "issued"),
    [("", 1, "2026-11"), ("a\nb", 1, "2026-11"), (" a", 1, "2026-11"), ("a", 0, "2026-11"), ("a", 1, "2026")],
)
def test_builds_no_trust_list_that_a_reader_would_refuse(
    name: str, serial: int, issued: str, root_key: SigningKey, key_pair: SigningKey
) -> None:
    with pytest.raises(PublishError, match="cannot be sealed"):
        build_trust_list({name: key_pair.public}, root_key, serial=serial, issued=issued)


def test_what_is_sealed_is_unsealed(key_pair: SigningKey, trust: Trust) -> None:
    claims = replace(CLAIMS, serial=2**31 - 1)
    unsealed = unseal(seal(b"\n\n\n", claims, key_pair), trust)
    assert bytes(unsealed.body) == b"\n\n\n"
    assert unsealed.seal.claims == claims
    assert new_key().public != key_pair.public
