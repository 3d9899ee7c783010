"""A strip above the page: one sentence and what can be done about it, until the reader closes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class MessageBar(QWidget):
    """One sentence with its buttons; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.text.setAccessibleName("Notes")
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.addWidget(self.text, 1)
        self.hide()

    def show_message(self, text: str, *choices: tuple[str, Callable[[], object]]) -> None:
        """Show `text` with a button for each choice, and Close; a choice closes the bar before it is carried out."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        self.text.setText(text)
        for label, do in (*choices, ("Close", lambda: None)):
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, do=do: self._choose(do))
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show()

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons shown, Close last."""
        return self._buttons

    def _choose(self, do: Callable[[], object]) -> None:
        self.hide()
        do()
