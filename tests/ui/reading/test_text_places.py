"""Positions in an item's plain text and in the document that shows it agree, whatever stands between its words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from tests.text.constructs import carried
from viewer.bundle.bundle import Bundle
from viewer.model import Footnote, Marking, Passage, Source
from viewer.pages.item_rows import ItemWriter
from viewer.pages.parts import Page, html_table
from viewer.pages.theme import theme_page
from viewer.text.edition_text import text_plain
from viewer.ui.reading.page_ranges import cursor_of, ranges_of
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.reading.selected_text import selected_text
from viewer.ui.reading.text_places import characters, units

ITEM = "t.p1"
MARKED = [
    "One[^s] two[^n], three[^s].",
    "[^n]First words, then[^s][^n] others",
    "A \U0001f600 smile[^n] and \U0001f600[^s]",
    "Words [that lead](#t.p2) there[^s]",
    "[All of it leads](#t)",
    "*stressed[^n]* **strong**[^s] `code`",
    "- one[^s]\n- two\n   - three[^n]\n\nAnd[^s] then",
    "Sums:\n\n| A[^n] | B |\n|---|--:|\n| one | 2[^s] |\n|  | 4 |\n\nAfter[^s] them",
    "> said[^n]\n\nline  \nbroken[^s]  \nagain",
    "spaces   and [^s]   more",
]


def show(pane: ReadingPane, text: str) -> None:
    """Shows a passage of this text, in which `s` is a source and `n` a note."""
    passage = Passage(
        id=ITEM,
        theme="t",
        position=1,
        label="1.1",
        heading="",
        text=text,
        marking="m",
        page="",
        sources=("s",),
        footnotes=(Footnote(id="n", text="A note."),),
    )
    writer = ItemWriter(
        mark_abbreviations=lambda marked: marked,
        sources={"s": Source(id="s", number=12, title="A source")},
        markings={"m": Marking(code="m", level=0, label="M", colour="#000000", ink="#FFFFFF")},
        usual_marking="m",
        caveats={},
        scale={},
    )
    pane.show_page(Page(title="", html=html_table([writer.passage(passage)]), items=(ITEM,)))


def assert_agrees(pane: ReadingPane, text: str) -> None:
    """Asserts that each word of the text is found on the page, and from there in the text again."""
    plain = text_plain(text)
    at = 0
    for word in plain.split():
        start = plain.index(word, at)
        at = start + len(word)
        cursor = cursor_of(pane.document(), pane.item_map, (ITEM, start, at), plain)
        assert cursor is not None
        assert selected_text(cursor, pane.item_map) == word
        assert ranges_of(cursor, pane.item_map, lambda _: plain) == [(ITEM, start, at)]


@pytest.mark.parametrize("text", ["plain", "ŵ ŷ", "a\U0001f600b", "\U0001f600" * 3])
def test_document_positions_and_characters_count_alike(text: str) -> None:
    for at in range(len(text) + 1):
        assert characters(text, units(text[:at])) == at


@pytest.mark.parametrize("text", MARKED)
def test_words_around_marks_are_found_and_selected_exactly(pane: ReadingPane, text: str) -> None:
    show(pane, text)
    assert_agrees(pane, text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from([*MARKED, "plain words", "x[^n]y"]), min_size=1, max_size=6))
def test_any_mixture_of_marked_paragraphs_is_found_exactly(pane: ReadingPane, texts: list[str]) -> None:
    show(pane, "\n\n".join(texts))
    assert_agrees(pane, "\n\n".join(texts))


def test_every_construct_of_the_format_is_selected_exactly(pane: ReadingPane) -> None:
    walked = 0
    for construct in carried():
        show(pane, construct.source)
        assert_agrees(pane, construct.source)
        walked += 1
    assert walked > 100


def test_all_of_an_item_selected_is_its_text_without_marks(pane: ReadingPane, exercise: tuple[Bundle, Bundle]) -> None:
    bundle = exercise[1]
    for theme in bundle.themes():
        page = theme_page(bundle, theme.id)
        pane.show_page(page)
        for item in page.items:
            plain = text_plain(bundle.item(item).text)
            cursor = cursor_of(pane.document(), pane.item_map, (item, 0, len(plain)), plain)
            assert cursor is not None
            assert ranges_of(cursor, pane.item_map, {item: plain}.__getitem__) == [(item, 0, len(plain))]


def test_what_ends_before_a_mark_leaves_the_mark_out(pane: ReadingPane) -> None:
    show(pane, "One[^s] two")
    cursor = cursor_of(pane.document(), pane.item_map, (ITEM, 0, 3), "One two")
    assert cursor is not None
    assert cursor.selectedText() == "One"
    cursor.setPosition(cursor.selectionEnd())
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 2)
    assert cursor.selectedText() == "12"
