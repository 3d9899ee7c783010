"""What the reader does with notes: makes the page's notes, the editor and the notes view, and joins them."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from viewer.errors import ViewerError
from viewer.notes import export, step_wording, unsaved
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.notes.undo import StepOutcome
from viewer.text import wording
from viewer.ui.context import EditionContext
from viewer.ui.notes.backups_controller import BackupsController
from viewer.ui.notes.bin_controller import BinController
from viewer.ui.notes.editor_controller import KEPT, EditorController
from viewer.ui.notes.highlight_controller import HighlightController
from viewer.ui.notes.hourly_backup import HourlyBackup
from viewer.ui.notes.notes_view import RESTORE
from viewer.ui.notes.notes_view_controller import NotesViewController
from viewer.ui.notes.page_notes import PageNotes
from viewer.ui.notes.session import NotesSession
from viewer.ui.parts.message_bar import MessageBar
from viewer.ui.reading.pane import ReadingPane

NO_NOTES_HERE = "No note stands on this page yet. N writes one, on what you select or on the item where you rest."


class NotesController(QObject):
    """Holds the parts in one line, each knowing only those before it, and does what concerns several of them.

    `session` has the notes; `page` draws them beside the page; `highlights`, `editing` and `notes_view` change them.
    """

    def __init__(self, context: EditionContext, pane: ReadingPane, bar: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._pane, self._bar = context, pane, bar
        self.session = NotesSession(context, self)
        self.hourly_backup = HourlyBackup(self.session)
        self.page = PageNotes(context, pane, self.session)
        self.highlights = HighlightController(context, pane, bar, self.page, self.session)
        self.editing = EditorController(context, pane, self.page, self.session)
        self.notes_view = NotesViewController(context, bar, self.session, self.highlights, self.editing.close, parent)
        self.note_bin = BinController(context, self.session, self.editing.close, parent)
        self.note_backups = BackupsController(context, self.session, self.editing.close, parent)
        self._wire()
        self.page.lay_out()

    def _wire(self) -> None:
        self.session.changed.connect(self.refresh)
        self.session.changed.connect(self._name_steps)
        self.session.troubled.connect(self._show_trouble)
        self.session.message.connect(self._show_message)
        self.page.note_chosen.connect(self.editing.open_note)
        self.editing.opened.connect(self.highlights.hint.stop)
        self.editing.closed.connect(self.refresh)
        self.editing.removal_requested.connect(self.remove)
        self.editing.clashed.connect(self._show_kept)
        self.editing.choice_requested.connect(self.notes_view.show_note)
        self.notes_view.opened.connect(self.go_to_note)
        self.notes_view.removal_requested.connect(self.remove)
        self.notes_view.backups_requested.connect(self.note_backups.show_backups)
        self.notes_view.bin_requested.connect(self.note_bin.show_bin)
        self.notes_view.named.connect(self.restyle)
        self._context.appearance.changed.connect(self.restyle)

    # What the keys do

    def write_note(self) -> None:
        """Open the editor on the selected words, else on the present item; on its note where it has one."""
        anchors = self.highlights.anchors_for_note()
        if not anchors or not self.editing.close():
            return
        known = self.highlights.notes_at(anchors)
        if known:
            self.editing.open_note(known[0])
        else:
            self.editing.open_at(anchors[0])

    def undo(self) -> None:
        """Take the last change to the notes back, say which, and show it."""
        self._repeat(Notebook.undo, "Undone", ("Redo", self.redo))

    def redo(self) -> None:
        """Bring again what was undone last, say which, and show it."""
        self._repeat(Notebook.redo, "Done again", ("Undo", self.undo))

    def _repeat(
        self, do: Callable[[Notebook], StepOutcome | None], done: str, back: tuple[str, Callable[[], None]]
    ) -> None:
        if not self.editing.close() or self.session.open() is None:
            return
        before = dict(self.session.book.notes) if self.session.book else {}
        self.session.trouble = None
        outcome = self.session.edit(do)
        book = self.session.book
        if outcome is None or book is None:
            if self.session.trouble is None:
                self._context.announce("Nothing is left to undo." if done == "Undone" else "Nothing is left to redo.")
            return
        changed = [found for uuid in outcome.uuids if (found := book.notes.get(uuid) or before.get(uuid)) is not None]
        choices = (back,) if outcome.uuids else ()
        if not self._has_clash(outcome):
            self._bar.show_message(step_wording.sentence(outcome, done, book, changed), *choices)
        if changed:
            self._show_changed(changed[0])

    def _has_clash(self, outcome: StepOutcome) -> bool:
        """Return whether it was just said that another window changed one of these notes too."""
        book = self.session.book
        return book is not None and any(book.notes.contradicting(uuid) for uuid in outcome.uuids)

    def _show_changed(self, resolved: ResolvedNote) -> None:
        """Show where a note stands, or stood: in the view of notes if that is in sight, else on its page."""
        uuid = resolved.note.uuid
        is_there = self.session.note(uuid) is not None
        if self.notes_view.is_in_sight or resolved.anchor is None:
            if is_there:
                self.notes_view.show_note(uuid)
        elif is_there:
            self.go_to_note(uuid)
        else:
            self._context.go(f"item:{resolved.anchor.item}")

    def toggle_drawer(self) -> None:
        """Move the keyboard to what stands beside the page; in a narrow window, open or close its drawer."""
        if not self.page.toggle_drawer():
            self._bar.show_message(NO_NOTES_HERE)
        self.page.take_keyboard()

    def remove(self, ids: list[str]) -> None:
        """Remove notes, and say how to have them back; one that is being written is saved first."""
        if self.editing.is_on(ids) and not self.editing.close():
            return
        self.session.edit(lambda book: book.remove(uuid for uuid in ids if uuid in book.notes))
        self._bar.show_message(f"{wording.count(len(ids), 'note')} removed.", ("Undo", self.undo))

    @property
    def is_writing(self) -> bool:
        """Whether the editor is open, which needs the room beside the page."""
        return not self.editing.editor.isHidden()

    @property
    def noted_items(self) -> frozenset[str]:
        """The items that have a note, highlight or bookmark."""
        return self.session.noted_items

    def can_close(self) -> bool:
        """Save what is being written and close the notes; return False where the reader stays with unsaved words."""
        if not self.editing.can_close():
            return False
        self.session.close()
        return True

    def keep(self) -> None:
        """Save what is being written; where that cannot be, to a file of its own, which the next start names."""
        if not self.editing.save():
            self.editing.write_elsewhere(unsaved.new_path(self._context.home))

    # What is shown

    def refresh(self) -> None:
        """Draw the page's notes anew, and the notes view where it is open."""
        self.page.draw()
        self.notes_view.refresh()

    def _name_steps(self) -> None:
        """Tell the window what undo and redo would do."""
        book = self.session.book
        steps = (book.undo_stack.to_undo, book.undo_stack.to_redo) if book else (None, None)
        self._context.signals.steps_changed.emit(*(step.name if step else "" for step in steps))

    def restyle(self) -> None:
        """Take over changed colours, sizes and meanings."""
        self.editing.restyle()
        self.page.lay_out()

    def go_to_note(self, uuid: str) -> None:
        """Show a note's place in the page; Back leads on from there as from any place."""
        resolved = self.session.note(uuid)
        if resolved is None or resolved.anchor is None:
            return
        self._context.go(f"item:{resolved.anchor.item}")
        if not resolved.anchor.whole:
            self.page.scroll_to(resolved.anchor)

    def _show_message(self, sentences: str, has_backup: bool) -> None:
        choices = [(RESTORE, self.session.restore_backup), ("Go on without it", self.session.decline_backup)]
        self._bar.show_message(sentences, *(choices if has_backup else ()))

    def _show_kept(self, ids: list[str]) -> None:
        self._bar.show_message(KEPT, ("Show it", lambda: self.notes_view.show_note(ids[0])))

    def _show_trouble(self, trouble: ViewerError) -> None:
        if not self.editing.editor.isVisibleTo(self._pane):
            self._bar.show_message(f"{trouble} {trouble.advice}".strip())

    # For the search

    def hits(self, typed: str) -> list[tuple[str, str, str]]:
        """Return the notes that hold the words typed into the search: id, place and words of each."""
        book = self.session.book
        if book is None:
            return []
        return [
            (resolved.note.uuid, export.short_place_of(book, resolved), resolved.note.text or resolved.quote)
            for resolved in self.session.search(_without_filters(typed))
        ]

    def show_words(self, typed: str) -> None:
        """Open the notes view at the notes that hold the words typed into the search."""
        self.notes_view.show_words(_without_filters(typed))


def _without_filters(typed: str) -> str:
    """Return the words and phrases of a query, without its filters and stars."""
    return " ".join(re.sub(r"(?:^|\s)-?\w+:(?:[\"“][^\"”]*[\"”]?|\S*)|\*", " ", typed).split())
