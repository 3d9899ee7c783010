"""Who may sign: the list of publishers and withdrawn keys in use, held against what was seen on this machine before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from viewer import paths
from viewer.errors import FileTrouble, NotEntitled, Refused, RevokedKey, TrustLost, UnknownKey, ViewerError
from viewer.model import Claims, group_digits
from viewer.records import field, record, replace
from viewer.signing.blake import blake2b
from viewer.signing.intake import read_file, read_if_exists
from viewer.signing.minisign import PublicKey, Signature, verify
from viewer.signing.name_likeness import is_alike
from viewer.signing.trailer import split_trailer
from viewer.signing.trust_list import (
    LIST_ADVICE,
    Publisher,
    Revocation,
    is_before,
    parse_list_body,
    parse_list_comment,
)
from viewer.signing.trust_memory import SeenList, load_memory, save_memory

LIST_NAME = "trust.list"
ROOT_NAME = "root.pub"

LARGEST_LIST = 1024 * 1024
_LARGEST_KEY_FILE = 4096
_TAKE_OVER = "Take the newest trust list over with `main.py trust LIST`; whoever keeps the list has it."
_ROOT_ADVICE = (
    "Ask your publisher by another way, such as the telephone, for the fingerprint of its trust root. "
    "Only if it is this one: `main.py trust accept-root {}`."
)


@record
class Trust:
    """The keys that count now: the root, publishers and revocations by key id, and what to tell the reader.

    Where `closed` is not empty, what was seen before is missing here: nothing is opened, and it says why.
    """

    root: PublicKey
    serial: int
    issued: str
    publishers: Mapping[str, Publisher]
    revoked: Mapping[str, Revocation]
    digest: str = field(default="", compare=False)  # BLAKE2b-256 of the list, in hexadecimal digits
    warnings: tuple[str, ...] = field(default=(), compare=False)
    closed: str = field(default="", compare=False)
    way_out: str = field(default="", compare=False)

    def publisher(self, key_id: str) -> Publisher:
        """Return the publisher whose key has this id; raises TrustLost, RevokedKey or UnknownKey."""
        self.check_open()
        if key_id in self.revoked:
            raise RevokedKey(f"This file is signed with {self.revoked[key_id].description}.")
        if key_id not in self.publishers:
            raise UnknownKey(f"This file is signed with a key that is not known here: {group_digits(key_id)}.")
        return self.publishers[key_id]

    def check_open(self) -> None:
        """Raise TrustLost where what was seen before is missing here."""
        if self.closed:
            raise TrustLost(self.closed, advice=self.way_out)

    def check_entitled(self, key_id: str, claims: Claims) -> None:
        """Raise NotEntitled where the list does not let this key sign that series at that date of issue."""
        one, key = self.publishers[key_id], group_digits(key_id)
        if one.series and claims.series not in one.series:
            raise NotEntitled(f"The key {key} may not sign the series {claims.series}: the trust list gives it others.")
        if one.not_before and is_before(claims.issued, one.not_before):
            raise NotEntitled(
                f"The key {key} signs what is issued from {one.not_before}, and this was issued {claims.issued}."
            )
        if one.not_after and is_before(one.not_after, claims.issued):
            raise NotEntitled(
                f"The key {key} signs what is issued up to {one.not_after}, and this was issued {claims.issued}."
            )

    def is_bound(self, key_id: str, series: str) -> bool:
        """Return whether the list names this very series for the key."""
        return key_id in self.publishers and series in self.publishers[key_id].series

    def succeeds(self, key_id: str, former: str) -> bool:
        """Return whether the list lets a key go on where another, `former`, ended, over any number of successors."""
        at = former
        while at in self.publishers and (at := self.publishers[at].successor):
            if at == key_id:
                return True
        return False

    def is_same_publisher(self, one: str, other: str) -> bool:
        """Return whether two keys are one publisher's: one succeeds the other, or both are unbound and of one name."""
        if one == other or self.succeeds(one, other) or self.succeeds(other, one):
            return True
        a, b = self.publishers.get(one), self.publishers.get(other)
        return a is not None and b is not None and a.name == b.name and not (a.series or b.series)

    def names_like(self, key_id: str) -> tuple[Publisher, ...]:
        """Return the other publishers, withdrawn or not, whose name is this one's or looks like it."""
        own = self.publishers[key_id]
        return tuple(
            other for other in self.publishers.values() if other.key != own.key and is_alike(own.name, other.name)
        )


def root_fingerprint(root: PublicKey) -> str:
    """Return the fingerprint of a trust root: BLAKE2b with 16 bytes of output over its key line, in hexadecimal."""
    return blake2b(root.base64.encode("ascii"), digest_size=16).hexdigest()


def load_trust(home: Path | None) -> Trust:
    """Return the trust list that came with the program, or the one kept in `home` where that is newer.

    What `home` remembers is held against it: where the list is older than one that was seen, is another one of the
    same serial, is damaged, or stands under another root, the Trust is closed and opens nothing. A key that was once
    withdrawn stays so. Raises a ViewerError only where the program's own list is damaged.
    """
    shipped = shipped_trust()
    if home is None:
        return shipped
    memory = load_memory(home)
    root = root_fingerprint(shipped.root)
    if memory.roots and memory.roots != {root}:
        return _closed(
            shipped,
            "The trust root of this program is not the one that was in use on this machine. "
            f"Its fingerprint is {group_digits(root)}.",
            _ROOT_ADVICE.format(root),
        )
    if memory.trouble or (not memory.roots and _was_remembered(home)):
        reason = memory.trouble or "It is missing."
        return _closed(
            shipped,
            f"The record of the trust lists seen on this machine cannot be used. {reason}",
            f"{_TAKE_OVER} If there is none but the program's own, confirm it: `main.py trust accept-root {root}`.",
        )
    return _held_against(memory.under(root), kept_trust(shipped, home))


def remember_trust(home: Path, trust: Trust) -> str:
    """Remember in `home` that this list was in use; return a sentence where that cannot be written, else nothing."""
    if trust.closed or not trust.digest:
        return ""
    try:
        save_memory(home, root_fingerprint(trust.root), as_seen(trust))
    except FileTrouble as err:
        return f"What was seen of the trust list cannot be remembered: {err}"
    return ""


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
            advice=LIST_ADVICE,
        )
    verify(root, signature, blake2b(body).digest())
    claims = parse_list_comment(signature.trusted_comment)
    publishers, revoked = parse_list_body(bytes(body), root, claims.version)
    digest = blake2b(data, digest_size=32).hexdigest()
    return Trust(
        root=root, serial=claims.serial, issued=claims.issued, publishers=publishers, revoked=revoked, digest=digest
    )


def shipped_trust() -> Trust:
    """Return the trust list that came with the program; raises FileTrouble where it is damaged."""
    folder = paths.resources() / "trust"
    try:
        root = _read_key(folder / ROOT_NAME)
        return read_trust_list(read_file(folder / LIST_NAME, limit=LARGEST_LIST), root)
    except ViewerError as err:
        raise FileTrouble(
            f"The trust files that came with this program are damaged or missing. {err}",
            advice="Install the program again from its publisher.",
        ) from err


def kept_trust(shipped: Trust, home: Path) -> Trust:
    """Return the list kept in `home` where it is newer; a closed Trust where one is kept that cannot be used."""
    try:
        data = read_if_exists(home / LIST_NAME, limit=LARGEST_LIST)
        kept = shipped if data is None else read_trust_list(data, shipped.root)
    except UnknownKey as err:
        root = root_fingerprint(shipped.root)
        return _closed(
            shipped, f"The trust list kept on this machine stands under another root. {err}", _ROOT_ADVICE.format(root)
        )
    except ViewerError as err:
        return _closed(shipped, f"The trust list kept on this machine cannot be used. {err}", _TAKE_OVER)
    return kept if kept.serial > shipped.serial else shipped


def _held_against(seen: SeenList, own: Trust) -> Trust:
    """Return the list in use with every withdrawal ever seen; closed where a newer or another one was seen before."""
    trust = replace(own, revoked={**seen.revoked, **own.revoked})
    if own.closed:
        return trust
    if own.serial < seen.serial:
        return _closed(
            trust,
            f"The trust list here has serial {own.serial}, and serial {seen.serial} was in use on this machine before: "
            "it is missing.",
            _TAKE_OVER,
        )
    if own.serial == seen.serial and own.digest != seen.digest:
        return _closed(
            trust,
            f"Two trust lists have the serial {own.serial}: the one here (digest {own.digest[:16]}) is not the one "
            f"that was in use on this machine before (digest {seen.digest[:16]}).",
            _TAKE_OVER,
        )
    return trust


def _closed(trust: Trust, reason: str, way_out: str) -> Trust:
    return replace(trust, closed=f"Nothing is opened. {reason}", way_out=way_out)


def as_seen(trust: Trust) -> SeenList:
    """Return what is remembered of a list."""
    return SeenList(serial=trust.serial, digest=trust.digest, revoked=trust.revoked)


def _was_remembered(home: Path) -> bool:
    """Return whether a version of the program that remembers trust lists was in use: its record of serials says so."""
    with suppress(ViewerError, ValueError, RecursionError):
        data = read_if_exists(home / paths.SERIALS_FILE, limit=LARGEST_LIST)
        found = json.loads(data) if data else None
        return isinstance(found, dict) and type(found.get("version")) is int and found["version"] >= 2
    return False


def _read_key(path: Path) -> PublicKey:
    return PublicKey.parse(read_file(path, limit=_LARGEST_KEY_FILE).decode("ascii", "replace"))
