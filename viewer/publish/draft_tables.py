"""The tables of an edition's drafts -> its edition, marking scheme, parts, scales, sources, terms and tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from viewer.bundle.rules import MAX_LABEL
from viewer.model import Caveat, Edition, Marking, Part, ScaleKind, ScaleStep, Source, Tag, Term
from viewer.publish.draft_files import DraftTable, parse_toml, read_text
from viewer.publish.draft_markings import check_scheme
from viewer.publish.faults import Faults, Names
from viewer.publish.fields import (
    DraftField,
    day,
    line,
    listed,
    name,
    number,
    prose,
    read_fields,
    remark,
    whole,
    words,
)
from viewer.publish.known import Known
from viewer.records import record
from viewer.signing.claims import LARGEST_SERIAL

_COLOUR = line(required=True, pattern="#[0-9A-Fa-f]{6}", hint='a colour is written "#5B636B"')
_EDITION = {
    "series": line(
        required=True,
        pattern="[a-z][a-z0-9-]{0,30}",
        hint="a series has up to 31 small letters, digits and hyphens, and begins with a letter",
    ),
    "title": line(required=True),
    "label": line(required=True),
    "serial": whole(minimum=1, maximum=LARGEST_SERIAL, required=True),
    "issued": day(),
    "review": day(),
    "publisher": line(required=True),
    "language": line(
        required=True, pattern="[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", hint='a language is written "en-GB" or "en"'
    ),
    "marking": name(required=True),
    "summary": prose(required=True),
    "scheme": listed(),
    "caveat": listed(),
    "part": listed(),
    "likelihood": listed(),
    "confidence": listed(),
}
_CAVEAT = {"code": name(required=True), "label": line(required=True, most=MAX_LABEL), "description": remark()}
_PART = {"id": name(required=True), "title": line(required=True), "theme_title": line()}
_STEP = {
    "id": name(required=True),
    "term": line(required=True),
    "low": number(),
    "high": number(),
    "description": remark(),
}
_MARKING = {
    "code": name(required=True),
    "level": whole(minimum=0, required=True),
    "label": line(required=True, most=MAX_LABEL),
    "colour": _COLOUR,
    "ink": _COLOUR,
}
_SOURCE = {
    "id": name(required=True),
    "number": whole(minimum=1, required=True),
    "title": line(required=True),
    "author": line(),
    "year": line(),
    "locator": line(),
    "note": remark(),
}
_TAG = {"id": name(required=True), "label": line(required=True), "description": prose()}
_TERM = {"abbreviation": line(required=True), "expansion": line(required=True), "definition": remark(), "also": words()}


@record
class EditionDraft:
    """What `edition.toml` says: the edition, and what its items may bear and belong to."""

    edition: Edition
    markings: tuple[Marking, ...] = ()  # lowest first
    caveats: tuple[Caveat, ...] = ()
    parts: tuple[Part, ...] = ()
    scale: tuple[ScaleStep, ...] = ()


def read_edition(folder: Path, known: Known) -> EditionDraft:
    """Return what `edition.toml` says, its lists in the order of the file but for the marking scheme."""
    faults = known.faults
    table = read_table_file(folder, "edition.toml", faults)
    if table is None:
        for names in (known.markings, known.caveats, known.parts, known.likelihood, known.confidence):
            names.complete = False
        return EditionDraft(edition=_placeholder_edition())
    values = read_fields(table, _EDITION, faults)
    for key in ("scheme", "caveat", "part", *ScaleKind):
        del values[key]
    known.markings.use(values["marking"], table.place_of("marking"))
    if values["review"] and _is_later(values["issued"], values["review"]):
        faults.add(table.place_of("review"), f"the review date {values['review']} lies before the issue date")
    for key, what, names in (("scheme", "marking scheme", known.markings), ("part", "list of parts", known.parts)):
        if not table.values.get(key):
            one = "marking" if key == "scheme" else "part"
            faults.add(table.place, f"the {what} is missing: one [[{key}]] table for each {one}")
            names.complete = False
    steps = Names("step of a scale")
    return EditionDraft(
        edition=Edition(**values),
        markings=_read_scheme(table, known),
        caveats=tuple(
            Caveat(position=at, **row) for at, row in _placed(_rows(table, "caveat", _CAVEAT, known.caveats, faults))
        ),
        parts=tuple(Part(position=at, **row) for at, row in _placed(_rows(table, "part", _PART, known.parts, faults))),
        scale=(
            *_read_scale(table, ScaleKind.LIKELIHOOD, known.likelihood, steps, faults),
            *_read_scale(table, ScaleKind.CONFIDENCE, known.confidence, steps, faults),
        ),
    )


def _placed(rows: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(rows, start=1)


def _read_scale(table: DraftTable, kind: ScaleKind, names: Names, steps: Names, faults: Faults) -> Iterator[ScaleStep]:
    """Yield the steps of one scale; `steps` holds the ids of both, which differ."""
    entries = table.tables(kind, faults)
    for (at, row), entry in zip(_placed(_rows(table, kind, _STEP, names, faults)), entries, strict=True):
        if row["id"] and row["id"] in steps:
            steps.define(row["id"], entry.place_of("id"), faults)
        steps.define(row["id"], entry.place_of("id"), Faults())
        low, high = row["low"], row["high"]
        if any(bound is not None and not 0 <= bound <= 100 for bound in (low, high)):
            faults.add(entry.place, "the bounds of a step are per cent, from 0 to 100")
        elif low is not None and high is not None and low > high:
            faults.add(entry.place, f"low {low:f} is above high {high:f}")
        yield ScaleStep(kind=kind, position=at, **row)


def _read_scheme(table: DraftTable, known: Known) -> tuple[Marking, ...]:
    rows = _rows(table, "scheme", _MARKING, known.markings, known.faults, unique="level")
    check_scheme(rows, table.tables("scheme", known.faults), known.faults)
    return tuple(sorted((Marking(**row) for row in rows), key=lambda marking: marking.level or 0))


def read_sources(folder: Path, known: Known) -> tuple[Source, ...]:
    """Return the sources, by number, from `sources.toml`."""
    rows = _file_rows(folder, "sources.toml", "source", _SOURCE, known.sources, known.faults, unique="number")
    return tuple(sorted((Source(**row) for row in rows), key=lambda source: source.number or 0))


def read_tags(folder: Path, known: Known) -> tuple[Tag, ...]:
    """Return the tags, as the file has them, from `tags.toml`."""
    return tuple(Tag(**row) for row in _file_rows(folder, "tags.toml", "tag", _TAG, known.tags, known.faults))


def read_terms(folder: Path, faults: Faults) -> tuple[Term, ...]:
    """Return the abbreviations, as the file has them, from `glossary.toml`."""
    return tuple(Term(**row) for row in _file_rows(folder, "glossary.toml", "term", _TERM, Names("term"), faults))


def read_table_file(folder: Path, file: str, faults: Faults) -> DraftTable | None:
    """Return the whole of a TOML draft; None, and a fault, where it cannot be read."""
    text = read_text(folder, file, faults)
    return None if text is None else parse_toml(text, file, faults)


def _file_rows(
    folder: Path, file: str, key: str, fields: Mapping[str, DraftField], names: Names, faults: Faults, unique: str = ""
) -> list[dict[str, Any]]:
    table = read_table_file(folder, file, faults)
    if table is None:
        names.complete = False
        return []
    if set(table.values) - {key}:
        names.complete = False
    read_fields(table, {key: listed()}, faults)
    return _rows(table, key, fields, names, faults, unique)


def _rows(
    table: DraftTable, key: str, fields: Mapping[str, DraftField], names: Names, faults: Faults, unique: str = ""
) -> list[dict[str, Any]]:
    """Return the rows of an array of tables; the first field names each row, and the field `unique` differs in all."""
    rows = []
    first = next(iter(fields))
    seen = Names(f"{names.kind} {unique}")
    entries = table.tables(key, faults)
    if not entries and table.values.get(key):
        names.complete = False
    for entry in entries:
        row = read_fields(entry, fields, faults)
        names.define(row[first], entry.place_of(first), faults)
        if unique and row[unique] is not None:
            seen.define(str(row[unique]), entry.place_of(unique), faults)
        rows.append(row)
    return rows


def _is_later(iso: str, other: str) -> bool:
    """Return whether a date lies after another; where one is a month alone, whether its month does."""
    length = min(len(iso), len(other))
    return iso[:length] > other[:length]


def _placeholder_edition() -> Edition:
    """Return an empty edition, to go on with while the other drafts are read for their faults."""
    return Edition(
        series="", title="", label="", serial=0, issued="", review="", publisher="", language="", marking="", summary=""
    )
