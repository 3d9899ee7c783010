"""The lines of TOML tables and keys, through strings and comments that look like them."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.publish.toml_lines import Path, toml_lines

TEXT = '''\
# [[no.table]] and no = "key"
title = "a # b = [ {" # a comment
many = """
[[not]]
key = 1 \\"""
""""
also = \'\'\'
[not]\'\'\'

[[row]]
id = 1
list = [
  { a = 1 },
  # { a = 2 },
  { a = "}" }, { a = [1, 2] },
  { a = 3 },
]
[[row.part]]
id = 3
[[row.part]]
  "id" = 4
[[row]]
id = 2
[[row.part]]
id = 5
[other.'table']
a.b = 1
'''

EXPECTED: dict[Path, int] = {
    ("title",): 2,
    ("many",): 3,
    ("also",): 7,
    ("row", 0): 10,
    ("row", 0, "id"): 11,
    ("row", 0, "list"): 12,
    ("row", 0, "list", 0): 13,
    ("row", 0, "list", 1): 15,
    ("row", 0, "list", 2): 15,
    ("row", 0, "list", 3): 16,
    ("row", 0, "part", 0): 18,
    ("row", 0, "part", 0, "id"): 19,
    ("row", 0, "part", 1): 20,
    ("row", 0, "part", 1, "id"): 21,
    ("row", 1): 22,
    ("row", 1, "id"): 23,
    ("row", 1, "part", 0): 24,
    ("row", 1, "part", 0, "id"): 25,
    ("other", "table"): 26,
    ("other", "table", "a", "b"): 27,
}


def value_at(values: Any, path: Path) -> Any:
    """What the parsed TOML holds at a path."""
    for step in path:
        values = values[step]
    return values


def test_finds_the_line_of_every_table_and_key() -> None:
    assert toml_lines(TEXT) == EXPECTED


def test_finds_nothing_that_the_parser_does_not() -> None:
    values = tomllib.loads(TEXT)
    for path in EXPECTED:
        value_at(values, path)


WORDS = st.text(alphabet="ab=[]{}#\" \n'\\", max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_is_not_led_astray_by_any_text(rows: list[tuple[str, str]]) -> None:
    text = ""
    expected = []
    for one, more in rows:
        expected.append(text.count("\n") + 1)
        block = more.replace("\\", "\\\\").replace('"', '\\"')
        quoted = one.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        text += f'[[row]]\none = "{quoted}" # {quoted}\nmore = """{block}"""\nlist = [{{ a = "{quoted}" }}]\n'
    assert len(tomllib.loads(text)["row"]) == len(rows)
    lines = toml_lines(text)
    assert [lines["row", index] for index in range(len(rows))] == expected
    assert [lines["row", index, "more"] for index in range(len(rows))] == [line + 2 for line in expected]


@pytest.mark.parametrize("text", ["", "\n\n", "# a", "a = 1"])
def test_stands_short_texts(text: str) -> None:
    assert toml_lines(text) == ({("a",): 1} if text == "a = 1" else {})
