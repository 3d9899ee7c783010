"""`python -m tests.pictures`: takes the guide's pictures anew, from the real window on the sample (`make pictures`)."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QItemSelectionModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from viewer import paths
from viewer.design.palette import LIGHT
from viewer.editions.opening import ReaderSession
from viewer.ui.appearance import Appearance, load_fonts
from viewer.ui.editions.changes_view import ChangesView
from viewer.ui.figures.view import StatisticsView
from viewer.ui.files import Files
from viewer.ui.seal_dialog import SealDialog
from viewer.ui.settings import Settings
from viewer.ui.window import Window

HELP = paths.resources() / "help"
SETTLE = 900  # milliseconds until what comes after the paint has come


def settle() -> None:
    """Lets the window and its threads go on for a while; QTest's own wait would hold the threads up."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE, loop.quit)
    loop.exec()


def take(name: str, widget: QWidget) -> None:
    """Saves what `widget` shows as the guide's picture `name`."""
    settle()
    widget.grab().save(str(HELP / f"{name}.png"))


def start(window: Window) -> None:
    """The edition at a glance."""
    window.actions_by_name["start"].trigger()
    take("start", window)


def _go(window: Window, address: str) -> None:
    assert window.stack.view is not None
    window.stack.view.go(address)


def theme(window: Window) -> None:
    """A theme with its findings."""
    _go(window, "theme:indecent-images")
    take("theme", window)


def seal(window: Window) -> None:
    """The seal in full."""
    assert window.stack.opened is not None
    dialog = SealDialog(window.stack.opened, LIGHT, window)
    dialog.show()
    take("seal", dialog)
    dialog.close()


def figures(window: Window) -> None:
    """The view of figures with one chosen."""
    _figures_view(window).choose("indecent-images.report-routes")
    take("figures", window)


def comparison(window: Window) -> None:
    """Three figures side by side."""
    view = _figures_view(window)
    view.table.clearSelection()
    add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for name in ("self-generated-imagery.share-of-reports", "indecent-images.industry-reports",
                 "indecent-images.report-routes"):  # fmt: skip
        view.table.selectionModel().select(view.model.index(view.model.line_of(name) or 0, 0), add)
    view.compare.click()
    take("comparison", window)
    view.comparison.closed.emit()


def _figures_view(window: Window) -> StatisticsView:
    window.actions_by_name["view_figures"].trigger()
    settle()
    view = window.findChild(StatisticsView)
    assert isinstance(view, StatisticsView)
    return view


def search(window: Window) -> None:
    """Hits while the word is still being typed."""
    window.actions_by_name["search"].trigger()
    settle()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "peer to pe")
    take("search", window)
    QTest.keyClick(field, Qt.Key.Key_Escape)


def related(window: Window) -> None:
    """What stands beside a passage."""
    _go(window, "item:indecent-images.p3")
    settle()
    take("related", window)


def notes(window: Window) -> None:
    """A highlight and a note beside the page."""
    _go(window, "theme:indecent-images")
    settle()
    _go(window, "item:indecent-images.f2")
    window.actions_by_name["highlight"].trigger()
    settle()
    _go(window, "item:indecent-images.f3")
    window.actions_by_name["note"].trigger()
    settle()
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "Ask the unit which year the rise is measured against.")
    take("notes", window)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    window.actions_by_name["view_notes"].trigger()
    take("notes-view", window)
    window.actions_by_name["view_read"].trigger()


def sheets(window: Window) -> None:
    """A summary of one theme, ready to be saved."""
    _go(window, "theme:indecent-images")
    settle()
    window.actions_by_name["put_theme_on_sheet"].trigger()
    window.actions_by_name["view_sheets"].trigger()
    settle()
    settle()
    take("sheets", window)


def changes(_window: Window) -> None:
    """What changed between the invented editions, in a window of their own."""
    from viewer.publish.release import publish
    from viewer.signing.sealing import make_key_pair

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        secret, public = make_key_pair("exercise")
        (home / "e.key").write_text(secret)
        (home / "e.pub").write_text(public)
        for serial in "12":
            publish(paths.resources() / "drafts" / "exercise" / serial, home / "e.key", home / f"{serial}.db")
        settings = Settings(home / "own")
        files = Files(ReaderSession.start(home / "own", home / "e.pub"), settings)
        window = Window(Appearance("light"), settings, files)
        files.open(home / "2.db")
        window.resize(1280, 800)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.actions_by_name["view_changes"].trigger()
        assert window.edition_view is not None
        view, changes = window.edition_view.show_view("changes"), window.edition_view.changes
        assert isinstance(view, ChangesView)
        changes.compare(home / "1.db")
        while changes.changes is None:
            QTest.qWait(10)
        view.table.selectRow(4)
        take("changes", window)
        window.close()


PICTURES: dict[str, Callable[[Window], None]] = {
    "start": start,
    "theme": theme,
    "seal": seal,
    "search": search,
    "related": related,
    "notes": notes,
    "sheets": sheets,
    "figures": figures,
    "comparison": comparison,
    "changes": changes,
}


def main(wanted: list[str]) -> int:
    """Takes the pictures `wanted`, by default all; returns the exit code."""
    app = QApplication(["pictures"])
    app.setStyle("Fusion")
    load_fonts()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(Path(home))
        files = Files(ReaderSession.start(Path(home)), settings)
        window = Window(Appearance("light"), settings, files)
        files.open(paths.sample())
        window.resize(1280, 800)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        for name in wanted or PICTURES:
            PICTURES[name](window)
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
