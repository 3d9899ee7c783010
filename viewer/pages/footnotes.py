"""Footnotes and cross-references of an item as HTML: marks at their places in its texts, and its notes below.

A source has its number for a mark, a note of the item a letter. Addresses in links are the program's own: `source:id`,
`note:item/id`, and `item:id` or `theme:id` for what a cross-reference leads to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from viewer.model import Item, Source
from viewer.text import wording
from viewer.text.blocks import CrossReference, FootnoteMark
from viewer.text.edition_text import text_html
from viewer.text.safe import NO_HTML, Html, format_html, join_html

_NEXT_MARK = re.compile(r'(</sup><sup class="note"><a [^>]*>)')
_PARAGRAPH = re.compile(r"^<p>(.*)</p>$", re.DOTALL)


class FootnoteMarks:
    """The marks of an item's footnotes; `placed` are the sources whose marks were written."""

    def __init__(self, item: Item, sources: Mapping[str, Source]) -> None:
        self._item, self._sources = item, sources
        self._letters = {note.id: wording.footnote_letter(at) for at, note in enumerate(item.footnotes)}
        self.placed: set[str] = set()

    def text_html(self, text: str) -> Html:
        """Return a text of the item as HTML, with its marks and its cross-references as links."""
        marked = text_html(text, self._mark, reference_html)
        return Html(_NEXT_MARK.sub(r"\1&nbsp;", marked))  # two marks side by side would read as one

    def other_sources(self) -> Html:
        """Return the marks of the sources that the item cites, but no text written so far names, by number."""
        cited = (self._sources[id_] for id_ in self._item.sources if id_ in self._sources and id_ not in self.placed)
        links = [_link(f"source:{one.id}", str(one.number)) for one in sorted(cited, key=lambda one: one.number)]
        return format_html('<sup class="note">{}</sup>', join_html(links, Html("&nbsp;"))) if links else NO_HTML

    def notes(self) -> Html:
        """Return the item's notes, each behind its letter, as small paragraphs."""
        return join_html(
            format_html('<p class="basis">{}&nbsp; {}</p>', self._letters[note.id], note_words(note.text))
            for note in self._item.footnotes
        )

    def _mark(self, mark: FootnoteMark) -> Html:
        if letter := self._letters.get(mark.target):
            return _superscript(f"note:{self._item.id}/{mark.target}", letter)
        source = self._sources.get(mark.target)
        if source is None:  # no builder writes it
            return NO_HTML
        self.placed.add(source.id)
        return _superscript(f"source:{source.id}", str(source.number))


def note_words(text: str) -> Html:
    """Return a footnote's text as HTML without a paragraph of its own: it has but one."""
    return Html(_PARAGRAPH.sub(r"\1", text_html(text, None, reference_html)))


def reference_html(reference: CrossReference) -> Html:
    """Return a cross-reference as a link."""
    kind = "item" if "." in reference.target else "theme"  # as the format has their ids
    return format_html('<a class="reference" href="{}:{}">{}</a>', kind, reference.target, reference.text)


def _superscript(address: str, sign: str) -> Html:
    return format_html('<sup class="note">{}</sup>', _link(address, sign))


def _link(address: str, sign: str) -> Html:
    return format_html('<a class="note" href="{}">{}</a>', address, sign)
