"""Texts of format 1, which were written for python-markdown, as the CommonMark of format 2.

An edition of format 1 is converted as its records are read, so that the rest of the program knows one kind of text.
The plain words, on which readers' notes hold, stay what they were to the character.
"""

from __future__ import annotations

import re
from functools import cache

from viewer.text import markdown
from viewer.text.blocks import Block, Paragraph, Run, blocks_plain
from viewer.text.blocks_markdown import blocks_markdown
from viewer.text.commonmark import read_text
from viewer.text.markdown import markdown_html, plain_text
from viewer.text.markup import has_markup

_EMPHASIS = re.compile(r"(?<![^\s(])(\*\*?)(?=[\w(])[^*_`\\\n]*?\w\1(?![^\s.,;:)])")
_DOUBTFUL = re.compile(r"[*_`\\#|\[<&\t\xad\ue000]|^ *(?:[-+>=~]|\d+[.)])|^ {2,}|\S{400}", re.MULTILINE)


class ConvertedText(str):
    """A text in CommonMark, and as it was published: what was hashed before texts were converted is hashed so still."""

    __slots__ = ("published",)
    published: str


def as_commonmark(text: str) -> str:
    """Return a text of format 1 as CommonMark with the same plain words."""
    if not has_markup(text) and not markdown.has_markup(text):
        return text
    return text if _reads_alike(text) else _converted(text)


def _reads_alike(text: str) -> bool:
    """Return whether both dialects read a text alike without a doubt: paragraphs, and emphasis of whole words.

    Most texts with markup are such, and to convert one takes as long as to write ten.
    """
    return _DOUBTFUL.search(_EMPHASIS.sub("x", text)) is None


def published_text(text: str) -> str:
    """Return a text as its edition has it, before it was converted."""
    return text.published if isinstance(text, ConvertedText) else text


@cache
def _converted(text: str) -> ConvertedText:
    converted = ConvertedText(_source_of(text))
    converted.published = text
    return converted


def _source_of(text: str) -> str:
    from viewer.text.format_1_html import html_blocks  # here: few texts of an edition have markup

    wanted = plain_text(text)
    for blocks in (html_blocks(markdown_html(text)), _lines(wanted)):
        source = blocks_markdown(blocks)
        if blocks_plain(read_text(source)) == wanted:
            return source
    return "\n\n".join(wanted.split("\n"))


def _lines(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(inlines=(Run(text=line),)) for line in text.split("\n") if line)
