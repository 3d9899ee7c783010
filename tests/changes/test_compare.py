"""What changed between two editions, found in the invented ones and in altered copies of the sample."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from tests import as_format_1
from tests.bench.generator import assessment_of
from tests.reader_homes import SAMPLE
from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.changes.compare import compare_editions
from viewer.changes.descriptions import kind_words
from viewer.changes.records import Change, ChangeKind, Changes, Direction, Subject
from viewer.model import Assessment, Marking
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.publish.release import claims_for
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trust import Trust, load_trust

Altered = Callable[[Callable[[Assessment], Assessment]], Changes]


@pytest.fixture(scope="module")
def found(exercise: tuple[Bundle, Bundle]) -> Changes:
    """What changed from serial 1 to serial 2 of the invented series."""
    return compare_editions(*exercise)


@pytest.fixture
def altered(sample: Bundle, key_pair: SigningKey, trust: Trust) -> Altered:
    """What changed when the sample's drafts are altered: `altered(function)`."""
    drafts = read_drafts(paths.resources() / "drafts" / "tacsea-2012")

    def compare(alter: Callable[[Assessment], Assessment]) -> Changes:
        draft = alter(drafts)
        new = Bundle.from_bytes(seal(build_body(draft), claims_for(draft.edition), key_pair), trust)
        try:
            return compare_editions(sample, new)
        finally:
            new.close()

    return compare


def _of(found: Changes, id_: str) -> Change:
    (change,) = (change for change in found.all if change.id == id_)
    return change


def test_an_edition_does_not_differ_from_itself(sample: Bundle) -> None:
    found = compare_editions(sample, sample)
    assert found.all == ()


@pytest.mark.parametrize(
    ("id_", "kinds"),
    [
        ("false-notices.f1", {ChangeKind.REWORDED}),
        ("false-notices.f5", {ChangeKind.NEW}),
        ("false-notices.f4", {ChangeKind.WITHDRAWN}),
        ("copied-codes.f4", {ChangeKind.REWORDED, ChangeKind.REMARKED, ChangeKind.RENAMED}),
        ("copied-codes.f3", {ChangeKind.REMARKED}),
        ("depot-losses.p1", {ChangeKind.REWORDED, ChangeKind.MOVED, ChangeKind.RENAMED}),
        ("depot-losses", {ChangeKind.NEW}),
        ("shared-lockers.f2", {ChangeKind.REFERENCES}),
        ("shared-lockers.lockers", {ChangeKind.FIGURES, ChangeKind.GROUNDS}),
        ("copied-codes.cameras", {ChangeKind.WITHDRAWN}),
        ("copied-codes.evening", {ChangeKind.GROUNDS}),
        ("locker-survey", {ChangeKind.REWORDED}),
        ("depot-visits", {ChangeKind.NEW}),
    ],
)
def test_every_way_of_changing_is_found(found: Changes, id_: str, kinds: set[ChangeKind]) -> None:
    assert set(_of(found, id_).kinds) == kinds


@pytest.mark.parametrize(
    ("id_", "direction"),
    [
        ("shared-lockers.lockers", Direction.UP),
        ("false-notices.share", Direction.UP),
        ("false-notices.losses", Direction.DOWN),
        ("shared-lockers.shared", Direction.OPEN),
        ("false-notices.ages", Direction.OPEN),
        ("false-notices.reports", Direction.OPEN),
    ],
)
def test_a_figure_goes_up_or_down_only_where_that_can_be_said(found: Changes, id_: str, direction: Direction) -> None:
    assert _of(found, id_).direction is direction


def test_a_figure_measured_differently_says_why_it_cannot_be_compared(found: Changes) -> None:
    change = _of(found, "false-notices.ages")
    assert change.broken == (
        "the population was “Users of lockers” and is “Households with a user of lockers”",
        "the base was “users” and is “households”",
    )
    assert "cannot be compared" in kind_words(change, {})


def test_a_match_by_text_is_said_to_be_one(found: Changes) -> None:
    assert "was copied-codes.f2, matched by its text (99% alike)" in kind_words(_of(found, "copied-codes.f4"), {})


def test_a_marking_says_whether_it_was_raised_or_lowered(found: Changes) -> None:
    assert "marking raised from PROTECT to RESTRICTED" in kind_words(_of(found, "copied-codes.f4"), {})
    assert kind_words(_of(found, "copied-codes.f3"), {}) == "marking lowered from RESTRICTED to PROTECT"


def test_what_is_the_readers_own_is_found_by_the_id_of_either_edition(found: Changes) -> None:
    touched = found.touched(frozenset({"copied-codes.f2", "false-notices.f4", "how-to-read.p1"}))
    assert {change.id for change in touched} == {"copied-codes.f4", "false-notices.f4"}


def test_the_page_marks_new_and_changed_items_but_nothing_that_is_gone(found: Changes) -> None:
    assert "false-notices.f5" in found.changed_ids
    assert "false-notices.f4" not in found.changed_ids
    assert "depot-visits" not in found.changed_ids


def test_the_changes_of_a_later_edition_to_an_earlier_one_come_with_a_caution(exercise: tuple[Bundle, Bundle]) -> None:
    one, two = exercise
    assert compare_editions(one, two).cautions == ()
    assert "withdrawn since" in compare_editions(two, one).cautions[0]


def test_editions_of_two_series_come_with_a_caution(sample: Bundle, exercise: tuple[Bundle, Bundle]) -> None:
    found = compare_editions(sample, exercise[0])
    assert "two different series" in found.cautions[0]
    assert {change.kinds for change in found.all if change.subject is Subject.FINDING} == {
        (ChangeKind.NEW,),
        (ChangeKind.WITHDRAWN,),
    }


def test_an_item_put_in_between_does_not_move_those_after_it(altered: Altered) -> None:
    def alter(draft: Assessment) -> Assessment:
        first = draft.passages[0]
        fresh = replace(
            first, id=f"{first.theme}.fresh", text="An altogether fresh text that stands first.", label="0.0"
        )
        rest = tuple(replace(p, position=p.position + 1) if p.theme == first.theme else p for p in draft.passages)
        return replace(draft, passages=(fresh, *rest))

    (change,) = altered(alter).all
    assert change.id.endswith(".fresh")
    assert change.kinds == (ChangeKind.NEW,)


def test_an_item_put_last_is_the_only_one_that_moved(altered: Altered) -> None:
    def alter(draft: Assessment) -> Assessment:
        theme = draft.passages[0].theme
        own = [p for p in draft.passages if p.theme == theme]
        turned = [*own[1:], own[0]]
        placed = [replace(p, position=at) for at, p in enumerate(turned, start=1)]
        return replace(draft, passages=(*placed, *(p for p in draft.passages if p.theme != theme)))

    (change,) = altered(alter).all
    assert change.kinds == (ChangeKind.MOVED,)
    assert kind_words(change, {}) == "moved within its theme"


def test_a_renamed_theme_does_not_move_its_items(altered: Altered) -> None:
    def alter(draft: Assessment) -> Assessment:
        old = draft.themes[-1].id

        def now(id_: str) -> str:
            return id_.replace(f"{old}.", "renamed.") if id_ != old else "renamed"

        def behind(ids: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(map(now, ids))

        return replace(
            draft,
            themes=tuple(replace(t, id=now(t.id)) for t in draft.themes),
            findings=tuple(
                replace(f, id=now(f.id), theme=now(f.theme), statistics=behind(f.statistics)) for f in draft.findings
            ),
            statistics=tuple(
                replace(s, id=now(s.id), theme=now(s.theme), findings=behind(s.findings)) for s in draft.statistics
            ),
            passages=tuple(replace(p, id=now(p.id), theme=now(p.theme)) for p in draft.passages),
        )

    found = altered(alter)
    assert found.all
    assert {change.kinds for change in found.all} == {(ChangeKind.RENAMED,)}


def test_schemes_that_differ_are_compared_by_label_and_level(altered: Altered) -> None:
    def alter(draft: Assessment) -> Assessment:
        lowest = replace(draft.markings[0], label="OPEN")
        return replace(draft, markings=(lowest, *draft.markings[1:]))

    found = altered(alter)
    assert "different marking schemes" in found.cautions[0]
    was, now = found.all[0].marking or (None, None)
    assert isinstance(was, Marking)
    assert isinstance(now, Marking)
    assert (was.label, now.label) == ("NOT PROTECTIVELY MARKED", "OPEN")


def test_an_assessment_is_the_same_in_whatever_format_it_was_published(key_pair: SigningKey, trust: Trust) -> None:
    assessment = assessment_of(120, themes=4)
    claims = claims_for(assessment.edition)
    old = Bundle.from_bytes(seal(as_format_1.build_body(assessment), replace(claims, schema=1), key_pair), trust)
    new = Bundle.from_bytes(seal(build_body(assessment), claims, key_pair), trust)
    with closing(old), closing(new):
        assert compare_editions(old, new).all == compare_editions(new, old).all == ()


def test_of_the_samples_two_formats_only_what_differs_is_a_change() -> None:
    committed = load_trust(None)
    with closing(Bundle.open(SAMPLE, committed)) as old, closing(Bundle.open(paths.sample(), committed)) as new:
        assert (old.format_number, new.format_number) == (1, 2)
        (change,) = compare_editions(old, new).all
        assert (change.subject, change.kinds) == (Subject.THEME, (ChangeKind.MOVED,))
        order = [[theme.id for theme in bundle.themes()] for bundle in (old, new)]
        assert change.new is not None
        assert [ids.index(change.new.id) for ids in order] == [3, 12]  # it came to stand last
