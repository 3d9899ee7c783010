"""Dialogs that are shown, answered and gone: one whose parent is the window would stay in memory as long as it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog


def run_dialog(dialog: QDialog) -> int:
    """Show `dialog` until it is answered, delete it with all that it holds, and return the answer."""
    with shown_dialog(dialog) as answer:
        return answer


@contextmanager
def shown_dialog(dialog: QDialog) -> Iterator[int]:
    """Show `dialog` until it is answered and give the answer; while the block runs it can still be read."""
    try:
        yield dialog.exec()
    finally:
        with suppress(RuntimeError):  # its parent may have gone meanwhile, and the dialog with it
            dialog.hide()
            dialog.deleteLater()
