"""A sheet is recognised, an altered one refused, and a stale one told from a current one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.conftest import IMPRINT, TODAY, assessment, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment
from viewer.sheets import facts, pdf
from viewer.sheets.check import State, check, check_bytes
from viewer.sheets.compose import variants
from viewer.sheets.facts import NotASheet
from viewer.sheets.issuing import export
from viewer.sheets.recipe import Form
from viewer.sheets.recipe_text import from_toml


@pytest.fixture(scope="module")
def data(edition: Bundle) -> bytes:
    """An issued sheet of the made-up edition."""
    return pdf.write(variants(recipe_for(Form.BRIEFING), edition, today=TODAY), IMPRINT).data


def later(opened: Callable[[Assessment], Bundle], **changes: object) -> Bundle:
    """The next edition, in which something was changed."""
    written = assessment()
    written = replace(written, edition=replace(written.edition, serial=2, label="2013"), **changes)  # type: ignore[arg-type]
    return opened(written)


def test_a_sheet_is_current_beside_its_own_edition_and_stands_in_the_register(edition: Bundle, tmp_path: Path) -> None:
    path, home = tmp_path / "a.pdf", tmp_path / "home"
    export(variants(recipe_for(Form.BRIEFING), edition, today=TODAY), path, home)
    verdict = check(path, edition, home)
    assert (verdict.state, verdict.row, verdict.same_edition, verdict.changes) == (State.CURRENT, 1, True, ())


def test_is_current_beside_a_later_edition_that_says_the_same(
    data: bytes, opened_edition: Callable[[Assessment], Bundle], tmp_path: Path
) -> None:
    verdict = check_bytes(data, later(opened_edition), tmp_path)
    assert (verdict.state, verdict.same_edition, verdict.row) == (State.CURRENT, False, 0)


def test_names_what_changed_and_what_vanished(
    data: bytes, opened_edition: Callable[[Assessment], Bundle], tmp_path: Path
) -> None:
    now = assessment()
    statistic = replace(now.statistics[0], observations=(replace(now.statistics[0].observations[0], value=40.0),))
    edition = later(
        opened_edition,
        statistics=(statistic, *now.statistics[1:]),
        passages=now.passages[1:],
    )
    verdict = check_bytes(data, edition, tmp_path)
    assert verdict.state is State.STALE
    assert [(change.id, change.vanished) for change in verdict.changes] == [("one.s1", False), ("one.p1", True)]


def test_does_not_compare_with_another_series(data: bytes, sample: Bundle, tmp_path: Path) -> None:
    assert check_bytes(data, sample, tmp_path).state is State.OTHER


@given(st.data())
def test_notices_any_changed_byte(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data) - 1))
    bit = 1 << draw.draw(st.integers(0, 7))
    with pytest.raises(NotASheet):
        facts.read(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])


@pytest.mark.parametrize(
    "other",
    [b"", b"%PDF-1.4 something else", b'{"briefing-sheet":1,"digest":"' + b"0" * 64 + b'",', b"\0" * 1000],
)
def test_refuses_what_is_no_sheet(other: bytes) -> None:
    with pytest.raises(NotASheet):
        facts.read(other)


def test_refuses_two_sheets_in_one_file_and_a_cut_one(data: bytes) -> None:
    for other in (data + data, data[:-1], data + b"\n", data[: len(data) // 2]):
        with pytest.raises(NotASheet):
            facts.read(other)


def test_refuses_a_sheet_of_a_newer_version(data: bytes) -> None:
    with pytest.raises(NotASheet, match="newer version"):
        facts.read(data.replace(b'{"briefing-sheet":1,', b'{"briefing-sheet":2,'))


def test_the_recipe_inside_gives_the_same_items_again(data: bytes, edition: Bundle) -> None:
    inside = from_toml(facts.read(data).recipe.encode())
    again = variants(inside, edition, today=TODAY)[0]
    assert again.held == facts.read(data).held
