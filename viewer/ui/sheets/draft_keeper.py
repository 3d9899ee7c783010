"""Keeps the sheet being made while it grows, in a thread, and lets the reader have several of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from viewer.errors import ViewerError
from viewer.sheets.recipe import Recipe, has_own_words
from viewer.sheets.sheet_drafts import SheetDrafts
from viewer.ui.parts.background_runner import BackgroundRunner
from viewer.ui.parts.modal import run_dialog
from viewer.ui.parts.plain_text import plain_box
from viewer.ui.sheets.tray import Tray

SAVE_AFTER = 500  # milliseconds from a change to its being written: further changes do not put it off
RETRY_AFTER = 5000  # milliseconds until what could not be written is tried again
LOOK_EVERY = 1000  # milliseconds between looks at what another window wrote
FOLLOWED = "Another window changed this sheet. It is shown here as it is there now."

Choice = tuple[str, Callable[[], object]]


class SheetDraftKeeper(QObject):
    """Keeps what is on the tray, and puts on it what was kept.

    Signals: `changed` when another sheet is open, or it became known whether it is kept; `said(sentence, choices)` for
    what the reader must know, with what can be done about it: pairs of words and a function.
    """

    changed = Signal()
    said = Signal(str, object)

    def __init__(self, tray: Tray, home: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._tray, self._over = tray, parent
        self.drafts = SheetDrafts(home, tray.bundle)
        self.trouble = ""  # why the sheet is not kept, in a sentence
        self._is_writing = self._is_looking = self._has_followed = False
        self._runner = BackgroundRunner(self)
        self._soon, self._again, self._look = QTimer(self), QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._again.setSingleShot(True)
        self._soon.setInterval(SAVE_AFTER)
        self._again.setInterval(RETRY_AFTER)
        self._look.setInterval(LOOK_EVERY)
        self._soon.timeout.connect(self._save)
        self._again.timeout.connect(self._save)
        self._look.timeout.connect(self._look_elsewhere)
        tray.changed.connect(self._plan)

    def open(self) -> None:
        """Put on the tray what was on the sheet that was open last."""
        self._show(self.drafts.open_latest())
        self._look.start()

    @property
    def name(self) -> str:
        """The name of the sheet that is open."""
        return self.drafts.draft.name

    @property
    def is_kept(self) -> bool:
        """Whether all that is on the tray is kept, or nothing is to be kept yet."""
        kept = self.drafts.draft.recipe
        return self._tray.recipe == (self._tray.fresh() if kept is None else kept)

    # What the reader does

    def switch(self, name: str) -> None:
        """Open another sheet, once this one is kept."""
        self._do(lambda: self._show(self.drafts.switch(name)))

    def begin(self, recipe: Recipe | None = None, name: str = "") -> None:
        """Begin another sheet, empty or with what a recipe says, once this one is kept."""
        fresh = self._tray.fresh() if recipe is None else recipe
        self._do(lambda: self._begun(fresh, name))

    def duplicate(self) -> None:
        """Go on with a copy of the sheet."""
        self._do(self.drafts.duplicate)

    def rename(self, name: str) -> None:
        """Give the sheet another name."""
        self._do(lambda: self.drafts.rename(name))

    def remove(self) -> None:
        """Remove the sheet and show another; it can be brought back as long as the sentence stands."""
        self._do(self._remove)

    def empty(self) -> None:
        """Empty the sheet; what was on it can be brought back as long as the sentence stands."""
        before, name = self._tray.recipe, self.name
        self._tray.clear()
        if self._tray.recipe != before:
            self.said.emit("The sheet is empty.", (("Undo", lambda: self._fill_again(before, name)),))

    def _fill_again(self, recipe: Recipe, name: str) -> None:
        """Put on the sheet what was on it; beside it, where another sheet or something else is there by now."""
        if self.name == name and not self._tray.recipe.entries and not has_own_words(self._tray.recipe):
            self._tray.load(recipe)
        else:
            self.begin(recipe, name)

    def _begun(self, recipe: Recipe, name: str) -> None:
        self.drafts.begin(recipe, name)
        self._show(())

    def _remove(self) -> None:
        if self.drafts.draft.recipe is None:
            return
        removed = self.drafts.remove()
        recipe = removed.recipe
        self._show(())
        assert recipe is not None
        bring_back = partial(self.begin, recipe, removed.name)
        self.said.emit(f"The sheet “{removed.name}” is removed.", (("Undo", bring_back),))

    def _do(self, work: Callable[[], object]) -> None:
        """Keep the sheet, then do something to the sheets, and say what was refused."""
        try:
            self._flush()
            work()
        except ViewerError as err:
            self.said.emit(f"{err} {err.advice}".strip(), ())
        self.changed.emit()

    def _show(self, sentences: tuple[str, ...]) -> None:
        """Put the sheet that is open on the tray."""
        self._has_followed = False
        self._tray.load(self.drafts.draft.recipe or self._tray.fresh())
        if sentences:
            self.said.emit(" ".join(sentences), ())
        self.changed.emit()

    # Keeping

    def _plan(self) -> None:
        if not self.is_kept and not self._soon.isActive() and not self._is_writing:
            self._soon.start()

    def _save(self) -> None:
        if self._is_writing or self.is_kept:
            return
        self._is_writing = True
        self._again.stop()
        recipe = self._tray.recipe
        self._runner.run(partial(self.drafts.keep, recipe), self._note_kept, self._note_trouble)

    def _note_kept(self, sentence: object) -> None:
        self._is_writing, self.trouble = False, ""
        self._has_followed = False
        if sentence:
            self.said.emit(str(sentence), ())
        self.changed.emit()
        self._plan()

    def _note_trouble(self, err: object) -> None:
        assert isinstance(err, ViewerError)
        self._is_writing = False
        is_new, self.trouble = not self.trouble, f"{err} {err.advice}".strip()
        if is_new:
            self.said.emit(self.trouble, ())
        self._again.start()
        self.changed.emit()

    def _flush(self) -> None:
        """Keep now what is not kept yet. Raises ViewerError."""
        if not self.is_kept:
            self._note_kept_now(self.drafts.keep(self._tray.recipe))

    def _note_kept_now(self, sentence: str) -> None:
        self.trouble = ""
        if sentence:
            self.said.emit(sentence, ())

    def can_close(self) -> bool:
        """Keep the sheet; where that fails, ask whether to go without it, and return the answer."""
        try:
            self._flush()
        except ViewerError as err:
            box = plain_box(self._over, "The sheet is not kept", f"{err} Close all the same, and lose what is new?")
            box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
            box.setDefaultButton(QMessageBox.StandardButton.Cancel)
            return run_dialog(box) == QMessageBox.StandardButton.Discard
        return True

    def end(self) -> None:
        """End the thread, once what it writes is written."""
        for timer in (self._soon, self._again, self._look):
            timer.stop()
        self._runner.shut_down()

    # What another window did

    def _look_elsewhere(self) -> None:
        if not self._is_looking and not self._is_writing and self.is_kept:
            self._is_looking = True
            self._runner.run(self.drafts.is_changed_elsewhere, self._follow, self._follow)

    def _follow(self, is_changed: object) -> None:
        """Show what another window made of the sheet, unless something was changed here meanwhile."""
        self._is_looking = False
        if is_changed is not True or self._is_writing or not self.is_kept:
            return
        has_followed = self._has_followed
        try:
            self.drafts.reopen()
        except ViewerError:
            return  # another program has damaged it: what is here is kept beside it with the next change
        self._show(() if has_followed else (FOLLOWED,))
        self._has_followed = True
