"""Recipes are kept, and a later edition says what changed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sheets.conftest import assessment
from viewer.bundle.bundle import Bundle
from viewer.errors import ViewerError
from viewer.model import Assessment
from viewer.sheets.recipe import Recipe, item_entry, theme_entry
from viewer.sheets.shelf import Shelf, fit, with_hashes

RECIPE = Recipe(audience="open", entries=(theme_entry("two"), item_entry("one.f1"), item_entry("one.p1")))


def test_keeps_renames_duplicates_and_removes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.names() == []
    assert shelf.save(RECIPE, "../Monday: unit 4") == "Monday- unit 4"
    assert shelf.rename("Monday- unit 4", "Tuesday") == "Tuesday"
    assert shelf.duplicate("Tuesday") == "Tuesday copy"
    assert shelf.duplicate("Tuesday") == "Tuesday copy 2"
    shelf.remove("Tuesday copy")
    assert shelf.names() == ["Tuesday copy 2", "Tuesday"] or shelf.names() == ["Tuesday", "Tuesday copy 2"]
    assert shelf.load("Tuesday") == replace(RECIPE, name="Tuesday")
    assert all(path.is_relative_to(tmp_path / "recipes") for path in tmp_path.rglob("*.toml"))


def test_renames_nothing_over_another(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.save(RECIPE, "a")
    shelf.save(replace(RECIPE, copies=2), "b")
    with pytest.raises(ViewerError, match="There is a recipe “b” already"):
        shelf.rename("a", "b")
    assert shelf.load("b").copies == 2


def test_says_what_a_later_edition_changed(edition: Bundle, opened_edition: Callable[[Assessment], Bundle]) -> None:
    kept = with_hashes(RECIPE, edition)
    assert fit(kept, edition).sentences == ()
    now = assessment()
    findings = (*now.findings[:3], replace(now.findings[3], text="Something else."))
    later = opened_edition(
        replace(now, edition=replace(now.edition, serial=2), findings=findings, passages=now.passages[1:])
    )
    report = fit(kept, later)
    assert (report.changed, report.gone) == (("two",), ("one.p1",))
    assert report.sentences == (
        "Changed since serial 1: 1 entry (two).",
        "No longer in this edition: 1 entry (one.p1).",
    )
