"""Makes up editions that a format allows and no author would write: `made_up(seed)` gives the same one each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from tests.sheets.conftest import assessment
from viewer.model import (
    Assessment,
    Finding,
    Footnote,
    Marking,
    Observation,
    Passage,
    Recommendation,
    Source,
    Statistic,
    StatisticKind,
    Term,
    Theme,
)
from viewer.records import replace

MOST_TEXT = 13_000  # characters, some of several bytes: a field holds 16,384 bytes
_WORDS = ("report", "of", "services", "Ŵyl", "1,866,642,107", "0.004 %", "Отчёт", "Ἑλλάς", "a", "under-recorded", "–")
_FIELD = 1000  # characters of a one-line field, at most


class Writer:
    """Writes texts of every length, with words of every length."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def words(self, most: int) -> str:
        """Return one line of at most so many characters, mostly far fewer."""
        length = self._length(most)
        if self.random.random() < 0.15:
            return (self.random.choice(("W", "unbroken")) * length)[:length]
        out = ""
        while len(out) < length:
            out += self.random.choice(_WORDS) + " "
        return (out[:length].strip() or "a")[:length]

    def line(self) -> str:
        """Return the words of a one-line field."""
        return self.words(_FIELD)[:_FIELD]

    def text(self) -> str:
        """Return a text: paragraphs, lists, quotations, a table."""
        kinds: Sequence[Callable[[], str]] = (
            lambda: self.words(400),
            lambda: self.words(MOST_TEXT),
            lambda: "\n".join(f"{at}. {self.words(90)}" for at in range(1, self.random.randint(2, 30))),
            lambda: "\n".join(f"{'  ' * (at % 4)}- {self.words(90)}" for at in range(self.random.randint(2, 30))),
            lambda: f"> {self.words(500)}",
            self._table,
        )
        parts = [self.random.choice(kinds)() for _ in range(self.random.choice((1, 1, 1, 2, 4)))]
        return "\n\n".join(parts)[:MOST_TEXT].strip() or "a"

    def _length(self, most: int) -> int:
        return min(most, self.random.choice((1, 12, 40, 40, 120, 120, 300, most)))

    def _table(self) -> str:
        across = self.random.choice((1, 2, 3, 5, 12, 30))
        most = 1500 // across
        rows = [
            [self.words(most).replace("|", "") for _ in range(across)] for _ in range(self.random.choice((1, 4, 9)))
        ]
        head, *body = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([head, "|" + "---|" * across, *body])


def made_up(seed: int) -> Assessment:
    """Return an edition with a theme of everything, one of findings alone, and one of little."""
    write = Writer(seed)
    random = write.random
    base = assessment()
    markings = (Marking(code="open", level=0, label=write.words(100), colour="#5B636B", ink="#FFFFFF"),)
    edition = replace(
        base.edition, marking="open", title=write.line(), label=write.words(60), summary=write.words(2000),
        publisher=write.line(),
    )  # fmt: skip

    def theme(id_: str, at: int) -> Theme:
        return Theme(
            id=id_, part="priority", position=at, label=write.words(12), title=write.words(random.choice((60, 1000))),
            short=write.words(40), summary=write.words(2000), marking="open", page="1",
        )  # fmt: skip

    def statistic(at: int) -> Statistic:
        kind = random.choice(list(StatisticKind))
        count = 1 if kind is StatisticKind.SINGLE else random.choice((2, 5, 13, 40, 60))
        return Statistic(
            id=f"one.s{at}", theme="one", position=at, title=write.line(), statement=write.words(1200), kind=kind,
            unit=random.choice(("%", "£", "reports", write.line())), population=write.line(), base=write.line(),
            period=write.words(60), place=write.words(60), caveat=write.words(2000), short_caveat=write.words(90),
            marking="open", page="1", sources=("s1",),
            observations=tuple(_observation(write, kind, n) for n in range(1, count + 1)),
        )  # fmt: skip

    def finding(theme_: str, at: int) -> Finding:
        return Finding(
            id=f"{theme_}.f{at}", theme=theme_, position=at, label=random.choice(("", write.words(30))),
            text=write.text() if theme_ == "one" else write.words(200), marking="open", page="1", sources=("s1", "s2"),
        )  # fmt: skip

    def passage(at: int) -> Passage:
        return Passage(
            id=f"one.p{at}", theme="one", position=at, label=f"1.{at}", heading=random.choice(("", write.line())),
            text=f"{write.text()}\n\nSee[^a].", marking="open", page="1", sources=("s2",),
            footnotes=(Footnote(id="a", text=write.words(900)),),
        )  # fmt: skip

    return replace(
        base,
        edition=edition,
        markings=markings,
        themes=(theme("one", 1), theme("two", 2), theme("three", 3)),
        findings=(
            *(finding("one", at) for at in range(1, random.randint(2, 5))),
            *(finding("two", at) for at in range(1, random.choice((2, 20, 301)))),
        ),
        recommendations=(
            Recommendation(id="three.r1", theme="three", position=1, text=write.text(), owner=write.line(),
                           due=write.line(), marking="open", page="1"),
        ),
        statistics=tuple(statistic(at) for at in range(1, random.randint(2, 5))),
        passages=tuple(passage(at) for at in range(1, random.randint(2, 5))),
        sources=tuple(
            Source(id=f"s{at}", number=at, title=write.line(), author=write.line(), locator=write.line())
            for at in (1, 2)
        ),
        terms=(Term(abbreviation=write.words(30), expansion=write.line(), definition=write.words(900)),),
    )  # fmt: skip


def _observation(write: Writer, kind: StatisticKind, at: int) -> Observation:
    random = write.random
    amount = Decimal(random.choice(("0.004", "99.999", "33.3", "-4", "1866642107", "140"))) * at
    worded = random.random() < 0.2
    trend, ranked = kind is StatisticKind.TREND, kind is StatisticKind.RANKING
    return Observation(
        position=at,
        label="" if trend else f"{write.words(120)} {at}",
        period=f"20{at:02}" if trend else "",
        value=amount,
        words=write.words(200) if worded else "",
        qualifier=random.choice(("", "", "almost", write.words(200))),
        rank=at if ranked else None,
    )
