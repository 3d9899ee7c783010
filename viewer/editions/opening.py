"""Opening an edition for a reader: trust, the record of serials, and the warnings, in one place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from viewer import clock
from viewer.bundle.bundle import Bundle
from viewer.editions.exercise import exercise_home
from viewer.editions.last_opened import remember_opened
from viewer.errors import Refused, ViewerError
from viewer.model import EditionKey, group_digits
from viewer.paths import EXERCISE_FOLDER
from viewer.records import record, replace
from viewer.signing.serials import Serials
from viewer.signing.trust import Trust, load_trust, remember_trust, with_key
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
    """A verified edition that a session opened from a file, with what the reader must be told of it."""

    bundle: Bundle
    public_key: str  # that signed it, as one line of base64
    superseded_by: int | None  # the newest serial seen, where it is higher than this one's
    warnings: tuple[str, ...]  # sentences that stay in sight above the edition
    session: ReaderSession
    path: Path
    home: Path  # where its notes, register, recipes and searches lie: an exercise's lie apart

    @property
    def is_vouched_for(self) -> bool:
        """Whether the trust list names who signed it: not so with a key that was given for this run alone."""
        return not self.session.is_temporary(self.bundle.seal.key_id)

    @property
    def place_name(self) -> str:
        """What the reader's place in the series is remembered under: an exercise's is a place of its own."""
        series = self.bundle.edition.series
        return series if self.is_vouched_for else f"{EXERCISE_FOLDER}/{series}"

    @property
    def signer(self) -> str:
        """Who signed it, in a few words: a key that nobody vouches for names no publisher.

        Where another key on the list bears the same name, or one that looks like it, the key is part of the name.
        """
        seal = self.bundle.seal
        if not self.is_vouched_for:
            return "Signed with a key given for this run"
        key = f" (key {seal.spaced_key_id})" if self.names_like else ""
        return f"Verified · {visible(seal.publisher)}{key}"

    @property
    def names_like(self) -> tuple[str, ...]:
        """The other keys on the trust list whose name is the signer's or looks like it: key id and name."""
        others = self.session.trust.names_like(self.bundle.seal.key_id) if self.is_vouched_for else ()
        return tuple(f"{group_digits(one.key.key_id)} {visible(one.name)}" for one in others)


class ReaderSession:
    """One run of the program for one reader: opens editions with the keys that count now, and remembers what it must.

    Holds the folder of the reader's own files (`home`) and who may sign (`trust`). Two things it remembers for this
    run alone: the editions signed with a temporary key (those of trusted keys are recorded in `home`), and in which
    file it met which edition.
    """

    def __init__(self, *, home: Path, trust: Trust, remembers_trust: bool = False) -> None:
        self.home, self.trust = home, trust
        self._remembers_trust = remembers_trust  # the trust is what `home` and the program hold, not handed in
        self._exercises = Serials()
        self._opened: dict[EditionKey, Path] = {}
        self._named: dict[EditionKey, Path] = {}

    @classmethod
    def start(cls, home: Path, extra_key: Path | None = None) -> ReaderSession:
        """Return a session for `home`; the key in `extra_key` is trusted for this run alone.

        Raises Refused for a bad key.
        """
        trust = load_trust(home)
        clock.start(home).vouch(trust.issued, f"the trust list, serial {trust.serial}, was issued then")
        return cls(home=home, trust=with_key(trust, extra_key) if extra_key else trust, remembers_trust=True)

    def open(self, path: Path, *, older: bool = False, today: date | None = None) -> Opened:
        """Open the edition at `path` and record that it was opened.

        `older` is the reader's explicit choice of a superseded one. Raises FileTrouble, Refused, or Superseded.
        """
        opened, serials = self._open(path, today)
        if opened.superseded_by is not None and not older:
            opened.bundle.close()
            raise Superseded(opened.bundle.seal.claims.serial, opened.superseded_by)
        unremembered = self._record(opened, serials)
        self._opened[opened.bundle.seal.edition_key] = opened.path
        return replace(opened, warnings=opened.warnings + unremembered + serials.warnings)

    def inspect(self, path: Path, *, today: date | None = None) -> Opened:
        """Open the edition at `path`, superseded or not, and record nothing. Raises FileTrouble or Refused."""
        opened, serials = self._open(path, today)
        return replace(opened, warnings=opened.warnings + serials.warnings)

    def remember_named(self, key: EditionKey, path: Path) -> None:
        """Remember for this run that the reader named `path`, which was verified, as the file of an edition."""
        self._named[key] = path.absolute()

    @property
    def opened_files(self) -> dict[EditionKey, Path]:
        """The files of the editions that were opened in this run, there or not."""
        return dict(self._opened)

    @property
    def named_files(self) -> dict[EditionKey, Path]:
        """The files of other editions that the reader named in this run, there or not."""
        return dict(self._named)

    def is_temporary(self, key_id: str) -> bool:
        """Return whether a known key is trusted for this run alone."""
        return self.trust.publisher(key_id).temporary

    def repair_serials(self) -> tuple[str, ...]:
        """Return the warnings about the record of serials, and repair it, so that they are not given again.

        For a verb that only inspects editions and shows these warnings: opening one repairs the record by itself.
        """
        serials = Serials.load(self.home)
        if serials.warnings:
            self.remember_trust()
        serials.repair()
        return serials.warnings

    def remember_trust(self) -> tuple[str, ...]:
        """Remember the trust list in use; return a sentence where that cannot be written.

        This comes before the record of serials: where that one is there, this one counts as lost if it is missing.
        """
        warning = remember_trust(self.home, self.trust) if self._remembers_trust else ""
        return (warning,) if warning else ()

    def _open(self, path: Path, today: date | None) -> tuple[Opened, Serials]:
        path = path.absolute()
        bundle = Bundle.open(path, self.trust)
        serials = Serials.load(self.home)
        publisher = self.trust.publisher(bundle.seal.key_id)
        counting = self._exercises if publisher.temporary else serials
        try:
            counting.check(bundle.seal, self.trust)
        except Refused:
            bundle.close()
            raise
        newest = counting.superseded_by(bundle.seal, self.trust)
        time = clock.current()
        if not publisher.temporary:
            edition = bundle.edition
            time.vouch(edition.issued, f"serial {edition.serial} of “{visible(edition.title)}” was issued then")
        warnings = _warnings(bundle, newest, publisher.temporary, today or time.today())
        warnings += tuple(sentence for sentence in (time.warning, time.trouble) if sentence)
        opened = Opened(
            bundle=bundle,
            public_key=publisher.key.base64,
            superseded_by=newest,
            warnings=warnings + self.trust.warnings,
            session=self,
            path=path,
            home=self._home_of(bundle, serials),
        )
        return opened, serials

    def _home_of(self, bundle: Bundle, serials: Serials) -> Path:
        if not self.is_temporary(bundle.seal.key_id):
            return self.home
        series = bundle.seal.claims.series
        return exercise_home(self.home, series, is_real_series=serials.knows_series(series))

    def _record(self, opened: Opened, serials: Serials) -> tuple[str, ...]:
        """Record that an edition was opened; return what cannot be remembered of the trust list, in a sentence."""
        seal = opened.bundle.seal
        warnings = self.remember_trust()
        clock.current().remember()
        if self.is_temporary(seal.key_id):
            self._exercises.remember(seal)
            serials.ensure_recorded()
            return warnings
        serials.remember(seal)
        if opened.superseded_by is None:
            remember_opened(self.home, opened.path, seal)
        return warnings


def _warnings(bundle: Bundle, newest: int | None, temporary: bool, today: date) -> tuple[str, ...]:
    edition = bundle.edition
    warnings = []
    if temporary:
        warnings.append("Signed with a key that was given for this run only. Nobody vouches for it.")
    if newest is not None:
        warnings.append(f"Superseded: serial {newest} was opened here before, and this is serial {edition.serial}.")
    if wording.is_past_review(edition, today):
        warnings.append(
            f"The review date, {wording.day(edition.review)}, is past. Ask the publisher for the edition that follows."
        )
    return tuple(warnings)
