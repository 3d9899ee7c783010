"""A sheet being made is kept, across editions and beside other windows, and none is ever lost over another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets.conftest import SECOND, assessment
from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.errors import FileTrouble, ViewerError
from viewer.model import Assessment
from viewer.sheets.recipe import LONGEST_LINE, LONGEST_TEXT, Recipe, item_entry, theme_entry
from viewer.sheets.sheet_drafts import ENDING, FOLDER, SheetDrafts

RECIPE = Recipe(
    audience="open", title="Mine", entries=(theme_entry(SECOND), item_entry("one.f1"), item_entry("one.p1"))
)


def folder(home: Path, edition: Bundle) -> Path:
    """The folder of the sheets being made of the edition's series."""
    return home / FOLDER / edition.edition.series


def opened(home: Path, edition: Bundle) -> SheetDrafts:
    """The sheets as a window finds them that opens the edition."""
    drafts = SheetDrafts(home, edition)
    drafts.open_latest()
    return drafts


def shown(drafts: SheetDrafts) -> Recipe:
    """What is on the open sheet, as it was chosen."""
    recipe = drafts.draft.recipe
    assert recipe is not None
    return replace(recipe, series="", serial=0, entries=tuple(replace(entry, seen="") for entry in recipe.entries))


def test_nothing_is_written_until_something_is_on_the_sheet(tmp_path: Path, edition: Bundle) -> None:
    drafts = opened(tmp_path, edition)
    assert (drafts.draft.name, drafts.draft.recipe) == ("Sheet 1", None)
    assert list(tmp_path.iterdir()) == []


def test_another_run_goes_on_where_this_one_ended(tmp_path: Path, edition: Bundle) -> None:
    assert opened(tmp_path, edition).keep(RECIPE) == ""
    again = opened(tmp_path, edition)
    assert (again.draft.name, shown(again)) == ("Sheet 1", RECIPE)
    file = folder(tmp_path, edition) / f"Sheet 1{ENDING}"
    assert file.stat().st_mode & 0o077 == 0
    assert folder(tmp_path, edition).stat().st_mode & 0o077 == 0


def test_the_sheet_that_was_open_last_is_opened_whichever_changed_last(tmp_path: Path, edition: Bundle) -> None:
    drafts = opened(tmp_path, edition)
    drafts.keep(RECIPE)
    drafts.begin(replace(RECIPE, copies=2), "Monday")
    drafts.switch("Sheet 1")
    assert opened(tmp_path, edition).draft.name == "Sheet 1"
    assert drafts.names() == ["Monday", "Sheet 1"]


def test_sheets_are_begun_renamed_duplicated_and_removed(tmp_path: Path, edition: Bundle) -> None:
    drafts = opened(tmp_path, edition)
    drafts.keep(RECIPE)
    assert drafts.rename("Unit 4: Monday") == "Unit 4- Monday"
    assert drafts.begin(replace(RECIPE, copies=2)) == "Sheet 1"
    assert drafts.duplicate() == "Sheet 1 copy"
    assert drafts.duplicate() == "Sheet 1 copy copy"
    with pytest.raises(ViewerError, match="There is a sheet “UNIT 4- monday” already"):
        drafts.rename("UNIT 4- monday")
    assert drafts.remove().name == "Sheet 1 copy copy"
    assert drafts.names() == ["Sheet 1", "Sheet 1 copy", "Unit 4- Monday"]
    drafts.switch("Unit 4- Monday")
    assert drafts.rename("unit 4- monday") == "unit 4- monday"
    assert shown(drafts) == RECIPE


def test_a_sheet_begun_under_a_name_that_is_taken_has_the_next_number(tmp_path: Path, edition: Bundle) -> None:
    drafts = opened(tmp_path, edition)
    names = [drafts.begin(RECIPE, "x" * 300) for _ in range(3)]
    assert len({name.casefold() for name in names}) == 3
    assert [drafts.begin(RECIPE) for _ in range(2)] == ["Sheet 1", "Sheet 2"]
    assert all(len(f"{name}{ENDING}".encode()) < 255 for name in drafts.names())


def test_the_next_edition_carries_the_entries_and_says_which_are_gone(
    tmp_path: Path, edition: Bundle, opened_edition: Callable[[Assessment], Bundle]
) -> None:
    opened(tmp_path, edition).keep(RECIPE)
    now = assessment()
    later = opened_edition(replace(now, edition=replace(now.edition, serial=2), passages=now.passages[1:]))
    drafts = SheetDrafts(tmp_path, later)
    sentences = drafts.open_latest()
    assert sentences[0] == "The sheet “Sheet 1” was last changed with serial 1."
    assert "No longer in this edition: 1 entry (one.p1)." in sentences
    assert any(sentence.startswith("It is for readers up to ") for sentence in sentences)
    assert shown(drafts) == RECIPE
    assert opened(tmp_path, edition).draft.recipe == drafts.draft.recipe, "nothing is rewritten by looking"


def test_sheets_of_another_series_lie_apart(
    tmp_path: Path, edition: Bundle, opened_edition: Callable[[Assessment], Bundle]
) -> None:
    opened(tmp_path, edition).keep(RECIPE)
    now = assessment()
    other = opened_edition(replace(now, edition=replace(now.edition, series="other")))
    assert opened(tmp_path, other).draft.recipe is None


# Two windows


def test_what_two_windows_make_of_one_sheet_is_kept_beside_each_other(tmp_path: Path, edition: Bundle) -> None:
    opened(tmp_path, edition).keep(RECIPE)
    one, two = opened(tmp_path, edition), opened(tmp_path, edition)
    first, second = replace(RECIPE, title="First"), replace(RECIPE, title="Second")
    assert one.keep(first) == ""
    assert two.keep(second) == ("Another window changed “Sheet 1” too. What is here is kept beside it, as “Sheet 2”.")
    assert (shown(one).title, shown(two).title) == ("First", "Second")
    again = opened(tmp_path, edition)
    assert again.names() == ["Sheet 1", "Sheet 2"]
    titles = set()
    for name in again.names():
        again.switch(name)
        titles.add(shown(again).title)
    assert titles == {"First", "Second"}


def test_two_windows_that_begin_at_once_have_a_sheet_each(tmp_path: Path, edition: Bundle) -> None:
    one, two = opened(tmp_path, edition), opened(tmp_path, edition)
    one.keep(RECIPE)
    two.keep(replace(RECIPE, title="Second"))
    assert opened(tmp_path, edition).names() == ["Sheet 1", "Sheet 2"]


def test_a_window_follows_what_another_one_kept(tmp_path: Path, edition: Bundle) -> None:
    opened(tmp_path, edition).keep(RECIPE)
    one, two = opened(tmp_path, edition), opened(tmp_path, edition)
    assert not two.is_changed_elsewhere()
    one.keep(replace(RECIPE, title="First"))
    assert two.is_changed_elsewhere()
    two.reopen()
    assert not two.is_changed_elsewhere()
    assert two.keep(replace(RECIPE, title="Second")) == "", "it wrote on what it had seen"
    assert opened(tmp_path, edition).names() == ["Sheet 1"]


def test_a_sheet_that_another_window_removed_or_renamed_is_kept_again(tmp_path: Path, edition: Bundle) -> None:
    opened(tmp_path, edition).keep(RECIPE)
    one, two = opened(tmp_path, edition), opened(tmp_path, edition)
    one.remove()
    two.keep(replace(RECIPE, title="Second"))
    assert shown(opened(tmp_path, edition)).title == "Second"


def test_a_sheet_that_another_window_changed_is_not_removed(tmp_path: Path, edition: Bundle) -> None:
    opened(tmp_path, edition).keep(RECIPE)
    one, two = opened(tmp_path, edition), opened(tmp_path, edition)
    one.keep(replace(RECIPE, title="First"))
    with pytest.raises(ViewerError, match="Another window changed “Sheet 1” meanwhile"):
        two.remove()
    assert shown(opened(tmp_path, edition)).title == "First"


@settings(deadline=None, max_examples=50)
@given(turns=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), max_size=12))
def test_no_window_writes_over_what_it_has_not_seen(edition: Bundle, turns: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        opened(home, edition).keep(RECIPE)
        windows = [opened(home, edition) for _ in range(3)]
        for at, copies in turns:
            windows[at].keep(replace(RECIPE, title=f"Window {at}", copies=copies + 1))
        reader, held = opened(home, edition), []
        for kept in reader.names():
            reader.switch(kept)
            held.append(shown(reader))
        assert all(shown(windows[at]) in held for at, _ in turns)


# Files that are not as they should be


@pytest.mark.parametrize(
    "data", [b"", b"recipe = ", b"\xff\xfe\x00", b"recipe = 1\nserial = " + b"9" * 5000, b'recipe = 1\nform = "x"',
             b"recipe = 1\ncopies = 99999999999999999999", b"recipe = 1\nserial = 0x" + b"f" * 6000,
             b'recipe = 1\nmine = "words"', b"[" * 100_000, b"a" * (17 * 1024 * 1024)],
    ids=["empty", "cut", "bytes", "digits", "form", "copies", "hexadecimal", "unknown", "brackets", "huge"],
)  # fmt: skip
def test_a_damaged_sheet_is_set_aside_and_the_others_are_opened(tmp_path: Path, edition: Bundle, data: bytes) -> None:
    drafts = opened(tmp_path, edition)
    drafts.begin(RECIPE, "Whole")
    drafts.begin(RECIPE, "Monday")
    (folder(tmp_path, edition) / f"Monday{ENDING}").write_bytes(data)
    again = SheetDrafts(tmp_path, edition)
    sentence, *_ = again.open_latest()
    assert sentence.startswith("The sheet “Monday” is damaged. It is set aside as Monday.damaged.toml in trays.")
    assert (again.draft.name, again.names()) == ("Whole", ["Whole"])
    assert (folder(tmp_path, edition) / "Monday.damaged.toml").read_bytes() == data


def test_a_second_damaged_sheet_of_a_name_does_not_take_the_place_of_the_first(tmp_path: Path, edition: Bundle) -> None:
    for words in (b"first", b"second", b"third"):
        opened(tmp_path, edition).begin(RECIPE, "Monday")
        (folder(tmp_path, edition) / f"Monday{ENDING}").write_bytes(words)
        opened(tmp_path, edition)
    aside = {path.read_bytes() for path in folder(tmp_path, edition).glob("*.damaged.toml")}
    assert aside == {b"first", b"second", b"third"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [("recipe = 2\nnew = 1\n", "newer version"), ('recipe = 1\nseries = "elsewhere"\n', "the series elsewhere")],
)
def test_a_sheet_for_another_version_or_series_is_left_as_it_is(
    tmp_path: Path, edition: Bundle, text: str, reason: str
) -> None:
    folder(tmp_path, edition).mkdir(parents=True)
    file = folder(tmp_path, edition) / f"Sheet 1{ENDING}"
    file.write_text(text)
    drafts = SheetDrafts(tmp_path, edition)
    (sentence,) = drafts.open_latest()
    assert sentence.startswith("The sheet “Sheet 1” was not opened, and is left as it is.")
    assert reason in sentence
    drafts.keep(RECIPE)
    assert drafts.draft.name == "Sheet 2"
    assert file.read_text() == text
    with pytest.raises(ViewerError, match=reason):
        drafts.switch("Sheet 1")
    assert (drafts.draft.name, shown(drafts)) == ("Sheet 2", RECIPE)


def test_what_is_no_file_of_ours_is_passed_over(tmp_path: Path, edition: Bundle) -> None:
    place = folder(tmp_path, edition)
    (place / f"Folder{ENDING}").mkdir(parents=True)
    os.mkfifo(place / f"Pipe{ENDING}")
    (place / f"Loop{ENDING}").symlink_to(place / f"Loop{ENDING}")
    (place / "notes.txt").write_text("mine")
    os.mkfifo(place / "opened-last.txt")
    drafts = SheetDrafts(tmp_path, edition)
    assert len(drafts.open_latest()) == 3
    drafts.keep(RECIPE)
    assert shown(opened(tmp_path, edition)) == RECIPE
    assert {path.name for path in place.iterdir()} >= {f"Folder{ENDING}", f"Pipe{ENDING}", f"Loop{ENDING}", "notes.txt"}


def test_where_it_cannot_be_written_it_is_said_and_the_file_stays(
    tmp_path: Path, edition: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = opened(tmp_path, edition)
    drafts.keep(RECIPE)
    write = paths.write_atomically

    def full(path: Path, *_: object, **__: object) -> None:
        raise FileTrouble(f"{path.name} was not written: there is no room left on the disk.")

    monkeypatch.setattr(paths, "write_atomically", full)
    changed = replace(RECIPE, title="Changed")
    with pytest.raises(ViewerError, match=r"The sheet “Sheet 1” is not kept yet\..*no room left"):
        drafts.keep(changed)
    assert shown(opened(tmp_path, edition)) == RECIPE
    monkeypatch.setattr(paths, "write_atomically", write)
    assert drafts.keep(changed) == ""
    assert shown(opened(tmp_path, edition)) == changed


def test_words_that_are_too_many_for_a_sheet_are_kept_all_the_same(tmp_path: Path, edition: Bundle) -> None:
    long = replace(
        RECIPE,
        title="t" * (LONGEST_LINE + 1),
        introduction="i" * (LONGEST_TEXT * 3),
        questions=tuple("q" * (LONGEST_LINE + 1) + str(number) for number in range(50)),
    )
    opened(tmp_path, edition).keep(long)
    assert shown(opened(tmp_path, edition)) == long


def test_what_could_not_be_read_again_takes_the_place_of_nothing(tmp_path: Path, edition: Bundle) -> None:
    drafts = opened(tmp_path, edition)
    drafts.keep(RECIPE)
    with pytest.raises(ViewerError, match="too large"):
        drafts.keep(replace(RECIPE, introduction="x" * (17 * 1024 * 1024)))
    assert shown(opened(tmp_path, edition)) == RECIPE
