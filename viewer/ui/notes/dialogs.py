"""Small dialogs of the notes: names and colours, what an import would do, what to do with words not saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from viewer.notes.exchange import ConflictWinner, ImportReport
from viewer.notes.limits import names_left_out
from viewer.notes.note_settings import COLOURS
from viewer.paths import display_name
from viewer.ui.parts.modal import shown_dialog
from viewer.ui.parts.plain_text import plain_box

FORMS = {
    "Markdown, to read (*.md)": ".md",
    "Table (*.csv)": ".csv",
    "Notes to exchange (*.json)": ".json",
}
_CHOICES = (
    (ConflictWinner.BOTH, "Both, and choose later in Notes"),
    (ConflictWinner.NEWEST, "The newest of both"),
    (ConflictWinner.LOCAL, "Mine"),
    (ConflictWinner.INCOMING, "Theirs"),
)


class NamesDialog(QDialog):
    """The name that new notes bear, and what the five colours mean."""

    def __init__(self, author: str, meanings: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Names and colours")
        self.author = QLineEdit(author, placeholderText="as it stands on notes that you pass on")
        self.meanings = [QLineEdit(meaning) for meaning in meanings]
        form = QFormLayout()
        form.addRow("Your name", self.author)
        for colour, line in zip(COLOURS, self.meanings, strict=True):
            form.addRow(colour.capitalize(), line)
        column = QVBoxLayout(self)
        column.addLayout(form)
        self.too_long = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.too_long.setAccessibleName("What is too long")
        column.addWidget(self.too_long)
        self.buttons = _buttons(self, "Keep")
        column.addWidget(self.buttons)
        self.setMinimumWidth(420)
        for line in (self.author, *self.meanings):
            line.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        """Say while it is typed what is too long to be kept, and keep nothing until it is not."""
        too_long = names_left_out(self.author.text().strip(), [line.text().strip() for line in self.meanings])
        self.too_long.setText(too_long)
        self.too_long.setVisible(bool(too_long))
        for button in self.buttons.buttons():
            if self.buttons.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole:
                button.setEnabled(not too_long)


class ImportDialog(QDialog):
    """What an import would do, before anything is written."""

    def __init__(self, name: str, report: ImportReport, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import notes")
        column = QVBoxLayout(self)
        column.addWidget(QLabel(f"{name} holds:"))
        column.addWidget(QLabel("\n".join(f"•  {line}" for line in report.lines())))
        self._group = QButtonGroup(self)
        if report.conflicting:
            column.addWidget(QLabel("Of notes changed on both sides, keep:"))
            for at, (_, label) in enumerate(_CHOICES):
                button = QRadioButton(label)
                button.setChecked(at == 0)
                self._group.addButton(button, at)
                column.addWidget(button)
            column.addWidget(QLabel("What gives way is kept as a former version."))
        if report.changes_anything:
            column.addWidget(_buttons(self, "Take over"))
        else:
            column.addWidget(QLabel("There is nothing to take over."))
            close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
            close.rejected.connect(self.reject)
            column.addWidget(close)
        self.setMinimumWidth(460)

    @property
    def winner(self) -> ConflictWinner:
        """Which version stays."""
        return _CHOICES[max(0, self._group.checkedId())][0]


def ask_where_to_save(parent: QWidget, title: str, name: str, forms: Sequence[str]) -> str:
    """Ask which file to write; return its path with its ending, empty for none.

    For a name typed without its ending the system asks about replacing another file, so it is asked here again.
    """
    path, form = QFileDialog.getSaveFileName(parent, title, name, ";;".join(forms))
    if not path or path.endswith(tuple(FORMS.values())):
        return path
    whole = path + FORMS.get(form, "")
    return whole if whole == path or not Path(whole).exists() or _may_replace(parent, whole) else ""


def _may_replace(parent: QWidget, path: str) -> bool:
    box = plain_box(parent, "Briefing viewer", f"{display_name(Path(path))} is there already.")
    box.addButton(QMessageBox.StandardButton.Cancel)
    replace = box.addButton("Replace it", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    with shown_dialog(box):
        return box.clickedButton() is replace


def ask_what_to_import(parent: QWidget) -> str:
    """Ask which file of notes to import; return its path, empty for none."""
    path, _ = QFileDialog.getOpenFileName(parent, "Import notes", "", "Notes to exchange (*.json);;All files (*)")
    return path


def confirm_leaving_unsaved(parent: QWidget, why: str) -> bool:
    """Ask whether to go although the note being written was not saved; return the answer."""
    box = QMessageBox(parent)
    box.setWindowTitle("Briefing viewer")
    box.setText("Not all of the note that you are writing is saved.")
    box.setInformativeText(f"{why} Stay to save it elsewhere, or leave without it.")
    stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton("Leave without it", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    with shown_dialog(box):
        return box.clickedButton() is leave


def _buttons(dialog: QDialog, yes: str) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
