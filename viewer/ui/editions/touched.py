"""Which items touch what the reader has: a note, or a sheet that was issued."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from viewer.dissemination.register import Register
from viewer.errors import ViewerError
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.ui.context import EditionContext


def touched_items(context: EditionContext, open_notes: Callable[[], Notebook | None]) -> Mapping[str, str]:
    """Return "note", "sheet" or both in words by item id, of this edition or an earlier one."""
    noted, on_sheets = _noted(open_notes), _on_sheets(context)
    return {
        id_: wording.listed(word for word, ids in (("note", noted), ("sheet", on_sheets)) if id_ in ids)
        for id_ in noted | on_sheets
    }


def _noted(open_notes: Callable[[], Notebook | None]) -> frozenset[str]:
    book = open_notes()
    resolved_notes = book.notes.values() if book else ()
    return frozenset(item for resolved in resolved_notes for item in (resolved.item, resolved.previous.item))


def _on_sheets(context: EditionContext) -> frozenset[str]:
    try:
        register = Register.open_for_reading(context.home)
        if register is None:
            return frozenset()
        with register:
            rows = register.rows()
    except ViewerError:  # the register's own view says what is wrong with it
        return frozenset()
    series = context.bundle.edition.series
    return frozenset(item for row in rows if row.issue.series == series for item in row.issue.items)
