"""What in a text's lines CommonMark would read otherwise than they look: lists, quotations, tables, indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from viewer.text.commonmark import MAX_DEPTH, is_too_deep, parse

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_COLUMNS = 12  # of a table: more do not fit on a sheet
_MOST_NUMBER = 999  # a higher first number is a year or an amount, not that of a point
_CODE_INDENT = 4  # spaces

Flaw = tuple[int, str]  # the line, 0 and up, and the reason

_START = re.compile(r"[ >]*")
_POINT = re.compile(r"([-+*]|(\d{1,9})([.)]))(?: +|$)")
_LETTERED = re.compile(r"\(?(?:[a-z]{1,4}|\d{1,3})\) \S|[a-z]\. \S|[•‣◦▪·] ?\S")
_OPENINGS = (
    (re.compile(r"#{1,6}(?: |$)"), "headings stand above items alone; write \\# for the sign"),
    (re.compile(r"`{3,}|~{3,}"), "blocks of code are not part of the format; `code` may stand in a line"),
    (re.compile(r"([-*_])[ ]*(?:\1[ ]*){2,}$|={3,}\s*$|[-=]{2,}[-= ]*$"), "rules and underlines are not part of the format; leave the line out"),
    (re.compile(r"\+[-=+]{2,}\+$"), "such tables are not part of the format; write one with |"),
    (re.compile(r":(?: {1,3})\S"), "lists of definitions are not part of the format; write the words in one line"),
    (re.compile(r"\[\^[^\]\n]*\]:"), "notes stand in lines of their own below the whole text"),
)  # fmt: skip
_TASK = re.compile(r"\[[ xX]\] ")
_AMOUNT = re.compile(r"[\d=£€$−<]|[+.,-]\d")


def block_flaws(text: str, *, tables: bool) -> Iterator[Flaw]:
    """Yield the lines of a text that would not appear as they look, each with what to write instead."""
    lines = text.split("\n")
    tokens = parse(text)
    if is_too_deep(tokens):
        yield 0, f"lists and quotations stand at most {MAX_DEPTH} deep in each other"
        return
    yield from _paragraph_flaws(tokens, lines)
    yield from _list_flaws(tokens, lines)
    yield from _quotation_flaws(tokens, lines)
    yield from _table_flaws(tokens, lines, tables)
    yield from _stress_flaws(tokens)


def _bare(line: str) -> str:
    """Return a line without what opens quotations before it."""
    return line[_START.match(line).end() :]  # type: ignore[union-attr]


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
    found = _POINT.match(line, at_least + _indent(line[at_least:])) or _POINT.search(line)
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
            words = _POINT.sub("", words, count=1) if _POINT.match(words) else words
            words = _bare(words)
    return words


def _other_line_flaws(numbers: range, lines: Sequence[str], stands_in: Sequence[tuple[str, int]]) -> Iterator[Flaw]:
    for at in numbers:
        line, words = lines[at], _bare(lines[at])
        opening = next((reason for pattern, reason in _OPENINGS if pattern.match(words)), "")
        if opening:
            yield at, f'{opening}: "{words[:60]}"'
        elif point := _POINT.match(words):
            yield at, _joined_point(point, words)
        elif words.startswith("|") and "|" in words[1:]:
            yield at, "this is no row of a table: a table begins after a blank line, with a row |---|---| as its second"
        elif _LETTERED.match(words) or _is_dashed(words, lines[numbers[0] - 1]):
            yield (
                at,
                f'this would follow the words before it in one line: "{words[:30]}"; put a blank line between, or write a list with - or 1.',
            )
        elif stands_in and stands_in[-1][0] == "quotation" and not line.lstrip().startswith(">"):
            yield at, "this line would be part of the quotation above; write > before it, or a blank line"
        elif stands_in and stands_in[-1][0] == "point" and len(line) - len(words) < stands_in[-1][1]:
            yield (
                at,
                f"this line would be part of the point above; put {stands_in[-1][1]} spaces, or a blank line, before it",
            )
        elif not stands_in and _indent(line) >= _CODE_INDENT:
            yield at, "the spaces before this line are lost; leave them out, or put a blank line before it"


def _is_dashed(words: str, first: str) -> bool:
    """Return whether a line begins with a dash as a list without signs would have it; a wrapped sentence may too."""
    return words[:2] in ("– ", "— ") and (_bare(first)[:2] == words[:2] or first.rstrip().endswith(":"))


def _joined_point(point: re.Match[str], words: str) -> str:
    if point[2]:
        escaped = f"{point[2]}\\{point[3]}"
        return f'this would follow the words before it in one line: "{words[:30]}"; a list after words begins with 1, or after a blank line, and {escaped} is no point'
    return f'this is no point of a list here: "{words[:30]}"; a point within another stands as far in as its words, and \\{point[1]} is the sign'


def _list_flaws(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Flaw]:
    open_lists: list[tuple[bool, int, int, int, int]] = []  # numbered?, first line, next number, column, points
    last_column: dict[int, tuple[int, int]] = {}  # by how many lists are open: column of the last list, line of its end
    for at, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open") and token.map:
            first = token.map[0]
            column = _sign_column(lines[first], token, open_lists)
            before = last_column.get(len(open_lists))
            if before and before[1] == first and before[0] < column:
                yield (
                    first,
                    f"this point stands {column} spaces in and is read beside the list above, not in it; put it {_inner(lines, before)} spaces in, or as far in as that list",
                )
            numbered = token.type == "ordered_list_open"
            open_lists.append((numbered, first, int(token.attrs.get("start", 1)), column, 0))
            if numbered:
                yield from _first_number_flaws(lines[first], first, column)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbered, first, _, column, points = open_lists.pop()
            last_column[len(open_lists)] = (column, _end_of(tokens, at))
            last_column.pop(len(open_lists) + 1, None)
            if points == 1 and not numbered:
                yield from _single_point_flaws(lines[first], first, column)
        elif token.type == "list_item_open" and token.map:
            numbered, first, number, column, points = open_lists[-1]
            line = token.map[0]
            yield from _point_flaws(lines, line, column if points else -1, number if numbered else None)
            if tokens[at + 1].type == "list_item_close":
                yield line, "the point is empty; write its words, or leave it out"
            open_lists[-1] = (numbered, first, number + 1, column, points + 1)


def _end_of(tokens: Sequence[Token], at: int) -> int:
    """Return the line after the list that is closed at a token."""
    level = tokens[at].level
    for token in reversed(tokens[:at]):
        if token.level == level and token.nesting == 1:
            return token.map[1] if token.map else 0
    return 0


def _inner(lines: Sequence[str], before: tuple[int, int]) -> int:
    found = _POINT.match(lines[max(0, before[1] - 1)].lstrip(" "))
    return before[0] + (found.end() if found else 2)


def _sign_column(line: str, token: Token, open_lists: Sequence[object]) -> int:
    """Return the column of a list's first sign: the lists in which it begins on the same line stand before it."""
    at = _START.match(line).end()  # type: ignore[union-attr]
    for one in open_lists:
        if isinstance(one, tuple) and token.map and one[1] == token.map[0]:
            found = _POINT.match(line, at)
            at = found.end() if found else at
    return at


def _first_number_flaws(line: str, at: int, column: int) -> Iterator[Flaw]:
    found = _POINT.match(line, column)
    if found is None or not found[2]:
        return
    if int(found[2]) > _MOST_NUMBER:
        yield at, f'"{found[1]}" would begin a list; write {found[2]}\\{found[3]} for words'


def _point_flaws(lines: Sequence[str], at: int, column: int, number: int | None) -> Iterator[Flaw]:
    """Yield what is wrong with one point; `column` is where the sign of the first one stands, -1 for this one."""
    line = lines[at]
    start = _START.match(line).end()  # type: ignore[union-attr]
    if column >= 0 and start != column and not line[:column].strip(" >"):
        yield (
            at,
            f"this point stands {start} spaces in, the one before it {column}; put both alike, or it as far in as the words above",
        )
    found = _POINT.match(line, column if column >= 0 else start)
    if found is None:
        return
    if found[1] == "+":
        yield at, f'"+" would begin a point of a list; write \\+ for the sign, or - for a point: "{line.strip()[:40]}"'
    elif found[3] == ")":
        yield (
            at,
            f'"{found[1]}" would show as {found[2]}. in a list; write {found[2]}. for a point, or {found[2]}\\) for words',
        )
    elif number is not None and found[2] and found[2] != str(number) and int(found[2]) <= _MOST_NUMBER:
        yield at, f'"{found[1]}" would show as {number}. in this list; write {number}., or {found[2]}\\. for words'


def _single_point_flaws(line: str, at: int, column: int) -> Iterator[Flaw]:
    found = _POINT.match(line, column)
    rest = line[found.end() :] if found else ""
    if found and found[1] in "-*" and _AMOUNT.match(rest) and not _POINT.match(rest):
        yield at, f'a list of this one point: "{line.strip()[:40]}"; write − for a minus, or \\{found[1]} for the sign'


def _quotation_flaws(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Flaw]:
    for at, token in enumerate(tokens):
        if token.type != "blockquote_open" or not token.map:
            continue
        line = lines[token.map[0]]
        words = line.lstrip(" ").lstrip(">").lstrip(" ")
        if _AMOUNT.match(words) and _POINT.match(words) is None:
            yield token.map[0], f'"{line.strip()[:40]}" would be a quotation; write \\> for the sign'
        if tokens[at + 1].type == "blockquote_close":
            yield token.map[0], "the quotation is empty; write \\> for the sign"


def _stress_flaws(tokens: Sequence[Token]) -> Iterator[Flaw]:
    """Yield paragraphs in which more signs of stress stand on one side of words than on the other."""
    for token in tokens:
        inner = token.children or []
        for before, after in pairwise(inner):
            opens = (
                after.type in ("em_open", "strong_open")
                and before.type == "text"
                and before.content.endswith(after.markup[0])
            )
            closes = (
                before.type in ("em_close", "strong_close")
                and after.type == "text"
                and after.content.startswith(before.markup[0])
            )
            if opens or closes:
                sign = (after if opens else before).markup[0]
                yield (
                    (token.map or [0])[0],
                    f"the signs {sign} before and after the stressed words are not alike; write \\{sign} for a sign",
                )


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
            yield (
                at,
                f"this row has {_counted(len(cells))}, the head of the table {wanted}; a blank line ends a table, and \\| is the sign",
            )
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
