"""Made-up editions, marked at random, in which a word in every text tells who may not see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.bundle.everything import CAVEATS
from viewer.bundle.format_1 import PARTS
from viewer.model import (
    Assessment,
    Edition,
    Finding,
    Item,
    Marking,
    Observation,
    Passage,
    Recommendation,
    Source,
    Statistic,
    StatisticKind,
    Theme,
)

SCHEME = (
    Marking(code="open", level=0, label="OPEN TO ALL", colour="#5B636B", ink="#FFFFFF"),
    Marking(code="protect", level=1, label="PROTECT", colour="#1F5A7A", ink="#FFFFFF"),
    Marking(code="restricted", level=2, label="RESTRICTED", colour="#8A4B08", ink="#FFFFFF"),
)
_LETTERS = "bcdfghjklmnprstvz"


def word_of(id_: str, serial: int) -> str:
    """The word that stands in all that a thing says, and nowhere else: `kestrelbcd`."""
    random = Random(f"{serial} {id_}")
    return "kestrel" + "".join(random.choice(_LETTERS) for _ in range(9))


def marked_edition(seed: int, serial: int = 1) -> Assessment:
    """An assessment with markings and caveats at random; serials of one seed have the same ids, otherwise marked."""
    random = Random(f"{seed} {serial}")

    def code() -> str:
        return random.choice(("open", "open", "protect", "restricted"))

    def caveats() -> tuple[str, ...]:
        return tuple(one.code for one in CAVEATS if random.random() < 0.15)

    def theme(number: int) -> Theme:
        word = word_of(f"t{number}", serial)
        return Theme(
            id=f"t{number}", part="priority", position=number, label=str(number), title=f"Theme {word}",
            short=f"Short {word}", summary=f"In short: {word}.", marking=code(), page=str(number), caveats=caveats(),
        )  # fmt: skip

    themes = tuple(theme(number) for number in (1, 2, 3))

    def shared(theme_id: str, kind: str, position: int) -> dict[str, object]:
        return {
            "id": f"{theme_id}.{kind}{position}", "theme": theme_id, "position": position, "marking": code(),
            "caveats": caveats(), "page": str(position), "sources": (f"source-{theme_id}-{kind}{position}",),
        }  # fmt: skip

    places = [(theme.id, position) for theme in themes for position in (1, 2)]

    def said(theme_id: str, kind: str, position: int) -> str:
        return f"Common words on {word_of(f'{theme_id}.{kind}{position}', serial)}"

    made = Assessment(
        edition=Edition(
            series="made-up", title="Made-up assessment", label=f"201{serial}", serial=serial, issued=f"201{serial}-06",
            review="2019-03-31", publisher="Made-up publisher", language="en-GB", marking="restricted",
            summary="All of it.",
        ),
        markings=SCHEME,
        caveats=CAVEATS,
        parts=PARTS,
        themes=themes,
        findings=tuple(
            Finding(text=f"{said(t, 'f', n)}, a finding.", statistics=(f"{t}.s1", f"{t}.s2"), **shared(t, "f", n))  # type: ignore[arg-type]
            for t, n in places
        ),
        recommendations=tuple(
            Recommendation(text=f"{said(t, 'r', n)}, to do.", owner=said(t, "r", n), **shared(t, "r", n))  # type: ignore[arg-type]
            for t, n in places
        ),
        statistics=tuple(
            Statistic(
                title=said(t, "s", n), statement=f"{said(t, 's', n)} in figures.", kind=StatisticKind.SINGLE, unit="%",
                population=said(t, "s", n), base="610 reports", period="2011", place=said(t, "s", n),
                caveat=f"{said(t, 's', n)}, with care.",
                observations=(Observation(position=1, label=said(t, "s", n), value=Decimal(random.randint(1, 99))),),
                **shared(t, "s", n),  # type: ignore[arg-type]
            )
            for t, n in places
        ),
        passages=tuple(
            Passage(label=f"{t[1:]}.{n}", heading=said(t, "p", n), text=f"{said(t, 'p', n)}, at length.",
                    **shared(t, "p", n))  # type: ignore[arg-type]
            for t, n in places
        ),
    )  # fmt: skip
    cited = [source for item in items_of(made) for source in item.sources]
    return replace(
        made,
        sources=tuple(
            Source(id=id_, number=at, title=f"A source {word_of(id_, 0)}") for at, id_ in enumerate(cited, 1)
        ),
    )


def items_of(made: Assessment) -> Iterator[Item]:
    """All items of an assessment."""
    yield from made.findings
    yield from made.recommendations
    yield from made.statistics
    yield from made.passages


def may_see(made: Assessment, thing: Theme | Item, level: int, held: frozenset[str]) -> bool:
    """Whether readers up to `level` who hold these caveats, as codes, may see a thing: said in the plainest way."""
    levels = {marking.code: marking.level for marking in made.markings}
    theme = next(one for one in made.themes if one.id == (thing.id if isinstance(thing, Theme) else thing.theme))
    borne = {*thing.caveats, *theme.caveats}
    return max(levels[thing.marking], levels[theme.marking]) <= level and borne <= held
