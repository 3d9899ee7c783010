"""Section 10.6 of `docs/format.md`: text as it is compared. Python's own Unicode may be older: so are its answers."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tests.independent import document

_FORMS = ("<compat>", "<wide>", "<narrow>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>")
_DASHES = "\u2012\u2013\u2014\u2015-"


def folded(text: str) -> str:
    """The folded form of a text."""
    out: list[str] = []
    marks: list[str] = []
    for char in "".join(map(_folded, text)):
        if _is_mark(char):
            marks.append(char)
            continue
        out += _kept(out[-1] if out else "", marks)
        marks = []
        out.append(char)
    out += _kept(out[-1] if out else "", marks)
    return _patterns().sub(_shorter, "".join(out))


@cache
def _folded(char: str) -> str:
    if char.isascii():
        return char.lower()
    before, after = "", char
    while after != before:
        before, after = after, "".join(map(_step, after))
    return after


def _step(char: str) -> str:
    if char in _said("become `'`"):
        return "'"
    if char in _said("become `-`"):
        return "-"
    if char in _without_width():
        return ""
    if unicodedata.category(char) == "Zs":
        return " "
    form, _, codes = unicodedata.decomposition(char).rpartition("> ")
    canonical = unicodedata.normalize("NFD", char)
    if canonical != char:
        return canonical
    parts = "".join(chr(int(code, 16)) for code in codes.split())
    if f"{form}>" in _FORMS and _are_letters(char) and _are_letters(parts):
        return parts
    return char if _is_mark(char) else char.casefold()


@cache
def _rules() -> list[str]:
    """The five steps of the document, each in one line."""
    part = document.section("10.6")
    return [" ".join(step.split()) for step in re.findall(r"^\d\. (.*?)(?=^\d\. |^$)", part, re.MULTILINE | re.DOTALL)]


@cache
def _said(ending: str) -> frozenset[str]:
    (clause,) = (part for part in _rules()[0].split(";") if part.rstrip(".").endswith(ending))
    return frozenset(chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", clause))


@cache
def _without_width() -> frozenset[str]:
    found = re.findall(r"U\+([0-9A-F]+)(?: to U\+([0-9A-F]+))?", _rules()[1])
    return frozenset(chr(code) for one, last in found for code in range(int(one, 16), int(last or one, 16) + 1))


def _kept(base: str, marks: list[str]) -> str:
    """The marks that stay on a character, in canonical order."""
    if base and _is_letter(base, "LATIN", "GREEK"):
        return ""
    fallen = {"\u0438": "\u0306", "\u0435": "\u0308"}.get(base)
    return unicodedata.normalize("NFD", "".join(mark for mark in marks if mark != fallen))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" and char not in _without_width()


def _is_letter(char: str, *scripts: str) -> bool:
    return unicodedata.category(char)[0] == "L" and unicodedata.name(char, "").startswith(scripts)


def _are_letters(text: str) -> bool:
    return all(unicodedata.category(char)[0] in "LM" for char in text) and unicodedata.category(text[:1])[0] == "L"


@cache
def _patterns() -> re.Pattern[str]:
    """The three patterns of the document as one."""
    known = (chr(code) for code in range(0x20000))
    letters = "".join(char for char in known if _is_letter(char, "LATIN", "GREEK", "CYRILLIC"))
    rows = document.tables_in(document.section("10.6"))[0]
    separator, thousands, points = (row["pattern"].strip("`") for row in rows)
    points = re.sub("[WL]", lambda found: f"[{'0-9' if found[0] == 'W' else ''}{letters}]", points)
    return re.compile("|".join((separator.replace("D", re.escape(_DASHES)), thousands, points)))


def _shorter(found: re.Match[str]) -> str:
    if len(found[0]) == 1:
        return " "
    bare = re.sub("[.,]", "", found[0])
    has_mark = found[0].endswith(".") and _is_mark(found.string[found.end() : found.end() + 1] or " ")
    return f"{bare}." if has_mark else bare
