"""Recipes kept in the reader's folder, one TOML file each, and what a later edition makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.dissemination.file_names import LONGEST, safe_name
from viewer.errors import FileTrouble, NotFound
from viewer.records import record, replace
from viewer.sheets.recipe import EntryKind, Recipe, RecipeEntry, RecipeError
from viewer.sheets.recipe_text import LARGEST, from_toml, to_toml
from viewer.sheets.sheet import item_hash
from viewer.signing.intake import read_file
from viewer.text import wording

ENDING = ".recipe.toml"
MOST = 1000  # recipes that are listed


class RecipeStore:
    """The reader's recipes; holds the folder, which is made with the first of them."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "recipes"

    def names(self) -> list[str]:
        """Return the recipes by name, in the order of the alphabet."""
        try:
            files = sorted(self._folder.glob(f"*{ENDING}"), key=lambda path: path.name.casefold())
        except OSError as err:
            raise FileTrouble(f"The recipes cannot be listed: {paths.describe_os_error(err)}.") from err
        return [path.name.removesuffix(ENDING) for path in files[:MOST]]

    def load(self, name: str) -> Recipe:
        """Return the recipe `name`. Raises FileTrouble, RecipeError."""
        return replace(load(self._path(name)), name=name)

    def save(self, recipe: Recipe, name: str) -> str:
        """Keep `recipe` under `name`, in place of one of that name; return the name as it was kept."""
        path = self._path(self._spelt(safe_name(name)))
        paths.ensure_private_folder(self._folder)
        kept = path.name.removesuffix(ENDING)
        paths.write_atomically(path, to_toml(replace(recipe, name=kept)).encode(), mode=0o600)
        return kept

    def rename(self, name: str, other: str) -> str:
        """Give a recipe another name, which must be free; return it. Raises FileTrouble, RecipeError."""
        kept = self._free(other, but=name)
        self.load(name)
        try:
            self._path(name).replace(self._path(kept))
        except OSError as err:
            raise FileTrouble(f"The recipe was not renamed: {paths.describe_os_error(err)}.") from err
        return kept

    def duplicate(self, name: str) -> str:
        """Keep a copy under a name of its own, and return that name."""
        recipe = self.load(name)
        taken = {kept.casefold() for kept in self.names()}
        stem = name[: LONGEST - len(f" copy {MOST}")]
        copies = (f"{stem} copy" if number == 1 else f"{stem} copy {number}" for number in range(1, MOST + 2))
        return self.save(recipe, next(copy for copy in copies if safe_name(copy).casefold() not in taken))

    def remove(self, name: str) -> None:
        """Remove a recipe. Raises FileTrouble."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as err:
            raise FileTrouble(f"The recipe was not removed: {paths.describe_os_error(err)}.") from err

    def _free(self, name: str, *, but: str) -> str:
        kept = safe_name(name)
        others = {other.casefold() for other in self.names()} - {but.casefold()}
        if kept.casefold() in others:
            raise RecipeError(f"There is a recipe “{kept}” already.", advice="Choose another name.")
        return kept

    def _spelt(self, name: str) -> str:
        """Return how a kept recipe of that name is spelt: where case does not count, both are one file."""
        names = self.names()
        return next((kept for kept in (name, *names) if kept in names and kept.casefold() == name.casefold()), name)

    def _path(self, name: str) -> Path:
        return self._folder / safe_name(name, ENDING)


def load(path: Path) -> Recipe:
    """Return the recipe in a file. Raises FileTrouble, RecipeError."""
    return from_toml(read_file(path, limit=LARGEST))


def with_hashes(recipe: Recipe, bundle: Bundle) -> Recipe:
    """Return `recipe` as made from this edition, with what its items, those of its themes too, say today."""
    entries = tuple(_seen(entry, bundle) for entry in recipe.entries)
    return replace(recipe, entries=entries, series=bundle.edition.series, serial=bundle.edition.serial)


def _seen(entry: RecipeEntry, bundle: Bundle) -> RecipeEntry:
    return replace(entry, seen=_hash(entry, bundle))


def _hash(entry: RecipeEntry, bundle: Bundle) -> str:
    """Return the hash of an item, or of all items of a theme; empty for a heading and for what is not there."""
    try:
        match entry.kind:
            case EntryKind.ITEM:
                return item_hash(bundle.item(entry.value))
            case EntryKind.THEME:
                held = "".join(item_hash(item) for item in bundle.items(bundle.theme(entry.value).id))
                return hashlib.sha256(held.encode()).hexdigest()[:16]
            case EntryKind.HEADING:
                return ""
    except NotFound:
        return ""


@record
class RecipeFit:
    """How a recipe fits the open edition: ids of what changed since it was made, and of what is missing."""

    other_series: bool
    serial: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The report in words; empty where nothing is to be said."""
        return tuple(_sentences(self))


def check_fit(recipe: Recipe, bundle: Bundle) -> RecipeFit:
    """Return what changed in this edition since the recipe was made."""
    present = [(entry, _hash(entry, bundle)) for entry in recipe.entries if entry.kind is not EntryKind.HEADING]
    return RecipeFit(
        other_series=bool(recipe.series) and recipe.series != bundle.edition.series,
        serial=recipe.serial,
        changed=tuple(entry.value for entry, now in present if now and entry.seen and now != entry.seen),
        missing=tuple(entry.value for entry, now in present if not now),
    )


def _sentences(report: RecipeFit) -> Iterator[str]:
    if report.other_series:
        yield "This recipe was made for another series."
    if report.changed:
        many, named = wording.count(len(report.changed), "entry", "entries"), wording.listed(report.changed[:5])
        yield f"Changed since serial {report.serial}: {many} ({named})."
    if report.missing:
        named = wording.listed(report.missing[:5])
        yield f"No longer in this edition: {wording.count(len(report.missing), 'entry', 'entries')} ({named})."
