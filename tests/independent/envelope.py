"""Sections 2 to 5 of `docs/format.md`: the envelope of a file, its signature, its signed comment, and trust lists."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.independent.refusal import Refusal

MOST_BYTES = 268_435_456
MOST_BYTES_OF_LIST = 1_048_576
TAIL = 4096
LINE_1 = b"untrusted comment: signature from minisign secret key"
UNTRUSTED, TRUSTED = b"untrusted comment: ", b"trusted comment: "
NEWEST_SCHEMA = 2

_DATE = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?"
_EDITION = re.compile(
    r"briefings/1 series=(?P<series>[a-z][a-z0-9-]{0,30}) serial=(?P<serial>[1-9][0-9]{0,9})"
    rf" issued=(?P<issued>{_DATE}) review=(?P<review>{_DATE}) schema=(?P<schema>[1-9][0-9]{{0,5}})"
)
_LIST = re.compile(
    rf"briefings-trust/(?P<version>[12]) serial=(?P<serial>[1-9][0-9]{{0,9}}) issued=(?P<issued>{_DATE})"
)


@dataclass(frozen=True)
class Key:
    """A public key: its 8-byte number and its 32 bytes."""

    number: bytes
    raw: bytes

    @property
    def id(self) -> str:
        """The key id."""
        return self.number[::-1].hex().upper()


@dataclass(frozen=True)
class Trailer:
    """The four lines at the end of a file."""

    number: bytes
    over_body: bytes
    comment: bytes
    over_comment: bytes


@dataclass(frozen=True)
class Listed:
    """A publisher's key: its name, and what it may sign."""

    name: str
    key: Key
    series: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    successor: str = ""


@dataclass(frozen=True)
class TrustList:
    """Who may sign: publishers by key id, and the key ids that are withdrawn."""

    root: Key
    serial: int
    publishers: Mapping[str, Listed]
    revoked: frozenset[str]


@dataclass(frozen=True)
class Claims:
    """What the signed comment of an edition says."""

    series: str
    serial: int
    issued: str
    review: str
    schema: int


@dataclass(frozen=True)
class Opened:
    """A genuine edition: its body, what its comment says, and who signed it."""

    body: bytes
    claims: Claims
    publisher: str
    key_id: str
    fingerprint: str


def key_in_file(data: bytes) -> Key:
    """The key in a public key file (section 2.4)."""
    if len(data) > 4096:
        raise ValueError("too large for a key file")
    comment, line = data.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n")
    if not comment.startswith(UNTRUSTED):
        raise ValueError("the first line is no comment")
    return key_in_text(line)


def key_in_text(line: bytes) -> Key:
    """The key that 56 characters spell."""
    raw = _decoded(line, 42)
    if raw is None or raw[:2] != b"Ed":
        raise ValueError("no public key")
    return Key(raw[2:10], raw[10:])


def open_edition(data: bytes, trust: TrustList) -> Opened:
    """The verified body of the edition that `data` is, by steps 1 to 7 of section 5."""
    body, trailer = _taken_apart(data, MOST_BYTES)
    key_id = trailer.number[::-1].hex().upper()
    if key_id in trust.revoked:
        raise Refusal("withdrawn key", key_id)
    is_root = key_id == trust.root.id
    if not is_root and key_id not in trust.publishers:
        raise Refusal("unknown key", key_id)
    listed = Listed("", trust.root) if is_root else trust.publishers[key_id]
    _verify(listed.key, trailer, body)
    if is_root:
        raise Refusal("wrong kind", "signed by the trust root")
    claims = _claims(trailer.comment.decode("ascii"))
    _check_entitled(listed, claims)
    return Opened(body, claims, listed.name, key_id, fingerprint(body).hex())


def read_trust_list(data: bytes, root: Key) -> TrustList:
    """The trust list that `data` is (section 3)."""
    body, trailer = _taken_apart(data, MOST_BYTES_OF_LIST)
    if trailer.number != root.number:
        raise Refusal("unknown key", "not signed by the root")
    _verify(root, trailer, body)
    comment = trailer.comment.decode("ascii")
    _check_version(comment, "briefings-trust", 2)
    found = _LIST.fullmatch(comment)
    if found is None or not _is_serial(found["serial"]) or not _is_date(found["issued"]):
        raise Refusal("faulty", comment)
    publishers: dict[str, Listed] = {}
    revoked: set[str] = set()
    for line in _text(body).split("\n"):
        if line and not line.startswith("#"):
            _read_line(line, root, publishers, revoked, found["version"])
    if not publishers:
        raise Refusal("faulty", "no publisher")
    _check_successors(publishers)
    return TrustList(root, int(found["serial"]), publishers, frozenset(revoked))


def fingerprint(body: bytes) -> bytes:
    """The BLAKE2b-512 of a body."""
    return hashlib.blake2b(body, digest_size=64).digest()


def _taken_apart(data: bytes, most: int) -> tuple[bytes, Trailer]:
    if len(data) > most:
        raise Refusal("too large", f"{len(data):,} bytes")
    tail = data[-TAIL:]
    pieces = tail.split(b"\n")[-5:]
    if len(pieces) < 5 or pieces[4] or not (pieces[0].startswith(UNTRUSTED) or pieces[2].startswith(TRUSTED)):
        raise _no_trailer(tail)
    length = sum(len(piece) + 1 for piece in pieces[:4])
    before = len(data) - length
    if before < 2 and pieces[0] == LINE_1:
        raise Refusal("no signature", "nothing but a signature")
    if tail[-length - 1 : -length] != b"\n":
        raise Refusal("altered", "no newline before the trailer")
    return data[: before - 1], _trailer(pieces)


def _no_trailer(tail: bytes) -> Refusal:
    at = tail.rfind(b"\n" + UNTRUSTED)
    if at >= 0 and not _is_cut_off(tail[at + 1 :]):
        return Refusal("altered", "something else than a signature at the end")
    return Refusal("no signature", "nothing at the end is meant as one")


def _is_cut_off(rest: bytes) -> bool:
    """Whether `rest` could be the beginning of a trailer."""
    lines = rest.split(b"\n")
    whole = (len(LINE_1), 100, None, 88)
    if len(lines) > 4:
        return False
    for number, (line, length) in enumerate(zip(lines, whole, strict=False)):
        is_last = number == len(lines) - 1
        if length is not None and (len(line) > length or (len(line) < length and not is_last)):
            return False
        if number in (1, 3) and re.fullmatch(rb"[A-Za-z0-9+/]*={0,2}", line) is None:
            return False
        if number == 2 and not (line.startswith(TRUSTED) or (is_last and TRUSTED.startswith(line))):
            return False
    return LINE_1.startswith(lines[0])


def _trailer(lines: list[bytes]) -> Trailer:
    raw, over_comment = _decoded(lines[1], 74), _decoded(lines[3], 64)
    if lines[0] != LINE_1 or raw is None or over_comment is None:
        raise Refusal("altered", "the trailer is not spelt as it must be")
    if raw[:2] == b"Ed":
        raise Refusal("old signature", "over the body itself")
    comment = lines[2].removeprefix(TRUSTED)
    if raw[:2] != b"ED" or comment == lines[2] or re.fullmatch(rb"[\t -~]*", comment) is None:
        raise Refusal("altered", "the trailer is not spelt as it must be")
    return Trailer(raw[2:10], raw[10:], comment, over_comment)


def _verify(key: Key, trailer: Trailer, body: bytes) -> None:
    public = Ed25519PublicKey.from_public_bytes(key.raw)
    try:
        public.verify(trailer.over_body, fingerprint(body))
        public.verify(trailer.over_comment, trailer.over_body + trailer.comment)
    except InvalidSignature as err:
        raise Refusal("altered", "a signature does not hold") from err


def _claims(comment: str) -> Claims:
    _check_version(comment, "briefings", 1)
    found = _EDITION.fullmatch(comment)
    if found is None or not (_is_serial(found["serial"]) and _is_date(found["issued"]) and _is_date(found["review"])):
        raise Refusal("faulty", comment)
    if int(found["schema"]) > NEWEST_SCHEMA:
        raise Refusal("newer", comment)
    return Claims(found["series"], int(found["serial"]), found["issued"], found["review"], int(found["schema"]))


def _check_version(comment: str, word: str, newest: int) -> None:
    version = re.fullmatch(rf"{word}/([1-9][0-9]{{0,5}})(?: .*)?", comment)
    if version is None:
        raise Refusal("wrong kind", comment)
    if int(version[1]) > newest:
        raise Refusal("newer", comment)


def _check_entitled(listed: Listed, claims: Claims) -> None:
    if listed.series and claims.series not in listed.series:
        raise Refusal("not entitled", claims.series)
    if listed.since and _is_earlier(claims.issued, listed.since):
        raise Refusal("not entitled", f"issued {claims.issued}")
    if listed.until and _is_earlier(listed.until, claims.issued):
        raise Refusal("not entitled", f"issued {claims.issued}")


def _is_earlier(one: str, other: str) -> bool:
    """Whether a date lies before another, as months where one of them is a month."""
    shorter = min(len(one), len(other))
    return [*map(int, one[:shorter].split("-"))] < [*map(int, other[:shorter].split("-"))]


def _read_line(line: str, root: Key, publishers: dict[str, Listed], revoked: set[str], version: str) -> None:
    parts = line.split(" ", 3 if version == "1" or line.startswith("revoked ") else 7)
    key_id, words = parts[1] if len(parts) > 1 else "", parts[-1]
    if re.fullmatch(r"[0-9A-F]{16}", key_id) is None or not _is_words(words) or key_id == root.id:
        raise Refusal("faulty", line)
    if parts[0] == "revoked" and len(parts) == 4 and _is_date(parts[2]) and key_id not in revoked:
        revoked.add(key_id)
    elif parts[0] == "publisher" and len(parts) in (4, 8) and key_id not in publishers:
        publishers[key_id] = _ruled(Listed(words, _published(parts[2], key_id)), parts[3:-1])
    else:
        raise Refusal("faulty", line)


def _ruled(listed: Listed, rules: list[str]) -> Listed:
    """The publisher with what a line of format 2 says between its key and its name."""
    if not rules:
        return listed
    series = () if rules[0] == "*" else tuple(rules[0].split(","))
    since, until, successor = ("" if rule == "-" else rule for rule in rules[1:])
    spelt = all(re.fullmatch(r"[a-z][a-z0-9-]{0,30}", one) for one in series)
    dated = all(_is_date(one) for one in (since, until) if one)
    named = not successor or re.fullmatch(r"[0-9A-F]{16}", successor)
    if not (spelt and dated and named and all(rules)) or len(set(series)) != len(series) or len(series) > 100:
        raise Refusal("faulty", " ".join(rules))
    if since and until and _is_earlier(until, since):
        raise Refusal("faulty", f"{since} to {until}")
    return Listed(listed.name, listed.key, series, since, until, successor)


def _check_successors(publishers: Mapping[str, Listed]) -> None:
    for first in publishers:
        chain = [first]
        while successor := publishers[chain[-1]].successor:
            if successor not in publishers or successor in chain:
                raise Refusal("faulty", f"the successor {successor}")
            chain.append(successor)


def _published(text: str, key_id: str) -> Key:
    try:
        key = key_in_text(text.encode("ascii"))
    except ValueError as err:
        raise Refusal("faulty", text) from err
    if key.id != key_id:
        raise Refusal("faulty", f"{text} is not {key_id}")
    return key


def _is_words(words: str) -> bool:
    seen = all(char == " " or unicodedata.category(char)[0] not in "CZ" for char in words)
    return seen and 1 <= len(words) <= 200 and not words.startswith(" ") and not words.endswith(" ")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as err:
        raise Refusal("faulty", "not UTF-8") from err


def _is_serial(digits: str) -> bool:
    return 1 <= int(digits) <= 2_147_483_647


def _is_date(text: str) -> bool:
    if re.fullmatch(_DATE, text) is None:
        return False
    year, month, day = (int(part) for part in f"{text}-01".split("-")[:3])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _decoded(line: bytes, length: int) -> bytes | None:
    try:
        raw = base64.b64decode(line, validate=True)
    except binascii.Error:
        return None
    return raw if len(raw) == length and base64.b64encode(raw) == line else None
