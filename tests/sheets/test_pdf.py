"""The PDF: marked on every page, traceable, neutral in its properties, and the same bytes for the same sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest
from reportlab.lib.utils import ImageReader

from tests.sheets.conftest import CANARY, IMPRINT, LITERAL, SECOND, TODAY, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.dissemination.issuing import Imprint
from viewer.sheets import sheet_metadata
from viewer.sheets.compose import variants
from viewer.sheets.pdf import render
from viewer.sheets.recipe import Form, Paper, Recipe, SheetPart
from viewer.sheets.sheet import NOTE_LABEL, RenderedSheet, SheetNote

REFERENCE = Path(__file__).parent / "reference"
ONE_EDITION = [form for form in Form if form is not Form.CHANGES]  # see test_changes.py for that


def printed(recipe: Recipe, edition: Bundle, *notes: SheetNote, imprint: Imprint = IMPRINT) -> RenderedSheet:
    return render(variants(recipe, edition, today=TODAY, notes=notes), imprint)


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def text(data: bytes) -> str:
    return " ".join(" ".join(pages(data)).split())


def attachment(data: bytes) -> bytes:
    with pypdfium2.PdfDocument(data) as document:
        assert [document.get_attachment(n).get_name() for n in range(document.count_attachments())] == ["sheet.json"]
        return bytes(document.get_attachment(0).get_data())


@pytest.mark.parametrize("form", ONE_EDITION)
def test_every_page_is_marked_top_and_bottom_and_numbered(edition: Bundle, form: Form) -> None:
    recipe = recipe_for(form, "one", SECOND, audience="protect", copies=2, recipient="Unit 4")
    rendered = printed(recipe, edition)
    found = pages(rendered.data)
    assert len(found) == 2 * rendered.pages > 0
    for number, page in enumerate(found):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines.count(rendered.sheet.marking.label) == 2
        assert f"page {number % rendered.pages + 1} of {rendered.pages}" in page
        assert f"copy {1 + number // rendered.pages} of 2" in page
        assert "7F3A-19C2" in page
        assert "9b1f04c2d7aa" in page


@pytest.mark.parametrize("form", ONE_EDITION)
def test_a_withheld_word_is_nowhere_in_the_file(edition: Bundle, form: Form) -> None:
    recipe = recipe_for(form, "one", SECOND, title="", parts=tuple(SheetPart))
    notes = [SheetNote(item=item, text=CANARY, marking="restricted") for item in ("one.f1", "one.f2")]
    data = printed(recipe, edition, *notes).data
    assert CANARY not in text(data)
    assert CANARY.encode() not in data
    assert CANARY.encode() not in attachment(data)
    with pypdfium2.PdfDocument(data) as document:
        assert CANARY not in repr(document.get_metadata_dict())
        assert CANARY not in repr([bookmark.get_title() for bookmark in document.get_toc()])


def test_shows_markup_in_a_text_as_the_characters_it_is(edition: Bundle) -> None:
    data = printed(recipe_for(Form.BRIEFING, audience="protect", title=LITERAL, introduction=LITERAL), edition).data
    assert text(data).count(LITERAL) == 3
    assert b"/URI" not in data
    assert b"/Launch" not in data


@pytest.mark.parametrize(
    "words", ["<b>", "[" * 16000, "x" * 16000, "&#0;", "</para><para>", "\u202eabc", "\ud7ff\U0001f600"]
)
def test_stands_any_words_of_the_readers_own(edition: Bundle, words: str) -> None:
    rendered = printed(recipe_for(Form.BRIEFING, introduction=words, questions=(words[:300],)), edition)
    assert rendered.pages >= 1


def test_the_same_sheet_gives_the_same_bytes(edition: Bundle) -> None:
    recipe = recipe_for(Form.BRIEFING, "one", SECOND)
    assert printed(recipe, edition).data == printed(recipe, edition).data
    later = replace(IMPRINT, id="0000-0001", made="2026-11-25T03:00:00Z")
    assert printed(recipe, edition, imprint=later).data != printed(recipe, edition).data


def test_says_what_it_is_and_names_nobody(edition: Bundle) -> None:
    data = printed(recipe_for(Form.BRIEFING, recipient="Somebody Particular"), edition).data
    with pypdfium2.PdfDocument(data) as document:
        properties = document.get_metadata_dict()
        outline = [bookmark.get_title() for bookmark in document.get_toc()]
    assert properties["Title"] == "First theme, Ŵyl y môr"
    assert properties["Creator"] == properties["Producer"] == "Briefing viewer"
    assert "Particular" not in repr(properties)
    assert str(Path.home()) not in data.decode("latin-1")
    assert outline == ["First theme, Ŵyl y môr"]
    assert b"/Lang" in data


def test_carries_its_recipe_and_the_hashes_of_its_items(edition: Bundle) -> None:
    rendered = printed(recipe_for(Form.BRIEFING), edition)
    content = json.loads(attachment(rendered.data))
    assert [id_ for id_, _ in content["held"]] == ["one.f1", "one.s1", "one.p1"]
    assert content["fingerprint"] == edition.seal.fingerprint
    assert "one.f1" in content["recipe"]
    assert sheet_metadata.read_metadata(rendered.data).held == rendered.sheet.held


def test_a_figure_never_stands_without_qualifier_base_period_and_source(edition: Bundle) -> None:
    for form in (Form.SUMMARY, Form.BRIEFING, Form.FIGURES, Form.HANDOUT):
        found = text(printed(recipe_for(form), edition).data)
        for part in ("almost", "a third", "base: 610 reports", "2011", "source 1", "The sample is small."):
            assert part in found


def test_prints_a_note_as_what_it_is(edition: Bundle) -> None:
    recipe = recipe_for(Form.SUMMARY)
    note = SheetNote(item="one.f1", text="Ask the unit.", marking="open", quote="finding")
    found = text(printed(replace(recipe, parts=(*recipe.parts, SheetPart.NOTES)), edition, note).data)
    assert f"{NOTE_LABEL} · on finding 1" in found
    assert "Ask the unit." in found


def test_two_sided_copies_each_begin_on_a_sheet_of_their_own(edition: Bundle) -> None:
    rendered = printed(recipe_for(Form.BRIEFING, two_sided=True, copies=2), edition)
    assert rendered.pages == 1
    found = pages(rendered.data)
    assert len(found) == 4
    assert "left blank" in found[1]
    assert "NOT PROTECTIVELY MARKED" in found[1]


@pytest.mark.parametrize(
    ("form", "paper", "size"),
    [
        (Form.BRIEFING, Paper.A4, (595, 842)), (Form.BRIEFING, Paper.LETTER, (612, 792)),
        (Form.CARD, Paper.A6, (298, 420)), (Form.CARD, Paper.A5, (420, 595)), (Form.SLIDES, Paper.A4, (960, 540)),
    ],
)  # fmt: skip
def test_pages_have_the_size_of_their_paper(edition: Bundle, form: Form, paper: Paper, size: tuple[int, int]) -> None:
    with pypdfium2.PdfDocument(printed(recipe_for(form, paper=paper), edition).data) as document:
        assert tuple(round(measure) for measure in document[0].get_size()) == size


def test_large_print_is_sixteen_points_and_more(edition: Bundle) -> None:
    found = _sizes(printed(recipe_for(Form.BRIEFING, large=True), edition).data, "An open finding")
    assert found >= 16


def _sizes(data: bytes, words: str) -> float:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            textpage = page.get_textpage()
            at = textpage.get_text_range().find(words)
            if at >= 0:
                left, bottom, right, top = textpage.get_charbox(at, loose=True)
                assert right > left
                return float(top - bottom)
    return 0.0


@pytest.mark.parametrize("theme", ["indecent-images", "groups-and-gangs", "hidden-internet", "online-vulnerability"])
def test_a_summary_of_the_sample_keeps_to_one_page_with_all_findings(sample: Bundle, theme: str) -> None:
    rendered = printed(recipe_for(Form.SUMMARY, theme, audience="npm"), sample)
    assert rendered.pages == 1
    assert sample.findings(theme)
    assert {finding.id for finding in sample.findings(theme)} <= {one.id for one in rendered.sheet.held}


def test_a_summary_under_a_title_of_ones_own_keeps_to_one_page_too(sample: Bundle) -> None:
    rendered = printed(recipe_for(Form.SUMMARY, "indecent-images", audience="npm", title="For Tuesday"), sample)
    assert rendered.pages == 1
    assert "For Tuesday" in text(rendered.data)


# Committed texts and pictures

REFERENCES = {
    "summary": recipe_for(Form.SUMMARY, "indecent-images", audience="npm", recipient="Training day", copies=1),
    "handout": recipe_for(Form.HANDOUT, "hidden-internet", audience="npm", questions=("What would you ask first?",)),
    "card": recipe_for(Form.CARD, "offending-overseas", audience="npm"),
    "figures": recipe_for(Form.FIGURES, "social-networking", audience="npm"),
    "slides": recipe_for(Form.SLIDES, "online-vulnerability", audience="npm"),
    "briefing": recipe_for(Form.BRIEFING, "trafficking", "random-video-chat", audience="npm", two_sided=True),
}
_CHANGING = re.compile(r"(?:key|fingerprint|check value|signed by)[^.,]*[.,]")  # another key signs in every test run
_SMALL = 0.5  # pixels a point of the committed pictures
_ALIKE = 6.0  # of 255, the mean difference below which two pages look alike
_SAME_PLACE = 0.02  # of the pixels, at most, that may differ plainly


@pytest.mark.parametrize("name", REFERENCES)
def test_reads_as_committed(sample_1: Bundle, name: str) -> None:
    shown = "\n\f\n".join(pages(printed(REFERENCES[name], sample_1).data)).replace("\r\n", "\n")
    found = _CHANGING.sub("…", " ".join(shown.split(" ")))
    assert _words(found) == _words((REFERENCE / f"{name}.txt").read_text(encoding="utf-8"))


def _words(shown: str) -> list[str]:
    return shown.split()


@pytest.mark.parametrize("name", REFERENCES)
def test_looks_as_committed(sample_1: Bundle, name: str) -> None:
    found = picture(printed(REFERENCES[name], sample_1).data)
    expected = ImageReader(str(REFERENCE / f"{name}.png"))
    width, height, committed = _grey(expected)
    assert (width, height) == _grey(found)[:2]
    differences = [abs(a - b) for a, b in zip(_grey(found)[2], committed, strict=True)]
    assert sum(differences) / len(differences) < _ALIKE
    assert sum(difference > 96 for difference in differences) / len(differences) < _SAME_PLACE


def picture(data: bytes) -> ImageReader:
    """The first page, small and grey."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=_SMALL, grayscale=True).to_pil()
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    out.seek(0)
    return ImageReader(out)


def _grey(image: ImageReader) -> tuple[int, int, Sequence[int]]:
    width, height = image.getSize()
    rgb: bytes = image.getRGBData()  # type: ignore[no-untyped-call]
    return width, height, rgb[::3]
