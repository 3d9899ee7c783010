"""`sheet`, `check-sheet` and `register` do all of it without a screen."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from viewer.cli import main
from viewer.signing.sealing import SigningKey


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a verb on the committed sample with a home of its own: gives exit code, output, errors."""

    def call(*words: object) -> tuple[int, str, str]:
        code = main([*map(str, words), "--home", str(tmp_path / "home")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


Run = Callable[..., tuple[int, str, str]]


def test_writes_a_sheet_that_checks_as_current(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    code, said, _ = run("sheet", "--theme", "trafficking", "--recipient", "Unit 4", "-o", out, "--json")
    document = json.loads(said)[0]
    assert (code, document["row"], document["marking"], document["pages"]) == (0, 1, "NOT PROTECTIVELY MARKED", 1)
    code, said, _ = run("check-sheet", out, "--json")
    assert (code, json.loads(said)["state"], json.loads(said)["row"]) == (0, "current", 1)
    code, said, _ = run("register", "verify", "--head", "000000000000")
    assert (code, "The register is whole: 1 row." in said) == (0, True)
    assert "Unit 4" in run("register", "export")[1]


@pytest.mark.parametrize(("copies", "said"), [(1, ", 1 page, row"), (2, ", 2 copies of 1 page each, row")])
def test_says_how_many_pages_and_copies_a_file_has(run: Run, tmp_path: Path, copies: int, said: str) -> None:
    assert said in run("sheet", "--theme", "trafficking", "--copies", copies, "-o", tmp_path / "a.pdf")[1]


def foot_of(path: Path) -> str:
    """What a sheet in Markdown says of the register: twelve digits, or `first`."""
    found = re.search(r"register ([0-9a-f]{12})|(first) in its register", path.read_text("utf-8"))
    assert found
    return found[1] or found[2]


def test_case_34_sees_by_a_sheet_that_the_register_or_its_rows_are_gone(run: Run, tmp_path: Path) -> None:
    sheets = [tmp_path / f"{number}.md" for number in "123"]
    for sheet in sheets:
        run("sheet", "--theme", "trafficking", "-o", sheet)
    heads = [foot_of(sheet) for sheet in sheets]
    assert heads[0] == "first"
    for head, message in zip(heads, ("It was the first sheet.", "after row 1.", "after row 2."), strict=True):
        code, said, _ = run("register", "verify", "--head", head)
        assert (code, said.rstrip().endswith(message)) == (0, True)
    _shorten(tmp_path / "home" / "register.db")
    assert run("register", "verify")[0] == 0, "by itself it looks whole"
    code, said, why = run("register", "verify", "--head", heads[2])
    assert (code, said, "No row follows" in why) == (1, "", True)
    (tmp_path / "home" / "register.db").unlink()
    for head in heads:
        code, said, why = run("register", "verify", "--head", head)
        assert (code, said, "no register on this machine" in why) == (1, "", True)


def _shorten(register: Path) -> None:
    """Takes the last row away, as somebody would who knows the file well."""
    with closing(sqlite3.connect(register)) as connection:
        connection.execute("DROP TRIGGER issue_remains")
        connection.execute("DELETE FROM issue WHERE number = 3")
        connection.execute("UPDATE sqlite_sequence SET seq = 2")
        connection.execute(
            "CREATE TRIGGER issue_remains BEFORE DELETE ON issue"
            " BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END"
        )
        connection.commit()


def test_says_that_there_is_no_register_to_export(run: Run, tmp_path: Path) -> None:
    code, said, why = run("register", "export", "-o", tmp_path / "all.csv")
    assert (code, said, "nothing was exported" in why) == (1, "", True)
    assert not (tmp_path / "all.csv").exists()
    code, said, _ = run("register", "verify")
    assert (code, "or the register was removed" in said) == (0, True)


@pytest.mark.parametrize("words", [("verify", "--head", "8af2"), ("verify", "--head", "x" * 12), ("--head", "first")])
def test_digits_that_no_foot_bears_are_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    code, _, why = run("register", *words)
    assert (code, "twelve digits" in why) == (2, True)


def test_a_sheet_that_the_register_does_not_know_is_not_confirmed(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    run("sheet", "--theme", "trafficking", "-o", out)
    (tmp_path / "home" / "register.db").unlink()
    code, said, why = run("check-sheet", out)
    assert (code, "cannot say that it is genuine" in said) == (1, True)
    assert why.endswith("The sheet is not in the register of this machine.\n")


def test_takes_a_recipe_a_tag_and_an_item(run: Run, tmp_path: Path) -> None:
    recipe = tmp_path / "r.toml"
    lines = ["recipe = 1", 'audience = "npm"', 'form = "slides"', 'parts = ["figures"]', "[[entry]]"]
    recipe.write_text("\n".join([*lines, 'theme = "trafficking"']))
    args = ("--item", "indecent-images.f2", "--tag", "data-quality", "--part", "findings", "--part", "figures")
    code, said, _ = run("sheet", "--recipe", recipe, *args, "-o", tmp_path / "a.pdf", "--json")
    items = json.loads(said)[0]["items"]
    assert code == 0
    assert "indecent-images.f2" in items
    assert len(items) > 5


def test_writes_one_file_for_each_theme(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    code, said, _ = run("sheet", "--all-themes", "--form", "card", "-o", folder)
    assert code == 0
    assert len(list(folder.glob("*.pdf"))) == said.count("row ") == 5  # the themes that have findings


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("--theme", "nope"), "no theme “nope”; there are Aim and scope, "),
        ((), "No theme and no item is on the sheet yet"),
        (("--theme", "trafficking", "--audience", "public"), "no marking “public”"),
        (("--recipe", "missing.toml"), "There is no file missing.toml"),
    ],
)
def test_refuses_in_one_sentence_and_writes_nothing(
    run: Run, tmp_path: Path, args: tuple[str, ...], reason: str
) -> None:
    code, _, said = run("sheet", *args, "-o", tmp_path / "a.pdf")
    (sentence,) = (line for line in said.splitlines() if not line.startswith("Warning: "))
    assert (code, reason in sentence) == (1, True)
    assert not (tmp_path / "a.pdf").exists()
    assert not (tmp_path / "home" / "register.db").exists()


def test_asks_before_it_replaces(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"old")
    code, _, said = run("sheet", "--theme", "trafficking", "-o", out)
    assert (code, "is there already" in said, out.read_bytes()) == (1, True, b"old")
    assert run("sheet", "--theme", "trafficking", "-o", out, "--replace")[0] == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_warns_of_the_edition_beside_what_it_writes_and_checks(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    for args in (("sheet", "--theme", "trafficking", "-o", out, "--json"), ("check-sheet", out, "--json")):
        code, said, warned = run(*args)
        assert (code, bool(json.loads(said))) == (0, True)
        assert warned.startswith("Warning: The review date, 31 March 2013, is past.")


def test_refuses_an_altered_sheet(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    run("sheet", "--theme", "trafficking", "-o", out)
    out.write_bytes(out.read_bytes().replace(b"/Title", b"/Titel", 1))
    code, _, said = run("check-sheet", out)
    assert (code, "was changed after it was issued" in said) == (1, True)


@pytest.fixture
def exercise_words(tmp_path: Path, exercise_files: tuple[Path, Path], key_pair: SigningKey) -> tuple[object, ...]:
    """What leads the verbs to the later of the invented editions, trusted for the run."""
    key = tmp_path / "exercise.pub"
    key.write_text(key_pair.public.text)
    return "--bundle", exercise_files[1], "--trust", key


def test_tells_what_changed_on_a_sheet(
    run: Run, tmp_path: Path, exercise_files: tuple[Path, Path], exercise_words: tuple[object, ...]
) -> None:
    out = tmp_path / "a.pdf"
    words = ("sheet", "--form", "changes", "--from", exercise_files[0], "--audience", "protect", *exercise_words)
    code, said, _ = run(*words, "-o", out, "--json")
    document = json.loads(said)[0]
    assert (code, document["marking"], document["since"]["serial"], document["withheld"]) == (
        0, "PROTECT", 1, {"marked RESTRICTED": 8, "under a handling caveat": 3},
    )  # fmt: skip
    assert document["headline"].startswith("2 findings new, 1 withdrawn, 4 reworded;")
    code, said, _ = run("check-sheet", out, *exercise_words)
    assert (code, "Current:" in said, "since exercise/1" in said) == (0, True, True)


def test_a_stale_sheet_is_refused_and_what_changed_is_told_between_markings(
    run: Run, tmp_path: Path, exercise_files: tuple[Path, Path], exercise_words: tuple[object, ...]
) -> None:
    out = tmp_path / "a.pdf"
    first = ("--bundle", exercise_files[0], *exercise_words[2:])
    assert run("sheet", "--theme", "copied-codes", "--audience", "restricted", *first, "-o", out)[0] == 0
    assert run("check-sheet", out, *first)[0] == 0
    code, said, why = run("check-sheet", out, *exercise_words)
    quoted = said.splitlines()[said.splitlines().index("RESTRICTED") :]
    assert (code, quoted[-1], "copied-codes.f1: " in "".join(quoted)) == (1, "RESTRICTED", True)
    assert why.endswith("The sheet no longer says what the edition says.\n")


def test_names_what_a_sheet_of_changes_needs(
    run: Run, tmp_path: Path, exercise_files: tuple[Path, Path], exercise_words: tuple[object, ...]
) -> None:
    out = tmp_path / "a.pdf"
    code, _, said = run("sheet", "--form", "changes", *exercise_words, "-o", out)
    assert (code, "No earlier edition is chosen" in said) == (1, True)
    code, _, said = run("sheet", "--theme", "depot-losses", "--from", exercise_files[0], *exercise_words, "-o", out)
    assert (code, "use it with --form changes" in said) == (2, True)
    assert not out.exists()


def test_a_handling_caveat_is_named_by_code_or_label_and_stands_in_the_marking(
    exercise_files: tuple[Path, Path], key_file: str, run: Run, tmp_path: Path
) -> None:
    given = ("sheet", "--bundle", exercise_files[1], "--trust", key_file, "--theme", "asked-fees", "--json")
    code, _, err = run(*given, "-o", tmp_path / "a.pdf")
    assert code == 1
    assert "is withheld from these readers: 1 marked PROTECT and 5 under a handling caveat." in err
    code, said, _ = run(*given, "--caveat", "fenmark-eyes", "-o", tmp_path / "b.csv")
    document = json.loads(said)[0]
    assert (code, document["withheld"]) == (0, {"marked PROTECT": 1})
    assert document["marking"] == "NOT PROTECTIVELY MARKED · FENMARK EYES ONLY"
    both = ("--caveat", "Fenmark Eyes Only", "--caveat", "no-carriers", "--audience", "protect")
    document = json.loads(run(*given, *both, "-o", tmp_path / "c.md")[1])[0]
    assert document["marking"] == "PROTECT · FENMARK EYES ONLY · NOT FOR CARRIERS"
    assert "NOT FOR CARRIERS" in (tmp_path / "c.md").read_text("utf-8")
    code, _, err = run(*given, "--caveat", "other", "-o", tmp_path / "d.md")
    assert (code, "no handling caveat “other”" in err) == (1, True)
