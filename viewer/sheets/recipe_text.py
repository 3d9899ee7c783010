"""A recipe as a small TOML file, there and back."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from viewer.sheets.recipe import (
    EntryKind,
    Form,
    Paper,
    Recipe,
    RecipeEntry,
    RecipeError,
    SheetPart,
    check_bounds,
    check_draft_bounds,
    ordered,
)

VERSION = 1
LARGEST = 1024 * 1024  # bytes of a recipe file
LARGEST_DRAFT = 16 * LARGEST  # bytes of the file of a sheet being made

_E = TypeVar("_E", bound=StrEnum)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TEXTS = ("name", "series", "since", "title", "purpose", "introduction", "audience", "own_marking", "recipient")
_NUMBERS = ("serial", "copies")
_LISTS = ("caveats", "questions")
_SWITCHES = ("large", "two_sided", "unconfirmed_notes")


def to_toml(recipe: Recipe) -> str:
    """Return the recipe as TOML that `from_toml` reads back to an equal one."""
    lines = [f"recipe = {VERSION}"]
    lines += [f"{name} = {_text(getattr(recipe, name))}" for name in _TEXTS if getattr(recipe, name)]
    lines += [f"form = {_text(recipe.form)}", f"paper = {_text(recipe.paper)}"]
    lines += [f"{name} = {getattr(recipe, name)}" for name in _NUMBERS]
    lines += [f"{name} = true" for name in _SWITCHES if getattr(recipe, name)]
    lines += [f"parts = {_list(recipe.parts)}"]
    lines += [f"{name} = {_list(getattr(recipe, name))}" for name in _LISTS if getattr(recipe, name)]
    for entry in recipe.entries:
        lines += ["", "[[entry]]", f"{entry.kind} = {_text(entry.value)}"]
        lines += [f"seen = {_text(entry.seen)}"] if entry.seen else []
    return "\n".join(lines) + "\n"


class NewerRecipe(RecipeError):
    """A recipe of a later version of this program."""

    advice = "Get the newest version of the viewer. The file is left as it is."


def from_toml(data: bytes) -> Recipe:
    """Return the recipe in a TOML file's bytes. Raises RecipeError with the first reason why it is none."""
    if len(data) > LARGEST:
        raise RecipeError("This recipe file is too large: at most 1 MiB is read.")
    return check_bounds(_parsed(data))


def draft_from_toml(data: bytes) -> Recipe:
    """Return the sheet being made in a TOML file's bytes; its words may be more than a sheet takes.

    Raises RecipeError with the first reason why it is none.
    """
    if len(data) > LARGEST_DRAFT:
        raise RecipeError(f"This sheet is too large: at most {LARGEST_DRAFT // LARGEST} MiB are read.")
    return check_draft_bounds(_parsed(data))


def _parsed(data: bytes) -> Recipe:
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as err:  # not UTF-8, not TOML, or a number of thousands of digits
        raise RecipeError("This file is not a recipe: it is not readable as TOML.") from err
    version = found.get("recipe")
    if type(version) is not int or version < 1:
        raise RecipeError("This file is not a recipe: it does not begin with “recipe = 1”.")
    if version > VERSION:
        raise NewerRecipe("This recipe was written by a newer version of the viewer.")
    return _recipe(found)


def _recipe(found: dict[str, Any]) -> Recipe:
    unknown = set(found) - {
        *("recipe", "form", "paper", "parts", "entry"), *_TEXTS, *_NUMBERS, *_SWITCHES, *_LISTS
    }  # fmt: skip
    if unknown:
        raise RecipeError(f"The recipe has a field “{min(unknown)[:40]}” that is not known here.")
    return Recipe(
        **{name: _typed(found, name, str, "") for name in _TEXTS},
        **{name: _typed(found, name, int, int(name == "copies")) for name in _NUMBERS},
        **{name: _typed(found, name, bool, False) for name in _SWITCHES},
        form=_one_of(Form, _typed(found, "form", str, Form.SUMMARY)),
        paper=_one_of(Paper, _typed(found, "paper", str, Paper.A4)),
        parts=ordered({_one_of(SheetPart, part) for part in _texts(found, "parts")}),
        caveats=_texts(found, "caveats"),
        questions=_texts(found, "questions"),
        entries=_entries(found.get("entry", [])),
    )


def _typed(found: dict[str, Any], name: str, kind: type, default: Any) -> Any:
    value = found.get(name, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise RecipeError(f"The field “{name}” of the recipe is of the wrong kind.")
    return value


def _texts(found: dict[str, Any], name: str) -> tuple[str, ...]:
    value = found.get(name, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise RecipeError(f"The field “{name}” of the recipe is not a list of texts.")
    return tuple(value)


def _one_of(kind: Callable[[str], _E], value: str) -> _E:
    try:
        return kind(value)
    except ValueError as err:
        raise RecipeError(f"The recipe says “{value[:40]}”, which is not known here.") from err


def _entries(found: object) -> tuple[RecipeEntry, ...]:
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise RecipeError("The entries of the recipe are not a list.")
    return tuple(_entry(entry) for entry in found)


def _entry(found: dict[str, Any]) -> RecipeEntry:
    kinds = [kind for kind in EntryKind if kind in found]
    if len(kinds) != 1 or set(found) - {kinds[0], "seen"}:
        raise RecipeError("An entry of the recipe names one theme, one item or one heading.")
    return RecipeEntry(kind=kinds[0], value=_typed(found, kinds[0], str, ""), seen=_typed(found, "seen", str, ""))


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    return f'"{"".join(map(_letter, text))}"'


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if ord(letter) < 32 or ord(letter) == 127:
        return f"\\u{ord(letter):04X}"
    return "\ufffd" if 0xD800 <= ord(letter) <= 0xDFFF else letter
