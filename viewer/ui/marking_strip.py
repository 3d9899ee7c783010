"""The protective marking across the top and the bottom of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from viewer.model import Marking
from viewer.text.safe import visible
from viewer.ui.parts.widgets import set_enum


class MarkingStrip(QLabel):
    """One strip with the marking's label in the scheme's own colours; nothing while no edition is open."""

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_enum(self, "alignment", "AlignCenter")
        self.setAccessibleName(f"Protective marking, {place}")
        self.hide()

    def show_marking(self, marking: Marking | None, scale: float) -> None:
        """Show `marking`, or nothing for None."""
        self.setVisible(marking is not None)
        if marking is None:
            return
        self.setFixedHeight(round(22 * scale))
        self.setText(visible(marking.label))
        self.setStyleSheet(
            f"background: {marking.colour}; color: {marking.ink}; font-size: {round(12 * scale)}px; font-weight: 600;"
            f"letter-spacing: {2.5 * scale}px;"
        )
