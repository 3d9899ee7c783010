"""A mistake of ours, shown as such: what happened, that nothing was lost, and a trace to copy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from viewer import __version__
from viewer.errors import ViewerError

if TYPE_CHECKING:
    from types import TracebackType


def show_unexpected_error(kind: type[BaseException], mistake: BaseException, trace: TracebackType | None) -> None:
    """Show a dialog for what no code expected; a ViewerError that came this far shows its own sentence."""
    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    import traceback

    from PySide6.QtWidgets import QApplication, QMessageBox

    from viewer.ui.parts.modal import run_dialog, shown_dialog
    from viewer.ui.parts.plain_text import plain_box

    box = plain_box(QApplication.activeWindow(), "Briefing viewer", str(mistake))
    if isinstance(mistake, ViewerError):
        box.setInformativeText(mistake.advice)
        run_dialog(box)
        return
    report = f"Briefing viewer {__version__}\n" + "".join(traceback.format_exception(kind, mistake, trace))
    sys.__stderr__.write(report) if sys.__stderr__ else None
    box.setText("The viewer made a mistake. The edition is untouched, and what you had saved is kept.")
    box.setInformativeText("You can go on. If it happens again, pass the details on to whoever looks after the viewer.")
    box.setDetailedText(report)
    copy = box.addButton("Copy the details", QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    with shown_dialog(box):
        if box.clickedButton() is copy:
            QApplication.clipboard().setText(report)
