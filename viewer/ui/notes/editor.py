"""Writing one note: its words, colour, tags, bookmark and marking, saved as they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
    QShortcut,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.design.palette import Palette
from viewer.model import Marking
from viewer.records import record
from viewer.ui.parts.named import checkable_button, named

PAUSE = 350  # milliseconds without a key before what was typed is saved
AGAIN = 3000  # before what could not be saved is tried again
DOT = 16  # pixels of a colour's dot
SPACING = 6  # between what stands in the editor
LEAST_LINES = 2  # of the words, however little room there is


@record
class NoteDraft:
    """What stands in the editor."""

    text: str = ""
    colour: int = 0
    tags: str = ""
    bookmark: bool = False
    marking: str = ""


class NoteEditor(QFrame):
    """The editor beside the page.

    Signals: `save_requested` when something is to be saved; `close_requested` on Escape or Close; `removal_requested`;
    `elsewhere_requested` to write the words to another place; `room_requested` when it needs more of it, or less.
    """

    save_requested = Signal()
    close_requested = Signal()
    removal_requested = Signal()
    elsewhere_requested = Signal()
    room_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.setAutoFillBackground(True)
        self._loading = False
        self._kept = NoteDraft()
        self.place = named(QLabel(), "quiet")
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText("Write in Markdown …")
        self.words.setFont(QApplication.font())
        self.words.setAccessibleName("Note")
        self.words.setTabChangesFocus(True)
        self.tags = QLineEdit(placeholderText="#tags")
        self.tags.setAccessibleName("Tags")
        self.dots = QWidget()
        self.colours = [_dot_button(number) for number in range(6)]
        self.bookmark = QCheckBox("Bookmark")
        self.marking = QComboBox()
        self.marking.setAccessibleName("Marking")
        self.marking.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.state = named(QLabel(wordWrap=True), "quiet")
        self.state.setAccessibleName("State of the note")
        self.other_window = named(QLabel(wordWrap=True), "quiet")
        self.other_window.setAccessibleName("What another window did")
        self.elsewhere = QPushButton("Save elsewhere …")
        self.remove = QPushButton("Remove")
        self.done = QPushButton("Done")
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.save_requested)
        self._again = QTimer(self, interval=AGAIN)
        self._again.timeout.connect(self.save_requested)
        self._wire()
        self.hide()

    def _lay_out(self) -> None:
        dots, foot = QHBoxLayout(self.dots), QHBoxLayout()
        dots.setContentsMargins(0, 0, 0, 0)
        dots.setSpacing(0)
        for button in self.colours:
            dots.addWidget(button)
        dots.addStretch(1)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(SPACING)
        column.addWidget(self.place)
        column.addWidget(self.words, 1)
        for widget in (self.dots, self.tags, self.bookmark, self.marking):
            column.addWidget(widget)
        for widget in (self.state, self.elsewhere, self.other_window):
            column.addWidget(widget)
        column.addLayout(foot)
        self.elsewhere.hide()

    def _wire(self) -> None:
        self.words.textChanged.connect(self._typed)
        self.tags.textChanged.connect(self._typed)
        self.bookmark.toggled.connect(self._typed)
        self.marking.currentIndexChanged.connect(self._typed)
        for button in self.colours:
            button.toggled.connect(self._typed)
        self.done.clicked.connect(self.close_requested)
        self.remove.clicked.connect(self.removal_requested)
        self.elsewhere.clicked.connect(self.elsewhere_requested)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key in ("Escape", "Ctrl+Return"):
            QShortcut(QKeySequence(key), self, self.close_requested.emit, context=within)
        for number in range(6):
            QShortcut(QKeySequence(f"Alt+{number}"), self, self.colours[number].click, context=within)
        self.words.installEventFilter(self)

    def edit(self, place: str, said: NoteDraft, markings: Sequence[Marking], lowest: int) -> None:
        """Opens on what a note says; its marking can be any of `markings` from level `lowest` up."""
        self._loading = True
        self.place.setText(place)
        self.marking.clear()
        for marking in markings:
            if marking.level >= lowest:
                self.marking.addItem(marking.label, marking.code)
        self.marking.setVisible(self.marking.count() > 1)
        self.words.clear()  # so that the caret comes to stand after the words
        self.fill(said)
        self.say("")
        self.say_of_other_window("")
        self.show()
        self.raise_()
        self.words.setFocus()

    def fill(self, said: NoteDraft) -> None:
        """Shows what is kept now; the caret stays where it was, after the words if it was there."""
        self._loading = True
        caret = self.words.textCursor()
        at, was_last = caret.position(), caret.atEnd()
        if self.words.toPlainText() != said.text:
            self.words.setPlainText(said.text)
            caret.movePosition(QTextCursor.MoveOperation.End)
            caret.setPosition(caret.position() if was_last else min(at, caret.position()))
            self.words.setTextCursor(caret)
        self.tags.setText(said.tags)
        self.colours[said.colour].setChecked(True)
        self.bookmark.setChecked(said.bookmark)
        self.marking.setCurrentIndex(max(0, self.marking.findData(said.marking)))
        self._loading = False
        self._kept = self.said()

    def said(self) -> NoteDraft:
        """What stands in the editor now."""
        return NoteDraft(
            text=self.words.toPlainText(),
            colour=next((at for at, button in enumerate(self.colours) if button.isChecked()), 0),
            tags=self.tags.text(),
            bookmark=self.bookmark.isChecked(),
            marking=str(self.marking.currentData() or ""),
        )

    @property
    def is_unsaved(self) -> bool:
        """Whether something stands here that was not saved."""
        return not self.isHidden() and self.said() != self._kept

    def was_saved(self, said: NoteDraft, when: str) -> None:
        """What was `said` is kept now: only after this does the editor say so."""
        self._kept = said
        self._again.stop()
        self.elsewhere.hide()
        self.say(f"Saved {when}" if not self.is_unsaved else "Saving …")

    def was_not_saved(self, why: str) -> None:
        """Says why nothing was saved; the words stay, and it is tried again."""
        self.say(f"{why} What you typed is still here; the viewer goes on trying.", trouble=True)
        self.elsewhere.show()
        self._again.start()

    def least_height(self, width: int) -> int:
        """How high it must be to show all that stands in it at that width, in pixels."""
        layout = self.layout()
        assert layout is not None
        folds = layout.hasHeightForWidth()  # not while no sentence stands in it
        return layout.totalMinimumHeightForWidth(width) if folds else layout.totalMinimumSize().height()

    def fit(self, width: int, height: int) -> None:
        """Leaves out what is needed least where there is no room for it beside the words and what must be said."""
        rows = [self.bookmark, *([self.marking] if self.marking.count() > 1 else []), self.tags, self.dots, self.place]
        over = self.least_height(width) + sum(_room(row) for row in rows if row.isHidden()) - height
        for row in rows:
            gives_way = over > 0 and not _has_focus(row)
            row.setVisible(not gives_way)
            over -= _room(row) if gives_way else 0

    def stop(self) -> None:
        """Closes, with nothing left to do."""
        self._pause.stop()
        self._again.stop()
        self.hide()

    def say(self, state: str, *, trouble: bool = False) -> None:
        """Shows the note's state."""
        self.state.setText(state)
        self.state.setProperty("trouble", trouble)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.state.setVisible(bool(state))

    def say_of_other_window(self, sentence: str) -> None:
        """Says what another window did to this note, as long as the editor is open; nothing for no sentence."""
        self.other_window.setText(sentence)
        self.other_window.setVisible(bool(sentence))

    def tint(self, palette: Palette, meanings: Sequence[str]) -> None:
        """Colours the dots and names them by their meanings; the words follow the text size."""
        self.words.setFont(QApplication.font())
        self.words.setMinimumHeight(LEAST_LINES * QFontMetrics(QApplication.font()).lineSpacing() + 2 * SPACING + DOT)
        for number, button in enumerate(self.colours):
            button.setIcon(QIcon(_dot(palette, number, self.devicePixelRatioF())))
            name = meanings[number - 1] if number else "No colour"
            button.setToolTip(f"{name} (Alt+{number})")
            button.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the words saves them at once."""
        if watched is self.words and event.type() == QEvent.Type.FocusOut and self._pause.isActive():
            self._pause.stop()
            self.save_requested.emit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """What is shown besides the words, such as a sentence, takes more room or less."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.room_requested.emit()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that mean nothing here do not reach the page."""
        event.accept()

    def _typed(self) -> None:
        if not self._loading and self.said() != self._kept:
            if not self._again.isActive():
                self.say("Saving …")
            self._pause.start()


def _room(row: QWidget) -> int:
    return row.sizeHint().height() + SPACING


def _has_focus(row: QWidget) -> bool:
    at = QApplication.focusWidget()
    return at is not None and (row is at or row.isAncestorOf(at))


def _dot_button(number: int) -> QToolButton:
    button = checkable_button()
    button.setAutoExclusive(True)
    button.setIconSize(QSize(DOT, DOT))
    button.setObjectName("dot")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("number", number)
    return button


def _dot(palette: Palette, number: int, ratio: float) -> QPixmap:
    out = QPixmap(QSize(round(DOT * ratio), round(DOT * ratio)))
    out.fill(Qt.GlobalColor.transparent)
    out.setDevicePixelRatio(ratio)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(palette.quiet))
    painter.setBrush(QColor(palette.highlights_strong[number - 1]) if number else QColor(palette.page))
    painter.drawEllipse(1, 1, DOT - 3, DOT - 3)
    if not number:
        painter.drawLine(4, DOT - 5, DOT - 5, 4)
    painter.end()
    return out
