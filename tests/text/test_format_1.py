"""Texts of format 1 keep their plain words, and so the places of notes, when they are read as CommonMark."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.text.test_commonmark import TYPED
from viewer.text.blocks import blocks_html, blocks_plain
from viewer.text.commonmark import read_text
from viewer.text.edition_text import text_html
from viewer.text.format_1 import as_commonmark, published_text
from viewer.text.markdown import markdown_html, plain_text


@settings(max_examples=800, deadline=None)
@given(TYPED)
def test_keeps_the_plain_words(text: str) -> None:
    assume("klzzwxh" not in plain_text(text))  # a placeholder that python-markdown leaves behind
    assert blocks_plain(read_text(as_commonmark(text))) == plain_text(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("1986. A year", "<p>1986. A year</p>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("Two *stressed* **words**", "<p>Two <em>stressed</em> <strong>words</strong></p>"),
        ("a[^1] [b](#c) | d", "<p>a[^1] [b](#c) | d</p>"),
        ("| a |\n|---|\n| b |", "<p>| a | |---| | b |</p>"),
    ],
)
def test_shows_what_format_1_showed(text: str, html: str) -> None:
    assert blocks_html(read_text(as_commonmark(text))) == html


WORDS = st.lists(
    st.lists(
        st.sampled_from(
            ["word", "*stressed*", "**strong words**", "(*both* of)", "14", "3,100", "5%", "a*b", "*open", "1.", "- x",
             "end.", "_low_", "&", "ü", "“so”", "  ", "*of one* and", "x  y", "**a**.", "*(a)*"]
        ),
        min_size=1,
        max_size=6,
    ).map(" ".join),
    min_size=1,
    max_size=5,
)  # fmt: skip


@settings(max_examples=800, deadline=None)
@given(WORDS, st.lists(st.sampled_from(["\n", "\n\n", "  \n"]), min_size=4, max_size=4))
def test_a_text_that_is_kept_as_it_is_reads_in_both_dialects_alike(lines: list[str], ends: list[str]) -> None:
    text = "".join(line + end for line, end in zip(lines, [*ends, ""], strict=False))
    if as_commonmark(text) is text:
        old, new = markdown_html(text), text_html(text)
        assert _spaced(new) == _spaced(old)


def _spaced(html: str) -> str:
    """HTML with breaks written in one way, and white space that shows as one space or not at all."""
    html = (
        html.replace("<br />", "<br/>").replace("<br>", "<br/>").replace("<br/>\n", "<br/>").replace("</p>\n", "</p>")
    )
    return " ".join(html.split()).replace("> ", ">").replace(" <", "<")


def test_most_texts_with_paragraphs_and_emphasis_are_kept_as_they_are() -> None:
    for text in ("One.\n\nTwo *words* here.", "A **strong** word.", "Line\nafter line.", "(*So*), he said."):
        assert as_commonmark(text) is text


def test_a_converted_text_still_knows_how_it_was_published() -> None:
    published = "1986. A year"
    assert published_text(as_commonmark(published)) == published
    assert published_text("Plain.") == "Plain."
