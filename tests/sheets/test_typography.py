"""Type on paper: what belongs together stays in one line."""

from __future__ import annotations

import pytest

from viewer.sheets.typography import line, run_markup, tied_line
from viewer.text.blocks import Run


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("see p. 12", "p. 12"), ("see pp. 11–12", "pp. 11–12"), ("as in source 8", "source 8"),
        ("as Figure 1 shows", "Figure 1"), ("theme 3, finding 2", "finding 2"), ("edition, serial 1", "serial 1"),
        ("24.8 million users", "24.8 million"), ("some 5 % of all", "5 %"), ("aged 16 years", "16 years"),
        ("31 March 2013", "31 March"),
    ],
)  # fmt: skip
def test_a_number_keeps_to_the_word_it_belongs_to(text: str, kept: str) -> None:
    bound = kept.replace(" ", "\u00a0")
    assert bound in line(text)
    assert run_markup(Run(text=text)) == line(text)


@pytest.mark.parametrize("text", ["in 2012 the number", "306 of 610 is", "8 mayors", "resource 8", "a source of 8"])
def test_other_words_may_part(text: str) -> None:
    assert "\u00a0" not in line(text)


def test_facts_in_one_line_keep_numbers_to_what_they_count_and_begin_no_line_with_a_dot() -> None:
    assert tied_line("base: 610 reports · source 8") == "base: 610\u00a0reports\u00a0· source\u00a08"
