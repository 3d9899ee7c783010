"""Names of files are safe whatever a title says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.dissemination.file_names import safe_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("../../x", "x.pdf"), ("CON", "sheet CON.pdf"), ("nul.txt", "sheet nul.txt.pdf"), ("", "sheet.pdf"),
        ("a/b\\c:d", "a-b-c-d.pdf"), (".hidden", "hidden.pdf"), ("x" * 300, "x" * 100 + ".pdf"),
        ("a\u202eb\u200bc", "a b c.pdf"), ("Ŵyl", "Ŵyl.pdf"), ("…", "….pdf"), ("a\nb", "a b.pdf"),
    ],
)  # fmt: skip
def test_makes_a_safe_name(words: str, name: str) -> None:
    assert safe_name(words, ".pdf") == name


@given(st.text())
def test_never_leaves_its_folder(words: str) -> None:
    name = safe_name(words, ".pdf")
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not name.startswith(".")
    assert 4 < len(name) <= 110
