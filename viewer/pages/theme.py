"""Records -> HTML for the reading pane: the page of one theme, in the order in which an officer needs it.

Every item's text stands behind a named anchor that is the item's id, and reads exactly as `texts.plain` gives
it: notes and search find their places by that. Addresses are the program's own: `item:`, `theme:`, `source:`,
`tag:`, `page:`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from viewer.bundle.bundle import Bundle
from viewer.model import Finding, Item, Marking, Passage, Source, Statistic, Term, Theme, ThemeKind
from viewer.records import record
from viewer.text import wording
from viewer.text.markdown import markdown_html
from viewer.text.safe import escape, visible

if TYPE_CHECKING:
    from viewer.figures.chart import Bar, Chart, ChartRow

THEME_KIND_NAMES = {
    ThemeKind.CONTEXT: "Context",
    ThemeKind.EMERGING: "Emerging theme",
    ThemeKind.PRIORITY: "Priority theme",
}
THEME_GROUP_NAMES = {
    ThemeKind.CONTEXT: "The edition",
    ThemeKind.EMERGING: "Emerging",
    ThemeKind.PRIORITY: "Priority themes",
}
RAIL_WIDTH = 150  # pixels at 100 %, beside a label and a value
MOST_ON_PAGE = 100  # items; more take over 50 ms to lay out
MOST_BESIDE = 2  # figures beside one finding; all of them stand below

_TAG = re.compile(r"(<[^>]*>)")
_LAST_END = re.compile(r"(?:\s*</\w+>)*\s*$")  # what closes a text: its paragraph, or point and list
_FIRST_RUN = re.compile(r"^((?:<[^>]*>|\s)*)([^<]+)")


@record
class Page:
    """One page of the reading pane: its HTML, its title, and its items in the order of the eye."""

    title: str
    html: str
    items: tuple[str, ...] = ()


def theme_page(bundle: Bundle, theme_id: str, part: int = 1) -> Page:
    """The page of a theme: findings first with their figures beside them, then figures, narrative, sources.

    A theme of more than `MOST_ON_PAGE` items is spread over parts, 1 and up. Raises NotFound for an unknown theme.
    """
    theme = bundle.theme(theme_id)
    before: list[Item] = [*bundle.findings(theme_id), *bundle.statistics(theme_id)]
    last = part * MOST_ON_PAGE
    passages = bundle.passages(theme_id) if last > len(before) else ()  # not read in vain: they are most of a theme
    items: list[Item] = [*before, *passages][last - MOST_ON_PAGE : last]
    findings = [item for item in items if isinstance(item, Finding)]
    statistics = [item for item in items if isinstance(item, Statistic)]
    cited = {source for item in items for source in item.sources}
    sources = [source for source in bundle.sources_of(theme_id) if source.id in cited]
    writer = ItemWriter(
        explain=abbreviation_tips(bundle.terms()),
        sources={source.id: source for source in sources},
        markings={marking.code: marking for marking in bundle.markings},
        usual=theme.marking,
    )
    own = [item for item in before if isinstance(item, Statistic)]
    figures = {statistic.id: statistic for statistic in (*own, *_elsewhere(bundle, findings, own))}
    turn = _turning(theme_id, part, -(-sum(bundle.counts()[theme_id]) // MOST_ON_PAGE))
    parts = [
        title_block(_kicker(theme), theme.title, writer.explain(markdown_html(theme.summary))) + turn,
        section("Key findings", "findings", tables(writer.finding(finding, figures) for finding in findings)),
        section("Figures", "figures", table(writer.statistic(statistic) for statistic in statistics)),
        section("Narrative", "narrative", tables(writer.passage(p) for p in items if isinstance(p, Passage))),
        section("Sources", "sources", tables(source_row(source) for source in sources)) + turn,
    ]
    return Page(title=theme.title, html="".join(parts), items=tuple(item.id for item in items))


def theme_items(bundle: Bundle, theme_id: str) -> list[Item]:
    """Everything of a theme in the order of its page."""
    return [*bundle.findings(theme_id), *bundle.statistics(theme_id), *bundle.passages(theme_id)]


def part_number(bundle: Bundle, theme_id: str, target: str) -> int:
    """The part of a theme's page on which an item, or a section (`#figures`), begins; 1 for what is not there."""
    findings, statistics, passages = bundle.counts()[theme_id]
    if findings + statistics + passages <= MOST_ON_PAGE:
        return 1
    last = findings + statistics + passages - 1
    before = {"#figures": findings, "#narrative": findings + statistics, "#sources": last}
    if target in before:
        return before[target] // MOST_ON_PAGE + 1
    order = [item.id for item in theme_items(bundle, theme_id)]
    return order.index(target) // MOST_ON_PAGE + 1 if target in order else 1


def _turning(theme_id: str, part: int, parts: int) -> str:
    """Where this part stands among the parts, with the ways to the others; nothing for a theme of one part."""
    if parts <= 1:
        return ""
    before = f'<a class="figure" href="theme:{theme_id}/{part - 1}">Previous part</a> · ' if part > 1 else ""
    after = f' · <a class="figure" href="theme:{theme_id}/{part + 1}">Next part</a>' if part < parts else ""
    return f'<p class="basis">{before}Part {part} of {parts}{after}</p>'


def _elsewhere(bundle: Bundle, findings: Sequence[Finding], here: Sequence[Statistic]) -> list[Statistic]:
    """Statistics of other themes that stand behind these findings."""
    known = {statistic.id for statistic in here}
    wanted = dict.fromkeys(s for finding in findings for s in finding.statistics if s not in known)
    return [item for item in map(bundle.item, wanted) if isinstance(item, Statistic)]


def _kicker(theme: Theme) -> str:
    number = f" {theme.number}" if theme.kind is ThemeKind.PRIORITY else ""
    return " · ".join(part for part in (THEME_KIND_NAMES[theme.kind] + number, wording.pages(theme.page)) if part)


def title_block(kicker: str, title: str, summary: str) -> str:
    """The top of a page; `kicker` and `title` are text, `summary` is HTML."""
    return (
        f'<p class="kicker">{escape(kicker)}</p><p class="title">{escape(visible(title))}</p>'
        f'<div class="summary">{summary}</div>'
    )


def section(title: str, name: str, body: str) -> str:
    """A section under its head, which the contents reach as `#name`; nothing where there is no body."""
    heading = f'<p class="section"><a name="{name}">{escape(visible(title))}</a></p>'
    return heading + body if body else ""


def table(rows: Iterable[str]) -> str:
    """Rows as one table over the column's width; empty for no rows.

    A hair less than the width: Qt rounds the widths of the cells up, at some of them past the edge of the page.
    """
    joined = "".join(rows)
    return f'<table width="99.9%" cellspacing="0" cellpadding="0">{joined}</table>' if joined else ""


def tables(rows: Iterable[str]) -> str:
    """Rows as a table each, alike in their widths: what is out of sight, Qt lays out later, but a table only whole."""
    return "".join(table((row,)) for row in rows)


def abbreviation_tips(terms: Iterable[Term]) -> Callable[[str], str]:
    """A function that makes the first of each abbreviation in a piece of HTML explain itself on hover."""
    known = {term.abbreviation: term.expansion for term in terms}
    if not known:
        return lambda marked: marked
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")

    def explain(marked: str) -> str:
        seen: set[str] = set()

        def explained(match: re.Match[str]) -> str:
            word = match[0]
            if word in seen:
                return word
            seen.add(word)
            tip = f"<p>{escape(visible(known[word]))}</p>"  # Qt would show one that looks like markup as such
            return f'<span title="{escape(tip)}">{word}</span>'

        return "".join(
            piece if piece.startswith("<") else pattern.sub(explained, piece) for piece in _TAG.split(marked)
        )

    return explain


@record
class ItemWriter:
    """Writes items as table rows; holds what their texts refer to."""

    explain: Callable[[str], str]
    sources: dict[str, Source]
    markings: dict[str, Marking]
    usual: str  # the marking that goes without saying on this page

    def finding(self, finding: Finding, figures: dict[str, Statistic]) -> str:
        """A finding with its number before it and the figures that stand behind it beside it."""
        behind = [figures[id_] for id_ in finding.statistics if id_ in figures]
        shown = "".join(self._figure_beside(statistic) for statistic in _foremost(behind))
        span = "" if shown else ' colspan="2"'
        beside = f'<td class="beside" width="28%">{shown}</td>' if shown else ""
        return (
            f'<tr><td class="number" width="5%">{finding.position}</td>'
            f'<td class="finding"{span}>{self._text(finding, finding.text)}{self._marking(finding)}</td>{beside}</tr>'
        )

    def _figure_beside(self, statistic: Statistic) -> str:
        first = statistic.observations[0] if len(statistic.observations) == 1 else None
        shown = wording.qualified(first, statistic.unit) if first else ""
        value = f'<span class="value">{escape(visible(shown))}</span><br/>' if shown else ""
        title = escape(visible(statistic.title))
        base = escape(visible(wording.base(statistic)))
        under = f'<p class="side">{base}</p>' if base else ""
        link = f'<a class="plain" href="item:{statistic.id}">{value}{title}</a>'
        return f'<p class="side">{link}</p>{under}{self._marking(statistic)}<p class="gap">&nbsp;</p>'

    def passage(self, passage: Passage) -> str:
        """A numbered passage, under its heading where it has one."""
        heading = f'<p class="heading">{escape(visible(passage.heading))}</p>' if passage.heading else ""
        level = '<p class="heading">&nbsp;</p>' if heading else ""  # so that the number stands beside the text
        return (
            f'<tr><td class="label" width="7%">{level}{escape(passage.number)}</td>'
            f'<td class="passage">{heading}{self._text(passage, passage.text)}{self._marking(passage)}</td></tr>'
        )

    def statistic(self, statistic: Statistic) -> str:
        """A statistic: the figure as large as it is sure, and beside it what it says and what it stands on."""
        from viewer.figures.chart import make_chart  # here: the start page draws none

        drawn = make_chart(statistic)
        single = len(drawn.rows) == 1 and drawn.rows[0].rank is None
        caveat = f'<p class="caveat">{escape(visible(statistic.caveat))}</p>' if statistic.caveat else ""
        return (
            f'<tr><td class="figure" width="26%">{figure_head(statistic, drawn) if single else ""}</td>'
            f'<td class="told"><p class="stat">{escape(visible(statistic.title))}</p>'
            f"{self._text(statistic, statistic.statement)}"
            f"{'' if single else chart_rows(drawn)}"
            f'<p class="basis">{escape(visible(wording.basis(statistic)))}</p>{caveat}'
            f"{self._marking(statistic)}</td></tr>"
        )

    def _text(self, item: Item, text: str) -> str:
        marked = _FIRST_RUN.sub(rf'\1<a name="{item.id}">\2</a>', self.explain(markdown_html(text)), count=1)
        notes = self._notes(item)
        return _LAST_END.sub(lambda end: notes + end[0], marked, count=1)

    def _notes(self, item: Item) -> str:
        cited = sorted((self.sources[id_] for id_ in item.sources if id_ in self.sources), key=lambda s: s.number)
        links = "&nbsp;".join(f'<a class="note" href="source:{s.id}">{s.number}</a>' for s in cited)
        return f'<sup class="note">{links}</sup>' if links else ""

    def _marking(self, item: Item) -> str:
        return "" if item.marking == self.usual else marking_chip(self.markings[item.marking])


def marking_chip(marking: Marking) -> str:
    """A marking in its own colours, in a line of its own under what it marks: so its ground is as high as its type."""
    style = f"background-color:{marking.colour};color:{marking.ink}"
    return f'<p class="chip"><span class="marking" style="{style}">&nbsp;{escape(marking.label)}&nbsp;</span></p>'


def figure_head(statistic: Statistic, drawn: Chart) -> str:
    """A lone figure written large, its qualifier before it, its bar under it where it has one."""
    observation = statistic.observations[0]
    word = escape(visible(observation.qualifier))
    qualifier = f'<span class="qualifier">{word}</span><br/>' if word else ""
    unit = f"<br/>{small_unit(statistic)}" if small_unit(statistic) else ""
    return f'<p class="big">{qualifier}{large_value(statistic)}{unit}</p>{bar_image(drawn.rows[0].bar)}'


def large_value(statistic: Statistic) -> str:
    """The first figure of a statistic in large type, or smaller where the source wrote it in words."""
    shown = wording.bare_value(statistic.observations[0], statistic.unit)
    size = "large" if len(shown) <= MOST_LARGE else "worded"
    return f'<span class="{size}">{escape(visible(shown))}</span>'


def small_unit(statistic: Statistic) -> str:
    """What a figure counts, small; nothing for a percentage."""
    counted = wording.counted_noun(statistic.observations[0], statistic.unit)
    return f'<span class="unit">{escape(visible(counted))}</span>' if counted else ""


MOST_LARGE = 8  # characters of a figure written large


def chart_rows(drawn: Chart) -> str:
    """A chart of several rows as a table: place or label, bar, value as written."""
    differ = len({row.period for row in drawn.rows}) > 1
    rows = "".join(_chart_row(row, row.period if differ else "") for row in drawn.rows)
    return f'<table class="chart" cellspacing="0" cellpadding="0">{rows}</table>'


def _chart_row(row: ChartRow, period: str) -> str:
    rank = f'<td class="rank" width="6%">{row.rank}</td>' if row.rank is not None else ""
    what = " · ".join(part for part in (row.label, period) if part)
    bar = f'<td class="rail">{bar_image(row.bar)}</td>' if row.bar else ""
    shown = f'<td class="shown">{escape(row.shown)}</td>' if row.shown else ""
    return f'<tr>{rank}<td class="row">{escape(visible(what))}</td>{bar}{shown}</tr>'


def _foremost(statistics: list[Statistic]) -> list[Statistic]:
    """The figures that say most in the little room beside a finding: lone ones, in digits where there are any."""
    lone = [s for s in statistics if len(s.observations) == 1]
    digits = [s for s in lone if not s.observations[0].words]
    return (digits or lone or statistics)[:MOST_BESIDE]


def bar_image(bar: Bar | None) -> str:
    """The address of a bar as the pane paints it: how far it is solid and how far it fades, in thousandths."""
    if bar is None:
        return ""
    return f'<p class="bar"><img src="bar:{round(bar.solid * 1000)}/{round(bar.soft * 1000)}"/></p>'


def source_row(source: Source) -> str:
    """A source under its number, as `source_text` gives it."""
    return (
        f'<tr><td class="label" width="5%"><a name="source:{source.id}">{source.number}</a></td>'
        f'<td class="source">{source_text(source)}</td></tr>'
    )


def source_text(source: Source) -> str:
    """A source as HTML: author, title, year, place, and a remark."""
    return wording.source_sentence(source, _shown, title="<em>{}</em>", note='<span class="quiet">{}</span>')


def _shown(text: str) -> str:
    return escape(visible(text))
