"""Text, JSON, page, paper, Markdown, HTML and CSV say the same of a change: compared with each other and as committed.

`python -m tests.changes.test_writers` writes the committed texts anew; then read what differs.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from tests.sheets.conftest import IMPRINT, TODAY, assessment
from viewer.bundle.bundle import Bundle
from viewer.changes.compare import compare_editions
from viewer.changes.json_document import changes_as_json
from viewer.changes.plain_text import cited_change, text_lines
from viewer.changes.presented import present_change
from viewer.editions.earlier import ComparedEditions
from viewer.model import Observation
from viewer.pages.changes import change_html
from viewer.publish.build import build_body
from viewer.sheets.changes_table import CHANGE_COLUMNS
from viewer.sheets.compose_changes import compose_changes
from viewer.sheets.formats import SheetFormat, render_sheet
from viewer.sheets.recipe import Form, Recipe, with_form
from viewer.sheets.sheet import Sheet
from viewer.signing.trust import Trust

REFERENCE = Path(__file__).parent / "reference"
_KEYS = re.compile(
    r"(?i)signed\s+by\s[^,]*,\s+key\s[^,]*,\s+fingerprint\s[^.,<]*[.,<]|check\s+value\s[^.,]*[.,]|[0-9a-f]{128}"
)
Both = tuple[Bundle, Bundle]


def _text(both: Both) -> str:
    return "\n".join(text_lines(compare_editions(*both)))


def _json(both: Both) -> str:
    return json.dumps(changes_as_json(compare_editions(*both)), ensure_ascii=False, indent=1)


def _page(both: Both) -> str:
    found = compare_editions(*both)
    return "\n\n".join(change_html(change, found.earlier_titles) for change in found.all)


def _sheet(both: Both) -> Sheet:
    recipe = replace(with_form(Recipe(audience="restricted"), Form.CHANGES), copies=1)
    compared = ComparedEditions(earlier=both[0], changes=compare_editions(*both))
    return compose_changes(recipe, both[1], compared, today=TODAY)


def _rendered(sheet_format: SheetFormat) -> Callable[[Both], str]:
    return lambda both: render_sheet((_sheet(both),), sheet_format, IMPRINT).data.decode("utf-8-sig")


def _paper(both: Both) -> str:
    from tests.sheets.test_pdf import pages

    return "\n\f\n".join(pages(render_sheet((_sheet(both),), SheetFormat.PDF, IMPRINT).data))


WRITERS: dict[str, Callable[[Both], str]] = {
    "text.txt": _text,
    "json.json": _json,
    "page.html": _page,
    "paper.txt": _paper,
    "sheet.md": _rendered(SheetFormat.MARKDOWN),
    "sheet.html": _rendered(SheetFormat.HTML),
    "sheet.csv": _rendered(SheetFormat.CSV),
}


def _lasting(text: str) -> str:
    """Return the text without what is another in each run: keys, fingerprints, and what hangs on them."""
    return " ".join(_KEYS.sub("…", " ".join(text.split())).split())


@pytest.mark.parametrize("name", WRITERS)
def test_says_of_editions_of_format_1_what_is_committed(exercise_1: Both, name: str) -> None:
    assert _lasting(WRITERS[name](exercise_1)) == _lasting((REFERENCE / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def one_sided(sealed: Callable[..., bytes], trust: Trust) -> Iterator[Both]:
    """Two editions with a figure of which each has a value that the other has not; one figure is new, one withdrawn."""
    (first, second), label = assessment().statistics, "share"
    values = {
        name: Observation(position=2, label=name, value=of)
        for name, of in (("left out", Decimal(7)), ("added", Decimal(9)))
    }
    stays = replace(first.observations[0], label=label)
    old = replace(first, observations=(stays, values["left out"]))
    new = replace(first, observations=(stays, values["added"]))
    lost = replace(second, title="A lost figure", observations=(Observation(position=1, value=Decimal(11)),))
    fresh = replace(second, id="one.s9", title="Quite another title", statement="Nothing like it.", observations=(
        Observation(position=1, value=Decimal(13)),))  # fmt: skip
    edition, made = assessment().edition, []
    for serial, figures in ((1, (old, lost)), (2, (new, fresh))):
        body = build_body(
            replace(
                assessment(),
                edition=replace(edition, serial=serial),
                statistics=figures,
                findings=tuple(replace(finding, statistics=()) for finding in assessment().findings),
            )
        )
        claims = {"series": edition.series, "serial": serial, "issued": edition.issued, "review": edition.review}
        made.append(Bundle.from_bytes(sealed(body, **claims), trust))
    yield made[0], made[1]
    for bundle in made:
        bundle.close()


ONE_SIDED = ("7%", "9%", "11%", "13%")


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "sheet.csv"])
def test_a_value_on_one_side_only_is_in_every_rendering(one_sided: Both, name: str) -> None:
    rendered = " ".join(WRITERS[name](one_sided).replace("\\", "").replace("\u00a0", " ").split())
    assert [value for value in ONE_SIDED if value not in rendered] == []


def test_a_table_leaves_the_other_side_of_such_a_value_empty(one_sided: Both) -> None:
    rows = list(csv.DictReader(StringIO(_rendered(SheetFormat.CSV)(one_sided))))
    found = {
        (row["value then"], row["value now"], row["difference"]) for row in rows if row["unit then"] + row["unit now"]
    }
    assert found == {("7", "", "no longer given"), ("", "9", "new"), ("11", "", ""), ("", "13", "")}


def test_a_column_of_a_table_is_known_by_its_name_alone() -> None:
    names = [column.name for column in CHANGE_COLUMNS]
    assert len(set(names)) == len(names)
    assert {name.removesuffix(" then") for name in names if name.endswith(" then")} == {
        name.removesuffix(" now") for name in names if name.endswith(" now")
    }


def test_every_rendering_names_the_change_and_how_it_changed(exercise: Both) -> None:
    found = compare_editions(*exercise)
    titles = found.earlier_titles
    lines = list(text_lines(found))
    entries = changes_as_json(found)["changes"]
    assert isinstance(entries, list)
    for change, entry in zip(found.all, entries, strict=True):
        presented = present_change(change, titles)
        assert f"  {presented.subject}: {presented.how}" in lines
        assert (entry["what"], entry["how"]) == (presented.subject, presented.how)
        assert "<script" not in change_html(change, titles)


def test_what_is_copied_bears_its_marking_and_names_both_editions(exercise: Both) -> None:
    found = compare_editions(*exercise)
    (change,) = (change for change in found.all if change.id == "false-notices.f1")
    marking, subject, then, now, editions = cited_change(present_change(change, {}), found, "PROTECT").split("\n")
    assert (marking, subject) == ("PROTECT", "Finding 1: reworded")
    assert then.startswith("Then: ")
    assert now.startswith("Now: ")
    assert editions == "EXERCISE 1 (invented), serial 1 → EXERCISE 2 (invented), serial 2"


def main() -> None:
    """Write the committed texts."""
    from tests.sheets.references import kept_bundles

    REFERENCE.mkdir(exist_ok=True)
    both = kept_bundles("exercise-1.db", "exercise-2.db")
    for name, write in WRITERS.items():
        text = _KEYS.sub("…", write((both[0], both[1]))).replace("\r\n", "\n")
        (REFERENCE / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
