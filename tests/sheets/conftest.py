"""What the tests of sheets are handed: a small edition with items of every marking, and a fixed imprint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from viewer.bundle.bundle import Bundle
from viewer.dissemination.issuing import Imprint
from viewer.model import (
    Assessment,
    Edition,
    Finding,
    Marking,
    Observation,
    Passage,
    Source,
    Statistic,
    StatisticKind,
    Term,
    Theme,
    ThemeKind,
)
from viewer.publish.build import build_body
from viewer.sheets.recipe import Form, Recipe, theme_entry, with_form
from viewer.signing.trust import Trust

CANARY = "kestrelword"
SECOND = f"second-{CANARY}"  # the id of the restricted theme tells of it, and so do the ids of its items
TODAY = date(2012, 9, 1)
IMPRINT = Imprint(id="7F3A-19C2", made="2026-11-24T03:00:00Z", chain_tip="9b1f04c2d7aa")
LITERAL = "a & b < c, <b>x</b>, <img src=/etc/passwd>, <font size=1e9>, <a href='file:x'>"
_SCHEME = (
    Marking(code="open", level=0, label="NOT PROTECTIVELY MARKED", colour="#5B636B", ink="#FFFFFF"),
    Marking(code="protect", level=1, label="PROTECT", colour="#1F5A7A", ink="#FFFFFF"),
    Marking(code="restricted", level=2, label="RESTRICTED", colour="#8A4B08", ink="#FFFFFF"),
)


def assessment() -> Assessment:
    """A made-up assessment: theme `one` holds every kind of item, the second is itself restricted."""

    def theme(id_: str, number: int, title: str, marking: str) -> Theme:
        return Theme(
            id=id_, kind=ThemeKind.PRIORITY, position=number, number=str(number), title=title, short=title[:20],
            summary=f"In short: {title}.", marking=marking, page=str(number),
        )  # fmt: skip

    def statistic(id_: str, position: int, marking: str, title: str) -> Statistic:
        return Statistic(
            id=id_, theme="one", position=position, title=title, statement=f"{title}, as the record says.",
            kind=StatisticKind.SINGLE, unit="%", population="Reports received", base="610 reports", period="2011",
            place="UK", caveat="The sample is small.", marking=marking, page="1",
            observations=(Observation(position=1, label="share", value=33.3, qualifier="almost", words="a third"),),
            sources=("open-source",) if marking == "open" else ("secret-source",),
        )  # fmt: skip

    return Assessment(
        edition=Edition(
            series="made-up", title="Made-up assessment", label="2012", serial=1, issued="2012-06", review="2013-03-31",
            publisher="Made-up publisher", language="en-GB", marking="restricted", summary=f"All of it, {CANARY} too.",
        ),
        markings=_SCHEME,
        themes=(theme("one", 1, "First theme, Ŵyl y môr", "open"), theme(SECOND, 2, f"Second {CANARY}", "restricted")),
        findings=(
            Finding(id="one.f1", theme="one", position=1, text="An open finding on ABC.", marking="open", page="1",
                    sources=("open-source",), statistics=("one.s1", "one.s2")),
            Finding(id="one.f2", theme="one", position=2, text=f"Withheld {CANARY}.", marking="restricted", page="1",
                    sources=("secret-source",)),
            Finding(id="one.f3", theme="one", position=3, text=LITERAL, marking="protect", page="1"),
            Finding(id=f"{SECOND}.f1", theme=SECOND, position=1, text="An open finding elsewhere.", marking="open",
                    page="2"),
        ),
        statistics=(
            statistic("one.s1", 1, "open", "An open figure"), statistic("one.s2", 2, "restricted", f"Figure {CANARY}"),
        ),
        passages=(
            Passage(id="one.p1", theme="one", position=1, number="1.1", heading="A heading", text="An *open* passage.",
                    marking="open", page="1", sources=("open-source",)),
            Passage(id="one.p2", theme="one", position=2, number="1.2", heading="", text=f"Also {CANARY}, see XYZ.",
                    marking="restricted", page="1"),
        ),
        sources=(
            Source(id="open-source", number=1, title="An open source", author="Somebody", year="2011"),
            Source(id="secret-source", number=2, title=f"A source named {CANARY}"),
        ),
        terms=(
            Term(abbreviation="ABC", expansion="Another Body of Children"),
            Term(abbreviation="XYZ", expansion=f"Explains {CANARY}"),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def opened_edition(sealed: Callable[..., bytes], trust: Trust) -> Iterator[Callable[[Assessment], Bundle]]:
    """Opens an assessment as a reader would: `opened_edition(assessment)`."""
    made: list[Bundle] = []

    def make(made_up: Assessment) -> Bundle:
        edition = made_up.edition
        claims = {name: getattr(edition, name) for name in ("series", "serial", "issued", "review")}
        made.append(Bundle.from_bytes(sealed(build_body(made_up), **claims), trust))
        return made[-1]

    yield make
    for bundle in made:
        bundle.close()


@pytest.fixture(scope="session")
def edition(opened_edition: Callable[[Assessment], Bundle]) -> Bundle:
    """The made-up edition."""
    return opened_edition(assessment())


@pytest.fixture
def recipe() -> Recipe:
    """A briefing of the first theme for the lowest audience."""
    return recipe_for(Form.BRIEFING)


def recipe_for(form: Form, *themes: str, audience: str = "open", **fields: object) -> Recipe:
    """A recipe of whole themes in one form."""
    entries = tuple(map(theme_entry, themes or ("one",)))
    return replace(with_form(Recipe(audience=audience, entries=entries), form), **fields)  # type: ignore[arg-type]
