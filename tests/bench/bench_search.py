"""Search beside raw FTS5 bm25(), and, where they are installed, tantivy and Xapian; and keystroke to rows painted.

All sides look through the same made-up edition and give the top 20 with snippets. Rows are p50 and p95. A question
is asked again and again, so all sides have read what they need; what they found before, none of them keeps.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.generator import FREQUENT_PREFIX, FREQUENT_WORD, RARE_WORD, assessment_of
from tests.bench.harness import Row, milliseconds
from tests.bench.tantivy_side import Tantivy
from viewer.bundle.bundle import Bundle
from viewer.model import Claims
from viewer.publish.build import build_body
from viewer.records import replace
from viewer.search.engine import Engine
from viewer.search.stems import stem
from viewer.signing.sealing import build_trust_list, new_key, seal
from viewer.signing.trust import Trust, load_trust, read_trust_list
from viewer.signing.trust_list import Publisher

if TYPE_CHECKING:
    from viewer.ui.search.search_controller import SearchController
    from viewer.ui.window import Window

SIZES = (1_000, 10_000, 100_000)
ROUNDS = {1_000: 400, 10_000: 150, 100_000: 40}  # the quicker a search, the more are needed to know its p95
WARM_UP = 8
LIMITS = {10_000: 16.0, 100_000: 33.0}  # milliseconds from a keystroke to its rows painted
TOP = 20
ASKED = {  # what is typed, the index and words for FTS5, and the sort of question
    "rare word": (RARE_WORD, "stemmed", f'"{RARE_WORD}"', "word"),
    "word in 30 %": (FREQUENT_WORD, "stemmed", f'"{FREQUENT_WORD}"', "word"),
    "two words": (f"{FREQUENT_WORD} report", "stemmed", f'"{FREQUENT_WORD}" AND "report"', "word"),
    "two letters": (FREQUENT_PREFIX[:2], "plain", f'"{FREQUENT_PREFIX[:2]}"*', "prefix"),
    "three letters": (FREQUENT_PREFIX, "plain", f'"{FREQUENT_PREFIX}"*', "prefix"),
    "phrase": ('"in the"', "stemmed", '"in the"', "word"),
    "stemmed word": ("processes", "stemmed", '"processes"', "word"),
}
KEYSTROKES = ("safeguarding report", "process", "prog", "lighthouse", "in the", "protection of", "evidence")
PAUSES = (40, 90, 250)  # milliseconds between two keystrokes in turn: in the last the hits are counted by filter
Timed = Callable[[], float]  # asks once; gives the milliseconds that it took
_UNBOUND = float("inf")  # shown beside, no promise


def measure() -> Iterator[Row]:
    """Every class of question at every size, and the keystrokes."""
    for size in SIZES:
        rounds = ROUNDS[size]
        bundle = _bundle(size)
        engine = Engine(bundle)
        engine.warm()
        with _xapian(bundle) as xapian:
            others = (
                ("raw FTS5 bm25()", _raw_questions(bundle), 1.0),
                ("tantivy", _tantivy(bundle), _UNBOUND),
                ("Xapian", xapian, 1.0 if size == SIZES[-1] else _UNBOUND),
            )
            for peer, questions, allowed in others:
                for name, ask in questions.items():
                    typed, _, _, sort = ASKED[name]
                    own, peers = _turns(_search(engine, typed, sort), ask, rounds, asleep=peer == "Xapian")
                    yield from _rows(f"search, {size:,} items, {name}", own, peers, peer, allowed)
        if size in LIMITS:
            yield Row(what=f"keystroke to rows painted, {size:,} items, p95, beside its limit",
                      measured=_percentile(_keystrokes(bundle), 95), reference=LIMITS[size])  # fmt: skip
        bundle.close()


def _bundle(items: int) -> Bundle:
    key, root = new_key(), new_key()
    trust = read_trust_list(build_trust_list({"Bench": key.public}, root, serial=1, issued="2026-11"), root.public)
    assessment = assessment_of(items)
    edition = assessment.edition
    claims = Claims(
        series=edition.series, serial=edition.serial, issued=edition.issued, review=edition.review, schema=2
    )
    return Bundle.from_bytes(seal(build_body(assessment), claims, key), trust)


def _search(engine: Engine, typed: str, sort: str) -> Callable[[], object]:
    def search() -> None:
        assert engine.search(typed, live=sort == "prefix", limit=TOP).hits

    return search


def _raw_questions(bundle: Bundle) -> dict[str, Timed]:
    return {name: partial(milliseconds, _raw(bundle, table, match)) for name, (_, table, match, _) in ASKED.items()}


def _raw(bundle: Bundle, table: str, match: str) -> Callable[[], object]:
    sql = (
        f"SELECT entry.item, entry.kind, entry.theme, entry.title, snippet({table}, 1, '[', ']', '…', 24) FROM {table}"
        f" JOIN entry ON entry.id = {table}.rowid WHERE {table} MATCH ? ORDER BY bm25({table}, 4.0, 1.0) LIMIT {TOP}"
    )

    def search() -> None:  # by a cursor of SQLite's own: the bundle's keep other threads out, at some cost
        assert sqlite3.Cursor(bundle.connection).execute(sql, (match,)).fetchall()

    return search


def _turns(search: Callable[[], object], peer: Timed, rounds: int, *, asleep: bool) -> tuple[list[float], list[float]]:
    """The times of both sides, in turn; the first do not count: an interpreter is slow at what is new to it.

    Where the sides wait for each other `asleep`, in two processes, each asks once before the time that counts.
    """

    def once() -> tuple[float, float]:
        if asleep:
            search()
        return milliseconds(search), peer()

    pairs = [once() for _ in range(WARM_UP + rounds)][WARM_UP:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _rows(what: str, own: list[float], peers: list[float], peer: str, allowed: float) -> Iterator[Row]:
    for share in (50, 95):
        yield Row(what=f"{what}, p{share}, beside {peer}", measured=_percentile(own, share),
                  reference=_percentile(peers, share), allowed=allowed)  # fmt: skip


def _percentile(times: list[float], share: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]


def _texts(bundle: Bundle) -> list[tuple[str, str]]:
    return bundle.connection.execute("SELECT title, text FROM entry ORDER BY id").fetchall()


def _tantivy(bundle: Bundle) -> dict[str, Timed]:
    """The questions to tantivy; none, and said so, where it is not installed."""
    try:
        tantivy = Tantivy(_texts(bundle), TOP)
    except ModuleNotFoundError:
        print("tantivy is not installed: its rows are left out (`make bench` installs it).", file=sys.stderr)
        return {}
    vocabulary = Engine(bundle).index.vocabulary
    out: dict[str, Timed] = {}
    for name, (typed, _, _, sort) in ASKED.items():
        begun = sorted({stem(word) for word in vocabulary.starting(typed)}) if sort == "prefix" else []
        out[name] = partial(milliseconds, tantivy.beginning(typed, begun) if begun else tantivy.words(typed))
    return out


@contextmanager
def _xapian(bundle: Bundle) -> Iterator[dict[str, Timed]]:
    """The questions to Xapian, in the system's Python; none, and said so, where it is not installed."""
    system = "/usr/bin/python3"
    try:
        subprocess.run([system, "-c", "import xapian"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print("Xapian is not installed: its rows are left out (apt: python3-xapian).", file=sys.stderr)
        yield {}
        return
    script = str(Path(__file__).with_name("xapian_side.py"))
    pipe = subprocess.PIPE
    with subprocess.Popen([system, script], stdin=pipe, stdout=pipe, text=True) as side:

        def answer_to(line: str) -> str:
            assert side.stdin
            assert side.stdout
            print(line, file=side.stdin, flush=True)
            return side.stdout.readline().strip()

        asked = {name: (typed, sort) for name, (typed, _, _, sort) in ASKED.items()}
        assert answer_to(json.dumps({"texts": _texts(bundle), "asked": asked})) == "ready"
        yield {name: partial(lambda name: float(answer_to(name)), name) for name in ASKED}


def _keystrokes(bundle: Bundle) -> list[float]:
    """The times from each keystroke of some words to its rows on the window's surface, typed fast and slowly."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    QApplication.instance() or QApplication(["bench", "-platform", "offscreen"])
    pauses = cycle(PAUSES)
    with tempfile.TemporaryDirectory() as home:
        window, searching = _window(bundle, Path(home))
        watch = _watch(searching)
        times = []
        for words in KEYSTROKES * 3:  # of some sixty keystrokes alone, the p95 would be the third slowest
            window.search.clear()
            for at, char in enumerate(words):
                _rest(next(pauses))
                type_letter = partial(QTest.keyClicks, window.search, char)
                if at and char != " ":
                    times.append(milliseconds(partial(watch, type_letter)))
                else:  # one letter alone is not searched for, and a space changes no row
                    type_letter()
        searching._worker.shut_down()
        window.close()
    return times


def _rest(time: int) -> None:
    """Lets the window and the search's thread go on for some milliseconds, as between two keystrokes.

    QTest.qWait would not do: it keeps the interpreter's lock, and with it the thread, waiting.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(time, loop.quit)
    loop.exec()


def _window(bundle: Bundle, home: Path) -> tuple[Window, SearchController]:
    from viewer.editions.opening import Opened, ReaderSession
    from viewer.ui.appearance import Appearance, load_fonts
    from viewer.ui.files import Files
    from viewer.ui.settings import Settings
    from viewer.ui.window import Window

    load_fonts()
    settings = Settings(home)
    session = ReaderSession(home=home, trust=_trusting(bundle))
    window = Window(Appearance("light"), settings, Files(session, settings))
    window.stack.show_edition(
        Opened(
            bundle=bundle,
            public_key="",
            superseded_by=None,
            warnings=(),
            session=session,
            path=home / "bench.db",
            home=home,
        )
    )
    window.resize(1280, 800)
    window.show()
    _rest(300)
    window.search.begin()
    _rest(2500)  # what is read beforehand
    assert window.edition_view is not None
    return window, window.edition_view.search


def _trusting(bundle: Bundle) -> Trust:
    """Return a trust that knows the key of `bundle`."""
    publisher = Publisher(name="Bench", key=new_key().public)
    return replace(load_trust(None), publishers={bundle.seal.key_id: publisher})


def _watch(searching: SearchController) -> Callable[[Callable[[], None]], None]:
    """A function that does something and waits until the rows of the newest answer are painted."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject

    class Watch(QObject):
        answered = painted = False

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if self.answered and event.type() == QEvent.Type.Paint:
                self.painted = True
                loop.quit()
            return False

    def answered() -> None:
        watch.answered = searching._answer is not None

    def wait(do: Callable[[], None]) -> None:
        watch.answered = watch.painted = False
        do()
        if not watch.painted:  # the keystroke may have let it happen already
            loop.exec()

    loop, watch = QEventLoop(), Watch(searching)
    for shown in (searching.results.list.viewport(), searching.results.sentence):  # where none is found, the sentence
        shown.installEventFilter(watch)
    searching.model.modelReset.connect(answered)
    return wait
