"""The window on the seal stands in order."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from viewer.ui.appearance import Appearance
from viewer.ui.seal_dialog import SealDialog
from viewer.ui.window import Window


def test_the_buttons_end_where_the_box_above_them_ends(window: Window, appearance: Appearance, qtbot: QtBot) -> None:
    assert window.stack.opened is not None
    dialog = SealDialog(window.stack.opened, appearance.palette, window)
    dialog.show()
    qtbot.waitExposed(dialog)

    def end_of(widget: QWidget) -> int:
        return widget.mapTo(dialog, QPoint(widget.width(), 0)).x()

    assert max(end_of(button) for button in dialog.buttons.buttons()) == end_of(dialog.check)
    dialog.reject()
