"""Two panes share the room, and one gives way where there is none for both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from viewer.ui.parts.folding_splitter import FoldingSplitter, Shown

Make = Callable[..., tuple[FoldingSplitter, QWidget, QWidget]]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    """Makes a splitter of 1,000 pixels, its main and its side pane; both need 600, the side pane takes 200."""

    def made(*, share: float = 0.0, side_first: bool = False) -> tuple[FoldingSplitter, QWidget, QWidget]:
        main, side = QWidget(), QWidget()
        splitter = FoldingSplitter(
            main, side, side_width=lambda: 200, room=lambda: 600, side_share=share, side_first=side_first
        )
        qtbot.addWidget(splitter)
        splitter.resize(1000, 300)
        splitter.show()
        return splitter, main, side

    return made


@pytest.mark.parametrize(("share", "width"), [(0.0, 200), (0.1, 200), (0.4, 400)])
@pytest.mark.parametrize("side_first", [True, False])
def test_the_side_pane_has_its_width_or_its_share(make: Make, share: float, width: int, side_first: bool) -> None:
    splitter, main, side = make(share=share, side_first=side_first)
    assert (side.width(), main.width()) == (width, 1000 - width - splitter.handleWidth())
    assert (side.x() < main.x()) is side_first


@pytest.mark.parametrize(("shown", "seen"), [("main", (True, False)), ("side", (False, True)), ("both", (True, True))])
def test_what_is_chosen_remains_in_a_narrow_window(make: Make, shown: Shown, seen: tuple[bool, bool]) -> None:
    splitter, main, side = make()
    changes: list[bool] = []
    splitter.folded.connect(changes.append)
    splitter.show_when_narrow(shown)
    assert (main.isVisible(), side.isVisible()) == (True, True)
    splitter.resize(500, 300)
    assert (main.isVisible(), side.isVisible()) == seen
    if shown != "both":
        assert (main if shown == "main" else side).width() >= 500 - splitter.handleWidth()
    splitter.resize(1000, 300)
    assert (side.width(), changes) == (200, [True, False])


def test_a_side_pane_that_is_not_wanted_leaves_all_the_room(make: Make) -> None:
    splitter, main, side = make()
    splitter.show_side(False)
    assert main.width() >= 1000 - splitter.handleWidth()
    assert not side.isVisible()
    splitter.resize(500, 300)
    splitter.show_when_narrow("side")
    assert main.width() >= 500 - splitter.handleWidth()
    assert not side.isVisible()
    splitter.resize(1000, 300)
    splitter.show_side(True)
    assert side.width() == 200


def test_the_width_that_the_reader_chose_comes_back(make: Make) -> None:
    splitter, _, side = make()
    splitter.moveSplitter(640, 1)
    chosen = side.width()
    assert chosen == splitter.dragged == 1000 - 640 - splitter.handleWidth()
    splitter.resize(500, 300)
    splitter.resize(1000, 300)
    splitter.fit()
    assert side.width() == chosen
