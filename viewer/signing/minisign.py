"""Minisign keys and signatures, read strictly: one spelling for each, and prehashed Ed25519 only."""

from __future__ import annotations

import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from viewer.errors import Altered, Refused
from viewer.records import record

UNTRUSTED_LINE = b"untrusted comment: signature from minisign secret key"
UNTRUSTED_PREFIX = b"untrusted comment: "
TRUSTED_PREFIX = b"trusted comment: "
ALTERED = "This file was changed after signing."

_KEY_KIND = b"Ed"
_PREHASHED = b"ED"
_LEGACY = b"Ed"
_ID = slice(2, 10)


@record
class PublicKey:
    """A publisher's public key: its 8-byte number and the 32 bytes of an Ed25519 key."""

    number: bytes
    key: bytes

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Return the key in a public key file: a comment line and a line of base64. Raises Refused."""
        lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
        if len(lines) != 2 or not lines[0].startswith("untrusted comment: "):
            raise _not_a_key()
        return cls.from_base64(lines[1])

    @classmethod
    def from_base64(cls, text: str) -> PublicKey:
        """Return the key in one line of base64, as `minisign -P` takes it. Raises Refused."""
        raw = decode_base64(text.encode("ascii", "replace"), 42)
        if raw is None or raw[:2] != _KEY_KIND:
            raise _not_a_key()
        return cls(number=raw[_ID], key=raw[10:])

    @property
    def key_id(self) -> str:
        """The key's number as minisign prints it: 16 hex digits, the last byte first."""
        return format_key_id(self.number)

    @property
    def base64(self) -> str:
        """The key as one line of base64."""
        return binascii.b2a_base64(_KEY_KIND + self.number + self.key, newline=False).decode("ascii")

    @property
    def text(self) -> str:
        """The public key file, as minisign writes it."""
        return f"untrusted comment: minisign public key {self.key_id}\n{self.base64}\n"


@record
class Signature:
    """The four lines of a signature: whose it is, over a body's hash, and over a trusted comment."""

    number: bytes  # of the key
    over_body: bytes
    trusted_comment: str
    over_comment: bytes

    @classmethod
    def parse(cls, trailer: bytes) -> Signature:
        """Return the signature that `trailer` spells, four lines each ended by a newline.

        Raises Altered for any other spelling than minisign's own, and Refused for the legacy kind.
        """
        lines = trailer.split(b"\n")
        if len(lines) != 5 or lines[0] != UNTRUSTED_LINE or lines[4]:
            raise Altered(ALTERED)
        raw, over_comment = decode_base64(lines[1], 74), decode_base64(lines[3], 64)
        if raw is None or over_comment is None:
            raise Altered(ALTERED)
        _check_algorithm(raw[:2])
        return cls(number=raw[_ID], over_body=raw[10:], trusted_comment=_comment(lines[2]), over_comment=over_comment)

    @property
    def key_id(self) -> str:
        """The signing key's number as minisign prints it."""
        return format_key_id(self.number)


def verify(key: PublicKey, signature: Signature, digest: bytes) -> None:
    """Raise Altered unless `key` signed both the comment and the body whose BLAKE2b-512 is `digest`."""
    if signature.number != key.number:
        raise Altered(ALTERED)
    public = Ed25519PublicKey.from_public_bytes(key.key)
    try:
        public.verify(signature.over_body, digest)
        public.verify(signature.over_comment, signature.over_body + signature.trusted_comment.encode("ascii"))
    except InvalidSignature as err:
        raise Altered(ALTERED) from err


def decode_base64(text: bytes, length: int) -> bytes | None:
    """Return the `length` bytes that `text` spells in base64, or None unless it is their one canonical spelling."""
    try:
        raw = binascii.a2b_base64(text)
    except binascii.Error:
        return None
    canonical = binascii.b2a_base64(raw, newline=False)
    return raw if len(raw) == length and canonical == text else None


def format_key_id(number: bytes) -> str:
    """Return the 8 bytes of a key's number as minisign prints them: `257EF797DAF4EAF2`."""
    return number[::-1].hex().upper()


def _check_algorithm(algorithm: bytes) -> None:
    if algorithm == _LEGACY:
        raise Refused(
            "This file carries a signature of minisign's older kind, which is not accepted.",
            advice="Ask the publisher to sign the edition again with a current program.",
        )
    if algorithm != _PREHASHED:
        raise Altered(ALTERED)


def _comment(line: bytes) -> str:
    comment = line.removeprefix(TRUSTED_PREFIX)
    if comment == line or not all(byte == 0x09 or 0x20 <= byte <= 0x7E for byte in comment):
        raise Altered(ALTERED)
    return comment.decode("ascii")


def _not_a_key() -> Refused:
    return Refused(
        "This is not a minisign public key.",
        advice="A public key file has two lines: a comment, and 56 letters and digits. Ask for the file again.",
    )
