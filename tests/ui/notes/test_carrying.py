"""Notes of an earlier edition: one sentence says how they came along, and each can be given a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import book_of, press
from viewer import paths
from viewer.model import Finding, NoteState
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.ui.notes.note_list import STANDING
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window


@pytest.fixture
def later_file(sealed: Callable[..., bytes], tmp_path: Path) -> Path:
    """The sample's next edition: other words in its first findings, its last passages gone."""
    drafts = read_drafts(paths.resources() / "drafts" / "tacsea-2012")
    findings = tuple(replace(f, text=f.text.replace(" is ", " remains ")) for f in drafts.findings)
    edition = replace(drafts.edition, serial=2, label="2013/14")
    path = tmp_path / "later.db"
    changed = replace(drafts, edition=edition, findings=findings, passages=drafts.passages[:-2])
    path.write_bytes(sealed(build_body(changed), serial=2))
    return path


def test_a_later_edition_opens_with_one_sentence_and_the_reader_confirms(
    window: Window, noting: NotesController, later_file: Path, qtbot: QtBot
) -> None:
    book = book_of(noting)
    items = [item for theme in book.bundle.themes() for item in book.bundle.items(theme.id)]
    changed = next(item.id for item in items if " is " in item.text and isinstance(item, Finding))
    text = book.texts.text(changed) or ""
    at = text.index(" is ")
    gone = max((item for item in items if ".p" in item.id), key=lambda item: book.texts.order(item.id)).id
    anchors = [book.anchor_at(changed, max(0, at - 30), at + 20), book.anchor_at(gone, 0, 20),
               book.anchor_at(items[3].id)]  # fmt: skip
    noting.session.do(lambda held: held.add(anchors, text="Words"))
    window._files.open(later_file)
    desk = window.edition_view
    assert desk is not None
    qtbot.waitUntil(lambda: desk.notes.session.book is not None)
    later = desk.notes
    assert later.strip.text.text() == "3 notes: 1 in place, 1 moved, 1 without a place."
    later.strip.buttons[0].click()
    view, review = later.reviewing.view, later.reviewing.review
    assert view is not None
    assert review is not None
    (moved,) = view.shown()
    assert moved.state is NoteState.MOVED
    assert view.list.currentIndex().data(STANDING) == moved
    shown = review.text.toPlainText()
    assert " is " in shown
    assert " remains " in shown
    review.confirm.click()
    assert book_of(later).notes[moved.note.uuid].state is NoteState.PLACED
    (placeless,) = book_of(later).notes.unsettled()
    later.carrying.begin_attaching(placeless.note.uuid)
    desk.go(f"item:{items[5].id}")
    later.strip.buttons[0].click()
    assert book_of(later).notes.unsettled() == []
    assert book_of(later).notes[placeless.note.uuid].item == items[5].id
    press(window, "undo")
    assert book_of(later).notes.unsettled() == [placeless]
