"""The context of an opened edition says what its parts share, and asks the view in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from viewer.editions.opening import Opened, ReaderSession
from viewer.signing.trust import Trust
from viewer.ui.context import EditionContext
from viewer.ui.figures.view import StatisticsView
from viewer.ui.window import Window


@pytest.fixture
def opened(sample_file: Path, trust: Trust, tmp_path: Path) -> Opened:
    """The sample, opened."""
    return ReaderSession(home=tmp_path / "home", trust=trust).inspect(sample_file)


def test_is_frozen_and_holds_no_widget(opened: Opened, make_context: Callable[[Opened], EditionContext]) -> None:
    context = make_context(opened)
    assert (context.bundle, context.session.home) == (opened.bundle, context.home)
    with pytest.raises(FrozenInstanceError):
        context.home = Path()  # type: ignore[misc]


def test_goes_to_a_place_in_the_reading_view(
    opened: Opened, make_context: Callable[[Opened], EditionContext], qtbot: QtBot
) -> None:
    context = make_context(opened)
    with qtbot.waitSignal(context.navigator.page_opened):
        context.go("page:glossary")
    assert context.navigator.address == "page:glossary"
    assert context.views.is_reading()


def test_names_the_present_item_of_whichever_view_is_in_sight(window: Window) -> None:
    view = window.edition_view
    assert view is not None
    views, bundle = view.context.views, view.bundle
    finding = next(finding for theme in bundle.themes() for finding in bundle.findings(theme.id))
    assert views.present_item() == ""
    view.go(f"item:{finding.id}")
    assert views.present_item() == view.reading.item == finding.id
    figures = view.show_view("figures")
    assert isinstance(figures, StatisticsView)
    assert not views.is_reading()
    figures.choose(figures.model.table.statistics[1].id)
    assert views.present_item() == figures.present_item() != ""
    assert views.listed_items() is None
