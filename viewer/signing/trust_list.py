"""The text of a trust list: which keys may sign which series and from when until when, and which were withdrawn.

It is UTF-8 in the envelope of an edition, signed with a comment such as `briefings-trust/2 serial=3 issued=2026-11`.
Its lines in format 2, besides empty ones and those that begin with `#`:

    publisher KEY-ID PUBLIC-KEY SERIES FROM UNTIL SUCCESSOR NAME
    revoked KEY-ID DATE REASON

In format 1 a publisher's line has no SERIES, FROM, UNTIL and SUCCESSOR: its key may sign every series at any time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from viewer.errors import Faulty, NewerFormat, Refused, WrongKind
from viewer.model import group_digits
from viewer.records import record, replace
from viewer.signing.claims import DATE, SERIAL, is_date, is_serial, is_series
from viewer.signing.minisign import PublicKey

NEWEST_LIST = 2  # the newest format of lists that this program reads
LIST_ADVICE = "Ask whoever keeps the trust list for a fresh copy. The list in use stays in use."

_ANY = "*"  # in place of series: all of them
_NONE = "-"  # in place of a date or a successor
LONGEST_WORDS = 200
_MOST_SERIES = 100
_VERSION = re.compile(r"briefings-trust/([1-9][0-9]{0,5})(?: .*)?")
_COMMENT = re.compile(rf"briefings-trust/[1-9] serial=({SERIAL}) issued=({DATE})")
_KEY_ID = re.compile(r"[0-9A-F]{16}")
_PUBLISHER_1 = re.compile(rf"publisher ({_KEY_ID.pattern}) ([^ ]+) (.+)")
_PUBLISHER_2 = re.compile(
    rf"publisher ({_KEY_ID.pattern}) ([^ ]+) ([^ ]+) ({DATE}|-) ({DATE}|-) ({_KEY_ID.pattern}|-) (.+)"
)
_REVOKED = re.compile(rf"revoked ({_KEY_ID.pattern}) ({DATE}) (.+)")


@record
class Publisher:
    """A key that may sign editions and the name shown for it; `temporary` when given for this run alone."""

    name: str
    key: PublicKey
    series: tuple[str, ...] = ()  # that it may sign; empty for all
    not_before: str = ""  # the first date of issue that it may sign, a day or a month; empty for any
    not_after: str = ""  # the last one
    successor: str = ""  # the id of the key that goes on with its series
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
class ListClaims:
    """What the signed comment of a trust list says."""

    version: int
    serial: int
    issued: str


def parse_list_comment(comment: str) -> ListClaims:
    """Return what a verified comment says; raises WrongKind, NewerFormat or Faulty."""
    version = _VERSION.fullmatch(comment)
    if version is None:
        raise WrongKind("This file is genuinely signed, but it is not a trust list.", advice=LIST_ADVICE)
    if int(version[1]) > NEWEST_LIST:
        raise NewerFormat(f"This trust list needs a newer viewer: it is of format {version[1]}.")
    found = _COMMENT.fullmatch(comment)
    if found is None or not is_serial(int(found[1])) or not is_date(found[2]):
        raise Faulty("The signed comment of this trust list does not have the form that it must have.")
    return ListClaims(version=int(version[1]), serial=int(found[1]), issued=found[2])


def format_list_comment(serial: int, issued: str) -> str:
    """Return the trusted comment of a trust list in the newest format."""
    return f"briefings-trust/{NEWEST_LIST} serial={serial} issued={issued}"


def parse_list_body(body: bytes, root: PublicKey, version: int) -> tuple[dict[str, Publisher], dict[str, Revocation]]:
    """Return publishers and revocations by key id. Raises Faulty, naming the line, where a rule is broken."""
    publishers: dict[str, Publisher] = {}
    revoked: dict[str, Revocation] = {}
    read_publisher = _publisher_1 if version == 1 else _publisher_2
    for number, line in enumerate(_lines(body), 1):
        if not line or line.startswith("#"):
            continue
        match _revocation(line) or read_publisher(line):
            case Publisher(key=key) as entry if key.key_id not in (*publishers, root.key_id):
                publishers[key.key_id] = entry
            case Revocation(key_id=key_id) as entry if key_id not in (*revoked, root.key_id):
                revoked[key_id] = entry
            case _:
                raise Faulty(f"Line {number} of this trust list cannot be accepted.")
    if not publishers:
        raise Faulty("This trust list names no publisher at all, so it is not accepted.", advice=LIST_ADVICE)
    _check_successors(publishers)
    return publishers, revoked


def format_list_body(publishers: Iterable[Publisher], revoked: Iterable[Revocation]) -> bytes:
    """Return the lines of a trust list in the newest format."""
    lines = ["# Publishers whose editions the viewer opens, and keys that were withdrawn. Signed by the trust root."]
    for one in publishers:
        rules = (",".join(one.series) or _ANY, one.not_before or _NONE, one.not_after or _NONE, one.successor or _NONE)
        lines.append(" ".join(("publisher", one.key.key_id, one.key.base64, *rules, one.name)))
    lines += [f"revoked {entry.key_id} {entry.date} {entry.reason}" for entry in revoked]
    return "".join(f"{line}\n" for line in lines).encode()


def is_before(one: str, other: str) -> bool:
    """Return whether a day or month lies before another; where one of them is a month alone, months are compared."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _check_successors(publishers: Mapping[str, Publisher]) -> None:
    """Raise Faulty where a successor is no publisher of the list, or succession goes in a circle."""
    for key_id in publishers:
        passed, at = {key_id}, publishers[key_id].successor
        while at:
            if at not in publishers or at in passed:
                raise Faulty(f"The successor of the key {group_digits(key_id)} in this trust list cannot be accepted.")
            passed.add(at)
            at = publishers[at].successor


def _lines(body: bytes) -> list[str]:
    try:
        return body.decode("utf-8").split("\n")
    except UnicodeDecodeError as err:
        raise Faulty("This trust list is not text in UTF-8.") from err


def _revocation(line: str) -> Revocation | None:
    if (found := _REVOKED.fullmatch(line)) and is_date(found[2]) and _is_words(found[3]):
        return Revocation(key_id=found[1], date=found[2], reason=found[3])
    return None


def _publisher_1(line: str) -> Publisher | None:
    found = _PUBLISHER_1.fullmatch(line)
    return _publisher(found[1], found[2], found[3]) if found else None


def _publisher_2(line: str) -> Publisher | None:
    """Return what a line of format 2 declares; None where it breaks a rule."""
    found = _PUBLISHER_2.fullmatch(line)
    if found is None:
        return None
    series = () if found[3] == _ANY else tuple(found[3].split(","))
    since, until, successor = ("" if word == _NONE else word for word in found.group(4, 5, 6))
    good = (
        all(map(is_series, series))
        and len(set(series)) == len(series) <= _MOST_SERIES
        and all(is_date(word) for word in (since, until) if word)
        and not (since and until and is_before(until, since))
    )
    one = _publisher(found[1], found[2], found[7]) if good else None
    return one and replace(one, series=series, not_before=since, not_after=until, successor=successor)


def _publisher(key_id: str, base64: str, name: str) -> Publisher | None:
    try:
        key = PublicKey.from_base64(base64)
    except Refused:
        return None
    return Publisher(name=name, key=key) if key.key_id == key_id and _is_words(name) else None


def _is_words(text: str) -> bool:
    """Return whether a name or reason is one printable line without spaces at its ends."""
    return text.isprintable() and text == text.strip() and len(text) <= LONGEST_WORDS
