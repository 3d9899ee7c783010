"""Blocks written as Markdown read back as the same blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.test_commonmark import READ, TYPED
from viewer.text.blocks import blocks_html, blocks_plain
from viewer.text.blocks_markdown import blocks_markdown, escape_markdown
from viewer.text.commonmark import read_text


@pytest.mark.parametrize("text", [text for text, _, _ in READ] + ["- a\n- b\n\n* c", "1. a\n\n5) b", "a[^n] [b](#c)"])
def test_reads_back_as_the_same_blocks(text: str) -> None:
    blocks = read_text(text)
    assert read_text(blocks_markdown(blocks)) == blocks


@settings(max_examples=500, deadline=None)
@given(TYPED)
def test_keeps_the_plain_words_of_anything_typed(text: str) -> None:
    blocks = read_text(text)
    assert blocks_plain(read_text(blocks_markdown(blocks))) == blocks_plain(blocks)


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from(list("ab 12.)*_`\\-+>#|[]()&<~!^:é")), max_size=60))
def test_escapes_plain_words_so_that_they_stay_words(text: str) -> None:
    assert blocks_html(read_text(escape_markdown(text.strip()))).count("<") <= 2
    assert blocks_plain(read_text(escape_markdown(text.strip()))) == " ".join(text.split())
