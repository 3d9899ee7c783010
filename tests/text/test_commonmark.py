"""Texts of format 2 and notes read as CommonMark, with tables, footnotes and references: as written, or as typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.text.blocks import CrossReference, FootnoteMark, Paragraph, Table, blocks_html, blocks_plain, inlines
from viewer.text.commonmark import MAX_DEPTH, read_text, size_problem
from viewer.text.safe import format_html

READ = [
    ("a & b < c", "<p>a &amp; b &lt; c</p>", "a & b < c"),
    ("Two *stressed* **words**", "<p>Two <em>stressed</em> <strong>words</strong></p>", "Two stressed words"),
    ("12. twelve\n13. thirteen", '<ol start="12"><li>twelve</li><li>thirteen</li></ol>', "twelve\nthirteen"),
    ("words\n- a point", "<p>words</p><ul><li>a point</li></ul>", "words\na point"),
    ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>", "a\nb"),
    ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>", "a\nb"),
    ("1. a\n   1. b", "<ol><li>a<ol><li>b</li></ol></li></ol>", "a\nb"),
    ("1. a\n\n   more\n2. b", "<ol><li>a<p>more</p></li><li>b</li></ol>", "a\nmore\nb"),
    ("> said\n> so", "<blockquote><p>said so</p></blockquote>", "said so"),
    ("one  \ntwo\\\nthree", "<p>one<br/>two<br/>three</p>", "one\ntwo\nthree"),
    ("`a * b` \\* c", "<p><code>a * b</code> * c</p>", "a * b * c"),
    (
        "| a | b |\n|---|--:|\n| **1** | 2 |",
        '<table><thead><tr><th align="left">a</th><th align="right">b</th></tr></thead>'
        '<tbody><tr><td align="left"><strong>1</strong></td><td align="right">2</td></tr></tbody></table>',
        "a\nb\n1\n2",
    ),
    ("", "", ""),
    ("one\n\n\ntwo", "<p>one</p><p>two</p>", "one\ntwo"),
]


@pytest.mark.parametrize(("text", "html", "plain"), READ)
def test_reads_what_the_format_has(text: str, html: str, plain: str) -> None:
    blocks = read_text(text)
    assert (blocks_html(blocks), blocks_plain(blocks)) == (html, plain)


def test_finds_footnotes_and_references_at_their_place() -> None:
    blocks = read_text("Rising[^n1], as [the figures](#risk.reports) say[^report-2011].")
    marks = [one for one in inlines(blocks) if isinstance(one, FootnoteMark | CrossReference)]
    assert marks == [
        FootnoteMark(target="n1"),
        CrossReference(text="the figures", target="risk.reports"),
        FootnoteMark(target="report-2011"),
    ]
    assert blocks_plain(blocks) == "Rising, as the figures say."


def test_writes_marks_and_references_as_it_is_told() -> None:
    blocks = read_text("So[^n1], [there](#risk).")
    html = blocks_html(
        blocks, lambda mark: format_html("<sup>{}</sup>", mark.target), lambda one: format_html("<u>{}</u>", one.text)
    )
    assert html == "<p>So<sup>n1</sup>, <u>there</u>.</p>"


INERT = [
    "<script>alert(1)</script> *x*",
    '<img src="file:///etc/passwd"> *x*',
    "![](//server/share) *x*",
    "[text](javascript:alert) *x*",
    "<http://example.org> *x*",
    "# no heading *x*",
    "    no code *x*",
    "```\nno fence *x*\n```",
    "~~x~~ H~2~O &mdash; *x*",
    "[^No id] [words](#No-Id) *x*",
]


@pytest.mark.parametrize("text", INERT)
def test_shows_what_is_not_in_the_format_as_the_characters_it_is(text: str) -> None:
    marked = blocks_html(read_text(text))
    for forbidden in ("<script", "<img", "<a", "<h1", "<pre", "<del", "<sub", "href"):
        assert forbidden not in marked
    signs = [sign for sign in "<>!#[]()~&;^" if sign in text]
    assert all(sign in blocks_plain(read_text(text)) for sign in signs)


def test_keeps_the_ends_of_lines_in_a_note() -> None:
    assert blocks_html(read_text("one\ntwo\n- a\n- b", keep_breaks=True)) == (
        "<p>one<br/>two</p><ul><li>a</li><li>b</li></ul>"
    )


def test_shows_hidden_characters() -> None:
    assert blocks_plain(read_text("a\u202eb *c*")) == "a[U+202E]b c"


HEAVY = [
    *("[" * 16000, "*" * 16000, "*a " * 5000, "> " * 8000, "- " * 8000, "`" * 16000, "\\" * 16000, "_a" * 8000),
    *("[a](#b" * 2500, "[^" * 8000, "\n".join(" " * depth + "- x" for depth in range(170)), "1. " * 5000),
]


@pytest.mark.parametrize("text", HEAVY)
def test_loses_no_words_of_what_is_no_prose(text: str) -> None:
    words = {word for word in text.split() if word.isalnum()}
    assert words <= set(blocks_plain(read_text(text)).split())


@pytest.mark.parametrize("sign", ["- ", "> "])
def test_nests_no_deeper_than_the_format_has(sign: str) -> None:
    tag = {"- ": "<ul>", "> ": "<blockquote>"}[sign]
    for depth in (MAX_DEPTH, 40):
        assert blocks_html(read_text(sign * depth + "x")).count(tag) <= MAX_DEPTH
        assert blocks_plain(read_text(sign * depth + "x")).endswith("x")


TYPED = st.text(st.sampled_from(list("ab 12.)*_`\\-+>#|[]()&<~!^:\n\n  é")), max_size=80)


@settings(max_examples=500, deadline=None)
@given(TYPED)
def test_keeps_every_letter_and_writes_only_its_own_tags(text: str) -> None:
    blocks = read_text(text)
    plain = blocks_plain(blocks)
    assert [c for c in plain if c in "é&<~!"] == [c for c in text if c in "é&<~!"]
    assert "\n\n" not in plain
    assert blocks_html(blocks).replace("&lt;", "").count("<") == blocks_html(blocks).replace("&gt;", "").count(">")


@pytest.mark.parametrize(("text", "reason"), [("*a* " * 1001, "2,002 signs"), ("a\n\n" * 1001, "2,003 lines")])
def test_shows_what_would_take_long_to_lay_out_as_typed(text: str, reason: str) -> None:
    assert size_problem(text).startswith(reason)
    assert {type(block) for block in read_text(text)} == {Paragraph}
    assert blocks_plain(read_text(text)).split() == text.split()


def test_reads_as_many_cells_and_stressed_words_as_a_text_may_have() -> None:
    table = "|a|b|\n|-|-|\n" + "|c|d|\n" * 664
    (found,) = read_text(table)
    assert isinstance(found, Table)
    assert len(found.rows) == 664
    assert blocks_plain(read_text("*a* " * 1000)) == "a " * 999 + "a"
    assert not size_problem(r"\|" * 4000)
