"""What in the lists of a text CommonMark would read otherwise than it looks: numbers, signs, and indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from viewer.records import record, replace

if TYPE_CHECKING:
    from markdown_it.token import Token

POINT = re.compile(r"([-+*]|(\d{1,9})([.)]))(?: +|$)")
START = re.compile(r"[ >]*")
AMOUNT = re.compile(r"[\d=£€$−<]|[+.,-]\d")
_MOST_NUMBER = 999  # a higher first number is a year or an amount, not that of a point

Flaw = tuple[int, str]  # the line, 0 and up, and the reason


@record
class _OpenList:
    """A list that is being read: where its first sign stands, and the number that its next point has."""

    numbered: bool
    first: int  # line
    end: int  # the line after its last
    column: int
    number: int
    points: int = 0


def list_flaws(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Flaw]:
    """Yield the points of a text's lists that would not appear as they look, each with what to write instead."""
    open_lists: list[_OpenList] = []
    closed: dict[int, _OpenList] = {}  # the last list at each depth
    for at, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open") and token.map:
            opened = _opened(token, lines, open_lists)
            yield from _beside_flaws(opened, closed.get(len(open_lists)), lines)
            if opened.numbered:
                yield from _first_number_flaws(lines[opened.first], opened.first, opened.column)
            open_lists.append(opened)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            ended = open_lists.pop()
            closed = {depth: one for depth, one in closed.items() if depth < len(open_lists)}
            closed[len(open_lists)] = ended
            if ended.points == 1 and not ended.numbered:
                yield from _single_point_flaws(lines[ended.first], ended.first, ended.column)
        elif token.type == "list_item_open" and token.map:
            now, line = open_lists[-1], token.map[0]
            yield from _point_flaws(lines, line, now)
            if tokens[at + 1].type == "list_item_close":
                yield line, "the point is empty; write its words, or leave it out"
            open_lists[-1] = replace(now, number=now.number + 1, points=now.points + 1)


def _opened(token: Token, lines: Sequence[str], open_lists: Sequence[_OpenList]) -> _OpenList:
    """Return the list that a token opens; lists that begin on the same line have their signs before its own."""
    first, end = token.map or (0, 0)
    column = START.match(lines[first]).end()  # type: ignore[union-attr]
    for around in open_lists:
        found = POINT.match(lines[first], column)
        if around.first == first and found:
            column = found.end()
    is_numbered = token.type == "ordered_list_open"
    number = int(token.attrs.get("start", 1))
    return _OpenList(numbered=is_numbered, first=first, end=end, column=column, number=number)


def _beside_flaws(opened: _OpenList, before: _OpenList | None, lines: Sequence[str]) -> Iterator[Flaw]:
    """Yield a list that looks as if it stood in the point above, but is read as another list beside it."""
    if before is None or before.end != opened.first or before.column >= opened.column:
        return
    above = POINT.match(lines[opened.first - 1].lstrip(" "))
    inner = before.column + (above.end() if above else 2)
    yield (
        opened.first,
        f"this point stands {opened.column} spaces in and is read beside the list above, not in it; "
        f"put it {inner} spaces in, or as far in as that list",
    )


def _first_number_flaws(line: str, at: int, column: int) -> Iterator[Flaw]:
    found = POINT.match(line, column)
    if found is None or not found[2]:
        return
    if int(found[2]) > _MOST_NUMBER:
        yield at, f'"{found[1]}" would begin a list; write {found[2]}\\{found[3]} for words'


def _point_flaws(lines: Sequence[str], at: int, within: _OpenList) -> Iterator[Flaw]:
    """Yield what is wrong with one point of a list."""
    line, column = lines[at], within.column
    start = START.match(line).end()  # type: ignore[union-attr]
    if within.points and start != column and not line[:column].strip(" >"):
        yield (
            at,
            f"this point stands {start} spaces in, the one before it {column}; "
            "put both alike, or it as far in as the words above",
        )
    found = POINT.match(line, column)
    if found is None:
        return
    sign, digits = found[1], found[2]
    if sign == "+":
        yield at, f'"+" would begin a point of a list; write \\+ for the sign, or - for a point: "{line.strip()[:40]}"'
    elif found[3] == ")":
        instead = f"write {digits}. for a point, or {digits}\\) for words"
        yield at, f'"{sign}" would show as {digits}. in a list; {instead}'
    elif within.numbered and digits and digits != str(within.number) and int(digits) <= _MOST_NUMBER:
        instead = f"write {within.number}., or {digits}\\. for words"
        yield at, f'"{sign}" would show as {within.number}. in this list; {instead}'


def _single_point_flaws(line: str, at: int, column: int) -> Iterator[Flaw]:
    found = POINT.match(line, column)
    rest = line[found.end() :] if found else ""
    if found and found[1] in "-*" and AMOUNT.match(rest) and not POINT.match(rest):
        yield at, f'a list of this one point: "{line.strip()[:40]}"; write − for a minus, or \\{found[1]} for the sign'
