"""`themes/*.md` -> themes with their findings, recommendations and passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from viewer.errors import PublishError
from viewer.model import Finding, Part, Passage, Recommendation, Theme
from viewer.paths import describe_os_error
from viewer.publish.draft_files import DraftTable, is_left_behind, read_text
from viewer.publish.draft_items import read_findings, read_passages, read_recommendations
from viewer.publish.faults import DraftLocation, Names
from viewer.publish.fields import label, line, name, names, pages, prose, read_fields
from viewer.publish.known import Known
from viewer.publish.theme_text import DraftBlock, split
from viewer.records import record

FOLDER = "themes"
MAX_DEPTH = 3  # themes under one another

_THEME = {
    "id": name(required=True),
    "part": name(required=True),
    "parent": name(),
    "label": label(),
    "title": line(required=True),
    "short": line(required=True),
    "summary": prose(required=True),
    "page": pages(),
    "marking": name(),
    "caveats": names(),
}


@record
class ThemeDraft:
    """One theme as its draft has it, with what stands under its headings."""

    theme: Theme
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    passages: tuple[Passage, ...]
    place: DraftLocation  # of its id
    is_empty: bool  # whether nothing stands below its front matter, sound or not


def read_themes(
    folder: Path, default_marking: str, parts: Sequence[Part], known: Known, report: Callable[[int, int], None]
) -> list[ThemeDraft]:
    """Return the themes in the order of their file names; a theme that names no marking has `default_marking`.

    `report` is told how many drafts are read, and of how many.
    """
    drafts: list[ThemeDraft] = []
    checks = _Checks(parts, known)
    files = _files(folder, known)
    for number, file in enumerate(files, start=1):
        text = read_text(folder, file, known.faults)
        front, blocks = (None, []) if text is None else split(text, file, known.faults)
        if front is None:
            known.themes.complete = known.places.complete = False
            continue
        draft = _draft(front, blocks, len(drafts) + 1, default_marking, known)
        checks.check(draft.theme, front)
        drafts.append(draft)
        report(number, len(files))
    checks.check_parts()
    return drafts


def _files(folder: Path, known: Known) -> list[str]:
    try:
        found = sorted(entry.name for entry in (folder / FOLDER).iterdir() if not is_left_behind(entry.name))
    except (FileNotFoundError, NotADirectoryError):
        found = []
    except OSError as err:
        raise PublishError(f"The folder {FOLDER} could not be read: {describe_os_error(err)}.") from err
    drafts = [f"{FOLDER}/{file}" for file in found if file.endswith(".md")]
    for file in found:
        if not file.endswith(".md"):
            known.faults.add(DraftLocation(file=f"{FOLDER}/{file}", line=1), "only files that end in .md are themes")
    if not drafts:
        known.faults.add(DraftLocation(file=FOLDER, line=1), "there are no themes: one file that ends in .md for each")
        known.themes.complete = known.places.complete = False
    return drafts


def _draft(
    front: DraftTable, blocks: list[DraftBlock], position: int, default_marking: str, known: Known
) -> ThemeDraft:
    values = read_fields(front, _THEME, known.faults)
    known.define_theme(values["id"], front.place_of("id"))
    known.parts.use(values["part"], front.place_of("part"))
    known.use_item(front, values)
    values["marking"] = values["marking"] or default_marking
    theme = Theme(position=position, **values)
    return ThemeDraft(
        theme=theme,
        findings=read_findings(blocks, theme, known),
        recommendations=read_recommendations(blocks, theme, known),
        passages=read_passages(blocks, theme, known),
        place=front.place_of("id"),
        is_empty=not blocks,
    )


class _Checks:
    """Checks of each theme against those before it: its label, its part, and the theme that it stands under."""

    def __init__(self, parts: Sequence[Part], known: Known) -> None:
        self._order = {part.id: part.position for part in parts}
        self._faults = known.faults
        self._known = known
        self._labels: dict[str, Names] = {}
        self._branch: list[Theme] = []  # the theme before, under those that it stands under
        self._used: set[str] = set()

    def check(self, theme: Theme, front: DraftTable) -> None:
        """Check a theme that comes next."""
        self._used.add(theme.part)
        if theme.label:
            labels = self._labels.setdefault(theme.part, Names("label of a theme of this part"))
            labels.define(theme.label, front.place_of("label"), self._faults)
        self._check_order(theme, front)
        self._check_parent(theme, front)

    def check_parts(self) -> None:
        """Check, after the last theme, that no part is empty."""
        place = DraftLocation(file="edition.toml", line=1)
        for part in self._order if self._known.themes.complete else ():
            if part and part not in self._used:
                self._faults.add(place, f'the part "{part}" has no theme')

    def _check_order(self, theme: Theme, front: DraftTable) -> None:
        before = self._branch[-1].part if self._branch else theme.part
        if theme.part in self._order and before in self._order and self._order[theme.part] < self._order[before]:
            found = f'a theme of the part "{theme.part}" stands after one of "{before}"'
            self._faults.add(front.place_of("part"), f"{found}; themes come in the order of their files' names")

    def _check_parent(self, theme: Theme, front: DraftTable) -> None:
        place = front.place_of("parent")
        at = next((at for at, one in enumerate(self._branch) if one.id == theme.parent), None)
        if theme.parent:
            self._known.themes.use(theme.parent, place)
        if not theme.parent or at is None:
            if theme.parent in self._known.themes:
                where = f'right below its parent "{theme.parent}", or below others of it'
                self._faults.add(place, f"a theme stands {where}")
            self._branch = [theme]
            return
        above = self._branch[at]
        if above.part != theme.part:
            self._faults.add(place, f'the parent "{above.id}" is of another part, "{above.part}"')
        if at + 1 >= MAX_DEPTH:
            self._faults.add(place, f"themes stand at most {MAX_DEPTH} deep under one another")
        self._branch = [*self._branch[: at + 1], theme]
