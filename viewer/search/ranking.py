"""The best of what was found: chosen by what the indexes can tell, then scored by their texts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import itemgetter

from viewer.model import Hit
from viewer.records import positional_constructor
from viewer.search.entries import Entries
from viewer.search.index import GoOn, Matches
from viewer.search.plan import Plan
from viewer.search.score import (
    EXACT_POINTS,
    FORM_POINTS,
    KIND_POINTS,
    PHRASE_POINTS,
    TITLE_POINTS,
    score,
    snippet,
)
from viewer.search.terms import PREFIX

POOL = 24  # entries that are scored by their texts, or a fifth more than hits are wanted
_LOOK = 100  # entries scored between two questions whether to go on
_POINTS = itemgetter(0)


def ranked(
    matches: Matches, entries: Entries, plan: Plan, found: list[int], limit: int, go_on: GoOn
) -> tuple[tuple[Hit, ...], set[int]]:
    """The best `limit` of the entries `found`, the best first, and, where numbers are sought, those that hold them."""
    most = max(POOL, limit + limit // 5)
    pool = found if plan.numbers or len(found) <= most else _pool(matches, entries, plan, found, most)
    go_on()
    rows, known = matches.rows(pool), entries.by_number
    scored = []
    for at, number in enumerate(pool, start=1):
        if at % _LOOK == 0:
            go_on()
        if number in known and number in rows and (one := score(plan, rows[number], known[number].kind)):
            scored.append(one)
    if len(scored) > 1:
        scored.sort(key=_POINTS, reverse=True)  # those alike stay in order
    make: Callable[..., Hit] = positional_constructor(Hit)
    hits = []
    for points, number, spans, reason in scored[:limit]:
        row = rows[number]
        words, places, in_title = snippet(row, spans)
        hits.append(make(*known[number], row.title, in_title, words, places, round(points, 2), reason))
    return tuple(hits), {number for _, number, _, _ in scored} if plan.numbers else set()


def _pool(matches: Matches, entries: Entries, plan: Plan, found: list[int], most: int) -> list[int]:
    """The entries that are scored by their texts, in order."""
    return sorted(_best(matches, entries, plan, found, most)) if plan.match else found[:most]


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
