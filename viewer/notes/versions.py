"""Versions of a note: what one says, its digest over canonical JSON, and which versions of a set stand.

A note is the set of its versions, joined from any machine and window by union; docs/own-files.md fixes the form. A
version is superseded once another was made from it, or once anybody knows that one was; what is not superseded stands.
So the result never depends on the order in which versions come together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from viewer.model import Anchor, Note
from viewer.records import field, record, replace

ANCHOR_FIELDS = ("item", "quote", "start", "prefix", "suffix", "whole")
CONTENT_FIELDS = ("uuid", *ANCHOR_FIELDS, "theme", "serial", "text", "colour", "tags", "bookmark", "marking")
NOTE_FIELDS = (*CONTENT_FIELDS, "author", "created", "changed")
OWN_FIELDS = frozenset((*NOTE_FIELDS, "at", "by", "parents", "placements", "removed", "format"))

Places = Mapping[int, Anchor]  # confirmed places, by the serial of the edition


@record
class Version:
    """One version of a note; `note` is None where it says that the note was removed.

    `at` (ISO, with a time zone) and `by` say when it was made and by whom. `parents` are the digests of the versions
    from which it was made, in order. `is_migrated` where an old notes file or an old export gave it: its digest is
    then the one by which such files knew it. `unknown` are the fields that a later program added; they are kept.
    """

    uuid: str
    note: Note | None
    at: str
    by: str = ""
    placements: Places = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    is_migrated: bool = False
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The version as canonical JSON: keys in the order of the alphabet, no white space, ASCII."""
        known: dict[str, Any] = {"uuid": self.uuid, "removed": True} if self.note is None else note_fields(self.note)
        known |= {"at": self.at, "by": self.by}
        if self.placements:
            known["placements"] = [
                {"edition": serial, **anchor_fields(anchor)} for serial, anchor in sorted(self.placements.items())
            ]
        known["parents"] = list(self.parents)
        known["format"] = 1 if self.is_migrated else 2
        return _canonical({**self.unknown, **known})

    @property
    def digest(self) -> str:
        """32 hexadecimal digits: of a migrated version over what old files compare, else over the whole body."""
        if not self.is_migrated:
            return checksum(self.body)
        if self.note is None:
            return _blake(json.dumps([self.uuid, "removed"]))
        return digest_of_format_1(self.note)

    @property
    def is_removal(self) -> bool:
        """Whether it says that the note was removed."""
        return self.note is None

    def says_the_same_as(self, other: Version) -> bool:
        """Return whether both say the same of the note, whoever said it and when.

        Places confirmed for different editions do not contradict each other.
        """
        if self.note is None or other.note is None:
            return self.note is other.note
        return _content(self.note) == _content(other.note) and all(
            other.placements.get(serial, anchor) == anchor for serial, anchor in self.placements.items()
        )


def parse(body: str) -> Version:
    """Return the version that `body` is the canonical JSON of. Raise ValueError where it is none."""
    try:
        fields: dict[str, Any] = json.loads(body)
        parents = tuple(_a(str, digest) for digest in fields["parents"])
        placements = {
            _a(int, one["edition"]): anchor_from(one) for one in fields.get("placements", ()) if isinstance(one, dict)
        }
        is_removal = fields.get("removed", False)
        return Version(
            uuid=_a(str, fields["uuid"]),
            note=None if is_removal else note_from(fields),
            placements=placements,
            at=_a(str, fields["at"]),
            by=_a(str, fields["by"]),
            parents=parents,
            is_migrated=fields["format"] == 1,
            unknown={name: value for name, value in fields.items() if name not in OWN_FIELDS},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as err:
        raise ValueError("not a version of a note") from err


def checksum(body: str) -> str:
    """Return 32 hexadecimal digits: BLAKE2b, 16 bytes of output, over the body."""
    return _blake(body)


def digest_of_format_1(note: Note) -> str:
    """Return the digest by which files of format 1 know a version of a note; author and times do not count."""
    values: list[Any] = list(_content(note))
    at = CONTENT_FIELDS.index
    values[at("whole")], values[at("bookmark")] = int(note.anchor.whole), int(note.bookmark)
    values[at("tags")] = " ".join(note.tags)
    return _blake(json.dumps(values, ensure_ascii=True))


# Which versions stand


def heads(found: Mapping[str, Version], superseded: Collection[str]) -> dict[str, Version]:
    """Return, of versions by digest, those that stand, the one shown first.

    Words come before a removal, so that none vanish unseen; then the later time counts, then the digest. Where each
    version is superseded by another, as old files may claim, the first of all stands.
    """
    current = [digest for digest in found if digest not in superseded]
    in_order = sorted(current or found, key=lambda digest: _rank(digest, found[digest]), reverse=True)
    kept = in_order if current else in_order[:1]
    return {digest: found[digest] for digest in kept}


def shown(current: Sequence[Version]) -> Version:
    """Return what a reader sees of versions that stand, the first one leading.

    Places that others of them confirmed elsewhere, and that it does not contradict, are added.
    """
    first = current[0]
    agreeing = [other for other in current[1:] if first.says_the_same_as(other)]
    if not agreeing or first.note is None:
        return first
    places: dict[int, Anchor] = {}
    for version in reversed((first, *agreeing)):
        places.update(version.placements)
    return replace(first, placements=places)


def contradicting(current: Sequence[Version]) -> tuple[Version, ...]:
    """Return those of the versions that stand which say something else than the one that is shown."""
    return tuple(other for other in current[1:] if not current[0].says_the_same_as(other))


def _rank(digest: str, version: Version) -> tuple[bool, str, str]:
    return not version.is_removal, moment(version.at), digest


def moment(iso: str) -> str:
    """Return a time in the form in which the order of letters is the order in time; empty where it is none."""
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(iso)
        return found.astimezone(UTC).isoformat(timespec="microseconds") if found.tzinfo else ""
    except (ValueError, OverflowError):
        return ""


# Notes and anchors as fields


def note_fields(note: Note) -> dict[str, Any]:
    """Return a note as JSON values by name."""
    values = (*_content(note), note.author, note.created, note.changed)
    return dict(zip(NOTE_FIELDS, values, strict=True)) | {"tags": list(note.tags)}


def anchor_fields(anchor: Anchor) -> dict[str, Any]:
    """Return an anchor as JSON values by name."""
    return {name: getattr(anchor, name) for name in ANCHOR_FIELDS}


def note_from(fields: Mapping[str, Any]) -> Note:
    """Return the note with these fields. Raise KeyError or TypeError where one is missing or of another type."""
    return Note(
        uuid=_a(str, fields["uuid"]),
        anchor=anchor_from(fields),
        theme=_a(str, fields["theme"]),
        serial=_a(int, fields["serial"]),
        text=_a(str, fields["text"]),
        colour=_a(int, fields["colour"]),
        tags=tuple(_a(str, tag) for tag in _a(list, fields["tags"])),
        bookmark=_a(bool, fields["bookmark"]),
        marking=_a(str, fields["marking"]),
        author=_a(str, fields["author"]),
        created=_a(str, fields["created"]),
        changed=_a(str, fields["changed"]),
    )


def anchor_from(fields: Mapping[str, Any]) -> Anchor:
    """Return the anchor with these fields. Raise KeyError or TypeError where one is missing or of another type."""
    return Anchor(
        item=_a(str, fields["item"]),
        quote=_a(str, fields["quote"]),
        start=_a(int, fields["start"]),
        prefix=_a(str, fields["prefix"]),
        suffix=_a(str, fields["suffix"]),
        whole=_a(bool, fields["whole"]),
    )


def _content(note: Note) -> tuple[Any, ...]:
    anchor = note.anchor
    return (
        *(note.uuid, anchor.item, anchor.quote, anchor.start, anchor.prefix, anchor.suffix, anchor.whole, note.theme),
        *(note.serial, note.text, note.colour, note.tags, note.bookmark, note.marking),
    )


def _a(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _canonical(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _blake(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def superseded_by(versions: Iterable[Version]) -> set[str]:
    """Return the digests of the versions from which these were made."""
    return {parent for version in versions for parent in version.parents}


def other_names(versions: Iterable[Version]) -> set[str]:
    """Return the digests by which programs of format 1 know what these versions say."""
    return {digest_of_format_1(version.note) for version in versions if version.note and not version.is_migrated}
