"""The blocks of a theme's draft -> its findings, recommendations and passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from viewer.bundle.rules import MAX_ID
from viewer.model import Finding, Passage, Recommendation, Theme
from viewer.publish.draft_files import DraftTable
from viewer.publish.faults import Faults, Names
from viewer.publish.fields import NAME, NAME_HINT, DraftField, label, line, name, names, pages, read_fields
from viewer.publish.item_text import read_item_text
from viewer.publish.known import Known
from viewer.publish.theme_text import FINDINGS, NARRATIVE, RECOMMENDATIONS, DraftBlock
from viewer.records import replace

_LOCAL_ID = replace(
    line(required=True, pattern=NAME, hint=NAME_HINT, most=MAX_ID),
    hint="the heading should end in braces with an id, such as {#p1 page=11}",
)
_PASSAGE = {
    "id": _LOCAL_ID,
    "label": label(),
    "page": pages(),
    "marking": name(),
    "caveats": names(),
    "sources": names(),
    "tags": names(),
}
_FINDING = {**_PASSAGE, "likelihood": name(), "confidence": name(), "statistics": names()}
_RECOMMENDATION = {**_PASSAGE, "owner": line(), "due": line(), "findings": names()}


def read_findings(blocks: Sequence[DraftBlock], theme: Theme, known: Known) -> tuple[Finding, ...]:
    """Return the findings of a theme, in order."""
    return tuple(Finding(position=at, **values) for at, values in _items(blocks, FINDINGS, theme, _FINDING, known))


def read_recommendations(blocks: Sequence[DraftBlock], theme: Theme, known: Known) -> tuple[Recommendation, ...]:
    """Return the recommendations of a theme, in order."""
    found = _items(blocks, RECOMMENDATIONS, theme, _RECOMMENDATION, known)
    return tuple(Recommendation(position=at, **values) for at, values in found)


def read_passages(blocks: Sequence[DraftBlock], theme: Theme, known: Known) -> tuple[Passage, ...]:
    """Return the passages of a theme, in order."""
    return tuple(Passage(position=at, **values) for at, values in _items(blocks, NARRATIVE, theme, _PASSAGE, known))


def _items(
    blocks: Sequence[DraftBlock], section: str, theme: Theme, fields: Mapping[str, DraftField], known: Known
) -> Iterator[tuple[int, dict[str, Any]]]:
    labels = Names(f"label of a {_NOUNS[section]}")
    of_section = (block for block in blocks if block.section == section)
    for position, block in enumerate(of_section, start=1):
        values = _item(block, theme, fields, known)
        if values["label"]:
            labels.define(values["label"], block.place, known.faults)
        yield position, values


_NOUNS = {FINDINGS: "finding", RECOMMENDATIONS: "recommendation", NARRATIVE: "passage"}


def _item(block: DraftBlock, theme: Theme, fields: Mapping[str, DraftField], known: Known) -> dict[str, Any]:
    values = read_fields(block.table, fields, known.faults)
    for key in ("statistics", "findings"):
        if key in values:
            values[key] = tuple(whole_id(one, theme.id) for one in values[key])
    known.use_item(block.table, values)
    values["id"] = whole_id(values["id"], theme.id) if values["id"] else ""
    known.define_item(values["id"], block.place, known.findings if block.section == FINDINGS else None)
    values["marking"] = values["marking"] or theme.marking
    if not block.text and not block.is_cut:
        known.faults.add(block.place, "there is no text below this heading")
    text = read_item_text(block.text, block.place_in_text, known, tables=block.section == NARRATIVE)
    return {
        **values,
        **_heading(block, known.faults),
        "theme": theme.id,
        "text": text.text,
        "sources": text.cited(values["sources"]),
        "footnotes": text.footnotes,
        "references": text.references,
    }


def whole_id(id_: str, theme: str) -> str:
    """Return the id of an item over the whole edition: one without a dot is of the theme itself."""
    return id_ if "." in id_ or not theme else f"{theme}.{id_}"


def _heading(block: DraftBlock, faults: Faults) -> dict[str, str]:
    if block.section != NARRATIVE:
        if block.title:
            faults.add(block.place, f'a {_NOUNS[block.section]} has no heading but its braces: "{block.title}"')
        return {}
    heading = {"heading": block.title} if block.title else {}
    return read_fields(DraftTable(values=heading, place=block.place), {"heading": line()}, faults)
