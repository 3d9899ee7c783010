"""One change as HTML: what and how, its values, its words with what went struck out and what came underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from viewer.changes import presented
from viewer.changes.records import Change, ChangeKind
from viewer.changes.word_difference import Piece
from viewer.model import Source, Statistic
from viewer.pages.parts import paragraph
from viewer.text.safe import NO_HTML, Html, escape, format_html, join_html

_THIN_SPACE = Html("&#8201;")


def change_html(change: Change, themes: Mapping[str, str], touched: Sequence[str] = ()) -> Html:
    """Return a change in full; `themes` names the older edition's themes, `touched` what of the reader's it touches."""
    parts = (
        paragraph("stat", presented.subject_words(change)),
        paragraph("result", _sentence(presented.kind_words(change, themes))),
        *(paragraph("caveat", line) for line in touched),
        _values(change),
        _words(change),
        _places(change),
    )
    return join_html(parts)


def pieces_html(pieces: Sequence[Piece]) -> Html:
    """Return a word-level difference as HTML; a line break of the text ends a line."""
    shown = []
    for at, piece in enumerate(pieces):
        if at and {pieces[at - 1].kind, piece.kind} == {"gone", "come"}:
            shown.append(_THIN_SPACE)  # or both would read as one word
        shown.append(_piece(piece))
    return format_html("<p>{}</p>", join_html(shown))


def _piece(piece: Piece) -> Html:
    shown = join_html(map(escape, piece.text.split("\n")), Html("<br/>"))
    return format_html('<span class="{}">{}</span>', piece.kind, shown) if piece.kind in ("gone", "come") else shown


def _section(heading: str, body: Html) -> Html:
    return format_html('<p class="section">{}</p>{}', heading, body)


def _values(change: Change) -> Html:
    if not isinstance(change.present, Statistic) or not change.values:
        return NO_HTML
    unit, broken = change.present.unit, bool(change.broken)
    lines = (paragraph("step", presented.step_text(step, unit, broken=broken)) for step in change.values)
    return _section("Values", join_html(lines))


def _words(change: Change) -> Html:
    pieces = pieces_html(presented.pieces(change))
    if change.old is not None and change.new is not None:
        before, after = presented.pair_texts(change)
        if before == after:
            return _section("Unchanged wording", pieces)
    headings = {ChangeKind.NEW: "New wording", ChangeKind.WITHDRAWN: "Withdrawn wording"}
    return _section(headings.get(change.kinds[0], "Wording, then and now"), pieces)


def _places(change: Change) -> Html:
    if isinstance(change.present, Source):
        return NO_HTML
    sort = "theme" if change.subject == "theme" else "item"
    links = []
    if change.new is not None:
        links.append(format_html('<a class="figure" href="{}:{}">Open in this edition</a>', sort, change.new.id))
    if change.old is not None:
        link = format_html('<a class="figure" href="old:{}:{}">Open in the earlier edition</a>', sort, change.old.id)
        links.append(link)
    return _section("Both sides", format_html("<p>{}</p>", join_html(links, Html(" &nbsp;·&nbsp; "))))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
