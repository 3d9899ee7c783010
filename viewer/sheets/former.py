"""The earlier edition of a sheet of changes: found by series and serial, verified, compared once, and kept."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from viewer import latest, places
from viewer.bundle.bundle import Bundle
from viewer.changes.records import Changes
from viewer.opening import Opener
from viewer.record import record
from viewer.sheets.recipe import RecipeFault
from viewer.shelf import Kept, Shelf


@record
class Compared:
    """An earlier edition, and what is not as it was there."""

    former: Bundle
    found: Changes


class Former:
    """Finds the editions that came before one; holds those that were named by file, and the one compared last."""

    def __init__(self, bundle: Bundle, opener: Opener) -> None:
        self._bundle, self._opener = bundle, opener
        self._files: dict[str, Path] = {}
        self._last: tuple[str, Compared] | None = None
        self._turn = Lock()  # the window and the press may both ask

    def add(self, path: Path) -> str:
        """Takes a file for an earlier edition once it is verified; returns its name for a recipe, such as `tacsea/1`.

        Raises FileTrouble, Refused, or RecipeFault for what is no earlier edition of the same series.
        """
        former = self._opener.look_at(path).bundle
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
            told.setdefault(name, f"Serial {name.rpartition('/')[2]}, from {places.shown_name(path)}")
        return told

    def usual(self) -> str:
        """The kept edition that came before this one, as a recipe names it; empty where none is kept."""
        path = Shelf(self._opener).former(self._bundle)
        parts = latest.parts_of(path) if path else None
        return f"{parts[0]}/{parts[1]}" if parts else ""

    def compared(self, since: str) -> Compared:
        """This edition against the earlier one that a recipe names, verified; empty means the usual one.

        Raises RecipeFault where it is not at hand, FileTrouble, Refused.
        """
        name = since or self.usual()
        with self._turn:
            if self._last is None or self._last[0] != name:
                self._last = name, self._compare(name)
            return self._last[1]

    def _compare(self, name: str) -> Compared:
        from viewer.changes.compare import changes

        former = self._opener.look_at(self._find(name)).bundle
        if self._earlier(former) != name:
            raise RecipeFault(f"The file kept as {name} is another edition.")
        return Compared(former=former, found=changes(former, self._bundle))

    def _find(self, name: str) -> Path:
        if not name:
            raise RecipeFault("No earlier edition is chosen to tell the changes since.", advice=CHOOSE)
        if name in self._files:
            return self._files[name]
        shelf = Shelf(self._opener)
        own = self._bundle.seal.key_id
        found = [
            (parts[2] != own, path)
            for path in latest.kept_files(shelf.folder)
            if (parts := latest.parts_of(path)) and f"{parts[0]}/{parts[1]}" == name
        ]
        if not found:
            raise RecipeFault(f"The earlier edition {name[:60]} is not on the shelf of this machine.", advice=CHOOSE)
        return min(found)[1]

    def _earlier(self, former: Bundle) -> str:
        was, now = former.edition, self._bundle.edition
        if was.series != now.series:
            raise RecipeFault(f"{was.name} belongs to another series than {now.name}.", advice=CHOOSE)
        if was.serial >= now.serial:
            raise RecipeFault(f"{was.name}, serial {was.serial}, is not earlier than the open edition.", advice=CHOOSE)
        return f"{was.series}/{was.serial}"

    def _kept(self) -> list[Kept]:
        own = self._bundle.edition
        return [
            one
            for one in Shelf(self._opener).entries()
            if one.edition and one.edition.series == own.series and one.edition.serial < own.serial
        ]


def name_of(kept: Kept) -> str:
    """How a recipe names a kept edition."""
    return f"{kept.edition.series}/{kept.edition.serial}" if kept.edition else ""


CHOOSE = "Choose an earlier edition of this series from the shelf, or its file."
