"""What stands first: shown by a small edition in which two entries differ in one thing alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from tests.bench.generator import assessment_of
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment, Theme
from viewer.publish.build import build_body
from viewer.search.engine import Engine
from viewer.signing.trust import Trust


def edition(*passages: str, headings: dict[int, str] | None = None, finding: str = "None.") -> Assessment:
    """One theme with one finding and these passages; headings by the passage's number."""
    made = assessment_of(10, themes=1)
    theme: Theme = replace(made.themes[0], id="t", title="Alpha", short="Alpha", summary="Beta.")
    first = replace(made.passages[0], theme="t", sources=(), tags=())
    known = headings or {}
    return replace(
        made,
        themes=(theme,),
        statistics=(),
        terms=(),
        findings=(replace(made.findings[0], id="t.f1", theme="t", text=finding, sources=(), tags=(), statistics=()),),
        passages=tuple(
            replace(first, id=f"t.p{at}", position=at, label=f"1.{at}", text=text, heading=known.get(at, ""))
            for at, text in enumerate(passages, start=1)
        ),
    )


@pytest.fixture
def found(sealed: Callable[..., bytes], trust: Trust) -> Callable[[Assessment, str], list[str]]:
    """The ids of the hits of what is typed, in order."""

    def search(assessment: Assessment, typed: str) -> list[str]:
        own = assessment.edition
        claims = {"series": own.series, "serial": own.serial, "issued": own.issued, "review": own.review}
        with closing(Bundle.from_bytes(sealed(build_body(assessment), **claims), trust)) as bundle:
            return [hit.id.removeprefix("t.") for hit in Engine(bundle).search(typed).hits]

    return search


@pytest.mark.parametrize(
    ("made", "typed", "expected"),
    [
        pytest.param(
            edition("Of old hinges much is said here, and of doors.", "X1059 Hinge", "X1059.001 Hinge",
                    headings={2: "X1059 Hinges", 3: "X1059.001 Hinges, forced"}), "X1059.001", ["p3"],
            id="a code is found by all of it",
        ),
        pytest.param(
            edition("Said.", "Said.", headings={1: "X1059.001 Hinges", 2: "X1059 Hinges"}), "X1059", ["p2", "p1"],
            id="a code stands before one that goes on",
        ),
        pytest.param(
            edition("A lantern. " + "And so it went on. " * 40, "A lantern stood there."), "lantern", ["p2", "p1"],
            id="a short text stands before a long one",
        ),
        pytest.param(
            edition("Said.", "Said.", headings={1: "The lantern of an old house by the sea", 2: "A lantern"}),
            "lantern", ["p2", "p1"], id="a short heading stands before a long one",
        ),
        pytest.param(
            edition("Said.", headings={1: "Lantern"}, finding="A house, and in it something like a lantern."),
            "lantern", ["p1", "f1"], id="no kind stands before a better text",
        ),
        pytest.param(
            edition("A lantern.", finding="A lantern."), "lantern", ["f1", "p1"],
            id="a finding stands before a passage",
        ),
        pytest.param(
            edition("A lantern.", "Nothing.", headings={2: "The lantern"}), "lantern", ["p2", "p1"],
            id="a heading stands before a text",
        ),
        pytest.param(
            edition("A.", "B.", headings={1: "An old lantern", 2: "Lantern, old"}), "lantern", ["p2", "p1"],
            id="what begins with the word stands before what has it later",
        ),
        pytest.param(
            edition("It processed much.", "Its process."), "process", ["p2", "p1"],
            id="the word as typed stands before another form",
        ),
        pytest.param(
            edition("An old house with a lantern.", "An old lantern in a house."), "old lantern", ["p2", "p1"],
            id="words together stand before words apart",
        ),
        pytest.param(
            edition("Old " + "and so on " * 40 + "lantern.", "Old and dim lantern."), "old lantern", ["p2", "p1"],
            id="words near each other stand before words far apart",
        ),
        pytest.param(
            edition("A lantern.", "A lantern.", "A lantern."), "lantern", ["p1", "p2", "p3"],
            id="those alike stand in the document's order",
        ),
        pytest.param(
            edition("One lantern, two LANTERNS.", "Une autre lanterne, a läntern."), "LÄNTERN", ["p1", "p2"],
            id="case and accents make no difference",
        ),
    ],
)  # fmt: skip
def test_what_stands_first(
    found: Callable[[Assessment, str], list[str]], made: Assessment, typed: str, expected: list[str]
) -> None:
    assert found(made, typed) == expected
