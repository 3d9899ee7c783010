"""The window opens, refuses, remembers, and can be worked without a mouse."""

from __future__ import annotations

import gc
import shlex
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from viewer.design.palette import LIGHT
from viewer.editions.opening import ReaderSession
from viewer.signing.sealing import SigningKey
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust
from viewer.ui.appearance import SCALES, Appearance
from viewer.ui.edition_view import EditionView
from viewer.ui.files import Files
from viewer.ui.help_window import HelpWindow
from viewer.ui.parts.icons import tinted_pixmap
from viewer.ui.reading.view import NARROW
from viewer.ui.refusal_page import RefusalPage
from viewer.ui.seal_dialog import SealDialog, outsiders_check, seal_facts
from viewer.ui.settings import Settings
from viewer.ui.window import Window


def view_of(window: Window) -> EditionView:
    view = window.stack.currentWidget()
    assert isinstance(view, EditionView)
    return view


def test_shows_the_marking_at_the_top_and_at_the_bottom(window: Window) -> None:
    for strip in (window.top, window.bottom):
        assert strip.isVisible()
        assert strip.text() == "NOT PROTECTIVELY MARKED"
    assert window.top.y() == 0
    assert window.bottom.geometry().bottom() == window.height() - 1


def test_a_review_date_that_is_past_is_said_in_a_banner_that_stays(window: Window, qtbot: QtBot) -> None:
    assert window.banner.isVisible()
    view_of(window).go("theme:trafficking")
    qtbot.wait(20)
    assert window.banner.isVisible()


def test_says_who_signed_what_is_open(window: Window) -> None:
    assert "Verified · Test publisher · key" in window.state.seal.text()


def test_the_details_of_the_seal_name_the_fingerprint_and_the_outsiders_check(window: Window, qtbot: QtBot) -> None:
    opened = view_of(window).context.opened
    dialog = SealDialog(opened, LIGHT, window)
    qtbot.addWidget(dialog)
    facts = dict(seal_facts(opened))
    assert facts["Fingerprint (BLAKE2b)"].replace("\n", "") == opened.bundle.seal.fingerprint
    assert "minisign -V" in dialog.check.toPlainText()
    assert opened.public_key in dialog.check.toPlainText()


@pytest.mark.parametrize(("size", "scale"), [((1280, 800), 2.0), ((640, 420), 1.0), ((1280, 800), 1.0)])
def test_the_details_of_the_seal_fit_the_window_and_cut_nothing(
    window: Window, appearance: Appearance, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
    window.resize(*size)
    dialog = SealDialog(view_of(window).context.opened, LIGHT, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    assert dialog.rect().contains(dialog.buttons.geometry())
    labels = dialog.area.findChildren(QLabel)
    assert len(labels) > 18
    assert [label.text() for label in labels if label.height() < label.heightForWidth(label.width())] == []
    assert dialog.area.horizontalScrollBar().maximum() == 0


def test_the_outsiders_check_names_the_file_that_is_open(
    open_window: Callable[[Path], Window], sample_bytes: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "May's edition.db"
    path.write_bytes(sample_bytes)
    shown = outsiders_check(view_of(open_window(path)).context.opened)
    assert "briefings.db" not in shown
    assert shlex.quote(path.name) in shown
    for line in ("tail -n 4", "head -c"):
        assert line in shown


def test_the_outsiders_check_works_on_the_file_as_it_is_named(
    open_window: Callable[[Path], Window], sample_bytes: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "-n 5; 'edition'.db"
    path.write_bytes(sample_bytes)
    cut = "\n".join(outsiders_check(view_of(open_window(path)).context.opened).split("\n")[:2])
    subprocess.run(["sh", "-c", cut], cwd=tmp_path, check=True, timeout=20)
    body, _ = split_trailer(sample_bytes)
    assert (tmp_path / "body.db").read_bytes() == body


def test_a_key_that_nobody_vouches_for_never_looks_like_a_trusted_seal(
    appearance: Appearance, exercise_bytes: tuple[bytes, bytes], key_pair: SigningKey, tmp_path: Path, qtbot: QtBot
) -> None:
    path, key = tmp_path / "exercise.db", tmp_path / "key.pub"
    path.write_bytes(exercise_bytes[0])
    key.write_text(key_pair.public.text)
    settings = Settings(tmp_path / "home")
    files = Files(ReaderSession.start(tmp_path / "home", key), settings)
    window = Window(appearance, settings, files)
    qtbot.addWidget(window)
    files.open(path)
    window.show()
    seal = window.state.seal
    assert seal.text().strip().startswith("Signed with a key given for this run · key ")
    assert seal.icon().pixmap(40).toImage() == tinted_pixmap("warning", LIGHT.warning, 1.0).toImage()
    assert seal.palette().color(seal.foregroundRole()).name() == LIGHT.warning.lower()
    dialog = SealDialog(view_of(window).context.opened, LIGHT, window)
    qtbot.addWidget(dialog)
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Verified" not in shown
    assert "Nobody vouches" in shown
    assert dict(seal_facts(view_of(window).context.opened))["Signed by"].startswith("Not known")
    window.close()


def test_a_changed_file_is_refused_and_nothing_of_it_is_shown(
    open_window: Callable[[Path], Window], sample_bytes: bytes, tmp_path: Path
) -> None:
    changed = bytearray(sample_bytes)
    changed[5000] ^= 1
    path = tmp_path / "changed.db"
    path.write_bytes(changed)
    window = open_window(path)
    assert isinstance(window.stack.currentWidget(), RefusalPage)
    assert not window.top.isVisible()
    assert not window.state.isVisible()
    shown = " ".join(label.text() for label in window.stack.refusal.findChildren(QWidget) if hasattr(label, "text"))
    assert "changed.db was not opened" in shown
    assert "Threat" not in shown


def test_after_a_refusal_the_reader_can_go_back_to_what_was_open(window: Window, tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"no edition")
    window._files.open(junk)
    assert window.stack.currentWidget() is window.stack.refusal
    window.stack.refusal.back.setFocus()
    QTest.keyClick(window.stack.refusal.back, Qt.Key.Key_Return)
    assert view_of(window).bundle.edition.series == "tacsea"
    assert window.top.isVisible()


def test_a_refusal_is_told_in_full_also_in_a_small_window_and_large_text(window: Window, tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"no edition")
    window._appearance.zoom(4)
    window._appearance.zoom(4)
    window.resize(700, 500)
    window._files.open(junk)
    QApplication.processEvents()
    page = window.stack.refusal
    assert page.verticalScrollBar().maximum() > 0
    for label in page.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())
    for button in (page.other, page.back):
        assert button.geometry().right() <= page.viewport().width()


def test_too_little_memory_is_told_as_that_and_not_as_a_fault_of_the_file(
    window: Window, sample_bytes: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    path = tmp_path / "large.db"
    path.write_bytes(sample_bytes)
    with monkeypatch.context() as scarce:
        scarce.setattr("viewer.bundle.gate.check_rows", no_memory)
        window._files.open(path)
    shown = [label.text() for label in window.stack.refusal.findChildren(QLabel)]
    assert shown[0] == "Too little memory"
    assert "nothing is wrong with the file" in shown[1]
    assert shown[2] == "Close other programs and try again."
    window._files.open(path)
    assert window.stack.currentWidget() is window.stack.view


def test_a_dropped_file_is_opened(window: Window, sample_bytes: bytes, tmp_path: Path) -> None:
    other = tmp_path / "dropped.db"
    other.write_bytes(sample_bytes)
    before = view_of(window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert view_of(window) is not before
    assert window._files.recent()[0] == other


def test_the_same_file_opened_twice_stays_one_desk(window: Window, sample_file: Path) -> None:
    window._files.open(sample_file)
    window._files.open(sample_file)
    assert sum(isinstance(window.stack.widget(at), EditionView) for at in range(window.stack.count())) == 1


def test_the_stick_may_be_pulled_after_opening(window: Window, sample_file: Path) -> None:
    sample_file.unlink()
    view_of(window).go("theme:groups-and-gangs")
    page = view_of(window).reading.page
    assert page is not None
    assert len(page.items) > 10


def test_back_and_forward_return_to_the_line(window: Window) -> None:
    view = view_of(window)
    view.go("theme:indecent-images")
    view.reading.verticalScrollBar().setValue(200)
    view.go("theme:trafficking")
    window.actions_by_name["back"].trigger()
    assert view.navigator.address == "theme:indecent-images"
    assert view.reading.verticalScrollBar().value() == 200
    window.actions_by_name["forward"].trigger()
    assert view.navigator.address == "theme:trafficking"


def test_turns_from_theme_to_theme_in_reading_order(window: Window) -> None:
    view = view_of(window)
    order = [f"theme:{theme.id}" for theme in view.bundle.themes()]
    walked = []
    for _ in order:
        window.actions_by_name["next_theme"].trigger()
        walked.append(view.navigator.address)
    assert walked == order


def test_remembers_the_place_sizes_and_appearance(
    open_window: Callable[[Path], Window], sample_file: Path, tmp_path: Path, appearance: Appearance
) -> None:
    first = open_window(sample_file)
    view_of(first).go("theme:hidden-internet")
    appearance.set_mode("dark")
    appearance.zoom(1)
    first.resize(1100, 760)
    first.close()
    settings = Settings(tmp_path / "home")
    assert (settings.mode, settings.scale) == ("dark", 1.1)
    second = open_window(sample_file)
    assert view_of(second).navigator.address == "theme:hidden-internet"


def test_copies_the_present_item_with_its_citation(window: Window) -> None:
    view = view_of(window)
    view.go("item:indecent-images.p4")
    window.actions_by_name["copy_cited"].trigger()
    copied = QApplication.clipboard().text()
    item = view.bundle.item("indecent-images.p4")
    assert copied.startswith(f"“{item.text[:30]}")
    assert copied.endswith(f"(TACSEA 2012/13, 3, paragraph 4, p. {item.page})")


def test_find_in_page_counts_and_steps(window: Window) -> None:
    view = view_of(window)
    view.go("theme:indecent-images")
    window.actions_by_name["find"].trigger()
    QTest.keyClicks(view.reading_view.page_find.bar.words, "peer")
    assert " of " in view.reading_view.page_find.bar.count.text()
    before = view.reading_view.page_find.bar.count.text()
    QTest.keyClick(view.reading_view.page_find.bar.words, Qt.Key.Key_F3)
    assert view.reading_view.page_find.bar.count.text() != before
    QTest.keyClick(view.reading_view.page_find.bar.words, Qt.Key.Key_Escape)
    assert not view.reading_view.page_find.bar.isVisible()
    assert view.reading.hasFocus()


def test_f6_shows_at_the_pages_edge_that_the_keyboard_came_back(window: Window, qtbot: QtBot) -> None:
    view = view_of(window)
    qtbot.waitUntil(lambda: bool(view.reading._edge_painters))
    window.activateWindow()
    view.contents.setFocus()
    qtbot.waitUntil(view.contents.hasFocus)
    edge = [view.reading.viewport().grab().toImage().pixelColor(0, 300).name()]
    window.actions_by_name["next_pane"].trigger()
    qtbot.waitUntil(view.reading.hasFocus)
    edge.append(view.reading.viewport().grab().toImage().pixelColor(0, 300).name())
    palette = view.context.appearance.palette
    assert [colour.upper() for colour in edge] == [palette.page, palette.accent]


def test_the_contents_open_a_theme_to_its_sections_and_items(window: Window) -> None:
    view = view_of(window)
    view.go("theme:indecent-images")
    row = view.contents.currentItem()
    sections = [row.child(at) for at in range(row.childCount())] if row else []
    assert [section.text(0).split("  ·")[0] for section in sections if section] == [
        "Key findings", "Figures", "Narrative", "Sources",
    ]  # fmt: skip
    first = sections[0]
    assert first is not None
    first.setExpanded(True)
    assert first.childCount() == 4


def test_folds_the_contents_away_in_a_narrow_window(window: Window, qtbot: QtBot) -> None:
    view = view_of(window)
    window.resize(NARROW - 100, 600)
    qtbot.waitUntil(lambda: not view.contents.isVisible())
    qtbot.waitUntil(lambda: view.reading.horizontalScrollBar().maximum() == 0)
    window.resize(1280, 800)
    qtbot.waitUntil(view.contents.isVisible)


def test_every_control_has_an_accessible_name(window: Window) -> None:
    kinds = (QAbstractButton, QLineEdit, QTreeView, QTextEdit)
    nameless = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not widget.objectName().startswith("qt_")
        and not (isinstance(widget.parent(), QLineEdit))
    ]
    assert nameless == []


def test_the_keyboard_alone_reaches_every_control_in_sight(window: Window) -> None:
    window.activateWindow()
    window.setFocus()
    reached: set[QWidget] = set()
    widget: QWidget | None = window
    for _ in range(400):
        widget = widget.nextInFocusChain() if widget else None
        assert widget is not None
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            reached.add(widget)
    buttons = {b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()}
    unreached = {b for b in buttons - reached if not isinstance(b.parent(), QLineEdit)}
    assert unreached == set()
    assert {view_of(window).contents, view_of(window).reading} <= reached


def test_the_title_of_the_window_names_nothing_that_is_restricted(window: Window) -> None:
    view_of(window).go("theme:trafficking")
    assert window.windowTitle() == "Briefing viewer"


@pytest.mark.parametrize("name", ["full_screen", "turn_appearance", "larger", "smaller", "normal_size"])
def test_looks_change_without_losing_the_page(window: Window, name: str) -> None:
    view_of(window).go("theme:indecent-images")
    window.actions_by_name[name].trigger()
    page = view_of(window).reading.page
    assert page is not None
    assert page.title.startswith("Making")


def test_the_keyboard_comes_to_the_seal_last(window: Window) -> None:
    order: list[QWidget] = [window.bar]
    while (following := order[-1].nextInFocusChain()) is not None and following is not window.bar:
        order.append(following)
    at = {widget: place for place, widget in enumerate(order)}
    view = view_of(window)
    assert at[window.bar] < at[view.contents] < at[view.reading] < at[window.state.seal]


def test_a_footnote_opens_its_source_from_the_keyboard(window: Window) -> None:
    view = view_of(window)
    view.go("theme:indecent-images")
    view.reading.setFocus()
    for _ in range(30):
        QTest.keyClick(view.reading, Qt.Key.Key_Tab)
        if view.reading.textCursor().charFormat().anchorHref().startswith("source:"):
            break
    QTest.keyClick(view.reading, Qt.Key.Key_Return)
    assert view.reading_view.popup.isVisible()
    assert view.reading_view.popup.accessibleName().startswith("Source ")
    QTest.keyClick(view.reading_view.popup, Qt.Key.Key_Escape)
    assert not view.reading_view.popup.isVisible()


def test_a_note_at_its_place_opens_beside_its_mark_and_its_link_leads_on(
    open_window: Callable[[Path], Window], exercise_files: tuple[Path, Path]
) -> None:
    view = open_window(exercise_files[1]).edition_view
    assert view is not None
    view.go("item:asked-fees.f1")
    view.context.go("note:asked-fees.f1/hour")
    popup = view.reading_view.popup
    assert popup.isVisible()
    assert popup.accessibleName() == "Note a: By what users remember; no bank has confirmed it."
    popup.hide()
    view.context.go("note:asked-fees.f1/unknown")
    assert not popup.isVisible()


def test_the_user_guide_is_one_window_however_often_it_is_asked_for(window: Window) -> None:
    for _ in range(3):
        window.actions_by_name["help"].trigger()
    assert len(window.findChildren(HelpWindow)) == 1
    assert window.help.isVisible()


def test_an_edition_that_is_replaced_is_let_go(
    window: Window, sample_bytes: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    former = view_of(window)
    window.search.entered.emit()
    worker = former.search_worker
    other = tmp_path / "other.db"
    other.write_bytes(sample_bytes)
    window._files.open(other)
    assert worker._thread is None or not worker._thread.is_alive()
    gone: list[bool] = []
    former.destroyed.connect(lambda: gone.append(True))
    qtbot.waitUntil(lambda: bool(gone))
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        former.bundle.item("trafficking.f1")
    assert gc.get_freeze_count() == 0
    assert view_of(window).bundle.theme("trafficking")


def test_an_edition_that_is_not_shown_is_let_go(
    window: Window, sample_file: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = ReaderSession(home=sample_file.parent, trust=trust).inspect(sample_file)
    monkeypatch.setattr(view_of(window), "can_close", lambda: False)
    window.stack.show_edition(opened)
    assert view_of(window).context.opened is not opened
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened.bundle.item("trafficking.f1")


def test_what_the_window_remembers_is_for_its_reader_alone(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    settings.save_appearance("dark", 1.2)
    settings.save()
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "home" / "window.ini").stat().st_mode & 0o777 == 0o600
    assert Settings(tmp_path / "home").mode == "dark"


def test_in_a_narrow_window_the_bar_at_the_foot_keeps_the_review_date_whole(window: Window, qtbot: QtBot) -> None:
    window.resize(640, 500)
    qtbot.wait(50)
    shown = [label for label in window.state.findChildren(QLabel) if label.isVisible()]
    assert [label.text()[:11] for label in shown] == ["Review date"]
    assert shown[0].width() >= shown[0].sizeHint().width()


@pytest.mark.parametrize("steps", [-2, -1, 1, 4])
def test_no_theme_scrolls_sideways_at_any_text_size(window: Window, steps: int) -> None:
    window._appearance.zoom(steps)
    window.resize(1280, 800)
    view = view_of(window)
    for theme in view.bundle.themes():
        view.go(f"theme:{theme.id}")
        QApplication.processEvents()
        assert view.reading.horizontalScrollBar().maximum() == 0, theme.id
