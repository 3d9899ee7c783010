"""Markdown, HTML and CSV say what the paper says, and nothing in them runs or leads anywhere."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from io import StringIO

import pytest

from tests.sheets.conftest import CANARY, IMPRINT, LITERAL, SECOND, TODAY, assessment, recipe_for
from tests.sheets.test_text_flowables import NOTED, NOTES, with_passages
from tests.text.constructs import carried, spaced
from viewer.bundle.bundle import Bundle
from viewer.dissemination.issuing import Imprint
from viewer.model import Assessment, Finding, Footnote, Observation, Recommendation, ScaleKind, ScaleStep, Statistic
from viewer.sheets import markdown_html, table
from viewer.sheets.compose import compose
from viewer.sheets.recipe import Form, SheetPart
from viewer.sheets.sheet import Sheet, SheetNote
from viewer.text.blocks import blocks_html
from viewer.text.commonmark import read_text

WRITERS: list[Callable[[Sheet, Imprint], str]] = [markdown_html.markdown, markdown_html.html, table.sheet_csv]

Opened = Callable[[Assessment], Bundle]


def sheet(edition: Bundle, audience: str = "open", **fields: object) -> Sheet:
    recipe = recipe_for(Form.BRIEFING, "one", SECOND, audience=audience, **fields)
    return compose(recipe, edition, today=TODAY)


@pytest.mark.parametrize("write", WRITERS)
def test_a_withheld_word_is_in_none_of_them(edition: Bundle, write: Callable[[Sheet, Imprint], str]) -> None:
    assert CANARY not in write(sheet(edition), IMPRINT)
    assert CANARY in write(sheet(edition, "restricted"), IMPRINT)


@pytest.mark.parametrize("write", [markdown_html.markdown, markdown_html.html])
def test_the_marking_stands_first_and_last(edition: Bundle, write: Callable[[Sheet, Imprint], str]) -> None:
    rendered = write(sheet(edition, "protect"), IMPRINT)
    body = rendered.partition("<body>")[2].partition("</body>")[0] or rendered
    lines = [line for line in body.splitlines() if line.strip()]
    assert "PROTECT" in lines[0]
    assert "PROTECT" in lines[-1]
    for part in ("7F3A-19C2", "9b1f04c2d7aa", "almost a third", "base: 610 reports", "serial 1", "An open source"):
        assert part in rendered


def test_html_shows_markup_as_the_characters_it_is(edition: Bundle) -> None:
    rendered = markdown_html.html(sheet(edition, "protect", title=LITERAL, purpose=LITERAL), IMPRINT)
    assert "<img" not in rendered
    assert "<font" not in rendered
    assert "<a " not in rendered
    assert rendered.count("&lt;img src=/etc/passwd&gt;") == 4


def test_markdown_reads_no_sign_as_markup(edition: Bundle) -> None:
    rendered = markdown_html.markdown(sheet(edition, title="[x](http://a) *b* # c <i>"), IMPRINT)
    assert r"# \[x\](http://a) \*b\* \# c \<i\>" in rendered


def test_a_note_says_what_it_is(edition: Bundle) -> None:
    recipe = recipe_for(Form.BRIEFING)
    recipe = replace(recipe, parts=(*recipe.parts, SheetPart.NOTES))
    noted = compose(recipe, edition, today=TODAY, notes=(SheetNote(item="one.f1", text="Mine.", marking="open"),))
    for write in (markdown_html.markdown, markdown_html.html):
        assert "Officer’s note, not part of the assessment, on finding 1" in write(noted, IMPRINT)


def test_csv_leaves_numbers_as_they_are(edition: Bundle) -> None:
    rows = list(csv.DictReader(StringIO(table.sheet_csv(sheet(edition), IMPRINT))))
    assert [(row["value"], row["qualifier"], row["words"], row["base"]) for row in rows] == [
        ("33.3", "almost", "a third", "base: 610 reports")
    ]
    assert rows[0]["marking"] == "NOT PROTECTIVELY MARKED"


@pytest.mark.parametrize("typed", ["=1+1", "@x", "\u00a0=cmd", "\u2003=1+1", "  =x", "\uff1d1"])
def test_csv_gives_a_spreadsheet_nothing_to_run(edition: Bundle, typed: str) -> None:
    made = sheet(edition)
    chapter = made.chapters[0]
    sections = [section for section in chapter.sections if section.part is SheetPart.FIGURES]
    one = sections[0].items[0]
    assert isinstance(one.item, Statistic)
    hostile = replace(sections[0], items=(replace(one, item=replace(one.item, title=typed)),))
    changed = replace(made, chapters=(replace(chapter, sections=(hostile,)),))
    (row,) = csv.DictReader(StringIO(table.sheet_csv(changed, IMPRINT)))
    assert row["title"] == f"'{typed}"


def test_every_row_of_a_table_bears_the_warnings(edition: Bundle) -> None:
    warned = replace(sheet(edition), warnings=("superseded by serial 4", "review date past (31 March 2013)"))
    found = [row["warning"] for row in csv.DictReader(StringIO(table.sheet_csv(warned, IMPRINT)))]
    assert found == ["superseded by serial 4; review date past (31 March 2013)"]


def test_every_construct_is_read_from_the_markdown_as_it_was_written(opened_edition: Opened) -> None:
    texts = carried()
    rendered = markdown_html.markdown(sheet(opened_edition(with_passages(*(one.source for one in texts)))), IMPRINT)
    for n, one in enumerate(texts):
        _, _, rest = rendered.partition(f"**§{n}§**")
        said = rest.partition(f"**§{n + 1}§**")[0] if n + 1 < len(texts) else rest.partition("### Sources")[0]
        again = blocks_html(read_text(said.strip().removesuffix("---").strip("\n")))
        assert spaced(again) == spaced(one.html), one.source


def test_every_construct_stands_in_the_html_as_its_effect_says(opened_edition: Opened) -> None:
    texts = carried()
    rendered = markdown_html.html(sheet(opened_edition(with_passages(*(one.source for one in texts)))), IMPRINT)
    for n, one in enumerate(texts):
        assert f'§{n}§</p><div class="passage">{one.html}</div>' in rendered, one.source
    _WellFormed().check(rendered)


class _WellFormed(HTMLParser):
    """Holds the elements that are open, and fails where one is closed that is not the last."""

    def check(self, text: str) -> None:
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag not in ("meta", "hr", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def noted(opened_edition: Opened) -> Sheet:
    """A sheet with notes, references, a table, and a source that the text does not name at its place."""
    table = "They name:\n\n| Sum | Of |\n|--:|:-:|\n| £1 | a |\n| £12 | b[^note] |"
    made = with_passages(NOTED, table, sources=("open-source",), footnotes=NOTES, references=("one.f1",))
    first, second = made.passages
    second = replace(second, footnotes=(Footnote(id="note", text="Of *b* alone."),), references=())
    return sheet(opened_edition(replace(made, passages=(first, second))))


def test_notes_and_references_stand_at_their_place_in_markdown(opened_edition: Opened) -> None:
    rendered = markdown_html.markdown(noted(opened_edition), IMPRINT)
    assert r"paid \[a\] soon \[1\], as the finding (1, finding 1) and others say \[b\]." in rendered
    assert "\n\n\\[a\\] Within an hour.\n\n\\[b\\] By the finding (1, finding 1).\n\n" in rendered
    assert (
        "| Sum | Of |\n| --: | :-: |\n| £1 | a |\n| £12 | b \\[a\\] |\n\n*Source 1*\n\n\\[a\\] Of *b* alone."
        in rendered
    )
    assert "[^" not in rendered
    assert "(#" not in rendered


def test_notes_and_references_stand_at_their_place_in_html(opened_edition: Opened) -> None:
    rendered = markdown_html.html(noted(opened_edition), IMPRINT)
    assert 'paid<sup>&nbsp;a</sup> soon<sup>&nbsp;1</sup>, as <a href="#one.f1">the finding</a> (1, ' in rendered
    assert rendered.count('id="one.f1"') == 1
    assert '<div class="basis"><sup>a</sup> <p>Within an hour.</p></div>' in rendered
    assert '<td align="right">£12</td><td align="center">b<sup>&nbsp;a</sup></td>' in rendered
    assert "[^" not in rendered
    _WellFormed().check(rendered)


def judged(opened_edition: Opened) -> Sheet:
    """A sheet with a finding that bears a likelihood and a confidence, a recommendation, and an exact figure."""
    made = assessment()
    scale = (
        ScaleStep(id="likely", kind=ScaleKind.LIKELIHOOD, position=1, term="likely", low=Decimal(55), high=Decimal(75)),
        ScaleStep(id="low", kind=ScaleKind.CONFIDENCE, position=1, term="low confidence"),
    )
    finding = Finding(id="one.f9", theme="one", position=9, label="Key finding 9", text="It will rain.", marking="open",
                      page="1", likelihood="likely", confidence="low")  # fmt: skip
    advice = Recommendation(id="one.r1", theme="one", position=1, label="R4", text="Take a coat.", marking="open",
                            page="1", owner="The desk", due="by 2013", findings=("one.f9",))  # fmt: skip
    exact = replace(made.statistics[0], id="one.s9", position=9, label="Figure 3", unit="£", short_caveat="Small.",
                    statement="It cost much[^how].", footnotes=(Footnote(id="how", text="As one said."),),
                    observations=tuple(Observation(position=n, label=f"v{n}", period=f"200{n}", value=Decimal(value))
                                       for n, value in enumerate(VALUES, 1)))  # fmt: skip
    return sheet(opened_edition(replace(
        made, scale=scale, findings=(*made.findings, finding), recommendations=(advice,),
        statistics=(*made.statistics, exact),
    )))  # fmt: skip


VALUES = ("0.004", "99.999", "-0.001", "1866642107", "5.0")
SHOWN = ("£0.004", "£99.999", "−£0.001", "£1,866,642,107", "£5.0")


def test_how_sure_a_finding_is_and_to_whom_a_recommendation_goes_is_said_with_it(opened_edition: Opened) -> None:
    made = judged(opened_edition)
    rendered = markdown_html.markdown(made, IMPRINT)
    assert "**Key finding 9** It will rain.\n\n*likely (55–75%) · low confidence*" in rendered
    assert "### Recommendations\n\n**R4** Take a coat.\n\n*The desk · by 2013*\n\n*On 1, Key finding 9*" in rendered
    shown = markdown_html.html(made, IMPRINT)
    assert '<p class="number">Key finding 9</p><p>It will rain.</p><p class="basis">likely (55–75%) · low' in shown
    assert (
        '<h3>Recommendations</h3>\n<p class="number">R4</p><p>Take a coat.</p><p class="basis">The desk · by' in shown
    )


def test_values_are_as_they_were_published_with_unit_and_year_in_every_text(opened_edition: Opened) -> None:
    made = judged(opened_edition)
    for write in (markdown_html.markdown, markdown_html.html):
        rendered = write(made, IMPRINT)
        assert "Figure 3: An open figure" in rendered
        for n, shown in enumerate(SHOWN, 1):
            assert f"{shown}: v{n}, 200{n}" in rendered
    rows = [row for row in csv.DictReader(StringIO(table.sheet_csv(made, IMPRINT))) if row["place"] == "1, Figure 3"]
    assert [row["as published"] for row in rows] == list(SHOWN)
    assert [row["value"] for row in rows] == list(VALUES)
    assert {(row["statement"], row["notes"], row["caveat"], row["short caveat"]) for row in rows} == {
        ("It cost much [a].", "[a] As one said.", "The sample is small.", "Small.")
    }
