"""Names of files are safe whatever a title says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.conftest import CANARY, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.dissemination.file_names import safe_name
from viewer.sheets.compose import one_for_each_theme
from viewer.sheets.recipe import Form


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


def test_no_file_is_named_after_a_theme_above_the_ceiling(edition: Bundle) -> None:
    recipes = (recipe_for(Form.BRIEFING, audience=code) for code in ("open", "restricted"))
    low, high = (one_for_each_theme(recipe, edition) for recipe in recipes)
    assert (len(low), len(high)) == (1, 2)
    assert CANARY not in repr(low)
