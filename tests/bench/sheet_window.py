"""A process for bench_sheets: the window, then a two-page sheet; prints times in ms and memory in MiB."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from PySide6.QtWidgets import QApplication

from viewer import paths
from viewer.editions.opening import ReaderSession
from viewer.sheets.recipe import Form, with_form
from viewer.ui.appearance import Appearance, load_fonts
from viewer.ui.files import Files
from viewer.ui.settings import Settings
from viewer.ui.sheets.view import SheetsView
from viewer.ui.window import Window

ROUNDS = 7
READING = 3.5  # seconds that a reader takes at least before asking for a sheet


def held() -> float:
    """The most memory that this process held so far, in MiB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii", errors="replace").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def idle(app: QApplication, seconds: float) -> None:
    """Lets the window be for a while."""
    end = perf_counter() + seconds
    while perf_counter() < end:
        app.processEvents()
        sleep(0.005)


def main() -> None:
    """Opens the window, asks for sheets, prints what it took."""
    app = QApplication(["bench", "-platform", "offscreen"])
    load_fonts()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(Path(home))
        files = Files(ReaderSession.start(Path(home)), settings)
        window = Window(Appearance("light"), settings, files)
        files.open(paths.sample())
        window.show()
        app.processEvents()
        before = held()
        edition = window.edition_view
        assert edition is not None
        edition.go("theme:offending-overseas")
        idle(app, READING)
        start = perf_counter()
        edition.tray.load(with_form(edition.tray.recipe, Form.HANDOUT))
        window.actions_by_name["put_theme_on_sheet"].trigger()
        view = edition.show_view("sheets")
        assert isinstance(view, SheetsView)
        shown: list[object] = []
        view.runner.newest_done.connect(shown.append)

        def wait(count: int) -> None:
            while len(shown) < count or not view.preview.page_count:
                app.processEvents()

        wait(1)
        first = (perf_counter() - start) * 1000
        idle(app, 0.5)
        later = []
        for turn in range(ROUNDS):
            count = len(shown)
            start = perf_counter()
            view.tray.set(recipient=f"Unit {turn}")
            wait(count + 1)
            later.append((perf_counter() - start) * 1000)
        pages = view.preview.page_count
        window.close()
        json.dump({"first": first, "later": median(later), "memory": held() - before, "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main()
