"""Writing notes: joins the editor, the page and the store; what is typed is kept until it is saved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal

from viewer import places, wording
from viewer.bundle.bundle import Bundle
from viewer.errors import ViewerError
from viewer.model import Anchor, Note
from viewer.notes import notebook as book_module
from viewer.notes.notebook import Notebook, tags_of
from viewer.ui.appearance import Appearance
from viewer.ui.notes.editor import NoteEditor, Said
from viewer.ui.notes.on_page import NotePage
from viewer.ui.reading.pane import ReadingPane

EDITOR = (250, 330)  # width and height in pixels at 100 %


class NoteWriting(QObject):
    """Holds what is in the editor: a note, or the anchor at which one will be made; `colour` is the last one used.

    Signals: `opened`; `closed` when nothing is left unsaved; `removal_requested(uuids)`.
    """

    opened = Signal()
    closed = Signal()
    removal_requested = Signal(list)

    def __init__(self, editor: NoteEditor, page: NotePage, pane: ReadingPane, bundle: Bundle, look: Appearance) -> None:
        super().__init__(page)
        self.editor, self._page, self._pane, self.service = editor, page, pane, page.service
        self._bundle, self._look = bundle, look
        self.colour = 1
        self._editing = ""
        self._target: Anchor | None = None  # of a note that is there too: another window may remove it meanwhile
        self.trouble: ViewerError | None = None
        editor.save_requested.connect(self.save)
        editor.close_requested.connect(self.close)
        editor.removal_requested.connect(self._remove_edited)
        editor.elsewhere_requested.connect(self._save_elsewhere)

    def open_at(self, anchor: Anchor) -> None:
        """Opens the editor on a note still to be made."""
        book = self._opened_book()
        item = book.texts.item(anchor.item) if book else None
        if item is None or not self.close():
            return
        self._editing, self._target = "", anchor
        self._open(anchor, Said(colour=0 if anchor.whole else self.colour, marking=item.marking))

    def place_again(self) -> None:
        """Puts the open editor where its place is now."""
        anchor = self.anchor
        if anchor is not None and not self.editor.isHidden():
            self._place(anchor)

    def _opened_book(self) -> Notebook | None:
        self.service.open()
        return self.service.book

    def open_note(self, uuid: str) -> None:
        """Opens a note in the editor, beside its place where the page shows it."""
        book = self._opened_book()
        standing = book.standings.get(uuid) if book else None
        if standing is None or not self.close():
            return
        note, self._editing, self._target = standing.note, uuid, standing.anchor or standing.was
        said = Said(
            text=note.text,
            colour=note.colour,
            tags=" ".join(f"#{tag}" for tag in note.tags),
            bookmark=note.bookmark,
            marking=note.marking,
        )
        self._open(self._target, said)

    def save(self) -> bool:
        """Saves what stands in the editor; returns whether nothing is left unsaved."""
        if not self.editor.is_unsaved:
            return True
        said = self.editor.said()
        self.trouble = None
        kept = self.service.do(lambda book: self._kept(book, said))
        if kept is None:
            why = str(self.trouble) if self.trouble else "The note was not saved."
            self.editor.was_not_saved(why)
            return False
        self._edit(kept.uuid)
        self.colour = said.colour or self.colour
        self.editor.was_saved(said, datetime.now().astimezone().strftime("%H:%M"))
        return True

    def close(self) -> bool:
        """Saves and closes the editor; False, and it stays, where it could not be saved."""
        if not self.editor.isVisibleTo(self._pane):
            return True
        if not self.save():
            return False
        uuid, self._target = self._editing, None
        had_focus = self.editor.isAncestorOf(self._pane.window().focusWidget()) if self._pane.window() else False
        self.editor.stop()
        self._edit("")
        book = self.service.book
        if book and uuid in book.standings and book.standings[uuid].note.is_empty:
            self.service.do(lambda book: book.remove([uuid]))
        self.closed.emit()
        if had_focus:
            self._pane.setFocus()
        return True

    def is_on(self, ids: Collection[str]) -> bool:
        """Whether the editor is open on one of these notes."""
        return bool(self._editing) and self._editing in ids

    def may_leave(self) -> bool:
        """Whether nothing would be lost now; the reader is asked where something would."""
        if self.close():
            return True
        from viewer.ui.notes.dialogs import leaves_unsaved

        return leaves_unsaved(self._pane, str(self.trouble or ""))

    def _kept(self, book: Notebook, said: Said) -> Note:
        values = {
            "text": said.text[: book_module.LONGEST],
            "colour": said.colour,
            "tags": tags_of(said.tags),
            "bookmark": said.bookmark,
            "marking": said.marking,
        }
        if self._editing in book.standings:
            return book.change(self._editing, "writing", run=f"writing {self._editing}", **values)
        assert self._target is not None
        return book.add([self._target], "note", **values)[0]

    def _open(self, anchor: Anchor, said: Said) -> None:
        book = self.service.book
        assert book is not None
        self.opened.emit()
        item = book.texts.item(anchor.item)
        level = self._bundle.marking(item.marking).level if item else 0
        place = wording.item_place(item, self._bundle.theme(item.theme)) if item else anchor.item
        self.editor.tint(self._look.palette, self.service.meanings())
        self.editor.edit(place, said, self._bundle.markings, level)
        self._edit(self._editing)
        self._place(anchor)

    def _edit(self, uuid: str) -> None:
        """The editor is on that note, whose card is not needed meanwhile."""
        self._editing = uuid
        self._page.margin.hide_card(uuid)

    def _place(self, anchor: Anchor) -> None:
        """Beside its place, within the pane."""
        scale, column = self._look.scale, self._pane.column
        width = max(column.margin_width, round(EDITOR[0] * scale))
        height = min(round(EDITOR[1] * scale), self._pane.height() - 16)
        right = self._pane.viewport().width()
        left = min(column.margin_left, right - width - 6) if column.margin_width else right - width - 12
        card = self._page.margin.place_of(self._editing) if self._editing else None
        top = card.top() if card else self._page.level_of(anchor) - self._pane.verticalScrollBar().value()
        self.editor.setGeometry(QRect(left, max(8, min(top, self._pane.height() - height - 8)), width, height))

    def _remove_edited(self) -> None:
        uuid, self._target = self._editing, None
        self.editor.stop()
        self._edit("")
        if uuid:
            self.removal_requested.emit([uuid])
        self._pane.setFocus()

    def _save_elsewhere(self) -> None:
        from viewer.ui.notes.dialogs import ask_where_to

        path = ask_where_to(self._pane, "Save the note elsewhere", "note.md", ["Markdown (*.md)"])
        if path and self.write_elsewhere(Path(path)):
            self.editor.say(f"The words are in {places.shown_name(Path(path))}. Here they are still not saved.")

    def write_elsewhere(self, path: Path) -> bool:
        """Writes the words in the editor, with their quotation, to a file of the reader's choice."""
        said, anchor = self.editor.said(), self.anchor
        quoted = "\n".join(f"> {line}" for line in anchor.quote.split("\n")) if anchor else ""
        whole = "\n\n".join(part for part in (self.editor.place.text(), quoted, said.text, said.tags) if part) + "\n"
        data = whole.encode("utf-8", "replace")

        def written_out() -> bool:
            places.write_atomically(path, data, mode=0o600)
            return True

        return bool(self.service.attempt(written_out))

    @property
    def anchor(self) -> Anchor | None:
        """Where the note in the editor sits, or will."""
        return self._target
