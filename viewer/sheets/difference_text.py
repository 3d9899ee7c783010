"""A sheet of changes -> Markdown and HTML: what went struck through, what came underlined or in bold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from viewer.changes.word_difference import Piece
from viewer.sheets import difference_words
from viewer.sheets.sheet import Difference, Sheet, SheetChanges
from viewer.text.safe import visible

Plain = Callable[[str], str]
MARKDOWN_KEY = "~~Struck through~~: what went. **Bold**: what came. What is new or withdrawn as a whole says so."


def markdown_parts(sheet: Sheet, comparison: SheetChanges, plain: Plain) -> Iterator[str]:
    """Everything between the head and the sources; `plain` makes a text in which no character is markup."""
    for when, name, seal in difference_words.editions(sheet, comparison):
        yield f"**{when}** {plain(f'{name}, {seal}')}"
    yield from map(plain, comparison.cautions)
    yield MARKDOWN_KEY
    for chapter in comparison.chapters:
        yield f"## {plain(chapter.title)}" if chapter.title else "---"
        yield plain(chapter.kicker)
        for one in chapter.differences:
            yield from _md_difference(one, plain)


def _md_difference(one: Difference, plain: Plain) -> Iterator[str]:
    label = f" [{one.label}]" if one.label else ""
    yield f"### {plain(difference_words.head(one) + label)}"
    yield f"*{plain(_sentence(difference_words.how(one)))}*"
    if found := difference_words.rows(one):
        heads = ("Value", *difference_words.HEADS)
        lines: list[tuple[str, ...]] = [heads, ("---",) * len(heads)]
        lines += [tuple(map(plain, (row.label, row.then or "–", row.now or "–", row.result))) for row in found]
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    yield from (f"{when}: {plain(text)}" for when, text in difference_words.footings(one))
    yield "".join(_md_piece(piece, plain) for piece in difference_words.pieces(one))
    yield plain(_sentence(difference_words.cites(one)))


def _md_piece(piece: Piece, plain: Plain) -> str:
    return "\n\n".join(_md_marked(piece.kind, part, plain) for part in piece.text.split("\n"))


def _md_marked(kind: str, text: str, plain: Plain) -> str:
    words = plain(text)
    if not words:
        return " " if text else ""
    begin, end = " " if text[0].isspace() else "", " " if text[-1].isspace() else ""
    sign = {"gone": "~~", "come": "**"}.get(kind, "")
    return f"{begin}{sign}{words}{sign}{end}"


def html_parts(sheet: Sheet, comparison: SheetChanges) -> Iterator[str]:
    """Everything between the head and the sources, as HTML."""
    for when, name, seal in difference_words.editions(sheet, comparison):
        yield f'<p class="quiet"><strong>{when}</strong> {_h(name)}, {_h(seal)}</p>'
    yield from (f'<p class="quiet">{_h(words)}</p>' for words in comparison.cautions)
    key = _h(difference_words.KEY).replace("Struck through", "<del>Struck through</del>")
    yield f'<p class="quiet">{key.replace("Underlined", "<ins>Underlined</ins>")}</p>'
    for chapter in comparison.chapters:
        yield f"<h2>{_h(chapter.title)}</h2>" if chapter.title else "<hr>"
        yield f'<p class="quiet">{_h(chapter.kicker)}</p>' if chapter.kicker else ""
        for one in chapter.differences:
            yield from _html_difference(one)


def _html_difference(one: Difference) -> Iterator[str]:
    label = f" [{one.label}]" if one.label else ""
    yield f'<p class="change"><strong>{_h(difference_words.head(one))}</strong>{_h(label)}<br>'
    yield f'<span class="number">{_h(_sentence(difference_words.how(one)))}</span></p>'
    if found := difference_words.rows(one):
        heads = "".join(f"<th>{head}</th>" for head in ("Value", *difference_words.HEADS))
        cells = (
            f"<tr><td>{_h(row.label)}</td><td><strong>{_h(row.then or '–')}</strong></td>"
            f"<td><strong>{_h(row.now or '–')}</strong></td><td>{_h(row.result)}</td></tr>"
            for row in found
        )
        yield f"<table><tr>{heads}</tr>{''.join(cells)}</table>"
    for when, text in difference_words.footings(one):
        yield f'<p class="basis"><strong>{when}</strong> {_h(text)}</p>'
    yield f"<p>{''.join(map(_html_piece, difference_words.pieces(one)))}</p>"
    if sources := difference_words.cites(one):
        yield f'<p class="basis">{_h(_sentence(sources))}</p>'


def _html_piece(piece: Piece) -> str:
    shown = _h(piece.text).replace("\n", "<br>")
    tag = {"gone": "del", "come": "ins"}.get(piece.kind)
    return f"<{tag}>{shown}</{tag}>" if tag else shown


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _h(text: str) -> str:
    return escape(visible(text))
