"""A sheet of changes tells both sides of what its audience may see in both editions, and nothing of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest

from tests.sheets.conftest import CANARY, IMPRINT, SECOND, TODAY, assessment
from tests.sheets.test_pdf import attachment, pages, text
from viewer.bundle.bundle import Bundle
from viewer.changes.compare import compare_editions
from viewer.dissemination.register import Register
from viewer.editions.earlier import ComparedEditions, EarlierEditions
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import Shelf
from viewer.errors import NoEarlierEdition
from viewer.model import Assessment, Edition, Finding, Marking, Observation
from viewer.sheets import check, sheet_metadata
from viewer.sheets.compose import one_for_each_theme, variants
from viewer.sheets.compose_changes import compose_changes
from viewer.sheets.formats import SheetFormat, export_sheet, render_sheet
from viewer.sheets.recipe import Form, Recipe, RecipeError, SheetPart, item_entry, theme_entry, with_form
from viewer.sheets.recipe_text import from_toml
from viewer.sheets.sheet import Sheet
from viewer.signing.trust import Trust

Open = Callable[[Assessment], Bundle]
RECIPE = with_form(Recipe(audience="open"), Form.CHANGES)
OTHER = Marking(code="local", level=0, label="LOCAL ONLY", colour="#5B636B", ink="#FFFFFF")


def _edition(serial: int) -> Edition:
    return replace(assessment().edition, serial=serial, label=str(2011 + serial), issued=f"201{serial}-06")


def _finding(id_: str, position: int, words: str, marking: str) -> Finding:
    theme = id_.partition(".")[0]
    return Finding(id=id_, theme=theme, position=position, text=words, marking=marking, page="1")


# What is withdrawn, re-marked either way, or moved, with the canary on the side that is above the ceiling.
BEFORE = replace(
    assessment(),
    edition=_edition(1),
    findings=(
        _finding("one.f1", 1, "An open finding on old words.", "open"),
        _finding("one.f2", 2, f"Withdrawn {CANARY}.", "restricted"),
        _finding("one.f3", 3, f"Lowered since, with {CANARY} then.", "restricted"),
        _finding("one.f4", 4, "Raised since, quite another text then.", "open"),
        _finding("one.f5", 5, "Withdrawn in the open.", "open"),
        _finding(f"{SECOND}.f1", 1, "Something open that went to the other theme.", "open"),
    ),
)
AFTER = replace(
    assessment(),
    edition=_edition(2),
    findings=(
        _finding("one.f1", 1, "An open finding on new words.", "open"),
        _finding("one.f3", 2, "Lowered since, with nothing now.", "open"),
        _finding("one.f4", 3, f"Raised since, with {CANARY} now.", "restricted"),
        _finding("one.f6", 4, f"New {CANARY}.", "restricted"),
        _finding("one.f7", 5, "Something open that went to the other theme.", "open"),
    ),
    statistics=tuple(
        replace(
            s, base="700 reports", observations=(Observation(position=1, label="share", value=Decimal("40"), words=""),)
        )
        for s in assessment().statistics
    ),
)


@pytest.fixture
def compared(opened_edition: Open) -> tuple[Bundle, ComparedEditions]:
    """The later edition, and the earlier one compared with it."""
    return _compared(opened_edition, BEFORE, AFTER)


def _compared(opened_edition: Open, before: Assessment, after: Assessment) -> tuple[Bundle, ComparedEditions]:
    old, new = opened_edition(before), opened_edition(after)
    return new, ComparedEditions(earlier=old, changes=compare_editions(old, new))


def made(both: tuple[Bundle, ComparedEditions], recipe: Recipe = RECIPE) -> Sheet:
    return compose_changes(recipe, *both, today=TODAY)


def ids_on(sheet: Sheet) -> list[str]:
    assert sheet.changes is not None
    return [one.change.id for chapter in sheet.changes.chapters for one in chapter.changes]


@pytest.mark.parametrize("kind", SheetFormat)
def test_a_word_above_the_ceiling_on_either_side_is_nowhere_in_the_file(
    compared: tuple[Bundle, ComparedEditions], kind: SheetFormat
) -> None:
    low, high = (made(compared, replace(RECIPE, audience=code)) for code in ("open", "restricted"))
    data = render_sheet((low,), kind, IMPRINT).data
    assert CANARY.encode() not in data
    assert CANARY not in repr(low)
    if kind is SheetFormat.PDF:
        assert CANARY not in text(data)
        assert CANARY.encode() not in attachment(data)
        assert CANARY in text(render_sheet((high,), kind, IMPRINT).data)
        with pypdfium2.PdfDocument(data) as document:
            assert CANARY not in repr(document.get_metadata_dict())
            assert CANARY not in repr([bookmark.get_title() for bookmark in document.get_toc()])
    else:
        assert CANARY.encode() in render_sheet((high,), kind, IMPRINT).data


def test_the_register_and_the_file_name_hold_nothing_withheld(
    compared: tuple[Bundle, ComparedEditions], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    issued = export_sheet((made(compared),), tmp_path / "a.pdf", home)
    with Register.open(home) as register:
        row = register.rows()[0]
    assert row.issue.form == "changes"
    assert row.issue.items == ("one.f1", "one.s1", "one.f5")
    assert CANARY.encode() not in (home / "register.db").read_bytes()
    assert issued.sheet.marking.code == "open"


def test_withholds_what_was_withdrawn_raised_or_lowered_and_says_how_many(
    compared: tuple[Bundle, ComparedEditions],
) -> None:
    sheet = made(compared)
    assert ids_on(sheet) == ["one.f1", "one.f5", "one.s1"]
    assert dict(sheet.withheld) == {"marked RESTRICTED": 5, "in a theme marked RESTRICTED": 1}
    assert sheet.summary.startswith("1 finding withdrawn, 1 reworded;")


def test_what_came_from_a_theme_above_the_ceiling_goes_with_it(compared: tuple[Bundle, ComparedEditions]) -> None:
    assert "went to the other theme" not in repr(made(compared))
    sheet = made(compared, replace(RECIPE, audience="restricted"))
    assert sheet.changes is not None
    moved = next(one for one in sheet.changes.chapters[0].changes if one.change.id == "one.f7")
    assert f"moved from Second {CANARY}" in moved.how
    assert moved.how.endswith("was 2, finding 1")


def test_a_source_is_as_its_lowest_citing_item_and_that_items_theme(opened_edition: Open) -> None:
    cited = _finding(f"{SECOND}.f1", 1, "Something open in a theme that is not.", "open")
    before = replace(BEFORE, findings=(replace(cited, sources=("secret-source",)), BEFORE.findings[0]))
    after = replace(
        AFTER,
        findings=(replace(cited, sources=("secret-source",)), AFTER.findings[0]),
        sources=(AFTER.sources[0], replace(AFTER.sources[1], year="2012")),
    )
    assert "secret-source" not in ids_on(made(_compared(opened_edition, before, after)))
    high = made(_compared(opened_edition, before, after), replace(RECIPE, audience="restricted"))
    assert "secret-source" in ids_on(high)


def test_a_marking_that_the_newer_scheme_does_not_know_is_withheld_from_everybody(opened_edition: Open) -> None:
    scheme = (OTHER, *AFTER.markings[1:])
    before = replace(
        BEFORE,
        markings=scheme,
        themes=tuple(replace(theme, marking="protect") for theme in BEFORE.themes),
        findings=(_finding("one.f1", 1, "Once a merlinword, local only.", "local"),),
        statistics=(),
        passages=(),
    )
    after = replace(AFTER, findings=(_finding("one.f1", 1, "Once, now for all.", "open"),), statistics=(), passages=())
    sheet = made(_compared(opened_edition, before, after), replace(RECIPE, audience="restricted"))
    assert "one.f1" not in ids_on(sheet)
    assert "merlinword" not in repr(sheet)
    assert dict(sheet.withheld)["marking not known"] == 1


@pytest.mark.parametrize("audience", ["npm", "protect", "restricted"])
def test_every_page_bears_the_highest_marking_of_what_it_tells(exercise: tuple[Bundle, Bundle], audience: str) -> None:
    old, new = exercise
    sheet = made(
        (new, ComparedEditions(earlier=old, changes=compare_editions(old, new))),
        replace(RECIPE, audience=audience, copies=2),
    )
    assert sheet.marking.code == audience
    rendered = render_sheet((sheet,), SheetFormat.PDF, IMPRINT)
    found = pages(rendered.data)
    assert len(found) == 2 * rendered.pages
    for page in found:
        assert [line.strip() for line in page.splitlines()].count(sheet.marking.label) == 2


def test_names_both_editions_and_both_sides_of_a_figure(exercise: tuple[Bundle, Bundle]) -> None:
    old, new = exercise
    sheet = made(
        (new, ComparedEditions(earlier=old, changes=compare_editions(old, new))), replace(RECIPE, audience="restricted")
    )
    words = text(render_sheet((sheet,), SheetFormat.PDF, IMPRINT).data).replace("\u00a0", " ")
    for bundle in exercise:
        edition = bundle.edition
        assert f"{edition.name}, serial {edition.serial}, issued" in words
        assert " ".join(bundle.seal.fingerprint[at : at + 4] for at in range(0, 16, 4)) in words
    assert "almost half (2025) about half (2026) No clear direction" in words
    assert "cannot be compared: the population was" in words
    assert "Users of lockers · base: 400 users · 2025 · Fenmark · source 1*" in words
    assert "Withdrawn." in words


def test_tells_only_of_what_was_put_on_it(exercise: tuple[Bundle, Bundle]) -> None:
    old, new = exercise
    both = new, ComparedEditions(earlier=old, changes=compare_editions(old, new))
    recipe = replace(RECIPE, audience="restricted", entries=(theme_entry("depot-losses"), item_entry("nowhere.f1")))
    sheet = made(both, recipe)
    assert sheet.changes is not None
    assert [chapter.title for chapter in sheet.changes.chapters] == ["Losses at depots"]
    assert sheet.missing == ("nowhere.f1",)
    assert {one.change.subject for one in sheet.changes.chapters[0].changes} > {"theme", "finding"}
    findings = made(both, replace(RECIPE, audience="restricted", parts=(SheetPart.FINDINGS,))).changes
    assert findings is not None
    assert {one.change.subject for chapter in findings.chapters for one in chapter.changes} == {"finding", "theme"}


def test_checks_as_current_until_a_side_changes(compared: tuple[Bundle, ComparedEditions], tmp_path: Path) -> None:
    new, both = compared
    export_sheet((made(compared),), tmp_path / "a.pdf", tmp_path / "home")
    verdict = check.check(tmp_path / "a.pdf", new, tmp_path / "home")
    assert verdict.state is check.SheetState.CURRENT
    assert any("changed since made-up/1" in sentence for sentence in verdict.sentences)
    assert verdict.metadata.since_fingerprint == both.earlier.seal.fingerprint
    former = check.check(tmp_path / "a.pdf", both.earlier, tmp_path / "home")
    assert former.state is check.SheetState.STALE
    assert "one.f5" in {change.id for change in former.stale_items}  # told to be withdrawn, and there


def test_the_recipe_within_gives_the_same_changes_again(compared: tuple[Bundle, ComparedEditions]) -> None:
    for entries in ((), (theme_entry("one"),)):
        sheet = made(compared, replace(RECIPE, entries=entries))
        recipe = from_toml(
            sheet_metadata.read_metadata(render_sheet((sheet,), SheetFormat.PDF, IMPRINT).data).recipe.encode()
        )
        assert recipe.since == "made-up/1"
        assert set(ids_on(made(compared, recipe))) == set(ids_on(sheet))


def test_the_same_sheet_gives_the_same_bytes(compared: tuple[Bundle, ComparedEditions]) -> None:
    first, second = (render_sheet((made(compared),), SheetFormat.PDF, IMPRINT) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("recipe", "reason"),
    [
        (replace(RECIPE, parts=(SheetPart.NOTES,)), "holds no notes"),
        (replace(RECIPE, entries=(item_entry("one.f2"),)), "is marked above NOT PROTECTIVELY MARKED"),
        (replace(RECIPE, entries=(item_entry("one.p1"),)), "Nothing of what was chosen has changed"),
        (replace(RECIPE, audience="public"), "no marking “public”"),
    ],
)
def test_refuses_what_would_hold_nothing(
    compared: tuple[Bundle, ComparedEditions], recipe: Recipe, reason: str
) -> None:
    with pytest.raises(Exception, match=reason):
        made(compared, recipe)


def test_is_not_cut_into_one_file_for_each_theme(compared: tuple[Bundle, ComparedEditions]) -> None:
    with pytest.raises(RecipeError, match="is one file"):
        one_for_each_theme(RECIPE, compared[0])


# Finding the earlier edition


def test_tells_since_the_earlier_edition_that_is_at_hand(
    exercise: tuple[Bundle, Bundle], exercise_files: tuple[Path, Path], trust: Trust, tmp_path: Path
) -> None:
    session = ReaderSession(home=tmp_path / "home", trust=trust)
    earlier = EarlierEditions(exercise[1], session)
    with pytest.raises(NoEarlierEdition, match="No earlier edition is chosen"):
        variants(RECIPE, exercise[1], today=TODAY, earlier=earlier)
    Shelf(session).add(exercise_files[0])
    sheet = variants(replace(RECIPE, audience="npm"), exercise[1], today=TODAY, earlier=earlier)[0]
    assert sheet.title == "What changed since EXERCISE 1 (invented)"
