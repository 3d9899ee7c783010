"""What in a text would not appear as it was written: each with its line and what to write instead.

The reader (`viewer/text/commonmark.py`) has a part of CommonMark. What lies outside it, and what CommonMark reads
otherwise than an author is likely to mean, is refused here, so that nothing changes in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from viewer.publish.block_flaws import block_flaws
from viewer.text.commonmark import CROSS_REFERENCE, FOOTNOTE_MARK, MAX_WORD, size_problem

Flaw = tuple[int, str]  # the line, 0 and up, and the reason

_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:[^`]|(?!(?<!`)\1(?!`))`)*(?<!`)\1(?!`)")
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD},}}")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SIGNS = (
    (r"(?<!<)!\[[^\]\n]*\]?", "images are not part of the format"),
    (
        r"(?<!!)\[[^\[\]]*\][(\[]|^ {0,3}\[[^\[\]^][^\[\]]*\]:",
        "links are not part of the format; [words](#id) leads to an item or theme",
    ),
    (
        r"<[A-Za-z][\w+.-]*:|<[^\s<>]+@[^\s<>]+>|(?<![\w+.-])[A-Za-z][\w+.-]*://",
        "addresses are not part of the format; a source's locator may hold one",
    ),
    (
        r"<(?:[A-Za-z?]|/[A-Za-z]|![A-Za-z\[-])(?![\w+.-]*:)(?![^\s<>]*@)",
        'HTML is not part of the format; a space after "<" makes it a plain sign',
    ),
    (r"~~\S(?:[^\n]*?\S)?~~", "words cannot be struck out; leave them out, or write \\~\\~ for the signs"),
    (r"(?<![~\\])~[^\s~]{1,20}~(?!~)", "~ does not lower letters; write ₂, or \\~ for the sign"),
    (r"(?<=[\w)])\^[^\s^\[]{1,20}\^", "^ does not raise letters; write ², or \\^ for the sign"),
    (r"(?<![=<>!])==\S(?:[^=\n]*\S)?==(?!=)", "words cannot be coloured; use *words*, or write \\== for the signs"),
    (r"\^\[[^\]\n]*\]", "write [^id] here, and the note below the text in a line [^id]:"),
    (r"\[@[\w:.-]+", "write [^id] to name a source at its place"),
    (r"\{[:#.][^}\n]*\}", "braces belong behind a heading; write \\{ for the sign"),
    (r"\$\$", "formulas are not part of the format; write them in words and signs, or \\$ for the sign"),
    (r"\*\[[^\]\n]+\]:", "write abbreviations in glossary.toml"),
    (
        r"\[\^(?![a-z0-9]+(?:-[a-z0-9]+)*\])[^\]\n]*\]?",
        "the id of a note or source has small letters, digits and single hyphens",
    ),
    (r"(?<=[^\W_])\*{1,3}(?=[^\W_])[^*\n]*\*", "a * between letters or digits stresses words; write \\* for the sign"),
    (r"(?<=\S) {3,}(?=\S)", "spaces in a row show as one; write one, or a table with |"),
    (
        r"^ {0,3}\* [^*\n]* \*$",
        "a line between two * is a point of a list; write *words* without the spaces, or \\* for the sign",
    ),
    (
        r"(?<=[^\s\\])\\(?=\n[ \t]*\n|\Z)",
        "a backslash at the end of a paragraph breaks no line; leave it out, or write \\\\ for the sign",
    ),
    (r"^[ ]{0,3}\\$", "a backslash alone shows nothing; leave it out, or put a blank line in its place"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.MULTILINE), reason) for pattern, reason in _SIGNS)
_SPACES = next(pattern for pattern, reason in _PATTERNS if reason.startswith("spaces in a row"))
_NEEDS_LOOK = re.compile(
    r"[\\`*_{}\[\]<>#|~&^=$+]|://|\S {3,}\S|^\s*(?:[-:>•‣◦▪·–—.]|\(?[\w]{1,9}[.)])|^ |^\t", re.MULTILINE
)


def text_flaws(text: str, *, tables: bool = False, marks: bool = False) -> Iterator[Flaw]:
    """Yield what of a text would be lost or changed; with `tables` it may hold tables, with `marks` lead elsewhere.

    A text is prose of an edition without the notes below it, in NFC.
    """
    if long := _LONG_WORD.search(text):
        yield _line_of(text, long.start()), f"a word of {len(long[0])} characters; at most {MAX_WORD - 1} are allowed"
    if too_much := size_problem(text):
        yield 0, f"the text has {too_much}"
    if _NEEDS_LOOK.search(text) is None:
        return
    bare = _without_code(text)
    yield from _sign_flaws(bare)
    yield from _entity_flaws(bare)
    yield from _mark_flaws(bare, marks)
    yield from block_flaws(text, tables=tables)


def _without_code(text: str) -> str:
    """Return the text with what stands in code, and escaped signs, as dots: as long, but without any markup there."""
    # An escaped backtick begins no code, but within code a backslash is one: code is looked for first where it may be.
    masked = re.sub(r"\\`", "..", text)
    masked = _CODE.sub(lambda match: re.sub(r"[^\n]", ".", match[0]), masked)
    return _ESCAPED.sub("..", masked)


def _sign_flaws(bare: str) -> Iterator[Flaw]:
    without_marks = bare
    for mark in (CROSS_REFERENCE, FOOTNOTE_MARK):
        without_marks = mark.sub(lambda match: "." * len(match[0]), without_marks)
    for pattern, reason in _PATTERNS:
        last = -1
        for found in pattern.finditer(without_marks):
            line = _line_of(bare, found.start())
            if pattern is _SPACES and "|" in _whole_line(bare, found.start()):
                continue  # cells of a table are padded
            if line > last:  # one of a kind on each line is enough
                yield line, f'{reason}: "{found[0].strip()[:60]}"' if found[0].strip() else reason
            last = line


def _entity_flaws(bare: str) -> Iterator[Flaw]:
    for found in _ENTITY.finditer(bare):
        if char := _entity(found[1]):
            yield _line_of(bare, found.start()), f"{found[0]} shows as these characters: {_instead_of(char)}"


def _instead_of(char: str) -> str:
    """Return what to do in place of an entity for a character."""
    if char.isspace():
        return f"write the space itself, U+{ord(char[0]):04X}"
    return f"write {char}" if char.isprintable() else "leave it out"


def _entity(name: str) -> str:
    """Return what an entity stands for in HTML; empty for a name that is none."""
    if not name.startswith("#"):
        return html5.get(f"{name};", "")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if code <= 0x10FFFF else ""


def _mark_flaws(bare: str, marks: bool) -> Iterator[Flaw]:
    for found in CROSS_REFERENCE.finditer(bare) if marks else ():
        if re.search(r"[*_`]", found[1]):
            yield _line_of(bare, found.start()), f'the words of a reference bear no signs: "{found[0][:60]}"'
    if marks:
        return
    for pattern, what in ((FOOTNOTE_MARK, "a note or source is named"), (CROSS_REFERENCE, "a reference stands")):
        for found in pattern.finditer(bare):
            yield _line_of(bare, found.start()), f'{what} in the text of an item alone: "{found[0][:60]}"'


def _line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at)


def _whole_line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]
