"""`python -m tests.pictures`: takes the guide's pictures anew, from the real window on the sample (`make pictures`)."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from viewer import places
from viewer.opening import Opener
from viewer.ui.appearance import Appearance, load_type
from viewer.ui.files import Files
from viewer.ui.seal import SealDialog
from viewer.ui.settings import Settings
from viewer.ui.window import Window

HELP = places.resources() / "help"
SETTLE = 300  # milliseconds until what comes after the paint has come


def take(name: str, widget: QWidget) -> None:
    """Saves what `widget` shows as the guide's picture `name`."""
    QTest.qWait(SETTLE)
    widget.grab().save(str(HELP / f"{name}.png"))


def start(window: Window) -> None:
    """The edition at a glance."""
    window.actions_by_name["start"].trigger()
    take("start", window)


def theme(window: Window) -> None:
    """A theme with its findings."""
    window.show_address("theme:indecent-images")
    take("theme", window)


def seal(window: Window) -> None:
    """The seal in full."""
    assert window.opened is not None
    dialog = SealDialog(window.opened.bundle, window.opened.public_key, window)
    dialog.show()
    take("seal", dialog)
    dialog.close()


PICTURES: dict[str, Callable[[Window], None]] = {"start": start, "theme": theme, "seal": seal}


def main(wanted: list[str]) -> int:
    """Takes the pictures `wanted`, by default all; returns the exit code."""
    app = QApplication(["pictures"])
    app.setStyle("Fusion")
    load_type()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(Path(home))
        files = Files(Opener.of(Path(home)), settings)
        window = Window(Appearance("light"), settings, files)
        files.open(places.sample())
        window.resize(1280, 800)
        window.show()
        QTest.qWaitForWindowExposed(window)
        for name in wanted or PICTURES:
            PICTURES[name](window)
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
