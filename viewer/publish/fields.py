"""Fields of the tables in drafts: what each key may hold, and the reading of a table by such rules."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from viewer.publish.draft_files import DraftTable
from viewer.publish.faults import Faults, did_you_mean
from viewer.publish.prose import character_flaws, markup_flaws, size_flaw
from viewer.records import record
from viewer.signing.claims import DATE, is_date

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
NAME_HINT = "an id is made of small letters, digits and single hyphens"
MAX_NUMBER = 2**53  # beyond it a value would not be kept exactly
_PAGES = r"\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*"


class UnfitError(Exception):
    """A value that a field does not take, with every reason."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@record
class DraftField:
    """One key of a table: `read` returns its value or raises UnfitError; `default` stands in where that fails."""

    read: Callable[[Any], Any]
    default: Any = ""
    required: bool = False
    hint: str = ""  # what is said besides when it is missing


def read_fields(table: DraftTable, fields: Mapping[str, DraftField], faults: Faults) -> dict[str, Any]:
    """Return the value of every field, or its default where the table has none or an unfit one."""
    for key in table.values:
        if key not in fields:
            faults.add(table.place_of(key), f'the key "{key}" is not known here{did_you_mean(key, fields)}')
    return {key: _read(table, key, field, faults) for key, field in fields.items()}


def _read(table: DraftTable, key: str, field: DraftField, faults: Faults) -> Any:
    if key not in table.values:
        if field.required:
            faults.add(table.place, f'"{key}" is missing{field.hint and f": {field.hint}"}')
        return field.default
    try:
        return field.read(table.values[key])
    except UnfitError as unfit:
        for reason in unfit.reasons:
            faults.add(table.place_of(key), f'"{key}": {reason}')
        return field.default


def line(*, required: bool = False, pattern: str = "", hint: str = "") -> DraftField:
    """Return a field of one line of plain text; `pattern` must fit all of it, or `hint` is the reason."""

    def read(value: Any) -> str:
        text = _text(value, required, list(character_flaws(str(value).strip())))
        if text and pattern and not re.fullmatch(pattern, text, re.ASCII):
            raise UnfitError(f'"{text}" does not fit: {hint}')
        return text

    return DraftField(read=read, required=required)


def prose(*, required: bool = False) -> DraftField:
    """Return a field of Markdown without HTML, images or links."""

    def read(value: Any) -> str:
        text = str(value).strip()
        return _text(value, required, [*character_flaws(text, allowed="\n"), *markup_flaws(text)])

    return DraftField(read=read, required=required)


def _text(value: Any, required: bool, flaws: list[tuple[int, str]]) -> str:
    if not isinstance(value, str):
        raise UnfitError("this should be text in quotation marks")
    text = value.strip()
    if required and not text:
        raise UnfitError("the text is empty")
    reasons = [reason for _, reason in flaws]
    if too_long := size_flaw(text):
        reasons.append(too_long)
    if reasons:
        raise UnfitError(*reasons)
    return text


def name(*, required: bool = False) -> DraftField:
    """Return a field of an id, or a reference to one."""
    return line(required=required, pattern=NAME, hint=NAME_HINT)


def item_name(*, required: bool = False) -> DraftField:
    """Return a field of an item's full id, such as `indecent-images.f2`."""
    hint = 'the id of an item is that of its theme, a dot, and its own, such as "indecent-images.f2"'
    return line(required=required, pattern=rf"{NAME}\.{NAME}", hint=hint)


def pages() -> DraftField:
    """Return a field of pages of the printed assessment, such as `11-12`."""
    return line(pattern=_PAGES, hint='pages are written "11", "11-12" or "11, 13"')


def names() -> DraftField:
    """Return a field of references, each once: a TOML array, or a text with spaces between, as in braces."""

    def read(value: Any) -> tuple[str, ...]:
        entries = value.split() if isinstance(value, str) else value
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise UnfitError("this should be a list of ids")
        twice = [entry for entry in dict.fromkeys(entries) if entries.count(entry) > 1]
        if twice:
            raise UnfitError(*(f'"{entry}" is named twice' for entry in twice))
        return tuple(entries)

    return DraftField(read=read, default=())


def whole(*, minimum: int, maximum: int = MAX_NUMBER, required: bool = False) -> DraftField:
    """Return a field of a whole number from `minimum` to `maximum`."""

    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise UnfitError("this should be a whole number without quotation marks")
        if not minimum <= value <= maximum:
            limit = f"at least {minimum}" if value < minimum else f"at most {maximum}"
            raise UnfitError(f"{value} is out of range; this is {limit}")
        return value

    return DraftField(read=read, default=None, required=required)


def number() -> DraftField:
    """Return a field of a finite number up to `MAX_NUMBER`."""

    def read(value: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise UnfitError("this should be a number without quotation marks")
        if not math.isfinite(value) or abs(value) > MAX_NUMBER:
            raise UnfitError(f"{value} is not a value that can be shown")
        return float(value)

    return DraftField(read=read, default=None)


def one_of(*choices: str) -> DraftField:
    """Return a field of one word of several; None stands in where it is missing or unfit."""

    def read(value: Any) -> str:
        if value not in choices:
            raise UnfitError(f'"{value}" is none of {", ".join(choices)}{did_you_mean(str(value), choices)}')
        return str(value)

    return DraftField(read=read, default=None, required=True)


def day() -> DraftField:
    """Return a field of an ISO date, or of a month alone where no day is given."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(DATE, value):
            raise UnfitError('a date is written in quotation marks as "2012-06-30", or "2012-06" where there is no day')
        if not is_date(value):
            raise UnfitError(f'there is no date "{value}"')
        return value

    return DraftField(read=read, required=True)


def listed() -> DraftField:
    """Return a field of tables, which are read by fields of their own."""
    return DraftField(read=lambda value: value, default=())
