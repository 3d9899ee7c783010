"""The end of a signed file: the four lines of its signature, found from the end of the file."""

from __future__ import annotations

import re

from viewer.errors import Altered, Incomplete, NotSigned, Refused
from viewer.signing.intake import END
from viewer.signing.minisign import ALTERED, TRUSTED_PREFIX, UNTRUSTED_LINE, UNTRUSTED_PREFIX

_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes
# A signature whose end is missing. (Where a third line ends in ==, the fourth was joined to it.)
_CUT = re.compile(
    re.escape(UNTRUSTED_LINE) + rb"(?:\n[\w+/=]{0,99}|\n[\w+/=]{100}(?:\n[\t -~]*(?:(?<!==)\n[\w+/=]{0,88})?)?)?",
    re.ASCII,
)


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
