"""`sheet`, `check-sheet` and `register` do all of it without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from viewer.cli import main


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
    told = json.loads(said)[0]
    assert (code, told["row"], told["marking"], told["pages"]) == (0, 1, "NOT PROTECTIVELY MARKED", 1)
    code, said, _ = run("check-sheet", out, "--json")
    assert (code, json.loads(said)["state"], json.loads(said)["row"]) == (0, "current", 1)
    code, said, _ = run("register", "verify", "--head", "000000000000")
    assert (code, "The register is whole: 1 row." in said) == (0, True)
    assert "Unit 4" in run("register", "export")[1]


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
        (("--theme", "nope"), "nothing under “nope”"),
        ((), "Nothing is on the sheet yet"),
        (("--theme", "trafficking", "--audience", "public"), "no marking “public”"),
        (("--recipe", "missing.toml"), "There is no file missing.toml"),
    ],
)
def test_refuses_in_one_sentence_and_writes_nothing(
    run: Run, tmp_path: Path, args: tuple[str, ...], reason: str
) -> None:
    code, _, said = run("sheet", *args, "-o", tmp_path / "a.pdf")
    assert (code, reason in said, said.count("\n")) == (1, True, 1)
    assert not (tmp_path / "a.pdf").exists()
    assert not (tmp_path / "home" / "register.db").exists()


def test_asks_before_it_replaces(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"old")
    code, _, said = run("sheet", "--theme", "trafficking", "-o", out)
    assert (code, "is there already" in said, out.read_bytes()) == (1, True, b"old")
    assert run("sheet", "--theme", "trafficking", "-o", out, "--replace")[0] == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_refuses_an_altered_sheet(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    run("sheet", "--theme", "trafficking", "-o", out)
    out.write_bytes(out.read_bytes().replace(b"/Title", b"/Titel", 1))
    code, _, said = run("check-sheet", out)
    assert (code, "was changed after it was issued" in said) == (1, True)
