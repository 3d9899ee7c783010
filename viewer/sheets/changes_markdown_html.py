"""A sheet of changes -> Markdown and HTML: what went struck through, what came underlined or in bold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from viewer.changes.presented import KEY, PresentedChange
from viewer.changes.presented_values import VALUE_COLUMNS, PresentedRow, ValueColumn
from viewer.changes.word_difference import Segment, spaced_out
from viewer.sheets.sheet import Origin, Sheet, SheetChanges
from viewer.text.safe import escape

Plain = Callable[[str], str]
MARKDOWN_KEY = "~~Struck through~~: what went. **Bold**: what came. What is new or withdrawn as a whole says so."
_MARKDOWN_SIGNS = {"same": "", "gone": "~~", "come": "**"}
_HTML_TAGS = {"gone": "del", "come": "ins"}


def _editions(sheet: Sheet, changes: SheetChanges) -> tuple[tuple[str, Origin], ...]:
    return ("Then", changes.earlier), ("Now", sheet.origin)


def markdown_parts(sheet: Sheet, changes: SheetChanges, plain: Plain) -> Iterator[str]:
    """Yield everything between the head and the sources; `plain` makes a text in which no character is markup."""
    for when, origin in _editions(sheet, changes):
        yield f"**{when}** {plain(f'{origin.named}, {origin.signature}')}"
    yield from map(plain, changes.cautions)
    yield MARKDOWN_KEY
    for chapter in changes.chapters:
        yield f"## {plain(chapter.title)}" if chapter.title else "---"
        yield plain(chapter.kicker)
        for change in chapter.changes:
            yield from _markdown_change(change, plain)


def _markdown_change(change: PresentedChange, plain: Plain) -> Iterator[str]:
    suffix = f" [{change.marking_label}]" if change.marking_label else ""
    yield f"### {plain(change.heading + suffix)}"
    yield f"*{plain(change.how_sentence)}*"
    if change.rows:
        lines: list[tuple[str, ...]] = [tuple(column.title for column in VALUE_COLUMNS), ("---",) * len(VALUE_COLUMNS)]
        lines += [tuple(plain(column.cell(row)) for column in VALUE_COLUMNS) for row in change.rows]
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    yield from (f"{when}: {plain(text)}" for when, text in change.basis_lines)
    yield "".join(_markdown_segment(segment, plain) for segment in spaced_out(change.body_segments))
    yield plain(change.sources_sentence)


def _markdown_segment(segment: Segment, plain: Plain) -> str:
    return "\n\n".join(_markdown_marked(segment.kind, part, plain) for part in segment.text.split("\n"))


def _markdown_marked(kind: str, text: str, plain: Plain) -> str:
    words = plain(text)
    if not words:
        return " " if text else ""
    begin, end = " " if text[0].isspace() else "", " " if text[-1].isspace() else ""
    sign = _MARKDOWN_SIGNS[kind]
    return f"{begin}{sign}{words}{sign}{end}"


def html_parts(sheet: Sheet, changes: SheetChanges) -> Iterator[str]:
    """Yield everything between the head and the sources, as HTML."""
    for when, origin in _editions(sheet, changes):
        yield f'<p class="quiet"><strong>{when}</strong> {escape(origin.named)}, {escape(origin.signature)}</p>'
    yield from (f'<p class="quiet">{escape(sentence)}</p>' for sentence in changes.cautions)
    key = escape(KEY).replace("Struck through", "<del>Struck through</del>")
    yield f'<p class="quiet">{key.replace("Underlined", "<ins>Underlined</ins>")}</p>'
    for chapter in changes.chapters:
        yield f"<h2>{escape(chapter.title)}</h2>" if chapter.title else "<hr>"
        yield f'<p class="quiet">{escape(chapter.kicker)}</p>' if chapter.kicker else ""
        for change in chapter.changes:
            yield from _html_change(change)


def _html_change(change: PresentedChange) -> Iterator[str]:
    suffix = f" [{change.marking_label}]" if change.marking_label else ""
    yield f'<p class="change"><strong>{escape(change.heading)}</strong>{escape(suffix)}<br>'
    yield f'<span class="number">{escape(change.how_sentence)}</span></p>'
    if change.rows:
        titles = "".join(f"<th>{column.title}</th>" for column in VALUE_COLUMNS)
        yield f"<table><tr>{titles}</tr>{''.join(map(_html_row, change.rows))}</table>"
    for when, text in change.basis_lines:
        yield f'<p class="basis"><strong>{when}</strong> {escape(text)}</p>'
    yield f"<p>{''.join(map(_html_segment, spaced_out(change.body_segments)))}</p>"
    if change.sources_sentence:
        yield f'<p class="basis">{escape(change.sources_sentence)}</p>'


def _html_row(row: PresentedRow) -> str:
    return f"<tr>{''.join(_html_cell(column, row) for column in VALUE_COLUMNS)}</tr>"


def _html_cell(column: ValueColumn, row: PresentedRow) -> str:
    shown = escape(column.cell(row))
    return f"<td><strong>{shown}</strong></td>" if column.is_value else f"<td>{shown}</td>"


def _html_segment(segment: Segment) -> str:
    shown = escape(segment.text).replace("\n", "<br>")
    tag = _HTML_TAGS.get(segment.kind)
    return f"<{tag}>{shown}</{tag}>" if tag else shown
