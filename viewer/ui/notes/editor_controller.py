"""Writing notes: joins the editor, the page and the notes; what is typed is kept until it is saved."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal

from viewer import clock, paths
from viewer.errors import ViewerError
from viewer.model import Anchor, Note
from viewer.notes.limits import parse_tags
from viewer.notes.notebook import Notebook
from viewer.notes.undo import UndoStep
from viewer.text import wording
from viewer.ui.context import EditionContext
from viewer.ui.notes.editor import NoteDraft, NoteEditor
from viewer.ui.notes.page_notes import PageNotes
from viewer.ui.notes.session import NotesSession
from viewer.ui.reading.pane import ReadingPane

HEIGHT = 330  # pixels at 100 %, of an editor that needs no more
OVERHANG = 6  # pixels that it may reach to the right of the cards
KEPT = "This note was changed in another window too. Both versions are kept: choose one in Notes (Ctrl+3)."
BOTH_STAND = "This note was changed on both sides, and both versions stand until you choose one."
TAKEN_IN = "Changed in another window: this is how it stands now."
REMOVED = "This note was removed in another window. What you write here becomes a new note."


class EditorController(QObject):
    """Holds what is in the editor: a note, or the anchor at which one will be made.

    Signals: `opened`; `closed` when nothing is left unsaved; `removal_requested(uuids)`; `clashed(uuids)` for notes
    that are not in the editor, which another window changed too; `choice_requested(uuid)` of one of the versions of the
    note that was in it.
    """

    opened = Signal()
    closed = Signal()
    clashed = Signal(list)
    choice_requested = Signal(str)
    removal_requested = Signal(list)

    def __init__(self, context: EditionContext, pane: ReadingPane, page: PageNotes, session: NotesSession) -> None:
        super().__init__(session)
        self._pane, self._page, self._session = pane, page, session
        self._bundle, self._look = context.bundle, context.appearance
        self.editor = NoteEditor(pane)
        self._note: Note | None = None  # as the editor shows it: another window may change it meanwhile
        self._anchor: Anchor | None = None  # where it sits, or will; the note itself may be removed elsewhere
        self._has_clashed = False  # since the editor was opened, with another window
        self._is_saving = self._is_writing = False
        self._is_due = False  # to be saved again once what is being written is
        self.editor.save_requested.connect(self.save_soon)
        self.editor.close_requested.connect(self.close)
        self.editor.removal_requested.connect(self._remove)
        self.editor.save_elsewhere_requested.connect(self._ask_and_write_elsewhere)
        self.editor.choice_requested.connect(self._choose_version)
        self.editor.room_requested.connect(self.lay_out)
        page.laid_out.connect(self.lay_out)
        session.taken_in.connect(self._take_in)
        session.changed.connect(self._follow)
        session.clashed.connect(self._show_clashed)

    # Opening, saving, closing

    def open_at(self, anchor: Anchor) -> None:
        """Open the editor on a note still to be made."""
        book = self._session.open()
        item = book.texts.item(anchor.item) if book else None
        if item is None or not self.close():
            return
        self._note, self._anchor = None, anchor
        self._open(anchor, NoteDraft(colour=0 if anchor.whole else self._session.colour, marking=item.marking))

    def open_note(self, uuid: str) -> None:
        """Open a note in the editor, beside its place where the page shows it."""
        self._session.open()
        resolved = self._session.note(uuid)
        if resolved is None or not self.close():
            return
        self._note, self._anchor = resolved.note, resolved.anchor or resolved.previous
        self._open(self._anchor, _draft_of(resolved.note))

    def _open(self, anchor: Anchor, draft: NoteDraft) -> None:
        book = self._session.book
        assert book is not None
        self._has_clashed = False
        self.opened.emit()
        item = book.texts.item(anchor.item)
        level = self._bundle.marking(item.marking).level if item else 0
        place = wording.item_place(item, self._bundle.theme(item.theme)) if item else anchor.item
        self.restyle()
        self.editor.open(place, draft, self._bundle.markings, level)
        if book.notes.contradicting(self._uuid):
            self.editor.show_other_window(BOTH_STAND, may_choose=True)
        self._set_note(self._note)
        self.lay_out()

    def save_soon(self) -> None:
        """Save what stands in the editor outside the window's thread; one writing after the other."""
        self._is_due = self._is_writing
        if self._is_writing or not self.editor.is_unsaved:
            return
        draft = self.editor.draft().keepable
        steps: list[UndoStep] = []

        def prepare(book: Notebook) -> UndoStep | None:
            step = self._step(book, draft)
            steps.extend([step] if step else [])
            return step

        self._is_writing = self._session.write(prepare, lambda: self._end_writing(draft, steps[0]), self._fail)
        if not self._is_writing:
            self.save()  # the notes cannot be opened, or hold just that

    def _end_writing(self, draft: NoteDraft, step: UndoStep) -> None:
        self._is_writing = False
        if self._anchor is not None:
            self._set_note(step.changes[0].after)
            self._mark_saved(draft)
            if self._is_due:
                self.save_soon()

    def _fail(self, trouble: ViewerError) -> None:
        self._is_writing = False
        self.editor.mark_not_saved(str(trouble))

    def save(self) -> bool:
        """Save what stands in the editor; return whether nothing is left unsaved, as what is too much would be.

        The window waits for it.
        """
        self._is_due = False
        if not self._session.settle():
            self.editor.mark_not_saved("The note is not saved yet: another program may hold the notes file.")
            return False
        if not self.editor.is_unsaved:
            return True
        draft = self.editor.draft().keepable
        self._is_saving = True
        note = self._session.edit(lambda book: self._write(book, draft))
        self._is_saving = False
        if note is None:
            self.editor.mark_not_saved(str(self._session.trouble or "The note was not saved."))
            return False
        self._set_note(note)
        self._mark_saved(draft)
        return not self.editor.left_out

    def _mark_saved(self, draft: NoteDraft) -> None:
        if self.editor.other_window.text() == TAKEN_IN:
            self.editor.show_other_window("")
        self._session.colour = draft.colour or self._session.colour
        self.editor.mark_saved(draft, clock.now().astimezone().strftime("%H:%M"))

    def _write(self, book: Notebook, draft: NoteDraft) -> Note | None:
        step = self._step(book, draft)
        if step is None:
            return self._note
        book.finish(step, book.store.save(step.changes, book.settings.author, step.to_store))
        return step.changes[0].after

    def _step(self, book: Notebook, draft: NoteDraft) -> UndoStep | None:
        """Return the step that makes the note, or changes it, so that it says what was drafted; None where it does."""
        fields = {
            "text": draft.text,
            "colour": draft.colour,
            "tags": parse_tags(draft.tags),
            "bookmark": draft.bookmark,
            "marking": draft.marking,
        }
        note = self._note
        if note is not None and note.uuid in book.notes:
            return book.step_to_change(note, "writing", f"writing {note.uuid}", **fields)
        assert self._anchor is not None
        return book.step_to_add([self._anchor], "note", **fields)

    def close(self) -> bool:
        """Save and close the editor; return False, and keep it open, where it could not be saved."""
        if not self.editor.isVisibleTo(self._pane):
            return True
        if not self.save():
            return False
        uuid = self._uuid
        had_focus = self.editor.isAncestorOf(self._pane.window().focusWidget()) if self._pane.window() else False
        self._stop()
        resolved = self._session.note(uuid)
        if resolved and resolved.note.is_empty:
            self._session.edit(lambda book: book.remove([uuid]))
        self.closed.emit()
        if self._has_clashed:
            self.clashed.emit([uuid])
        if had_focus:
            self._pane.setFocus()
        return True

    def can_close(self) -> bool:
        """Save and close the editor; where that fails, ask whether to go without it, and return the answer."""
        if self.close():
            return True
        from viewer.ui.notes.dialogs import confirm_leaving_unsaved

        return confirm_leaving_unsaved(self._pane, self.editor.left_out or str(self._session.trouble or ""))

    def is_on(self, ids: Collection[str]) -> bool:
        """Return whether the editor is open on one of these notes."""
        return bool(self._uuid) and self._uuid in ids

    def _set_note(self, note: Note | None) -> None:
        """Set the note in the editor, whose card is not needed meanwhile."""
        self._note = note
        self._page.margin.hide_card(self._uuid)

    def _stop(self) -> None:
        self._anchor = None
        self.editor.stop()
        self._set_note(None)

    @property
    def _uuid(self) -> str:
        return self._note.uuid if self._note else ""

    def _remove(self) -> None:
        self._is_due = False
        self._session.settle()
        uuid = self._uuid
        self._stop()
        if uuid:
            self.removal_requested.emit([uuid])
        self._pane.setFocus()

    # What was done to the note outside the editor

    def _follow(self) -> bool:
        """Show what became of the note, unless unsaved words stand here; return whether it is shown anew.

        That is a bookmark or colour given on the page, or what another window did.
        """
        resolved = self._session.note(self._uuid)
        if self._is_saving or resolved is None or resolved.note == self._note or self.editor.is_unsaved:
            return False
        book = self._session.book
        if book is not None and any(version.note == self._note for version in book.notes.contradicting(self._uuid)):
            return False  # it stands beside what is shown: the reader goes on with it
        self._note = resolved.note
        self.editor.load(_draft_of(resolved.note))
        self.editor.show_state("")
        return True

    def _take_in(self) -> None:
        """Show what another window did to the note, and say that it was another window."""
        book, note = self._session.book, self._note
        if book is None or note is None:
            return
        if note.uuid not in book.notes:
            self.editor.show_other_window(REMOVED)
        elif book.notes.contradicting(note.uuid):
            self._follow()
            self.editor.show_other_window(KEPT, may_choose=True)
        elif self._follow():
            self.editor.show_other_window(TAKEN_IN)
        elif self.editor.other_window.text() in (KEPT, BOTH_STAND):
            self.editor.show_other_window("")  # it was settled there

    def _show_clashed(self, ids: list[str]) -> None:
        """Say that a version of another window is kept: in the editor for the note that is written, else by signal."""
        if self.is_on(ids):
            self._has_clashed = True
            self.editor.show_other_window(KEPT, may_choose=True)
        else:
            self.clashed.emit(ids)

    def _choose_version(self) -> None:
        """Close the editor, and ask for the choice of a version."""
        uuid = self._uuid
        self._has_clashed = False  # the reader knows
        if self.close():
            self.choice_requested.emit(uuid)

    # Where the editor stands

    def restyle(self) -> None:
        """Take over changed colours, sizes and meanings."""
        self.editor.tint(self._look.palette, self._session.meanings)

    def lay_out(self) -> None:
        """Put the open editor where its card stands or would stand, within the pane."""
        if self._anchor is None or self.editor.isHidden():
            return
        left, width = self._page.cards_place()
        width += OVERHANG
        most = self._pane.viewport().height() - 16
        self.editor.fit(width, most)
        height = min(most, max(round(HEIGHT * self._look.scale), self.editor.least_height(width)))
        card = self._page.margin.place_of(self._uuid) if self._uuid else None
        top = card.top() if card else self._page.level_of(self._anchor) - self._pane.verticalScrollBar().value()
        self.editor.setGeometry(QRect(left, max(8, min(top, most + 8 - height)), width, height))

    # Words that cannot be saved

    def _ask_and_write_elsewhere(self) -> None:
        from viewer.ui.notes.dialogs import ask_where_to_save

        path = ask_where_to_save(self._pane, "Save the note elsewhere", "note.md", ["Markdown (*.md)"])
        if path and self.write_elsewhere(Path(path)):
            name = paths.display_name(Path(path))
            self.editor.show_state(f"The words are in {name}. Here they are still not saved.")

    def write_elsewhere(self, path: Path) -> bool:
        """Write the words in the editor, with their quotation, to a file; return whether that was done."""
        draft, anchor = self.editor.draft(), self._anchor
        quote = "\n".join(f"> {line}" for line in anchor.quote.split("\n")) if anchor else ""
        parts = (self.editor.place.text(), quote, draft.text, draft.tags)
        data = ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")

        def write() -> bool:
            paths.write_atomically(path, data, mode=0o600)
            return True

        return bool(self._session.attempt(write))


def _draft_of(note: Note) -> NoteDraft:
    return NoteDraft(
        text=note.text,
        colour=note.colour,
        tags=" ".join(f"#{tag}" for tag in note.tags),
        bookmark=note.bookmark,
        marking=note.marking,
    )
