"""The form for one note: its words, colour, tags, bookmark and marking, saved as they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QShortcut, QTextCursor
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
    QVBoxLayout,
    QWidget,
)

from viewer.design.palette import Palette
from viewer.model import Marking
from viewer.notes.limits import keepable_tags, keepable_text, left_out, parse_tags, room_left
from viewer.records import record, replace
from viewer.ui.notes.colour_dots import SIZE, ColourDots
from viewer.ui.parts.timers import make_timer
from viewer.ui.parts.widgets import named

SAVE_DELAY = 350  # milliseconds without a key before what was typed is saved
MOST_DELAY = 1500  # milliseconds after the first key that is not saved, however fast others follow
MOST_TYPED = 10_000_000  # characters of a line: a field that cut what is pasted would do so in silence
RETRY_INTERVAL = 1000  # milliseconds before what could not be saved is tried again
SAVING = "Saving …"
SPACING = 6  # between what stands in the editor
LEAST_LINES = 2  # of the words, however little room there is


@record
class NoteDraft:
    """What stands in the editor; `tags` as they are typed."""

    text: str = ""
    colour: int = 0
    tags: str = ""
    bookmark: bool = False
    marking: str = ""

    @property
    def keepable(self) -> NoteDraft:
        """As much of it as a note may hold."""
        tags = parse_tags(self.tags)
        kept = keepable_tags(tags)
        typed = self.tags if kept == tags else " ".join(f"#{tag}" for tag in kept)
        return replace(self, text=keepable_text(self.text), tags=typed)


class NoteEditor(QFrame):
    """The editor beside the page.

    Signals: `save_requested` when something is to be saved; `close_requested` on Escape or Done; `removal_requested`;
    `save_elsewhere_requested` to write the words to another place; `choice_requested` of a version, where both sides
    changed the note; `room_requested` when it needs more of it, or less.
    """

    save_requested = Signal()
    close_requested = Signal()
    removal_requested = Signal()
    save_elsewhere_requested = Signal()
    choice_requested = Signal()
    room_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.setAutoFillBackground(True)
        self._is_loading = False
        self._saved = NoteDraft()
        self.place = named(QLabel(), "quiet")
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText("Write in Markdown …")
        self.words.setFont(QApplication.font())
        self.words.setAccessibleName("Note")
        self.words.setTabChangesFocus(True)
        self.tags = QLineEdit(placeholderText="#tags")
        self.tags.setAccessibleName("Tags")
        self.tags.setMaxLength(MOST_TYPED)
        self.colours = ColourDots()
        self.bookmark = QCheckBox("Bookmark")
        self.marking = QComboBox()
        self.marking.setAccessibleName("Marking")
        self.marking.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.state = named(QLabel(wordWrap=True), "quiet")
        self.state.setAccessibleName("State of the note")
        self.other_window = named(QLabel(wordWrap=True), "quiet")
        self.other_window.setAccessibleName("What another window did")
        self.choose = QPushButton("Choose a version …")
        self.elsewhere = QPushButton("Save elsewhere …")
        self.remove = QPushButton("Remove")
        self.done = QPushButton("Done")
        self._lay_out()
        self._save_timer = make_timer(self, SAVE_DELAY, single_shot=True)
        self._save_timer.timeout.connect(self.save_requested)
        self._latest_timer = make_timer(self, MOST_DELAY, single_shot=True)
        self._latest_timer.timeout.connect(self.save_requested)
        self._retry_timer = make_timer(self, RETRY_INTERVAL)
        self._retry_timer.timeout.connect(self.save_requested)
        self._wire()
        self.hide()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(SPACING)
        column.addWidget(self.place)
        column.addWidget(self.words, 1)
        rows: tuple[QWidget, ...] = (self.colours, self.tags, self.bookmark, self.marking)
        for row in (*rows, self.state, self.elsewhere, self.other_window, self.choose):
            column.addWidget(row)
        column.addLayout(foot)
        self.elsewhere.hide()
        self.choose.hide()

    def _wire(self) -> None:
        self.words.textChanged.connect(self._save_soon)
        self.tags.textChanged.connect(self._save_soon)
        self.bookmark.toggled.connect(self._save_soon)
        self.marking.currentIndexChanged.connect(self._save_soon)
        self.colours.changed.connect(self._save_soon)
        self.done.clicked.connect(self.close_requested)
        self.remove.clicked.connect(self.removal_requested)
        self.elsewhere.clicked.connect(self.save_elsewhere_requested)
        self.choose.clicked.connect(self.choice_requested)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key in ("Escape", "Ctrl+Return"):
            QShortcut(QKeySequence(key), self, context=within).activated.connect(self.close_requested)
        for number, button in enumerate(self.colours.buttons):
            QShortcut(QKeySequence(f"Alt+{number}"), self, context=within).activated.connect(button.click)
        self.words.installEventFilter(self)

    def open(self, place: str, draft: NoteDraft, markings: Sequence[Marking], lowest: int) -> None:
        """Show the editor on `draft`; its marking can be any of `markings` from level `lowest` up."""
        self._is_loading = True
        self.place.setText(place)
        self.marking.clear()
        for marking in markings:
            if marking.level >= lowest:
                self.marking.addItem(marking.label, marking.code)
        self.marking.setVisible(self.marking.count() > 1)
        self.words.clear()  # so that the caret comes to stand after the words
        self.load(draft)
        self.show_state("")
        self.show_other_window("")
        self.show()
        self.raise_()
        self.words.setFocus()

    def load(self, draft: NoteDraft) -> None:
        """Show what is saved now; the caret stays where it was, after the words if it was there."""
        self._is_loading = True
        caret = self.words.textCursor()
        at, was_last = caret.position(), caret.atEnd()
        if self.words.toPlainText() != draft.text:
            self.words.setPlainText(draft.text)
            caret.movePosition(QTextCursor.MoveOperation.End)
            caret.setPosition(caret.position() if was_last else min(at, caret.position()))
            self.words.setTextCursor(caret)
        self.tags.setText(draft.tags)
        self.colours.choose(draft.colour)
        self.bookmark.setChecked(draft.bookmark)
        self.marking.setCurrentIndex(max(0, self.marking.findData(draft.marking)))
        self._is_loading = False
        self._saved = self.draft()

    def draft(self) -> NoteDraft:
        """Return what stands in the editor now."""
        return NoteDraft(
            text=self.words.toPlainText(),
            colour=self.colours.colour,
            tags=self.tags.text(),
            bookmark=self.bookmark.isChecked(),
            marking=str(self.marking.currentData() or ""),
        )

    @property
    def is_unsaved(self) -> bool:
        """Whether something stands here that was not saved."""
        return not self.isHidden() and self.draft() != self._saved

    def mark_saved(self, draft: NoteDraft, when: str) -> None:
        """Show that `draft` is saved, at the time `when`; nothing else makes the editor say so."""
        self._saved = draft
        self._retry_timer.stop()
        if not self.is_unsaved:
            self._latest_timer.stop()
        self.elsewhere.setVisible(bool(self.left_out))
        saved = " · ".join(part for part in (f"Saved {when}", room_left(draft.text)) if part)
        self._show_progress(saved if not self.is_unsaved else SAVING)

    @property
    def left_out(self) -> str:
        """What of the words and tags that stand here is more than is kept, in sentences; empty where nothing is."""
        return left_out(self.words.toPlainText(), parse_tags(self.tags.text()))

    def _show_progress(self, state: str) -> None:
        """Show a state; where more stands here than is kept, that is said instead."""
        too_much = self.left_out
        self.show_state(f"{too_much} The rest is saved." if too_much else state, trouble=bool(too_much))

    def mark_not_saved(self, why: str) -> None:
        """Show why nothing was saved; the words stay, and it is tried again."""
        self.show_state(f"{why} What you typed is still here; the viewer goes on trying.", trouble=True)
        self.elsewhere.show()
        self._retry_timer.start()

    def least_height(self, width: int) -> int:
        """Return how high it must be to show all that stands in it at that width, in pixels."""
        layout = self.layout()
        assert layout is not None
        folds = layout.hasHeightForWidth()  # not while no sentence stands in it
        return layout.totalMinimumHeightForWidth(width) if folds else layout.totalMinimumSize().height()

    def fit(self, width: int, height: int) -> None:
        """Hide what is needed least where there is no room for it beside the words and the sentences."""
        marking = [self.marking] if self.marking.count() > 1 else []
        rows = [self.bookmark, *marking, self.tags, self.colours, self.place]
        excess = self.least_height(width) + sum(_height(row) for row in rows if row.isHidden()) - height
        for row in rows:
            gives_way = excess > 0 and not _has_focus(row)
            row.setVisible(not gives_way)
            excess -= _height(row) if gives_way else 0

    def stop(self) -> None:
        """Hide the editor, and save nothing any more."""
        self._save_timer.stop()
        self._latest_timer.stop()
        self._retry_timer.stop()
        self.hide()

    def show_state(self, state: str, *, trouble: bool = False) -> None:
        """Show the note's state."""
        self.state.setText(state)
        self.state.setProperty("trouble", trouble)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.state.setVisible(bool(state))

    def show_other_window(self, sentence: str, *, may_choose: bool = False) -> None:
        """Show what another window or machine did to this note; hide it for an empty sentence.

        `may_choose` is whether two versions stand, of which one can be chosen.
        """
        self.other_window.setText(sentence)
        self.other_window.setVisible(bool(sentence))
        self.choose.setVisible(may_choose)

    def tint(self, palette: Palette, meanings: Sequence[str]) -> None:
        """Take over the colours of `palette`, the names of the five colours, and the text size."""
        self.words.setFont(QApplication.font())
        self.words.setMinimumHeight(LEAST_LINES * QFontMetrics(QApplication.font()).lineSpacing() + 2 * SPACING + SIZE)
        self.colours.tint(palette, meanings)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save the words at once when the keyboard leaves them."""
        if watched is self.words and event.type() == QEvent.Type.FocusOut and self._save_timer.isActive():
            self._save_timer.stop()
            self.save_requested.emit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Ask for room when what is shown besides the words, such as a sentence, takes more of it or less."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.room_requested.emit()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep keys that mean nothing here from the page."""
        event.accept()

    def _save_soon(self) -> None:
        if not self._is_loading and self.draft() != self._saved:
            if not self._retry_timer.isActive():
                self._show_progress(SAVING)
            self._save_timer.start()
            if not self._latest_timer.isActive():
                self._latest_timer.start()


def _height(row: QWidget) -> int:
    return row.sizeHint().height() + SPACING


def _has_focus(row: QWidget) -> bool:
    at = QApplication.focusWidget()
    return at is not None and (row is at or row.isAncestorOf(at))
