"""The shelf: editions that a reader keeps, verified when added and again each time they are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from viewer import clock, paths
from viewer.bundle.bundle import Bundle
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf_files import kept_file_name, kept_files, newest_kept, parse_kept_name
from viewer.errors import FileTrouble, NotFound, ViewerError
from viewer.model import Edition, Seal
from viewer.records import record
from viewer.signing.intake import read_file
from viewer.signing.serials import Serials
from viewer.text import wording


@record
class KeptEdition:
    """One file on the shelf: the edition that it was verified to be, or the sentence why it is refused."""

    path: Path
    edition: Edition | None = None
    seal: Seal | None = None
    newest: bool = False  # of its series and key on this shelf
    superseded_by: int | None = None
    review_past: bool = False
    refused: str = ""

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return self.edition.name if self.edition else self.path.name


class Shelf:
    """The kept editions of one reader: files in a folder of the reader's own."""

    def __init__(self, session: ReaderSession) -> None:
        self._session = session
        self.folder = session.home / paths.SHELF_FOLDER

    def add(self, path: Path) -> KeptEdition:
        """Keep the very bytes of `path` that were verified; the same edition again changes nothing.

        Raises FileTrouble, Refused, or ViewerError for an edition that could not be verified the next time.
        """
        data = read_file(path)
        bundle = Bundle.from_bytes(data, self._session.trust)
        edition, seal = bundle.edition, bundle.seal
        bundle.close()
        if self._session.is_temporary(seal.key_id):
            raise ViewerError(
                "This edition is not kept: its key is trusted for this run only.",
                advice="Open it from its file, with the same --trust, whenever it is wanted.",
            )
        self._ensure_serials()
        paths.ensure_private_folder(self._session.home)
        target = paths.ensure_private_folder(self.folder) / kept_file_name(seal)
        if not target.is_file():
            paths.write_atomically(target, data, mode=paths.PRIVATE_MODE)
        return KeptEdition(path=target, edition=edition, seal=seal)

    def _ensure_serials(self) -> None:
        """Begin the record of serials before the shelf: beside a shelf, a missing record counts as lost.

        A record that is lost already is left so, and the reader is warned when an edition is opened.
        """
        serials = Serials.load(self._session.home)
        if not serials.warnings:
            self._session.remember_trust()
            serials.ensure_recorded()

    def remove(self, kept: Path) -> None:
        """Remove a file from the shelf. Raises FileTrouble, or NotFound for a file that is not on it."""
        if kept not in kept_files(self.folder):
            raise NotFound(f"{paths.display_name(kept)} is not on the shelf.")
        try:
            kept.unlink()
        except OSError as err:
            raise FileTrouble(f"{paths.display_name(kept)} was not removed: {paths.describe_os_error(err)}.") from err

    def entries(self, today: date | None = None) -> tuple[KeptEdition, ...]:
        """Return every file on the shelf, verified anew: by series, the newest first; what is refused comes last."""
        found = [self._verify(path, today or clock.today()) for path in kept_files(self.folder)]
        return tuple(sorted(found, key=_order))

    def find(self, name: str) -> Path:
        """Return the kept file that `name` means: its file name, or a series with its serial such as `tacsea/1`.

        Raises NotFound.
        """
        for path in kept_files(self.folder):
            key = parse_kept_name(path)
            if name == path.name or (key is not None and name == key.name):
                return path
        raise NotFound(f"There is no edition “{name}” on the shelf; `shelf list` names those that are.")

    def _verify(self, path: Path, today: date) -> KeptEdition:
        try:
            opened = self._session.inspect(path, today=today)
        except ViewerError as err:
            return KeptEdition(path=path, refused=str(err))
        bundle = opened.bundle
        edition, seal = bundle.edition, bundle.seal
        bundle.close()
        return KeptEdition(
            path=path,
            edition=edition,
            seal=seal,
            newest=newest_kept(self.folder, edition.series, seal.key_id) == path,
            superseded_by=opened.superseded_by,
            review_past=wording.is_past_review(edition, today),
        )


def _order(kept: KeptEdition) -> tuple[bool, str, int, str]:
    edition = kept.edition
    return (edition is None, edition.series if edition else "", -edition.serial if edition else 0, kept.path.name)
