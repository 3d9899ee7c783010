"""Hits in the order in which they are listed: theme by theme, or one after the other, and what lacks a word last."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.model import Hit
from viewer.records import record

BEST = 3  # hits that stand on top by themselves where they come from several themes
BEST_HEADING = "Best matches"


@record
class HitSection:
    """Some hits under a heading: that of the theme `theme`, or else `heading`, which may be empty."""

    hits: tuple[Hit, ...]
    theme: str = ""
    heading: str = ""


def sections(hits: Iterable[Hit], *, by_theme: bool = True) -> list[HitSection]:
    """Return the hits in sections: the themes in the order of their best hit, in each the best first.

    The best three stand on top where they come from several themes; what is without some of the words stands last,
    under these.
    """
    listed = list(hits)
    whole = [hit for hit in listed if not hit.without]
    found: list[HitSection] = []
    if not by_theme:
        found += [HitSection(hits=tuple(whole))] if whole else []
    else:
        first = whole[:BEST] if len(whole) > BEST and len({hit.theme for hit in whole[:BEST]}) > 1 else []
        found += [HitSection(hits=tuple(first), heading=BEST_HEADING)] if first else []
        groups: dict[str, list[Hit]] = {}
        for hit in whole[len(first) :]:
            groups.setdefault(hit.theme, []).append(hit)
        found += [HitSection(hits=tuple(group), theme=theme) for theme, group in groups.items()]
    without: dict[tuple[str, ...], list[Hit]] = {}
    for hit in listed:
        if hit.without:
            without.setdefault(hit.without, []).append(hit)
    found += [HitSection(hits=tuple(group), heading=without_line(words)) for words, group in without.items()]
    return found


def without_line(words: Iterable[str]) -> str:
    """Return the line under which hits stand that are without these words."""
    return f"Without: {', '.join(words)}"
