"""The menu of recipes: kept ones to take from the shelf, to rename, duplicate, pass on; and the small questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from viewer import paths
from viewer.dissemination.file_names import safe_name
from viewer.errors import ViewerError
from viewer.sheets import recipe_store
from viewer.sheets.recipe import LONGEST_LINE, Recipe
from viewer.sheets.recipe_store import RecipeStore
from viewer.sheets.recipe_text import to_toml
from viewer.text.safe import visible
from viewer.ui.sheets.tray import Tray

Result = TypeVar("Result")


class RecipeMenu(QMenu):
    """Keeps the tray's recipe and brings others back, each as another sheet, which `begin(recipe, name)` begins.

    Signals: `message(sentence)` on what was done or refused.
    """

    message = Signal(str)

    def __init__(self, tray: Tray, home: Path, begin: Callable[[Recipe, str], object], parent: QWidget) -> None:
        super().__init__("Recipes", parent)
        self._tray, self._bundle, self._begin = tray, tray.bundle, begin
        self._shelf, self._window = RecipeStore(home), parent
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the recipes that are kept now."""
        self.clear()
        keep = self.addAction("Keep this recipe …", self.ask_and_keep)
        keep.setEnabled(not self._tray.recipe.is_empty)
        export = self.addAction("Export this recipe …", self.ask_and_export)
        export.setEnabled(not self._tray.recipe.is_empty)
        self.addAction("Open a recipe file …", self.ask_and_open)
        self.addSeparator()
        for name in self._attempt(self._shelf.names) or []:
            under = self.addMenu(visible(name).replace("&", "&&"))
            under.addAction("Use", partial(self.use, name))
            under.addAction("Rename …", partial(self.ask_and_rename, name))
            duplicate = partial(self._do, self._shelf.duplicate, name, done="Duplicated as “{}”.".format)
            under.addAction("Duplicate", duplicate)
            under.addAction("Remove", partial(self._do, self._shelf.remove, name, done=lambda _: "Removed."))

    def use(self, name: str) -> None:
        """Put a kept recipe on the tray, and say what changed in the edition since it was made."""
        self._take(lambda: self._shelf.load(name))

    def keep(self, name: str) -> None:
        """Keep the tray's recipe as `name`."""
        recipe = recipe_store.with_hashes(self._tray.recipe, self._bundle)
        self._do(self._shelf.save, recipe, name, done="Kept as “{}”.".format)

    def ask_and_keep(self) -> None:
        """Ask for a name, then keep the recipe."""
        name = self._ask("Keep this recipe", "Name", self._tray.recipe.name)
        if name:
            self.keep(name)

    def ask_and_rename(self, name: str) -> None:
        """Ask for another name."""
        other = self._ask("Rename the recipe", "Name", name)
        if other:
            self._do(self._shelf.rename, name, other, done="Renamed to “{}”.".format)

    def ask_and_export(self) -> None:
        """Ask where to, then write the recipe as a TOML file."""
        start = safe_name(self._tray.recipe.name or "recipe", ".toml")
        name, _ = QFileDialog.getSaveFileName(self._window, "Export this recipe", start, "Recipes (*.toml)")
        if name:
            text = to_toml(recipe_store.with_hashes(self._tray.recipe, self._bundle))
            path = Path(name)
            sentence = f"Written: {paths.display_name(path)}."
            self._do(paths.write_atomically, path, text.encode(), done=lambda _: sentence)

    def ask_and_open(self) -> None:
        """Ask for a recipe file and use it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a recipe", "", "Recipes (*.toml)")
        if name:
            self._take(lambda: recipe_store.load(Path(name)), paths.display_name(Path(name)).removesuffix(".toml"))

    def ask_heading(self) -> None:
        """Ask for a heading of the reader's own and put it on the sheet; one that is too long is asked for again."""
        words = self._ask("A heading of my own", "Heading", "")
        while len(words) > LONGEST_LINE:
            asked = f"Heading, of at most {LONGEST_LINE} characters: here are {len(words):,}"
            words = self._ask("A heading of my own", asked, words)
        if words:
            self._tray.add_heading(words)

    def _take(self, load: Callable[[], Recipe], name: str = "") -> None:
        recipe = self._attempt(load)
        if recipe is not None:
            report = recipe_store.check_fit(recipe, self._bundle)
            self._begin(recipe, recipe.name or name)
            self.message.emit(" ".join(report.sentences) or "Nothing in it has changed since it was made.")

    def _do(self, work: Callable[..., object], *args: object, done: Callable[[object], str]) -> None:
        try:
            result = work(*args)
        except ViewerError as err:
            self.message.emit(f"{err} {err.advice}".strip())
            return
        self.message.emit(done(result))

    def _attempt(self, work: Callable[[], Result]) -> Result | None:
        try:
            return work()
        except ViewerError as err:
            self.message.emit(f"{err} {err.advice}".strip())
            return None

    def _ask(self, title: str, label: str, text: str) -> str:
        words, chosen = QInputDialog.getText(self._window, title, label, text=text)
        return words.strip() if chosen else ""
