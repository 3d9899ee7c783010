"""The records that travel through the program: frozen, keyword-only, and free of any library.

Ids are the publisher's and stay the same over editions: a theme is `indecent-images`, its items are
`indecent-images.f2`. Texts are Markdown without HTML, images or links.
"""

from __future__ import annotations

from decimal import Context, Decimal
from enum import StrEnum

from viewer.records import record


class ItemKind(StrEnum):
    """What an item is, in order of importance: search ranks in this order."""

    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    STATISTIC = "statistic"
    PASSAGE = "passage"


class StatisticKind(StrEnum):
    """How a statistic's observations belong together, which decides how it is drawn."""

    SINGLE = "single"  # one value
    TREND = "trend"  # the same measure at several periods
    BREAKDOWN = "breakdown"  # parts or groups measured alike
    RANKING = "ranking"  # an order, mostly without values


MAGNITUDES = {
    "": Decimal(1),
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}


_EXACT = Context(prec=80)  # more than the digits of any number with its magnitude


def exact_amount(number: Decimal | None, magnitude: str) -> Decimal | None:
    """Return a number with its magnitude multiplied out: 24800000 for 24.8 million; None for none."""
    if number is None or not magnitude:
        return number
    amount = _EXACT.multiply(number, MAGNITUDES[magnitude]).normalize(_EXACT)
    return amount if amount != amount.to_integral_value() else amount.quantize(Decimal(1), context=_EXACT)


@record
class Marking:
    """One step of the edition's marking scheme; a higher `level` may go to fewer people."""

    code: str
    level: int
    label: str
    colour: str  # "#rrggbb", the marking's ground
    ink: str  # "#rrggbb", the text on that ground


@record
class Edition:
    """One issue of an assessment. Dates are ISO; a month alone (`2012-06`) where no day is given."""

    series: str
    title: str
    label: str
    serial: int
    issued: str
    review: str
    publisher: str
    language: str
    marking: str
    summary: str

    @property
    def name(self) -> str:
        """What the edition is cited as: `TACSEA 2012/13`."""
        return f"{self.series.upper()} {self.label}"


@record
class Caveat:
    """A handling caveat, such as UK EYES ONLY: only an audience that holds it may see what bears it."""

    code: str
    position: int
    label: str
    description: str = ""


class ScaleKind(StrEnum):
    """What a scale of the publisher grades."""

    LIKELIHOOD = "likelihood"
    CONFIDENCE = "confidence"


@record
class ScaleStep:
    """One step of a scale: the publisher's word, and the range that it stands for, in per cent, where it gives one."""

    id: str
    kind: ScaleKind
    position: int  # 1 and up from the lowest
    term: str
    low: Decimal | None = None
    high: Decimal | None = None
    description: str = ""


@record
class Part:
    """A section of the assessment, which holds themes; `theme_title` is what one of these is called."""

    id: str
    position: int
    title: str  # "Priority themes"
    theme_title: str = ""  # "Priority theme"; empty: as the part is called


@record
class Theme:
    """A chapter. `short` is its name in lists."""

    id: str
    part: str
    parent: str = ""  # the theme of the same part that it stands under; empty for none
    position: int  # 1 and up, over the whole edition
    label: str  # as the publisher numbers it: "3", "5.1", "Annex B", "iv"; empty where it does not
    title: str
    short: str
    summary: str
    marking: str
    page: str  # page or pages of the printed assessment, "11", "11-12", "iv", "Annex B"; empty where there is none
    caveats: tuple[str, ...] = ()  # codes


@record
class Footnote:
    """A note at its place in an item's text, where `[^id]` stands."""

    id: str
    text: str


@record
class Passage:
    """One paragraph of a theme's narrative."""

    id: str
    theme: str
    position: int  # 1 and up within the theme
    label: str  # "3.4"; empty where the publisher does not number it
    heading: str  # empty for most
    text: str
    marking: str
    page: str
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[str, ...] = ()  # the ids of items and themes to which its texts lead


@record
class Finding:
    """One key finding of a theme, with the ids of the statistics that stand behind it."""

    id: str
    theme: str
    position: int
    label: str = ""
    text: str
    likelihood: str = ""  # the id of a step of that scale
    confidence: str = ""
    marking: str
    page: str
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[str, ...] = ()  # the ids of items and themes to which its texts lead
    statistics: tuple[str, ...] = ()


@record
class Recommendation:
    """What the assessment recommends, with the ids of the findings that it answers."""

    id: str
    theme: str
    position: int
    label: str = ""
    text: str
    owner: str = ""  # to whom
    due: str = ""  # by when, as the publisher says it
    marking: str
    page: str
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[str, ...] = ()  # the ids of items and themes to which its texts lead
    findings: tuple[str, ...] = ()


@record
class Observation:
    """One value of a statistic, with the source's own qualifier and, where it wrote no digits, its words.

    `value` is in the statistic's unit (51 with unit `%` is 51 per cent) and keeps the digits as they were published:
    Decimal("5.0") is not written as 5. Where the source says "24.8 million", `value` is 24.8 and `magnitude` million.
    Where it says "a third", `words` holds that and `value` (33.33) only serves the drawing. `low` and `high` bound a
    band, such as ages 14 to 17 or what "almost half" may mean. `rank` is 1 and up in a ranking.
    """

    position: int
    label: str = ""
    period: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    magnitude: str = ""  # one of MAGNITUDES
    qualifier: str = ""
    words: str = ""
    rank: int | None = None

    @property
    def amount(self) -> Decimal | None:
        """The value as one exact number, for sums and sorting: 24,800,000 for 24.8 million."""
        return exact_amount(self.value, self.magnitude)


@record
class Statistic:
    """A measured statement: what was measured, on whom, when, where, and what to beware of."""

    id: str
    theme: str
    position: int
    label: str = ""
    title: str
    statement: str
    kind: StatisticKind
    unit: str  # "%" of a whole, "% change", a currency sign, or a plural noun: "reports", "users", "years"
    population: str
    base: str  # "610 reports"; empty where the source gives none
    period: str
    place: str
    caveat: str
    short_caveat: str = ""  # the publisher's own short form; the program never shortens one
    marking: str
    page: str
    observations: tuple[Observation, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[str, ...] = ()  # the ids of items and themes to which its texts lead
    findings: tuple[str, ...] = ()  # the findings it stands behind

    @property
    def text(self) -> str:
        """What a note or a search finds of it, as of every item: its statement."""
        return self.statement


Item = Finding | Recommendation | Statistic | Passage


@record
class Source:
    """What is cited: a footnote of the assessment, or a work that its text names."""

    id: str
    number: int
    title: str
    author: str = ""
    year: str = ""
    locator: str = ""
    note: str = ""


@record
class Tag:
    """An issue that crosses themes."""

    id: str
    label: str
    description: str = ""


@record
class Term:
    """An abbreviation and what it stands for."""

    abbreviation: str
    expansion: str
    definition: str = ""
    also: tuple[str, ...] = ()  # words that readers type for it: found, but never shown as abbreviations


@record
class Assessment:
    """All that an author wrote for one edition: what drafts are read into and a file is built from."""

    edition: Edition
    markings: tuple[Marking, ...]
    parts: tuple[Part, ...]
    themes: tuple[Theme, ...]
    caveats: tuple[Caveat, ...] = ()
    scale: tuple[ScaleStep, ...] = ()
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    passages: tuple[Passage, ...] = ()
    sources: tuple[Source, ...] = ()
    tags: tuple[Tag, ...] = ()
    terms: tuple[Term, ...] = ()


@record
class Claims:
    """What the signed comment says of an edition, read before SQLite parses a byte."""

    series: str
    serial: int
    issued: str
    review: str
    schema: int


def group_digits(digits: str) -> str:
    """Return digits in groups of four, to be read aloud: `257E F797 DAF4 EAF2`."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


@record
class EditionKey:
    """What tells an edition from all others: its series, its serial, and the key that signed it."""

    series: str
    serial: int
    key_id: str  # 16 hex digits, as minisign prints them

    @property
    def name(self) -> str:
        """Series and serial, as a recipe and the shelf name an edition: `tacsea/1`."""
        return f"{self.series}/{self.serial}"


@record
class Seal:
    """Who signed a file, and over what: the proof that a Bundle carries."""

    publisher: str  # the name that the trust list gives the key
    key_id: str  # 16 hex digits, as minisign prints them
    claims: Claims
    fingerprint: str  # BLAKE2b-512 of the body as 128 hex digits
    size: int  # of the whole file, in bytes

    @property
    def edition_key(self) -> EditionKey:
        """Which edition was signed, and by whom."""
        return EditionKey(series=self.claims.series, serial=self.claims.serial, key_id=self.key_id)

    @property
    def spaced_key_id(self) -> str:
        """The key id in groups of four, for reading aloud: `257E F797 DAF4 EAF2`."""
        return group_digits(self.key_id)


class NoteState(StrEnum):
    """How a note stands in the edition that is open."""

    PLACED = "placed"  # its words stand where they stood, or unmistakably elsewhere in the item
    MOVED = "moved"  # its words changed or went elsewhere: the reader confirms
    PLACELESS = "placeless"  # nothing like its words is there; kept with its quote


@record
class Anchor:
    """Where a note sits: a quotation in an item's plain text, with what stands around it.

    `quote`, `prefix` and `suffix` are W3C's TextQuoteSelector, `start` (in characters) its TextPositionSelector.
    A note on the whole item has the item's whole text for its quote.
    """

    item: str
    quote: str
    start: int = 0
    prefix: str = ""
    suffix: str = ""
    whole: bool = False

    @property
    def end(self) -> int:
        """The position of the character after the quotation, in characters."""
        return self.start + len(self.quote)


@record
class Note:
    """What the reader adds to an item; with an empty text a plain highlight or a bookmark.

    `anchor` and `serial` say where and in which edition it was made, and are never rewritten. `colour` is 1 to 5,
    0 for none. `marking` is its item's code, or the higher one to which the reader raised it. Times are ISO, in UTC.
    """

    uuid: str
    anchor: Anchor
    theme: str
    serial: int
    text: str = ""
    colour: int = 0
    tags: tuple[str, ...] = ()
    bookmark: bool = False
    marking: str = ""
    author: str = ""
    created: str = ""
    changed: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it that a reader would see."""
        return not (self.text.strip() or self.colour or self.tags or self.bookmark)


@record
class Hit:
    """One search result: an item or a theme, the words around what matched, and why it was found.

    `kind` is an ItemKind's word, or "theme"; `number` says where it stands ("3.4", "3, finding 2"). Spans are
    (start, end) in `title` and `snippet`. `reason` is empty where the words as typed were found. `without` are the
    words that it does not have, where hardly anything has all.
    """

    id: str
    kind: str
    theme: str
    number: str
    marking: str
    title: str
    title_spans: tuple[tuple[int, int], ...]
    snippet: str
    spans: tuple[tuple[int, int], ...]
    score: float
    reason: str = ""
    without: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address of the item or theme: `item:indecent-images.f2`."""
        return f"theme:{self.id}" if self.kind == "theme" else f"item:{self.id}"
