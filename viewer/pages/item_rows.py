"""Items -> rows of a theme's page: findings with their figures beside them, passages, and figures with their charts.

Every item's text stands behind a named anchor that is the item's id, and reads exactly as `text_plain` gives it:
notes and search find their places by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from viewer.model import Caveat, Finding, Item, Marking, Passage, Recommendation, ScaleStep, Source, Statistic, Term
from viewer.pages.footnotes import FootnoteMarks
from viewer.pages.parts import large_value, marking_chip, paragraph, small_unit
from viewer.records import record
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.safe import NO_HTML, Html, escape, format_html, join_html

if TYPE_CHECKING:
    from viewer.figures.chart import Bar, Chart, ChartRow, Line, LinePoint

MOST_BEFORE = 4  # characters of a number at the left of a finding; a longer label stands above
MOST_TRIED = 10_000  # comparisons with terms in one text, of which some editions may have thousands that begin alike
MOST_BESIDE = 2  # figures beside one finding; all of them stand below
NO_BREAK = "\u00a0"

_TAG = re.compile(r"(<[^>]*>)")
_REFERENCE = r"&#?\w+;"  # to a character: one sign of the text, and no words of it
_START = re.compile(rf"{_REFERENCE}|\w+|.", re.DOTALL)
_WORD_START = re.compile(rf"{_REFERENCE}|(?<![\w-])(?:\w+|[^\w\s])")
_GOES_ON = re.compile(r"[\w-]")
_LAST_END = re.compile(r"(?:\s*</\w+>)*\s*$")  # what closes a text: its paragraph, or point and list
_FIRST_LINK = re.compile(r"(?:<(?!a )[^>]*>|\s)*<a ")
_FIRST_RUN = re.compile(r"^((?:<[^>]*>|\s)*)([^<]+)")


def abbreviation_tips(terms: Iterable[Term]) -> Callable[[Html], Html]:
    """Return a function that gives the first of each abbreviation in a piece of HTML a tip with what it stands for."""
    known = {str(escape(t.abbreviation, quote=False)): t.expansion for t in terms if t.abbreviation}
    by_start: dict[str, list[str]] = {}  # the longest first: to look words up is faster than to try thousands of terms
    for word in sorted(known, key=len, reverse=True):
        by_start.setdefault(_START.match(word)[0], []).append(word)  # type: ignore[index]
    if not known:
        return lambda marked: marked

    def with_tips(marked: Html) -> Html:
        seen: set[str] = set()
        tried = 0

        def marked_piece(piece: str) -> str:
            nonlocal tried
            out, done = [], 0
            for match in _WORD_START.finditer(piece):
                words = by_start.get(match[0], ())
                if match.start() < done or tried > MOST_TRIED:
                    continue
                tried += len(words)
                word = next((one for one in words if _is_term(piece, match.start(), one)), "")
                if not word or word in seen:
                    continue
                seen.add(word)
                tip = str(format_html("<p>{}</p>", known[word]))  # for Qt HTML, for the attribute plain text
                out += [piece[done : match.start()], format_html('<span title="{}">{}</span>', tip, Html(word))]
                done = match.start() + len(word)
            return "".join((*out, piece[done:]))

        pieces = _TAG.split(marked)
        return Html("".join(piece if piece.startswith("<") else marked_piece(piece) for piece in pieces))

    return with_tips


def _is_term(text: str, start: int, word: str) -> bool:
    """Return whether a word stands whole at a place of the text."""
    return text.startswith(word, start) and not _GOES_ON.match(text, start + len(word))


@record
class ItemWriter:
    """Writes items as table rows; holds what their texts refer to."""

    mark_abbreviations: Callable[[Html], Html]
    sources: dict[str, Source]
    markings: dict[str, Marking]
    usual_marking: str  # the code of the marking that goes without saying on this page
    caveats: dict[str, Caveat]
    scale: dict[str, ScaleStep]

    def finding(self, finding: Finding, figures: dict[str, Statistic]) -> Html:
        """Return the row of a finding: its number, its text, and beside it the figures that stand behind it."""
        marks = FootnoteMarks(finding, self.sources)
        behind = [figures[id_] for id_ in finding.statistics if id_ in figures]
        shown = join_html(self._figure_beside(statistic) for statistic in _foremost(behind))
        return format_html(
            '<tr><td class="number" width="5%">{number}</td><td class="finding"{span}>'
            "{label}{text}{marking}</td>{figures}</tr>",
            number=_short_number(finding),
            label=_long_label(finding),
            span=NO_HTML if shown else Html(' colspan="2"'),
            text=self._text(finding, marks),
            marking=self._after(finding, marks),
            figures=format_html('<td class="beside" width="28%">{}</td>', shown) if shown else NO_HTML,
        )

    def recommendation(self, recommendation: Recommendation) -> Html:
        """Return the row of a recommendation: its number, its text, to whom and by when."""
        marks = FootnoteMarks(recommendation, self.sources)
        return format_html(
            '<tr><td class="number" width="5%">{}</td><td class="finding">{}{}{}{}</td></tr>',
            _short_number(recommendation),
            _long_label(recommendation),
            self._text(recommendation, marks),
            paragraph("basis", wording.owner_and_due(recommendation)),
            self._after(recommendation, marks),
        )

    def _figure_beside(self, statistic: Statistic) -> Html:
        first = statistic.observations[0] if len(statistic.observations) == 1 else None
        shown = wording.qualified(first, statistic.unit) if first else ""
        return format_html(
            '<p class="side"><a class="plain" href="item:{id}">{value}{title}</a></p>'
            '{base}{marking}<p class="gap">&nbsp;</p>',
            id=statistic.id,
            value=format_html('<span class="value">{}</span><br/>', shown) if shown else NO_HTML,
            title=statistic.title,
            base=paragraph("side", wording.base(statistic)),
            marking=self._marking(statistic),
        )

    def passage(self, passage: Passage) -> Html:
        """Return the row of a numbered passage, under its heading where it has one."""
        marks = FootnoteMarks(passage, self.sources)
        heading = paragraph("heading", passage.heading)
        return format_html(
            '<tr><td class="label" width="7%">{level}{number}</td><td class="passage">'
            "{heading}{text}{marking}</td></tr>",
            level=Html('<p class="heading">&nbsp;</p>') if heading else NO_HTML,  # the number stands beside the text
            number=wording.item_number(passage),
            heading=heading,
            text=self._text(passage, marks),
            marking=self._after(passage, marks),
        )

    def statistic(self, statistic: Statistic) -> Html:
        """Return the row of a statistic: its figure, and beside it what it says and what it stands on."""
        from viewer.figures.chart import make_chart  # here: the start page draws none

        chart, marks = make_chart(statistic), FootnoteMarks(statistic, self.sources)
        single = len(chart.rows) == 1 and chart.rows[0].rank is None
        return format_html(
            '<tr><td class="figure" width="26%">{single}</td><td class="statement"><p class="stat">{title}</p>'
            "{text}{rows}{basis}{caveat}{marking}</td></tr>",
            single=_single_value(statistic, chart) if single else NO_HTML,
            title=statistic.title,
            text=self._text(statistic, marks),
            rows=NO_HTML if single else _long_trend(chart, chart.line) if chart.line else _chart_table(chart),
            basis=format_html('<p class="basis">{}</p>', wording.basis(statistic)),
            caveat=paragraph("caveat", text_plain(statistic.caveat)),
            marking=self._after(statistic, marks),
        )

    def _text(self, item: Item, marks: FootnoteMarks) -> Html:
        """Return an item's text behind its anchor: its footnotes at their places, its other sources at its end."""
        anchored = _anchored(self.mark_abbreviations(marks.text_html(item.text)), item.id)
        others = marks.other_sources()
        if others and anchored.endswith("</table>"):  # beside a value in its last cell they would read as a power
            return join_html((anchored, format_html('<p class="basis">{}</p>', others)))
        return Html(_LAST_END.sub(lambda end: others + end[0], anchored, count=1))

    def _after(self, item: Item, marks: FootnoteMarks) -> Html:
        """Return what stands under an item: how sure it is, its notes, its marking and its handling caveats."""
        return join_html((self._judgement(item), marks.notes(), self._marking(item)))

    def _judgement(self, item: Item) -> Html:
        if not isinstance(item, Finding):
            return NO_HTML
        steps = (self.scale[id_] for id_ in (item.likelihood, item.confidence) if id_ in self.scale)
        return paragraph("basis", wording.judgement(steps))

    def _marking(self, item: Item) -> Html:
        chip = NO_HTML if item.marking == self.usual_marking else marking_chip(self.markings[item.marking])
        return join_html((chip, paragraph("basis", wording.handling(self.caveats[code] for code in item.caveats))))


def _anchored(marked: Html, name: str) -> Html:
    """Put an anchor on the first words of a text, also where they are a link."""
    if link := _FIRST_LINK.match(marked):
        return Html(f'{link[0]} name="{name}"{marked[link.end() :]}')
    return Html(_FIRST_RUN.sub(rf'\1<a name="{name}">\2</a>', marked, count=1))


def _short_number(item: Item) -> str:
    """Return the number that stands at the left of an item; nothing where its label has no room there."""
    number = wording.item_number(item)
    return number if len(number) <= MOST_BEFORE else ""


def _long_label(item: Item) -> Html:
    """Return over an item the label that has no room at its left."""
    return paragraph("heading", item.label) if len(item.label) > MOST_BEFORE else NO_HTML


def _foremost(statistics: Sequence[Statistic]) -> Sequence[Statistic]:
    """Return the figures that say most in the little room beside a finding: lone ones, in digits if there are any."""
    lone = [s for s in statistics if len(s.observations) == 1]
    digits = [s for s in lone if not s.observations[0].words]
    return (digits or lone or statistics)[:MOST_BESIDE]


def _single_value(statistic: Statistic, chart: Chart) -> Html:
    """Return a lone value written large, its qualifier before it, its bar under it where it has one."""
    word, unit = statistic.observations[0].qualifier, small_unit(statistic)
    return format_html(
        '<p class="big">{}{}{}</p>{}',
        format_html('<span class="qualifier">{}</span><br/>', word) if word else NO_HTML,
        large_value(statistic),
        format_html("<br/>{}", unit) if unit else NO_HTML,
        _bar_image(chart.rows[0].bar),
    )


def _chart_table(chart: Chart) -> Html:
    """Return a chart of several rows as a table: place or label, bar, value as written."""
    differ = len({row.period for row in chart.rows}) > 1
    rows = join_html(_chart_row(row, row.period if differ else "") for row in chart.rows)
    return format_html('<table class="chart" cellspacing="0" cellpadding="0">{}</table>', rows)


def _long_trend(chart: Chart, line: Line) -> Html:
    """Return a long trend as a line, and under it all its values with their periods."""
    shown = (wording.labelled(row.period, row.measured).replace(" ", NO_BREAK) for row in chart.rows)
    values = join_html(map(escape, shown), Html(" · "))
    return join_html((_line_image(line), format_html('<p class="values">{}</p>', values)))


def _line_image(line: Line) -> Html:
    """Return the picture of a line, which the pane paints: its points and the lines across it, in thousandths."""
    points = ";".join(_placed(point) for point in line.points)
    across = ";".join(str(round(height * 1000)) for height, _ in line.lines)
    return format_html('<p class="bar"><img src="line:{}/{}"/></p>', points, across)


def _placed(point: LinePoint) -> str:
    height = "" if point.height is None else str(round(point.height * 1000))
    return f"{round(point.x * 1000)},{height},{round(point.low * 1000)},{round(point.high * 1000)}"


def _chart_row(row: ChartRow, period: str) -> Html:
    return format_html(
        '<tr>{}<td class="row">{}</td>{}{}</tr>',
        format_html('<td class="rank" width="6%">{}</td>', row.rank) if row.rank is not None else NO_HTML,
        " · ".join(part for part in (row.label, period) if part),
        format_html('<td class="rail">{}</td>', _bar_image(row.bar)) if row.bar else NO_HTML,
        format_html('<td class="shown">{}</td>', row.shown) if row.shown else NO_HTML,
    )


def _bar_image(bar: Bar | None) -> Html:
    """Return the picture of a bar, which the pane paints: how far it is solid and how far it fades, in thousandths."""
    if bar is None:
        return NO_HTML
    return format_html('<p class="bar"><img src="bar:{}/{}"/></p>', round(bar.solid * 1000), round(bar.soft * 1000))
