"""Nothing changes in silence: every construct of the list appears as it was written, or is a fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.small import FILES, RISK, STATISTICS, faults_of, write
from tests.text.constructs import Construct, WrittenNumber, carried, constructs, notes, numbers, spaced
from viewer.publish.drafts import read_drafts
from viewer.publish.text_flaws import text_flaws
from viewer.text.blocks import blocks_html, blocks_plain
from viewer.text.blocks_markdown import blocks_markdown
from viewer.text.commonmark import read_text
from viewer.text.edition_text import note_html, note_plain, text_html, text_plain
from viewer.text.wording import measured

_THEME = "themes/20-risk.md"
_PASSAGE = "The only passage."
_VALUE = 'value = 33.33, low = 30, high = 33.33, qualifier = "almost", words = "a third"'
_LINE = RISK[: RISK.index(_PASSAGE)].count("\n")  # before the passage


def test_the_list_is_long_and_names_nothing_twice() -> None:
    sources = [one.source for one in constructs()]
    assert len(sources) == len(set(sources)) > 600
    assert len(carried()) > 300


@pytest.mark.parametrize("construct", constructs(), ids=str)
def test_a_passage_appears_as_written_or_is_a_fault_with_its_line(tmp_path: Path, construct: Construct) -> None:
    folder = tmp_path / "drafts"
    write(folder, {**FILES, _THEME: RISK.replace(_PASSAGE, construct.source)})
    found = [fault.removeprefix(f"{_THEME}:") for fault in faults_of(folder)]
    lines = [f"{int(line) - _LINE}: {reason}" for line, reason in (fault.split(": ", 1) for fault in found)]
    assert tuple(lines) == construct.faults
    if not construct.faults:
        text = next(passage for passage in read_drafts(folder).passages if passage.id == "risk.p1").text
        assert (text_html(text), text_plain(text)) == (construct.html, construct.plain)


@pytest.mark.parametrize("construct", carried(), ids=str)
def test_what_is_carried_reads_back_the_same_from_markdown(construct: Construct) -> None:
    blocks = read_text(construct.source)
    again = read_text(blocks_markdown(blocks))
    assert blocks_plain(again) == construct.plain
    assert spaced(blocks_html(again)) == spaced(construct.html)


@pytest.mark.parametrize("construct", notes(), ids=str)
def test_a_note_shows_what_was_typed(construct: Construct) -> None:
    assert (note_html(construct.source), note_plain(construct.source)) == (construct.html, construct.plain)


@pytest.mark.parametrize("number", numbers(), ids=str)
def test_a_number_is_shown_as_published_or_is_a_fault(tmp_path: Path, number: WrittenNumber) -> None:
    text = STATISTICS.replace(_VALUE, f"value = {number.typed}").replace('unit = "%"', f'unit = "{number.unit}"')
    folder = tmp_path / "drafts"
    write(folder, {**FILES, "statistics.toml": text})
    faults = tuple(f.split(": ", 1)[1] for f in faults_of(folder) if f.startswith("statistics.toml:"))
    assert faults == number.faults
    if not faults:
        (observation,) = read_drafts(folder).statistics[0].observations
        assert measured(observation, number.unit) == number.shown


def test_marks_and_tables_stand_where_they_may_alone() -> None:
    table = "| a |\n|---|\n| 1 |"
    assert [reason for _, reason in text_flaws(table)] == ["a table stands in a passage alone"]
    assert "in the text of an item alone" in next(text_flaws("Words[^n1]."))[1]
    assert "in the text of an item alone" in next(text_flaws("[words](#risk)"))[1]
    assert not list(text_flaws(f"Words[^n1], [words](#risk)\n\n{table}", tables=True, marks=True))


def test_a_long_text_is_checked_quickly_whatever_it_holds() -> None:
    for text in (
        "*a " * 5000,
        "[" * 400 + " ",
        "| a " * 4000,
        "- a\n" * 4000,
        "`a " * 5000,
        "a\\" * 400,
        "> a\n" * 4000,
    ):
        list(text_flaws(text, tables=True, marks=True))


def test_a_text_with_more_signs_than_are_read_is_a_fault() -> None:
    assert next(text_flaws("*a* " * 1001)) == (
        0,
        "the text has 2,002 signs of stress, code and tables; at most 2,000 are allowed",
    )
    assert not [reason for _, reason in text_flaws("*a* " * 1000) if "at most" in reason]
