"""What leaves the view of sheets: to a file, to the printer, to the clipboard, all themes to a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QPushButton, QWidget

from viewer import paths
from viewer.dissemination import file_names
from viewer.dissemination.issuing import Deliver
from viewer.dissemination.print_service import Printers, print_document, printers
from viewer.errors import ViewerError
from viewer.sheets.compose import one_for_each_theme
from viewer.sheets.formats import FORMAT_NAMES, IssuedSheet, SheetFormat, export_sheet, issue_sheet, suggested_name
from viewer.sheets.recipe import Recipe
from viewer.sheets.sheet import Sheet
from viewer.text import wording
from viewer.ui.parts.background_runner import BackgroundRunner
from viewer.ui.parts.modal import run_dialog
from viewer.ui.parts.plain_text import plain_box
from viewer.ui.sheets.tray import Tray

SAVING = "The sheet is being saved …"
Variants = Callable[[Recipe], Sequence[Sheet]]


class SheetOutputs(QObject):
    """Issues the tray's sheet, the register always first, in a thread of its own; one at a time.

    Signals: `started(sentence)` when a sheet is on its way out; `message(sentence)` when it is out, or refused.
    """

    started = Signal(str)
    message = Signal(str)

    def __init__(self, parent: QWidget, runner: BackgroundRunner, home: Path, tray: Tray, variants: Variants) -> None:
        super().__init__(parent)
        self._window, self._runner, self._home, self._tray, self._variants = parent, runner, home, tray, variants
        self._folder = Path.home()
        self._pages = 0
        self._is_ready = self._is_busy = False
        self.save, self.print, self.more = QPushButton("&Save …"), QPushButton("P&rint …"), QPushButton("&More")
        self.save.setDefault(True)
        self.save.setToolTip("Enter the sheet in the register and save it (Ctrl+S)")
        self.save.setShortcut("Ctrl+S")
        self.print.setShortcut("Ctrl+P")
        self.print.setToolTip("Enter the sheet in the register and print it (Ctrl+P)")
        self.save.clicked.connect(self.ask_and_save)
        self.print.clicked.connect(self.ask_and_print)
        menu = QMenu(parent)
        menu.addAction("Copy as text", self.copy_text)
        menu.addAction("One file for each theme …", self.ask_and_save_all)
        self.more.setMenu(menu)
        self.enable(False)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons in the order of the eye."""
        return self.more, self.print, self.save

    def enable(self, on: bool, pages: int = 0) -> None:
        """Let a sheet leave or not; it has `pages` pages with all its copies."""
        self._pages, self._is_ready = pages, on
        self._show_enabled()

    def _show_enabled(self) -> None:
        for button in (self.save, self.print):
            button.setEnabled(self._is_ready and not self._is_busy)
        self.more.setEnabled(not self._is_busy)

    def _run(self, doing: str, work: Callable[[], object], then: Callable[[object], None]) -> None:
        """Do `work` in the background, where it may wait for the register; what is asked for meanwhile is not done."""
        if self._is_busy:
            return
        self._is_busy = True
        self._show_enabled()
        self.started.emit(doing)
        self._runner.run(work, partial(self._finish, then), partial(self._finish, self._refuse))

    def _finish(self, then: Callable[[object], None], result: object) -> None:
        self._is_busy = False
        self._show_enabled()
        then(result)

    # To a file

    def ask_and_save(self) -> None:
        """Ask where to, then save; the name to begin with is the sheet's, which is composed first."""
        self._run("The sheet is being composed …", partial(self._variants, self._tray.recipe), self._ask_where)

    def _ask_where(self, sheets: object) -> None:
        assert isinstance(sheets, Sequence)
        start = self._folder / suggested_name(sheets[0], ".pdf")
        kinds = ";;".join(f"{name} (*.{kind})" for kind, name in FORMAT_NAMES.items())
        name, chosen = QFileDialog.getSaveFileName(self._window, "Save the sheet", str(start), kinds)
        if name:
            path = Path(name)
            kind = next((kind for kind, title in FORMAT_NAMES.items() if chosen.startswith(title)), SheetFormat.PDF)
            full = path if path.suffix else path.with_name(f"{path.name}.{kind}")
            if full == path or not full.exists() or self._may_replace(full):
                self.save_to(full)

    def _may_replace(self, path: Path) -> bool:
        """Ask, since the dialog knew the name without its ending alone."""
        box = plain_box(self._window, "Save the sheet", f"{paths.display_name(path)} is there already. Replace it?")
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        box.setDefaultButton(QMessageBox.StandardButton.No)
        return run_dialog(box) == QMessageBox.StandardButton.Yes

    def save_to(self, path: Path) -> None:
        """Save the sheet at `path`, in place of what is there: the dialog has asked."""
        self._folder = path.parent
        recipe = self._tray.recipe
        self._run(SAVING, partial(self._export, recipe, path), partial(self._saved, path))

    def _export(self, recipe: Recipe, path: Path) -> IssuedSheet:
        """Run in the background thread."""
        return export_sheet(self._variants(recipe), path, self._home, replace_file=True)

    def _saved(self, path: Path, issued: object) -> None:
        assert isinstance(issued, IssuedSheet)
        sheet = f"sheet {issued.imprint.id}, row {issued.number} of the register"
        self.message.emit(f"Saved as {paths.display_name(path)}: {sheet}.")

    # All themes

    def ask_and_save_all(self) -> None:
        """Ask for a folder, then save one sheet for each theme in it."""
        name = QFileDialog.getExistingDirectory(self._window, "A folder for one file each", str(self._folder))
        if name:
            self.save_all_to(Path(name))

    def save_all_to(self, folder: Path) -> None:
        """Save one sheet for each theme in `folder`; files that are there already are left as they are."""
        self._folder = folder
        self._run(SAVING, partial(self._export_all, self._tray.recipe, folder), self._saved_all)

    def _export_all(self, recipe: Recipe, folder: Path) -> list[IssuedSheet]:
        """Run in the background thread."""
        jobs = one_for_each_theme(recipe, self._tray.bundle)
        for _, name in jobs:
            file_names.check_writable(folder / name, replace=False)
        return [export_sheet(self._variants(job), folder / name, self._home) for job, name in jobs]

    def _saved_all(self, issued: object) -> None:
        assert isinstance(issued, list)
        self.message.emit(f"Saved {wording.count(len(issued), 'sheet')} in {paths.display_name(self._folder)}.")

    # To the printer

    def ask_and_print(self) -> None:
        """Ask on which printer and which pages, then enter the sheet in the register and print them."""
        if sys.platform == "win32":
            self._ask_windows()
        else:
            self._run("This computer’s print service is being asked …", printers, self._ask_printer)

    def _ask_printer(self, found: object) -> None:
        from viewer.ui.sheets.print_dialog import ask

        assert isinstance(found, Printers)
        job = ask(self._window, found, self._pages, self._tray.recipe)
        self.message.emit("" if job else "Nothing was printed.")
        if job is not None:
            self.print_to(partial(print_document, job=job))

    def _ask_windows(self) -> None:
        from viewer.ui.sheets.windows_printing import ask, print_pdf

        printer = ask(self._window, "Briefing sheet", self._pages)
        if printer is not None:
            self.print_to(partial(print_pdf, printer=printer))

    def print_to(self, deliver: Deliver) -> None:
        """Enter the sheet in the register and print it, in one piece of work that is never given up halfway."""
        work = partial(self._issue, self._tray.recipe, SheetFormat.PDF, deliver, event="print")
        self._run("The sheet is being printed …", work, partial(self._show_issued, "Sent to the printer"))

    # To the clipboard

    def copy_text(self) -> None:
        """Enter the sheet in the register, then put it on the clipboard as Markdown."""
        text: list[str] = []
        work = partial(
            self._issue,
            self._tray.recipe,
            SheetFormat.MARKDOWN,
            lambda data: text.append(data.decode()),
            event="copy",
        )
        self._run("The sheet is being copied …", work, partial(self._copied, text))

    def _copied(self, text: Sequence[str], issued: object) -> None:
        QApplication.clipboard().setText(text[0])
        self._show_issued("Copied", issued)

    def _issue(self, recipe: Recipe, kind: SheetFormat, deliver: Callable[[bytes], None], *, event: str) -> IssuedSheet:
        """Compose, enter and deliver; this runs in the background thread."""
        return issue_sheet(self._variants(recipe), kind, self._home, deliver, event=event)

    def _show_issued(self, how: str, issued: object) -> None:
        assert isinstance(issued, IssuedSheet)
        self.message.emit(f"{how}: sheet {issued.imprint.id}, row {issued.number} of the register.")

    def _refuse(self, err: object) -> None:
        assert isinstance(err, ViewerError)
        self.message.emit(f"{err} {err.advice}".strip())
