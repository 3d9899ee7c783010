"""Markdown of the assessment -> safe HTML for the page, and the plain text that notes and search hold on to.

HTML, images and links are not part of the format: they stay visible as the characters they are. Characters
that would hide or reorder text are shown as what they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from viewer.text.safe import NO_HTML, Html, VisibleText, escape, format_html, join_html, visible

if TYPE_CHECKING:
    from markdown import Markdown

MAX_WORD = 500  # characters; a longer run without a space is no prose
MAX_DEPTH = 6  # nested lists or quotations; python-markdown recurses once for each
MAX_SIGNS = 400  # emphasis signs in one text; python-markdown is quadratic on them
MAX_LINES = 2000

_MARKUP_SIGN = re.compile(r"[*_`\\\n]")
_MARKUP_START = re.compile(r"\s*(?:[-+#>]|\d+\.)|\s{4}")
_TWO_SPACES, _TWO_SPACES_AFTER_WORD = re.compile(r"\s\s"), re.compile(r"\S\s{2}")
_SIGNS = re.compile(r"[*_`\\]")
_DEEP = re.compile(rf"^(?:[ \t]*>){{{MAX_DEPTH},}}|^[ \t]{{{4 * MAX_DEPTH},}}", re.MULTILINE)
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD},}}")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|pre|blockquote)>|<br ?/?>")
_YEAR_POINT = re.compile(r"^(\s*\d{3,})\.", re.MULTILINE)  # "1986. A year" starts a sentence, not a list
_AMPERSAND = "\ue000"  # private use, so `visible` has taken away any that was there
_BLOCKS = frozenset({"p", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({"em", "strong", "code", "br"})


def markdown_html(text: str) -> Html:
    """Return `text` as HTML made of paragraphs, lists and emphasis alone, without one attribute or address."""
    text = visible(text)
    if not has_markup(text):
        return _paragraph(text.strip()) if text.strip() else NO_HTML
    if _is_no_prose(text):
        return _as_typed(text)
    return _rendered(text) or _as_typed(text)


def has_markup(text: str) -> bool:
    """Return whether anything in `text` may be read as markup; plain prose is not parsed."""
    if _MARKUP_SIGN.search(text) or _MARKUP_START.match(text):  # apart, which takes a third of one pattern's time
        return True
    return bool(_TWO_SPACES.search(text) and _TWO_SPACES_AFTER_WORD.search(text))


def guide_html(text: str) -> Html:
    """Return a chapter of the program's own guide as HTML, with its tables, pictures and links."""
    from markdown import markdown

    marked = markdown(text, extensions=["tables", "fenced_code"], output_format="xhtml")
    return Html(marked.replace("<p><img ", '<p class="picture"><img '))


def plain_text(text: str) -> VisibleText:
    """Return `text` as the page shows it, without markup: one line for each paragraph or point of a list."""
    text = visible(text)
    if not has_markup(text):  # mostly so, and search asks this of many texts
        return VisibleText(" ".join(text.split()))
    marked = _BLOCK_END.sub("\n", markdown_html(text).replace("\n", " "))
    from html import unescape

    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", marked)).split("\n"))
    return VisibleText("\n".join(line for line in lines if line))


def _rendered(text: str) -> Html:
    """Return `text` through Markdown and the filter of tags; empty when nothing of it would be seen."""
    import nh3

    # An ampersand is always itself: Markdown would read entities, but not within code, so it never sees one.
    text = _YEAR_POINT.sub(r"\1\\.", text.replace("&", _AMPERSAND))
    marked = nh3.clean(_markdown().reset().convert(text), tags=_BLOCKS | _INLINE, attributes={}, url_schemes=set())
    return Html(marked.replace(_AMPERSAND, "&amp;")) if _TAG.sub("", marked).strip() else NO_HTML


def _as_typed(text: str) -> Html:
    return join_html(_paragraph(part) for part in text.split("\n") if part.strip())


def _paragraph(text: str) -> Html:
    return format_html("<p>{}</p>", escape(text, quote=False))


def _is_no_prose(text: str) -> bool:
    many = len(_SIGNS.findall(text)) > MAX_SIGNS or text.count("\n") > MAX_LINES
    return bool(many or _DEEP.search(text) or _LONG_WORD.search(text))


@cache
def _markdown() -> Markdown:
    from markdown import Markdown

    reader = Markdown(output_format="xhtml")
    reader.preprocessors.deregister("html_block")
    for name in ("html", "entity", "link", "image_link", "image_reference", "reference", "short_reference",
                 "short_image_ref", "autolink", "automail"):  # fmt: skip
        reader.inlinePatterns.deregister(name)
    for name in ("reference", "code"):
        reader.parser.blockprocessors.deregister(name)
    return reader
