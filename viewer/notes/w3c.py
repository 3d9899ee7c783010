"""Notes as W3C Web Annotations in JSON-LD: complete, so that what goes out comes in as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from viewer.errors import ImportRefused
from viewer.model import Anchor, Note
from viewer.notes import format_1, versions
from viewer.notes.limits import MAX_TAG, MAX_TAGS, MAX_TEXT, TAG
from viewer.notes.tables import VersionSet
from viewer.notes.validity import fault_of
from viewer.notes.versions import Version
from viewer.records import record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = "urn:briefing-viewer:notes:1#"  # prefix of what the vocabulary has no word for
MAX_NOTES = 200_000
MAX_EXTRAS = 10_000  # confirmed places, or former versions, of one note
MAX_DEPTH = 40  # brackets within brackets; those written here have six
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_DIGEST = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")
_MARKING = re.compile(r"[^\0]{1,120}", re.DOTALL)  # never empty: that would be taken for the lowest one


@record
class NoteCollection:
    """What one file of notes holds: its series, and of each note, removed ones too, the versions that stand.

    A set's `superseded` are the digests of versions that gave way to those.
    """

    series: str
    sets: tuple[VersionSet, ...]


def pack(collection: NoteCollection) -> bytes:
    """Return a series' notes as one JSON-LD document."""
    series = collection.series
    shown = [(found, version) for found in collection.sets for version in [next(iter(found.heads.values()))]]
    removals = [_removal_entry(found, version) for found, version in shown if version.note is None]
    items = [_item(series, found, version) for found, version in shown if version.note is not None]
    document: dict[str, Any] = {
        "@context": [CONTEXT, {"viewer": OWN}],
        "id": f"urn:briefing-viewer:series:{series}",
        "type": "AnnotationCollection",
        "label": f"Notes on {series}",
        "viewer:series": series,
        "viewer:removed": removals,
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def unpack(data: bytes) -> NoteCollection:
    """Return the notes in a JSON-LD document. Raise ImportRefused for anything that is not wholly one."""
    document = _document(data)
    series = document.get("viewer:series")
    if not isinstance(series, str) or not _ID.fullmatch(series):
        raise ImportRefused("This file does not say to which series its notes belong.")
    page = document.get("first")
    items = page.get("items") if isinstance(page, dict) else None
    removed = document.get("viewer:removed", [])
    if not isinstance(items, list) or not isinstance(removed, list):
        raise ImportRefused("This file holds no notes of this program.")
    if len(items) + len(removed) > MAX_NOTES:
        raise ImportRefused(f"This file holds more than {MAX_NOTES:,} notes.")
    sets = [_read_item(number, item) for number, item in enumerate(items, 1)]
    noted = {found.uuid for found in sets}
    if len(noted) < len(sets):
        raise ImportRefused("This file holds the same note twice.")
    gone = {found.uuid: found for found in map(_read_removal, removed)}
    return NoteCollection(series=series, sets=(*sets, *(found for found in gone.values() if found.uuid not in noted)))


def _item(series: str, found: VersionSet, shown: Version) -> dict[str, Any]:
    """Return a note: the version that is shown as an annotation, with those that stand beside it."""
    others = [version for version in found.heads.values() if version is not shown]
    entry = _version_entry(series, shown) | {"viewer:superseded": sorted(found.superseded)}
    if others:
        entry["viewer:others"] = [_version_entry(series, version) for version in others]
    return entry


def _version_entry(series: str, version: Version) -> dict[str, Any]:
    """Return one version, as an annotation where it is not a removal."""
    annotation = _annotation(series, version.note) if version.note else {"id": f"urn:uuid:{version.uuid}"}
    places = [{"viewer:serial": serial, **_target(series, at)} for serial, at in sorted(version.placements.items())]
    return annotation | {
        "viewer:version": {
            "at": version.at,
            "by": version.by,
            "parents": list(version.parents),
            "format": 1 if version.is_migrated else 2,
            "digest": version.digest,
            **({"unknown": dict(version.unknown)} if version.unknown else {}),
        },
        **({"viewer:placements": places} if places else {}),
    }


def _removal_entry(found: VersionSet, shown: Version) -> dict[str, Any]:
    others = [version for version in found.heads.values() if version is not shown]
    return (
        _version_entry("", shown)
        | {"viewer:at": shown.at, "viewer:superseded": sorted(found.superseded)}
        | ({"viewer:others": [_version_entry("", version) for version in others]} if others else {})
    )


def _annotation(series: str, note: Note) -> dict[str, Any]:
    anchor = note.anchor
    body: list[dict[str, Any]] = []
    if note.text:
        body.append({"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": note.text})
    body += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in note.tags]
    return {
        "id": f"urn:uuid:{note.uuid}",
        "type": "Annotation",
        "motivation": _motivation(note),
        "creator": {"type": "Person", "name": note.author},
        "created": note.created,
        "modified": note.changed,
        "body": body,
        **_target(series, anchor),
        "viewer:theme": note.theme,
        "viewer:serial": note.serial,
        "viewer:colour": note.colour,
        "viewer:bookmark": note.bookmark,
        "viewer:marking": note.marking,
    }


def _target(series: str, anchor: Anchor) -> dict[str, Any]:
    selector = [
        {"type": "TextQuoteSelector", "exact": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix},
        {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
    ]
    return {
        "target": {"source": f"urn:briefing-viewer:item:{series}:{anchor.item}", "selector": selector},
        "viewer:item": anchor.item,
        "viewer:whole": anchor.whole,
    }


def _motivation(note: Note) -> str:
    if note.text:
        return "commenting"
    return "bookmarking" if note.bookmark else "highlighting"


# Reading: every field is checked


def _document(data: bytes) -> dict[str, Any]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:100]:
        raise ImportRefused("This file is not in UTF-8, in which notes are exchanged.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise ImportRefused("This file is not in UTF-8, in which notes are exchanged.") from err
    if _nesting_depth(text) > MAX_DEPTH:
        raise ImportRefused("This file is nested too deeply to be a file of notes.")
    try:
        found = json.loads(text, object_pairs_hook=_unique_pairs, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as err:
        raise ImportRefused("This file is not the JSON that notes are exchanged in, or was cut short.") from err
    if not isinstance(found, dict) or found.get("type") != "AnnotationCollection":
        raise ImportRefused("This file holds no notes of this program.")
    return found


def _nesting_depth(text: str) -> int:
    """Return how deep brackets are nested, those within quotation marks left out."""
    depth = deepest = 0
    for sign in re.sub(r'"(?:[^"\\]|\\.)*+"|[^\[\]{}"]++', "", text):
        depth += 1 if sign in "[{" else -1 if sign in "]}" else 0
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            break
    return deepest


def _unique_pairs(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ImportRefused("This file says the same thing twice over, in different ways.")
    return dict(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _read_item(number: int, item: object) -> VersionSet:
    try:
        if not isinstance(item, dict):
            raise _FaultyField("type")
        if "viewer:version" in item:
            return _usable(_read_set(item))
        note = _note(item)
        former = tuple(_note(version) for version in _optional_list(item, "viewer:former"))
        if any(version.uuid != note.uuid for version in former):
            raise _FaultyField("viewer:former")
        places = dict(_placement(entry) for entry in _optional_list(item, "viewer:placements"))
        return _usable(format_1.join(format_1.migrated(note), map(format_1.migrated, former), (), places))
    except _FaultyField as err:
        raise ImportRefused(f"Note {number} of this file is faulty: its “{err}” is not as it should be.") from err


def _usable(found: VersionSet) -> VersionSet:
    """Return the set where each of its versions can be used."""
    for version in found.versions.values():
        if fault := fault_of(version):
            raise _FaultyField(fault)
    return found


def _read_set(item: dict[str, Any]) -> VersionSet:
    """Return a note's versions that stand, and the digests of those that gave way to them."""
    found = [_read_version(item), *(_read_version(entry) for entry in _optional_list(item, "viewer:others"))]
    if len({version.uuid for version in found}) > 1:
        raise _FaultyField("viewer:others")
    superseded = frozenset(_digests(item, "viewer:superseded")) | versions.superseded_by(found)
    return VersionSet(
        uuid=found[0].uuid, versions={version.digest: version for version in found}, superseded=superseded
    )


def _read_version(item: dict[str, Any]) -> Version:
    said = item.get("viewer:version")
    if not isinstance(said, dict):
        raise _FaultyField("viewer:version")
    unknown = said.get("unknown", {})
    if not isinstance(unknown, dict) or unknown.keys() & versions.OWN_FIELDS:
        raise _FaultyField("viewer:version")
    is_removal = "target" not in item
    version = Version(
        uuid=_matching(item, "id", _UUID, "urn:uuid:"),
        note=None if is_removal else _note(item),
        at=_time(said, "at"),
        by=_text(said, "by", max_length=200),
        placements=dict(_placement(entry) for entry in _optional_list(item, "viewer:placements")),
        parents=tuple(sorted(_digests(said, "parents"))),
        is_migrated=_number(said, "format", 1, 2) == 1,
        unknown=unknown,
    )
    if version.digest != said.get("digest"):
        raise _FaultyField("digest")
    return version


def _digests(holder: Mapping[str, Any], name: str) -> list[str]:
    found = holder.get(name)
    if not isinstance(found, list) or len(found) > MAX_EXTRAS:
        raise _FaultyField(name)
    if not all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in found):
        raise _FaultyField(name)
    return found


def _optional_list(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the entries of a list that may be absent."""
    found = item.get(name, [])
    if not isinstance(found, list) or len(found) > MAX_EXTRAS or not all(isinstance(entry, dict) for entry in found):
        raise _FaultyField(name)
    return found


def _placement(entry: dict[str, Any]) -> tuple[int, Anchor]:
    target = entry.get("target")
    if not isinstance(target, dict):
        raise _FaultyField("viewer:placements")
    return _number(entry, "viewer:serial", 0, 2**53), _anchor(entry, target)


class _FaultyField(Exception):
    """A field that is not as it should be; the message is its name."""


def _note(item: dict[str, Any]) -> Note:
    bodies, target, creator = item.get("body", []), item.get("target"), item.get("creator", {})
    if not isinstance(bodies, list) or not isinstance(target, dict) or not isinstance(creator, dict):
        raise _FaultyField("target")
    parts = [body for body in bodies if isinstance(body, dict)]
    texts = [_text(body, "value") for body in parts if body.get("purpose") == "commenting"]
    tags = tuple(_text(body, "value", max_length=MAX_TAG) for body in parts if body.get("purpose") == "tagging")
    if len(texts) > 1 or len(tags) > MAX_TAGS or not all(TAG.fullmatch(tag) for tag in tags):
        raise _FaultyField("body")
    return Note(
        uuid=_matching(item, "id", _UUID, "urn:uuid:"),
        anchor=_anchor(item, target),
        theme=_matching(item, "viewer:theme", _ID),
        serial=_number(item, "viewer:serial", 0, 2**53),
        text=texts[0] if texts else "",
        colour=_number(item, "viewer:colour", 0, 5),
        tags=tags,
        bookmark=_flag(item, "viewer:bookmark"),
        marking=_matching(item, "viewer:marking", _MARKING),
        author=_text(creator, "name", max_length=200),
        created=_time(item, "created"),
        changed=_time(item, "modified"),
    )


def _anchor(item: dict[str, Any], target: dict[str, Any]) -> Anchor:
    selectors = target.get("selector")
    if not isinstance(selectors, list) or not all(isinstance(selector, dict) for selector in selectors):
        raise _FaultyField("selector")
    by_type = {str(selector.get("type")): selector for selector in selectors}
    quoted, placed = by_type.get("TextQuoteSelector"), by_type.get("TextPositionSelector")
    if quoted is None or placed is None:
        raise _FaultyField("selector")
    return Anchor(
        item=_matching(item, "viewer:item", _ID),
        quote=_text(quoted, "exact"),
        prefix=_text(quoted, "prefix", max_length=200),
        suffix=_text(quoted, "suffix", max_length=200),
        start=_number(placed, "start", 0, MAX_TEXT),
        whole=_flag(item, "viewer:whole"),
    )


def _read_removal(entry: object) -> VersionSet:
    try:
        if not isinstance(entry, dict):
            raise _FaultyField("viewer:removed")
        if "viewer:version" in entry:
            return _usable(_read_set(entry))
        uuid, at = _matching(entry, "id", _UUID, "urn:uuid:"), _time(entry, "viewer:at")
        return format_1.join(format_1.migrated_removal(uuid, at), ())
    except _FaultyField as err:
        raise ImportRefused("The list of removed notes in this file is faulty.") from err


def _text(holder: Mapping[str, Any], name: str, *, max_length: int = MAX_TEXT) -> str:
    value = holder.get(name)
    if not isinstance(value, str) or len(value) > max_length or "\0" in value:
        raise _FaultyField(name)
    try:
        value.encode()
    except UnicodeEncodeError as err:
        raise _FaultyField(name) from err
    return value


def _matching(holder: Mapping[str, Any], name: str, pattern: re.Pattern[str], before: str = "") -> str:
    value = _text(holder, name)
    if not value.startswith(before) or not pattern.fullmatch(value.removeprefix(before)):
        raise _FaultyField(name)
    return value.removeprefix(before)


def _time(holder: Mapping[str, Any], name: str) -> str:
    value = _matching(holder, name, _TIME)
    try:
        datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError) as err:
        raise _FaultyField(name) from err
    return value


def _number(holder: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = holder.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _FaultyField(name)
    return value


def _flag(holder: Mapping[str, Any], name: str) -> bool:
    value = holder.get(name)
    if not isinstance(value, bool):
        raise _FaultyField(name)
    return value
