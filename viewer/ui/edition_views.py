"""Makes the views of an edition besides the page itself, each loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.ui.context import EditionContext

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.ui.editions.changes_controller import ChangesController
    from viewer.ui.sheets.draft_keeper import SheetDraftKeeper
    from viewer.ui.sheets.tray import Tray


def make_figures(context: EditionContext) -> QWidget:
    """Make the view of figures."""
    from viewer.ui.figures.view import StatisticsView

    view = StatisticsView(context.bundle, context.appearance)
    view.address_requested.connect(context.go)
    return view


def make_sheets(
    context: EditionContext, tray: Tray, drafts: SheetDraftKeeper, show_register: Callable[[], object]
) -> QWidget:
    """Make the view of the sheet under work."""
    from viewer.ui.sheets.view import SheetsView

    view = SheetsView(context.opened, context.home, tray, drafts, context.appearance)
    view.address_requested.connect(context.go)
    view.register_requested.connect(show_register)
    context.signals.closing.connect(view.runner.shut_down)
    return view


def make_changes(
    context: EditionContext,
    changes: ChangesController,
    touched: Callable[[], Mapping[str, str]],
    put_on_sheet: Callable[[Path, str], object],
) -> QWidget:
    """Make the view of changes since an earlier edition."""
    from viewer.ui.editions.changes_view import ChangesView

    view = ChangesView(changes, context.appearance, touched)
    view.address_requested.connect(context.go)
    view.older_requested.connect(context.signals.edition_requested)
    view.sheet_requested.connect(put_on_sheet)
    return view
