"""One change as HTML for the window: what went is struck through, what came is underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from viewer.changes.presented import PresentedChange, present_change
from viewer.changes.records import Change, ChangeKind, Subject
from viewer.changes.word_difference import Segment, spaced_out
from viewer.text.safe import visible


def change_html(change: Change, theme_titles: Mapping[str, str], touched: Sequence[str] = ()) -> str:
    """Return a change in full: what and how, its values, its words, and links to both sides.

    `theme_titles` are the earlier edition's, by id; `touched` says in sentences what of the reader's own it touches.
    """
    presented = present_change(change, theme_titles)
    parts = (
        f'<p class="stat">{_shown(presented.subject)}</p>',
        f'<p class="result">{_shown(presented.how_sentence)}</p>',
        "".join(f'<p class="caveat">{_shown(sentence)}</p>' for sentence in touched),
        _values(presented),
        _words(presented),
        _links(change),
    )
    return "".join(parts)


def segments_html(segments: Sequence[Segment]) -> str:
    """Return a word-level difference as HTML; a line break of the text ends a line."""
    return f"<p>{''.join(map(_segment, spaced_out(segments)))}</p>"


def _segment(segment: Segment) -> str:
    shown = _shown(segment.text).replace("\n", "<br/>")
    return shown if segment.kind == "same" else f'<span class="{segment.kind}">{shown}</span>'


def _values(presented: PresentedChange) -> str:
    rows = presented.changed_rows
    if not rows:
        return ""
    return '<p class="section">Values</p>' + "".join(f'<p class="step">{_shown(row.line)}</p>' for row in rows)


def _words(presented: PresentedChange) -> str:
    return f'<p class="section">{_words_heading(presented)}</p>{segments_html(presented.segments)}'


def _words_heading(presented: PresentedChange) -> str:
    if presented.change.has(ChangeKind.NEW):
        return "New wording"
    if presented.change.has(ChangeKind.WITHDRAWN):
        return "Withdrawn wording"
    return "Unchanged wording" if presented.old_text == presented.new_text else "Wording, then and now"


def _links(change: Change) -> str:
    if change.subject is Subject.SOURCE:
        return ""
    kind = "theme" if change.subject is Subject.THEME else "item"
    links = []
    if change.new is not None:
        links.append(f'<a class="figure" href="{kind}:{change.new.id}">Open in this edition</a>')
    if change.old is not None:
        links.append(f'<a class="figure" href="old:{kind}:{change.old.id}">Open in the earlier edition</a>')
    return f'<p class="section">Both sides</p><p>{" &nbsp;·&nbsp; ".join(links)}</p>'


def _shown(text: str) -> str:
    return escape(visible(text))
