"""HTML that was written from a text of format 1 -> its blocks."""

from __future__ import annotations

from html.parser import HTMLParser

from viewer.text.blocks import Block, Break, Inline, Listing, Paragraph, Quotation, Run

_CONTAINERS = {"ul", "ol", "li", "blockquote"}
_TYPES = {"strong": "strong", "em": "emphasis", "code": "code"}


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
