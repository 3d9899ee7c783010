"""Blocks -> Markdown that reads back as the same blocks: for sheets as Markdown, and for texts of format 1.

Every character that CommonMark could take for a sign of its own is escaped, so that words stay words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from viewer.records import replace
from viewer.text.blocks import (
    Block,
    Break,
    CrossReference,
    FootnoteMark,
    Listing,
    Paragraph,
    Quotation,
    Run,
    Table,
)

_SIGN = re.compile(r"[\\`*_{}\[\]<>#|~&!^]")
_LINE_START = re.compile(r"^(\s*)([-=>]|\+(?=\s|$)|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_ENDS = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)

MarkSource = Callable[[FootnoteMark], str]
ReferenceSource = Callable[[CrossReference], str]


def escape_markdown(text: str) -> str:
    """Return plain text as Markdown in which no character is read as markup."""
    return _LINE_START.sub(_escape_start, _SIGN.sub(r"\\\g<0>", text))


def _escape_start(match: re.Match[str]) -> str:
    """Escape a sign at a line's start; of a number its point, since digits cannot be escaped."""
    return f"{match[1]}{match[2]}\\" if match[2][0].isdigit() else f"{match[1]}\\{match[2]}"


def blocks_markdown(
    blocks: Iterable[Block],
    mark: MarkSource = lambda mark: f"[^{mark.target}]",
    reference: ReferenceSource = lambda one: f"[{one.text}](#{one.target})",
) -> str:
    """Return the blocks as Markdown; `mark` and `reference` write what leads to other places."""

    def inner(paragraph: Paragraph) -> str:
        lines = [""]
        for one in paragraph.inlines:
            if isinstance(one, Break):
                lines.append("")
            else:
                lines[-1] += _inline(one, mark, reference)
        return "\\\n".join(_LINE_START.sub(_escape_start, line.strip()) for line in lines if line.strip())

    def cell(words: Paragraph) -> str:
        """Write a cell: a table is parted before code is found, so that code too has its | escaped."""
        parted = (
            replace(one, text=one.text.replace("|", "\\|")) if isinstance(one, Run) and one.code else one
            for one in words.inlines
        )
        return inner(Paragraph(inlines=tuple(parted)))

    def lines_of(block: Block, sign: str = "-") -> Iterator[str]:
        match block:
            case Paragraph():
                yield from inner(block).split("\n")
            case Listing():
                point_sign = {"-": ".", "*": ")"}[sign]
                for number, point in enumerate(block.points, start=block.start or 0):
                    yield from _indented(
                        joined(point), f"{number}{point_sign} " if block.start is not None else f"{sign} "
                    )
            case Quotation():
                yield from (f"> {line}".rstrip() for line in joined(block.blocks))
            case Table():
                yield _row(map(cell, block.head))
                yield _row({"left": "---", "center": ":-:", "right": "--:"}[align] for align in block.aligns)
                for row in block.rows:
                    yield _row(map(cell, row))

    def joined(inside: Iterable[Block]) -> Iterator[str]:
        """Yield the lines of blocks with an empty one between; a list right after a list takes the other sign."""
        sign = "*"
        for at, block in enumerate(inside):
            if at:
                yield ""
            sign = "*" if isinstance(block, Listing) and sign == "-" else "-"
            yield from lines_of(block, sign)
            sign = sign if isinstance(block, Listing) else "*"

    return "\n".join(joined(blocks))


def _indented(lines: Iterable[str], sign: str) -> Iterator[str]:
    before = sign
    for line in lines:
        yield (before + line).rstrip() if line or before == sign else ""
        before = " " * len(sign)
    if before == sign:
        yield sign.rstrip()


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("\n", " ") for cell in cells) + " |"


def _inline(inline: Run | FootnoteMark | CrossReference, mark: MarkSource, reference: ReferenceSource) -> str:
    match inline:
        case FootnoteMark():
            return mark(inline)
        case CrossReference():
            return reference(inline)
        case Run(code=True):
            longest = max((len(ticks) for ticks in re.findall(r"`+", inline.text)), default=0)
            fence = "`" * (longest + 1)
            space = " " if longest else ""
            return f"{fence}{space}{inline.text}{space}{fence}"
        case Run():
            sign = "*" * (2 * inline.strong + inline.emphasis)
            before, words, after = _ENDS.fullmatch(_SIGN.sub(r"\\\g<0>", inline.text)).groups()  # type: ignore[union-attr]
            return f"{before}{sign}{words}{sign}{after}" if words else before + after
