"""Sheets being made: kept in the reader's folder as they grow, several of them for each series, one open at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.dissemination.file_names import LONGEST, safe_name
from viewer.errors import FileTrouble, TooLarge, ViewerError
from viewer.records import record, replace
from viewer.sheets.recipe import Recipe, RecipeEntry, RecipeError
from viewer.sheets.recipe_store import check_fit, with_hashes
from viewer.sheets.recipe_text import LARGEST_DRAFT, NewerRecipe, draft_from_toml, to_toml
from viewer.signing.intake import read_file

FOLDER = "trays"
ENDING = ".recipe.toml"
DAMAGED_ENDING = ".damaged.toml"
OPENED_LAST = "opened-last.txt"
MOST = 1000  # sheets that are listed
ADVICE = "It stays in this window, which tries again every few seconds."

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")
_Signature = tuple[int, int, int]


class OtherSeries(RecipeError):
    """A sheet being made that belongs to another series."""

    advice = "The file is left as it is."


@record
class SheetDraft:
    """A sheet being made: its name, what is on it, and the hash of the file as this window last saw it, if it did."""

    name: str
    recipe: Recipe | None = None
    digest: str = ""


def _one_at_a_time(
    method: Callable[Concatenate[SheetDrafts, _Params], _Result],
) -> Callable[Concatenate[SheetDrafts, _Params], _Result]:
    @wraps(method)
    def run(self: SheetDrafts, /, *args: _Params.args, **named: _Params.kwargs) -> _Result:
        with self._turn:
            return method(self, *args, **named)

    return run


class SheetDrafts:
    """The sheets being made of the open edition's series, and which of them is open in this window.

    Every method may be called from any thread. What another window wrote is never written over: then what is kept here
    goes under a name of its own. Methods raise RecipeError or FileTrouble.
    """

    def __init__(self, home: Path, bundle: Bundle) -> None:
        self._bundle, self._turn = bundle, RLock()
        self._folder = home / FOLDER / bundle.edition.series
        self._hashed: tuple[tuple[RecipeEntry, ...], tuple[RecipeEntry, ...]] = ((), ())
        self._signature: _Signature | None = None
        self.draft = SheetDraft(name="")

    # Opening

    @_one_at_a_time
    def names(self) -> list[str]:
        """Return the sheets by name, in the order of the alphabet; the one that is open is among them."""
        names = {path.name.removesuffix(ENDING) for path in self._files()}
        return sorted(names | ({self.draft.name} - {""}), key=str.casefold)

    @_one_at_a_time
    def open_latest(self) -> tuple[str, ...]:
        """Open the sheet that was open last, else the one changed last; return what is to be said.

        One that cannot be read is set aside, or left alone where another version or series may read it. Where there
        is none, the sheet that is open has a new name and no file.
        """
        sentences: list[str] = []
        for name in self._names_latest_first():
            try:
                self._open(name)
            except ViewerError as err:
                sentences.append(self._put_aside(name, err))
                continue
            return (*sentences, *self._carried())
        self.draft = SheetDraft(name=self._free_name("Sheet 1"))
        return tuple(sentences)

    @_one_at_a_time
    def switch(self, name: str) -> tuple[str, ...]:
        """Open another sheet; return what is to be said of it. One that is damaged is set aside."""
        try:
            self._open(name)
        except ViewerError as err:
            raise RecipeError(self._put_aside(name, err), advice="") from err
        self._remember()
        return self._carried()

    @_one_at_a_time
    def is_changed_elsewhere(self) -> bool:
        """Return whether another window wrote the open sheet since it was last read or written here."""
        path = self._path(self.draft.name)
        signature = self._signature_of(path)
        if not self.draft.digest or signature is None or signature == self._signature:
            return False
        if self._digest(path) == self.draft.digest:
            self._signature = signature
            return False
        return True

    @_one_at_a_time
    def reopen(self) -> None:
        """Take over what another window made of the open sheet."""
        self._open(self.draft.name)

    # Keeping

    @_one_at_a_time
    def keep(self, recipe: Recipe) -> str:
        """Keep the open sheet as it is now; return what is to be said, mostly nothing.

        Raises RecipeError where it cannot be kept; nothing is changed then.
        """
        draft = self.draft
        if recipe == draft.recipe:
            return ""
        try:
            with self._held():
                kept = self._write(draft, recipe)
        except RecipeError:
            raise
        except ViewerError as err:
            raise RecipeError(f"The sheet “{draft.name}” is not kept yet. {err}", advice=ADVICE) from err
        self.draft = kept
        if kept.name != draft.name:
            self._remember()
            return f"Another window changed “{draft.name}” too. What is here is kept beside it, as “{kept.name}”."
        if not draft.digest:
            self._remember()
        return ""

    @_one_at_a_time
    def begin(self, recipe: Recipe, name: str = "") -> str:
        """Begin another sheet with what `recipe` says, under a free name; return that name."""
        before = self.draft
        if before.recipe is None:
            self.draft = SheetDraft(name="")  # nothing was on it: its name is free
        with self._restored_if_failed(before), self._held():
            self.draft = self._write(SheetDraft(name=self._free_name(name or "Sheet 1")), recipe)
        self._remember()
        return self.draft.name

    @_one_at_a_time
    def duplicate(self) -> str:
        """Go on with a copy of the open sheet, under a name of its own; return that name."""
        recipe = self.draft.recipe
        if recipe is None:
            raise RecipeError("This sheet holds nothing yet.", advice="")
        return self.begin(recipe, f"{self.draft.name[: LONGEST - len(f' copy {MOST}')]} copy")

    @_one_at_a_time
    def rename(self, name: str) -> str:
        """Give the open sheet another name, which must be free; return the name as it is kept."""
        draft, kept = self.draft, safe_name(name)
        if kept == draft.name:
            return kept
        with self._held():
            if kept.casefold() != draft.name.casefold() and self._is_taken(kept):
                raise RecipeError(f"There is a sheet “{kept}” already.", advice="Choose another name.")
            if draft.digest:
                try:
                    self._path(draft.name).replace(self._path(kept))
                except OSError as err:
                    raise FileTrouble(f"The sheet was not renamed: {paths.describe_os_error(err)}.") from err
        self.draft = replace(draft, name=kept)
        self._remember()
        return kept

    @_one_at_a_time
    def remove(self) -> SheetDraft:
        """Remove the open sheet and open another; return what was removed, so that it can be brought back."""
        removed, path = self.draft, self._path(self.draft.name)
        with self._held():
            found = self._digest(path)
            if found not in ("", removed.digest):
                raise RecipeError(f"Another window changed “{removed.name}” meanwhile. It was not removed.", advice="")
            try:
                path.unlink(missing_ok=True)
            except OSError as err:
                raise FileTrouble(f"The sheet was not removed: {paths.describe_os_error(err)}.") from err
        self.draft = SheetDraft(name="")
        self.open_latest()
        return removed

    # How it is done

    def _open(self, name: str) -> None:
        path = self._path(name)
        signature = self._signature_of(path)
        data = read_file(path, limit=LARGEST_DRAFT)
        recipe = draft_from_toml(data)
        if recipe.series not in ("", self._bundle.edition.series):
            raise OtherSeries(f"It was made for the series {recipe.series[:LONGEST]}.")
        self.draft, self._signature = SheetDraft(name=name, recipe=recipe, digest=_digest_of(data)), signature

    def _write(self, draft: SheetDraft, recipe: Recipe) -> SheetDraft:
        """Write the sheet under its name, or a free one where the file is not as this window last saw it."""
        kept_entries, hashed_entries = self._hashed
        hashed = with_hashes(recipe, self._bundle) if recipe.entries != kept_entries else recipe
        hashed = hashed if recipe.entries != kept_entries else self._of_this_edition(recipe, hashed_entries)
        data = to_toml(hashed).encode()
        draft_from_toml(data)  # what could not be read again is refused, before it replaces anything
        name, path = draft.name, self._path(draft.name)
        found = self._digest(path)
        if found not in ("", draft.digest, _digest_of(data)):
            name = self._free_name(draft.name)
            path = self._path(name)
        paths.write_atomically(path, data, mode=paths.PRIVATE_MODE)
        self._hashed = recipe.entries, hashed.entries
        self._signature = self._signature_of(path)
        return SheetDraft(name=name, recipe=recipe, digest=_digest_of(data))

    def _of_this_edition(self, recipe: Recipe, entries: tuple[RecipeEntry, ...]) -> Recipe:
        edition = self._bundle.edition
        return replace(recipe, entries=entries, series=edition.series, serial=edition.serial)

    def _carried(self) -> tuple[str, ...]:
        """Say what became of the open sheet's entries, where it was last changed with another edition."""
        recipe, edition = self.draft.recipe, self._bundle.edition
        if recipe is None or not recipe.serial or recipe.serial == edition.serial:
            return ()
        known = {marking.code: marking.label for marking in self._bundle.markings}
        readers = f"It is for readers up to {known[recipe.audience]}." if recipe.audience in known else ""
        head = f"The sheet “{self.draft.name}” was last changed with serial {recipe.serial}."
        return tuple(filter(None, (head, *check_fit(recipe, self._bundle).sentences, readers)))

    def _put_aside(self, name: str, err: ViewerError) -> str:
        """Set a damaged sheet aside; leave alone what is not damaged; return the sentence about it."""
        left = f"The sheet “{name}” was not opened, and is left as it is. {err}"
        if isinstance(err, NewerRecipe | OtherSeries) or not isinstance(err, RecipeError | TooLarge):
            return left
        others = (DAMAGED_ENDING, *(f"-{number}{DAMAGED_ENDING}" for number in range(2, MOST)))
        path = self._path(name)
        target = next((place for end in others if not paths.is_taken(place := self._folder / (name + end))), None)
        try:
            if target is None:
                return left
            path.rename(target)
        except OSError:
            return left
        return f"The sheet “{name}” is damaged. It is set aside as {paths.display_name(target)} in {FOLDER}. {err}"

    def _remember(self) -> None:
        """Record which sheet is open; where that cannot be written, the one changed last is opened next time."""
        with suppress(ViewerError):
            paths.write_atomically(self._folder / OPENED_LAST, self.draft.name.encode(), mode=paths.PRIVATE_MODE)

    def _names_latest_first(self) -> list[str]:
        def changed(path: Path) -> float:
            with suppress(OSError):
                return path.stat().st_mtime
            return 0.0

        names = [path.name.removesuffix(ENDING) for path in sorted(self._files(), key=changed, reverse=True)]
        with suppress(ViewerError, ValueError):
            last = read_file(self._folder / OPENED_LAST, limit=1024).decode()
            names.sort(key=lambda name: name != last)
        return names

    def _files(self) -> list[Path]:
        with suppress(OSError):
            found = (path for path in self._folder.iterdir() if path.name.endswith(ENDING))
            return [path for path in found if _is_own_name(path.name)][:MOST]
        return []

    def _is_taken(self, name: str) -> bool:
        taken = {known.casefold() for known in self.names()}
        return name.casefold() in taken or paths.is_taken(self._path(name))

    def _free_name(self, words: str) -> str:
        """Return a name that no sheet has: that of `words`, else with the next number."""
        name = safe_name(words)
        if not self._is_taken(name):
            return name
        stem, _, number = name.rpartition(" ")
        first, stem = (int(number) + 1, stem) if stem and number.isascii() and number.isdigit() else (2, name)
        stem = stem[: LONGEST - 12]
        return next(free for free in _numbered(stem, first % 1_000_000) if not self._is_taken(free))

    @contextmanager
    def _held(self) -> Iterator[None]:
        paths.ensure_private_folder(self._folder)
        with paths.locked_folder(self._folder):
            yield

    @contextmanager
    def _restored_if_failed(self, draft: SheetDraft) -> Iterator[None]:
        try:
            yield
        except ViewerError:
            self.draft = draft
            raise

    def _path(self, name: str) -> Path:
        return self._folder / (name + ENDING)

    def _digest(self, path: Path) -> str:
        """Return the hash of a file; empty where nothing is there, and a word no hash is where it cannot be read."""
        if not paths.is_taken(path):
            return ""
        try:
            return _digest_of(read_file(path, limit=LARGEST_DRAFT))
        except ViewerError:
            return "unreadable"

    def _signature_of(self, path: Path) -> _Signature | None:
        with suppress(OSError):
            found = path.stat()
            return found.st_mtime_ns, found.st_size, found.st_ino
        return None


def _numbered(stem: str, first: int) -> Iterator[str]:
    number = first
    while True:
        yield f"{stem} {number}"
        number += 1


def _is_own_name(file_name: str) -> bool:
    """Return whether a file name is one that this program gives: others could not be written again as they are."""
    name = file_name.removesuffix(ENDING)
    return safe_name(name) == name


def _digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
