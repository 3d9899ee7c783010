"""Opens an edition the way a reader means it: trust, the record of serials, and what to warn of, in one place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from viewer.bundle.bundle import Bundle
from viewer.editions import last_opened
from viewer.errors import ViewerError
from viewer.model import Seal
from viewer.records import field, record, replace
from viewer.signing.serials import Serials
from viewer.signing.trust import Trust, load_trust, with_key
from viewer.text import wording
from viewer.text.safe import visible


class Superseded(ViewerError):
    """A genuine edition, but an older one than was opened here before: opened only by explicit choice."""

    advice = "Open the newer edition, or open this one by choice: it will be marked as superseded throughout."

    def __init__(self, serial: int, newest: int) -> None:
        super().__init__(
            f"This is serial {serial} of its series; serial {newest} was opened on this machine before. "
            "An old edition can be genuine and still mislead."
        )


@record
class Opened:
    """A bundle, the key that signed it as text, the sentences that stay above it; who opened which file."""

    bundle: Bundle
    public_key: str
    superseded_by: int | None
    warnings: tuple[str, ...]
    session: ReaderSession | None = None
    path: Path | None = None

    @property
    def is_vouched_for(self) -> bool:
        """Whether the trust list names who signed it: not so with a key that was given for this run alone."""
        return self.session is None or not self.session.is_temporary(self.bundle.seal.key_id)

    @property
    def signer(self) -> str:
        """Who signed it, in a few words: a key that nobody vouches for names no publisher."""
        if self.is_vouched_for:
            return f"Verified · {visible(self.bundle.seal.publisher)}"
        return "Signed with a key given for this run"

    @property
    def late_warnings(self) -> tuple[str, ...]:
        """Further such sentences, which take longer to find out: whether the search index is damaged."""
        damaged = "The search index of this edition is damaged. Its text is as signed; searching is slower."
        return (damaged,) if self.bundle.index_damaged else ()


@record
class ReaderSession:
    """Opens editions for one reader; holds the folder of the reader's own files and who may sign.

    Serials signed with a key that is trusted for this run alone are remembered for as long, and so is which file was
    opened when.
    """

    home: Path
    trust: Trust
    _this_run: dict[tuple[str, str], int] = field(default_factory=dict)
    _opened: dict[tuple[str, str, int], Path] = field(default_factory=dict)

    @classmethod
    def start(cls, home: Path, extra_key: Path | None = None) -> ReaderSession:
        """The opener for `home`; `extra_key` is trusted for this run alone. Raises Refused for a bad key."""
        trust = load_trust(home)
        return cls(home=home, trust=with_key(trust, extra_key) if extra_key else trust)

    def open(self, path: Path, *, older: bool = False, today: date | None = None) -> Opened:
        """The edition at `path`, remembered as seen. `older` is the reader's explicit choice of a superseded one.

        Raises FileTrouble, Refused, or Superseded.
        """
        opened, serials = self._look(path, today)
        if opened.superseded_by is not None and not older:
            opened.bundle.close()
            raise Superseded(opened.bundle.seal.claims.serial, opened.superseded_by)
        self._note(opened, path, serials)
        seal = opened.bundle.seal
        self._opened[seal.key_id, seal.claims.series, seal.claims.serial] = path.absolute()
        return replace(opened, warnings=opened.warnings + serials.warnings)

    def opened_before(self, seal: Seal) -> Path | None:
        """The file of the edition before the one with this seal, as far as one was opened in this run and is there."""
        own = (seal.key_id, seal.claims.series)
        serials = [serial for *of, serial in self._opened if tuple(of) == own and serial < seal.claims.serial]
        found = self._opened[*own, max(serials)] if serials else None
        return found if found and found.is_file() else None

    def is_temporary(self, key_id: str) -> bool:
        """Whether a known key is trusted for this run alone."""
        return self.trust.publisher(key_id).temporary

    def _note(self, opened: Opened, path: Path, serials: Serials) -> None:
        seal = opened.bundle.seal
        if self.is_temporary(seal.key_id):
            name = (seal.key_id, seal.claims.series)
            self._this_run[name] = max(seal.claims.serial, self._this_run.get(name, 0))
            serials.begin()
            return
        serials.note(seal)
        if opened.superseded_by is None:
            last_opened.remember_opened(self.home, path, seal)

    def inspect(self, path: Path, *, today: date | None = None) -> Opened:
        """The edition at `path` without remembering it, superseded or not. Raises FileTrouble or Refused."""
        opened, serials = self._look(path, today)
        return replace(opened, warnings=opened.warnings + serials.warnings)

    def repair_serials(self) -> tuple[str, ...]:
        """What there is to say about the record of serials; from then on it is sound, and nothing is said again.

        For whoever only looks at editions and shows these sentences: opening one mends the record by itself.
        """
        serials = Serials.load(self.home)
        serials.mend()
        return serials.warnings

    def _look(self, path: Path, today: date | None) -> tuple[Opened, Serials]:
        path = path.absolute()
        bundle = Bundle.open(path, self.trust)
        serials = Serials.load(self.home)
        newest = serials.superseded_by(bundle.seal) or self._superseded_in_this_run(bundle)
        publisher = self.trust.publisher(bundle.seal.key_id)
        warnings = _warnings(bundle, newest, publisher.temporary, today or date.today())  # noqa: DTZ011
        opened = Opened(
            bundle=bundle,
            public_key=publisher.key.base64,
            superseded_by=newest,
            warnings=warnings + self.trust.warnings,
            session=self,
            path=path,
        )
        return opened, serials

    def _superseded_in_this_run(self, bundle: Bundle) -> int | None:
        seal = bundle.seal
        newest = self._this_run.get((seal.key_id, seal.claims.series), 0)
        return newest if newest > seal.claims.serial else None


def _warnings(bundle: Bundle, newest: int | None, temporary: bool, today: date) -> tuple[str, ...]:
    edition = bundle.edition
    out = []
    if temporary:
        out.append("Signed with a key that was given for this run only. Nobody vouches for it.")
    if newest is not None:
        out.append(f"Superseded: serial {newest} was opened here before, and this is serial {edition.serial}.")
    if wording.is_past_review(edition, today):
        out.append(
            f"The review date, {wording.day(edition.review)}, is past. Ask the publisher for the edition that follows."
        )
    return tuple(out)
