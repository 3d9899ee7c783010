"""Made-up but readable editions of any size, the same for the same arguments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, islice, product

from viewer.bundle.format_1 import PARTS
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
    Tag,
    Term,
    Theme,
)

FREQUENT_WORD = "safeguarding"  # in about 30 % of the items
FREQUENT_PREFIX = "pro"  # begins a word in about 70 % of the items
RARE_WORD = "lighthouse"  # in about one item of a thousand, and in at least one
TEXT_BYTES = 320  # of a passage, about; a finding has half of it, a statement a third

_PREFIXED = ("process", "programme", "project", "protection", "provider")
_REAL = (
    "the of and to in a is that was for on with are by from this which were have most more many some than other "
    "one who report assessment year officers children contact account online evidence region partner support risk "
    "pattern network message school training record measure group sample number share change agency service "
    "device platform visit parent teacher area case concern review survey response interview answer period local "
    "national early later often seldom first second known given found shown said made seen held used sent asked "
    "reached between during after before under "
)
_SYLLABLES = ("ba", "den", "fi", "gor", "ha", "kel", "lo", "min", "na", "or", "sel", "ta", "ul", "ven", "wi", "zan")
_WORDS = (*_REAL.split(), *("".join(parts) for parts in product(_SYLLABLES, repeat=3)))
_WEIGHTS = tuple(accumulate(1 / (rank + 2.7) for rank in range(len(_WORDS))))  # Zipf's law, after Mandelbrot
_SENTENCE = 12  # words
_DRAWN = 100_000  # words drawn at a time: one draw of many is faster than many of one
_WORD_BYTES = 5.4  # the mean word with its space
_LONG = {"text_bytes": 2000, "items": 102}  # of an edition of a given size: bytes of a passage, items for each MB
_SHORT = {"text_bytes": 136, "items": 1000}

_MARKINGS = (
    Marking(code="open", level=0, label="NOT PROTECTIVELY MARKED", colour="#5B636B", ink="#FFFFFF"),
    Marking(code="protect", level=1, label="PROTECT", colour="#1F5A7A", ink="#FFFFFF"),
    Marking(code="restricted", level=2, label="RESTRICTED", colour="#8A4B08", ink="#FFFFFF"),
)
_UNITS = ("%", "reports", "users", "years")
_PLACES = ("", "North", "South", "UK")
_YEARS = ("2008", "2009", "2010", "2011", "2012")


def assessment_of(
    items: int, *, seed: int = 1, themes: int | None = None, text_bytes: int = TEXT_BYTES, serial: int = 1
) -> Assessment:
    """A made-up assessment of `items` items: of ten, two findings, two statistics and six passages.

    They are spread evenly over `themes`, by default one for every 100 items, from 3 to 60. `text_bytes` is the
    length of a passage, about.
    """
    return _Author(seed, text_bytes).assessment(items, themes or min(60, max(3, items // 100)), serial)


def edition_of_size(megabytes: int, *, seed: int = 1, short: bool = False) -> bytes:
    """The SQLite body of a made-up edition of about `megabytes` MB (of 1,000,000 bytes; 10 % more or less).

    It has about a hundred long items for each MB, or a thousand short ones.
    """
    from viewer.publish.build import build_body

    made_of = _SHORT if short else _LONG
    items, text_bytes = megabytes * made_of["items"], made_of["text_bytes"]
    return build_body(assessment_of(items, seed=seed, text_bytes=text_bytes))


class _Author:
    """A source of chance, and the words drawn from it but not yet used."""

    def __init__(self, seed: int, text_bytes: int) -> None:
        self._chance = random.Random(seed)
        self._length = max(8, round(text_bytes / _WORD_BYTES))  # of a passage, in words
        self._words = self._drawn()
        self._texts_made = 0

    def assessment(self, items: int, themes: int, serial: int) -> Assessment:
        """The whole assessment."""
        sources = tuple(self._source(number) for number in range(1, 41))
        tags = tuple(self._tag(number) for number in range(1, 13))
        self._sources = [source.id for source in sources]
        self._tags = [tag.id for tag in tags]
        chapters = tuple(self._theme(number, themes) for number in range(1, themes + 1))
        counts = (items * 2 // 10, items * 2 // 10, items - 2 * (items * 2 // 10))
        shares = [_even(count, themes) for count in counts]
        statistics = [self._statistic(theme, at) for theme, n in zip(chapters, shares[1], strict=True) for at in _to(n)]
        of_theme: dict[str, list[str]] = {}
        for statistic in statistics:
            of_theme.setdefault(statistic.theme, []).append(statistic.id)
        findings = [
            self._finding(theme, at, of_theme.get(theme.id, []))
            for theme, n in zip(chapters, shares[0], strict=True)
            for at in _to(n)
        ]
        return Assessment(
            edition=self._edition(serial),
            markings=_MARKINGS,
            parts=PARTS,
            themes=chapters,
            findings=tuple(findings),
            statistics=_supporting(statistics, findings),
            passages=tuple(
                self._passage(theme, at) for theme, n in zip(chapters, shares[2], strict=True) for at in _to(n)
            ),
            sources=sources,
            tags=tags,
            terms=tuple(self._term(number) for number in range(1, 21)),
        )

    def _edition(self, serial: int) -> Edition:
        return Edition(
            series="made-up",
            title="Made-up assessment",
            label=str(2000 + serial),
            serial=serial,
            issued="2012-06",
            review="2013-03-31",
            publisher="Made-up publisher",
            language="en-GB",
            marking="restricted",
            summary=self._text(40),
        )

    def _theme(self, number: int, themes: int) -> Theme:
        part = _part(number, themes)
        return Theme(
            id=f"theme-{number}",
            part=part,
            position=number,
            label=f"{'' if part == 'priority' else part[0].upper()}{number}",
            title=self._title(6),
            short=self._title(2),
            summary=self._text(30),
            marking="open",
            page=str(number),
        )

    def _finding(self, theme: Theme, position: int, statistics: list[str]) -> Finding:
        return Finding(
            id=f"{theme.id}.f{position}",
            theme=theme.id,
            position=position,
            text=self._item_text(self._length // 2),
            marking=self._marking(),
            page=theme.page,
            sources=self._some(self._sources, 2),
            tags=self._some(self._tags, 2),
            statistics=self._some(statistics, 2),
        )

    def _passage(self, theme: Theme, position: int) -> Passage:
        return Passage(
            id=f"{theme.id}.p{position}",
            theme=theme.id,
            position=position,
            label=f"{theme.label}.{position}",
            heading=self._title(4) if position % 5 == 1 else "",
            text=self._item_text(self._length),
            marking=self._marking(),
            page=theme.page,
            sources=self._some(self._sources, 2),
            tags=self._some(self._tags, 2),
        )

    def _statistic(self, theme: Theme, position: int) -> Statistic:
        kind = self._chance.choices(tuple(StatisticKind), (5, 2, 2, 1))[0]
        unit = "places" if kind is StatisticKind.RANKING else self._chance.choice(_UNITS)
        count = 1 if kind is StatisticKind.SINGLE else self._chance.randint(2, 5)
        return Statistic(
            id=f"{theme.id}.s{position}",
            theme=theme.id,
            position=position,
            title=self._title(5),
            statement=self._item_text(self._length // 3),
            kind=kind,
            unit=unit,
            population=self._title(4),
            base=f"{self._chance.randint(50, 5000)} reports",
            period=self._chance.choice(_YEARS),
            place=self._chance.choice(_PLACES),
            caveat=self._text(10) if position % 4 == 0 else "",
            marking=self._marking(),
            page=theme.page,
            observations=tuple(self._observation(kind, unit, at) for at in _to(count)),
            sources=self._some(self._sources, 1),
            tags=self._some(self._tags, 1),
        )

    def _observation(self, kind: StatisticKind, unit: str, position: int) -> Observation:
        if kind is StatisticKind.RANKING:
            return Observation(position=position, label=self._title(2), rank=position)
        return Observation(
            position=position,
            label=self._title(2),
            period=_YEARS[position - 1] if kind is StatisticKind.TREND else "",
            value=Decimal(self._chance.randint(1, 100 if unit == "%" else 100_000)),
            qualifier=self._chance.choice(("", "", "almost", "more than")),
        )

    def _source(self, number: int) -> Source:
        return Source(
            id=f"source-{number}", number=number, title=self._title(6), author=self._title(2), year=_YEARS[number % 5]
        )

    def _tag(self, number: int) -> Tag:
        return Tag(id=f"tag-{number}", label=self._title(2), description=self._text(8))

    def _term(self, number: int) -> Term:
        expansion = self._title(4)
        initials = "".join(word[0] for word in expansion.split()).upper()
        return Term(abbreviation=f"{initials}{number}", expansion=expansion, definition=self._text(8))

    def _item_text(self, words: int) -> str:
        """A text of about so many words, with the words that benches search for in their shares."""
        self._texts_made += 1
        first = []
        if self._chance.random() < 0.3:
            first.append(FREQUENT_WORD)
        if self._chance.random() < 0.7:
            first.append(self._chance.choice(_PREFIXED))
        if self._texts_made % 1000 == 50:
            first.append(RARE_WORD)
        return self._text(words, *first)

    def _text(self, words: int, *first: str) -> str:
        drawn = [*first, *islice(self._words, words - len(first))]
        cuts = range(0, max(_SENTENCE, len(drawn) - _SENTENCE // 2), _SENTENCE)  # the last has no less than half
        ends = [*cuts[1:], len(drawn)]
        return " ".join(f"{' '.join(drawn[a:b]).capitalize()}." for a, b in zip(cuts, ends, strict=True))

    def _title(self, words: int) -> str:
        return " ".join(islice(self._words, words)).capitalize()

    def _drawn(self) -> Iterator[str]:
        while True:
            yield from self._chance.choices(_WORDS, cum_weights=_WEIGHTS, k=_DRAWN)

    def _marking(self) -> str:
        return self._chance.choices(("open", "protect", "restricted"), (90, 7, 3))[0]

    def _some(self, names: list[str], most: int) -> tuple[str, ...]:
        count = min(len(names), self._chance.randint(0, most))
        return tuple(sorted(self._chance.sample(names, count), key=names.index))


def _supporting(statistics: list[Statistic], findings: list[Finding]) -> tuple[Statistic, ...]:
    """The statistics, each with the findings that rest on it."""
    support: dict[str, list[str]] = {}
    for finding in findings:
        for statistic_id in finding.statistics:
            support.setdefault(statistic_id, []).append(finding.id)
    return tuple(replace(statistic, findings=tuple(support.get(statistic.id, ()))) for statistic in statistics)


def _part(number: int, themes: int) -> str:
    """The part of a theme: of five, one is context and one emerging; all have a priority theme."""
    fifth = themes // 5 if themes >= 5 else int(themes >= 3)
    if number <= fifth:
        return PARTS[0].id
    return PARTS[1 if number <= 2 * fifth else 2].id


def _even(count: int, parts: int) -> list[int]:
    """`count` cut into so many parts as even as can be."""
    return [count * (part + 1) // parts - count * part // parts for part in range(parts)]


def _to(count: int) -> range:
    return range(1, count + 1)
