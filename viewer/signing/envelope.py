"""The signed file of format 1: a body, a newline, and the four lines of a signature; unsealed only when genuine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.errors import Altered, Incomplete, NotSigned, Refused, WrongKind
from viewer.model import Seal
from viewer.records import record
from viewer.signing.blake import blake2b
from viewer.signing.claims import parse_comment
from viewer.signing.intake import END, read_file, read_hashed
from viewer.signing.minisign import (
    ALTERED,
    TRUSTED_PREFIX,
    UNTRUSTED_LINE,
    UNTRUSTED_PREFIX,
    PublicKey,
    Signature,
    verify,
)

if TYPE_CHECKING:
    from viewer.signing.trust import Trust

__all__ = ["Unsealed", "read_and_unseal", "read_file", "split_trailer", "unseal"]

_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes
# What a signature becomes when its end is missing. (A third line that ends in == has swallowed the fourth.)
_CUT = re.compile(
    re.escape(UNTRUSTED_LINE) + rb"(?:\n[\w+/=]{0,99}|\n[\w+/=]{100}(?:\n[\t -~]*(?:(?<!==)\n[\w+/=]{0,88})?)?)?",
    re.ASCII,
)


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
        return len(body), _signer(trailer, trust)

    whole, digest, signer = read_hashed(path, plan)
    return _unsealed(whole, digest, signer)


def unseal(data: bytes, trust: Trust) -> Unsealed:
    """Return the verified body and the seal of the edition that `data` is; raises a child of Refused."""
    body, trailer = split_trailer(data)
    signer = _signer(trailer, trust)
    return _unsealed(memoryview(data), blake2b(body).digest(), signer)


def split_trailer(data: bytes | memoryview) -> tuple[memoryview, bytes]:
    """Return the body, uncopied, and the trailer: four lines found from the end, each ended by a newline.

    Looks at the first hundred and the last 4096 bytes alone. Raises Incomplete, NotSigned or Altered
    where no signature stands at the end.
    """
    whole = memoryview(data)
    tail = bytes(whole[-END:])
    lines = tail.split(b"\n")[-5:]
    if not _is_trailer(lines):
        raise _missing(whole, tail)
    trailer = b"\n".join(lines)
    length = len(whole) - len(trailer) - 1
    if length < 1 and lines[0] == UNTRUSTED_LINE:
        raise Incomplete("This file is a signature alone: what it signs is missing.")
    if tail[-len(trailer) - 1 : -len(trailer)] != b"\n":
        raise Altered(ALTERED)
    return whole[:length], trailer


@record
class _Signer:
    """A signature not yet verified, and the key that it must fit; `name` is None for the trust root."""

    signature: Signature
    trailer_size: int
    key: PublicKey
    name: str | None


def _signer(trailer: bytes, trust: Trust) -> _Signer:
    signature = Signature.parse(trailer)
    if signature.key_id == trust.root.key_id:
        return _Signer(signature=signature, trailer_size=len(trailer), key=trust.root, name=None)
    publisher = trust.publisher(signature.key_id)
    return _Signer(signature=signature, trailer_size=len(trailer), key=publisher.key, name=publisher.name)


def _unsealed(whole: memoryview, digest: bytes, signer: _Signer) -> Unsealed:
    """Verify the signature, and only then read what the signed comment says."""
    verify(signer.key, signer.signature, digest)
    if signer.name is None:
        raise WrongKind("This file is signed by the trust root, which signs lists of keys and never an edition.")
    seal = Seal(
        publisher=signer.name,
        key_id=signer.key.key_id,
        claims=parse_comment(signer.signature.trusted_comment),
        fingerprint=digest.hex(),
        size=len(whole),
    )
    return Unsealed(body=whole.toreadonly()[: len(whole) - signer.trailer_size - 1], seal=seal)


def _is_trailer(lines: list[bytes]) -> bool:
    """Return whether the last lines of a file look like a signature; their exact spelling is checked later."""
    if len(lines) != 5 or lines[4]:
        return False
    return lines[0].startswith(UNTRUSTED_PREFIX) or lines[2].startswith(TRUSTED_PREFIX)


def _missing(whole: memoryview, tail: bytes) -> Refused:
    """Return why there is no signature at the end: only to help the reader, nothing is opened by it."""
    if not tail:
        return Incomplete("This file is empty.")
    at = tail.rfind(b"\n" + UNTRUSTED_PREFIX)
    if at >= 0:
        cut = _CUT.fullmatch(tail, at + 1) or UNTRUSTED_LINE.startswith(tail[at + 1 :])
        return Incomplete("This file is incomplete: it ends within its signature.") if cut else Altered(ALTERED)
    head = bytes(whole[:_HEADER])
    if not _MAGIC.startswith(head[: len(_MAGIC)]):
        return NotSigned("This file is not signed.")
    return _unsigned_database(head, whole)


def _unsigned_database(head: bytes, whole: memoryview) -> Refused:
    missing = _declared_size(head) - len(whole)
    if len(head) < _HEADER or missing > 0:
        return Incomplete("This file is incomplete: it ends too early.")
    if missing == 0:
        return NotSigned("This is a database that nobody has signed.")
    begun = b"\n" + UNTRUSTED_PREFIX
    if -missing < len(begun) and begun.startswith(bytes(whole[missing:])):
        return Incomplete("This file is incomplete: its signature is missing.")
    return NotSigned("This file does not end with a signature.")


def _declared_size(head: bytes) -> int:
    """Return the bytes that an SQLite header says its file has."""
    page_size = int.from_bytes(head[16:18], "big")
    return (65536 if page_size == 1 else page_size) * int.from_bytes(head[28:32], "big")
