"""Writing notes: joins the editor, the page and the store; what is typed is kept until it is saved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.errors import ViewerError
from viewer.model import Anchor, Note
from viewer.notes import notebook as book_module
from viewer.notes.notebook import Notebook, tags_of
from viewer.text import wording
from viewer.ui.appearance import Appearance
from viewer.ui.notes.editor import NoteDraft, NoteEditor
from viewer.ui.notes.page_notes import NotePage
from viewer.ui.reading.pane import ReadingPane

HEIGHT = 330  # pixels at 100 %, of an editor that needs no more
BESIDE = 6  # pixels that it may reach to the right of the cards
FORMER = "under “Former versions” in Notes (Ctrl+3)"
KEPT = f"This note was changed in another window too. The text from there is kept {FORMER}."
TAKEN_IN = "Changed in another window: this is how it stands now."
YOURS_KEPT = f"{TAKEN_IN} Your text is kept {FORMER}."
REMOVED = "This note was removed in another window. What you write here becomes a new note."


class NoteWriting(QObject):
    """Holds what is in the editor: a note, or the anchor at which one will be made; `colour` is the last one used.

    Signals: `opened`; `closed` when nothing is left unsaved; `removal_requested(uuids)`; `gave_way(uuids)` for notes
    that are not in the editor, which another window had changed as well.
    """

    opened = Signal()
    closed = Signal()
    gave_way = Signal(list)
    removal_requested = Signal(list)

    def __init__(self, editor: NoteEditor, page: NotePage, pane: ReadingPane, bundle: Bundle, look: Appearance) -> None:
        super().__init__(page)
        self.editor, self._page, self._pane, self.service = editor, page, pane, page.service
        self._bundle, self._look = bundle, look
        self.colour = 1
        self._note: Note | None = None  # as the editor shows it: another window may change it meanwhile
        self._gave_way = False  # whether in this sitting a version of another window did
        self._is_saving = False
        self._target: Anchor | None = None  # of a note that is there too: another window may remove it meanwhile
        self.trouble: ViewerError | None = None
        editor.save_requested.connect(self.save)
        editor.close_requested.connect(self.close)
        editor.removal_requested.connect(self._remove_edited)
        editor.elsewhere_requested.connect(self._save_elsewhere)
        editor.room_requested.connect(self.place_again)
        self.service.taken_in.connect(self._take_in)
        self.service.changed.connect(self._follow)
        self.service.gave_way.connect(self._say_kept)

    def open_at(self, anchor: Anchor) -> None:
        """Opens the editor on a note still to be made."""
        book = self._opened_book()
        item = book.texts.item(anchor.item) if book else None
        if item is None or not self.close():
            return
        self._note, self._target = None, anchor
        self._open(anchor, NoteDraft(colour=0 if anchor.whole else self.colour, marking=item.marking))

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
        self._note, self._target = standing.note, standing.anchor or standing.previous
        self._open(self._target, _said_by(standing.note))

    def save(self) -> bool:
        """Saves what stands in the editor; returns whether nothing is left unsaved."""
        if not self.editor.is_unsaved:
            return True
        said = self.editor.said()
        self.trouble = None
        self._is_saving = True
        kept = self.service.do(lambda book: self._kept(book, said))
        self._is_saving = False
        if kept is None:
            why = str(self.trouble) if self.trouble else "The note was not saved."
            self.editor.was_not_saved(why)
            return False
        self._edit(kept)
        if self.editor.other_window.text() == TAKEN_IN:
            self.editor.say_of_other_window("")
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
        self._edit(None)
        book = self.service.book
        if book and uuid in book.standings and book.standings[uuid].note.is_empty:
            self.service.do(lambda book: book.remove([uuid]))
        self.closed.emit()
        if self._gave_way:
            self.gave_way.emit([uuid])
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

    def _kept(self, book: Notebook, said: NoteDraft) -> Note:
        values = {
            "text": said.text[: book_module.LONGEST],
            "colour": said.colour,
            "tags": tags_of(said.tags),
            "bookmark": said.bookmark,
            "marking": said.marking,
        }
        note = self._note
        if note is not None and note.uuid in book.standings:
            return book.change(note.uuid, "writing", run=f"writing {note.uuid}", seen=note, **values)
        assert self._target is not None
        return book.add([self._target], "note", **values)[0]

    def _open(self, anchor: Anchor, said: NoteDraft) -> None:
        book = self.service.book
        assert book is not None
        self._gave_way = False
        self.opened.emit()
        item = book.texts.item(anchor.item)
        level = self._bundle.marking(item.marking).level if item else 0
        place = wording.item_place(item, self._bundle.theme(item.theme)) if item else anchor.item
        self.editor.tint(self._look.palette, self.service.meanings())
        self.editor.edit(place, said, self._bundle.markings, level)
        self._edit(self._note)
        self._place(anchor)

    def _edit(self, note: Note | None) -> None:
        """The editor is on that note, whose card is not needed meanwhile."""
        self._note = note
        self._page.margin.hide_card(self._editing)

    @property
    def _editing(self) -> str:
        return self._note.uuid if self._note else ""

    # What was done to the note outside the editor

    def _follow(self) -> bool:
        """Shows what became of the note, unless words stand here that are not saved yet; returns whether it does now.

        That is a bookmark or colour given on the page, or what another window did.
        """
        book, note = self.service.book, self._note
        standing = book.standings.get(note.uuid) if book and note else None
        if self._is_saving or standing is None or standing.note == note or self.editor.is_unsaved:
            return False
        self._note = standing.note
        self.editor.fill(_said_by(standing.note))
        self.editor.say("")
        return True

    def _take_in(self) -> None:
        """The same, and says that it was another window."""
        book, note = self.service.book, self._note
        if book is None or note is None:
            return
        if note.uuid not in book.standings:
            self.editor.say_of_other_window(REMOVED)
        elif self._follow():
            kept = self.service.attempt(lambda: book.store.former(note.uuid)) or []
            self.editor.say_of_other_window(YOURS_KEPT if note in kept else TAKEN_IN)

    def _say_kept(self, ids: list[str]) -> None:
        """Says that a text of another window is kept besides this one's: here where it is written, else outside."""
        if self.is_on(ids):
            self._gave_way = True
            self.editor.say_of_other_window(KEPT)
        else:
            self.gave_way.emit(ids)

    def _place(self, anchor: Anchor) -> None:
        """Where its card stands or would stand, within the pane."""
        left, width = self._page.cards_place()
        width += BESIDE
        most = self._pane.viewport().height() - 16
        self.editor.fit(width, most)
        height = min(most, max(round(HEIGHT * self._look.scale), self.editor.least_height(width)))
        card = self._page.margin.place_of(self._editing) if self._editing else None
        top = card.top() if card else self._page.level_of(anchor) - self._pane.verticalScrollBar().value()
        self.editor.setGeometry(QRect(left, max(8, min(top, most + 8 - height)), width, height))

    def _remove_edited(self) -> None:
        uuid, self._target = self._editing, None
        self.editor.stop()
        self._edit(None)
        if uuid:
            self.removal_requested.emit([uuid])
        self._pane.setFocus()

    def _save_elsewhere(self) -> None:
        from viewer.ui.notes.dialogs import ask_where_to

        path = ask_where_to(self._pane, "Save the note elsewhere", "note.md", ["Markdown (*.md)"])
        if path and self.write_elsewhere(Path(path)):
            self.editor.say(f"The words are in {paths.display_name(Path(path))}. Here they are still not saved.")

    def write_elsewhere(self, path: Path) -> bool:
        """Writes the words in the editor, with their quotation, to a file of the reader's choice."""
        said, anchor = self.editor.said(), self.anchor
        quoted = "\n".join(f"> {line}" for line in anchor.quote.split("\n")) if anchor else ""
        whole = "\n\n".join(part for part in (self.editor.place.text(), quoted, said.text, said.tags) if part) + "\n"
        data = whole.encode("utf-8", "replace")

        def written_out() -> bool:
            paths.write_atomically(path, data, mode=0o600)
            return True

        return bool(self.service.attempt(written_out))

    @property
    def anchor(self) -> Anchor | None:
        """Where the note in the editor sits, or will."""
        return self._target


def _said_by(note: Note) -> NoteDraft:
    return NoteDraft(
        text=note.text,
        colour=note.colour,
        tags=" ".join(f"#{tag}" for tag in note.tags),
        bookmark=note.bookmark,
        marking=note.marking,
    )
