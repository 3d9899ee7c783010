"""What the tests of the window are handed: a view of an edition and a window on the sample, shown without a screen."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.editions.opening import Opened, ReaderSession
from viewer.signing.trust import Trust
from viewer.ui.appearance import Appearance, load_fonts
from viewer.ui.context import EditionContext, EditionSignals
from viewer.ui.files import Files
from viewer.ui.platform.garbage import collect_if_due
from viewer.ui.reading.navigator import Navigator
from viewer.ui.settings import Settings
from viewer.ui.window import Window


@pytest.fixture(scope="session", autouse=True)
def typefaces(qapp: QApplication) -> None:
    """The program's own type and style."""
    qapp.setStyle("Fusion")
    load_fonts()


@pytest.fixture(scope="session", autouse=True)
def collecting_here() -> None:
    """From here on garbage is collected in this thread alone, as in the program; see viewer.ui.tidy."""
    gc.disable()


@pytest.fixture(autouse=True)
def tidied() -> Iterator[None]:
    """Lets go of the windows of each test after it, and collects what is due."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect_if_due()


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """A light appearance at 100 %."""
    look = Appearance("light")
    yield look
    qapp.setStyleSheet("")


@pytest.fixture
def open_window(qtbot: QtBot, appearance: Appearance, trust: Trust, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Opens the window on a file: `open_window(path)`; the reader's own files are in `tmp_path/home`."""
    made = []

    def make(path: Path) -> Window:
        settings = Settings(tmp_path / "home")
        files = Files(ReaderSession(home=tmp_path / "home", trust=trust), settings)
        window = Window(appearance, settings, files)
        window.setProperty("files", None)
        files.open(path)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        made.append((window, files))
        return window

    yield make
    for window, _ in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[..., Window], sample_file: Path) -> Window:
    """The window on the sample edition, at 1280 by 800."""
    return open_window(sample_file)


class RecordedViews:
    """Views that only note what is asked of them; stands for the window's in a test of one part."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.item = ""
        self.listed: list[str] | None = None

    def show_view(self, name: str) -> None:
        """Note the view that was asked for."""
        self.shown.append(name)

    def is_reading(self) -> bool:
        """Tell whether the page was asked for last, or nothing yet."""
        return self.shown[-1:] in ([], ["read"])

    def present_item(self) -> str:
        """Return what the test put there."""
        return self.item

    def listed_items(self) -> list[str] | None:
        """Return what the test put there."""
        return self.listed


@pytest.fixture
def make_context(appearance: Appearance, tmp_path: Path) -> Callable[[Opened], EditionContext]:
    """Makes the context of an opened edition, as its view does; `context.views` is a RecordedViews."""

    def make(opened: Opened) -> EditionContext:
        return EditionContext(
            opened=opened,
            navigator=Navigator(opened.bundle),
            appearance=appearance,
            home=tmp_path / "home",
            signals=EditionSignals(),
            views=RecordedViews(),
        )

    return make
