"""Who may sign: the list of publishers and withdrawn keys, itself signed by the trust root.

A trust list is UTF-8 text in the envelope of an edition, signed with the trusted comment
`briefings-trust/1 serial=1 issued=2026-11`. Its lines, besides empty ones and those that begin with `#`:

    publisher KEY-ID PUBLIC-KEY NAME
    revoked KEY-ID DATE REASON
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from viewer import paths
from viewer.errors import Faulty, FileTrouble, NewerFormat, Refused, RevokedKey, UnknownKey, ViewerError, WrongKind
from viewer.model import group_digits
from viewer.records import field, record, replace
from viewer.signing.blake import blake2b
from viewer.signing.claims import DATE, SERIAL, is_date, is_serial
from viewer.signing.intake import read_file, read_if_exists
from viewer.signing.minisign import PublicKey, Signature, verify
from viewer.signing.trailer import split_trailer

LIST_NAME = "trust.list"
ROOT_NAME = "root.pub"

_LARGEST_LIST = 1024 * 1024
_LARGEST_KEY_FILE = 4096
_LONGEST_WORDS = 200
_VERSION = re.compile(r"briefings-trust/([1-9][0-9]{0,5})(?: .*)?")
_COMMENT = re.compile(rf"briefings-trust/1 serial=({SERIAL}) issued=({DATE})")
_KEY_ID = re.compile(r"[0-9A-F]{16}")
_PUBLISHER = re.compile(rf"publisher ({_KEY_ID.pattern}) ([^ ]+) (.+)")
_REVOKED = re.compile(rf"revoked ({_KEY_ID.pattern}) ({DATE}) (.+)")
_LIST_ADVICE = "Ask whoever keeps the trust list for a fresh copy. The list in use stays in use."


@record
class Publisher:
    """A key that may sign editions and the name shown for it; `temporary` when given for this run alone."""

    name: str
    key: PublicKey
    temporary: bool = False


@record
class Revocation:
    """A key that was withdrawn: when (ISO day or month) and why."""

    key_id: str
    date: str
    reason: str

    @property
    def description(self) -> str:
        """The withdrawn key, its date and reason, as part of a sentence."""
        return f"the key {group_digits(self.key_id)}, which was withdrawn ({self.date}: {self.reason})"


@record
class Trust:
    """The keys that count now: the root, publishers and revocations by key id, and what to tell the reader."""

    root: PublicKey
    serial: int
    issued: str
    publishers: Mapping[str, Publisher]
    revoked: Mapping[str, Revocation]
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def publisher(self, key_id: str) -> Publisher:
        """Return the publisher whose key has this id; raises RevokedKey or UnknownKey."""
        if key_id in self.revoked:
            raise RevokedKey(f"This file is signed with {self.revoked[key_id].description}.")
        if key_id not in self.publishers:
            raise UnknownKey(f"This file is signed with a key that is not known here: {group_digits(key_id)}.")
        return self.publishers[key_id]


def load_trust(home: Path | None) -> Trust:
    """Return the trust list that came with the program, or the one kept in `home` where that is newer.

    A list in `home` that cannot be used is passed over, and the Trust's `warnings` say so. Raises a
    ViewerError only where the program's own list is damaged.
    """
    shipped = _shipped()
    try:
        data = None if home is None else read_if_exists(home / LIST_NAME, limit=_LARGEST_LIST)
        own = shipped if data is None else read_trust_list(data, shipped.root)
    except ViewerError as err:
        warning = f"The trust list kept on this machine is not used; the program's own is. {err}"
        return replace(shipped, warnings=(warning,))
    return own if own.serial > shipped.serial else shipped


def adopt_trust_list(path: Path, home: Path) -> Trust:
    """Save the trust list at `path` in `home` if it is genuine and newer than the one in use.

    Returns the Trust from now on; the list already in use is accepted without a change. Raises Refused for an older
    one, FileTrouble where it cannot be read or saved.
    """
    current = load_trust(home)
    data = read_file(path, limit=_LARGEST_LIST)
    new = read_trust_list(data, current.root)
    if new == current:
        return current
    if new.serial <= current.serial:
        raise Refused(
            f"This trust list has serial {new.serial} and is not newer than the one in use, "
            f"which has serial {current.serial}.",
            advice="Nothing needs to be done: the list in use stays in use.",
        )
    paths.write_atomically(paths.ensure_private_folder(home) / LIST_NAME, data, mode=0o600)
    return new


def with_key(trust: Trust, path: Path) -> Trust:
    """Return `trust` with the public key in the file at `path` added for this run, marked temporary.

    Raises RevokedKey for a withdrawn key and Refused for a file without a key or a key whose id is
    another publisher's.
    """
    key = _read_key(path)
    if key.key_id in trust.revoked:
        raise RevokedKey(f"{paths.display_name(path)} is {trust.revoked[key.key_id].description}.")
    known = trust.publishers.get(key.key_id)
    if known is not None and known.key == key:
        return trust
    if known is not None or key.key_id == trust.root.key_id:
        raise Refused(
            f"The key in {paths.display_name(path)} bears the identity of another key, {group_digits(key.key_id)}.",
            advice="Do not use this key. Ask the publisher for its key by another way.",
        )
    extra = Publisher(name="a publisher whose key was given for this run", key=key, temporary=True)
    return replace(trust, publishers={**trust.publishers, key.key_id: extra})


def read_trust_list(data: bytes, root: PublicKey) -> Trust:
    """Return the trust that a sealed list declares, when the root signed it; raises a child of Refused."""
    body, trailer = split_trailer(data)
    signature = Signature.parse(trailer)
    if signature.key_id != root.key_id:
        raise UnknownKey(
            f"This file is signed with the key {group_digits(signature.key_id)}, not with the trust root.",
            advice=_LIST_ADVICE,
        )
    verify(root, signature, blake2b(body).digest())
    serial, issued = _claims(signature.trusted_comment)
    publishers, revoked = _read_body(bytes(body), root)
    return Trust(root=root, serial=serial, issued=issued, publishers=publishers, revoked=revoked)


def format_comment(serial: int, issued: str) -> str:
    """Return the trusted comment of a trust list."""
    return f"briefings-trust/1 serial={serial} issued={issued}"


def format_body(publishers: Mapping[str, PublicKey], revoked: Mapping[str, Revocation]) -> bytes:
    """Return the lines of a trust list: public keys by publisher's name, revocations by key id."""
    lines = ["# Publishers whose editions the viewer opens, and keys that were withdrawn. Signed by the trust root."]
    lines += [f"publisher {key.key_id} {key.base64} {name}" for name, key in publishers.items()]
    lines += [f"revoked {key_id} {entry.date} {entry.reason}" for key_id, entry in revoked.items()]
    return "".join(f"{line}\n" for line in lines).encode()


def _shipped() -> Trust:
    folder = paths.resources() / "trust"
    try:
        root = _read_key(folder / ROOT_NAME)
        return read_trust_list(read_file(folder / LIST_NAME, limit=_LARGEST_LIST), root)
    except ViewerError as err:
        raise FileTrouble(
            f"The trust files that came with this program are damaged or missing. {err}",
            advice="Install the program again from its publisher.",
        ) from err


def _read_key(path: Path) -> PublicKey:
    return PublicKey.parse(read_file(path, limit=_LARGEST_KEY_FILE).decode("ascii", "replace"))


def _claims(comment: str) -> tuple[int, str]:
    version = _VERSION.fullmatch(comment)
    if version is None:
        raise WrongKind("This file is genuinely signed, but it is not a trust list.", advice=_LIST_ADVICE)
    if version[1] != "1":
        raise NewerFormat(f"This trust list needs a newer viewer: it is of format {version[1]}.")
    found = _COMMENT.fullmatch(comment)
    if found is None or not is_serial(int(found[1])) or not is_date(found[2]):
        raise Faulty("The signed comment of this trust list does not have the form that it must have.")
    return int(found[1]), found[2]


def _read_body(body: bytes, root: PublicKey) -> tuple[dict[str, Publisher], dict[str, Revocation]]:
    publishers: dict[str, Publisher] = {}
    revoked: dict[str, Revocation] = {}
    for number, line in enumerate(_lines(body), 1):
        if not line or line.startswith("#"):
            continue
        match _entry(line):
            case Publisher(key=key) as entry if key.key_id not in (*publishers, root.key_id):
                publishers[key.key_id] = entry
            case Revocation(key_id=key_id) as entry if key_id not in revoked:
                revoked[key_id] = entry
            case _:
                raise Faulty(f"Line {number} of this trust list cannot be accepted.")
    return publishers, revoked


def _lines(body: bytes) -> list[str]:
    try:
        return body.decode("utf-8").split("\n")
    except UnicodeDecodeError as err:
        raise Faulty("This trust list is not text in UTF-8.") from err


def _entry(line: str) -> Publisher | Revocation | None:
    """Return what one line declares; None where the line is malformed."""
    if found := _PUBLISHER.fullmatch(line):
        return _publisher(*found.groups())
    if (found := _REVOKED.fullmatch(line)) and is_date(found[2]) and _is_words(found[3]):
        return Revocation(key_id=found[1], date=found[2], reason=found[3])
    return None


def _publisher(key_id: str, base64: str, name: str) -> Publisher | None:
    try:
        key = PublicKey.from_base64(base64)
    except Refused:
        return None
    return Publisher(name=name, key=key) if key.key_id == key_id and _is_words(name) else None


def _is_words(text: str) -> bool:
    """Return whether a name or reason is one printable line without spaces at its ends."""
    return text.isprintable() and text == text.strip() and len(text) <= _LONGEST_WORDS
