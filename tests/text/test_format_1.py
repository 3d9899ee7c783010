"""Texts of format 1 keep their plain words, and so the places of notes, when they are read as CommonMark."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from tests.text.test_commonmark import TYPED
from viewer.text.blocks import blocks_html, blocks_plain
from viewer.text.commonmark import read_text
from viewer.text.format_1 import as_commonmark
from viewer.text.markdown import plain_text


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
