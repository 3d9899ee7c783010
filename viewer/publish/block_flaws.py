"""What in a text's lines CommonMark would read otherwise than they look: lists, quotations, tables, indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from viewer.publish.list_flaws import AMOUNT, POINT, START, list_flaws
from viewer.text.commonmark import MAX_DEPTH, is_too_deep, parse

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_COLUMNS = 12  # of a table: more do not fit on a sheet
_CODE_INDENT = 4  # spaces

Flaw = tuple[int, str]  # the line, 0 and up, and the reason

_LETTERED = re.compile(r"\(?(?:[a-z]{1,4}|\d{1,3})\) \S|[a-z]\. \S|[•‣◦▪·] ?\S")
_OPENINGS = (
    (re.compile(r"#{1,6}(?: |$)"), "headings stand above items alone; write \\# for the sign"),
    (re.compile(r"`{3,}|~{3,}"), "blocks of code are not part of the format; `code` may stand in a line"),
    (
        re.compile(r"([-*_])[ ]*(?:\1[ ]*){2,}$|={3,}\s*$|[-=]{2,}[-= ]*$"),
        "rules and underlines are not part of the format; leave the line out",
    ),
    (re.compile(r"\+[-=+]{2,}\+$"), "such tables are not part of the format; write one with |"),
    (re.compile(r":(?: {1,3})\S"), "lists of definitions are not part of the format; write the words in one line"),
    (re.compile(r"\[\^[^\]\n]*\]:"), "notes stand in lines of their own below the whole text"),
)  # fmt: skip
_STRESS_OPENS, _STRESS_CLOSES = ("em_open", "strong_open"), ("em_close", "strong_close")
_TASK = re.compile(r"\[[ xX]\] ")


def block_flaws(text: str, *, tables: bool) -> Iterator[Flaw]:
    """Yield the lines of a text that would not appear as they look, each with what to write instead."""
    lines = text.split("\n")
    tokens = parse(text)
    if is_too_deep(tokens):
        yield 0, f"lists and quotations stand at most {MAX_DEPTH} deep in each other"
        return
    yield from _paragraph_flaws(tokens, lines)
    yield from list_flaws(tokens, lines)
    yield from _quotation_flaws(tokens, lines)
    yield from _table_flaws(tokens, lines, tables)
    yield from _stress_flaws(tokens)


def _bare(line: str) -> str:
    """Return a line without what opens quotations before it."""
    return line[START.match(line).end() :]  # type: ignore[union-attr]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _paragraph_flaws(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Flaw]:
    """Yield lines within paragraphs that look like the start of something else, or lose their place."""
    stands_in: list[tuple[str, int]] = []  # what is open, and the column at which its content begins
    for token in tokens:
        if token.type == "list_item_open" and token.map:
            stands_in.append(("point", _content_column(lines[token.map[0]], _depth(stands_in))))
        elif token.type == "blockquote_open":
            stands_in.append(("quotation", 0))
        elif token.type in ("list_item_close", "blockquote_close"):
            stands_in.pop()
        elif token.type == "paragraph_open" and token.map:
            first, end = token.map
            yield from _first_line_flaws(first, lines, stands_in)
            yield from _other_line_flaws(range(first + 1, end), lines, stands_in)


def _depth(stands_in: Sequence[tuple[str, int]]) -> int:
    return stands_in[-1][1] if stands_in and stands_in[-1][0] == "point" else 0


def _content_column(line: str, at_least: int) -> int:
    """Return the column at which the content of the point begins whose sign stands at or after a column."""
    found = POINT.match(line, at_least + _indent(line[at_least:])) or POINT.search(line)
    return found.end() if found else 0


def _first_line_flaws(at: int, lines: Sequence[str], stands_in: Sequence[tuple[str, int]]) -> Iterator[Flaw]:
    words = _words_of(lines[at], stands_in)
    for pattern, reason in _OPENINGS:
        if pattern.match(words):
            yield at, f'{reason}: "{words[:60]}"'
            return
    if not stands_in and _indent(lines[at]) >= _CODE_INDENT:
        yield at, "the spaces before this line are lost; blocks of code are not part of the format"
    if _TASK.match(words):
        yield at, f'boxes to tick are not part of the format; write \\[ for the sign: "{words[:60]}"'
    if words.startswith("|"):
        yield at, "this is no table: below its first row stands a row |---|---| with as many cells"


def _words_of(line: str, stands_in: Sequence[tuple[str, int]]) -> str:
    words = _bare(line)
    for what, _ in stands_in:
        if what == "point":
            words = POINT.sub("", words, count=1) if POINT.match(words) else words
            words = _bare(words)
    return words


def _other_line_flaws(numbers: range, lines: Sequence[str], stands_in: Sequence[tuple[str, int]]) -> Iterator[Flaw]:
    for at in numbers:
        reason = _opening_reason(_bare(lines[at]), lines[numbers[0] - 1]) or _place_reason(lines[at], stands_in)
        if reason:
            yield at, reason


def _opening_reason(words: str, first: str) -> str:
    """Return what is wrong with a line that looks like a beginning but goes on the paragraph of the line `first`."""
    for pattern, reason in _OPENINGS:
        if pattern.match(words):
            return f'{reason}: "{words[:60]}"'
    if point := POINT.match(words):
        return _joined_point(point, words)
    if words.startswith("|") and "|" in words[1:]:
        return "this is no row of a table: a table begins after a blank line, with a row |---|---| as its second"
    if _LETTERED.match(words) or _is_dashed(words, first):
        return f"{_joined(words)}; put a blank line between, or write a list with - or 1."
    return ""


def _place_reason(line: str, stands_in: Sequence[tuple[str, int]]) -> str:
    """Return what is wrong with where a further line of a paragraph stands."""
    what, column = stands_in[-1] if stands_in else ("", 0)
    if what == "quotation" and not line.lstrip().startswith(">"):
        return "this line would be part of the quotation above; write > before it, or a blank line"
    if what == "point" and len(line) - len(_bare(line)) < column:
        return f"this line would be part of the point above; put {column} spaces, or a blank line, before it"
    if not what and _indent(line) >= _CODE_INDENT:
        return "the spaces before this line are lost; leave them out, or put a blank line before it"
    return ""


def _joined(words: str) -> str:
    return f'this would follow the words before it in one line: "{words[:30]}"'


def _is_dashed(words: str, first: str) -> bool:
    """Return whether a line begins with a dash as a list without signs would have it; a wrapped sentence may too."""
    return words[:2] in ("– ", "— ") and (_bare(first)[:2] == words[:2] or first.rstrip().endswith(":"))


def _joined_point(point: re.Match[str], words: str) -> str:
    if point[2]:
        instead = f"a list after words begins with 1, or after a blank line, and {point[2]}\\{point[3]} is no point"
        return f"{_joined(words)}; {instead}"
    instead = f"a point within another stands as far in as its words, and \\{point[1]} is the sign"
    return f'this is no point of a list here: "{words[:30]}"; {instead}'


def _quotation_flaws(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Flaw]:
    for at, token in enumerate(tokens):
        if token.type != "blockquote_open" or not token.map:
            continue
        line = lines[token.map[0]]
        words = line.lstrip(" ").lstrip(">").lstrip(" ")
        if AMOUNT.match(words) and POINT.match(words) is None:
            yield token.map[0], f'"{line.strip()[:40]}" would be a quotation; write \\> for the sign'
        if tokens[at + 1].type == "blockquote_close":
            yield token.map[0], "the quotation is empty; write \\> for the sign"


def _stress_flaws(tokens: Sequence[Token]) -> Iterator[Flaw]:
    """Yield paragraphs in which more signs of stress stand on one side of words than on the other."""
    for token in tokens:
        for before, after in pairwise(token.children or []):
            if after.type in _STRESS_OPENS and before.type == "text":
                sign, is_left = after.markup[0], before.content.endswith(after.markup[0])
            elif before.type in _STRESS_CLOSES and after.type == "text":
                sign, is_left = before.markup[0], after.content.startswith(before.markup[0])
            else:
                continue
            if is_left:
                found = f"the signs {sign} before and after the stressed words are not alike"
                yield (token.map or [0])[0], f"{found}; write \\{sign} for a sign"


def _table_flaws(tokens: Sequence[Token], lines: Sequence[str], tables: bool) -> Iterator[Flaw]:
    for token in tokens:
        if token.type == "table_open" and token.map:
            first, end = token.map
            if not tables:
                yield first, "a table stands in a passage alone"
            elif token.level:
                yield first, "a table stands in no list and no quotation"
            else:
                yield from _rows_flaws(lines, first, end)


def _rows_flaws(lines: Sequence[str], first: int, end: int) -> Iterator[Flaw]:
    wanted = len(_cells(lines[first]))
    if wanted > MAX_COLUMNS:
        yield first, f"the table has {wanted} columns; at most {MAX_COLUMNS} fit on paper"
    if first and lines[first - 1].strip():
        yield first, "a table begins after a blank line"
    rows = [at for at in range(first + 2, end) if lines[at].strip()]
    if not rows:
        yield first, "the table has no row below its head"
    if not any(_cells(lines[first])):
        yield first, "the head of the table is empty"
    for at in rows:
        cells = _cells(lines[at])
        if len(cells) != wanted:
            found = f"this row has {_counted(len(cells))}, the head of the table {wanted}"
            yield at, f"{found}; a blank line ends a table, and \\| is the sign"
        elif not any(cells):
            yield at, "the row is empty; leave it out"
        elif all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            yield at, "a row of dashes stands below the head alone; leave it out"


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _cells(line: str) -> list[str]:
    """Return the cells of a row, as GitHub's tables are parted: by every | but those with a backslash before it."""
    row = line.strip()
    parts = re.split(r"(?<!\\)\|", row)
    return [part.strip() for part in parts[int(parts[0] == "") : len(parts) - int(parts[-1] == "" and len(parts) > 1)]]
