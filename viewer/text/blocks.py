"""A text as blocks: paragraphs, lists, quotations and tables, which every writer walks in the same order.

`read_text` in `commonmark.py` makes blocks from the text of an edition or a note; the writers are `blocks_html` and
`blocks_plain` here, and those of the sheets. What stands in a block was made visible when it was read, and every
writer escapes it for its own medium: no markup of the text itself ever reaches one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from viewer.records import record
from viewer.text.safe import NO_HTML, Html, VisibleText, escape, format_html, join_html


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


def last_block(blocks: Sequence[Block]) -> Block | None:
    """Return the block with which the words end, however deep it stands; None where nothing stands at the end."""
    last = blocks[-1] if blocks else None
    match last:
        case Listing():
            return last_block(last.points[-1]) if last.points else None
        case Quotation():
            return last_block(last.blocks)
    return last


def with_end_mark(blocks: Sequence[Block], mark: FootnoteMark) -> tuple[Block, ...]:
    """Return the blocks with a mark behind their last words; in a paragraph of its own where a table ends them."""
    before, last = blocks[:-1], blocks[-1] if blocks else None
    match last:
        case Paragraph():
            return (*before, Paragraph(inlines=(*last.inlines, mark)))
        case Listing() if last.points:
            points = (*last.points[:-1], with_end_mark(last.points[-1], mark))
            return (*before, Listing(points=points, start=last.start))
        case Quotation():
            return (*before, Quotation(blocks=with_end_mark(last.blocks, mark)))
    return (*blocks, Paragraph(inlines=(mark,)))


def inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Yield every inline in reading order."""
    for paragraph in paragraphs(blocks):
        yield from paragraph.inlines


def blocks_plain(
    blocks: Iterable[Block],
    mark: Callable[[FootnoteMark], str] = lambda _: "",
    reference: Callable[[CrossReference], str] = lambda one: one.text,
) -> VisibleText:
    """Return the words without markup, on which notes and search hold: a line for each paragraph, point and cell.

    A break within a paragraph begins a new line too, and no line is empty. For notes and search marks of footnotes
    leave nothing, and references their words; for a text that leaves, `mark` and `reference` write them.
    """
    lines = ("".join(_plain_inline(inline, mark, reference) for inline in one.inlines) for one in paragraphs(blocks))
    tidied = (" ".join(line.split()) for text in lines for line in text.split("\n"))
    return VisibleText("\n".join(line for line in tidied if line))


def _plain_inline(
    inline: Inline, mark: Callable[[FootnoteMark], str], reference: Callable[[CrossReference], str]
) -> str:
    match inline:
        case Run():
            return inline.text
        case CrossReference():
            return reference(inline)
        case Break():
            return "\n"
        case FootnoteMark():
            return mark(inline)


MarkHtml = Callable[[FootnoteMark], Html]
ReferenceHtml = Callable[[CrossReference], Html]


def blocks_html(
    blocks: Iterable[Block], mark: MarkHtml = lambda _: NO_HTML, reference: ReferenceHtml | None = None
) -> Html:
    """Return the blocks as HTML without attributes, but for a list's first number and a cell's alignment.

    `mark` writes the mark of a footnote, by default nothing; `reference` a cross-reference, by default its words.
    """
    refer = reference or (lambda one: escape(one.text, quote=False))

    def inner(paragraph: Paragraph) -> Html:
        return join_html(_inline_html(one, mark, refer) for one in paragraph.inlines)

    def all_of(inside: Iterable[Block]) -> Html:
        return join_html(map(block_html, inside))

    def block_html(block: Block) -> Html:
        match block:
            case Paragraph():
                return format_html("<p>{}</p>", inner(block))
            case Listing(start=None):
                return format_html("<ul>{}</ul>", points(block))
            case Listing(start=1):
                return format_html("<ol>{}</ol>", points(block))
            case Listing(start=start):
                return format_html('<ol start="{}">{}</ol>', start or 0, points(block))
            case Quotation():
                return format_html("<blockquote>{}</blockquote>", all_of(block.blocks))
            case Table():
                head = join_html(map(head_cell, block.aligns, block.head))
                rows = join_html(
                    format_html("<tr>{}</tr>", join_html(map(cell, block.aligns, row))) for row in block.rows
                )
                return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, rows)

    def points(listing: Listing) -> Html:
        return join_html(format_html("<li>{}</li>", point(inside)) for inside in listing.points)

    def point(inside: tuple[Block, ...]) -> Html:
        """Write a point's first paragraph without tags of its own: Qt would set it apart from its number."""
        if inside and isinstance(inside[0], Paragraph):
            return join_html((inner(inside[0]), all_of(inside[1:])))
        return all_of(inside)

    def head_cell(align: str, words: Paragraph) -> Html:
        return format_html('<th align="{}">{}</th>', align, inner(words))

    def cell(align: str, words: Paragraph) -> Html:
        return format_html('<td align="{}">{}</td>', align, inner(words))

    return all_of(blocks)


def _inline_html(inline: Inline, mark: MarkHtml, refer: ReferenceHtml) -> Html:
    match inline:
        case Break():
            return Html("<br/>")
        case FootnoteMark():
            return mark(inline)
        case CrossReference():
            return refer(inline)
        case Run():
            out = escape(inline.text, quote=False)
            out = format_html("<code>{}</code>", out) if inline.code else out
            out = format_html("<em>{}</em>", out) if inline.emphasis else out
            return format_html("<strong>{}</strong>", out) if inline.strong else out
