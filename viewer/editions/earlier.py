"""The earlier edition of a sheet of changes: found by series and serial, verified, compared once, and kept."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.changes.records import Changes
from viewer.editions import last_opened
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import KeptEdition, Shelf
from viewer.records import record
from viewer.sheets.recipe import RecipeError


@record
class ComparedEditions:
    """An earlier edition, and what is not as it was there."""

    earlier: Bundle
    changes: Changes


class EarlierEditions:
    """Finds the editions that came before one; holds those that were named by file, and the one compared last."""

    def __init__(self, bundle: Bundle, opener: ReaderSession) -> None:
        self._bundle, self._opener = bundle, opener
        self._files: dict[str, Path] = {}
        self._last: tuple[str, ComparedEditions] | None = None
        self._turn = Lock()  # the window and the press may both ask

    def add(self, path: Path) -> str:
        """Takes a file for an earlier edition once it is verified; returns its name for a recipe, such as `tacsea/1`.

        Raises FileTrouble, Refused, or RecipeError for what is no earlier edition of the same series.
        """
        former = self._opener.inspect(path).bundle
        try:
            name = self._earlier(former)
        finally:
            former.close()
        with self._turn:
            self._files[name] = path.absolute()
            self._last = None
        return name

    def names(self) -> dict[str, str]:
        """The earlier editions that can be chosen, by their name for a recipe: those kept, those named by file."""
        kept = {name_of(one): one for one in self._kept()}
        told = {name: f"Serial {one.edition.serial}, {one.name}" for name, one in kept.items() if one.edition}
        for name, path in self._files.items():
            told.setdefault(name, f"Serial {name.rpartition('/')[2]}, from {paths.display_name(path)}")
        return told

    def default_name(self) -> str:
        """The kept edition that came before this one, as a recipe names it; empty where none is kept."""
        path = Shelf(self._opener).former(self._bundle)
        parts = last_opened.parse_kept_name(path) if path else None
        return f"{parts[0]}/{parts[1]}" if parts else ""

    def compare(self, since: str) -> ComparedEditions:
        """This edition against the earlier one that a recipe names, verified; empty means the usual one.

        Raises RecipeError where it is not at hand, FileTrouble, Refused.
        """
        name = since or self.default_name()
        with self._turn:
            if self._last is None or self._last[0] != name:
                self._last = name, self._compare(name)
            return self._last[1]

    def _compare(self, name: str) -> ComparedEditions:
        from viewer.changes.compare import compare_editions

        former = self._opener.inspect(self._find(name)).bundle
        if self._earlier(former) != name:
            raise RecipeError(f"The file kept as {name} is another edition.")
        return ComparedEditions(earlier=former, changes=compare_editions(former, self._bundle))

    def _find(self, name: str) -> Path:
        if not name:
            raise RecipeError("No earlier edition is chosen to tell the changes since.", advice=CHOOSE)
        if name in self._files:
            return self._files[name]
        shelf = Shelf(self._opener)
        own = self._bundle.seal.key_id
        found = [
            (parts[2] != own, path)
            for path in last_opened.kept_files(shelf.folder)
            if (parts := last_opened.parse_kept_name(path)) and f"{parts[0]}/{parts[1]}" == name
        ]
        if not found:
            raise RecipeError(f"The earlier edition {name[:60]} is not on the shelf of this machine.", advice=CHOOSE)
        return min(found)[1]

    def _earlier(self, former: Bundle) -> str:
        was, now = former.edition, self._bundle.edition
        if was.series != now.series:
            raise RecipeError(f"{was.name} belongs to another series than {now.name}.", advice=CHOOSE)
        if was.serial >= now.serial:
            raise RecipeError(f"{was.name}, serial {was.serial}, is not earlier than the open edition.", advice=CHOOSE)
        return f"{was.series}/{was.serial}"

    def _kept(self) -> list[KeptEdition]:
        own = self._bundle.edition
        return [
            one
            for one in Shelf(self._opener).entries()
            if one.edition and one.edition.series == own.series and one.edition.serial < own.serial
        ]


def name_of(kept: KeptEdition) -> str:
    """How a recipe names a kept edition."""
    return f"{kept.edition.series}/{kept.edition.serial}" if kept.edition else ""


CHOOSE = "Choose an earlier edition of this series from the shelf, or its file."
