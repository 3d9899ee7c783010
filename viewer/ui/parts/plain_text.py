"""Texts of others in tool tips and boxes: letter for letter, since Qt takes what looks like markup for markup.

For labels there is `widgets.plain_label`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.text.safe import NO_HTML, Html, VisibleText, format_html
from viewer.ui.parts.widgets import set_enum

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox, QWidget


def plain_tip(text: VisibleText) -> Html:
    """Return `text` for a tool tip: wrapped where it is long, and without markup; empty where there is none."""
    return format_html("<p>{}</p>", text) if text else NO_HTML


def plain_box(parent: QWidget | None, title: str, text: str, icon: QMessageBox.Icon | None = None) -> QMessageBox:
    """Return a message box that shows its text, and what is added to it as informative text, without markup."""
    from PySide6.QtWidgets import QMessageBox  # here: tips are made before any box is

    box = QMessageBox(parent)
    box.setWindowTitle(title)
    set_enum(box, "textFormat", "PlainText")
    box.setText(text)
    if icon is not None:
        box.setIcon(icon)
    return box
