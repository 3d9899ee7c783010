"""The facts that travel inside a sheet's file, and the digest that tells whether the file was changed.

The facts are one line of ASCII JSON, stored as it is in an attachment named `sheet.json`. `check` is a hash of all
other facts and stands in the QR code; `digest` is the SHA-256 of the whole file with zeros in the digest's own place.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import fields
from datetime import datetime
from typing import Any

from viewer.errors import ViewerError
from viewer.records import record
from viewer.sheets.recipe import EntryKind, Recipe, RecipeEntry, ordered
from viewer.sheets.recipe_text import to_toml
from viewer.sheets.sheet import Held, Imprint, Sheet, SheetChanges

VERSION = 1
CHECK_LENGTH = 16  # hex digits
LARGEST = 4 * 1024 * 1024  # bytes of facts
_BLANK = "0" * 64
_START = re.compile(rb'\{"briefing-sheet":(\d{1,6}),"digest":"([0-9a-f]{64})",')
_HASH = re.compile(r"[0-9a-f]{16}")
_LONGEST = 20_000  # characters of any fact but the recipe
_ITEM = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+\.[a-z0-9]++(?:-[a-z0-9]++)*+")
_FORMS = {
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
    since: str = ""  # of a sheet of changes: the earlier edition, such as `tacsea/1`
    since_fingerprint: str = ""
    gone: tuple[str, ...] = ()  # the ids that it tells to be withdrawn


def recipe_of(sheet: Sheet) -> Recipe:
    """A recipe that gives the same items again: what was withheld is not in it, nor words of the reader's own."""
    entries = tuple(RecipeEntry(kind=EntryKind.ITEM, value=one.id, seen=one.hash) for one in sheet.held)
    if sheet.changes:
        gone = tuple(RecipeEntry(kind=EntryKind.ITEM, value=id_) for id_ in sheet.changes.gone)
        entries = () if sheet.changes.whole else (*entries, *gone)
    return Recipe(
        audience=sheet.audience.code,
        series=sheet.origin.series,
        serial=sheet.origin.serial,
        since=_since(sheet.changes) if sheet.changes else "",
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
    if sheet.changes:
        facts |= {
            "since": _since(sheet.changes),
            "since_fingerprint": sheet.changes.former.fingerprint,
            "gone": list(sheet.changes.gone),
        }
    check = _check(facts)
    whole = {"briefing-sheet": VERSION, "digest": _BLANK, **facts, "check": check}
    return _json(whole).encode("ascii"), check


def _since(comparison: SheetChanges) -> str:
    return f"{comparison.former.series}/{comparison.former.serial}"


def sealed(data: bytes) -> bytes:
    """A written file with its digest put in."""
    digest = hashlib.sha256(data).hexdigest().encode()
    start = _START.search(data)
    assert start is not None, "the facts stand in every file as they were written"
    at = start.start(2)
    return data[:at] + digest + data[at + 64 :]


def read(data: bytes) -> SheetMetadata:
    """The facts in a sheet's file, once its digest and its check value hold. Raises NotASheet.

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


def _parsed(data: bytes) -> SheetMetadata:
    try:
        found, _ = json.JSONDecoder().raw_decode(data.decode("ascii", errors="replace"))
        check = found.pop("check")
        del found["briefing-sheet"], found["digest"]
        if check != _check(found):
            raise NotASheet("This sheet’s facts do not agree with its check value.")
        json.dumps(found, ensure_ascii=False).encode()  # half a character is none
        held = tuple(Held(id=id_, hash=hash_) for id_, hash_ in found.pop("held"))
        gone = tuple(found.pop("gone", ()))
        facts = SheetMetadata(**found, check=check, held=held, gone=gone)
        _examine(facts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        raise NotASheet("This sheet’s facts cannot be read.") from err
    return facts


def _examine(facts: SheetMetadata) -> None:
    """Raises ValueError or TypeError where a fact is not of its kind."""
    for field in fields(facts):
        value = getattr(facts, field.name)
        if field.type in ("str", "int") and type(value).__name__ != field.type:
            raise TypeError(field.name)
        if isinstance(value, str) and field.name != "recipe" and len(value) > _LONGEST:
            raise ValueError(field.name)
    told = [*((_FORMS[name], getattr(facts, name)) for name in _FORMS), *((_ITEM, id_) for id_ in facts.gone)]
    told += [pair for one in facts.held for pair in ((_ITEM, one.id), (_HASH, one.hash))]
    if not all(form.fullmatch(value) for form, value in told):
        raise ValueError("a fact does not have its form")
    datetime.strptime(facts.made, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - in UTC; for the calendar's sake alone


def _check(facts: dict[str, Any]) -> str:
    return hashlib.sha256(_json(facts).encode()).hexdigest()[:CHECK_LENGTH]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
