"""What changed in a sentence or two, as a briefing opens with it."""

from __future__ import annotations

from viewer.bundle.bundle import Bundle
from viewer.changes.compare import compare_editions
from viewer.changes.headline import headline, headlines


def test_the_headline_reads_like_a_briefing(exercise_1: tuple[Bundle, Bundle]) -> None:
    findings, rest = headlines(compare_editions(*exercise_1).all)
    assert findings.startswith("3 findings new, 1 withdrawn, 5 reworded, 1 renamed; 3 figures up, 1 down, ")
    assert rest.endswith("3 markings changed.")


def test_the_headline_of_no_change_says_so() -> None:
    assert headline(()) == "Nothing changed."
