"""Markdown, HTML and CSV say what the paper says, and nothing in them runs or leads anywhere."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest

from tests.sheets.conftest import CANARY, IMPRINT, LITERAL, SECOND, TODAY, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.dissemination.issuing import Imprint
from viewer.model import Statistic
from viewer.sheets import markdown_html, table
from viewer.sheets.compose import compose
from viewer.sheets.recipe import Form, SheetPart
from viewer.sheets.sheet import Sheet, SheetNote

WRITERS: list[Callable[[Sheet, Imprint], str]] = [markdown_html.markdown, markdown_html.html, table.sheet_csv]


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
