"""A reader who does everything, for as long as asked: all views, sizes, appearances and dialogs of three editions.

`python -m tests.soak.tour --seed 1 --seconds 60` ends with 0 if nothing grew, nothing warned and nothing stalled. The
seed fixes the order of the steps. `--steps` bounds the tour by its steps instead of the time.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

from PySide6.QtCore import QEvent, QObject, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.editions.opening import ReaderSession
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.publish.release import claims_for
from viewer.records import record
from viewer.signing.minisign import PublicKey
from viewer.signing.sealing import build_trust_list, new_key, seal
from viewer.signing.trust import read_trust_list
from viewer.ui.appearance import Appearance, load_fonts
from viewer.ui.files import Files
from viewer.ui.platform.refcounts import keep_constants_alive
from viewer.ui.settings import Settings
from viewer.ui.window import Window

DESCRIPTORS = Path("/proc/self/fd")
GROWTH = 20_480  # kB that memory may grow after the first round
MORE_OBJECTS = 60  # that there may be of Qt's after a round, of whatever kind
STALL = 2.0  # seconds that one step may hold the window
STALLS = 3  # such steps in all: the machine has others to serve
EDITIONS = ("tacsea-2012", "exercise/1", "exercise/2")
ROUND = 100  # steps between two counts, which are all made in the same state
QUIET = ("This plugin does not support",)  # the offscreen platform, of raising a window and the like
VIEWS = ("view_read", "view_figures", "view_notes", "view_changes", "view_sheets")
PLAIN = (
    "back", "forward", "start", "previous_theme", "next_theme", "next_item", "previous_item", "glossary", "sources",
    "issues", "related", "next_sentence", "previous_sentence", "highlight", "bookmark", "margin", "undo", "redo",
    "find", "copy", "copy_cited", "put_on_sheet", "smaller", "larger", "normal_size", "turn_appearance", "contents",
    "next_pane",
)  # fmt: skip
DIALOGS = ("seal", "shelf", "register")
WORDS = ("children", "offenders", "internet abuse", "14", "zzz", "image", "police force")


@record
class Count:
    """What there was at the end of a round."""

    memory: int  # kB
    objects: Counter[str]
    threads: int
    descriptors: int


class Tour:
    """One window and its reader, whose steps follow from the seed."""

    def __init__(self, seed: int, home: Path) -> None:
        self._random = random.Random(seed)
        self._files = _editions(home)
        self.steps = 0
        self.warnings: list[str] = []
        self.stalls: list[str] = []
        self._look = Appearance("light")
        settings = Settings(home / "home")
        trust = read_trust_list(self._files[1], self._files[2])
        self._opener = Files(ReaderSession(home=home / "home", trust=trust), settings)
        self.window = Window(self._look, settings, self._opener)
        self._opener.open(self._files[0][0])
        self.window.resize(1280, 800)
        self.window.show()
        self._run()

    @property
    def bundle(self) -> Bundle:
        """The edition that is open."""
        assert self.window.stack.opened is not None
        return self.window.stack.opened.bundle

    def step(self) -> None:
        """Do one thing, and note whether it held the window."""
        kinds: Sequence[Callable[[], str]] = (
            self._page, self._plain, self._view, self._dialog, self._search, self._note, self._size, self._open,
        )  # fmt: skip
        weights = (40, 30, 8, 6, 5, 4, 4, 1)
        began = time.monotonic()
        name = self._random.choices(kinds, weights)[0]()
        self._run()
        self.steps += 1
        if time.monotonic() - began > STALL:
            self.stalls.append(name)

    def see_all(self) -> None:
        """See every view, page, size and dialog once: what is loaded or drawn for the first time stays, by right."""
        for path in self._files[0]:
            self._opener.open(path)
            for name in ("put_theme_on_sheet", *VIEWS[::-1], *DIALOGS):
                _ = self._show_dialog(name) if name in DIALOGS else self._trigger(name)
                QTest.qWait(120)
            for turn in ("smaller", "smaller", "larger", "larger", "larger", "larger", "turn_appearance"):
                self._trigger(turn)
                for at in range(len(self.bundle.themes())):
                    self._page_at(at)
                    self._run()
        self._note()
        self._search()
        self.count()

    def count(self) -> Count:
        """Come back to one state, let go of all that is done with, and count what is left."""
        self._look.set_mode("light")
        self.window.actions_by_name["normal_size"].trigger()
        self.window.resize(1280, 800)
        self._opener.open(self._files[0][0])
        for name in VIEWS[::-1]:
            self._trigger(name)
        self._page_at(0)
        for _ in range(3):
            QTest.qWait(120)
            self._run()
        gc.collect()
        self._run()
        return Count(
            memory=_memory(),
            objects=counted((*self.window.findChildren(QObject), *QApplication.topLevelWidgets())),
            threads=threading.active_count(),
            descriptors=len(list(DESCRIPTORS.iterdir())) if DESCRIPTORS.is_dir() else 0,
        )

    def close(self) -> None:
        """Close the window as the program does."""
        self.window.close()
        self._run()

    # The steps

    def _page(self) -> str:
        return self._page_at(self._random.randrange(len(self.bundle.themes())))

    def _page_at(self, at: int) -> str:
        view = self.window.edition_view
        assert view is not None
        theme = self.bundle.themes()[at].id
        view.go(f"theme:{theme}")
        return f"page {theme}"

    def _plain(self) -> str:
        return self._trigger(self._random.choice(PLAIN))

    def _view(self) -> str:
        return self._trigger(self._random.choice(VIEWS))

    def _dialog(self) -> str:
        return self._show_dialog(self._random.choice(DIALOGS))

    def _show_dialog(self, name: str) -> str:
        closing = QTimer()
        closing.timeout.connect(_close_dialog)
        closing.start(20)
        self._trigger(name)
        closing.stop()
        return name

    def _search(self) -> str:
        self._trigger("search")
        field = QApplication.focusWidget() or self.window
        QTest.keyClicks(field, self._random.choice(WORDS))
        QTest.qWait(60)
        return "search"

    def _note(self) -> str:
        self._trigger("view_read")
        self._page()
        self._trigger("next_item")
        self._trigger("note")
        field = QApplication.focusWidget()
        if field is not None:
            QTest.keyClicks(field, self._random.choice(WORDS))
        return "note"

    def _size(self) -> str:
        self.window.resize(self._random.randrange(500, 1500), self._random.randrange(400, 1000))
        return "size"

    def _open(self) -> str:
        path = self._random.choice(self._files[0])
        self._opener.open(path)
        return path.name

    def _trigger(self, name: str) -> str:
        action = self.window.actions_by_name[name]
        if action.isEnabled():
            action.trigger()
        return name

    def _run(self) -> None:
        for _ in range(2):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _close_dialog() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()


def _memory() -> int:
    status = Path("/proc/self/status")
    lines = status.read_text("ascii", "replace").splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _editions(home: Path) -> tuple[list[Path], bytes, PublicKey]:
    """Build the sample and the two invented editions with a key made for this tour; return files, list and root."""
    key, root = new_key(), new_key()
    files = []
    for name in EDITIONS:
        draft = read_drafts(paths.resources() / "drafts" / name)
        files.append(home / f"{name.replace('/', '-')}.db")
        files[-1].write_bytes(seal(build_body(draft), claims_for(draft.edition), key))
    return files, build_trust_list({"Tour": key.public}, root, serial=1, issued="2026-11"), root.public


def counted(objects: Iterable[QObject]) -> Counter[str]:
    """Count Qt's objects by kind."""
    return Counter(type(held).__name__ for held in objects)


def faults_of(tour: Tour, first: Count, last: Count) -> list[str]:
    """Return in sentences what grew, warned or stalled."""
    out = [*(f"Qt warned: {line}" for line in tour.warnings), *faults_between(first, last)]
    if len(tour.stalls) > STALLS:
        out.append(f"the window stood still {len(tour.stalls)} times: {tour.stalls[:9]}")
    return out


def faults_between(first: Count, last: Count) -> list[str]:
    """Return in sentences what grew between two counts."""
    out = []
    if last.memory - first.memory > GROWTH:
        out.append(f"memory grew from {first.memory:,} to {last.memory:,} kB")
    more = last.objects - first.objects
    if more.total() > MORE_OBJECTS:
        out.append(f"{more.total():,} more objects: {more.most_common(6)}")
    if last.threads > first.threads + 2:
        out.append(f"{last.threads} threads instead of {first.threads}")
    if last.descriptors > first.descriptors + 4:
        out.append(f"{last.descriptors} descriptors instead of {first.descriptors}")
    return out


def run_tour(home: Path, seed: int, *, seconds: float = 0, steps: int = 0) -> list[str]:
    """Tour until both bounds are reached, at least two rounds; return what is wrong, in sentences."""
    gc.disable()  # as in the program: garbage is collected in the window's thread alone
    tour = Tour(seed, home)
    qInstallMessageHandler(lambda kind, _where, text: _keep(tour.warnings, kind, text))
    try:
        end = time.monotonic() + seconds
        tour.see_all()
        tour.stalls.clear()
        counts: list[Count] = []
        while len(counts) < 2 or time.monotonic() < end or tour.steps < steps:
            for _ in range(ROUND):
                tour.step()
            gc.collect()
            counts.append(tour.count())
            print(f"{tour.steps} steps, {counts[-1].memory:,} kB, {counts[-1].objects.total():,} objects", flush=True)
        return faults_of(tour, counts[0], counts[-1])
    finally:
        tour.close()
        qInstallMessageHandler(None)


def _keep(kept: list[str], kind: QtMsgType, text: str) -> None:
    if kind is not QtMsgType.QtDebugMsg and not text.startswith(QUIET):
        kept.append(text)


def main() -> int:
    """Run the tour as asked on the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--steps", type=int, default=0)
    asked = parser.parse_args()
    keep_constants_alive()
    app = QApplication.instance() or QApplication(["tour", "-style", "fusion"])
    assert isinstance(app, QApplication)
    load_fonts()
    mistakes: list[str] = []
    sys.excepthook = lambda kind, err, _trace: mistakes.append(f"{kind.__name__}: {err}")
    with tempfile.TemporaryDirectory() as home:
        faults = mistakes + run_tour(Path(home), asked.seed, seconds=asked.seconds, steps=asked.steps)
    for fault in [*dict.fromkeys(mistakes), *faults]:
        print(f"fault: {fault}", file=sys.stderr)
    return 1 if faults or mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
