"""Texts of format 1, which were written for python-markdown, as the CommonMark of format 2.

An edition of format 1 is converted as its records are read, so that the rest of the program knows one kind of text.
The plain words, on which readers' notes hold, stay what they were to the character.
"""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser

from viewer.text import commonmark
from viewer.text.blocks import Block, Break, Inline, Listing, Paragraph, Quotation, Run, blocks_plain
from viewer.text.blocks_markdown import blocks_markdown
from viewer.text.commonmark import read_text
from viewer.text.markdown import has_markup, markdown_html, plain_text
from viewer.text.safe import visible

_CONTAINERS = {"ul", "ol", "li", "blockquote"}
_TYPES = {"strong": "strong", "em": "emphasis", "code": "code"}


class ConvertedText(str):
    """A text in CommonMark, and as it was published: what was hashed before texts were converted is hashed so still."""

    __slots__ = ("published",)
    published: str


def as_commonmark(text: str) -> str:
    """Return a text of format 1 as CommonMark with the same plain words."""
    if not commonmark.has_markup(text) and not has_markup(text):
        return text
    shown = visible(text)
    if not has_markup(shown) and blocks_plain(read_text(text)) == plain_text(text):
        return text
    return _converted(text)


def published_text(text: str) -> str:
    """Return a text as its edition has it, before it was converted."""
    return text.published if isinstance(text, ConvertedText) else text


@cache
def _converted(text: str) -> ConvertedText:
    converted = ConvertedText(_source_of(text))
    converted.published = text
    return converted


def _source_of(text: str) -> str:
    wanted = plain_text(text)
    for blocks in (html_blocks(markdown_html(text)), _lines(wanted)):
        source = blocks_markdown(blocks)
        if blocks_plain(read_text(source)) == wanted:
            return source
    return "\n\n".join(wanted.split("\n"))


def _lines(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(inlines=(Run(text=line),)) for line in text.split("\n") if line)


def html_blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of HTML that `markdown_html` wrote."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.blocks()


class _Parser(HTMLParser):
    """Collects blocks: a stack of open containers, each with what stands in it so far."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, list[Block]]] = [("", [])]
        self._points: list[list[tuple[Block, ...]]] = []
        self._inlines: list[Inline] = []
        self._type = dict.fromkeys(_TYPES.values(), 0)

    def blocks(self) -> tuple[Block, ...]:
        """Return what was read, once all of it was."""
        self._end_paragraph()
        return tuple(self._open[0][1])

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        """Open a container, or begin another type of words."""
        if tag in _TYPES:
            self._type[_TYPES[tag]] += 1
        elif tag == "br":
            self._inlines.append(Break())
        else:
            self._end_paragraph()
            if tag in ("ul", "ol"):
                self._points.append([])
            if tag in _CONTAINERS:
                self._open.append((tag, []))
            elif tag.startswith("h"):
                self._type["strong"] += 1

    def handle_endtag(self, tag: str) -> None:
        """Close a container, or end a type of words."""
        if tag in _TYPES:
            self._type[_TYPES[tag]] -= 1
            return
        self._end_paragraph()
        if tag.startswith("h"):
            self._type["strong"] -= 1
        if tag not in _CONTAINERS or self._open[-1][0] != tag:
            return
        inside = tuple(self._open.pop()[1])
        if tag == "li" and self._points:
            self._points[-1].append(inside)
        elif tag in ("ul", "ol"):
            self._open[-1][1].append(Listing(points=tuple(self._points.pop()), start=1 if tag == "ol" else None))
        elif tag == "blockquote":
            self._open[-1][1].append(Quotation(blocks=inside))

    def handle_data(self, data: str) -> None:
        """Take words in the present type."""
        words = data.replace("\n", " ")
        if words.strip() or self._inlines:
            self._inlines.append(Run(text=words, **{name: on > 0 for name, on in self._type.items()}))

    def _end_paragraph(self) -> None:
        if any(not isinstance(one, Run) or one.text.strip() for one in self._inlines):
            self._open[-1][1].append(Paragraph(inlines=tuple(self._inlines)))
        self._inlines = []
