"""The window opens what earlier versions wrote as its reader left it, and loses nothing of it by being closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.reader_homes import EDITIONS, EXERCISE, SAMPLE, copy_home, organisation
from viewer.editions.opening import ReaderSession
from viewer.ui.appearance import Appearance
from viewer.ui.files import Files
from viewer.ui.settings import Settings
from viewer.ui.window import Window


@pytest.mark.parametrize(
    ("name", "mode", "scale", "recent", "address"),
    [
        ("tacsea", "dark", 1.25, [SAMPLE], "theme:indecent-images"),
        ("exercise", "system", 1.0, [EXERCISE[1], EXERCISE[0]], "theme:false-notices"),
        ("training", "system", 1.0, [EXERCISE[1], EXERCISE[0]], "theme:false-notices"),
        ("fresh", "system", 1.0, [SAMPLE], "page:start"),
    ],
)
def test_the_settings_are_as_the_reader_left_them(
    name: str, mode: str, scale: float, recent: list[Path], address: str, tmp_path: Path
) -> None:
    home = copy_home(name, tmp_path)
    settings = Settings(home)
    assert (settings.mode, settings.scale, settings.recent) == (mode, scale, recent)
    assert not settings.geometry.isEmpty()
    place = settings.place("exercise" if EDITIONS / "exercise-2.db" in recent else "tacsea")
    assert place.address == address


def test_the_window_shows_the_place_and_the_notes_and_keeps_both(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    (tmp_path / "resources").mkdir()
    with organisation(tmp_path / "resources"):
        home = copy_home("exercise", tmp_path)

        def opened() -> tuple[str, int]:
            settings = Settings(home)
            files = Files(ReaderSession.start(home), settings)
            window = Window(appearance, settings, files)
            files.open(EXERCISE[1])
            window.show()
            qtbot.waitExposed(window)
            view = window.edition_view
            assert view is not None
            qtbot.waitUntil(lambda: view.notes.session.book is not None)
            book = view.notes.session.book
            assert book is not None
            found = view.navigator.address, len(book.notes)
            window.close()
            window.deleteLater()
            return found

        assert opened() == opened() == ("theme:false-notices", 20)
