"""What the reader chooses for a sheet is written into its recipe, field by field: none is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from viewer.bundle.bundle import Bundle
from viewer.editions.earlier import EarlierEditions
from viewer.editions.opening import ReaderSession
from viewer.sheets.recipe import Form, Paper, Recipe, RecipeError, SheetPart, check_bounds
from viewer.signing.trust import Trust
from viewer.ui.sheets.options import SheetOptions
from viewer.ui.sheets.tray import Tray


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def _type(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)


# How a field is chosen, and what the recipe then says.
CHOICES: dict[str, tuple[Callable[[SheetOptions], object], Any]] = {
    "audience": (lambda options: _choose(options.audience, "restricted"), "restricted"),
    "caveats": (
        lambda options: next(iter(options.caveats.values())).setChecked(True),
        ("FENMARK EYES ONLY",),
    ),
    "copies": (lambda options: options.copies.setValue(4), 4),
    "form": (lambda options: _choose(options.form, "card"), Form.CARD),
    "introduction": (lambda options: options.introduction.setPlainText("Read this."), "Read this."),
    "large": (lambda options: options.large.setChecked(True), True),
    "own_marking": (lambda options: _choose(options.own_marking, "protect"), "protect"),
    "paper": (lambda options: _choose(options.paper, "Letter"), Paper.LETTER),
    "parts": (
        lambda options: options.parts[SheetPart.FINDINGS].setChecked(False),
        (SheetPart.FIGURES, SheetPart.NARRATIVE, SheetPart.SOURCES),
    ),
    "purpose": (lambda options: _type(options.purpose, "For Tuesday"), "For Tuesday"),
    "questions": (lambda options: options.questions.setPlainText("Why?\n\nHow?"), ("Why?", "How?")),
    "recipient": (lambda options: _type(options.recipient, "Unit 4"), "Unit 4"),
    "title": (lambda options: _type(options.title, "Mine"), "Mine"),
    "unconfirmed_notes": (lambda options: options.unconfirmed_notes.setChecked(True), True),
    "two_sided": (lambda options: options.two_sided.setChecked(True), True),
}
CHOSEN_ELSEWHERE = {
    "entries": "the list of what is on the sheet",
    "name": "the menu of recipes, when one is kept",
    "serial": "the edition's",
    "series": "the edition's",
    "since": "the chooser of the earlier edition",
}


@pytest.fixture
def tray(exercise: tuple[Bundle, Bundle], trust: Trust, tmp_path: Path) -> Tray:
    """An empty tray for the later of the invented editions."""
    return Tray(exercise[1], EarlierEditions(exercise[1], ReaderSession(home=tmp_path / "home", trust=trust)))


@pytest.fixture
def options(tray: Tray, qtbot: QtBot) -> SheetOptions:
    """The choices for what is on the tray."""
    made = SheetOptions(tray, QWidget())
    qtbot.addWidget(made)
    return made


def test_every_field_of_a_recipe_can_be_chosen() -> None:
    names = {field.name for field in fields(Recipe)}
    assert CHOICES.keys() | CHOSEN_ELSEWHERE.keys() == names
    assert CHOICES.keys() & CHOSEN_ELSEWHERE.keys() == set()


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_written_into_the_recipe(options: SheetOptions, tray: Tray, name: str) -> None:
    choose, expected = CHOICES[name]
    assert getattr(tray.recipe, name) != expected
    choose(options)
    assert getattr(tray.recipe, name) == expected


@pytest.mark.parametrize("name", CHOICES)
def test_what_a_recipe_says_is_shown(
    options: SheetOptions, tray: Tray, exercise: tuple[Bundle, Bundle], trust: Trust, tmp_path: Path, name: str
) -> None:
    choose, expected = CHOICES[name]
    choose(options)
    other = Tray(exercise[1], EarlierEditions(exercise[1], ReaderSession(home=tmp_path / "home", trust=trust)))
    shown = SheetOptions(other, QWidget())
    other.load(tray.recipe)
    assert _state(shown) == _state(options)
    assert getattr(other.recipe, name) == expected
    shown.deleteLater()


def _state(options: SheetOptions) -> list[object]:
    boxes = (options.form, options.audience, options.paper, options.own_marking)
    lines = (options.recipient, options.title, options.purpose)
    checks = (options.large, options.two_sided, *options.parts.values())
    return [
        *(box.currentData() for box in boxes), *(line.text() for line in lines), *(box.isChecked() for box in checks),
        options.copies.value(), options.introduction.toPlainText(), options.questions.toPlainText().split(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words"),
    [("title", "t" * 301), ("purpose", "p" * 301), ("recipient", "r" * 301), ("introduction", "i" * 16_001),
     ("questions", "q" * 301), ("questions", "\n".join(f"Why {number}?" for number in range(41)))],
    ids=["title", "purpose", "recipient", "introduction", "question", "questions"],
)  # fmt: skip
def test_what_is_too_long_for_a_sheet_is_said_and_stays(
    options: SheetOptions, tray: Tray, name: str, words: str
) -> None:
    field = getattr(options, name)
    if isinstance(field, QLineEdit):
        _type(field, words)
    else:
        field.setPlainText(words)
    kept = getattr(tray.recipe, name)
    assert ("\n".join(kept) if name == "questions" else kept) == words
    assert (field.text() if isinstance(field, QLineEdit) else field.toPlainText()) == words
    assert "It stays here, and no sheet leaves until it is shorter." in options.excess[name].text()
    assert [hint for hint in options.excess.values() if not hint.isHidden()] == [options.excess[name]]
    with pytest.raises(RecipeError):
        check_bounds(tray.recipe)
