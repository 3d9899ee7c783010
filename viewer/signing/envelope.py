"""The signed file of format 1: a body, a newline, and the four lines of a signature; unsealed only when genuine."""

from __future__ import annotations

from pathlib import Path

from viewer.errors import WrongKind
from viewer.model import Seal
from viewer.records import record
from viewer.signing.blake import blake2b
from viewer.signing.claims import parse_comment
from viewer.signing.intake import read_hashed
from viewer.signing.minisign import PublicKey, Signature, verify
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust


@record
class Unsealed:
    """The body of a genuine edition, read-only, and the seal that proves it."""

    body: memoryview
    seal: Seal


def read_and_unseal(path: Path, trust: Trust) -> Unsealed:
    """Return the verified body and the seal of the edition at `path`, which is read once.

    The key is looked up before the file is read whole. Raises FileTrouble for what cannot be read and a child of
    Refused for what may not be opened.
    """

    def plan(whole: memoryview) -> tuple[int, _Signer]:
        body, trailer = split_trailer(whole)
        return len(body), _look_up_signer(trailer, trust)

    whole, digest, signer = read_hashed(path, plan)
    return _verified(whole, digest, signer, trust)


def unseal(data: bytes, trust: Trust) -> Unsealed:
    """Return the verified body and the seal of the edition that `data` is; raises a child of Refused."""
    body, trailer = split_trailer(data)
    signer = _look_up_signer(trailer, trust)
    return _verified(memoryview(data), blake2b(body).digest(), signer, trust)


@record
class _Signer:
    """A signature not yet verified, and the key that it must fit; `name` is None for the trust root."""

    signature: Signature
    trailer_size: int
    key: PublicKey
    name: str | None


def _look_up_signer(trailer: bytes, trust: Trust) -> _Signer:
    signature = Signature.parse(trailer)
    if signature.key_id == trust.root.key_id:
        return _Signer(signature=signature, trailer_size=len(trailer), key=trust.root, name=None)
    publisher = trust.publisher(signature.key_id)
    return _Signer(signature=signature, trailer_size=len(trailer), key=publisher.key, name=publisher.name)


def _verified(whole: memoryview, digest: bytes, signer: _Signer, trust: Trust) -> Unsealed:
    """Verify the signature, and only then read what the signed comment says."""
    verify(signer.key, signer.signature, digest)
    if signer.name is None:
        raise WrongKind("This file is signed by the trust root, which signs lists of keys and never an edition.")
    claims = parse_comment(signer.signature.trusted_comment)
    trust.check_entitled(signer.key.key_id, claims)
    seal = Seal(
        publisher=signer.name,
        key_id=signer.key.key_id,
        claims=claims,
        fingerprint=digest.hex(),
        size=len(whole),
    )
    return Unsealed(body=whole.toreadonly()[: len(whole) - signer.trailer_size - 1], seal=seal)
