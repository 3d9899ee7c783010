"""Text that is shown hides nothing, and no text of others acts as markup; mypy sees where that was forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import viewer
from viewer.text.markdown import plain_text
from viewer.text.safe import NO_HTML, Html, escape, format_html, join_html, visible

PACKAGE = Path(viewer.__file__).parent
MAKE_SAFE = ("text/safe.py", "text/markdown.py", "text/blocks.py")
# By other functions than `format_html`.
MAKE_HTML = (
    *MAKE_SAFE,
    "pages/footnotes.py",
    "pages/item_rows.py",
    "pages/parts.py",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u200bb", "a[U+200B]b"),
        ("\ue000", "[U+E000]"),
        ("a\x00b", "a[U+0000]b"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 3),
        ("Llanfair ŵ ŷ – “quoted”", "Llanfair ŵ ŷ – “quoted”"),
    ],
)
def test_shows_characters_that_hide_or_reorder_or_pile_up(text: str, expected: str) -> None:
    assert visible(text) == expected
    assert plain_text(text) == expected


def test_a_part_is_escaped_and_markup_goes_in_as_it_is() -> None:
    row = format_html("<td>{}</td>{tail}", 'a < b\u202e & "c"', tail=format_html("<td>{}</td>", 3))
    assert row == "<td>a &lt; b[U+202E] &amp; &quot;c&quot;</td><td>3</td>"
    assert format_html("<p>{}</p>", NO_HTML) == format_html("<p>{}</p>", "") == "<p></p>"
    assert join_html([escape("<"), escape(">")], Html(" · ")) == "&lt; · &gt;"


def test_a_part_cannot_hold_a_place_for_another() -> None:
    assert format_html("{}{}", "{1}", "{0.__class__}") == "{1}{0.__class__}"


@given(st.text())
def test_what_is_escaped_reads_as_the_visible_text_and_holds_no_markup(text: str) -> None:
    escaped = escape(text)
    assert not set(escaped) & set("<>\"'")
    assert unescape(escaped) == visible(text)
    assert visible(visible(text)) == visible(text)


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of a plain name in the program: its file, the name and the call."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield path.relative_to(PACKAGE).as_posix(), node.func.id, node


def _is_literal(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)


def test_every_template_is_a_literal() -> None:
    found = [(file, call) for file, name, call in _calls() if name == "format_html"]
    assert len(found) > 50
    assert [f"{file}:{call.lineno}" for file, call in found if not _is_literal(call)] == []


def test_text_is_called_safe_only_where_it_was_made_so() -> None:
    vouched = [f"{file}:{call.lineno}" for file, name, call in _calls()
               if (name == "Html" and not _is_literal(call) and file not in MAKE_HTML)
               or (name == "VisibleText" and file not in MAKE_SAFE)]  # fmt: skip
    assert vouched == []


def test_nothing_is_escaped_without_being_made_visible() -> None:
    importing = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.module == "html" and any(a.name == "escape" for a in node.names)
    ]
    assert importing == []
