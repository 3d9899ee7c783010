"""How the sheet shall be: form, audience, parts, paper, and the reader's own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from viewer.model import Caveat
from viewer.sheets.recipe import MOST_COPIES, Form, Paper, SheetPart, words_in_excess
from viewer.sheets.sheet import FORM_NAMES, PART_NAMES
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import scaled
from viewer.ui.sheets.tray import Tray

_PAPERS = {Paper.A4: "A4", Paper.LETTER: "Letter", Paper.A5: "A5", Paper.A6: "A6"}
STAYS = "It stays here, and no sheet leaves until it is shorter."
UNCONFIRMED = "Also your notes whose words went elsewhere, and whose place you have not confirmed"
LONGEST_TYPED = 2**30  # characters of a line: what is too long for a sheet is said, and nothing is cut
_LONG_LABEL = 20  # characters of a box's label, for which two columns have room
_BETWEEN = 20  # pixels at 100 % between two boxes side by side


class SheetOptions(QWidget):
    """Writes the reader's choices into the tray's recipe, and shows those that it holds; `since` does so itself."""

    def __init__(self, tray: Tray, since: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tray = tray
        labels = {marking.code: marking.label for marking in tray.bundle.markings}
        self.form = _choice("Form", {form.value: name for form, name in FORM_NAMES.items()})
        self.since = since
        self.audience = _choice("For readers up to", labels)
        self.caveats = {caveat.label: _caveat_box(caveat) for caveat in tray.bundle.caveats}
        self.paper = _choice("Paper", {paper.value: name for paper, name in _PAPERS.items()})
        self.own_marking = _choice("My own words are marked", labels)
        self.large, self.two_sided = QCheckBox("Large print"), QCheckBox("Two-sided")
        self.parts = {
            part: QCheckBox("My notes" if part is SheetPart.NOTES else PART_NAMES[part]) for part in SheetPart
        }
        self.unconfirmed_notes = QCheckBox("Unconfirmed notes")
        self.unconfirmed_notes.setToolTip(plain_tip(visible(UNCONFIRMED)))
        self.parts_without_room = _hint()
        self.recipient, self.title, self.purpose = _line("Recipient"), _line("Title"), _line("Purpose")
        self.title.setPlaceholderText("as the theme")
        self.copies = QSpinBox(minimum=1, maximum=MOST_COPIES)
        self.copies.setAccessibleName("Numbered copies")
        self.introduction = _text("Introduction")
        self.questions = _text("Questions for discussion, one a line")
        self.excess = {name: _trouble() for name in ("recipient", "title", "purpose", "introduction", "questions")}
        self._held = _grid(list(self.caveats.values()))
        self._parts = _grid([*self.parts.values(), self.unconfirmed_notes])
        self._prints = _grid([self.large, self.two_sided])
        self._lay_out()
        self._wire()
        self.show_recipe()
        self.show_parts_left_out(())

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(7)
        form.setHorizontalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow("&Form", self.form)
        form.addRow("Since", self.since)
        form.addRow("For readers &up to", self.audience)
        if self.caveats:
            form.addRow("Who hold", self._held)
        form.addRow("&Recipient", self.recipient)
        form.addRow("", self.excess["recipient"])
        form.addRow("&Copies", self.copies)
        form.addRow("Parts", self._parts)
        form.addRow("", self.parts_without_room)
        form.addRow("&Paper", self.paper)
        form.addRow("", self._prints)
        form.addRow("&Title", self.title)
        form.addRow("", self.excess["title"])
        form.addRow("Purp&ose", self.purpose)
        form.addRow("", self.excess["purpose"])
        form.addRow("&Introduction", self.introduction)
        form.addRow("", self.excess["introduction"])
        form.addRow("&Questions", self.questions)
        form.addRow("", self.excess["questions"])
        form.addRow("My words are", self.own_marking)

    def _wire(self) -> None:
        tray = self._tray
        self.form.activated.connect(lambda: tray.set_form(Form(self.form.currentData())))
        self.audience.activated.connect(lambda: tray.set(audience=self.audience.currentData()))
        self.copies.valueChanged.connect(lambda number: tray.set(copies=number))
        self.introduction.textChanged.connect(lambda: tray.set(introduction=self.introduction.toPlainText()))
        self.large.toggled.connect(lambda on: tray.set(large=on))
        self.own_marking.activated.connect(lambda: tray.set(own_marking=self.own_marking.currentData()))
        self.paper.activated.connect(lambda: tray.set(paper=Paper(self.paper.currentData())))
        self.purpose.textEdited.connect(lambda text: tray.set(purpose=text))
        self.questions.textChanged.connect(lambda: tray.set(questions=_lines(self.questions.toPlainText())))
        self.recipient.textEdited.connect(lambda text: tray.set(recipient=text))
        self.title.textEdited.connect(lambda text: tray.set(title=text))
        self.two_sided.toggled.connect(lambda on: tray.set(two_sided=on))
        self.unconfirmed_notes.toggled.connect(lambda on: tray.set(unconfirmed_notes=on))
        for part, box in self.parts.items():
            box.toggled.connect(lambda on, part=part: tray.set_part(part, on))
        for label, box in self.caveats.items():
            box.toggled.connect(lambda on, label=label: tray.set_caveat(label, on))
        tray.changed.connect(self.show_recipe)

    def restyle(self) -> None:
        """Give the longer texts room for three lines in the size in force, and pairs of boxes room between them."""
        self.copies.lineEdit().setTextMargins(scaled(9), 0, 0, 0)  # a style sheet cannot: Qt lays it at the border
        for pairs in (self._held, self._parts, self._prints):
            pairs.setHorizontalSpacing(scaled(_BETWEEN))
        for text in (self.introduction, self.questions):
            text.setFixedHeight(scaled(18) * 3 + scaled(18))

    def show_parts_left_out(self, parts: Sequence[SheetPart]) -> None:
        """Say which parts that are ticked the sheet is without, since one page has no room for them."""
        named = wording.listed(PART_NAMES[part].lower() for part in parts)
        self.parts_without_room.setText(f"No room on one page: {named} left out." if parts else "")
        self._rows.setRowVisible(self.parts_without_room, bool(parts))

    @property
    def _rows(self) -> QFormLayout:
        rows = self.layout()
        assert isinstance(rows, QFormLayout)
        return rows

    def show_recipe(self) -> None:
        """Show what the recipe says, without announcing it as the reader's choice."""
        recipe = self._tray.recipe
        announcing = (self.copies, self.introduction, self.large, self.questions, self.two_sided, *self.parts.values())
        blockers = [QSignalBlocker(widget) for widget in announcing]
        for box, value in (
            (self.form, recipe.form), (self.audience, recipe.audience), (self.paper, recipe.paper),
            (self.own_marking, recipe.own_marking or self.own_marking.itemData(0)),
        ):  # fmt: skip
            box.setCurrentIndex(box.findData(str(value)))
        for line in (self.recipient, self.title, self.purpose):
            text = {self.recipient: recipe.recipient, self.title: recipe.title, self.purpose: recipe.purpose}[line]
            if line.text() != text:
                line.setText(text)
        if self.introduction.toPlainText() != recipe.introduction:
            self.introduction.setPlainText(recipe.introduction)
        if _lines(self.questions.toPlainText()) != recipe.questions:
            self.questions.setPlainText("\n".join(recipe.questions))
        self.copies.setValue(recipe.copies)
        self.large.setChecked(recipe.large)
        self.two_sided.setChecked(recipe.two_sided)
        self.unconfirmed_notes.setChecked(recipe.unconfirmed_notes)
        self.unconfirmed_notes.setEnabled(SheetPart.NOTES in recipe.parts)
        for part, check in self.parts.items():
            check.setChecked(part in recipe.parts)
        for label, check in self.caveats.items():
            check.setChecked(label in recipe.caveats)
        excess = words_in_excess(recipe)
        for name, hint in self.excess.items():
            hint.setText(f"{excess[name]} {STAYS}" if name in excess else "")
            self._rows.setRowVisible(hint, name in excess)
        self._rows.setRowVisible(self.since, recipe.form is Form.CHANGES)
        self.title.setPlaceholderText("what changed" if recipe.form is Form.CHANGES else "as the theme")
        self.parts[SheetPart.NOTES].setEnabled(recipe.form is not Form.CHANGES)
        self.paper.setEnabled(recipe.form is not Form.SLIDES)
        self.two_sided.setEnabled(recipe.form is not Form.SLIDES)
        del blockers


def _choice(name: str, options: dict[str, str]) -> QComboBox:
    out = QComboBox()
    out.setAccessibleName(name)
    for value, text in options.items():
        out.addItem(text, str(value))
    out.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    out.setMinimumContentsLength(12)
    out.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return out


def _caveat_box(caveat: Caveat) -> QCheckBox:
    out = QCheckBox(visible(caveat.label).replace("&", "&&"))
    out.setToolTip(plain_tip(visible(caveat.description)))
    return out


def _hint() -> QLabel:
    out = QLabel(wordWrap=True)
    out.setObjectName("sheethint")
    return out


def _trouble() -> QLabel:
    out = QLabel(wordWrap=True)
    out.setObjectName("quiet")
    out.setProperty("trouble", True)
    return out


def _line(name: str) -> QLineEdit:
    out = QLineEdit(maxLength=LONGEST_TYPED)
    out.setAccessibleName(name)
    return out


def _text(name: str) -> QPlainTextEdit:
    out = QPlainTextEdit()
    out.setAccessibleName(name)
    out.setTabChangesFocus(True)
    return out


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(str.strip, text.split("\n")) if line)


def _grid(boxes: Sequence[QCheckBox]) -> QGridLayout:
    """Return boxes in two columns of one width, so far apart that no box seems to belong to the label before it.

    Where a label is long they stand in one column.
    """
    columns = 1 if any(len(box.text()) > _LONG_LABEL for box in boxes) else 2
    grid = QGridLayout()
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setVerticalSpacing(4)
    for at, box in enumerate(boxes):
        grid.addWidget(box, at // columns, at % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid
