"""One note and its place: for a moved one the old and the new words side by side, for the reader to confirm."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from viewer.model import Anchor, NoteState
from viewer.notes import export
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.pages.style import page_style_sheet
from viewer.text.edition_text import note_html
from viewer.text.safe import NO_HTML, Html, escape, format_html, join_html
from viewer.ui.appearance import Appearance
from viewer.ui.parts.widgets import named

CONTEXT = 320  # characters of the item shown before and after a quotation
MAX_FORMER = 20  # versions
NO_WORDS = format_html("<p>No words: a highlight or bookmark.</p>")
FORMER_VERSIONS = format_html('<p class="section">Former versions</p>')
LINE_BREAK = format_html("<br/>")
_TITLES = {
    NoteState.PLACED: "In place",
    NoteState.MOVED: "Moved: is this still its place?",
    NoteState.PLACELESS: "Without a place in this edition",
}


class NoteReview(QWidget):
    """Shows the chosen note of the notes view.

    Signals: `confirmed(uuids)`; `attach_requested(uuid)` to put it elsewhere; `opened(uuid)`;
    `removal_requested(uuids)`; `shown` after another note is shown, or none.
    """

    confirmed = Signal(list)
    attach_requested = Signal(str)
    opened = Signal(str)
    removal_requested = Signal(list)
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
        self.head.setText(_TITLES[resolved.state] if resolved else "")
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
        look = self._appearance
        return page_style_sheet(look.palette, look.scale) + f"span.quoted {{ background-color: {self._ground()}; }}"

    def _ground(self) -> str:
        resolved = self.book.notes.get(self._uuid)
        colour = resolved.note.colour if resolved else 0
        return self._appearance.palette.highlights[colour - 1] if colour else self._appearance.palette.soft

    def _html(self, resolved: ResolvedNote) -> Html:
        note, parts = resolved.note, [note_html(resolved.note.text) or NO_WORDS]
        details = [
            self.book.settings.meaning(note.colour) if note.colour else "",
            " ".join(f"#{tag}" for tag in note.tags),
            note.author,
            note.changed[:10],
            self.book.notes.marking_of(resolved).label,
        ]
        parts.append(format_html('<p class="basis">{}</p>', " · ".join(part for part in details if part)))
        before = f"As it was, serial {note.serial}"
        if resolved.anchor is None:
            parts.append(_column(f"{before}, {resolved.previous.item}", _quoted(resolved.previous)))
        elif resolved.state is NoteState.PLACED:
            parts.append(_column(export.citation_of(self.book, resolved), self._in_context(resolved.anchor)))
        else:
            now = f"Now, {export.citation_of(self.book, resolved)}"
            left, right = _column(before, _quoted(resolved.previous)), _column(now, self._in_context(resolved.anchor))
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
            return _marked("", text, "")
        before = text[max(0, anchor.start - CONTEXT) : anchor.start]
        return _marked(before, anchor.quote, text[anchor.end : anchor.end + CONTEXT])

    def _former_versions(self, uuid: str) -> Html:
        rows = [_column(note.changed[:10], note_html(note.text)) for note in self.book.store.former(uuid)[:MAX_FORMER]]
        return join_html([FORMER_VERSIONS, *rows]) if rows else NO_HTML


def _column(title: str, body: Html) -> Html:
    return format_html('<p class="basis">{}</p>{}', title, body)


def _quoted(anchor: Anchor) -> Html:
    return _marked(anchor.prefix, anchor.quote, anchor.suffix)


def _marked(before: str, quote: str, after: str) -> Html:
    parts = [join_html(map(escape, part.split("\n")), LINE_BREAK) for part in (before, quote, after)]
    return format_html('<p>{}<span class="quoted">{}</span>{}</p>', *parts)
