"""One change as HTML: what and how, its values, its words with what went struck out and what came underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from viewer.changes import presented
from viewer.changes.records import Change, ChangeKind
from viewer.changes.word_difference import Piece
from viewer.model import Source, Statistic
from viewer.text.safe import visible

_CLASSES = {"gone": "gone", "come": "come"}


def change_html(change: Change, themes: Mapping[str, str], touched: Sequence[str] = ()) -> str:
    """A change in full; `themes` names the older edition's themes, `touched` says what of the reader's it touches."""
    parts = (
        f'<p class="stat">{_line(presented.subject_words(change))}</p>',
        f'<p class="result">{_line(_sentence(presented.kind_words(change, themes)))}</p>',
        "".join(f'<p class="caveat">{_line(line)}</p>' for line in touched),
        _values(change),
        _words(change),
        _places(change),
    )
    return "".join(parts)


def pieces_html(pieces: Sequence[Piece]) -> str:
    """A word-level difference as HTML; a line break of the text ends a paragraph."""
    shown = [_piece(piece) for piece in pieces]
    for at in range(1, len(pieces)):
        if {pieces[at - 1].kind, pieces[at].kind} == {"gone", "come"}:
            shown[at] = "&#8201;" + shown[at]  # a thin space, or both would read as one word
    return f"<p>{''.join(shown)}</p>"


def _piece(piece: Piece) -> str:
    shown = escape(visible(piece.text)).replace("\n", "<br/>")
    kind = _CLASSES.get(piece.kind)
    return f'<span class="{kind}">{shown}</span>' if kind else shown


def _values(change: Change) -> str:
    if not isinstance(change.present, Statistic) or not change.values:
        return ""
    unit, broken = change.present.unit, bool(change.broken)
    lines = (f'<p class="step">{_line(presented.step_text(step, unit, broken=broken))}</p>' for step in change.values)
    return '<p class="section">Values</p>' + "".join(lines)


def _words(change: Change) -> str:
    if (
        change.old is not None
        and change.new is not None
        and presented.pair_texts(change)[0] == presented.pair_texts(change)[1]
    ):
        return f'<p class="section">Unchanged wording</p>{pieces_html(presented.pieces(change))}'
    head = {ChangeKind.NEW: "New wording", ChangeKind.WITHDRAWN: "Withdrawn wording"}.get(
        change.kinds[0], "Wording, then and now"
    )
    return f'<p class="section">{head}</p>{pieces_html(presented.pieces(change))}'


def _places(change: Change) -> str:
    if isinstance(change.present, Source):
        return ""
    sort = "theme" if change.subject == "theme" else "item"
    links = []
    if change.new is not None:
        links.append(f'<a class="figure" href="{sort}:{change.new.id}">Open in this edition</a>')
    if change.old is not None:
        links.append(f'<a class="figure" href="old:{sort}:{change.old.id}">Open in the earlier edition</a>')
    return f'<p class="section">Both sides</p><p>{" &nbsp;·&nbsp; ".join(links)}</p>'


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _line(text: str) -> str:
    return escape(visible(text))
