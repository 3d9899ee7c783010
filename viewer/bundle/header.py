"""The first page of an edition, checked without SQLite, which then parses nothing that is no edition."""

from __future__ import annotations

import struct

from viewer.bundle.formats import FORMATS, NEWEST
from viewer.bundle.rules import Format
from viewer.bundle.schema import APPLICATION_ID, PAGE_SIZE
from viewer.errors import Faulty, NewerFormat, WrongKind

_MAGIC = b"SQLite format 3\0"
_FIELDS = struct.Struct(">16sH6B12I20s2I")  # https://www.sqlite.org/fileformat.html, section 1.3
_LEAF, _INTERIOR = 13, 5  # kinds of pages of a table
_SCHEMA_PAGES = 16  # the schema takes three to five


def check_header(body: bytes | memoryview) -> Format:
    """Return the format that the header names.

    Raises WrongKind, NewerFormat or Faulty where it is no header of a known format, or lies about the length.
    """
    if len(body) < PAGE_SIZE or body[:16] != _MAGIC:
        raise _unfit()
    (_, page_size, writer, reader, reserved, *payload, _, pages, free_list, free_pages, _, layout, _, largest_root,
     encoding, version, vacuum, application, rest, _, _) = _FIELDS.unpack(body[: _FIELDS.size])  # fmt: skip
    if application != APPLICATION_ID:
        raise WrongKind("This file is genuinely signed, but is no edition, or one that needs a newer viewer.")
    if version > NEWEST:
        raise NewerFormat(
            f"This edition needs a newer viewer: it is of format {version}, this one reads 1 to {NEWEST}."
        )
    found_and_right = (
        (page_size, PAGE_SIZE),
        ((writer, reader), (1, 1)),  # 2 stands for a journal beside the file, which nobody signs
        ((reserved, *payload), (0, 64, 32, 32)),
        (pages * PAGE_SIZE, len(body)),
        ((free_list, free_pages), (0, 0)),
        (layout, 4),
        ((largest_root, vacuum), (0, 0)),
        (encoding, 1),  # UTF-8
        (version in FORMATS, True),
        (rest, bytes(20)),
    )
    if any(found != right for found, right in found_and_right) or not _has_small_schema(body):
        raise _unfit()
    return FORMATS[version]


def _has_small_schema(body: bytes | memoryview) -> bool:
    """Return whether `sqlite_master` is one page, or a few below one.

    SQLite reads all of it before it answers the first query.
    """
    kind, count = body[100], int.from_bytes(body[103:105])
    if kind != _INTERIOR:
        return kind == _LEAF
    if count > _SCHEMA_PAGES:
        return False
    cells = struct.unpack_from(f">{count}H", body, 112)
    children = [int.from_bytes(body[start : start + 4]) for start in (108, *cells)]
    starts = [(child - 1) * PAGE_SIZE for child in children]
    return all(0 < start < len(body) and body[start] == _LEAF for start in starts)


def _unfit() -> Faulty:
    return Faulty("The edition breaks a rule of its format: its header does not fit its content.")
