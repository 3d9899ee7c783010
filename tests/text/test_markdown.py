"""Markdown of the assessment becomes safe HTML and faithful plain text."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.text.markdown import markdown_html, plain_text

RENDERED = [
    ("a & b < c", "<p>a &amp; b &lt; c</p>"),
    ("Two *stressed* **words**", "<p>Two <em>stressed</em> <strong>words</strong></p>"),
    ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
    ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
    ("", ""),
    ("1986. A year", "<p>1986. A year</p>"),
    ("*a* &nbsp; `x & y`", "<p><em>a</em> &amp;nbsp; <code>x &amp; y</code></p>"),
]


@pytest.mark.parametrize(("text", "expected"), RENDERED)
def test_renders_paragraphs_lists_and_emphasis(text: str, expected: str) -> None:
    assert markdown_html(text) == expected


INERT = [
    "<script>alert(1)</script> *x*",
    '<img src="file:///etc/passwd"> *x*',
    "![](//server/share) *x*",
    "[text](javascript:alert) *x*",
    "<style>p{display:none}</style> *x*",
    "[ref]: http://example.org\n\n*x* [ref]",
    "<http://example.org> *x*",
    "<b onclick=x>bold</b> *x*",
    "&lt;script&gt; *x*",
]


@pytest.mark.parametrize("text", INERT)
def test_shows_html_images_and_links_as_the_characters_they_are(text: str) -> None:
    marked = markdown_html(text)
    for forbidden in ("<script", "<img", "<a", "<style", "<b", "href", "src=&quot", "onclick=&quot"):
        assert forbidden not in marked.replace("<blockquote", "")
    assert plain_text(text) == " ".join(text.replace("*x*", "x").replace("\n\n", "\n").split(" ")).strip()


SLOW = [
    "[" * 16000,
    "*" * 16000,
    "*a " * 5000,
    "> " * 8000,
    "- " * 8000,
    "`" * 16000,
    "\\" * 16000,
    "_a" * 8000,
    "\n".join(" " * depth + "- x" for depth in range(0, 170, 2)),
    "x" * 16000,
    "- x\n" * 4000,
    "#\n" * 5000,
]


MOST_CALLS = 120_000  # of functions, for a text of the greatest length; a quadratic one would take millions


def _calls_of(text: str) -> int:
    """How many functions are called while a text is made HTML: work that no busy machine makes more of."""
    markdown_html("*loaded*")
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        assert markdown_html(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("text", SLOW, ids=lambda text: repr(text[:8]))
def test_shows_what_no_author_writes_with_little_work(text: str) -> None:
    assert _calls_of(text) < MOST_CALLS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One *two*\nthree\n\nfour", "One two three\nfour"),
        ("- one\n- two", "one\ntwo"),
        ("a  b", "a b"),
        ("    indented", "indented"),
    ],
)
def test_plain_text_has_a_line_for_each_paragraph_or_point(text: str, expected: str) -> None:
    assert plain_text(text) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab *_`#>-+1.\n[]()<>&\\!:/\u202e\u0301"), max_size=120))
def test_never_lets_an_attribute_or_a_foreign_tag_through(text: str) -> None:
    marked = markdown_html(text)
    for piece in marked.split("<")[1:]:
        name = piece.split(">")[0].strip("/ ")
        assert name in {"p", "ul", "ol", "li", "em", "strong", "code", "br", "blockquote", "pre",
                        "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
