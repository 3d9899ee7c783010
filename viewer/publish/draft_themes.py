"""`themes/*.md` -> themes with their findings and passages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from viewer.errors import PublishError
from viewer.model import Finding, Passage, Theme, ThemeKind
from viewer.paths import describe_os_error
from viewer.publish.draft_files import DraftTable, read_text
from viewer.publish.faults import DraftLocation, Names
from viewer.publish.fields import NAME, NAME_HINT, DraftField, line, name, names, one_of, pages, prose, read_fields
from viewer.publish.known import Known
from viewer.publish.prose import character_flaws, markup_flaws, size_flaw
from viewer.publish.theme_text import SECTIONS, DraftBlock, split
from viewer.records import record, replace

FOLDER = "themes"
_LETTERS = {ThemeKind.CONTEXT: "C", ThemeKind.EMERGING: "E", ThemeKind.PRIORITY: ""}  # what stands before the figure
_THEME = {
    "id": name(required=True),
    "kind": one_of(*ThemeKind),
    "number": line(required=True, pattern=r"[CE]?[1-9]\d*", hint='themes are numbered "C1", "E1" or "1" and so on'),
    "title": line(required=True),
    "short": line(required=True),
    "summary": prose(required=True),
    "page": pages(),
    "marking": name(),
}
_LOCAL_ID = replace(
    line(required=True, pattern=NAME, hint=NAME_HINT),
    hint="the heading should end in braces with an id, such as {#p1 page=11}",
)
_ITEM = {"id": _LOCAL_ID, "page": pages(), "marking": name(), "sources": names(), "tags": names()}
_FINDING = {**_ITEM, "statistics": names()}
_PASSAGE = _ITEM


@record
class ThemeDraft:
    """One theme as its draft has it, with its findings and passages."""

    theme: Theme
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    place: DraftLocation  # of its id
    is_empty: bool  # whether nothing stands below its front matter, sound or not


def read_themes(folder: Path, default_marking: str, known: Known) -> list[ThemeDraft]:
    """Return the themes in the order of their file names; a theme that names no marking has `default_marking`."""
    drafts: list[ThemeDraft] = []
    numbers = Names("theme number")
    for file in _files(folder, known):
        text = read_text(folder, file, known.faults)
        front, blocks = (None, []) if text is None else split(text, file, known.faults)
        if front is None:
            known.themes.complete = False
            continue
        last = drafts[-1] if drafts else None
        draft = _draft(front, blocks, last, default_marking, known)
        _check_number(draft, front, numbers, known)
        if last is not None:
            _check_order(draft, last, front, known)
        drafts.append(draft)
    return drafts


def _files(folder: Path, known: Known) -> list[str]:
    try:
        found = sorted(entry.name for entry in (folder / FOLDER).iterdir() if not entry.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        found = []
    except OSError as err:
        raise PublishError(f"The folder {FOLDER} could not be read: {describe_os_error(err)}.") from err
    drafts = [f"{FOLDER}/{file}" for file in found if file.endswith(".md")]
    for file in found:
        if not file.endswith((".md", "~")):
            known.faults.add(DraftLocation(file=f"{FOLDER}/{file}", line=1), "only files that end in .md are themes")
    if not drafts:
        known.faults.add(DraftLocation(file=FOLDER, line=1), "there are no themes: one file that ends in .md for each")
        known.themes.complete = False
    return drafts


def _draft(
    front: DraftTable, blocks: list[DraftBlock], last: ThemeDraft | None, default_marking: str, known: Known
) -> ThemeDraft:
    """Return the theme after `last`, whose kind stands in where this one's is missing or unknown."""
    values = read_fields(front, _THEME, known.faults)
    known.themes.define(values["id"], front.place_of("id"), known.faults)
    known.markings.use(values["marking"], front.place_of("marking"))
    values["marking"] = values["marking"] or default_marking
    values["kind"] = ThemeKind(values["kind"] or (last.theme.kind if last else ThemeKind.CONTEXT))
    theme = Theme(position=last.theme.position + 1 if last else 1, **values)
    return ThemeDraft(
        theme=theme,
        findings=tuple(_finding(block, theme, at, known) for at, block in _numbered(blocks, SECTIONS[0])),
        passages=tuple(_passage(block, theme, at, known) for at, block in _numbered(blocks, SECTIONS[1])),
        place=front.place_of("id"),
        is_empty=not blocks,
    )


def _numbered(blocks: list[DraftBlock], section: str) -> list[tuple[int, DraftBlock]]:
    return list(enumerate((block for block in blocks if block.section == section), start=1))


def _finding(block: DraftBlock, theme: Theme, position: int, known: Known) -> Finding:
    if block.title:
        known.faults.add(block.place, f'a finding has no heading but its braces: "{block.title}"')
    return Finding(position=position, **_item(block, theme, _FINDING, known))


def _passage(block: DraftBlock, theme: Theme, position: int, known: Known) -> Passage:
    heading = {"heading": block.title} if block.title else {}
    values = read_fields(DraftTable(values=heading, place=block.place), {"heading": line()}, known.faults)
    number = f"{theme.number}.{position}"
    return Passage(position=position, number=number, **values, **_item(block, theme, _PASSAGE, known))


def _item(block: DraftBlock, theme: Theme, fields: Mapping[str, DraftField], known: Known) -> dict[str, Any]:
    values = read_fields(block.table, fields, known.faults)
    known.use_item(block.table, values)
    values["id"] = f"{theme.id}.{values['id']}" if theme.id and values["id"] else ""
    known.define_item(values["id"], block.place)
    values["marking"] = values["marking"] or theme.marking
    _check_text(block, known)
    return {**values, "theme": theme.id, "text": block.text}


def _check_text(block: DraftBlock, known: Known) -> None:
    text = block.text
    if not text:
        known.faults.add(block.place, "there is no text below this heading")
    if too_long := size_flaw(text):
        known.faults.add(block.place, too_long)
    for number, flaw in (*character_flaws(text, allowed="\n"), *markup_flaws(text)):
        known.faults.add(block.place_in_text(number), flaw)


def _check_number(draft: ThemeDraft, front: DraftTable, numbers: Names, known: Known) -> None:
    number, kind = draft.theme.number, draft.theme.kind
    if not number or front.values.get("kind") not in list(ThemeKind):
        return
    numbers.define(number, front.place_of("number"), known.faults)
    if number.rstrip("0123456789") != _LETTERS[kind]:
        numbering = f"{_LETTERS[kind]}1, {_LETTERS[kind]}2 and so on"
        known.faults.add(front.place_of("number"), f"{kind} themes are numbered {numbering}")


def _check_order(draft: ThemeDraft, before: ThemeDraft, front: DraftTable, known: Known) -> None:
    order = list(ThemeKind)
    if order.index(draft.theme.kind) < order.index(before.theme.kind):
        found = f"a theme of kind {draft.theme.kind} stands after one of kind {before.theme.kind}"
        known.faults.add(front.place_of("kind"), f"{found}; the order is {', '.join(order)}")
