"""Texts of the edition and of notes -> flowables: paragraphs, lists numbered and nested as written, quotations, tables.

Marks of footnotes stand raised at their place, and cross-references with the number of what they lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from viewer.records import record
from viewer.sheets.sheet_item import SheetItem, TextLinks
from viewer.sheets.text_table import TextTable
from viewer.sheets.typography import REGULAR, SEMIBOLD, line, printable, run_markup, tied_line
from viewer.text.blocks import (
    Block,
    Break,
    CrossReference,
    FootnoteMark,
    Inline,
    Listing,
    Quotation,
    Run,
    Table,
)
from viewer.text.blocks import Paragraph as Words
from viewer.text.commonmark import read_text

LONGEST_NUMBER = 9  # of the size, before the first words of a text
LEAST_RAISED = 6.0  # points of a raised number: what paper still shows
LEAST_CELL = 7.0  # points of type in a table
_RAISED = 0.66  # of the size beside which a number is raised
_CELL = 0.88  # of the size of the text, in a table
_STEP = 1.35  # of the size, by which a list and a quotation are set in
_ALIGNMENTS = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
_NO_LINKS = TextLinks()


@record
class _Piece:
    """A paragraph, or a table, with how far it is set in, and the signs of the points that begin with it."""

    content: str | Table
    indent: float = 0.0
    signs: tuple[tuple[str, float], ...] = ()  # each with where it stands


def text_flowables(
    text: str, style: ParagraphStyle, *, links: TextLinks = _NO_LINKS, number: str = "", before: str = "",
    after: str = "", keep_breaks: bool = False, slanted: bool = False,
) -> list[Flowable]:  # fmt: skip
    """Return a text laid out in `style`, with `number` at the left of its first line.

    `before` and `after` are markup that stands before its first word and behind its last. With `keep_breaks`, as in
    a reader's note, every end of a line is kept. `slanted` sets all of it in italics.
    """
    layout = _TextLayout(style, links, slanted=slanted)
    pieces = list(layout.pieces(read_text(text, keep_breaks=keep_breaks))) or [_Piece(content="")]
    if isinstance(pieces[-1].content, Table) and after:
        pieces.append(_Piece(content=""))
    out: list[Flowable] = []
    if number and not _has_room(number, style, before_table=isinstance(pieces[0].content, Table)):
        shown = f'<font name="{style.bulletFontName}">{line(number)}</font>'
        out.append(Paragraph(shown, style.clone("number", textColor=style.bulletColor, spaceAfter=0, keepWithNext=1)))
        number = ""
    for at, piece in enumerate(pieces):
        first, last = at == 0, at == len(pieces) - 1
        out += layout.flowables(
            piece, number=number if first else "", before=before if first else "", after=after if last else ""
        )
    return out


def _has_room(number: str, style: ParagraphStyle, *, before_table: bool) -> bool:
    """Return whether a number has room at the left of a text; a longer label of the publisher stands above it."""
    width = stringWidth(number, style.bulletFontName, style.bulletFontSize)
    return width <= (style.leftIndent - style.fontSize * 0.4 if before_table else style.fontSize * LONGEST_NUMBER)


def item_foot(placed: SheetItem, style: ParagraphStyle) -> list[Flowable]:
    """Return what stands under an item's text: to whom and by when, how likely and how sure, and its notes."""
    out: list[Flowable] = [Paragraph(tied_line(remark), style) for remark in placed.remarks]
    for note in placed.footnotes:
        sign = raised([note.sign], style.fontSize)
        out += text_flowables(note.text, style, links=placed.links, before=f"{sign}&nbsp;")
    return out


def raised(signs: Sequence[str], size: float) -> str:
    """Return numbers of sources and signs of notes as markup, raised."""
    if not any(signs):
        return ""
    small = max(LEAST_RAISED, size * _RAISED)
    shown = f'<super rise="{size * 0.34:.1f}" size="{small:.1f}">&nbsp;{",&nbsp;".join(map(line, signs))}</super>'
    return f'<font name="{REGULAR}" color="#5B636B">{shown}</font>'


def target_mark(id_: str) -> str:
    """Return the mark, as markup, of a place to which a cross-reference leads."""
    return f'<a name="{line(id_)}"/>' if id_ else ""


class _TextLayout:
    """Lays out the blocks of one text; holds its styles, each made once."""

    def __init__(self, style: ParagraphStyle, links: TextLinks, *, slanted: bool) -> None:
        self._style, self._links, self._slanted = style, links, slanted
        self._styles: dict[tuple[float, tuple[tuple[str, float], ...], bool], ParagraphStyle] = {}
        self._step = style.fontSize * _STEP

    def pieces(
        self, blocks: Iterable[Block], indent: float = 0.0, signs: tuple[tuple[str, float], ...] = ()
    ) -> Iterator[_Piece]:
        """Yield the blocks as pieces, the first of which bears the signs."""
        for block in blocks:
            match block:
                case Words():
                    yield _Piece(content=self.markup(block.inlines), indent=indent, signs=signs)
                case Table():
                    if signs:
                        yield _Piece(content="&nbsp;", indent=indent, signs=signs)
                    yield _Piece(content=block, indent=indent)
                case Quotation():
                    yield from self.pieces(block.blocks, indent + self._step, signs)
                case Listing():
                    yield from self._points(block, indent, signs)
            signs = ()

    def _points(self, block: Listing, indent: float, signs: tuple[tuple[str, float], ...]) -> Iterator[_Piece]:
        shown = ["–" if block.start is None else f"{block.start + at}." for at in range(len(block.points))]
        face, size = self._style.fontName, self._style.fontSize
        step = max(self._step, max(stringWidth(sign, face, size) for sign in shown) + size * 0.45)
        for sign, point in zip(shown, block.points, strict=True):
            borne = (*signs, (sign, indent))
            if point:
                yield from self.pieces(point, indent + step, borne)
            else:
                yield _Piece(content="&nbsp;", indent=indent + step, signs=borne)
            signs = ()

    def flowables(self, piece: _Piece, *, number: str, before: str, after: str) -> Iterator[Flowable]:
        """Yield a piece laid out."""
        if isinstance(piece.content, Table):
            yield TextTable(self._grid(piece.content, before), self._style, piece.indent, number)
            return
        signs = piece.signs
        bullet = number or (signs[0][0] if signs else "")
        inner = signs if number else signs[1:]  # what no bullet is left for stands in the line
        shown = "&nbsp;".join([*(sign for sign, _ in inner), before + piece.content + after])
        yield Paragraph(shown, self._style_of(piece.indent, signs, bool(number)), bulletText=printable(bullet) or None)

    def _style_of(self, indent: float, signs: tuple[tuple[str, float], ...], numbered: bool) -> ParagraphStyle:
        if not indent and not signs:
            return self._style
        key = indent, signs, numbered
        if key not in self._styles:
            self._styles[key] = self._indented(indent, signs, numbered)
        return self._styles[key]

    def _indented(self, indent: float, signs: tuple[tuple[str, float], ...], numbered: bool) -> ParagraphStyle:
        style = self._style
        more: dict[str, Any] = {"leftIndent": style.leftIndent + indent}
        if numbered:
            more["firstLineIndent"] = (signs[0][1] if signs else indent) - indent
        elif signs:
            more |= {
                "bulletIndent": style.leftIndent + signs[0][1],
                "bulletFontName": style.fontName,
                "bulletFontSize": style.fontSize,
                "bulletColor": style.textColor,
                "firstLineIndent": (signs[1][1] if len(signs) > 1 else indent) - indent,
            }
        return style.clone("set in", **more)

    def markup(self, inlines: Iterable[Inline]) -> str:
        """Return words in their kinds of type, with marks and references, as ReportLab markup."""
        out = "".join(map(self._inline, inlines))
        return f"<i>{out}</i>" if self._slanted else out

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Run():
                return run_markup(inline)
            case Break():
                return "<br/>"
            case FootnoteMark():
                return raised([self._links.signs.get(inline.target, "")], self._style.fontSize)
            case CrossReference():
                return self._reference(inline)

    def _reference(self, one: CrossReference) -> str:
        words = run_markup(Run(text=one.text))
        if self._links.is_here(one):
            words = f'<a href="#{line(one.target)}" color="#0B5C6B">{words}</a>'
        behind = self._links.behind(one)
        return f"{words} {line(behind)}" if behind else words

    def _grid(self, table: Table, before: str) -> list[list[Paragraph]]:
        size = max(LEAST_CELL, self._style.fontSize * _CELL)
        base = self._style.clone(
            "cell", fontSize=size, leading=size * 1.28, leftIndent=0, firstLineIndent=0, spaceBefore=0, spaceAfter=0,
            allowWidows=1, allowOrphans=1,  # so that a row higher than a page can be cut between any two lines
        )  # fmt: skip
        rows: list[list[Paragraph]] = []
        for row, face in [(table.head, SEMIBOLD), *((row, base.fontName) for row in table.rows)]:
            styles = [base.clone("cell", fontName=face, alignment=_ALIGNMENTS[align]) for align in table.aligns]
            words = [self.markup(cell.inlines) for cell in row]
            if not rows:
                words[0] = before + words[0]
            rows.append([Paragraph(shown, style) for shown, style in zip(words, styles, strict=True)])
        return rows
