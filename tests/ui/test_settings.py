"""Whatever stands in the place of the remembered state: the window starts, and what is wrong is set aside."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from viewer.editions.last_opened import last_opened_path
from viewer.search.search_history import SearchHistory
from viewer.ui.settings import Settings

STRANGE: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a link to itself": lambda path: path.symlink_to(path),
    "too large": lambda path: path.write_bytes(b"x" * 2_000_000),
    "endless": lambda path: path.symlink_to("/dev/zero"),
}
if hasattr(os, "mkfifo"):
    STRANGE["a pipe"] = os.mkfifo


@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("name", ["window.ini", "searches.json", "opened-last.txt"])
def test_what_is_no_file_of_ours_holds_nothing_up(what: str, name: str, tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    STRANGE[what](tmp_path / name)
    settings = Settings(tmp_path)
    assert (settings.mode, settings.scale, settings.recent, settings.contents_width) == ("system", 1.0, [], None)
    assert last_opened_path(tmp_path) is None
    assert SearchHistory(tmp_path).searches.past == ()
    if name != "opened-last.txt":
        assert [path.name for path in tmp_path.iterdir()] == [f"{name}.set-aside-1"]
    settings.save_appearance("dark", 1.25)
    settings.save()
    assert Settings(tmp_path).mode == "dark"


@pytest.mark.parametrize("number", ["inf", "-inf", "nan", "1e999", "1e300", "-1e300", "x", "", "99999999999999999999"])
def test_numbers_that_are_none_give_the_calm_default(number: str, tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    (tmp_path / "window.ini").write_text(
        f"[appearance]\nmode=dark\nscale={number}\n[contents]\nwidth={number}\n"
        f"[place]\ntacsea\\address=page:start\ntacsea\\scroll={number}\n"
        f"[window]\ngeometry={number}\n[editions]\nrecent={number}, , {'x' * 5000}\n"
    )
    settings = Settings(tmp_path)
    assert (settings.mode, settings.scale, settings.contents_width) == ("dark", 1.0, None)
    assert settings.place("tacsea").scroll == 0
    assert len(settings.recent) <= 1


def test_where_it_cannot_be_set_aside_nothing_is_remembered(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    (tmp_path / "window.ini").mkdir()
    monkeypatch.setattr("viewer.ui.settings.set_aside", lambda _: False)
    settings = Settings(tmp_path)
    settings.save_appearance("dark", 1.25)
    settings.save()
    assert (tmp_path / "window.ini").is_dir()
