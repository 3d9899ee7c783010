"""What the window does with editions beside the open one: the shelf, the comparison, the marks on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.changes.descriptions import kind_words
from viewer.changes.records import ChangeKind, Changes
from viewer.editions.opening import ReaderSession
from viewer.errors import ViewerError
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.editions.change_marks import ChangeMarks
from viewer.ui.editions.changes_controller import ChangesController

if TYPE_CHECKING:
    from viewer.ui.edition_view import EditionView


def opener_of(desk: EditionView) -> ReaderSession:
    """Return who opened the edition on this desk, with a key that is trusted for this run where one was given."""
    return desk.opened.session


def comparing_of(desk: EditionView) -> ChangesController:
    """Return the desk's one comparison, made when first asked for; what it finds is marked on the page."""
    found = desk.findChild(ChangesController)
    if isinstance(found, ChangesController):
        return found
    made = ChangesController(desk.bundle, opener_of(desk), desk)
    made.compared.connect(lambda changes: mark_page(desk, changes))
    return made


def begin(desk: EditionView) -> None:
    """After the first paint: marks what changed, where the edition before this one is kept."""
    comparing_of(desk).compare_unasked()


def mark_page(desk: EditionView, changes: Changes) -> None:
    """Mark what is new or changed quietly at the edge of the page."""
    changed = changes.changed_ids
    since = f"since {changes.old.name}, serial {changes.old.serial}"
    found = desk.findChild(ChangeMarks)
    marks = found if isinstance(found, ChangeMarks) else ChangeMarks(desk.reading, desk.appearance, desk)
    titles = comparing_of(desk).themes
    marks.show_marks(
        {id_: f"{visible(_begun(kind_words(change, titles)))} {since}" for id_, change in changed.items()},
        frozenset(id_ for id_, change in changed.items() if change.has(ChangeKind.NEW)),
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def yours(desk: EditionView) -> Mapping[str, str]:
    """By item id, of this edition or an earlier one: whether the reader has a note or an issued sheet on it."""
    noted, sheeted = _noted(desk), _sheeted(desk)
    return {
        id_: wording.listed(word for word, ids in (("note", noted), ("sheet", sheeted)) if id_ in ids)
        for id_ in noted | sheeted
    }


def _noted(desk: EditionView) -> frozenset[str]:
    notes = desk.notes.session
    book = notes.open()
    resolved_notes = book.notes.values() if book else ()
    return frozenset(item for resolved in resolved_notes for item in (resolved.item, resolved.previous.item))


def _sheeted(desk: EditionView) -> frozenset[str]:
    from viewer.dissemination.register import Register

    try:
        register = Register.open_for_reading(desk.home)
        if register is None:
            return frozenset()
        with register:
            rows = register.rows()
    except ViewerError:  # the register's own view says what is wrong with it
        return frozenset()
    series = desk.bundle.edition.series
    return frozenset(item for row in rows if row.issue.series == series for item in row.issue.items)


def show_shelf(desk: EditionView, open_file: Callable[[Path, bool], object]) -> None:
    """Open the shelf; `open_file(path, older)` opens what is chosen there."""
    from viewer.editions.shelf import Shelf
    from viewer.ui.editions.shelf_view import ShelfDialog

    dialog = ShelfDialog(Shelf(opener_of(desk)), desk.opened.path, desk)
    dialog.open_requested.connect(open_file)
    dialog.exec()
