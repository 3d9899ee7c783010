"""Texts on paper: every construct as it is written, tables as tables, notes and references at their place."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pypdfium2.raw  # type: ignore[import-untyped, unused-ignore]
import pytest

from tests.sheets.conftest import SECOND, assessment, recipe_for
from tests.sheets.test_pdf import printed, text
from tests.text.constructs import carried
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment, Footnote, Passage
from viewer.sheets.layout import page_layout
from viewer.sheets.recipe import Form, Paper
from viewer.text.blocks import Block, Break, CrossReference, Listing, Paragraph, Quotation, Run, Table
from viewer.text.commonmark import read_text

Opened = Callable[[Assessment], Bundle]


def with_passages(*texts: str, **fields: object) -> Assessment:
    """The made-up edition with these texts as the only passages, labelled §0§, §1§ and so on."""
    passages = tuple(
        Passage(id=f"one.x{n}", theme="one", position=n + 1, label=f"§{n}§", heading="", text=words, marking="open",
                page="1", **fields)  # type: ignore[arg-type]
        for n, words in enumerate(texts)
    )  # fmt: skip
    return replace(assessment(), passages=passages)


def laid_out(edition: Bundle, form: Form = Form.BRIEFING, paper: Paper = Paper.A4) -> bytes:
    return printed(recipe_for(form, paper=paper, parts=("narrative", "sources")), edition).data


def body(data: bytes, form: Form = Form.BRIEFING, paper: Paper = Paper.A4) -> str:
    """The words of all pages between head and foot."""
    page = page_layout(form, paper, two_sided=False)
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(
            one.get_textpage().get_text_bounded(0, page.bottom - 2, page.width, page.height - page.top + 2)
            for one in document
        )


def on_paper(blocks: Iterable[Block]) -> Iterator[str]:
    """What paper says of a text: its words, and the signs of its lists as they are counted."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from map(_words, block.inlines)
            case Listing():
                for number, point in enumerate(block.points, start=block.start or 0):
                    yield "–" if block.start is None else f"{number}."
                    yield from on_paper(point)
            case Quotation():
                yield from on_paper(block.blocks)
            case Table():
                for row in (block.head, *block.rows):
                    yield from on_paper(row)


def _words(inline: object) -> str:
    match inline:
        case Run() | CrossReference():
            return inline.text
        case Break():
            return "\n"
    return ""


def close(words: str) -> str:
    """Words without any room, since a page has other ends of lines."""
    return unicodedata.normalize("NFC", "".join(words.split())).replace("\ufffe", "-")


@pytest.mark.parametrize(("form", "paper"), [(Form.BRIEFING, Paper.A4), (Form.CARD, Paper.A6)])
def test_every_construct_stands_on_paper_as_it_is_written(opened_edition: Opened, form: Form, paper: Paper) -> None:
    sources = [one.source for one in carried()]
    data = laid_out(opened_edition(with_passages(*sources)), form, paper)
    shown = _by_label(body(data, form, paper), len(sources))
    expected = [close("".join(on_paper(read_text(source)))) for source in sources]
    wrong = {source: found for source, found, words in zip(sources, shown, expected, strict=True) if found != words}
    assert len(sources) > 200
    assert wrong == {}


def _by_label(shown: str, number: int) -> list[str]:
    """The words behind each label, up to the next one."""
    ends = [f"§{n}§" for n in range(1, number)] + ["Check this sheet"]
    return [
        close(shown.partition(f"§{n}§")[2].partition(end)[0].partition("\nSOURCES")[0]) for n, end in enumerate(ends)
    ]


def test_nested_lists_are_set_in_and_numbered_as_written(opened_edition: Opened) -> None:
    data = laid_out(opened_edition(with_passages("Before:\n\n12. twelve\n13. thirteen\n    - inner\n")))
    with pypdfium2.PdfDocument(data) as document:
        shown = document[0].get_textpage()
        words = shown.get_text_range()
        places = [shown.get_charbox(words.index(word), loose=True)[0] for word in ("Before", "twelve", "inner")]
        assert "12. twelve" in words
        assert "13. thirteen" in words
    assert places[0] < places[1] < places[2]


@pytest.mark.parametrize("label", ["A & B <x>", "Annex B", "The longest label of all, " + "which goes on " * 5])
@pytest.mark.parametrize("words", ["Words of it.", "1. first\n2. second", "| a | b |\n|---|---|\n| c | d |"])
def test_a_label_of_the_publisher_stands_whole_on_the_page(opened_edition: Opened, label: str, words: str) -> None:
    made = with_passages(words)
    made = replace(made, passages=(replace(made.passages[0], label=label.strip()),))
    page = page_layout(Form.CARD, Paper.A6, two_sided=False)
    data = laid_out(opened_edition(made), Form.CARD, Paper.A6)
    with pypdfium2.PdfDocument(data) as document:
        within = document[0].get_textpage().get_text_bounded(page.side - 1, 0, page.width - page.side + 1, page.height)
    assert close(label) in close(within)


def test_words_have_the_type_that_their_text_gives_them(opened_edition: Opened) -> None:
    data = laid_out(opened_edition(with_passages("plain *slanted* **strong** ***both*** end")))
    faces = {word: _face(data, word) for word in ("plain", "slanted", "strong", "both")}
    assert [("It" in face, "Semibold" in face) for face in faces.values()] == [
        (False, False), (True, False), (False, True), (True, True),
    ]  # fmt: skip


def _face(data: bytes, word: str) -> str:
    """The name of the typeface in which a word stands on the first page."""
    with pypdfium2.PdfDocument(data) as document:
        shown = document[0].get_textpage()
        at = shown.get_text_range().index(word)
        name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
        pypdfium2.raw.FPDFText_GetFontInfo(shown.raw, at, name, 100, flags)
        return name.value.decode()


NOTED = "Fees are paid[^hour] soon[^open-source], as [the finding](#one.f1) and [others](#elsewhere) say[^day]."
NOTES = (Footnote(id="hour", text="Within an hour."), Footnote(id="day", text="By [the finding](#one.f1)."))


@pytest.mark.parametrize("form", [Form.BRIEFING, Form.CARD, Form.SLIDES])
def test_notes_stand_under_their_text_in_its_order(opened_edition: Opened, form: Form) -> None:
    made = with_passages(NOTED, sources=("open-source",), footnotes=NOTES, references=("one.f1",))
    shown = text(laid_out(opened_edition(made), form))
    said = "paid a soon 1, as the finding (1, finding 1) and others say b. a Within an hour. b By the finding"
    assert close(said) in close(shown)
    assert "An open source" in shown
    assert "[^" not in shown
    assert "#one" not in shown


def test_a_reference_leads_to_what_is_on_the_sheet_and_names_nothing_that_is_withheld(
    edition: Bundle, opened_edition: Opened
) -> None:
    referring = f"See [the figure](#one.s1), [the passage](#one.p1), [that](#{SECOND}) and [one](#{SECOND}.f1)."
    finding = replace(assessment().findings[0], text=referring,
                      references=("one.s1", "one.p1", SECOND, f"{SECOND}.f1"))  # fmt: skip
    made = opened_edition(replace(assessment(), findings=(finding, *assessment().findings[1:])))
    recipe = recipe_for(Form.BRIEFING, parts=("findings", "figures"))
    data = printed(recipe, made).data
    assert "See the figure (1, figure 1), the passage (1.1), that and one." in text(data)
    assert _links(data) == 1
    both = recipe_for(Form.BRIEFING, "one", SECOND, audience="restricted", parts=("findings",))
    shown = text(printed(both, made).data)
    assert "that (Priority theme 2) and one (2, finding 1)." in shown
    assert _links(printed(recipe_for(Form.BRIEFING), edition).data) == 0


def _links(data: bytes) -> int:
    """How many places of the pages lead elsewhere in the file."""
    with pypdfium2.PdfDocument(data) as document:
        return sum(bool(pypdfium2.raw.FPDFLink_GetDest(document.raw, link)) for page in document for link in _of(page))


def _of(page: object) -> Iterator[object]:
    position, link = ctypes.c_int(0), pypdfium2.raw.FPDF_LINK()
    while pypdfium2.raw.FPDFLink_Enumerate(page.raw, position, link):  # type: ignore[attr-defined]
        yield link
