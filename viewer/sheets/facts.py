"""The facts that travel inside a sheet's file, and the digest that tells whether the file was changed.

The facts are one line of ASCII JSON, stored as it is in an attachment named `sheet.json`. `check` is a hash of all
other facts and stands in the QR code; `digest` is the SHA-256 of the whole file with zeros in the digest's own place.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from viewer.errors import ViewerError
from viewer.sheets.recipe import Entry, EntryKind, Recipe, ordered
from viewer.sheets.recipe_text import to_toml
from viewer.sheets.sheet import Held, Imprint, Sheet

VERSION = 1
CHECK_LENGTH = 16  # hex digits
LARGEST = 4 * 1024 * 1024  # bytes of facts
_BLANK = "0" * 64
_START = re.compile(rb'\{"briefing-sheet":(\d{1,6}),"digest":"([0-9a-f]{64})",')
_HASH = re.compile(r"[0-9a-f]{16}")


class NotASheet(ViewerError):
    """A file that is no sheet of this program, or no longer as it was written."""

    advice = "Rely on the edition itself, or ask whoever issued the sheet for a fresh one."


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a sheet says of itself, read back from its file."""

    id: str
    made: str
    head: str
    check: str
    series: str
    edition: str
    serial: int
    fingerprint: str
    key_id: str
    form: str
    title: str
    marking: str
    audience: str
    recipient: str
    copies: int
    held: tuple[Held, ...]
    recipe: str  # TOML


def recipe_of(sheet: Sheet) -> Recipe:
    """A recipe that gives the same items again: what was withheld is not in it, nor words of the reader's own."""
    entries = tuple(Entry(kind=EntryKind.ITEM, value=one.id, seen=one.hash) for one in sheet.held)
    return Recipe(
        audience=sheet.audience.code,
        series=sheet.origin.series,
        serial=sheet.origin.serial,
        entries=entries,
        form=sheet.form,
        parts=ordered(set(sheet.parts)),
        paper=sheet.paper,
        large=sheet.large,
        two_sided=sheet.two_sided,
    )


def written(sheet: Sheet, imprint: Imprint) -> tuple[bytes, str]:
    """The facts as bytes, their digest still blank, and the check value."""
    origin = sheet.origin
    facts: dict[str, Any] = {
        "id": imprint.id,
        "made": imprint.made,
        "head": imprint.head,
        "series": origin.series,
        "edition": origin.name,
        "serial": origin.serial,
        "fingerprint": origin.fingerprint,
        "key_id": origin.key_id,
        "form": sheet.form,
        "title": sheet.title,
        "marking": sheet.marking.code,
        "audience": sheet.audience.code,
        "recipient": sheet.recipient,
        "copies": sheet.copies,
        "held": [[one.id, one.hash] for one in sheet.held],
        "recipe": to_toml(recipe_of(sheet)),
    }
    check = _check(facts)
    whole = {"briefing-sheet": VERSION, "digest": _BLANK, **facts, "check": check}
    return _json(whole).encode("ascii"), check


def sealed(data: bytes) -> bytes:
    """A written file with its digest put in."""
    digest = hashlib.sha256(data).hexdigest().encode()
    start = _START.search(data)
    assert start is not None, "the facts stand in every file as they were written"
    at = start.start(2)
    return data[:at] + digest + data[at + 64 :]


def read(data: bytes) -> Facts:
    """The facts in a sheet's file, once its digest and its check value hold. Raises NotASheet."""
    places = list(_START.finditer(data))
    if not places:
        raise NotASheet(
            "This file is not a briefing sheet of this program, or another program has saved it anew since."
        )
    if len(places) > 1:
        raise NotASheet("This file was changed after it was issued: it holds the facts of two sheets.")
    place = places[0]
    if int(place[1]) > VERSION:
        raise NotASheet("This sheet was written by a newer version of the viewer.")
    at = place.start(2)
    blank = data[:at] + _BLANK.encode() + data[at + 64 :]
    if hashlib.sha256(blank).hexdigest().encode() != place[2]:
        raise NotASheet("This sheet was changed after it was issued.")
    return _parsed(data[place.start() : place.start() + LARGEST])


def _parsed(data: bytes) -> Facts:
    try:
        found, _ = json.JSONDecoder().raw_decode(data.decode("ascii", errors="replace"))
        check = found.pop("check")
        del found["briefing-sheet"], found["digest"]
        if check != _check(found):
            raise NotASheet("This sheet’s facts do not agree with its check value.")
        held = tuple(Held(id=str(id_), hash=str(hash_)) for id_, hash_ in found.pop("held"))
        facts = Facts(**found, check=check, held=held)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        raise NotASheet("This sheet’s facts cannot be read.") from err
    if not all(_HASH.fullmatch(one.hash) for one in facts.held) or type(facts.serial) is not int:
        raise NotASheet("This sheet’s facts cannot be read.")
    return facts


def _check(facts: dict[str, Any]) -> str:
    return hashlib.sha256(_json(facts).encode()).hexdigest()[:CHECK_LENGTH]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
