"""One change as HTML for the window: what went is struck through, what came is underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from viewer.changes.presented import PresentedChange, present_change
from viewer.changes.records import Change, ChangeKind, Subject
from viewer.changes.word_difference import Segment, spaced_out
from viewer.pages.parts import paragraph
from viewer.text.safe import NO_HTML, Html, escape, format_html, join_html

_THIN_SPACE = "\u2009"


def change_html(change: Change, theme_titles: Mapping[str, str], touched: Sequence[str] = ()) -> Html:
    """Return a change in full: what and how, its values, its words, and links to both sides.

    `theme_titles` are the earlier edition's, by id; `touched` says in sentences what of the reader's own it touches.
    """
    presented = present_change(change, theme_titles)
    parts = (
        paragraph("stat", presented.subject),
        paragraph("result", presented.how_sentence),
        *(paragraph("caveat", sentence) for sentence in touched),
        _values(presented),
        _section(_words_heading(presented), segments_html(presented.segments)),
        _links(change),
    )
    return join_html(parts)


def segments_html(segments: Sequence[Segment]) -> Html:
    """Return a word-level difference as HTML; a line break of the text ends a line."""
    return format_html("<p>{}</p>", join_html(map(_segment, spaced_out(segments, _THIN_SPACE))))


def _segment(segment: Segment) -> Html:
    shown = join_html(map(escape, segment.text.split("\n")), Html("<br/>"))
    return shown if segment.kind == "same" else format_html('<span class="{}">{}</span>', segment.kind, shown)


def _section(heading: str, body: Html) -> Html:
    return format_html('<p class="section">{}</p>{}', heading, body)


def _values(presented: PresentedChange) -> Html:
    rows = presented.changed_rows
    return _section("Values", join_html(paragraph("step", row.line) for row in rows)) if rows else NO_HTML


def _words_heading(presented: PresentedChange) -> str:
    if presented.change.has(ChangeKind.NEW):
        return "New wording"
    if presented.change.has(ChangeKind.WITHDRAWN):
        return "Withdrawn wording"
    return "Unchanged wording" if presented.old_text == presented.new_text else "Wording, then and now"


def _links(change: Change) -> Html:
    if change.subject is Subject.SOURCE:
        return NO_HTML
    kind = "theme" if change.subject is Subject.THEME else "item"
    links = []
    if change.new is not None:
        links.append(format_html('<a class="figure" href="{}:{}">Open in this edition</a>', kind, change.new.id))
    if change.old is not None:
        link = format_html('<a class="figure" href="old:{}:{}">Open in the earlier edition</a>', kind, change.old.id)
        links.append(link)
    return _section("Both sides", format_html("<p>{}</p>", join_html(links, Html(" &nbsp;·&nbsp; "))))
