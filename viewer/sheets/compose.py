"""Recipe and edition -> Sheet: nothing that is withheld from the audience gets further than this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import cut_for_audience
from viewer.dissemination.file_names import safe_name
from viewer.model import Item, NoteState, Passage, Statistic
from viewer.records import replace
from viewer.sheets.compose_changes import changes_sheet
from viewer.sheets.compose_items import PART_OF, ItemsComposer
from viewer.sheets.recipe import Form, Recipe, RecipeError, SheetPart, check_bounds, theme_entry
from viewer.sheets.sheet import Sheet, SheetNote
from viewer.text import wording

if TYPE_CHECKING:
    from viewer.editions.earlier import EarlierEditions
    from viewer.notes.notebook import Notebook


def compose(
    recipe: Recipe,
    bundle: Bundle,
    *,
    today: date,
    superseded_by: int | None = None,
    notes: Sequence[SheetNote] = (),
) -> Sheet:
    """Return the sheet that `recipe`, not one of changes, gives of this edition.

    Raises RecipeError where nothing would stand on it, UnknownAudience for an unknown ceiling.
    """
    if recipe.form is Form.CHANGES:
        return changes_sheet(check_bounds(recipe), bundle, None, today=today)
    return ItemsComposer(check_bounds(recipe), bundle, notes).sheet(today, superseded_by)


def variants(
    recipe: Recipe,
    bundle: Bundle,
    *,
    today: date,
    superseded_by: int | None = None,
    notes: Sequence[SheetNote] = (),
    earlier: EarlierEditions | None = None,
) -> tuple[Sheet, ...]:
    """Return the sheet, and for a summary of one theme what may stand instead where it does not fit one page.

    Each holds less than the one before and says so; an item with a note of the reader's own is never left out.
    A sheet of changes needs `earlier`, which finds the earlier edition. Raises what `compose` and `earlier` raise.
    """
    if recipe.form is Form.CHANGES:
        return (changes_sheet(check_bounds(recipe), bundle, earlier, today=today, superseded_by=superseded_by),)
    composer = ItemsComposer(check_bounds(recipe), bundle, notes)
    whole = composer.sheet(today, superseded_by)
    if not whole.is_one_page:
        return (whole,)
    noted = {note.item for note in notes} if SheetPart.NOTES in recipe.parts else set()
    out = [whole]
    for left_out in _ever_less(whole):
        skipped = frozenset(item.id for item in left_out if item.id not in noted)
        if skipped and len(skipped) < len(whole.held):
            lighter = composer.sheet(today, superseded_by, skipped)
            out.append(replace(lighter, remark=_remark(item for item in left_out if item.id in skipped)))
    return tuple(out)


def _ever_less(sheet: Sheet) -> Iterator[list[Item]]:
    """Yield what to leave out: the narrative, then the figures behind no finding, then most, then all of them."""
    items = [one.item for section in sheet.chapters[0].sections for one in section.items]
    passages: list[Item] = [item for item in items if isinstance(item, Passage)]
    figures = [item for item in items if isinstance(item, Statistic)]
    apart = [item for item in figures if not item.findings]
    behind = [item for item in figures if item.findings]
    leave = [[], apart, *([*apart, *behind[kept:]] for kept in (3, 2, 1, 0) if kept < len(behind))]
    done = -1
    for less in leave:
        if len(less) > done and (passages or less):
            done = len(less)
            yield [*passages, *less]


def _remark(left_out: Iterable[Item]) -> str:
    items = list(left_out)
    figures = sum(isinstance(item, Statistic) for item in items)
    named = ["the narrative"] if len(items) > figures else []
    named += [wording.count(figures, "figure")] if figures else []
    return f"Left out of this summary: {wording.listed(named)}."


def one_for_each_theme(recipe: Recipe, bundle: Bundle, ending: str = ".pdf") -> list[tuple[Recipe, str]]:
    """Return `recipe` for every theme that holds something for its audience, each with a file name.

    Raises RecipeError for a sheet of changes.
    """
    if recipe.form is Form.CHANGES:
        raise RecipeError("A sheet of changes is one file.", advice="Put themes on it to tell of these alone.")
    out = []
    themes = cut_for_audience(bundle.themes(), bundle.markings, recipe.readers, caveats=bundle.caveats_of)
    for theme in themes.allowed:
        wanted = [item for item in bundle.items(theme.id) if PART_OF[type(item)] in recipe.parts]
        if cut_for_audience(wanted, bundle.markings, recipe.readers, caveats=bundle.caveats_of).allowed:
            name = safe_name(f"{theme.position:02} {bundle.edition.name} – {theme.short} – {recipe.form}", ending)
            out.append((replace(recipe, entries=(theme_entry(theme.id),), title=""), name))
    return out


def notes_for(recipe: Recipe, bundle: Bundle, home: Path) -> tuple[SheetNote, ...]:
    """Return the reader's notes that `recipe` asks for, in the order of the pages; none where it asks for none.

    Raises NotesTrouble where the file of notes cannot be read.
    """
    if SheetPart.NOTES not in recipe.parts:
        return ()
    from viewer.notes.notebook import Notebook
    from viewer.notes.store import NoteStore, path_for

    path = path_for(home, bundle.edition.series)
    if not path.exists():
        return ()
    store = NoteStore.open(path)
    try:
        return _sheet_notes(Notebook(store, bundle))
    finally:
        store.close()


def _sheet_notes(notebook: Notebook) -> tuple[SheetNote, ...]:
    """Return the notes with words. One whose marking this edition does not know keeps it, and is then withheld."""
    known = {marking.code for marking in notebook.bundle.markings}
    out = []
    for resolved in notebook.notes.in_order():
        note, anchor = resolved.note, resolved.anchor
        if anchor is None or not note.text.strip():
            continue
        unknown = note.marking and note.marking not in known
        marking = note.marking if unknown else notebook.notes.marking_of(resolved).code
        unconfirmed = resolved.state is NoteState.MOVED
        quote = resolved.noted_words if unconfirmed or not anchor.whole else ""
        out.append(
            SheetNote(item=anchor.item, text=note.text, marking=marking, quote=quote, is_unconfirmed=unconfirmed)
        )
    return tuple(out)
