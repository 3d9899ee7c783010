"""The invented editions: plainly so, properly marked, and the same in every build."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from viewer import paths
from viewer.editions.earlier import EarlierEditions
from viewer.editions.opening import ReaderSession, Superseded
from viewer.model import Assessment, Item, Statistic
from viewer.publish.drafts import read_drafts
from viewer.signing.sealing import SigningKey
from viewer.text.wording import number

FOLDER = paths.resources() / "drafts" / "exercise"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def drafts() -> tuple[Assessment, Assessment]:
    """Serial 1 and serial 2."""
    return read_drafts(FOLDER / "1"), read_drafts(FOLDER / "2")


def test_they_are_two_serials_of_a_series_of_their_own(drafts: tuple[Assessment, Assessment]) -> None:
    assert [(draft.edition.series, draft.edition.serial) for draft in drafts] == [("exercise", 1), ("exercise", 2)]


def test_each_says_wherever_one_looks_that_it_is_invented(drafts: tuple[Assessment, Assessment]) -> None:
    for draft in drafts:
        assert draft.themes
        assert draft.sources
        edition = draft.edition
        assert edition.title.startswith("EXERCISE — invented")
        assert "invented" in edition.label
        assert all(text.startswith("EXERCISE — invented") for text in (edition.publisher, edition.summary))
        assert all(theme.summary.startswith("EXERCISE — invented") for theme in draft.themes)
        assert all(source.author.startswith("EXERCISE — invented") for source in draft.sources)


def test_the_edition_bears_the_highest_marking_of_its_items(drafts: tuple[Assessment, Assessment]) -> None:
    for draft in drafts:
        level = {marking.code: marking.level for marking in draft.markings}
        used = {finding.marking for finding in draft.findings} | {passage.marking for passage in draft.passages}
        used |= {statistic.marking for statistic in draft.statistics} | {theme.marking for theme in draft.themes}
        assert used == {"npm", "protect", "restricted"}
        assert level[draft.edition.marking] == max(level[code] for code in used)


def test_nothing_tells_what_a_higher_marking_holds_back(drafts: tuple[Assessment, Assessment]) -> None:
    for draft in drafts:
        level = {marking.code: marking.level for marking in draft.markings}
        items: list[Item] = [*draft.findings, *draft.passages, *draft.statistics]
        for held_back in items:
            lower = [item for item in items if level[item.marking] < level[held_back.marking]]
            for item in lower:
                assert not (_figures(held_back) & _numbers(item)), (held_back.id, item.id)
                assert _alike(held_back, item) < 0.6, (held_back.id, item.id)


def _figures(item: Item) -> set[str]:
    """The values of a figure, as they are printed, but for such as stand anywhere; none of another item."""
    values = [one.value for one in item.observations if one.value] if isinstance(item, Statistic) else []
    return {number(value) for value in values if value > 10}


def _numbers(item: Item) -> set[str]:
    grounds = f"{item.base} {item.population} {item.caveat}" if isinstance(item, Statistic) else ""
    return set(re.findall(r"\d[\d,]*", f"{item.text} {grounds}")) | _figures(item)


def _alike(one: Item, other: Item) -> float:
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()


def test_every_figure_names_a_source_and_a_place(drafts: tuple[Assessment, Assessment]) -> None:
    for draft in drafts:
        assert draft.statistics
        assert all(statistic.sources and statistic.place == "Fenmark" for statistic in draft.statistics)


def test_the_lesson_of_the_readme_goes_as_it_says(
    exercise_files: tuple[Path, Path], key_pair: SigningKey, tmp_path: Path
) -> None:
    key = tmp_path / "exercise.pub"
    key.write_text(key_pair.public.text)
    session = ReaderSession.start(tmp_path / "home", key)
    one, two = exercise_files
    session.open(one).bundle.close()
    second = session.open(two)
    before = EarlierEditions(second.bundle, session).before()
    assert before is not None
    assert before.path == one, "what Ctrl+5 compares with"
    with pytest.raises(Superseded):
        session.open(one)
    assert any("Superseded" in warning for warning in session.open(one, older=True).warnings)
    assert ReaderSession.start(tmp_path / "home", key).open(one).superseded_by is None, (
        "the next window knows nothing of it"
    )
    readme = (ROOT / "README.md").read_text("utf-8")
    (command,) = re.findall(r"^\S+ main\.py open build/exercise/.*$", readme, re.MULTILINE)
    assert command.endswith("main.py open build/exercise/exercise-1.db --trust build/exercise/exercise.pub")


def test_its_key_is_made_on_the_spot_and_not_kept() -> None:
    recipe = re.search(r"^exercise:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe
    assert "keygen build/exercise/exercise" in recipe[1]
    assert "rm -f build/exercise/exercise.key" in recipe[1]
