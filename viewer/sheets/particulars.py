"""What a sheet tells besides its items: titles, origin, stamps, and the abbreviations that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from viewer.bundle.bundle import Bundle
from viewer.model import Marking, Passage, Statistic, Term, Theme, ThemeKind
from viewer.pages.parts import THEME_KIND_NAMES
from viewer.sheets.sheet import Chapter, Origin
from viewer.text import wording


def kicker(theme: Theme) -> str:
    """The line above a theme's title: its kind and number, and where it stands in print."""
    number = f" {theme.number}" if theme.kind is ThemeKind.PRIORITY else ""
    pages = wording.pages(theme.page)
    return " · ".join(
        part for part in (THEME_KIND_NAMES[theme.kind] + number, f"{pages} of the assessment" if pages else "") if part
    )


def only_title(chapters: Sequence[Chapter]) -> str:
    """The title of the only chapter; empty where there are several."""
    return chapters[0].title if len(chapters) == 1 else ""


def origin(bundle: Bundle) -> Origin:
    """What a sheet says of the edition that it is made from."""
    edition, seal = bundle.edition, bundle.seal
    return Origin(
        series=edition.series,
        name=edition.name,
        title=edition.title,
        label=edition.label,
        serial=edition.serial,
        issued=edition.issued,
        review=edition.review,
        publisher=edition.publisher,
        signer=seal.publisher,
        key_id=seal.key_id,
        fingerprint=seal.fingerprint,
    )


def stamps(bundle: Bundle, today: date, superseded_by: int | None) -> tuple[str, ...]:
    """The warnings that every page bears: superseded, review date past."""
    out = []
    if superseded_by is not None:
        out.append(f"superseded by serial {superseded_by}")
    if wording.is_past_review(bundle.edition, today):
        out.append(f"review date past ({wording.day(bundle.edition.review)})")
    return tuple(out)


def terms_in(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The abbreviations that `text` uses."""
    return tuple(t for t in terms if re.search(rf"(?<![\w-]){re.escape(t.abbreviation)}(?![\w-])", text))


def texts_of(chapters: Iterable[Chapter]) -> Iterator[str]:
    """All words of the edition that chapters lay out."""
    for chapter in chapters:
        yield from (chapter.title, chapter.summary)
        for section in chapter.sections:
            for block in section.blocks:
                yield block.item.text
                if isinstance(block.item, Statistic):
                    item = block.item
                    yield from (item.title, item.population, item.base, item.period, item.place, item.caveat)
                    yield from (observation.label for observation in item.observations)
                elif isinstance(block.item, Passage):
                    yield block.item.heading


def marking_named(scheme: Sequence[Marking], word: str) -> Marking | None:
    """The marking whose code or label is `word`, whatever its case; None where there is none."""
    sought = word.strip().casefold()
    return next((m for m in scheme if sought in (m.code.casefold(), m.label.casefold())), None)
