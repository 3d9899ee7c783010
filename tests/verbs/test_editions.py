"""The verbs of figures and editions: `statistics`, `changes`, `shelf`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from viewer import paths
from viewer.cli import main

SAMPLE = str(paths.sample())


def _table(text: str) -> list[dict[str, str]]:
    """The rows of a table that was written out, between its markings."""
    marking, *lines, end = csv.reader(io.StringIO(text, newline=""))
    assert marking == end
    assert marking[0] == "NOT PROTECTIVELY MARKED"
    names, *rows = lines
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_statistics_lists_every_figure_with_its_source_between_markings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["statistics", "--bundle", SAMPLE]) == 0
    shown = capsys.readouterr().out
    assert shown.count("\nSource: ") == 58
    assert shown.startswith("NOT PROTECTIVELY MARKED\n")
    assert shown.endswith("NOT PROTECTIVELY MARKED\n")


def test_statistics_as_csv_holds_a_row_for_each_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["statistics", "--bundle", SAMPLE, "--theme", "indecent-images", "--filter", "610", "--csv"]) == 0
    rows = _table(capsys.readouterr().out)
    shown = [(row["id"].partition(".")[2], row["label"], row["value"], row["number"]) for row in rows]
    assert shown == [
        ("industry-reports", "concerned IIOC", "51%", "51"),
        ("report-counts", "actionable reports in the sample", "610 reports", "610"),
        ("report-counts", "of these, about IIOC", "306 reports", "306"),
    ]
    assert all(row["source"] for row in rows)


def test_statistics_leave_a_file_that_is_there_unless_asked_to_replace_it(tmp_path: Path) -> None:
    out = tmp_path / "figures.csv"
    out.write_text("mine", encoding="utf-8")
    assert main(["statistics", "--bundle", SAMPLE, "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8") == "mine"
    assert main(["statistics", "--bundle", SAMPLE, "-o", str(out), "--replace"]) == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) > 1


def test_statistics_as_json_names_the_edition_and_its_marking(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["statistics", "--bundle", SAMPLE, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["edition"], document["marking"]) == ("TACSEA 2012/13", "NOT PROTECTIVELY MARKED")
    assert len(document["statistics"]) == 58
    (counts,) = [one for one in document["statistics"] if one["id"] == "indecent-images.report-counts"]
    assert (counts["number"], [value["number"] for value in counts["values"]]) == (None, [610, 306])


def test_statistics_go_to_a_file_whole(tmp_path: Path) -> None:
    assert main(["statistics", "--bundle", SAMPLE, "-o", str(tmp_path / "out.csv")]) == 0
    rows = _table((tmp_path / "out.csv").read_text("utf-8-sig"))
    assert len({row["id"] for row in rows}) == 58
    assert all(row["citation"].startswith("TACSEA 2012/13, ") for row in rows)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["statistics", "--bundle", SAMPLE, "--theme", "nowhere"], 1),
        (["statistics", "--bundle", "missing.db"], 1),
        (["statistics", "--csv", "--json"], 2),
        (["statistics", "--json", "-o", "x.csv"], 2),
        (["changes", SAMPLE], 2),
        (["changes", SAMPLE, "missing.db"], 1),
        (["changes", SAMPLE, SAMPLE, "--theme", "nowhere"], 1),
        (["shelf", "remove", "tacsea/2"], 1),
        (["shelf", "add"], 2),
        (["shelf", "list", "x"], 2),
        (["shelf", "burn"], 2),
    ],
)
def test_what_cannot_be_done_says_so_and_prints_nothing(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err


def test_changes_reads_like_a_briefing_between_the_higher_markings(
    exercise_files: tuple[Path, Path], key_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = map(str, exercise_files)
    readers = ("--ceiling", "restricted", "--holds", "fenmark-eyes", "--holds", "no-carriers")
    assert main(["changes", one, two, "--trust", key_file, *readers]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == lines[-1] == "RESTRICTED · FENMARK EYES ONLY"
    assert any(line.startswith("3 findings new, 1 withdrawn") for line in lines)
    assert any("[-Almost-]{+About+} half of the lockers" in line for line in lines)


def test_changes_as_json_can_be_read_by_a_program(
    exercise_files: tuple[Path, Path], key_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = map(str, exercise_files)
    assert main(["changes", one, two, "--trust", key_file, "--theme", "depot-losses", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {change["theme"] for change in document["changes"]} == {"depot-losses"}
    assert document["new"]["serial"] == 2


def test_the_invented_editions_are_not_trusted_by_default(
    exercise_files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(exercise_files[0])]) == 1
    assert "not known here" in capsys.readouterr().err


def test_the_shelf_keeps_lists_and_removes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shelf"]) == 0
    assert "No editions are kept" in capsys.readouterr().out
    assert main(["shelf", "add", SAMPLE]) == 0
    assert main(["shelf", "list", "--json"]) == 0
    (kept,) = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (kept["series"], kept["serial"], kept["newest"], kept["review_past"]) == ("tacsea", 2, True, True)
    assert main(["shelf", "path", "tacsea/2"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.read_bytes() == Path(SAMPLE).read_bytes()
    assert main(["shelf", "remove", "tacsea/2"]) == 0
    assert not path.exists()


def test_a_kept_edition_is_the_one_that_verbs_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shelf", "add", SAMPLE]) == 0
    assert main(["statistics"]) == 0
    assert "58 figures." in capsys.readouterr().out
