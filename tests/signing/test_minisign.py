from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from viewer.errors import Altered, Refused
from viewer.model import group_digits
from viewer.signing.minisign import PublicKey, Signature, decode_base64, verify
from viewer.signing.sealing import SigningKey, load_secret_key, make_key_pair
from viewer.signing.trailer import split_trailer

VECTORS = Path(__file__).parent / "vectors"  # made once by minisign 0.11
MINISIGN = shutil.which("minisign")
needs_minisign = pytest.mark.skipif(MINISIGN is None, reason="the minisign program is not installed")


@pytest.fixture
def key() -> PublicKey:
    return PublicKey.parse((VECTORS / "publisher.pub").read_text())


@pytest.fixture
def digest() -> bytes:
    return hashlib.blake2b((VECTORS / "body.db").read_bytes()).digest()


def vector(name: str) -> bytes:
    return (VECTORS / f"{name}.minisig").read_bytes()


@pytest.mark.parametrize("name", ["genuine", "other_claims", "plain_comment"])
def test_accepts_what_minisign_signed(name: str, key: PublicKey, digest: bytes) -> None:
    verify(key, Signature.parse(vector(name)), digest)


def test_reads_a_signature_as_minisign_wrote_it() -> None:
    signature = Signature.parse(vector("genuine"))
    assert signature.key_id == "F58A3E6BF8B3DF3D"
    assert signature.trusted_comment == ("briefings/1 series=tacsea serial=1 issued=2012-06 review=2013-03-31 schema=1")


def test_prints_a_key_id_as_minisign_does(key: PublicKey) -> None:
    text = (VECTORS / "publisher.pub").read_text()
    assert key.key_id == text.split("\n")[0][-16:] == "F58A3E6BF8B3DF3D"
    assert group_digits(key.key_id) == "F58A 3E6B F8B3 DF3D"
    assert key.text == text


def test_refuses_the_legacy_kind() -> None:
    with pytest.raises(Refused, match="older kind"):
        Signature.parse(vector("legacy"))


def test_refuses_another_body(key: PublicKey) -> None:
    with pytest.raises(Altered, match="changed after signing"):
        verify(key, Signature.parse(vector("genuine")), hashlib.blake2b(b"another body").digest())


def test_refuses_another_key_that_bears_the_same_id(key: PublicKey, digest: bytes) -> None:
    impostor = PublicKey(number=key.number, key=PublicKey.parse(make_key_pair("impostor")[1]).key)
    with pytest.raises(Altered):
        verify(impostor, Signature.parse(vector("genuine")), digest)


def test_refuses_the_same_key_under_another_id(key: PublicKey, digest: bytes) -> None:
    with pytest.raises(Altered):
        verify(PublicKey(number=bytes(8), key=key.key), Signature.parse(vector("genuine")), digest)


def test_refuses_the_trusted_comment_of_another_genuine_signature(key: PublicKey, digest: bytes) -> None:
    """The body's signature is the same in both, so only the second signature ties the comment to it."""
    genuine, other = vector("genuine").split(b"\n"), vector("other_claims").split(b"\n")
    assert genuine[1] == other[1]
    with pytest.raises(Altered):
        verify(key, Signature.parse(b"\n".join([*genuine[:2], other[2], *genuine[3:]])), digest)


GENUINE = vector("genuine")
LINES = GENUINE.split(b"\n")


@pytest.mark.parametrize(
    "trailer",
    [
        b"",
        b"\n\n\n\n",
        GENUINE[:-1],
        GENUINE + b"\n",
        b"\n" + GENUINE,
        GENUINE.replace(b"\n", b"\r\n"),
        vector("renamed"),
        GENUINE.replace(b"secret key", b"secret  key"),
        GENUINE.replace(b"trusted comment: briefings", b"trusted comment:briefings"),
        GENUINE.replace(b"serial=1", b"serial=\xd9\xa1"),
        GENUINE.replace(b"serial=1", b"serial=\x001"),
        GENUINE.replace(LINES[1], LINES[1] + b"="),
        GENUINE.replace(LINES[1], LINES[1] + b" "),
        GENUINE.replace(LINES[1], b" " + LINES[1]),
        GENUINE.replace(LINES[1], LINES[1][:-1]),
        GENUINE.replace(LINES[1], LINES[1][:50] + b" " + LINES[1][50:]),
        GENUINE.replace(LINES[1], LINES[1].replace(b"/", b"_")),
        GENUINE.replace(LINES[1], LINES[1][:-4]),
        GENUINE.replace(LINES[1], LINES[1].replace(b"gk=", b"gl=")),  # same bytes, other spelling
        GENUINE.replace(LINES[3], LINES[3].replace(b"w==", b"x==")),  # same bytes, other spelling
        GENUINE.replace(LINES[3], LINES[3].rstrip(b"=")),
        GENUINE.replace(LINES[1], b"RUI" + LINES[1][3:]),
    ],
)
def test_refuses_every_other_spelling_of_a_signature(trailer: bytes) -> None:
    assert trailer != GENUINE
    with pytest.raises(Altered):
        Signature.parse(trailer)


@pytest.mark.parametrize("spelling", [b"AAE", b"AAE==", b"AAE= ", b"AAE=\n", b"AAF=", b"A\nAE=", b"AAE=AAE=", b"AA-="])
def test_takes_only_the_canonical_base64(spelling: bytes) -> None:
    assert decode_base64(b"AAE=", 2) == b"\x00\x01"
    assert decode_base64(spelling, 2) is None


KEY = (VECTORS / "publisher.pub").read_text()


def test_reads_a_public_key_file_with_the_line_ends_of_windows(key: PublicKey) -> None:
    assert PublicKey.parse(KEY.replace("\n", "\r\n")) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        KEY.split("\n")[0],
        KEY.split("\n")[1],
        KEY + KEY,
        KEY.replace("untrusted comment: ", ""),
        KEY.replace("RWQ", "RUQ"),
        KEY.replace("Fc+", "Fc+="),
        KEY.replace("Fc+", "Fc"),
        KEY.replace("Fc+", "Fc\N{CYRILLIC SMALL LETTER A}"),
        GENUINE.decode(),
    ],
)
def test_refuses_what_is_no_public_key(text: str) -> None:
    with pytest.raises(Refused, match="not a minisign public key"):
        PublicKey.parse(text)


def run(*words: object, typed: str = "") -> str:
    assert MINISIGN is not None
    command = [MINISIGN, *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, input=typed, timeout=60).stdout


@needs_minisign
def test_minisign_accepts_what_is_sealed_here(
    tmp_path: Path, sealed: Callable[..., bytes], key_pair: SigningKey
) -> None:
    body, trailer = split_trailer(sealed(os.urandom(5000), serial=7))
    (tmp_path / "body.db").write_bytes(body)
    (tmp_path / "s.minisig").write_bytes(trailer)
    said = run("-V", "-H", "-m", tmp_path / "body.db", "-x", tmp_path / "s.minisig", "-P", key_pair.public.base64)
    assert "briefings/1 series=tacsea serial=7 " in said


@needs_minisign
@pytest.mark.skipif(os.name == "nt", reason="the check for outsiders uses head and tail")
def test_the_check_for_outsiders_works_as_it_is_printed(
    tmp_path: Path, sealed: Callable[..., bytes], key_pair: SigningKey
) -> None:
    (tmp_path / "briefings.db").write_bytes(sealed(os.urandom(5000)))
    (tmp_path / "KEY.pub").write_text(key_pair.public.text)
    check = """
    tail -n 4 briefings.db > s.minisig
    head -c -$(( $(wc -c < s.minisig) + 1 )) briefings.db > body.db
    minisign -V -m body.db -x s.minisig -p KEY.pub
    """
    done = subprocess.run(["sh", "-ec", check], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert "Signature and comment signature verified" in done.stdout


@needs_minisign
@pytest.mark.parametrize("passphrase", ["", "a passphrase of some length"])
def test_minisign_signs_with_a_key_made_here(passphrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.signing.sealing.OPERATIONS", 32768)
    secret, public = make_key_pair("north-west", passphrase or None)
    (tmp_path / "n.key").write_text(secret)
    (tmp_path / "n.pub").write_text(public)
    (tmp_path / "body").write_bytes(b"any bytes")
    run("-S", "-s", tmp_path / "n.key", "-m", tmp_path / "body", typed=f"{passphrase}\n")
    run("-V", "-m", tmp_path / "body", "-p", tmp_path / "n.pub")
    signature = Signature.parse((tmp_path / "body.minisig").read_bytes())
    verify(PublicKey.parse(public), signature, hashlib.blake2b(b"any bytes").digest())


@needs_minisign
def test_a_key_made_by_minisign_signs_here(tmp_path: Path) -> None:
    run("-G", "-W", "-p", tmp_path / "m.pub", "-s", tmp_path / "m.key")
    key = load_secret_key(tmp_path / "m.key")
    assert key.public == PublicKey.parse((tmp_path / "m.pub").read_text())
