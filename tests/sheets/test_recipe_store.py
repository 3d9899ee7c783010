"""Recipes are kept, and a later edition says what changed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sheets.conftest import SECOND, assessment
from viewer.bundle.bundle import Bundle
from viewer.errors import ViewerError
from viewer.model import Assessment
from viewer.sheets.recipe import Recipe, item_entry, theme_entry
from viewer.sheets.recipe_store import RecipeStore, check_fit, with_hashes

RECIPE = Recipe(audience="open", entries=(theme_entry(SECOND), item_entry("one.f1"), item_entry("one.p1")))


def test_keeps_renames_duplicates_and_removes(tmp_path: Path) -> None:
    shelf = RecipeStore(tmp_path)
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
    shelf = RecipeStore(tmp_path)
    shelf.save(RECIPE, "a")
    shelf.save(replace(RECIPE, copies=2), "b")
    with pytest.raises(ViewerError, match="There is a recipe “b” already"):
        shelf.rename("a", "b")
    assert shelf.load("b").copies == 2


def test_gives_a_recipe_other_capitals_and_keeps_it(tmp_path: Path) -> None:
    shelf = RecipeStore(tmp_path)
    shelf.save(RECIPE, "monday")
    assert shelf.rename("monday", "Monday") == "Monday"
    assert shelf.names() == ["Monday"]
    assert shelf.load("Monday").entries == RECIPE.entries


def test_takes_names_that_differ_in_capitals_alone_for_one(tmp_path: Path) -> None:
    shelf = RecipeStore(tmp_path)
    shelf.save(RECIPE, "Monday")
    assert shelf.save(replace(RECIPE, copies=2), "MONDAY") == "Monday"
    assert shelf.names() == ["Monday"]
    shelf.save(RECIPE, "Tuesday")
    with pytest.raises(ViewerError, match="There is a recipe “MONDAY” already"):
        shelf.rename("Tuesday", "MONDAY")


def test_duplicates_a_recipe_of_the_longest_name(tmp_path: Path) -> None:
    shelf = RecipeStore(tmp_path)
    name = shelf.save(RECIPE, "x" * 300)
    copies = {shelf.duplicate(name) for _ in range(3)}
    assert len(copies) == 3
    assert set(shelf.names()) == {name, *copies}


def test_says_what_a_later_edition_changed(edition: Bundle, opened_edition: Callable[[Assessment], Bundle]) -> None:
    kept = with_hashes(RECIPE, edition)
    assert check_fit(kept, edition).sentences == ()
    now = assessment()
    findings = (*now.findings[:3], replace(now.findings[3], text="Something else."))
    later = opened_edition(
        replace(now, edition=replace(now.edition, serial=2), findings=findings, passages=now.passages[1:])
    )
    report = check_fit(kept, later)
    assert (report.changed, report.missing) == ((SECOND,), ("one.p1",))
    assert report.sentences == (
        f"Changed since serial 1: 1 entry ({SECOND}).",
        "No longer in this edition: 1 entry (one.p1).",
    )
