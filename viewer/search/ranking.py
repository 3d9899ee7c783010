"""The best of what was found: chosen by what the indexes can tell, then scored by their texts."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from viewer.model import Hit
from viewer.search.entries import Entries, Entry
from viewer.search.index import GoOn, Matches, Row
from viewer.search.plan import PREFIX, Plan
from viewer.search.score import (
    EXACT_POINTS,
    FORM_POINTS,
    KIND_POINTS,
    PHRASE_POINTS,
    TITLE_POINTS,
    Scored,
    score,
    snippet,
)

POOL = 24  # entries that are scored by their texts, or a fifth more than hits are wanted
_LOOK = 100  # entries scored between two questions whether to go on
_POINTS = attrgetter("points")


class Ranked(NamedTuple):
    """The best hits first, and, where numbers are sought, the entries that hold them as written."""

    hits: tuple[Hit, ...]
    kept: set[int]


def ranked(matches: Matches, entries: Entries, plan: Plan, found: list[int], limit: int, go_on: GoOn) -> Ranked:
    """The best `limit` of the entries `found`."""
    most = max(POOL, limit + limit // 5)
    if plan.numbers:
        pool = found
    elif len(found) <= most or not plan.match:
        pool = found[:most]
    else:
        pool = sorted(_best(matches, entries, plan, found, most))
    go_on()
    rows = matches.rows(pool)
    known = entries.by_number
    scored = []
    for at, number in enumerate(pool, start=1):
        if at % _LOOK == 0:
            go_on()
        entry, row = known.get(number), rows.get(number)
        if entry and row and (one := score(plan, row, entry.kind)):
            scored.append(one)
    scored.sort(key=_POINTS, reverse=True)  # those alike stay in order
    go_on()
    hits = tuple(_hit(one, known[one.number], rows[one.number]) for one in islice(scored, limit))
    return Ranked(hits, {one.number for one in scored} if plan.numbers else set())


def _best(matches: Matches, entries: Entries, plan: Plan, found: list[int], most: int) -> list[int]:
    """The entries most likely to be best, told by which of the indexes' own questions they answer."""
    points = _told(matches, plan, found)
    alike = {0.0: [number for number in found if number not in points] if points else found}
    for number in sorted(points):
        alike.setdefault(points[number], []).append(number)
    first: list[int] = []
    for group in alike.values():  # each stands in order of importance but for the themes
        others = bisect_right(group, entries.last_theme)
        first += group[: min(others, most)] + group[others : others + most]
    known = entries.by_number
    first = [number for number in first if number in known]
    return sorted(first, key=lambda n: (-points.get(n, 0.0) - KIND_POINTS[known[n].kind], n))[:most]


def _told(matches: Matches, plan: Plan, found: list[int]) -> dict[int, float]:
    """What each entry is worth by title, words as typed, and words together; those worth nothing are left out."""
    last, among = found[-1], set(found)
    sets = [(matches.in_title(plan, found), TITLE_POINTS)]
    if _has_other_forms(matches, plan):
        sets.append((matches.exactly(plan, last), EXACT_POINTS - FORM_POINTS))
    if plan.phrase:
        sets.append((matches.together(plan.phrase, last), PHRASE_POINTS))
    points: dict[int, float] = {}
    for numbers, worth in sets:
        for number in numbers & among:
            points[number] = points.get(number, 0.0) + worth
    return points


def _has_other_forms(matches: Matches, plan: Plan) -> bool:
    """Whether an entry may match by another word than the one typed; of several words it is not asked."""
    if len(plan.wanted) > 1 or len(plan.wanted[0].ways[0].parts[0].tokens) > 1:
        return False
    ways = plan.wanted[0].ways
    part = ways[0].parts[0]
    return len(ways) > 1 or part.how == PREFIX or len(matches.vocabulary.forms(part.tokens[0])) > 1


def _hit(one: Scored, entry: Entry, row: Row) -> Hit:
    words, spans, in_title = snippet(row, one.spans)
    return Hit(
        id=entry.item,
        kind=entry.kind,
        theme=entry.theme,
        number=entry.number,
        marking=entry.marking,
        title=row.title,
        title_spans=in_title,
        snippet=words,
        spans=spans,
        score=round(one.points, 2),
        reason=one.reason,
    )
