"""The seal in the bar at the foot: who signed what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from viewer.design.palette import LIGHT, Palette
from viewer.editions.opening import Opened
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.parts.icons import seal_pixmap
from viewer.ui.parts.widgets import click_focused_button, plain_label, set_enum

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QResizeEvent


class StatusBar(QFrame):
    """The bar at the foot: the seal at the left, which opens its details, and the edition at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state")
        self.seal = QToolButton()
        self.seal.setObjectName("seal")
        set_enum(self.seal, "toolButtonStyle", "ToolButtonTextBesideIcon")
        self.seal.setAccessibleName("Seal and signature")
        self._palette, self._ratio, self._is_vouched_for = LIGHT, 1.0, True
        self._edition = plain_label()
        self._review, self._overdue = plain_label(), plain_label()
        self._overdue.setObjectName("overdue")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 16, 3)
        row.setSpacing(18)
        row.addWidget(self.seal)
        row.addStretch(1)
        row.addWidget(self._edition)
        row.addWidget(self._review)
        row.addWidget(self._overdue)

    def show_edition(self, opened: Opened | None, today: date) -> None:
        """Say who signed what is open and which edition it is; nothing for None."""
        self.setVisible(opened is not None)
        if opened is None:
            return
        seal, edition = opened.bundle.seal, opened.bundle.edition
        self._is_vouched_for = opened.is_vouched_for
        self._draw()
        self.seal.setText(f" {opened.signer} · key {seal.spaced_key_id}")
        self.seal.setToolTip("Who signed this edition, and how anybody can check it (Ctrl+Shift+V)")
        self._edition.setText(
            f"{visible(edition.name)} · serial {edition.serial} · issued {wording.day(edition.issued)}"
        )
        past = wording.is_past_review(edition, today)
        self._review.setText(f"Review by {wording.day(edition.review)}")
        self._review.setVisible(not past)
        self._overdue.setText(f"Review date past since {wording.day(edition.review)}")
        self._overdue.setVisible(past)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the edition's name where the bar is too narrow for all of it: the review date stays."""
        super().resizeEvent(event)
        row = self.layout()
        assert row is not None
        self._edition.show()
        row.invalidate()
        self._edition.setVisible(row.sizeHint().width() <= self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the details as Space does."""
        click_focused_button(self, event) or super().keyPressEvent(event)

    def tint(self, palette: Palette, ratio: float) -> None:
        """Draw the sign anew."""
        self._palette, self._ratio = palette, ratio
        self._draw()

    def _draw(self) -> None:
        self.seal.setIcon(seal_pixmap(self._palette, self._ratio, vouched=self._is_vouched_for))
        warned = f"color: {self._palette.warning}; font-weight: 600;"
        self.seal.setStyleSheet("" if self._is_vouched_for else warned)
