"""Text of an edition or a note -> blocks: the part of CommonMark that the format has, and its own two marks.

CommonMark (https://spec.commonmark.org/0.31.2/) is a written standard, so that another program can read the same
text alike. Of it the format has paragraphs, lists, quotations, emphasis, code and breaks, and besides these pipe
tables, `[^id]` for a footnote and `[words](#id)` for a place of the edition. HTML, images, addresses, headings and code
blocks are not part of the format: they stay the characters they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from viewer.records import replace
from viewer.text.blocks import (
    Block,
    Break,
    CrossReference,
    FootnoteMark,
    Inline,
    Listing,
    Paragraph,
    Quotation,
    Run,
    Table,
    inlines,
)
from viewer.text.markup import has_markup
from viewer.text.safe import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_DEPTH = 6  # lists and quotations within each other
MAX_WORD = 500  # characters; a longer run without a space is no prose
MAX_SIGNS = 2000  # of stress and tables in one text: thousands of cells or stressed words take seconds to lay out
MAX_LINES = 2000

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
FOOTNOTE_MARK = re.compile(rf"\[\^({_ID})\]")
CROSS_REFERENCE = re.compile(rf"\[([^\[\]\n]+)\]\(#({_ID}(?:\.{_ID})?)\)")
_SIGN = re.compile(r"(?<!\\)[*_|`]")
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD},}}")
_NESTING = 2 * MAX_DEPTH + 4  # a list is two levels deep, its point and itself; paragraphs and cells come on top
_CONTAINERS = ("bullet_list", "ordered_list", "blockquote")
_RULES = {
    "block": ("table", "blockquote", "list", "paragraph"),
    "inline": ("text", "newline", "escape", "backticks", "emphasis", "edition_marks"),
    "inline2": ("balance_pairs", "emphasis", "fragments_join"),
    "core": ("normalize", "block", "inline"),
}


def read_text(text: str, *, keep_breaks: bool = False) -> tuple[Block, ...]:
    """Return the blocks of a text; with `keep_breaks`, as in a reader's note, every end of a line is a break.

    What is no prose (words without end, too many signs or lines, or nested beyond `MAX_DEPTH`) gives its lines as
    paragraphs, as typed.
    """
    text = visible(text)
    if not has_markup(text):
        return (Paragraph(inlines=(Run(text=text),)),) if text else ()
    if keep_breaks:
        text = _as_note(text)
    if _LONG_WORD.search(text) or size_problem(text):
        return _as_typed(text)
    tokens = parse(text)
    if is_too_deep(tokens):
        return _as_typed(text)
    return tuple(_blocks(_Cursor(tokens), keep_breaks)) or _as_typed(text)


def size_problem(text: str) -> str:
    """Return what there is too much of in a text for it to be read as prose; empty for most."""
    if len(text) <= MAX_SIGNS:
        return ""
    if (lines := text.count("\n") + 1) > MAX_LINES:
        return f"{lines:,} lines; at most {MAX_LINES:,} are allowed"
    signs = len(_SIGN.findall(text))
    return f"{signs:,} signs of stress, code and tables; at most {MAX_SIGNS:,} are allowed" if signs > MAX_SIGNS else ""


def _as_typed(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(inlines=(Run(text=line.strip()),)) for line in text.split("\n") if line.strip())


def parse(text: str) -> list[Token]:
    """Return the tokens of a text; each that opens a block has its lines, 0 and up, as `map`."""
    return _reader().parse(text)


_NOTE_SIGN = re.compile(r"^( *)(?:([+]|\d+[)]|\d{4,}[.]|>(?= ?[\d=£€$<+−-]))|(\d+)[.])(?=\s|$|(?<=>))")
_MARK = re.compile(r"\[(?=\^[^\]\n]*\]|[^\[\]\n]*\]\(#)")
_INNER_STAR = re.compile(r"(?<=[^\W_])(\*+)(?=[^\W_])")


def _as_note(text: str) -> str:
    """Return a note in which signs that an edition's writer is asked about are signs: `+ 14`, `> 5`, `1986.`, `5*3*2`.

    A number that does not follow the one before it is no point of a list, and nothing leads to an edition's places.
    """
    lines = []
    last: dict[int, int] = {}  # the number of the last point at each indentation
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        for deeper in [at for at in last if at > indent]:
            del last[deeper]
        found = _NOTE_SIGN.match(line)
        if found and found[3]:
            follows = last.get(indent, int(found[3]) - 1) == int(found[3]) - 1 and str(int(found[3])) == found[3]
            last[indent] = int(found[3])
            line = line if follows else f"{line[: found.end(3)]}\\{line[found.end(3) :]}"
        elif found:
            at = found.end(2) - 1  # before the sign: digits cannot be escaped
            line = f"{line[:at]}\\{line[at:]}"
        lines.append(line if "`" in line else _INNER_STAR.sub(lambda stars: "\\*" * len(stars[1]), line))
    return _MARK.sub(r"\\[", "\n".join(lines))


def footnote_targets(text: str) -> tuple[str, ...]:
    """Return the ids of the notes and sources that a text names at their place, each once, in the order of the text."""
    if "[^" not in text:
        return ()
    return tuple(dict.fromkeys(one.target for one in inlines(read_text(text)) if isinstance(one, FootnoteMark)))


def is_too_deep(tokens: Iterable[Token]) -> bool:
    """Return whether lists and quotations stand more than `MAX_DEPTH` deep in each other."""
    depth = 0
    for token in tokens:
        if token.type.removesuffix("_open").removesuffix("_close") in _CONTAINERS:
            depth += token.nesting
            if depth > MAX_DEPTH:
                return True
    return False


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("zero", {"maxNesting": _NESTING})
    reader.inline.ruler.before("escape", "edition_marks", _edition_mark)
    for chain, names in _RULES.items():
        ruler = reader.inline.ruler2 if chain == "inline2" else reader[chain].ruler
        ruler.enableOnly(list(names))
    return reader


def _edition_mark(state: StateInline, silent: bool) -> bool:
    """Take the mark of a footnote or a cross-reference at the reader's place, if one stands there."""
    if state.src[state.pos] != "[":
        return False
    for kind, pattern in (("footnote", FOOTNOTE_MARK), ("reference", CROSS_REFERENCE)):
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None:
            continue
        if not silent:
            token = state.push(kind, "", 0)
            token.content = found[1]
            token.info = found[found.lastindex or 1]
        state.pos = found.end()
        return True
    return False


class _Cursor:
    """The tokens of a text, read once from front to back."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = iter(tokens)

    def until(self, end: str) -> Iterator[Token]:
        """Yield tokens up to the one of type `end`, which is taken too; up to the last for none."""
        for token in self._tokens:
            if token.type == end:
                return
            yield token


def _blocks(cursor: _Cursor, keep_breaks: bool, end: str = "") -> Iterator[Block]:
    for token in cursor.until(end):
        match token.type:
            case "inline":
                if words := _paragraph(token, keep_breaks):
                    yield words
            case "bullet_list_open":
                yield Listing(points=tuple(_points(cursor, keep_breaks, "bullet_list_close")))
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                yield Listing(points=tuple(_points(cursor, keep_breaks, "ordered_list_close")), start=start)
            case "blockquote_open":
                if said := tuple(_blocks(cursor, keep_breaks, "blockquote_close")):
                    yield Quotation(blocks=said)
            case "table_open":
                yield _table(cursor, keep_breaks)


def _points(cursor: _Cursor, keep_breaks: bool, end: str) -> Iterator[tuple[Block, ...]]:
    for _ in cursor.until(end):
        yield tuple(_blocks(cursor, keep_breaks, "list_item_close"))


def _table(cursor: _Cursor, keep_breaks: bool) -> Table:
    rows: list[list[Paragraph]] = []
    aligns: list[str] = []
    for token in cursor.until("table_close"):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(Paragraph(inlines=tuple(_inlines(token, keep_breaks))))
        elif token.type == "th_open":
            aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:") or "left")
    head, *body = (tuple(row) for row in rows)
    return Table(head=head, rows=tuple(body), aligns=tuple(aligns))


def _paragraph(token: Token, keep_breaks: bool) -> Paragraph | None:
    """Return the paragraph of an inline token, without breaks at its ends; None where nothing is left."""
    words = list(_joined(_inlines(token, keep_breaks)))
    while words and isinstance(words[0], Break):
        del words[0]
    while words and isinstance(words[-1], Break):
        del words[-1]
    return Paragraph(inlines=tuple(words)) if words else None


def _joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield runs of one type that follow each other as one."""
    for kind, group in groupby(inlines, lambda one: replace(one, text="") if isinstance(one, Run) else None):
        if kind is None:
            yield from group
        else:
            yield replace(kind, text="".join(one.text for one in group if isinstance(one, Run)))


def _inlines(token: Token, keep_breaks: bool) -> Iterator[Inline]:
    strong = emphasis = 0
    for child in token.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                strong += child.nesting
            case "em_open" | "em_close":
                emphasis += child.nesting
            case "hardbreak":
                yield Break()
            case "softbreak":
                yield Break() if keep_breaks else Run(text=" ", strong=strong > 0, emphasis=emphasis > 0)
            case "footnote":
                yield FootnoteMark(target=child.info)
            case "reference":
                yield CrossReference(text=child.content, target=child.info)
            case "code_inline":
                yield Run(text=child.content, code=True)
            case _ if child.content:
                yield Run(text=child.content, strong=strong > 0, emphasis=emphasis > 0)
