"""Section 7.4 of `docs/format.md`: the part of CommonMark that format 2 has, read down to its plain lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

_SIGN = re.compile(r"( *)(?:([-+*])|(\d{1,9})([.)]))(?=( +)|$)")
_QUOTED = re.compile(r" *> ?")
_DASHES = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *")
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_MARK = re.compile(rf"\[\^{_ID}\]")
_REFERENCE = re.compile(rf"\[([^\[\]\n]+)\]\(#{_ID}(?:\.{_ID})?\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RUN = re.compile(r"\*+|_+")
_BREAK = "\r"
MOST_DEEP = 6


@dataclass
class _Block:
    """A paragraph, table, list, point or quotation that is being read."""

    kind: str
    sign: str = ""  # of a list
    indent: int = 0  # of a point: how far in its words stand
    lines: list[str] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    is_open: bool = True


def plain_lines(text: str) -> Iterator[str]:
    """The lines of a text's plain text, with white space as it is; empty ones too."""
    root = _Block("text")
    if re.search(r"\S{500}", text) is None:
        lines = text.split("\n")
        for number, line in enumerate(lines):
            _take(root, line.expandtabs(4), lines[number + 1] if number + 1 < len(lines) else "")
    if not _said(root) or _depth(root) > MOST_DEEP:
        yield from text.split("\n")
    else:
        yield from _lines(root)


def _said(block: _Block) -> bool:
    return any(one.kind != "quotation" or _said(one) for one in block.blocks)


def _depth(block: _Block) -> int:
    return (block.kind in ("list", "quotation")) + max(map(_depth, block.blocks), default=0)


def _take(root: _Block, line: str, following: str) -> None:
    """Let one line go on the blocks that it goes on, or begin others."""
    at, rest = root, line
    while at.blocks and (inner := at.blocks[-1]).is_open and inner.kind not in ("paragraph", "table"):
        if inner.kind == "list":
            at = inner
            continue
        if inner.kind == "quotation" and (sign := _QUOTED.match(rest)):
            rest = rest[sign.end() :]
        elif inner.kind == "point" and (not rest.strip() or _in(rest) >= inner.indent):
            if not rest.strip() and not inner.blocks:
                break  # a point may begin with one blank line at most
            rest = rest[inner.indent :]
        else:
            break
        at = inner
    if at.kind == "list" and not _begins_point(at, rest):
        at_list, at = at, _above(root, at)
        if rest.strip() and not _goes_on(at_list, rest, following):
            at_list.is_open = False
    _put(root, at, rest, following)


def _in(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _above(root: _Block, wanted: _Block) -> _Block:
    at = root
    while wanted not in at.blocks:
        at = at.blocks[-1]
    return at


def _begins_point(at: _Block, line: str) -> bool:
    found = _SIGN.match(line)
    return found is not None and (found[2] or found[4]) == at.sign


def _goes_on(at: _Block, line: str, following: str) -> bool:
    return _last_paragraph(at) is not None and not _begins_block(line, following, after_words=False)


def _last_paragraph(block: _Block) -> _Block | None:
    """The paragraph at the end of a block, if it may go on."""
    while block.blocks and block.blocks[-1].is_open:
        block = block.blocks[-1]
    return block if block.kind == "paragraph" else None


def _begins_block(line: str, following: str, *, after_words: bool) -> bool:
    if _QUOTED.match(line):
        return True
    if found := _SIGN.match(line):
        is_empty = found.end() == len(line.rstrip())
        return not after_words or not (is_empty or (found[3] and int(found[3]) != 1))
    return _is_table(line, following)


def _is_table(head: str, dashes: str) -> bool:
    is_row = _DASHES.fullmatch(dashes) is not None and ("|" in dashes or ":" in dashes)
    return is_row and "|" in head and len(_cells(head)) == len(_cells(dashes))


def _put(root: _Block, at: _Block, line: str, following: str) -> None:
    if not line.strip():
        _close(at)
        return
    last = at.blocks[-1] if at.blocks and at.blocks[-1].is_open else None
    if last is not None and last.kind == "table" and not _begins_block(line, "", after_words=False):
        last.lines.append(line)
        return
    open_paragraph = _last_paragraph(at)
    is_own = last is not None and last is open_paragraph
    if open_paragraph is not None and not _begins_block(line, following, after_words=is_own):
        open_paragraph.lines.append(line.strip(" ") if not line.endswith("  ") else line.lstrip(" "))
        return
    if last is not None and last.kind != "list":
        last.is_open = False
    if sign := _QUOTED.match(line):
        quotation = _Block("quotation")
        _add(at, quotation)
        _put(root, quotation, line[sign.end() :], _QUOTED.sub("", following, count=1))
    elif sign := _SIGN.match(line):
        listing = at if at.kind == "list" else None
        kind = sign[2] or sign[4]
        if listing is None:
            if last is not None and last.kind == "list" and last.sign == kind:
                listing = last
            else:
                listing = _Block("list", sign=kind)
                _add(at, listing)
        spaces = len(sign[5] or "")
        words = sign.end() + (spaces if spaces <= 4 and line[sign.end() :].strip() else 1)
        for one in listing.blocks:
            one.is_open = False
        point = _Block("point", indent=words)
        listing.blocks.append(point)
        if line[words:].strip():
            _put(root, point, line[words:], following[words:])
    elif _is_table(line, following):
        _add(at, _Block("table", lines=[line]))
    else:
        _add(at, _Block("paragraph", lines=[line.lstrip(" ")]))


def _add(at: _Block, block: _Block) -> None:
    for one in at.blocks:
        one.is_open = False
    at.blocks.append(block)


def _close(at: _Block) -> None:
    """End the paragraphs and tables, and the quotations, that a blank line ends."""
    if at.blocks:
        last = at.blocks[-1]
        if last.kind in ("paragraph", "table", "quotation"):
            last.is_open = False
        else:
            _close(last)


def _lines(block: _Block) -> Iterator[str]:
    for inner in block.blocks:
        if inner.kind == "paragraph":
            yield from _inline("\n".join(inner.lines).strip()).split(_BREAK)
        elif inner.kind == "table":
            head, _, *rows = inner.lines
            width = len(_cells(head))
            for row in (head, *rows):
                cells = _cells(row)[:width]
                yield from (_inline(cell) for cell in cells)
        else:
            yield from _lines(inner)


def _cells(row: str) -> list[str]:
    parts = re.split(r"(?<!\\)\|", row.strip())
    parts = parts[1:] if parts and not parts[0].strip() else parts
    parts = parts[:-1] if parts and not parts[-1].strip() else parts
    return [part.strip().replace("\\|", "|") for part in parts]


@dataclass
class _Piece:
    """Words, or a run of signs of emphasis that are still to find their match."""

    text: str
    sign: str = ""
    opens: bool = False
    closes: bool = False
    length: int = 0  # of the whole run


def _inline(text: str) -> str:
    """A paragraph or cell without its markup; CR stands for a line break."""
    pieces = list(_pieces(text))
    _match(pieces)
    return "".join(piece.text for piece in pieces)


def _pieces(text: str) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        piece, length = _piece(text, at)
        yield piece
        at += length


def _piece(text: str, at: int) -> tuple[_Piece, int]:
    rest = text[at:]
    char = rest[0]
    if char == "[" and (found := _MARK.match(rest)):
        return _Piece(""), found.end()
    if char == "[" and (found := _REFERENCE.match(rest)):
        return _Piece(found[1]), found.end()
    if char == "\\" and rest[1:2] == "\n":
        return _Piece(_BREAK), 2
    if char == "\\" and (found := _ESCAPED.match(rest)):
        return _Piece(found[1]), 2
    if found := re.match(r" *\n *", rest):
        return _Piece(_BREAK if rest.startswith("  ") else " "), found.end()
    if char == "`":
        return _code(rest)
    if found := _RUN.match(rest):
        return _run(text, at, found[0]), found.end()
    return _Piece(char), 1


def _code(rest: str) -> tuple[_Piece, int]:
    ticks = re.match("`+", rest)
    assert ticks is not None
    end = re.compile(rf"(?<!`){ticks[0]}(?!`)").search(rest, ticks.end())
    if end is None:
        return _Piece(ticks[0]), ticks.end()
    said = rest[ticks.end() : end.start()].replace("\n", " ")
    if said.strip(" ") and said[0] == said[-1] == " ":
        said = said[1:-1]
    return _Piece(said), end.end()


def _run(text: str, at: int, run: str) -> _Piece:
    before, after = text[at - 1 : at] or " ", text[at + len(run) : at + len(run) + 1] or " "
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if run[0] == "*":
        return _Piece(run, "*", left, right, len(run))
    opens = left and (not right or _is_sign(before))
    return _Piece(run, "_", opens, right and (not left or _is_sign(after)), len(run))


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] == "P" or char in "$+<=>^`|~"


def _match(pieces: list[_Piece]) -> None:
    """Take away the signs of emphasis that belong together: "process emphasis" of CommonMark's appendix."""
    for end, closer in enumerate(pieces):
        while closer.closes and closer.text:
            start = next((at for at in range(end - 1, -1, -1) if _belong(pieces[at], closer)), None)
            if start is None:
                break
            size = 2 if min(len(pieces[start].text), len(closer.text)) > 1 else 1
            pieces[start].text = pieces[start].text[size:]
            closer.text = closer.text[size:]
            for between in pieces[start + 1 : end]:
                between.opens = between.closes = False


def _belong(opener: _Piece, closer: _Piece) -> bool:
    if not (opener.opens and opener.text and opener.sign == closer.sign):
        return False
    both = opener.closes or closer.opens
    return not (both and (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3))
