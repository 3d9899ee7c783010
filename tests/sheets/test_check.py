"""A sheet is recognised, an altered one refused, and a stale one told from a current one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.conftest import IMPRINT, TODAY, assessment, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment
from viewer.sheets import pdf, sheet_metadata
from viewer.sheets.check import SheetState, check, check_bytes
from viewer.sheets.compose import variants
from viewer.sheets.formats import export_sheet
from viewer.sheets.recipe import Form
from viewer.sheets.recipe_text import from_toml
from viewer.sheets.sheet_metadata import NotASheet


@pytest.fixture(scope="module")
def data(edition: Bundle) -> bytes:
    """An issued sheet of the made-up edition."""
    return pdf.render(variants(recipe_for(Form.BRIEFING), edition, today=TODAY), IMPRINT).data


def later(opened: Callable[[Assessment], Bundle], **changes: object) -> Bundle:
    """The next edition, in which something was changed."""
    first = assessment()
    second = replace(first, edition=replace(first.edition, serial=2, label="2013"), **changes)  # type: ignore[arg-type]
    return opened(second)


def test_a_sheet_is_current_beside_its_own_edition_and_stands_in_the_register(edition: Bundle, tmp_path: Path) -> None:
    path, home = tmp_path / "a.pdf", tmp_path / "home"
    export_sheet(variants(recipe_for(Form.BRIEFING), edition, today=TODAY), path, home)
    verdict = check(path, edition, home)
    assert (verdict.state, verdict.row, verdict.same_edition, verdict.stale_items) == (SheetState.CURRENT, 1, True, ())
    assert "unaltered since it was issued" in verdict.sentences[0]


def forged(data: bytes, **facts_: object) -> bytes:
    """The sheet with other facts, and digest and check value made to fit: neither needs a key."""
    start = data.index(b'{"briefing-sheet"')
    content, length = json.JSONDecoder().raw_decode(data[start:].decode("latin-1"))
    changed = {name: value for name, value in content.items() if name not in ("briefing-sheet", "digest", "check")}
    changed |= facts_
    whole = {"briefing-sheet": 1, "digest": "0" * 64, **changed, "check": sheet_metadata._check(changed)}
    return sheet_metadata.with_digest(
        data[:start] + json.dumps(whole, separators=(",", ":")).encode() + data[start + length :]
    )


def test_never_says_unaltered_of_what_the_register_does_not_know(data: bytes, edition: Bundle, tmp_path: Path) -> None:
    for other in (data, forged(data, recipient="Somebody else", made="2026-01-31T00:00:00Z")):
        verdict = check_bytes(other, edition, tmp_path)
        assert (verdict.state, verdict.row) == (SheetState.CURRENT, 0)
        sentences = " ".join(verdict.sentences)
        assert "unaltered" not in sentences
        assert "this machine cannot say that it is genuine" in sentences


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("made", 5), ("made", "2026-00-10T00:00:00Z"), ("made", "2026-02-30T00:00:00Z"), ("made", "2026-1-1"),
        ("id", ["a"]), ("id", "<b>"), ("title", []), ("title", "\ud800"), ("title", "x" * 30_000), ("edition", None),
        ("serial", "1"), ("serial", True), ("copies", 1.5), ("held", [["\ud800.f1", "0" * 16]]),
        ("held", [["one", "0" * 16]]), ("held", [[1, 2]]), ("held", 7), ("held", [["one.f1", "x"]]), ("gone", "abc"),
        ("gone", [3]), ("since", {}), ("fingerprint", "ab"), ("unheard", "of"),
    ],
)  # fmt: skip
def test_refuses_crafted_facts_in_words(data: bytes, name: str, value: object) -> None:
    with pytest.raises(NotASheet, match="cannot be read"):
        sheet_metadata.read_metadata(forged(data, **{name: value}))


def test_is_current_beside_a_later_edition_that_says_the_same(
    data: bytes, opened_edition: Callable[[Assessment], Bundle], tmp_path: Path
) -> None:
    verdict = check_bytes(data, later(opened_edition), tmp_path)
    assert (verdict.state, verdict.same_edition, verdict.row) == (SheetState.CURRENT, False, 0)


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
    assert verdict.state is SheetState.STALE
    assert [(change.id, change.vanished) for change in verdict.stale_items] == [("one.s1", False), ("one.p1", True)]


def test_does_not_compare_with_another_series(data: bytes, sample: Bundle, tmp_path: Path) -> None:
    assert check_bytes(data, sample, tmp_path).state is SheetState.OTHER


@given(st.data())
def test_notices_any_changed_byte(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data) - 1))
    bit = 1 << draw.draw(st.integers(0, 7))
    with pytest.raises(NotASheet):
        sheet_metadata.read_metadata(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])


@pytest.mark.parametrize(
    "other",
    [b"", b"%PDF-1.4 something else", b'{"briefing-sheet":1,"digest":"' + b"0" * 64 + b'",', b"\0" * 1000],
)
def test_refuses_what_is_no_sheet(other: bytes) -> None:
    with pytest.raises(NotASheet):
        sheet_metadata.read_metadata(other)


def test_refuses_two_sheets_in_one_file_and_a_cut_one(data: bytes) -> None:
    for other in (data + data, data[:-1], data + b"\n", data[: len(data) // 2]):
        with pytest.raises(NotASheet):
            sheet_metadata.read_metadata(other)


def test_refuses_a_sheet_of_a_newer_version(data: bytes) -> None:
    with pytest.raises(NotASheet, match="newer version"):
        sheet_metadata.read_metadata(data.replace(b'{"briefing-sheet":1,', b'{"briefing-sheet":2,'))


def test_the_recipe_inside_gives_the_same_items_again(data: bytes, edition: Bundle) -> None:
    inside = from_toml(sheet_metadata.read_metadata(data).recipe.encode())
    again = variants(inside, edition, today=TODAY)[0]
    assert again.held == sheet_metadata.read_metadata(data).held
