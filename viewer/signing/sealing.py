"""The publisher's side of signing: key files, and sealing a body into a file. Reading never needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.errors import PublishError, Refused
from viewer.model import Claims
from viewer.paths import display_name
from viewer.records import record
from viewer.signing import trust
from viewer.signing.claims import format_comment, parse_comment
from viewer.signing.intake import LARGEST, read_file
from viewer.signing.minisign import UNTRUSTED_LINE, UNTRUSTED_PREFIX, PublicKey, Signature, verify
from viewer.signing.trust_list import Publisher, Revocation, format_list_body, format_list_comment

if TYPE_CHECKING:
    from minisign import SecretKey

# The work of opening a locked key: minisign's own number of operations, in a quarter of its memory.
OPERATIONS = 33_554_432
MEMORY = 256 * 1024 * 1024

_LARGEST_KEY_FILE = 4096
_LONGEST_NAME = 80
_KEY_ADVICE = "Choose the secret key file that keygen made, and type its passphrase as it was set."


@record
class SigningKey:
    """A secret key, unlocked, and the public key that goes with it."""

    public: PublicKey
    _secret: SecretKey


def new_key() -> SigningKey:
    """Return a fresh key, held in memory alone."""
    from minisign import KeyPair

    return _signing_key(KeyPair.generate().secret_key)


def make_key_pair(name: str, passphrase: str | None = None) -> tuple[str, str]:
    """Return the texts of a new secret key file and its public key file, as minisign writes them.

    `name` stands in the secret key's comment; with a passphrase the secret key is locked. Raises
    PublishError for a name that is no single line of ASCII.
    """
    if not name or len(name) > _LONGEST_NAME or not (name.isascii() and name.isprintable()):
        raise PublishError("A key's name is one line of up to 80 plain letters, digits and signs.")
    key = new_key()
    secret = key._secret
    if passphrase:
        secret.encrypt(passphrase, opslimit=OPERATIONS, memlimit=MEMORY)
    secret.untrusted_comment = f"minisign {'encrypted ' if passphrase else ''}secret key of {name}"
    return f"{bytes(secret).decode('ascii')}\n", key.public.text


def is_locked(path: Path) -> bool:
    """Return whether the secret key file at `path` asks for a passphrase; raises PublishError or FileTrouble."""
    return bool(_read_secret(path).is_encrypted())


def load_secret_key(path: Path, passphrase: str | None = None) -> SigningKey:
    """Return the unlocked key in the file at `path`.

    Raises PublishError for a file without a key and for a wrong passphrase, FileTrouble.
    """
    secret = _read_secret(path)
    if secret.is_encrypted():
        _unlock(secret, path, passphrase)
    return _signing_key(secret)


def seal(body: bytes, claims: Claims, key: SigningKey) -> bytes:
    """Return the whole file of format 1: `body`, a newline, and the four lines that sign it with `claims`.

    Raises PublishError for claims that a reader would refuse and for more than 256 MiB.
    """
    comment = format_comment(claims)
    try:
        parse_comment(comment)
    except Refused as err:
        raise PublishError(f"The edition cannot be sealed: its signed comment would be refused ({comment}).") from err
    return _attached(body, comment, key)


def build_trust_list(
    publishers: Mapping[str, PublicKey],
    root: SigningKey,
    *,
    serial: int,
    issued: str,
    revoked: Iterable[Revocation] = (),
) -> bytes:
    """Return a trust list of keys, by the publishers' names, that may sign every series at any time."""
    listed = [Publisher(name=name, key=key) for name, key in publishers.items()]
    return seal_trust_list(listed, root, serial=serial, issued=issued, revoked=revoked)


def seal_trust_list(
    publishers: Iterable[Publisher], root: SigningKey, *, serial: int, issued: str, revoked: Iterable[Revocation] = ()
) -> bytes:
    """Return a trust list signed by `root`: publishers with their series, dates and successors, and withdrawn keys.

    The same arguments give the same bytes. Raises PublishError for a list that a reader would refuse.
    """
    data = _attached(format_list_body(publishers, revoked), format_list_comment(serial, issued), root)
    try:
        trust.read_trust_list(data, root.public)
    except Refused as err:
        raise PublishError(f"The trust list cannot be sealed. {err}") from err
    return data


def _attached(body: bytes, comment: str, key: SigningKey) -> bytes:
    untrusted = UNTRUSTED_LINE.removeprefix(UNTRUSTED_PREFIX).decode("ascii")
    signature = key._secret.sign(body, prehash=True, untrusted_comment=untrusted, trusted_comment=comment)
    data = b"".join((body, b"\n", bytes(signature), b"\n"))
    if not body or len(data) > LARGEST:
        raise PublishError("An edition has at least one byte and, with its signature, at most 256 MiB.")
    return data


def _read_secret(path: Path) -> SecretKey:
    from minisign import ParseError, SecretKey

    data = read_file(path, limit=_LARGEST_KEY_FILE)
    try:
        return SecretKey.from_bytes(data)
    except ParseError as err:
        raise PublishError(f"{display_name(path)} is not a minisign secret key.", advice=_KEY_ADVICE) from err


def _unlock(secret: SecretKey, path: Path, passphrase: str | None) -> None:
    from minisign import Error

    if passphrase is None:
        raise PublishError(f"The key in {display_name(path)} is locked: it needs its passphrase.", advice=_KEY_ADVICE)
    try:
        secret.decrypt(passphrase)
    except Error as err:
        raise PublishError(
            f"The passphrase does not open the key in {display_name(path)}.", advice=_KEY_ADVICE
        ) from err
    except MemoryError as err:
        raise PublishError("There is not enough memory to unlock this key.") from err


def _signing_key(secret: SecretKey) -> SigningKey:
    """Return the key with its public half, once it has been checked that it verifies what the secret half signs."""
    public = PublicKey.from_base64(secret.get_public_key().to_base64().decode("ascii"))
    signature = Signature.parse(bytes(secret.sign(b"")) + b"\n")
    try:
        verify(public, signature, blake2b(b"").digest())
    except Refused as err:
        raise PublishError("This secret key is damaged: its two halves do not match.", advice=_KEY_ADVICE) from err
    return SigningKey(public=public, _secret=secret)
