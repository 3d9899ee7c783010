"""The page that stands where a refused file would have: the reason, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from viewer import errors
from viewer.editions.opening import Superseded
from viewer.text.safe import visible

TITLES: tuple[tuple[type[errors.ViewerError], str], ...] = (
    (Superseded, "Superseded"),
    (errors.NotSigned, "Not a signed edition"),
    (errors.Incomplete, "Incomplete"),
    (errors.Altered, "Changed after signing"),
    (errors.UnknownKey, "Signer not known"),
    (errors.RevokedKey, "Key withdrawn"),
    (errors.NotEntitled, "Not this key's to sign"),
    (errors.SameSerial, "Two editions of one serial"),
    (errors.TrustLost, "Trust list missing"),
    (errors.WrongKind, "Not an edition"),
    (errors.NewerFormat, "A newer viewer is needed"),
    (errors.TooLarge, "Too large"),
    (errors.Refused, "Faulty edition"),
    (errors.TooLittleMemory, "Too little memory"),
    (errors.ViewerError, "Could not be read"),
)


def title_of(error: errors.ViewerError) -> str:
    """Return the reason in a few words."""
    return next(head for kind, head in TITLES if isinstance(error, kind))


class RefusalPage(QScrollArea):
    """One calm page, which scrolls where the window is too small for it.

    Signals: `other_requested` for another file, `back_requested` to what was open before, `older_requested` to
    open a superseded edition all the same.
    """

    older_requested = Signal()
    other_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reason = _label("reason")
        self._sentence = _label("sentence")
        self._advice = _label("advice")
        self._file = _label("file")
        self.other = QPushButton("Open another file …", default=True)
        self.back = QPushButton("Back to the edition that is open", autoDefault=True)  # so Enter presses it, too
        self.back.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        self.older = QPushButton("Open the older edition all the same", autoDefault=True)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (self.other, self.back, self.older):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._buttons.addStretch()
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        for label in (self._reason, self._sentence, self._advice, self._file):
            self._column.addWidget(label)
        self._column.addSpacing(12)
        self._column.addLayout(self._buttons)
        self.setWidget(self._centred())
        self.other.clicked.connect(self.other_requested)
        self.back.clicked.connect(self.back_requested)
        self.older.clicked.connect(self.older_requested)

    def _centred(self) -> QWidget:
        page = QWidget()
        page.setObjectName("refusal")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(self._column, 4)
        across.addStretch(1)
        down = QVBoxLayout(page)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under one another where they have no room side by side."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        shown = [button for button in (self.other, self.back, self.older) if not button.isHidden()]
        needed = sum(button.sizeHint().width() + self._buttons.spacing() for button in shown)
        side_by_side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(side_by_side if needed <= self.viewport().width() * 2 // 3 else below)

    def explain(self, error: errors.ViewerError, file_name: str, *, can_go_back: bool) -> None:
        """Show why `file_name` was not opened."""
        self._reason.setText(title_of(error))
        self._sentence.setText(visible(str(error)))
        self._advice.setText(visible(error.advice))
        self._file.setText(f"{visible(file_name)} was not opened and nothing of it is shown." if file_name else "")
        self.back.setVisible(can_go_back)
        self.older.setVisible(isinstance(error, Superseded))
        self._arrange()
        self.other.setFocus()


def _label(name: str) -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
