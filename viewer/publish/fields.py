"""Fields of the tables in drafts: what each key may hold, and the reading of a table by such rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from viewer.bundle.rules import MAX_ID, MAX_LABEL, MAX_LINE, MAX_REMARK
from viewer.model import MAGNITUDES
from viewer.publish.draft_files import DraftTable, TomlNumber
from viewer.publish.faults import Faults, did_you_mean
from viewer.publish.prose import character_flaws, normalised, size_flaw, trimmed
from viewer.publish.text_flaws import text_flaws
from viewer.records import record, replace
from viewer.signing.claims import DATE, is_date
from viewer.text.edition_text import text_plain

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
NAME_HINT = "an id is made of small letters, digits and single hyphens"
MAX_NUMBER = 2**53
MAX_DIGITS = 30  # of one published number
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SPOKEN = re.compile(rf"(.*\d) ({'|'.join(word for word in MAGNITUDES if word)})")
_GONE = {  # keys of earlier drafts, and what stands in their place
    "kind": 'a theme names its "part" now, from edition.toml',
    "number": 'the number of a theme is its "label" now',
}


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
            hint = f": {_GONE[key]}" if key in _GONE and "part" in fields else did_you_mean(key, fields)
            faults.add(table.place_of(key), f'the key "{key}" is not known here{hint}')
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


def line(*, required: bool = False, pattern: str = "", hint: str = "", most: int = MAX_LINE) -> DraftField:
    """Return a field of one line of plain text; `pattern` must fit all of it, or `hint` is the reason."""

    def read(value: Any) -> str:
        text = _text(value, required, list(character_flaws(normalised(str(value)).strip(" "))), most)
        if text and pattern and not re.fullmatch(pattern, text, re.ASCII):
            raise UnfitError(f'"{text}" does not fit: {hint}')
        return text

    return DraftField(read=read, required=required)


def label() -> DraftField:
    """Return a field of what the publisher numbers or names something by: `5.1`, `12`, `Annex B`, `iv`."""
    return line(most=MAX_LABEL)


def prose(*, required: bool = False) -> DraftField:
    """Return a field of a text in CommonMark, without tables, footnotes and references."""

    def read(value: Any) -> str:
        text = trimmed(normalised(str(value)))
        return _text(value, required, [*character_flaws(text, allowed="\n"), *text_flaws(text)])

    return DraftField(read=read, required=required)


def item_prose() -> DraftField:
    """Return a field of an item's text, which is checked where its notes are read."""
    return DraftField(read=lambda value: _text(value, True, []), required=True)


def remark() -> DraftField:
    """Return a field of plain words, which may run over several lines of the draft: they are shown as they are."""

    def read(value: Any) -> str:
        text = trimmed(normalised(str(value)))
        flaws = [*character_flaws(text, allowed="\n"), *text_flaws(text)]
        if not flaws and text_plain(text) != " ".join(text.split()):
            flaws.append((0, "this is shown as it is written, so it has no signs for lists, stress or breaks"))
        return _text(value, False, flaws, MAX_REMARK)

    return DraftField(read=read)


def _text(value: Any, required: bool, flaws: list[tuple[int, str]], most: int = 0) -> str:
    if not isinstance(value, str):
        raise UnfitError("this should be text in quotation marks")
    text = trimmed(normalised(value))
    if required and not text:
        raise UnfitError("the text is empty")
    reasons = list(dict.fromkeys(reason for _, reason in flaws))
    if too_long := size_flaw(text, most):
        reasons.append(too_long)
    if reasons:
        raise UnfitError(*reasons)
    return text


def name(*, required: bool = False) -> DraftField:
    """Return a field of an id, or a reference to one."""
    return line(required=required, pattern=NAME, hint=NAME_HINT, most=MAX_ID)


def item_name(*, required: bool = False) -> DraftField:
    """Return a field of an item's full id, such as `indecent-images.f2`."""
    hint = 'the id of an item is that of its theme, a dot, and its own, such as "indecent-images.f2"'
    return line(required=required, pattern=rf"{NAME}\.{NAME}", hint=hint, most=MAX_ID)


def pages() -> DraftField:
    """Return a field of pages of the printed assessment, such as `11–12`, `iv` or `Annex B`."""
    plain = label()

    def read(value: Any) -> str:
        text = str(plain.read(value))
        if re.match(r"pp?\.", text):
            raise UnfitError(f'"{text}": "p." is added by the program; write the pages alone')
        return text

    return DraftField(read=read)


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
    """Return a field of a number with the digits that were published: a number of TOML, or the same as text."""

    def read(value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | str | TomlNumber):
            raise UnfitError("this should be a number")
        text = str(value).strip().replace("−", "-")
        if not isinstance(value, str):
            text = text.replace("_", "")
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "")
        if not _DECIMAL.fullmatch(text) or not (Decimal(text) or not text.startswith("-")):
            raise UnfitError(f'"{value}" is no number as it is published{_number_hint(text)}')
        if sum(map(str.isdigit, text)) > MAX_DIGITS:
            raise UnfitError(f"the number has more than {MAX_DIGITS} digits")
        return Decimal(text)

    return DraftField(read=read, default=None)


def _number_hint(text: str) -> str:
    """Return what to write in place of what is no number, to follow it."""
    if spoken := _SPOKEN.fullmatch(text):
        return f': write {spoken[1]}, and magnitude = "{spoken[2]}"'
    if re.fullmatch(r"[^0-9]+", text):
        return ": what the source says in words stands under words"
    if sign := re.search("[%£€$]", text):
        return f': the "{sign[0]}" stands in the unit'
    if re.fullmatch(r"-0(?:\.0+)?", text):
        return f": write {text[1:]}"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", text):
        return f": write {text.replace(',', '.')}"
    if re.fullmatch(r"[+]?[0-9.]+", text) and text.count(".") < 2:
        plain = text.lstrip("+").lstrip("0") or "0"
        return f": write {'0' if plain.startswith('.') else ''}{plain.rstrip('.')}"
    return ", such as 3100, 0.004 or -5.0"


def magnitude() -> DraftField:
    """Return a field of the word that the source puts behind a number, such as `million`."""
    words = [word for word in MAGNITUDES if word]
    return replace(one_of(*words), default="", required=False)


def words() -> DraftField:
    """Return a field of words, each a text of one line in a TOML array."""
    plain = line(required=True)

    def read(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise UnfitError('this should be a list of words: ["one", "another"]')
        read_words = tuple(str(plain.read(entry)) for entry in value)
        if twice := [word for word in dict.fromkeys(read_words) if read_words.count(word) > 1]:
            raise UnfitError(*(f'"{word}" is named twice' for word in twice))
        return read_words

    return DraftField(read=read, default=())


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
