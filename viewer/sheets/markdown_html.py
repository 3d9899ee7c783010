"""Sheet -> Markdown and HTML: the same words, marking, sources and check as on paper."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.design.palette import LIGHT
from viewer.dissemination.issuing import Imprint
from viewer.figures.chart import Bar, Line, make_chart
from viewer.model import Passage, Source, Statistic
from viewer.sheets import changes_markdown_html, sheet_metadata
from viewer.sheets.sheet import FORM_NAMES, NOTE_LABEL, Chapter, Sheet
from viewer.sheets.sheet_item import SheetFootnote, SheetItem, TextLinks
from viewer.text import wording
from viewer.text.blocks import CrossReference, FootnoteMark, Paragraph, Table, blocks_html, last_block, with_end_mark
from viewer.text.blocks_markdown import blocks_markdown, escape_markdown
from viewer.text.commonmark import read_text
from viewer.text.edition_text import note_html, text_html
from viewer.text.safe import NO_HTML, Html, escape, format_html, join_html, visible

_WIDE, _HIGH = 700, 200  # units of the picture of a line
_END = FootnoteMark(target="")  # behind the last words of a text
_NO_LINKS = TextLinks()
_STYLE = f"""
body {{ font: 16px/1.5 "Source Sans Pro", sans-serif; color: {LIGHT.ink}; background: {LIGHT.page};
  max-width: 44em; margin: 2em auto; padding: 0 1em; }}
.marking {{ text-align: center; font-weight: 600; letter-spacing: .2em; }}
h1 {{ font-size: 1.8em; line-height: 1.15; margin: .2em 0; }} h2 {{ margin: 1.6em 0 .2em; }}
h3 {{ font-size: .8em; letter-spacing: .08em; text-transform: uppercase; color: {LIGHT.quiet}; margin-top: 1.8em; }}
.basis p {{ display: inline; }}
.quiet, .basis {{ color: {LIGHT.quiet}; font-size: .85em; }} .stamp {{ color: {LIGHT.warning}; font-weight: 600; }}
.number {{ color: {LIGHT.accent}; font-weight: 600; }} .passage {{ font-family: "Source Serif Pro", serif; }}
.note {{ border-left: 3px solid #C79A2B; background: #F6F3EA; padding: .4em 1em; }}
.caveat {{ font-style: italic; }} a {{ color: {LIGHT.accent}; }}
.passage td, .passage th {{ border-bottom: 1px solid {LIGHT.line}; padding: .2em 1em .2em 0; vertical-align: top; }}
table {{ border-collapse: collapse; }} td {{ padding: .1em 1em .1em 0; vertical-align: middle; }}
th {{ text-align: left; font-size: .8em; padding-right: 1em; }} .change {{ margin-top: 1.6em; }}
svg {{ display: block; width: 100%; margin: .6em 0; }} svg text {{ font-size: 15px; fill: {LIGHT.quiet}; }}
svg path {{ fill: none; stroke: {LIGHT.accent}; stroke-width: 2; }} svg circle {{ fill: {LIGHT.accent}; }}
svg .grid {{ stroke: {LIGHT.line}; stroke-width: 1; }} svg .open {{ stroke: {LIGHT.faint}; stroke-width: 8; }}
ins {{ text-decoration: underline; font-weight: 600; }} del {{ color: {LIGHT.quiet}; }}
.rail {{ background: {LIGHT.rail}; width: 15em; }} .bar {{ background: {LIGHT.accent}; height: .7em; }}
""".strip()


def _identity(sheet: Sheet, imprint: Imprint) -> list[str]:
    """Return what makes the sheet traceable, in sentences."""
    origin = sheet.origin
    _, check = sheet_metadata.metadata_bytes(sheet, imprint)
    number = sheet.withheld_count
    return [
        f"Sheet {imprint.id}, check value {check}, {imprint.registered or 'register none'}.",
        f"{origin.named}, {origin.signature}.",
        f"Nothing above {sheet.audience.label} is held; {wording.count(number, 'item')} withheld.",
    ]


def _addressed(sheet: Sheet) -> str:
    to = [f"For: {sheet.recipe.recipient}"] if sheet.recipe.recipient else []
    return " · ".join(
        [FORM_NAMES[sheet.recipe.form], *to, *([f"{sheet.recipe.copies} copies"] if sheet.recipe.copies > 1 else [])]
    )


def figure_lines(statistic: Statistic) -> Iterator[str]:
    """Yield a statistic's values, one line each, with qualifier, label and period."""
    for row in make_chart(statistic).rows:
        rank = f"{row.rank}." if row.rank is not None else ""
        what = ", ".join(part for part in (row.label, row.period) if part)
        shown = row.measured
        yield " ".join(part for part in (rank, f"{shown}:" if shown and what else shown, what) if part)


def source_line(source: Source) -> str:
    """Return a source as a sentence."""
    return wording.source_sentence(source)


# Markdown


def markdown(sheet: Sheet, imprint: Imprint) -> str:
    """Return the sheet as Markdown, its marking first and last."""
    marking = f"**{_plain(sheet.marking.label)}**"
    out = [
        marking,
        _plain(_addressed(sheet)),
        *(f"**{_plain(warning[0].upper() + warning[1:])}**" for warning in sheet.warnings),
    ]
    out += [_plain(sheet.kicker), f"# {_plain(sheet.title)}", _markdown_text(sheet.summary)]
    out += [f"**Purpose** {_plain(sheet.recipe.purpose)}"] if sheet.recipe.purpose else []
    out += [_markdown_text(sheet.recipe.introduction)]
    for chapter in sheet.chapters:
        out += _markdown_chapter(sheet, chapter)
    if sheet.changes:
        out += changes_markdown_html.markdown_parts(sheet, sheet.changes, _plain)
    if sheet.recipe.questions:
        out += ["### For discussion", *(f"{n}. {_plain(q)}" for n, q in enumerate(sheet.recipe.questions, 1))]
    if sheet.sources:
        out += ["### Sources", *(f"{source.number}\\. {_plain(source_line(source))}" for source in sheet.sources)]
    if sheet.changes and sheet.changes.sources:
        earlier = (f"{source.number}\\*\\. {_plain(source_line(source))}" for source in sheet.changes.sources)
        out += ["### Sources of the earlier edition", *earlier]
    if sheet.terms:
        out += ["### Abbreviations", *(f"**{_plain(t.abbreviation)}** {_plain(t.expansion)}" for t in sheet.terms)]
    out += ["---", *(_plain(sentence) for sentence in _identity(sheet, imprint)), marking]
    return "\n\n".join(part for part in out if part) + "\n"


def _markdown_chapter(sheet: Sheet, chapter: Chapter) -> Iterator[str]:
    if chapter.title and not sheet.is_single:
        yield f"## {_plain(chapter.title)}"
        yield _plain(chapter.kicker)
        yield _markdown_text(chapter.summary)
    for section in chapter.sections:
        yield f"### {section.title}"
        for placed in section.items:
            yield from _markdown_item(placed)
    for note in chapter.notes:
        label = f" [{note.marking_label}]" if note.marking_label else ""
        said = blocks_markdown(read_text(note.text, keep_breaks=True))
        lines = [f"*{NOTE_LABEL}, {note.about}*{_plain(label)}", "", *said.split("\n")]
        yield "\n".join(f"> {line}".rstrip() for line in lines)


def _markdown_item(placed: SheetItem) -> Iterator[str]:
    """Yield the paragraphs of an item, and under them what stands at its foot."""
    after = "".join(f" [{part}]" for part in (", ".join(map(str, placed.sources_behind)), placed.marking_label) if part)
    match placed.item:
        case Statistic() as item:
            yield f"**{_plain(placed.headline)}** {_plain(after)}".rstrip()
            yield _markdown_text(item.statement, placed.links)
            yield "\n".join(f"- {_plain(line)}" for line in figure_lines(item))
            yield f"*{_plain(wording.basis_and_sources(item, placed.source_numbers))}*"
            yield _markdown_text(item.caveat)
        case item:
            if isinstance(item, Passage) and item.heading:
                yield f"**{_plain(item.heading)}**"
            number = f"**{_plain(wording.item_number(item))}**"
            yield _markdown_text(item.text, placed.links, before=number, after=_plain(after))
    yield from (f"*{_plain(remark)}*" for remark in placed.remarks)
    yield from (_markdown_text(note.text, placed.links, before=rf"\[{note.sign}\]") for note in placed.footnotes)


def _markdown_text(text: str, links: TextLinks = _NO_LINKS, *, before: str = "", after: str = "") -> str:
    """Return a text of the edition as Markdown, with its marks in brackets at their place; nothing for no text."""
    blocks = read_text(text)
    shown = blocks_markdown(
        blocks,
        lambda mark: escape_markdown(links.bracketed(mark)),
        lambda one: escape_markdown(one.text + links.behind(one)),
    )
    if before:
        shown = f"{before} {shown}" if isinstance(blocks[0], Paragraph) else f"{before}\n\n{shown}"
    if after:
        shown = f"{shown}\n\n{after}" if isinstance(last_block(blocks), Table) else f"{shown} {after}"
    return shown


def _plain(text: str) -> str:
    """Return plain text in which no character is read as markup."""
    return escape_markdown(" ".join(visible(text).split()))


# HTML


def html(sheet: Sheet, imprint: Imprint) -> str:
    """Return the sheet as one HTML file that refers to nothing outside itself, its marking first and last."""
    marking = f'<p class="marking">{escape(sheet.marking.label)}</p>'
    out = [marking, f'<p class="quiet">{escape(_addressed(sheet))}</p>']
    out += [f'<p class="stamp">{escape(warning[0].upper() + warning[1:])}</p>' for warning in sheet.warnings]
    out += [
        f'<p class="quiet">{escape(sheet.kicker)}</p>',
        f"<h1{_id(sheet.chapters[0].target) if sheet.is_single else ''}>{escape(sheet.title)}</h1>",
        text_html(sheet.summary),
    ]
    out += [f"<p><strong>Purpose</strong> {escape(sheet.recipe.purpose)}</p>"] if sheet.recipe.purpose else []
    out += [text_html(sheet.recipe.introduction)]
    for chapter in sheet.chapters:
        out += _html_chapter(sheet, chapter)
    if sheet.changes:
        out += changes_markdown_html.html_parts(sheet, sheet.changes)
    if sheet.recipe.questions:
        out += ["<h3>For discussion</h3>", _list("ol", map(escape, sheet.recipe.questions))]
    if sheet.sources:
        out += [
            "<h3>Sources</h3>",
            *(f'<p class="quiet">{s.number} {escape(source_line(s))}</p>' for s in sheet.sources),
        ]
    if sheet.changes and sheet.changes.sources:
        earlier = (f'<p class="quiet">{s.number}* {escape(source_line(s))}</p>' for s in sheet.changes.sources)
        out += ["<h3>Sources of the earlier edition</h3>", *earlier]
    if sheet.terms:
        terms = (f"<strong>{escape(t.abbreviation)}</strong> {escape(t.expansion)}" for t in sheet.terms)
        out += ["<h3>Abbreviations</h3>", _list("ul", terms)]
    out += ["<hr>", *(f'<p class="quiet">{escape(sentence)}</p>' for sentence in _identity(sheet, imprint)), marking]
    head = f'<meta charset="utf-8"><title>{escape(sheet.title)}</title><style>\n{_STYLE}\n</style>'
    body = "\n".join(part for part in out if part)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(sheet.language)}"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'
    )


def _list(kind: str, points: Iterator[str] | map[str]) -> str:
    return f"<{kind}>{''.join(f'<li>{point}</li>' for point in points)}</{kind}>"


def _html_chapter(sheet: Sheet, chapter: Chapter) -> Iterator[str]:
    if chapter.title and not sheet.is_single:
        yield f"<h2{_id(chapter.target)}>{escape(chapter.title)}</h2>"
        yield f'<p class="quiet">{escape(chapter.kicker)}</p>' if chapter.kicker else ""
        yield text_html(chapter.summary)
    for section in chapter.sections:
        yield f"<h3>{section.title}</h3>"
        yield from (_html_item(placed) for placed in section.items)
    for note in chapter.notes:
        label = f" [{note.marking_label}]" if note.marking_label else ""
        head = f'<p class="quiet">{NOTE_LABEL}, {escape(note.about + label)}</p>'
        yield f'<div class="note">{head}{note_html(note.text)}</div>'


def _html_item(placed: SheetItem) -> str:
    numbers = ", ".join(map(str, placed.sources_behind))
    raised = format_html("<sup>&nbsp;{}</sup>", numbers) if numbers else NO_HTML
    label = format_html(" [{}]", placed.marking_label) if placed.marking_label else NO_HTML
    after = join_html((raised, label))
    target = _id(placed.item.id if placed.is_target else "")
    match placed.item:
        case Statistic() as item:
            basis = escape(wording.basis_and_sources(item, placed.source_numbers))
            caveat = f'<div class="caveat">{text_html(item.caveat)}</div>' if item.caveat else ""
            body = (
                f"<p{target}><strong>{escape(placed.headline)}</strong>{after}</p>"
                f"{_html_text(item.statement, placed.links)}"
                f'{_html_rows(item)}<p class="basis">{basis}</p>{caveat}'
            )
        case Passage() as item:
            heading = f"<p><strong>{escape(item.heading)}</strong></p>" if item.heading else ""
            number = f'<p class="quiet"{target}>{escape(wording.item_number(item))}</p>'
            body = f'{heading}{number}<div class="passage">{_html_text(item.text, placed.links, after)}</div>'
        case item:
            number = f'<p class="number"{target}>{escape(wording.item_number(item))}</p>'
            body = number + _html_text(item.text, placed.links, after)
    remarks = (format_html('<p class="basis">{}</p>', remark) for remark in placed.remarks)
    return body + "".join((*remarks, *(_html_footnote(note, placed.links) for note in placed.footnotes)))


def _html_footnote(note: SheetFootnote, links: TextLinks) -> Html:
    sign = format_html("<sup>{}</sup> ", note.sign)
    return format_html('<div class="basis">{}{}</div>', sign, _html_text(note.text, links))


def _html_text(text: str, links: TextLinks, after: Html = NO_HTML) -> Html:
    """Return a text of the edition as HTML with its marks raised; a reference to what is here is a link within it."""
    blocks = with_end_mark(read_text(text), _END) if after else read_text(text)

    def mark(one: FootnoteMark) -> Html:
        sign = links.signs.get(one.target)
        return after if one is _END else format_html("<sup>&nbsp;{}</sup>", sign) if sign else NO_HTML

    def reference(one: CrossReference) -> Html:
        words = escape(one.text, quote=False)
        led = format_html('<a href="#{}">{}</a>', one.target, words) if links.is_here(one) else words
        return join_html((led, escape(links.behind(one))))

    return blocks_html(blocks, mark, reference)


def _id(target: str) -> str:
    """Return the attribute of a place to which a cross-reference leads; nothing for no target."""
    return f' id="{escape(target)}"' if target else ""


def _html_rows(statistic: Statistic) -> str:
    chart = make_chart(statistic)
    rows = zip(chart.rows, figure_lines(statistic), strict=True)
    cells = "".join(f"<tr>{_html_bar(row.bar)}<td>{escape(line)}</td></tr>" for row, line in rows)
    return f"{_html_line(chart.line) if chart.line else ''}<table>{cells}</table>"


def _html_line(line: Line) -> str:
    """Return a long trend as a picture of its line; its values stand in the table under it."""
    lines = "".join(f'<path class="grid" d="M0 {_down(at)}H{_WIDE}"/>' for at, _ in line.lines)
    open_ = "".join(
        f'<path class="open" d="M{_across(point.x)} {_down(point.low)}V{_down(point.high)}"/>'
        for point in line.points
        if point.high > point.low
    )
    runs = "".join(
        f'<path d="M{" ".join(f"{_across(x)} {_down(height)}" for x, height in run)}"/>' for run in line.runs
    )
    dots = "".join(f'<circle cx="{_across(x)}" cy="{_down(height)}" r="4"/>' for run in line.runs for x, height in run)
    words = "".join(f'<text x="0" y="{_down(at) - 5:.1f}">{escape(shown)}</text>' for at, shown in line.lines)
    ends = (
        f'<text x="0" y="{_HIGH + 30}">{escape(line.first)}</text>'
        f'<text x="{_WIDE}" y="{_HIGH + 30}" text-anchor="end">{escape(line.last)}</text>'
    )
    box = f"-6 -20 {_WIDE + 12} {_HIGH + 56}"
    return f'<svg viewBox="{box}" aria-hidden="true">{lines}{open_}{runs}{dots}{words}{ends}</svg>'


def _across(x: float) -> float:
    return round(x * _WIDE, 1)


def _down(height: float) -> float:
    return round((1 - height) * _HIGH, 1)


def _html_bar(bar: Bar | None) -> str:
    if bar is None:
        return ""
    fade = f"linear-gradient(90deg,{LIGHT.accent} {bar.solid:.1%},transparent {max(bar.soft, bar.solid):.1%})"
    return f'<td class="rail"><div class="bar" style="background:{fade}"></div></td>'
