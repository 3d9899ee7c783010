"""Which edition is the earlier one: one answer for the view of changes, its marks, sheets, and the command line.

At hand are the editions of the same series with a lower serial that are kept on the shelf, or whose file was opened
or named in this run of the program. Where the reader chooses none, the one before is meant: of those at hand that the
same key signed, the one with the highest serial. Where several files hold that edition, a file that the reader named
goes before a kept one, and a kept one before one that was only opened: its stick may be gone.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from threading import Lock

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.changes.compare import compare_editions
from viewer.changes.records import Changes
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import Shelf
from viewer.editions.shelf_files import kept_editions
from viewer.errors import NoEarlierEdition
from viewer.model import EditionKey
from viewer.records import record


@record
class EarlierEdition:
    """A file that is expected to hold an earlier edition; it is verified when it is read."""

    key: EditionKey
    path: Path
    is_kept: bool  # on the shelf
    is_named: bool = False  # by the reader, in this run

    @property
    def name(self) -> str:
        """How a recipe names the edition: its series and serial, such as `tacsea/1`."""
        return self.key.name


@record
class ComparedEditions:
    """An earlier edition, verified and open, and what changed since it."""

    earlier: Bundle
    changes: Changes


class EarlierEditions:
    """Finds the editions that came before one; holds the comparison made last."""

    def __init__(self, bundle: Bundle, session: ReaderSession) -> None:
        self._bundle, self._session = bundle, session
        self._shelf = Shelf(session)
        self._last: tuple[Path, ComparedEditions] | None = None
        self._lock = Lock()  # the window and its background thread may both ask

    def before(self) -> EarlierEdition | None:
        """Return the edition before this one, which is meant where none is chosen; None where none is at hand."""
        own = self._bundle.seal.key_id
        return next((one for one in self.at_hand() if one.key.key_id == own), None)

    def at_hand(self) -> list[EarlierEdition]:
        """Return the earlier editions at hand, as far as file names and this run say, the newest first.

        Several files of one edition follow each other, the one to use first.
        """
        found = [
            *(EarlierEdition(key=key, path=path, is_kept=self._is_kept(path), is_named=True)
              for key, path in self._session.named_files.items() if path.is_file()),
            *(EarlierEdition(key=key, path=path, is_kept=True) for key, path in kept_editions(self._shelf.folder)),
            *(EarlierEdition(key=key, path=path, is_kept=self._is_kept(path))
              for key, path in self._session.opened_files.items() if path.is_file()),
        ]  # fmt: skip
        return sorted(filter(self._is_earlier, found), key=self._rank)

    def find(self, name: str) -> EarlierEdition:
        """Return the earlier edition of that name, such as `tacsea/1`; the one before where `name` is empty.

        Raises NoEarlierEdition where it is not at hand.
        """
        found = next((one for one in self.at_hand() if one.name == name), None) if name else self.before()
        if found is not None:
            return found
        if not name:
            raise NoEarlierEdition("No earlier edition is chosen to tell the changes since.")
        raise NoEarlierEdition(f"The earlier edition {name[:60]} is not on the shelf of this machine.")

    def add(self, path: Path) -> str:
        """Verify the file of an earlier edition, remember it for this run, and return the edition's name.

        Raises FileTrouble, Refused, or NoEarlierEdition for what is no earlier edition of the same series.
        """
        with closing(self._session.inspect(path).bundle) as other:
            self._check_earlier(other)
            self._remember(other, path)
            return other.seal.edition_key.name

    def remember_if_earlier(self, other: Bundle, path: Path) -> None:
        """Remember for this run the file of another edition, verified already, if it is an earlier one."""
        with suppress(NoEarlierEdition):
            self._check_earlier(other)
            self._remember(other, path)

    def _remember(self, other: Bundle, path: Path) -> None:
        with self._lock:
            self._session.remember_named(other.seal.edition_key, path)
            self._last = None

    def choices(self) -> dict[str, str]:
        """Return the earlier editions that can be chosen, in words by their names; kept ones are verified first."""
        kept = {one.path: one for one in self._shelf.entries() if one.edition and one.seal}
        words: dict[str, str] = {}
        for one in self.at_hand():
            if not one.is_kept:
                words.setdefault(one.name, f"Serial {one.key.serial}, from {paths.display_name(one.path)}")
            elif (found := kept.get(one.path)) and found.seal and found.seal.edition_key == one.key:
                words.setdefault(one.name, f"Serial {one.key.serial}, {found.name}")
        return words

    def compare(self, name: str) -> ComparedEditions:
        """Compare this edition with the earlier one of that name, verified; empty means the one before.

        The earlier edition stays open. Raises NoEarlierEdition where it is not at hand, FileTrouble, Refused.
        """
        chosen = self.find(name)
        with self._lock:
            if self._last is None or self._last[0] != chosen.path:
                self._last = chosen.path, self._compare(chosen)
            return self._last[1]

    def _compare(self, chosen: EarlierEdition) -> ComparedEditions:
        earlier = self._session.inspect(chosen.path).bundle
        self._check_earlier(earlier)
        if earlier.seal.edition_key.name != chosen.name:
            raise NoEarlierEdition(f"The file kept as {chosen.name} is another edition.")
        return ComparedEditions(earlier=earlier, changes=compare_editions(earlier, self._bundle))

    def _check_earlier(self, other: Bundle) -> None:
        """Raise NoEarlierEdition unless `other` is an earlier edition of this one's series."""
        was, now = other.edition, self._bundle.edition
        if was.series != now.series:
            raise NoEarlierEdition(f"{was.name} belongs to another series than {now.name}.")
        if was.serial >= now.serial:
            raise NoEarlierEdition(f"{was.name}, serial {was.serial}, is not earlier than the open edition.")

    def _is_earlier(self, one: EarlierEdition) -> bool:
        own = self._bundle.seal.claims
        return one.key.series == own.series and one.key.serial < own.serial

    def _is_kept(self, path: Path) -> bool:
        return path.parent == self._shelf.folder

    def _rank(self, one: EarlierEdition) -> tuple[int, bool, bool, bool, Path]:
        foreign = one.key.key_id != self._bundle.seal.key_id
        return -one.key.serial, not one.is_named, foreign, not one.is_kept, one.path
