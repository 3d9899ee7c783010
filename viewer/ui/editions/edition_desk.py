"""What the window does with editions beside the open one: the shelf, the comparison, the marks on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from viewer import texts, wording
from viewer.changes import told
from viewer.changes.records import Changes, Way
from viewer.errors import ViewerError
from viewer.opening import Opener
from viewer.ui.editions.change_marks import ChangeMarks
from viewer.ui.editions.comparing import Comparing

if TYPE_CHECKING:
    from viewer.ui.desk import Desk


def opener_of(desk: Desk) -> Opener:
    """Who opened the edition on this desk, with a key that is trusted for this run where one was given."""
    return desk.opened.opener or Opener.of(desk.home)


def comparing_of(desk: Desk) -> Comparing:
    """The desk's one comparison, made when first asked for; what it finds is marked on the page."""
    found = desk.findChild(Comparing)
    if isinstance(found, Comparing):
        return found
    made = Comparing(desk.bundle, opener_of(desk), desk)
    made.compared.connect(lambda changes: mark_page(desk, changes))
    return made


def begin(desk: Desk) -> None:
    """After the first paint: marks what changed, where the edition before this one is kept."""
    comparing_of(desk).compare_unasked()


def mark_page(desk: Desk, changes: Changes) -> None:
    """Marks what is new or changed quietly at the edge of the page."""
    changed = changes.changed_ids
    since = f"since {changes.old.name}, serial {changes.old.serial}"
    found = desk.findChild(ChangeMarks)
    marks = found if isinstance(found, ChangeMarks) else ChangeMarks(desk.reading, desk.appearance, desk)
    marks.show_marks(
        {id_: f"{texts.visible(_begun(told.how(change)))} {since}" for id_, change in changed.items()},
        frozenset(id_ for id_, change in changed.items() if change.has(Way.NEW)),
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def yours(desk: Desk) -> Mapping[str, str]:
    """By item id, of this edition or an earlier one: whether the reader has a note or an issued sheet on it."""
    noted, sheeted = _noted(desk), _sheeted(desk)
    return {
        id_: wording.listed(word for word, ids in (("note", noted), ("sheet", sheeted)) if id_ in ids)
        for id_ in noted | sheeted
    }


def _noted(desk: Desk) -> frozenset[str]:
    notes = desk.noting.service
    notes.open()
    standings = notes.book.standings.values() if notes.book else ()
    return frozenset(item for standing in standings for item in (standing.item, standing.was.item))


def _sheeted(desk: Desk) -> frozenset[str]:
    from viewer.sheets.register import Register

    try:
        register = Register.look(desk.home)
        if register is None:
            return frozenset()
        with register:
            rows = register.rows()
    except ViewerError:  # the register's own view says what is wrong with it
        return frozenset()
    series = desk.bundle.edition.series
    return frozenset(item for row in rows if row.issue.series == series for item in row.issue.items)


def show_shelf(desk: Desk, open_file: Callable[[Path, bool], object]) -> None:
    """Opens the shelf; `open_file(path, older)` opens what is chosen there."""
    from viewer.shelf import Shelf
    from viewer.ui.editions.shelf_view import ShelfDialog

    dialog = ShelfDialog(Shelf(opener_of(desk)), desk.opened.path, desk)
    dialog.open_requested.connect(open_file)
    dialog.exec()
