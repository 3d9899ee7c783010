from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CLAIMS
from viewer.errors import (
    Altered,
    Faulty,
    FileTrouble,
    Incomplete,
    NewerFormat,
    NotSigned,
    Refused,
    RevokedKey,
    UnknownKey,
    WrongKind,
)
from viewer.model import Claims
from viewer.signing.envelope import read_and_unseal, unseal
from viewer.signing.intake import END
from viewer.signing.minisign import UNTRUSTED_LINE, PublicKey
from viewer.signing.sealing import SigningKey, build_trust_list, new_key, seal
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust, read_trust_list
from viewer.signing.trust_list import Publisher, Revocation

VECTORS = Path(__file__).parent / "vectors"
Seal = Callable[..., bytes]


@pytest.fixture(scope="module")
def genuine(sealed: Seal, database: bytes) -> bytes:
    return sealed(database)


@pytest.fixture(scope="module")
def trailer(genuine: bytes) -> bytes:
    return split_trailer(genuine)[1]


def test_gives_the_body_and_its_seal(genuine: bytes, database: bytes, trust: Trust, key_pair: SigningKey) -> None:
    unsealed = unseal(genuine, trust)
    assert unsealed.body == database
    assert unsealed.body.readonly
    assert unsealed.seal.publisher == "Test publisher"
    assert unsealed.seal.key_id == key_pair.public.key_id
    assert unsealed.seal.claims == CLAIMS
    assert unsealed.seal.fingerprint == hashlib.blake2b(database).hexdigest()
    assert unsealed.seal.size == len(genuine)


def test_reading_and_unsealing_at_once_gives_the_same(
    tmp_path: Path, sealed: Seal, database: bytes, trust: Trust
) -> None:
    for body in (database, database + os.urandom(9_000_000)):
        data = sealed(body)
        (tmp_path / "briefings.db").write_bytes(data)
        unsealed = read_and_unseal(tmp_path / "briefings.db", trust)
        assert unsealed.seal == unseal(data, trust).seal
        assert unsealed.body == body


def test_what_was_verified_can_be_opened_without_the_path(genuine: bytes, trust: Trust) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(unseal(genuine, trust).body)
        assert connection.execute("SELECT text FROM word").fetchone() == ("a line\nand another",)


def test_any_sqlite_tool_opens_the_sealed_file(tmp_path: Path, genuine: bytes) -> None:
    (tmp_path / "briefings.db").write_bytes(genuine)
    with closing(sqlite3.connect(f"file:{tmp_path}/briefings.db?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM word").fetchone() == (1,)


def test_accepts_a_file_put_together_from_a_signature_by_minisign() -> None:
    key = PublicKey.parse((VECTORS / "publisher.pub").read_text())
    publisher = Publisher(name="Vector", key=key)
    trust = Trust(root=new_key().public, serial=1, issued="2026-11", publishers={key.key_id: publisher}, revoked={})
    body = (VECTORS / "body.db").read_bytes()
    seals = {
        name: unseal(body + b"\n" + (VECTORS / f"{name}.minisig").read_bytes(), trust).seal
        for name in ("genuine", "other_claims")
    }
    assert seals["genuine"].claims.serial == 1
    assert seals["other_claims"].claims.serial == 2
    for name, refusal in {
        "legacy": Refused,
        "plain_comment": WrongKind,
        "renamed": Altered,
        "unknown_key": UnknownKey,
    }.items():
        with pytest.raises(refusal):
            unseal(body + b"\n" + (VECTORS / f"{name}.minisig").read_bytes(), trust)


# Case 1


def test_refuses_any_bit_flipped_in_the_body(sealed: Seal, trust: Trust) -> None:
    body = (VECTORS / "body.db").read_bytes()
    data = bytearray(sealed(body))
    for place in range(len(body)):
        data[place] ^= 1 << place % 8
        with pytest.raises(Altered, match="changed after signing"):
            unseal(bytes(data), trust)
        data[place] ^= 1 << place % 8


def test_refuses_any_bit_flipped_in_the_trailer(genuine: bytes, trailer: bytes, trust: Trust) -> None:
    """Said to be altered, save where the flip names another key or the older kind of signature."""
    data = bytearray(genuine)
    start = len(genuine) - len(trailer) - 1
    key_id = range(start + 1 + trailer.index(b"\n") + 1, start + 1 + trailer.index(b"\n") + 1 + 14)
    for place in range(start, len(genuine)):
        for bit in range(8):
            data[place] ^= 1 << bit
            with pytest.raises(Refused) as caught:
                unseal(bytes(data), trust)
            assert place in key_id or type(caught.value) is Altered, (place - start, bit, caught.value)
            data[place] ^= 1 << bit


@pytest.mark.parametrize("byte", [0, 9, 10, 13, 32, 61, 127, 255])
def test_refuses_any_byte_replaced_in_the_trailer(byte: int, genuine: bytes, trailer: bytes, trust: Trust) -> None:
    for place in range(len(genuine) - len(trailer) - 1, len(genuine)):
        if genuine[place] != byte:
            with pytest.raises(Refused):
                unseal(genuine[:place] + bytes([byte]) + genuine[place + 1 :], trust)


# Case 2


def test_refuses_a_file_cut_anywhere_in_its_trailer_as_incomplete(
    genuine: bytes, database: bytes, trust: Trust
) -> None:
    for length in range(len(database) + 1, len(genuine)):
        with pytest.raises(Incomplete):
            unseal(genuine[:length], trust)


def test_refuses_a_file_cut_anywhere_in_its_body_as_incomplete(genuine: bytes, database: bytes, trust: Trust) -> None:
    for length in (0, 1, 15, 16, 17, 99, 100, 101, len(database) // 2, len(database) - 1):
        with pytest.raises(Incomplete):
            unseal(genuine[:length], trust)


@pytest.mark.parametrize("data", [b"x", b"\n", b"\0", b"\n\n\n\n\n", bytes(5000), b"\n" * 5000, b"a,b\n1,2\n" * 900])
def test_refuses_what_was_never_signed(data: bytes, trust: Trust) -> None:
    with pytest.raises(NotSigned):
        unseal(data, trust)


def test_refuses_a_trailer_alone(trailer: bytes, trust: Trust) -> None:
    for data in (trailer, b"\n" + trailer):
        with pytest.raises(Incomplete, match="signature alone"):
            unseal(data, trust)


# Case 3 (and test_intake.py)


@pytest.mark.parametrize("name", [".", "gone.db", "/dev/zero"])
def test_refuses_what_is_no_file(name: str, tmp_path: Path, trust: Trust) -> None:
    with pytest.raises(FileTrouble):
        read_and_unseal(tmp_path / name, trust)


# Case 4


def test_refuses_a_database_that_nobody_signed(database: bytes, trust: Trust) -> None:
    with pytest.raises(NotSigned, match="nobody has signed"):
        unseal(database, trust)


@pytest.mark.parametrize("extra", [b"\n", b" ", b"\0", b"x", b"x\n", b"\r\n", b"1\n2\n3\n4\n", b"x" * 3000])
def test_refuses_bytes_after_the_signature(extra: bytes, genuine: bytes, trust: Trust) -> None:
    with pytest.raises(Altered, match="changed after signing"):
        unseal(genuine + extra, trust)


@pytest.mark.parametrize("extra", [b"\n", b" ", b"\0", b"x", b"x" * 3000])
def test_refuses_bytes_between_body_and_signature(extra: bytes, database: bytes, trailer: bytes, trust: Trust) -> None:
    for data in (database + extra + b"\n" + trailer, database + b"\n" + extra + trailer):
        with pytest.raises(Altered):
            unseal(data, trust)


def test_refuses_a_body_and_signature_without_the_newline_between(
    database: bytes, trailer: bytes, trust: Trust
) -> None:
    with pytest.raises(Altered):
        unseal(database + trailer, trust)


def test_refuses_two_signatures(genuine: bytes, trailer: bytes, trust: Trust) -> None:
    for data in (genuine + trailer, genuine + b"\n" + trailer):
        with pytest.raises(Altered):
            unseal(data, trust)


def test_refuses_two_editions_joined(sealed: Seal, database: bytes, trust: Trust) -> None:
    with pytest.raises(Altered):
        unseal(sealed(database) + sealed(database, serial=2), trust)


def test_refuses_the_signature_of_another_edition(sealed: Seal, database: bytes, trust: Trust) -> None:
    other = split_trailer(sealed(database + bytes(100), serial=2))[1]
    with pytest.raises(Altered):
        unseal(database + b"\n" + other, trust)


def test_refuses_a_signature_so_long_that_what_stands_before_it_is_out_of_sight() -> None:
    lines = [UNTRUSTED_LINE, b"A" * 100, b"trusted comment: ", b"A" * 88, b""]
    lines[2] += b"x" * (END - len(b"\n".join(lines)))
    for before in (b"body\n", b"body."):
        with pytest.raises(Altered):
            split_trailer(before + b"\n".join(lines))


# Case 5 (and test_minisign.py)


def test_refuses_the_signed_comment_of_another_edition(sealed: Seal, database: bytes, trust: Trust) -> None:
    first, second = sealed(database).split(b"\n"), sealed(database, serial=3).split(b"\n")
    assert first[-4] == second[-4]
    with pytest.raises(Altered):
        unseal(b"\n".join([*first[:-3], second[-3], first[-2], b""]), trust)


def test_refuses_an_altered_untrusted_comment(genuine: bytes, trust: Trust) -> None:
    with pytest.raises(Altered):
        unseal(genuine.replace(b"signature from minisign", b"signature from Minisign"), trust)


# Cases 6 and 7


def test_refuses_an_unknown_key_and_shows_its_id(database: bytes, sealed: Seal, trust: Trust) -> None:
    stranger = new_key()
    key_id = stranger.public.key_id
    grouped = f"{key_id[:4]} {key_id[4:8]} {key_id[8:12]} {key_id[12:]}"
    with pytest.raises(UnknownKey, match=grouped):
        unseal(sealed(database, key=stranger), trust)


def test_refuses_an_unknown_key_before_the_file_is_read_whole(
    tmp_path: Path, sealed: Seal, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "briefings.db").write_bytes(sealed(bytes(9_000_000), key=new_key()))
    monkeypatch.setattr("viewer.signing.intake._hashing", None)
    with pytest.raises(UnknownKey):
        read_and_unseal(tmp_path / "briefings.db", trust)


def test_refuses_another_key_under_a_known_keys_id(
    database: bytes, sealed: Seal, trust: Trust, key_pair: SigningKey
) -> None:
    impostor = Publisher(name="Test publisher", key=PublicKey(number=key_pair.public.number, key=new_key().public.key))
    crossed = Trust(
        root=trust.root, serial=1, issued="2026-11", publishers={key_pair.public.key_id: impostor}, revoked={}
    )
    with pytest.raises(Altered):
        unseal(sealed(database), crossed)


def test_refuses_a_revoked_key_with_the_reason(genuine: bytes, root_key: SigningKey, key_pair: SigningKey) -> None:
    revocation = Revocation(key_id=key_pair.public.key_id, date="2026-11-03", reason="The laptop was stolen")
    data = build_trust_list(
        {"Test publisher": key_pair.public}, root_key, serial=2, issued="2026-11", revoked=[revocation]
    )
    with pytest.raises(RevokedKey, match=r"withdrawn \(2026-11-03: The laptop was stolen\)"):
        unseal(genuine, read_trust_list(data, root_key.public))


# Case 8


def test_refuses_a_genuine_trust_list_from_the_root(root_key: SigningKey, trust: Trust) -> None:
    with pytest.raises(WrongKind):
        unseal(build_trust_list({"A": new_key().public}, root_key, serial=1, issued="2026-11"), trust)


def test_refuses_a_trust_list_signed_by_a_publisher(key_pair: SigningKey, trust: Trust) -> None:
    with pytest.raises(WrongKind, match="not an edition"):
        unseal(build_trust_list({"A": new_key().public}, key_pair, serial=1, issued="2026-11"), trust)


def test_refuses_an_edition_signed_by_the_root(
    root_key: SigningKey, sealed: Seal, database: bytes, trust: Trust
) -> None:
    with pytest.raises(WrongKind, match="never an edition"):
        unseal(sealed(database, key=root_key), trust)
    with pytest.raises(Altered):
        unseal(b"x" + sealed(database, key=root_key), trust)


# Case 9


@pytest.mark.parametrize("serial", ["", "serial=-1 ", f"serial={2**70} ", "serial=0x2A ", "serial=1 serial=1 "])
def test_refuses_a_signed_serial_that_cannot_be(
    serial: str, database: bytes, key_pair: SigningKey, trust: Trust
) -> None:
    comment = f"briefings/1 series=tacsea {serial}issued=2012-06 review=2013-03-31 schema=1"
    with pytest.raises(Faulty):
        unseal(signed(database, comment, key_pair), trust)


def test_says_that_a_newer_schema_needs_a_newer_viewer(database: bytes, key_pair: SigningKey, trust: Trust) -> None:
    comment = "briefings/1 series=tacsea serial=1 issued=2012-06 review=2013-03-31 schema=3"
    with pytest.raises(NewerFormat):
        unseal(signed(database, comment, key_pair), trust)


def signed(body: bytes, comment: str, key: SigningKey) -> bytes:
    """A file with any trusted comment, which `seal` would not make."""
    return body + b"\n" + bytes(key._secret.sign(body, trusted_comment=comment)) + b"\n"


# The class of them


@pytest.fixture(scope="module")
def refuse(trust: Trust, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], None]:
    """Asserts that both ways of reading refuse some bytes."""
    path = tmp_path_factory.mktemp("mutated") / "briefings.db"

    def check(data: bytes) -> None:
        with pytest.raises(Refused):
            unseal(data, trust)
        path.write_bytes(data)
        with pytest.raises(Refused):
            read_and_unseal(path, trust)

    return check


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_refuses_a_file_however_it_was_mutated(
    data: st.DataObject, genuine: bytes, trailer: bytes, refuse: Callable[[bytes], None]
) -> None:
    near_the_end = st.integers(len(genuine) - len(trailer) - 2, len(genuine))
    place = data.draw(near_the_end | st.integers(0, len(genuine)), label="place")
    other = data.draw(near_the_end | st.integers(0, len(genuine)), label="other")
    words = data.draw(st.binary(min_size=1, max_size=40) | st.sampled_from([b"\n", trailer, genuine]), label="words")
    first, last = sorted((place, other))
    mutated = data.draw(
        st.sampled_from(
            [
                genuine[:place] + words + genuine[place:],
                genuine[:place] + words + genuine[place + len(words) :],
                genuine[:first] + genuine[last:],
                genuine[:first] + genuine[first:last] * 2 + genuine[last:],
                genuine[:place],
                genuine[place:],
                genuine + words,
            ]
        ),
        label="mutated",
    )
    if mutated != genuine:
        refuse(mutated)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_refuses_any_other_bytes(refuse: Callable[[bytes], None], data: bytes) -> None:
    refuse(data)
    refuse(b"SQLite format 3\0" + data)


def test_sealing_twice_gives_the_same_bytes(database: bytes, key_pair: SigningKey) -> None:
    claims = Claims(series="tacsea", serial=1, issued="2012-06", review="2013-03-31", schema=1)
    assert seal(database, claims, key_pair) == seal(database, claims, key_pair)
