"""A search through every edition on the shelf, one after another: each verified as it is opened, then closed again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.editions.opening import Opened, ReaderSession
from viewer.editions.shelf_files import kept_files, parse_kept_name
from viewer.errors import FileTrouble, ViewerError
from viewer.model import Edition, Hit
from viewer.records import record
from viewer.search.engine import Answer, Engine, never_cancelled
from viewer.search.entries import Key
from viewer.search.index import CancelCheck

_PATIENCE = 0.05  # seconds between two questions whether the search was cancelled, while an edition is being opened


@record
class KeptAnswer:
    """What one kept edition answers. It is open until the next answer is asked for.

    `hits` are its best, and `matches` counts all: of neither is an item that a newer edition of its series was found
    with. `is_superseded` says that a newer one is kept, or was opened on this machine.
    """

    opened: Opened
    answer: Answer
    hits: tuple[Hit, ...]
    matches: int
    is_superseded: bool

    @property
    def edition(self) -> Edition:
        """The edition that answers."""
        return self.opened.bundle.edition


@record
class Unsearched:
    """A kept file that could not be searched, by name, and the sentence why."""

    name: str
    reason: str


def nothing_hidden(_bundle: Bundle) -> Collection[Key]:
    """Hide nothing of an edition."""
    return ()


class ShelfSearch:
    """Searches all that is kept: the newest edition of each series first, then the superseded ones.

    `hidden(bundle)` gives the themes and items of an edition that are as if they were not in it; `first` is the series
    that comes first. `total` is how many files are kept, `searched` how many editions answered, and `unsearched` names
    the files that could not.
    """

    def __init__(
        self,
        session: ReaderSession,
        typed: str,
        *,
        exact: bool = False,
        limit: int = 20,
        first: str = "",
        hidden: Callable[[Bundle], Collection[Key]] = nothing_hidden,
        check_cancelled: CancelCheck = never_cancelled,
    ) -> None:
        self._typed, self._exact, self._limit = typed, exact, limit
        self._hidden, self._check_cancelled = hidden, check_cancelled
        kept = in_order_of_search(kept_files(session.home / paths.SHELF_FOLDER), first)
        self._openings = _Openings(session, kept, check_cancelled)
        self._newest: dict[str, int] = {}  # serial by series, of those searched
        self._known: dict[str, set[Key]] = {}  # by series, the items with which an edition was found
        self._oldest: dict[tuple[str, Key], Edition] = {}
        self._met: set[str] = set()  # fingerprints: a file may lie there twice, under two names
        self.total, self.searched = len(kept), 0
        self.unsearched: list[Unsearched] = []

    def answers(self) -> Generator[KeptAnswer]:
        """Yield the answer of each edition. Raises Cancelled by `check_cancelled`."""
        with closing(self._openings.opened()) as editions:
            for path, opened in editions:
                try:
                    found = self._answer(path, opened)
                except ViewerError as fault:
                    self.unsearched.append(Unsearched(name=_name_of(path), reason=str(fault)))
                    continue
                if found is not None:
                    self.searched += 1
                    yield found

    def since(self, series: str, hit: Hit) -> Edition | None:
        """Return the oldest edition that was found with a hit's item too; None where no other was."""
        return self._oldest.get((series, (hit.id, hit.kind)))

    def _answer(self, path: Path, opened: Opened | ViewerError) -> KeptAnswer | None:
        """Search one edition; None for one that was searched already."""
        if isinstance(opened, ViewerError):
            raise opened
        bundle = opened.bundle
        meant, seal = parse_kept_name(path), bundle.seal
        if meant is not None and meant != seal.edition_key:
            raise FileTrouble(f"The file kept as {meant.name} is another edition.")
        if seal.fingerprint in self._met:
            return None
        engine = Engine(bundle, self._hidden(bundle))
        known = self._known.setdefault(bundle.edition.series, set())
        answer, hits, keys = self._search(engine, known)
        self._met.add(seal.fingerprint)
        for key in keys & known:
            self._oldest[bundle.edition.series, key] = bundle.edition
        matches = len(keys - known)
        known |= keys
        return KeptAnswer(
            opened=opened,
            answer=answer,
            hits=hits,
            matches=matches,
            is_superseded=self._is_superseded(opened),
        )

    def _search(self, engine: Engine, known: set[Key]) -> tuple[Answer, tuple[Hit, ...], set[Key]]:
        """Return the answer, its best hits among the items that are not known, and all items that were found."""
        limit = self._limit
        answer = self._ask(engine, limit)
        if not answer.found:
            return answer, (), set()
        entries = engine.entries.by_number
        keys = {(entries[number].item, entries[number].kind) for number in answer.found}
        hits = _hits_besides(known, answer)
        if len(hits) < min(limit, len(keys - known)):
            hits = _hits_besides(known, self._ask(engine, limit + len(keys & known)))[:limit]
        return answer, hits, keys

    def _ask(self, engine: Engine, limit: int) -> Answer:
        check = self._check_cancelled
        return engine.search_complete(self._typed, exact=self._exact, limit=limit, check_cancelled=check)

    def _is_superseded(self, opened: Opened) -> bool:
        edition = opened.bundle.edition
        newest = self._newest.setdefault(edition.series, edition.serial)
        return edition.serial < newest or opened.superseded_by is not None


def _hits_besides(known: Collection[Key], answer: Answer) -> tuple[Hit, ...]:
    return tuple(hit for hit in answer.hits if (hit.id, hit.kind) not in known)


def in_order_of_search(kept: Sequence[Path], first: str = "") -> list[Path]:
    """Return the newest file of each series, as their names say, then the superseded ones, then those of other names.

    Series stand in alphabetical order, but for the one that comes `first`.
    """
    named = [(key, path) for path in kept if (key := parse_kept_name(path))]
    named.sort(key=lambda one: (one[0].series != first, one[0].series, -one[0].serial, one[1].name))
    newest = {key.series: path for key, path in reversed(named)}
    older = [path for key, path in named if path != newest[key.series]]
    return [
        *dict.fromkeys(newest[key.series] for key, _ in named),
        *older,
        *(p for p in kept if not parse_kept_name(p)),
    ]


class _Openings:
    """Opens files one after another; the next is verified while one is used, and no third is open."""

    def __init__(self, session: ReaderSession, files: Sequence[Path], check_cancelled: CancelCheck) -> None:
        self._session, self._files, self._check_cancelled = session, files, check_cancelled

    def opened(self) -> Generator[tuple[Path, Opened | ViewerError]]:
        """Yield each file with its edition, or with why it is refused; each is closed when the next is asked for."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="shelf")
        coming = [pool.submit(self._open, path) for path in self._files[:1]]
        try:
            for at, path in enumerate(self._files):
                opened = self._result(coming[0])
                coming = [pool.submit(self._open, following) for following in self._files[at + 1 : at + 2]]
                try:
                    yield path, opened
                finally:
                    _close(opened)
        finally:
            pool.shutdown(cancel_futures=True)
            for future in coming:  # that nobody came for
                if not future.cancelled():
                    _close(future.result())

    def _open(self, path: Path) -> Opened | ViewerError:
        try:
            return self._session.inspect(path)
        except ViewerError as err:
            return err

    def _result(self, opening: Future[Opened | ViewerError]) -> Opened | ViewerError:
        """Wait until an edition is open, or nobody wants it any more."""
        while wait((opening,), timeout=_PATIENCE).not_done:
            self._check_cancelled()
        return opening.result()


def _close(opened: Opened | ViewerError) -> None:
    if not isinstance(opened, ViewerError):
        opened.bundle.close()


def _name_of(path: Path) -> str:
    """Return what a kept file is called: series and serial, as its name says, else its name."""
    key = parse_kept_name(path)
    return key.name if key else paths.display_name(path)
