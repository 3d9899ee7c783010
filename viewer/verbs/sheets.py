"""The verb that writes briefing sheets."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from viewer import clock, paths
from viewer.errors import FileTrouble
from viewer.records import replace
from viewer.sheets.recipe import (
    MOST_COPIES,
    Form,
    Paper,
    Recipe,
    RecipeEntry,
    RecipeError,
    SheetPart,
    item_entry,
    ordered,
    theme_entry,
    with_form,
)
from viewer.text import wording
from viewer.verbs.options import (
    FILE,
    bundle_option,
    caveat_label,
    home_option,
    json_option,
    key_option,
    marking_code,
    opened_for_reading,
)
from viewer.verbs.themes import THEME_HELP, theme_named

if TYPE_CHECKING:
    from viewer.editions.earlier import EarlierEditions
    from viewer.editions.opening import Opened
    from viewer.sheets.formats import IssuedSheet
    from viewer.sheets.sheet import Sheet


@click.command("sheet")
@bundle_option
@click.option("--recipe", "recipe_file", type=FILE, default=None, help="Start from this recipe (TOML).")
@click.option("--theme", "themes", multiple=True, metavar="THEME", help=f"Put a whole theme on it, {THEME_HELP}.")
@click.option(
    "--item", "items", multiple=True, metavar="ID", help="Put one finding, recommendation, figure or passage on it."
)
@click.option("--tag", "tags", multiple=True, metavar="ID", help="Put all items of an issue on it.")
@click.option("--all-themes", is_flag=True, help="One sheet for each theme; OUT is then a folder.")
@click.option("--form", type=click.Choice(list(map(str, Form))), default=None, help="The form; by default a summary.")
@click.option("--from", "earlier", type=FILE, default=None, metavar="OLD", help="With --form changes: since when.")
@click.option("--part", "parts", multiple=True, type=click.Choice(list(map(str, SheetPart))), help="Only these parts.")
@click.option("--paper", type=click.Choice(list(map(str, Paper))), default=None, help="The paper; by default A4.")
@click.option(
    "--audience",
    "--ceiling",
    "audience",
    metavar="CODE",
    default=None,
    help="The highest marking that may be held; else the lowest.",
)
@click.option(
    "--caveat", "--holds", "caveats", multiple=True, metavar="CODE", help="A handling caveat that the readers hold."
)
@click.option("--with-notes", is_flag=True, help="Print your own notes too.")
@click.option("--unconfirmed-notes", is_flag=True, help="Also notes whose place in this edition is not confirmed.")
@click.option("--large", is_flag=True, help="Large print.")
@click.option("--two-sided", is_flag=True, help="Margins for printing on both sides.")
@click.option("--title", default=None, help="A title of your own.")
@click.option("--purpose", default=None, help="What the sheet is for.")
@click.option("--introduction", default=None, help="Words of your own before the rest.")
@click.option("--question", "questions", multiple=True, help="A question for discussion.")
@click.option("--own-marking", metavar="CODE", default=None, help="How your own words are marked; else the lowest.")
@click.option("--recipient", default=None, help="For whom the sheet is.")
@click.option("--copies", type=click.IntRange(1, MOST_COPIES), default=None, help="Numbered copies in one file.")
@click.option("--replace", "over", is_flag=True, help="Write over a file that is there already.")
@click.option("-o", "--out", type=FILE, required=True, help="The file to write: .pdf, .md, .html or .csv.")
@key_option
@json_option
@home_option
def sheet_verb(
    bundle: Path | None,
    recipe_file: Path | None,
    themes: Sequence[str],
    items: Sequence[str],
    tags: Sequence[str],
    all_themes: bool,
    with_notes: bool,
    parts: Sequence[str],
    form: str | None,
    earlier: Path | None,
    over: bool,
    out: Path,
    key: Path | None,
    as_json: bool,
    home: Path | None,
    **words: Any,
) -> None:
    """Write a briefing sheet for one audience.

    It is cut for that audience first, and written once it is in the register.
    """
    opened = opened_for_reading(bundle, home, key)
    recipe = _recipe(opened, recipe_file, form, parts, with_notes, words)
    named = [theme_named(theme, opened.bundle) for theme in themes]
    chosen = [*map(theme_entry, named), *map(item_entry, items), *_tagged(opened, tags)]
    recipe = replace(recipe, entries=(*recipe.entries, *chosen))
    editions = _earlier_editions(opened)
    recipe = _since(recipe, editions, earlier)
    jobs = _every_theme(opened, recipe, out) if all_themes else [(recipe, out)]
    done = [_write(opened, job, path, opened.home, over, editions) for job, path in jobs]
    if as_json:
        click.echo(json.dumps([_as_json(*one) for one in done], ensure_ascii=False, indent=2))
        return
    for issued, path in done:
        _print_issued(issued, path)


def _recipe(
    opened: Opened, path: Path | None, form: str | None, parts: Sequence[str], with_notes: bool, words: dict[str, Any]
) -> Recipe:
    from viewer.sheets.recipe_store import load

    lowest = opened.bundle.markings[0].code
    recipe = load(path) if path else Recipe(audience=lowest)
    if form:
        recipe = with_form(recipe, Form(form))
    if parts:
        recipe = replace(recipe, parts=ordered(set(map(SheetPart, parts))))
    if with_notes:
        recipe = replace(recipe, parts=ordered({*recipe.parts, SheetPart.NOTES}))
    given = {name: value for name, value in words.items() if value not in (None, (), False)}
    given |= {"paper": Paper(given["paper"])} if "paper" in given else {}
    for name in ("audience", "own_marking"):
        if name in given:
            given[name] = marking_code(opened.bundle, given[name])
    if "caveats" in given:
        given["caveats"] = tuple(dict.fromkeys(caveat_label(opened.bundle, word) for word in given["caveats"]))
    return replace(recipe, **given)


def _earlier_editions(opened: Opened) -> EarlierEditions:
    from viewer.editions.earlier import EarlierEditions

    return EarlierEditions(opened.bundle, opened.session)


def _since(recipe: Recipe, editions: EarlierEditions, earlier: Path | None) -> Recipe:
    """Return the recipe with the earlier edition that was named by its file, once it is verified."""
    if earlier is None:
        return recipe
    if recipe.form is not Form.CHANGES:
        raise click.UsageError("--from names the earlier edition of a sheet of changes: use it with --form changes.")
    return replace(recipe, since=editions.add(earlier))


def _tagged(opened: Opened, tags: Sequence[str]) -> list[RecipeEntry]:
    return [item_entry(item.id) for tag in tags for item in opened.bundle.tagged(opened.bundle.tag(tag).id)]


def _every_theme(opened: Opened, recipe: Recipe, folder: Path) -> list[tuple[Recipe, Path]]:
    """Return a recipe and a safe file name for each theme that the audience may see something of."""
    from viewer.sheets.compose import one_for_each_theme

    if not folder.is_dir():
        raise FileTrouble(f"{paths.display_name(folder)} is not a folder.", advice="Name a folder that is there.")
    jobs = one_for_each_theme(recipe, opened.bundle)
    if not jobs:
        raise RecipeError("No theme holds anything for this audience.")
    return [(job, folder / name) for job, name in jobs]


def _write(
    opened: Opened, recipe: Recipe, path: Path, home: Path, over: bool, editions: EarlierEditions
) -> tuple[IssuedSheet, Path]:
    from viewer.sheets.compose import notes_for, variants
    from viewer.sheets.formats import export_sheet, format_of

    format_of(path)
    notes = notes_for(recipe, opened.bundle, home)
    today = clock.today()
    sheets = variants(
        recipe, opened.bundle, today=today, superseded_by=opened.superseded_by, notes=notes, earlier=editions
    )
    over = over or _is_confirmed(path)
    return export_sheet(sheets, path, home, replace_file=over), path


def _is_confirmed(path: Path) -> bool:
    """Return whether the person at the keyboard wants the file replaced; False where nobody can be asked."""
    question = f"{paths.display_name(path)} is there already. Replace it?"
    return paths.is_taken(path) and sys.stdin.isatty() and click.confirm(question)


def _as_json(issued: IssuedSheet, path: Path) -> dict[str, object]:
    sheet = issued.sheet
    return {
        "file": str(path),
        "sheet": issued.imprint.id,
        "row": issued.number,
        "title": sheet.title,
        "pages": issued.pages,
        "copies": sheet.recipe.copies,
        "marking": sheet.marking.label,
        "audience": sheet.audience.label,
        "items": [one.id for one in sheet.held],
        "withheld": dict(sheet.withheld),
        "missing": list(sheet.missing),
        **_changes_as_json(sheet),
    }


def _changes_as_json(sheet: Sheet) -> dict[str, object]:
    if sheet.changes is None:
        return {}
    former = sheet.changes.earlier
    since = {"series": former.series, "serial": former.serial, "issued": former.issued}
    gone = list(sheet.changes.withdrawn)
    return {"since": since | {"fingerprint": former.fingerprint}, "withdrawn": gone, "headline": sheet.summary}


def _print_issued(issued: IssuedSheet, path: Path) -> None:
    sheet = issued.sheet
    facts = [
        f"sheet {issued.imprint.id}",
        sheet.marking.label,
        *_extent(issued),
        f"row {issued.number} of the register",
    ]
    click.echo(f"{path}: {', '.join(facts)}.")
    for line in _remarks(sheet):
        click.echo(line)


def _extent(issued: IssuedSheet) -> list[str]:
    """Return how many pages the file has: `2 pages`, `3 copies of 2 pages each`; nothing where its kind has none."""
    if not issued.pages:
        return []
    pages = wording.count(issued.pages, "page")
    copies = issued.sheet.recipe.copies
    return [f"{wording.count(copies, 'copy', 'copies')} of {pages} each" if copies > 1 else pages]


def _remarks(sheet: Sheet) -> list[str]:
    remarks = [f"Withheld: {count} {reason}." for reason, count in sheet.withheld]
    remarks += [f"Not in this edition: {name}." for name in sheet.missing]
    return [*remarks, *([sheet.remark] if sheet.remark else [])]
