"""The guide and the README say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from viewer import paths
from viewer.ui.actions import SPECS, VIEW_SPECS, ActionSpec
from viewer.ui.refusal_page import TITLES
from viewer.verbs import FAMILIES, verbs

ROOT = Path(__file__).parent.parent
CHAPTERS = sorted((paths.resources() / "help").glob("*.md"))
GUIDE = "\n".join(chapter.read_text(encoding="utf-8") for chapter in CHAPTERS)
KEYS = (paths.resources() / "help" / "90-keyboard.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("spec", [spec for spec in (*SPECS, *VIEW_SPECS) if spec.keys], ids=lambda spec: spec.name)
def test_every_shortcut_stands_in_the_chapter_on_keys(spec: ActionSpec) -> None:
    first = spec.keys[0]
    assert re.search(rf"(?<![\w+]){re.escape(first)}(?![\w])", KEYS), first


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_picture_and_link_of_the_guide_is_there(chapter: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", chapter.read_text(encoding="utf-8")):
        assert (chapter.parent / target).is_file(), target


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_chapter_begins_with_its_title(chapter: Path) -> None:
    assert chapter.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("verb", list(FAMILIES))
def test_every_verb_has_help_and_stands_in_the_readme(verb: str) -> None:
    assert f"main.py {verb}" in (ROOT / "README.md").read_text(encoding="utf-8")
    command = verbs.get_command(click.Context(verbs), verb)
    assert command is not None
    assert command.help
    shown = CliRunner().invoke(verbs, [verb, "--help"])
    assert shown.exit_code == 0
    for option in (param for param in command.params if isinstance(param, click.Option) and not param.hidden):
        assert option.help, option.name


def test_every_reason_for_refusing_a_file_is_explained() -> None:
    trust = (paths.resources() / "help" / "60-trust.md").read_text(encoding="utf-8")
    missing = [head for _, head in TITLES if head not in trust and head != "Could not be read"]
    assert missing == []
