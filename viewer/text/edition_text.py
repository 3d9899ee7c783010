"""Texts of an edition and of notes as HTML and as plain words; the first with markup loads what parses them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from viewer.text.markup import has_markup
from viewer.text.safe import NO_HTML, Html, VisibleText, escape, format_html, visible

if TYPE_CHECKING:
    from viewer.text.blocks import MarkHtml, ReferenceHtml

NO_SIGNS: Mapping[str, str] = {}


def as_text(plain: str) -> str:
    """Return plain words, such as a title, as a text of the edition that means just these words."""
    if not has_markup(plain):
        return plain
    from viewer.text.blocks_markdown import escape_markdown

    return escape_markdown(" ".join(plain.split()))


def text_html(text: str, mark: MarkHtml | None = None, reference: ReferenceHtml | None = None) -> Html:
    """Return a text of the edition as HTML.

    `mark` writes the mark of a footnote, by default nothing; `reference` a cross-reference, by default its words.
    """
    text = visible(text)
    if not has_markup(text):
        return format_html("<p>{}</p>", escape(text, quote=False)) if text else NO_HTML
    from viewer.text.blocks import blocks_html
    from viewer.text.commonmark import read_text

    return blocks_html(read_text(text), mark or (lambda _: NO_HTML), reference)


def text_plain(text: str, signs: Mapping[str, str] = NO_SIGNS) -> VisibleText:
    """Return a text of the edition without markup: one line for each paragraph, point of a list and cell.

    `signs` are what stands at the place of a note or source, by its id; for search and notes nothing does.
    """
    text = visible(text)
    if not has_markup(text):  # mostly so, and search asks this of many texts
        return visible(" ".join(text.split()))
    return _plain(text, signs=signs)


def note_html(text: str) -> Html:
    """Return a reader's note as HTML; every end of a line is kept."""
    from viewer.text.blocks import blocks_html
    from viewer.text.commonmark import read_text

    return blocks_html(read_text(text, keep_breaks=True))


def note_plain(text: str) -> VisibleText:
    """Return a reader's note without markup, line by line."""
    return _plain(text, keep_breaks=True)


def _plain(text: str, *, keep_breaks: bool = False, signs: Mapping[str, str] = NO_SIGNS) -> VisibleText:
    from viewer.text.blocks import blocks_plain
    from viewer.text.commonmark import read_text

    return blocks_plain(read_text(text, keep_breaks=keep_breaks), lambda mark: signs.get(mark.target, ""))
