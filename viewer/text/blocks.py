"""A text as blocks: paragraphs, lists, quotations and tables, which every writer walks in the same order.

`read_text` in `commonmark.py` makes blocks from the text of an edition or a note; the writers are `blocks_html` and
`blocks_plain` here, and those of the sheets. What stands in a block was made visible when it was read, and every
writer escapes it for its own medium: no markup of the text itself ever reaches one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from viewer.records import record
from viewer.text.safe import escape


@record
class Run:
    """Words in one kind of type. Words without any of these marks are plain."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False


@record
class Break:
    """The end of a line within a paragraph."""


@record
class FootnoteMark:
    """The place of a footnote; `target` is the id of a note of the same item, or of a source."""

    target: str


@record
class CrossReference:
    """Words that lead to another place of the edition; `target` is the id of an item or a theme."""

    text: str
    target: str


Inline = Run | Break | FootnoteMark | CrossReference


@record
class Paragraph:
    """One paragraph, one point of a simple list, or one cell of a table."""

    inlines: tuple[Inline, ...]


@record
class Listing:
    """A list: each point is a row of blocks. `start` is the first number; None for a list without numbers."""

    points: tuple[tuple[Block, ...], ...]
    start: int | None = None


@record
class Quotation:
    """What is set apart as said by others."""

    blocks: tuple[Block, ...]


@record
class Table:
    """A table under one row of head cells; every row has as many cells as the head.

    `aligns` says for each column "left", "center" or "right".
    """

    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    aligns: tuple[str, ...]


Block = Paragraph | Listing | Quotation | Table


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph and cell in reading order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Listing():
                for point in block.points:
                    yield from paragraphs(point)
            case Quotation():
                yield from paragraphs(block.blocks)
            case Table():
                for row in (block.head, *block.rows):
                    yield from row


def inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Yield every inline in reading order."""
    for paragraph in paragraphs(blocks):
        yield from paragraph.inlines


def blocks_plain(blocks: Iterable[Block]) -> str:
    """Return the words without markup, on which notes and search hold: a line for each paragraph, point and cell.

    A break within a paragraph begins a new line too. Marks of footnotes leave nothing, and no line is empty.
    """
    lines = ("".join(map(_plain_inline, one.inlines)) for one in paragraphs(blocks))
    tidied = (" ".join(line.split()) for text in lines for line in text.split("\n"))
    return "\n".join(line for line in tidied if line)


def _plain_inline(inline: Inline) -> str:
    match inline:
        case Run() | CrossReference():
            return inline.text
        case Break():
            return "\n"
        case FootnoteMark():
            return ""


MarkHtml = Callable[[FootnoteMark], str]
ReferenceHtml = Callable[[CrossReference], str]


def blocks_html(blocks: Iterable[Block], mark: MarkHtml = lambda _: "", reference: ReferenceHtml | None = None) -> str:
    """Return the blocks as HTML without attributes, but for a list's first number and a cell's alignment.

    `mark` writes the mark of a footnote, by default nothing; `reference` a cross-reference, by default its words.
    """
    refer = reference or (lambda one: escape(one.text, quote=False))

    def inner(paragraph: Paragraph) -> str:
        return "".join(_inline_html(one, mark, refer) for one in paragraph.inlines)

    def written(block: Block) -> str:
        match block:
            case Paragraph():
                return f"<p>{inner(block)}</p>"
            case Listing():
                points = "".join(f"<li>{point(one)}</li>" for one in block.points)
                if block.start is None:
                    return f"<ul>{points}</ul>"
                start = "" if block.start == 1 else f' start="{block.start}"'
                return f"<ol{start}>{points}</ol>"
            case Quotation():
                return f"<blockquote>{''.join(map(written, block.blocks))}</blockquote>"
            case Table():
                head = row(block.head, block.aligns, "th")
                rows = "".join(row(one, block.aligns, "td") for one in block.rows)
                return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"

    def point(inside: tuple[Block, ...]) -> str:
        """Write a point's first paragraph without tags of its own: Qt would set it apart from its number."""
        first, rest = inside[:1], inside[1:]
        begin = inner(first[0]) if first and isinstance(first[0], Paragraph) else "".join(map(written, first))
        return begin + "".join(map(written, rest))

    def row(cells: tuple[Paragraph, ...], aligns: tuple[str, ...], tag: str) -> str:
        parts = (f'<{tag} align="{align}">{inner(cell)}</{tag}>' for cell, align in zip(cells, aligns, strict=True))
        return f"<tr>{''.join(parts)}</tr>"

    return "".join(map(written, blocks))


def _inline_html(inline: Inline, mark: MarkHtml, refer: ReferenceHtml) -> str:
    match inline:
        case Break():
            return "<br/>"
        case FootnoteMark():
            return mark(inline)
        case CrossReference():
            return refer(inline)
        case Run():
            out = escape(inline.text, quote=False)
            for tag, on in (("code", inline.code), ("em", inline.emphasis), ("strong", inline.strong)):
                out = f"<{tag}>{out}</{tag}>" if on else out
            return out
