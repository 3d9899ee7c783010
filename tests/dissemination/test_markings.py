"""Which marking counts where several things stand together, and what it is called in another edition."""

from __future__ import annotations

import pytest

from tests.sheets.conftest import assessment
from viewer.dissemination.markings import highest_code, map_marking, marking_named
from viewer.model import Marking

OTHER = Marking(code="local", level=0, label="LOCAL ONLY", colour="#5B636B", ink="#FFFFFF")


@pytest.mark.parametrize(
    ("code", "mapped"), [("open", "open"), ("protect", "protect"), ("local", ""), ("", ""), ("unheard", "")]
)
def test_a_marking_is_mapped_by_label_and_level(code: str, mapped: str) -> None:
    assert map_marking(code, (*assessment().markings, OTHER), assessment().markings) == mapped


@pytest.mark.parametrize(
    ("codes", "code"),
    [(("open",), "open"), (("open", "restricted"), "restricted"), (("open", ""), ""), ((), ""), (("odd", "open"), "")],
)
def test_the_heaviest_side_counts_and_an_unknown_one_most(codes: tuple[str, ...], code: str) -> None:
    assert highest_code(codes, assessment().markings) == code


@pytest.mark.parametrize(("word", "code"), [("Protect", "protect"), (" restricted ", "restricted"), ("secret", None)])
def test_a_marking_is_named_by_code_or_label_in_any_case(word: str, code: str | None) -> None:
    found = marking_named(assessment().markings, word)
    assert (found.code if found else None) == code
