"""One note and its place: for a moved one the old and the new words side by side, for the reader to confirm."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from viewer.model import Anchor, NoteState
from viewer.notes import export
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.notes.versions import Version
from viewer.text import wording
from viewer.text.edition_text import note_html
from viewer.text.safe import NO_HTML, Html, format_html, join_html
from viewer.ui.appearance import Appearance
from viewer.ui.notes.version_html import (
    NO_WORDS,
    captioned,
    quoted_html,
    quoted_within,
    version_style,
    who_and_when,
)
from viewer.ui.parts.widgets import named

CONTEXT = 320  # characters of the item shown before and after a quotation
MAX_FORMER = 20  # versions
FORMER_VERSIONS = format_html('<p class="section">Former versions</p>')
BOTH_CHANGED = format_html('<p class="section">Changed on both sides</p>')
REMOVED_THERE = format_html("<p>The note was removed there.</p>")
REMOVED_THEN = format_html("<p>The note was removed.</p>")
ALL_VERSIONS = "versions"  # as a link
IN_THE_BIN = "All of them in the bin, where they can be destroyed too"
KEEP, BRING_BACK = "Keep this version", "Bring this version back"
TITLE_OF_TWO = "Changed on both sides: which version stays?"
_TITLES = {
    NoteState.PLACED: "In place",
    NoteState.MOVED: "Moved: is this still its place?",
    NoteState.PLACELESS: "Without a place in this edition",
}


class NoteReview(QWidget):
    """Shows the chosen note of the notes view.

    Signals: `confirmed(uuids)`; `attach_requested(uuid)` to put it elsewhere; `opened(uuid)`;
    `removal_requested(uuids)`; `version_chosen(Version)` of a note that was changed on both sides;
    `return_requested(Version)` of a former version; `versions_requested(uuid)` for all of them; `shown` after another
    note is shown, or none.
    """

    confirmed = Signal(list)
    attach_requested = Signal(str)
    opened = Signal(str)
    removal_requested = Signal(list)
    version_chosen = Signal(object)
    return_requested = Signal(object)
    versions_requested = Signal(str)
    shown = Signal()

    def __init__(self, book: Notebook, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.book, self._appearance = book, appearance
        self._uuid = ""
        self.head = named(QLabel(wordWrap=True), "head")
        self.text = QTextBrowser()
        self.text.setAccessibleName("The note and its place")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(lambda url: self._follow_link(url.toString()))
        self._linked: list[tuple[Version, bool]] = []  # the versions that links name, and whether they are to be chosen
        self.confirm = QPushButton("Yes, it belongs here")
        self.confirm_all = QPushButton("Confirm all moved")
        self.attach = QPushButton("Put it elsewhere …")
        self.open = QPushButton("Go to it")
        self.remove = QPushButton("Remove")
        buttons, more = QHBoxLayout(), QHBoxLayout()
        for button in (self.confirm, self.attach):
            buttons.addWidget(button)
        for button in (self.open, self.confirm_all, self.remove):
            more.addWidget(button)
        buttons.addStretch(1)
        more.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.addWidget(self.head)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        column.addLayout(more)
        self.confirm.clicked.connect(lambda: self.confirmed.emit([self._uuid]))
        self.confirm_all.clicked.connect(lambda: self.confirmed.emit(self._moved()))
        self.attach.clicked.connect(lambda: self.attach_requested.emit(self._uuid))
        self.open.clicked.connect(lambda: self.opened.emit(self._uuid))
        self.remove.clicked.connect(lambda: self.removal_requested.emit([self._uuid]))
        self.show_note("")

    def show_note(self, uuid: str) -> None:
        """Show a note; none for an empty or unknown id."""
        self._uuid = uuid
        resolved = self.book.notes.get(uuid)
        moved = resolved is not None and resolved.state is NoteState.MOVED
        self.confirm.setVisible(moved)
        self.attach.setVisible(resolved is not None and resolved.state is not NoteState.PLACED)
        self.open.setVisible(resolved is not None and resolved.anchor is not None)
        self.remove.setVisible(resolved is not None)
        self.confirm_all.setVisible(moved and len(self._moved()) > 1)
        self.head.setText((TITLE_OF_TWO if resolved.both_changed else _TITLES[resolved.state]) if resolved else "")
        self.text.document().setDefaultStyleSheet(self._style())
        self.text.setHtml(format_html("<body>{}</body>", self._html(resolved)) if resolved else "")
        self.shown.emit()

    @property
    def has_note(self) -> bool:
        """Whether it shows a note."""
        return self._uuid in self.book.notes

    def restyle(self) -> None:
        """Show the same note in changed colours and sizes."""
        self.show_note(self._uuid)

    def _moved(self) -> list[str]:
        return [resolved.note.uuid for resolved in self.book.notes.unsettled() if resolved.state is NoteState.MOVED]

    def _style(self) -> str:
        resolved = self.book.notes.get(self._uuid)
        colour = resolved.note.colour if resolved else 0
        return version_style(self._appearance, self._appearance.palette.highlights[colour - 1] if colour else "")

    def _html(self, resolved: ResolvedNote) -> Html:
        self._linked = []
        note, parts = resolved.note, [note_html(resolved.note.text) or NO_WORDS]
        details = [
            self.book.settings.meaning(note.colour) if note.colour else "",
            " ".join(f"#{tag}" for tag in note.tags),
            note.author,
            wording.local_day(note.changed),
            self.book.notes.marking_of(resolved).label,
        ]
        parts.append(format_html('<p class="basis">{}</p>', " · ".join(part for part in details if part)))
        parts.append(self._contradicting(note.uuid))
        before = f"As it was, serial {note.serial}"
        if resolved.anchor is None:
            parts.append(captioned(f"{before}, {resolved.previous.item}", quoted_html(resolved.previous)))
        elif resolved.state is NoteState.PLACED:
            parts.append(captioned(export.citation_of(self.book, resolved), self._in_context(resolved.anchor)))
        else:
            now = f"Now, {export.citation_of(self.book, resolved)}"
            left, right = (
                captioned(before, quoted_html(resolved.previous)),
                captioned(now, self._in_context(resolved.anchor)),
            )
            parts.append(
                format_html(
                    '<table width="100%"><tr><td width="50%" style="padding-right:12px">{}</td>'
                    '<td width="50%">{}</td></tr></table>',
                    left,
                    right,
                )
            )
        return join_html([*parts, self._former_versions(note.uuid)])

    def _in_context(self, anchor: Anchor) -> Html:
        """Return the quotation in this edition's text."""
        text = self.book.texts.text(anchor.item) or ""
        if anchor.whole:
            return quoted_within("", text, "")
        before = text[max(0, anchor.start - CONTEXT) : anchor.start]
        return quoted_within(before, anchor.quote, text[anchor.end : anchor.end + CONTEXT])

    def _contradicting(self, uuid: str) -> Html:
        """Return the versions that stand beside the one that is shown, each with the choice of it."""
        stored = self.book.notes.stored(uuid)
        if stored is None or not stored.contradicting:
            return NO_HTML
        rows = [self._link(stored.version, "Keep the version above", is_choice=True), BOTH_CHANGED]
        for version in stored.contradicting:
            words = (note_html(version.note.text) or NO_WORDS) if version.note else REMOVED_THERE
            rows += [captioned(who_and_when(version), words), self._link(version, KEEP, is_choice=True)]
        return join_html(rows)

    def _former_versions(self, uuid: str) -> Html:
        """Return the versions that gave way, the newest first, each with a way to bring it back."""
        former = self.book.store.former(uuid)
        rows = [FORMER_VERSIONS] if former else []
        for version in former[:MAX_FORMER]:
            if version.note is None:
                rows.append(captioned(who_and_when(version), REMOVED_THEN))
            else:
                words = note_html(version.note.text) or NO_WORDS
                rows += [captioned(who_and_when(version), words), self._link(version, BRING_BACK, is_choice=False)]
        if len(former) > MAX_FORMER:
            rows.append(captioned(f"{len(former) - MAX_FORMER:,} more are older.", NO_HTML))
        if former:
            rows.append(format_html('<p><a href="{}">{}</a></p>', ALL_VERSIONS, IN_THE_BIN))
        return join_html(rows)

    def _link(self, version: Version, words: str, *, is_choice: bool) -> Html:
        self._linked.append((version, is_choice))
        return format_html('<p><a href="version:{}">{}</a></p>', str(len(self._linked) - 1), words)

    def _follow_link(self, address: str) -> None:
        if address == ALL_VERSIONS:
            self.versions_requested.emit(self._uuid)
            return
        number = address.removeprefix("version:")
        if number.isdecimal() and int(number) < len(self._linked):
            version, is_choice = self._linked[int(number)]
            (self.version_chosen if is_choice else self.return_requested).emit(version)
