"""The dialog that asks on which printer of this computer, and which pages."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from viewer.dissemination.print_service import Printers, PrintJob, checked_pages
from viewer.sheets.recipe import Form, Recipe
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.parts.modal import shown_dialog
from viewer.ui.parts.widgets import plain_label

COPIES = "How many copies, and printing on both sides, are chosen with the sheet, where each copy has its number."


class PrintDialog(QDialog):
    """Where a sheet of so many pages is printed, and which of them; says what is wrong while it is typed."""

    def __init__(self, printers: Printers, pages: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = pages
        self.setWindowTitle("Print the sheet")
        self.setMinimumWidth(460)
        self.printer = QComboBox()
        for name in printers.names:
            self.printer.addItem(visible(name), name)
        self.printer.setCurrentIndex(printers.names.index(printers.usual))
        self.pages = QLineEdit(
            placeholderText=f"All {pages}, or such as 1,3-4" if pages > 1 else "The one that there is"
        )
        self.problem = plain_label(wrapped=True)
        self.problem.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.addButton("&Print", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        note = plain_label(wrapped=True)
        note.setText(COPIES)
        note.setObjectName("quiet")
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow("Prin&ter", self.printer)
        form.addRow("Pa&ges", self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        for widget in (self.problem, note, buttons):
            column.addWidget(widget)
        self.pages.textChanged.connect(self._check)
        self._check("")

    def job(self, recipe: Recipe) -> PrintJob:
        """Return what was chosen for a sheet; the pages are right, since the dialog is answered no sooner."""
        pages = checked_pages(self.pages.text(), self._count)
        paper = "" if recipe.form is Form.SLIDES else recipe.paper.value
        return PrintJob(printer=self.printer.currentData(), pages=pages, paper=paper, two_sided=recipe.two_sided)

    def _check(self, text: str) -> None:
        try:
            checked_pages(text, self._count)
            sentence = f"The sheet has {wording.count(self._count, 'page')} with all its copies."
            fits = True
        except ValueError as err:
            sentence, fits = str(err), False
        self.problem.setText(sentence)
        self.problem.setProperty("trouble", not fits)
        self.problem.style().polish(self.problem)
        self.ok.setEnabled(fits)


def ask(parent: QWidget, printers: Printers, pages: int, recipe: Recipe) -> PrintJob | None:
    """Return where and which of so many pages of a sheet a person wants printed; None where they gave up."""
    dialog = PrintDialog(printers, pages, parent)
    with shown_dialog(dialog) as answer:
        return dialog.job(recipe) if answer == QDialog.DialogCode.Accepted else None
