"""The metadata that travel inside a sheet's file, and the digest that shows whether the file was changed.

They are one line of ASCII JSON, stored as it is in an attachment named `sheet.json`. `check` is a hash of all
other fields and stands in the QR code; `digest` is the SHA-256 of the whole file with zeros in the digest's own place.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from viewer.dissemination.issuing import Imprint
from viewer.errors import ViewerError
from viewer.records import record
from viewer.sheets.recipe import Recipe, ordered
from viewer.sheets.recipe_text import to_toml
from viewer.sheets.sheet import HeldItem, Sheet

VERSION = 1
CHECK_LENGTH = 16  # hex digits
LARGEST = 4 * 1024 * 1024  # bytes of metadata
_BLANK = "0" * 64
_START = re.compile(rb'\{"briefing-sheet":(\d{1,6}),"digest":"([0-9a-f]{64})",')
_HASH = re.compile(r"[0-9a-f]{16}")
_IN_FILE = {"chain_tip": "head", "withdrawn": "gone"}  # fields that bear another name in a file
_LONGEST = 20_000  # characters of any field but the recipe
_ITEM = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+\.[a-z0-9]++(?:-[a-z0-9]++)*+")
_PATTERNS = {
    "id": re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}"),
    "made": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
    "fingerprint": re.compile(r"[0-9a-f]{128}"),
    "since_fingerprint": re.compile(r"(?:[0-9a-f]{128})?"),
}


class NotASheet(ViewerError):
    """A file that is no sheet of this program, or no longer as it was written."""

    advice = "Rely on the edition itself, or ask whoever issued the sheet for a fresh one."


@record
class SheetMetadata:
    """What a sheet says of itself, read back from its file."""

    id: str
    made: str
    chain_tip: str
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
    held: tuple[HeldItem, ...]
    recipe: str  # TOML
    since: str = ""  # of a sheet of changes: the earlier edition, such as `tacsea/1`
    since_fingerprint: str = ""
    withdrawn: tuple[str, ...] = ()  # the ids of the items that it says were withdrawn


REPEATED_FIELDS = (
    "audience",
    "caveats",
    "series",
    "serial",
    "since",
    "entries",
    "form",
    "paper",
    "large",
    "two_sided",
)


def repeating_recipe(sheet: Sheet) -> Recipe:
    """Return a recipe that gives the same items again.

    It goes out with the file: neither what was withheld is in it, nor words of the reader's own, nor the recipient.
    """
    kept = {name: getattr(sheet.recipe, name) for name in REPEATED_FIELDS}
    return Recipe(**kept, parts=ordered(set(sheet.recipe.parts)))


def metadata_bytes(sheet: Sheet, imprint: Imprint) -> tuple[bytes, str]:
    """Return the metadata as bytes, their digest still blank, and the check value."""
    origin, recipe = sheet.origin, sheet.recipe
    content: dict[str, Any] = {
        "id": imprint.id,
        "made": imprint.made,
        "head": imprint.chain_tip,
        "series": origin.series,
        "edition": origin.name,
        "serial": origin.serial,
        "fingerprint": origin.fingerprint,
        "key_id": origin.key_id,
        "form": recipe.form,
        "title": sheet.title,
        "marking": sheet.marking.code,
        "audience": sheet.audience.code,
        "recipient": recipe.recipient,
        "copies": recipe.copies,
        "held": [[one.id, one.hash] for one in sheet.held],
        "recipe": to_toml(repeating_recipe(sheet)),
    }
    if sheet.changes:
        content |= {
            "since": recipe.since,
            "since_fingerprint": sheet.changes.earlier.fingerprint,
            "gone": list(sheet.changes.withdrawn),
        }
    check = _check(content)
    whole = {"briefing-sheet": VERSION, "digest": _BLANK, **content, "check": check}
    return _json(whole).encode("ascii"), check


def with_digest(data: bytes) -> bytes:
    """Return a written file with its digest put in."""
    digest = hashlib.sha256(data).hexdigest().encode()
    start = _START.search(data)
    assert start is not None, "the metadata stand in every file as they were written"
    at = start.start(2)
    return data[:at] + digest + data[at + 64 :]


def read_metadata(data: bytes) -> SheetMetadata:
    """Return the metadata in a sheet's file, once its digest and its check value hold. Raises NotASheet.

    No key is in either, so they show an accident and not a forgery: only the register knows what was issued.
    """
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


def metadata_as_json(metadata: SheetMetadata) -> dict[str, object]:
    """Return the metadata under the names that they bear in a file."""
    return {_IN_FILE.get(name, name): value for name, value in asdict(metadata).items()}


def _parsed(data: bytes) -> SheetMetadata:
    try:
        found, _ = json.JSONDecoder().raw_decode(data.decode("ascii", errors="replace"))
        check = found.pop("check")
        del found["briefing-sheet"], found["digest"]
        if check != _check(found):
            raise NotASheet("This sheet’s facts do not agree with its check value.")
        json.dumps(found, ensure_ascii=False).encode()  # half a character is none
        metadata = SheetMetadata(
            chain_tip=found.pop("head"),
            held=tuple(HeldItem(id=id_, hash=hash_) for id_, hash_ in found.pop("held")),
            withdrawn=tuple(found.pop("gone", ())),
            check=check,
            **found,
        )
        _examine(metadata)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        raise NotASheet("This sheet’s facts cannot be read.") from err
    return metadata


def _examine(metadata: SheetMetadata) -> None:
    """Raise ValueError or TypeError where a field is not of its kind."""
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if field.type in ("str", "int") and type(value).__name__ != field.type:
            raise TypeError(field.name)
        if isinstance(value, str) and field.name != "recipe" and len(value) > _LONGEST:
            raise ValueError(field.name)
    pairs = [(_PATTERNS[name], getattr(metadata, name)) for name in _PATTERNS]
    pairs += [(_ITEM, id_) for id_ in metadata.withdrawn]
    pairs += [pair for one in metadata.held for pair in ((_ITEM, one.id), (_HASH, one.hash))]
    if not all(pattern.fullmatch(value) for pattern, value in pairs):
        raise ValueError("a field does not have its form")
    datetime.strptime(metadata.made, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - in UTC; for the calendar's sake alone


def _check(content: dict[str, Any]) -> str:
    return hashlib.sha256(_json(content).encode()).hexdigest()[:CHECK_LENGTH]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
