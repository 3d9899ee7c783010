"""Notes are made and seen in the real window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.notes.test_store import NOTE, saved
from tests.ui.notes.conftest import THEME, book_of, press, typed
from viewer.errors import NotesTrouble
from viewer.notes import backups
from viewer.notes.note_changes import NoteChange
from viewer.notes.notebook import Notebook, now
from viewer.notes.opening import open_notes
from viewer.notes.store import NoteStore, path_for
from viewer.ui.notes.dialogs import ImportDialog, NamesDialog
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.column import LEAST_MARGIN, MARGIN, page_column
from viewer.ui.reading.page_ranges import characters, sentences, units
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window


def colours_on_page(pane: ReadingPane) -> list[tuple[str, str]]:
    """The marked words and their colours."""
    return [(mark.cursor.selectedText(), mark.format.background().color().name().upper())
            for mark in pane.extraSelections()]  # fmt: skip


def test_h_highlights_the_present_item_and_a_number_gives_it_another_colour(
    window: Window, noting: NotesController, pane: ReadingPane
) -> None:
    press(window, "next_item", "highlight")
    (resolved,) = book_of(noting).notes.in_order()
    assert resolved.anchor is not None
    assert (resolved.anchor.item, resolved.note.colour) == (pane.item, 1)
    assert colours_on_page(pane) == [(resolved.anchor.quote, "#FFE7A3")]
    QTest.keyClick(pane, Qt.Key.Key_2)
    assert colours_on_page(pane) == [(resolved.anchor.quote, "#CDE9C6")]
    press(window, "undo", "undo")
    assert (colours_on_page(pane), book_of(noting).notes) == ([], {})
    press(window, "redo")
    assert len(colours_on_page(pane)) == 1


def test_sentences_are_chosen_and_highlighted_by_keyboard(window: Window, noting: NotesController, pane: ReadingPane) -> None:
    press(window, "next_sentence", "next_sentence")
    chosen = pane.selected_text()
    assert chosen.endswith(".")
    press(window, "previous_sentence", "next_sentence", "highlight")
    (resolved,) = book_of(noting).notes.in_order()
    assert resolved.anchor is not None
    assert resolved.anchor.quote == chosen
    assert colours_on_page(pane)[0][0] == chosen


def test_what_is_selected_over_two_items_becomes_a_highlight_in_each(
    window: Window, noting: NotesController, pane: ReadingPane
) -> None:
    cursor = QTextCursor(pane.document())
    cursor.setPosition(pane.item_map.starts[0] + 5)
    cursor.setPosition(pane.item_map.starts[1] + 12, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    press(window, "highlight")
    made = book_of(noting).notes.in_order()
    assert [resolved.item for resolved in made] == pane.item_map.ids[:2]
    press(window, "undo")
    assert book_of(noting).notes == {}


def test_n_opens_the_editor_and_what_is_typed_is_saved_and_only_then_said_to_be(
    window: Window, noting: NotesController, qtbot: QtBot
) -> None:
    press(window, "next_item", "note")
    assert book_of(noting).notes == {}
    QTest.keyClicks(noting.editor.words, "Ask the unit")
    assert noting.editor.state.text() == "Saving …"
    qtbot.waitUntil(lambda: noting.editor.state.text().startswith("Saved"))
    with_store = NoteStore.open(book_of(noting).store.path)
    assert [note.text for note in with_store.notes()] == ["Ask the unit"]
    with_store.close()
    QTest.keyClicks(noting.editor.tags, "#p2p")
    QTest.keyClick(noting.editor.words, Qt.Key.Key_Escape)
    assert noting.editor.isHidden()
    (card,) = noting.margin.cards
    assert (card.text, card.tags) == ("Ask the unit", ("p2p",))


def test_a_note_stands_level_with_its_place(window: Window, noting: NotesController, pane: ReadingPane) -> None:
    press(window, "next_item", "next_item")
    book = book_of(noting)
    item = pane.item or ""
    noting.session.do(lambda held: held.add([held.anchor_at(item)], text="Words"))
    cursor = QTextCursor(pane.document())
    cursor.setPosition(pane.item_map.start_of(item) or 0)
    place = noting.margin.place_of(book.notes.in_order()[0].note.uuid)
    assert place is not None
    assert abs(place.top() - pane.cursorRect(cursor).top()) <= 12


def test_an_editor_left_empty_leaves_no_note(window: Window, noting: NotesController) -> None:
    press(window, "next_item", "note")
    assert noting.writing.close()
    assert book_of(noting).notes == {}


def test_the_words_stay_where_they_cannot_be_saved_and_can_be_saved_elsewhere(
    window: Window, noting: NotesController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    press(window, "next_item", "note")
    with monkeypatch.context() as broken:
        def fail(*_anything: object) -> None:
            raise NotesTrouble("The note was not saved: there is no room left on the disk.")

        broken.setattr(book_of(noting).store, "save", fail)
        QTest.keyClicks(noting.editor.words, "Not to be lost")
        qtbot.waitUntil(lambda: "no room left" in noting.editor.state.text())
        assert not noting.writing.close()
        assert noting.editor.words.toPlainText() == "Not to be lost"
        elsewhere = tmp_path / "elsewhere.md"
        broken.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(elsewhere), ""))
        noting.editor.elsewhere.click()
        assert "Not to be lost" in elsewhere.read_text(encoding="utf-8")
        broken.setattr(QMessageBox, "exec", lambda _box: 0)
        assert not window.close()
    qtbot.waitUntil(lambda: noting.editor.state.text().startswith("Saved"), timeout=6000)
    assert noting.writing.close()
    assert [resolved.note.text for resolved in book_of(noting).notes.in_order()] == ["Not to be lost"]


def test_b_bookmarks_and_takes_the_bookmark_away(window: Window, noting: NotesController, pane: ReadingPane) -> None:
    press(window, "next_item", "bookmark")
    assert book_of(noting).notes.noted_items == {pane.item}
    assert pane._ribbons == [pane.item_map.starts[0]]
    press(window, "bookmark")
    assert (book_of(noting).notes.noted_items, pane._ribbons) == (frozenset(), [])


def test_another_windows_note_appears(noting: NotesController, pane: ReadingPane, qtbot: QtBot) -> None:
    book = book_of(noting)
    with_store = NoteStore.open(book.store.path)
    theirs = Notebook(with_store, book.bundle)
    theirs.add([theirs.anchor_at(pane.item_map.ids[0])], text="From the other window", colour=1)
    with_store.close()
    qtbot.waitUntil(lambda: len(noting.margin.cards) == 1, timeout=3000)


def refuse(*_paths: Path) -> Path:
    raise NotesTrouble("The backup was not put in place.")


def test_a_damaged_file_is_set_aside_and_the_backup_offered(
    open_window: Callable[..., Window], sample_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = path_for(tmp_path / "home", "tacsea")
    first = open_window(sample_file)
    assert first.edition_view is not None
    noting = first.edition_view.notes
    noting.session.open()
    noting.session.do(lambda held: held.toggle_bookmark(f"{THEME}.f1"))
    noting.session.close()
    noting.session.open()
    first.close()
    path.write_bytes(b"garbage")
    again = open_window(sample_file)
    desk = again.edition_view
    assert desk is not None
    qtbot.waitUntil(lambda: desk.notes.session.book is not None)
    assert "nothing of it was deleted" in desk.notes.strip.text.text()
    desk.notes.session.do(lambda held: held.toggle_bookmark(f"{THEME}.f2"))
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(backups, "restore", refuse)
        desk.notes.strip.buttons[0].click()
    assert desk.notes.strip.text.text().startswith("The backup was not put in place.")
    assert book_of(desk.notes).notes.noted_items == {f"{THEME}.f2"}
    desk.notes.strip.buttons[0].click()
    assert "1 note written since then: set aside as tacsea-damaged-" in desk.notes.strip.text.text()
    assert book_of(desk.notes).notes.noted_items == {f"{THEME}.f1"}


def test_notes_of_hostile_words_show_them_letter_for_letter(
    window: Window, noting: NotesController, pane: ReadingPane
) -> None:
    text = "\u202eabc <img src=file:///etc/passwd> a & b < c\n\n![x](//server/x) " + "z" * 3000
    noting.session.do(lambda held: held.add([held.anchor_at(pane.item_map.ids[0])], text=text, tags=("x",)))
    (card,) = noting.margin.cards
    assert card.document is not None
    shown = card.document.toPlainText()
    assert "[U+202E]abc <img src=file:///etc/passwd> a & b < c" in shown
    assert "\u202e" not in shown
    window.grab()
    press(window, "view_notes")
    window.grab()


@pytest.mark.parametrize("width", [640, 900, 967, 980, 1000, 1300, 2200])
@pytest.mark.parametrize("scale", [0.8, 1.0, 1.6])
def test_column_and_margin_never_meet_and_stand_in_the_middle(width: int, scale: float) -> None:
    found = page_column(width, scale, with_margin=True)
    text = width - found.left - found.right
    if found.margin_width:
        assert found.left + text < found.margin_left
        assert found.margin_left + found.margin_width <= width
        assert round(LEAST_MARGIN * scale) <= found.margin_width <= round(MARGIN * scale)
        right = width - found.margin_left - found.margin_width
        assert abs(found.left - right) <= 30
    else:
        assert abs(found.left - found.right) <= 1


@pytest.mark.parametrize("text", ["plain", "ŵ ŷ", "a\U0001f600b", "\U0001f600" * 3])
def test_positions_in_the_document_and_in_the_text_agree(text: str) -> None:
    for at in range(len(text) + 1):
        assert characters(text, units(text[:at])) == at


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two three! Four?", ["One.", "Two three!", "Four?"]),
        ("In 2.5 per cent of cases, e.g. these, it rose. Then it fell",
         ["In 2.5 per cent of cases, e.g. these, it rose.", "Then it fell"]),
        ("He said “yes.” She did not.", ["He said “yes.”", "She did not."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found


def test_the_search_of_the_edition_finds_notes_as_a_group_of_their_own(
    window: Window, noting: NotesController, pane: ReadingPane, qtbot: QtBot
) -> None:
    from viewer.ui.search.search_controller import SearchController

    item = pane.item_map.ids[2]
    noting.session.do(lambda held: held.add([held.anchor_at(item)], text="Ask about zebrafinch & others"))
    window.search.setText("zebrafinch")
    press(window, "search")
    window.search.submitted.emit()
    desk = window.edition_view
    assert desk is not None
    searching = desk.findChild(SearchController)
    assert searching is not None
    qtbot.waitUntil(lambda: bool(searching.listing.notes.buttons), timeout=5000)
    (button,) = searching.listing.notes.buttons
    assert "zebrafinch && others" in button.text()
    button.click()
    assert desk.reading.item == item
    assert desk.noted_items() == {item}


def test_notes_go_out_and_come_in_through_the_window(
    window: Window, noting: NotesController, pane: ReadingPane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    noting.session.do(lambda held: held.add([held.anchor_at(pane.item_map.ids[0])], text="To be passed on"))
    out = tmp_path / "passed.json"
    form = "Notes to exchange (*.json)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out.with_suffix("")), form))
    press(window, "export_notes")
    assert noting.strip.text.text() == "1 note written to passed.json."
    book = book_of(noting)
    (uuid,) = book.notes
    noting.session.do(lambda held: held.change(uuid, text="Changed since"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(out), ""))
    shown: list[str] = []

    def accept(dialog: ImportDialog) -> int:
        shown.extend(label.text() for label in dialog.findChildren(QLabel))
        return 1

    monkeypatch.setattr(ImportDialog, "exec", accept)
    press(window, "import_notes")
    assert any("1 note: older than yours, left alone." in text for text in shown)
    assert book.notes[uuid].note.text == "Changed since"
    out.write_text("[" * 100_000, encoding="utf-8")
    press(window, "import_notes")
    assert "nested too deeply" in noting.strip.text.text()


def test_colours_are_named_by_the_reader(
    window: Window, noting: NotesController, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: NamesDialog) -> int:
        dialog.author.setText("A. Reader")
        dialog.meanings[0].setText("For the court")
        return 1

    monkeypatch.setattr(NamesDialog, "exec", fill)
    noting.traffic.name()
    assert book_of(noting).settings.author == "A. Reader"
    press(window, "next_item", "highlight")
    assert noting.hint.buttons[0].text() == "1  For the court"
    assert book_of(noting).notes.in_order()[0].note.author == "A. Reader"


def test_with_nothing_chosen_the_keys_say_what_to_do(window: Window, noting: NotesController) -> None:
    desk = window.edition_view
    assert desk is not None
    desk.go("page:start")
    press(window, "highlight")
    assert noting.strip.text.text().startswith("Select words on a theme’s page")
    assert book_of(noting).notes == {}


def removed_elsewhere(noting: NotesController, uuid: str) -> None:
    """What another window does, and what this one sees of it."""
    book = book_of(noting)
    with closing(NoteStore.open(book.store.path)) as other:
        other.save([NoteChange(uuid=uuid, before=book.notes[uuid].note, after=None, at=now())])
    noting.session.look_again()


def test_words_for_a_note_that_another_window_removed_become_a_new_note(
    window: Window, noting: NotesController, qtbot: QtBot
) -> None:
    press(window, "next_item", "note")
    typed(noting, "First", qtbot)
    (uuid,) = book_of(noting).notes
    removed_elsewhere(noting, uuid)
    assert book_of(noting).notes == {}
    QTest.keyClicks(noting.editor.words, " and more")
    assert noting.writing.close()
    (kept,) = book_of(noting).notes.values()
    assert (kept.note.text, kept.note.uuid != uuid) == ("First and more", True)
    noting.margin.note_chosen.emit(kept.note.uuid)
    removed_elsewhere(noting, kept.note.uuid)
    noting.editor.words.setPlainText("Other words")
    assert noting.may_leave()
    assert [resolved.note.text for resolved in book_of(noting).notes.in_order()] == ["Other words"]


def test_the_card_of_the_note_that_is_being_written_is_not_shown(
    window: Window, noting: NotesController, pane: ReadingPane, qtbot: QtBot
) -> None:
    press(window, "next_item", "note")
    typed(noting, "First", qtbot)
    stripe = QColor(window._appearance.palette.highlights_strong[0])
    noting.editor.colours[1].click()
    assert noting.writing.save()

    def is_painted() -> bool:
        (card,) = noting.margin.cards
        at = card.rect.topLeft() - QPoint(0, pane.verticalScrollBar().value()) + QPoint(1, 8)
        return noting.margin.grab().toImage().pixelColor(at) == stripe

    assert not is_painted()
    assert noting.writing.close()
    assert is_painted()


@pytest.mark.parametrize(("answer", "kept"), [("Replace it", "1 note"), ("Cancel", "mine")])
def test_a_name_typed_without_its_ending_replaces_a_file_only_once_that_was_agreed(
    window: Window, noting: NotesController, pane: ReadingPane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    answer: str, kept: str,
) -> None:  # fmt: skip
    noting.session.do(lambda held: held.add([held.anchor_at(pane.item_map.ids[0])], text="To be passed on"))
    there = tmp_path / "notes.md"
    there.write_text("mine", encoding="utf-8")
    chosen = (str(tmp_path / "notes"), "Markdown, to read (*.md)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen)
    asked: list[str] = []

    def choose(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if button.text().replace("&", "") == answer).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    press(window, "export_notes")
    assert asked == ["notes.md is there already."]
    assert kept in there.read_text(encoding="utf-8")


@pytest.fixture
def damaged_home(tmp_path: Path) -> Path:
    """The home that windows use, with a damaged notes file and a backup of one note."""
    home = tmp_path / "home"
    path = path_for(home, "tacsea")
    with closing(open_notes(home, "tacsea").store) as store:
        saved(store, NOTE)
    assert backups.back_up(path)
    path.write_bytes(b"garbage")
    return home


@pytest.mark.usefixtures("damaged_home")
def test_a_backup_is_offered_at_every_start_and_in_the_empty_notes_view(
    open_window: Callable[..., Window], sample_file: Path, qtbot: QtBot
) -> None:
    for _ in range(3):
        window = open_window(sample_file)
        assert window.edition_view is not None
        strip = window.edition_view.notes.strip
        qtbot.waitUntil(strip.isVisible)
        assert "A backup with 1 note is there" in strip.text.text()
        choices = [button.text() for button in strip.buttons]
        assert choices == ["Put the backup in its place", "Go on without it", "Close"]
        window.close()
    window = open_window(sample_file)
    press(window, "view_notes")
    assert window.edition_view is not None
    noting = window.edition_view.notes
    assert noting.reviewing.view is not None
    assert noting.reviewing.view.restore.isVisible()
    assert "A backup with 1 note is there" in noting.reviewing.view.empty.text()
    noting.reviewing.view.restore.click()
    assert noting.reviewing.view.restore.isHidden()
    assert len(noting.reviewing.view.shown()) == 1


def test_a_declined_backup_is_offered_no_more(
    open_window: Callable[..., Window], sample_file: Path, damaged_home: Path, qtbot: QtBot
) -> None:
    desk = open_window(sample_file).edition_view
    assert desk is not None
    qtbot.waitUntil(lambda: desk.notes.session.offer is not None)
    desk.notes.strip.buttons[1].click()
    assert desk.notes.session.offer is None
    desk.notes.session.close()
    found = open_notes(damaged_home, "tacsea")
    with closing(found.store) as store:
        assert store.notes() == []
    assert found.offer is None


def test_a_margin_without_notes_is_no_stop_for_the_keyboard(noting: NotesController) -> None:
    assert noting.margin.focusPolicy() is Qt.FocusPolicy.NoFocus
    item = noting._pane.item_map.ids[0]
    noting.session.do(lambda held: held.add([held.anchor_at(item)], text="To be seen"))
    assert noting.margin.focusPolicy() is Qt.FocusPolicy.TabFocus
