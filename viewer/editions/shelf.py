"""The editions that a reader keeps in the own folder: added, listed, removed, and verified on each opening."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.editions import last_opened
from viewer.editions.opening import ReaderSession
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
    """The kept editions of one reader, opened with the reader's trust."""

    def __init__(self, opener: ReaderSession) -> None:
        self._opener = opener
        self.folder = opener.home / paths.SHELF_FOLDER

    def add(self, path: Path) -> KeptEdition:
        """Keeps the very bytes that were verified; the same edition again changes nothing.

        Raises FileTrouble, Refused, or ViewerError for an edition that could not be verified the next time.
        """
        data = read_file(path)
        bundle = Bundle.from_bytes(data, self._opener.trust)
        edition, seal = bundle.edition, bundle.seal
        bundle.close()
        if self._opener.is_temporary(seal.key_id):
            raise ViewerError(
                "This edition is not kept: its key is trusted for this run only.",
                advice="Open it from its file, with the same --trust, whenever it is wanted.",
            )
        self._begin_record()
        paths.ensure_private_folder(self._opener.home)
        target = paths.ensure_private_folder(self.folder) / last_opened.kept_file_name(seal)
        if not target.is_file():
            paths.write_atomically(target, data, mode=0o600)
        return KeptEdition(path=target, edition=edition, seal=seal)

    def _begin_record(self) -> None:
        """Begins the record of serials before the shelf, beside which it would look lost; one that is lost is not."""
        serials = Serials.load(self._opener.home)
        if not serials.warnings:
            serials.begin()

    def remove(self, kept: Path) -> None:
        """Takes a file off the shelf. Raises NotFound for one that is not on it, FileTrouble."""
        if kept not in last_opened.kept_files(self.folder):
            raise NotFound(f"{paths.display_name(kept)} is not on the shelf.")
        try:
            kept.unlink()
        except OSError as err:
            raise FileTrouble(f"{paths.display_name(kept)} was not removed: {paths.describe_os_error(err)}.") from err

    def entries(self, today: date | None = None) -> tuple[KeptEdition, ...]:
        """Every file on the shelf, verified anew: by series, the newest first; what is refused comes last."""
        found = [self._looked_at(path, today or date.today()) for path in last_opened.kept_files(self.folder)]  # noqa: DTZ011
        return tuple(sorted(found, key=_order))

    def former(self, bundle: Bundle) -> Path | None:
        """The kept edition of the same series and key that came last before `bundle`, by its name alone."""
        claims = bundle.seal.claims
        serials = [
            (parts[1], path)
            for path in last_opened.kept_files(self.folder)
            if (parts := last_opened.parse_kept_name(path))
            and (parts[0], parts[2]) == (claims.series, bundle.seal.key_id)
        ]
        return max(((serial, path) for serial, path in serials if serial < claims.serial), default=(0, None))[1]

    def find(self, name: str) -> Path:
        """The kept file that `name` means: its file name, or a series with its serial such as `tacsea/1`.

        Raises NotFound.
        """
        for path in last_opened.kept_files(self.folder):
            parts = last_opened.parse_kept_name(path)
            if name == path.name or (parts and name == f"{parts[0]}/{parts[1]}"):
                return path
        raise NotFound(f"There is no edition “{name}” on the shelf; `shelf list` names those that are.")

    def _looked_at(self, path: Path, today: date) -> KeptEdition:
        try:
            opened = self._opener.inspect(path, today=today)
        except ViewerError as err:
            return KeptEdition(path=path, refused=str(err))
        bundle = opened.bundle
        edition, seal = bundle.edition, bundle.seal
        bundle.close()
        return KeptEdition(
            path=path,
            edition=edition,
            seal=seal,
            newest=last_opened.newest_kept(self.folder, edition.series, seal.key_id) == path,
            superseded_by=opened.superseded_by,
            review_past=wording.is_past_review(edition, today),
        )


def _order(kept: KeptEdition) -> tuple[bool, str, int, str]:
    edition = kept.edition
    return (edition is None, edition.series if edition else "", -edition.serial if edition else 0, kept.path.name)
