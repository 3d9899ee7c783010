"""Query -> hits: asks the index, ranks what it gives, and says what was done."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TypeVar

from viewer.bundle.bundle import Bundle
from viewer.model import Hit
from viewer.records import field, positional_constructor, record
from viewer.search.entries import Entries
from viewer.search.index import GoOn
from viewer.search.language import Glossary, tokens
from viewer.search.plan import Plan, plan
from viewer.search.query import Filter, Query, parse
from viewer.search.ranking import ranked
from viewer.search.scan import Scanned, matches_of
from viewer.search.spelling import LITTLE, correction
from viewer.search.unknown import unknown

MOST_RANKED = 2000  # matches that are ranked: entries stand in order of importance, so they are the weightiest
MOST_YEARS = 30  # whose entries are counted

Found = TypeVar("Found")


@record
class Answer:
    """What a query found: the best hits first, and the entries that match. `plan` finds the matches in any text.

    `cut` says that there are more matches than were ranked; `scanned` that no index was used; `loosened` that the
    last word was read as the beginning of one, since the words as they stand match nothing; `said` holds sentences
    for the reader about the query itself; `misnamed` that one of them is of a filter whose value there is not.
    """

    query: Query
    plan: Plan | None = None
    hits: tuple[Hit, ...] = ()
    found: tuple[int, ...] = ()
    cut: bool = False
    scanned: bool = False
    loosened: bool = False
    said: tuple[str, ...] = ()
    misnamed: bool = False


@record
class Facets:
    """How many of the matches stand under each value of each filter, the values in reading order."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def never_stop() -> None:
    """Lets a search go on to its end."""


class Engine:
    """Answers queries on one edition. May be used from one thread at a time, any thread."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.glossary = Glossary.of(bundle.terms())
        self.matches, self.scanned = matches_of(bundle)
        self._made_answer: Callable[..., Answer] = positional_constructor(Answer)
        self._planned = lru_cache(maxsize=64)(self._plan)

    @cached_property
    def entries(self) -> Entries:
        """What is known of each entry without its text."""
        return Entries(self._bundle, self.matches.numbered())

    @cached_property
    def _years(self) -> dict[str, frozenset[int]]:
        """The entries of each year that the edition speaks of, the years most spoken of."""
        counts = self.matches.vocabulary.counts
        years = sorted((word for word in counts if _YEAR.fullmatch(word)), key=lambda word: (-counts[word], word))
        return {year: self.matches.holding(_year_phrases(year)) for year in sorted(years[:MOST_YEARS])}

    def warm(self) -> None:
        """Reads beforehand what the first search would wait for."""
        try:
            self.matches.warm()
            _ = self.entries.last_theme, self._years, self.matches.titles, self.matches.vocabulary.forms("")
        except sqlite3.DatabaseError:
            self._fall_back()

    def search(
        self,
        typed: str,
        *,
        exact: bool = False,
        live: bool = False,
        limit: int = 20,
        noted: frozenset[str] = frozenset(),
        go_on: GoOn = never_stop,
    ) -> Answer:
        """The answer to what was typed, with at most `limit` hits.

        `live` takes the last word for the beginning of one. `noted` are the items that bear a note. `go_on` is
        called between steps of a few milliseconds and may raise Stopped, which ends the search.
        """
        return self.surely(lambda: self._answer(self._planned(typed, exact, live), limit, noted, go_on))

    def surely(self, look: Callable[[], Found]) -> Found:
        """What `look` finds; where the index turns out to be damaged, what it finds without one."""
        try:
            return look()
        except sqlite3.DatabaseError:
            self._fall_back()
            return look()

    def full(
        self,
        typed: str,
        *,
        exact: bool = False,
        limit: int = 20,
        noted: frozenset[str] = frozenset(),
        go_on: GoOn = never_stop,
    ) -> Answer:
        """The answer to words that were typed to their end; where it is empty, what was found while they were typed."""
        answer = self.search(typed, exact=exact, limit=limit, noted=noted, go_on=go_on)
        if answer.found or answer.query.is_empty:
            return answer
        open_end = self.search(typed, exact=exact, live=True, limit=limit, noted=noted, go_on=go_on)
        if not open_end.found or open_end.query.clauses == answer.query.clauses or not open_end.query.clauses:
            return answer
        return replace(open_end, query=replace(open_end.query, live=False), loosened=True)

    def _answer(self, made: Plan, limit: int, noted: frozenset[str], go_on: GoOn) -> Answer:
        """The answer to a plan, as `search` gives it; raises what SQLite reports of a damaged index."""
        query = made.query
        if made.is_empty:
            return Answer(query=query, scanned=self.scanned, said=_emptiness(query))
        allowed, unmet = self._allowed(query.filters, noted) if query.filters else (None, ())
        go_on()
        if made.match:
            found = self.matches.find(made, allowed, MOST_RANKED + 1, go_on)
        else:
            found = sorted(allowed or ())[: MOST_RANKED + 1]
        cut = len(found) > MOST_RANKED
        if cut:
            del found[MOST_RANKED:]
        hits, kept = ranked(self.matches, self.entries, made, found, limit, go_on)
        if made.numbers and not cut:
            found = [number for number in found if number in kept]
        said = (*unmet, *_CUT_SHORT) if query.cut else unmet
        return self._made_answer(query, made, hits, tuple(found), cut, self.scanned, False, said, bool(unmet))

    def _fall_back(self) -> None:
        """Goes on without the index; where there is none to blame, what went wrong is raised again."""
        if self.scanned:
            raise
        self.matches, self.scanned = Scanned(self._bundle), True
        for known in ("entries", "_years"):
            self.__dict__.pop(known, None)
        self._planned.cache_clear()

    def _plan(self, typed: str, exact: bool, live: bool) -> Plan:
        query = parse(typed, exact=exact, live=live)
        return plan(query, self.glossary, lambda word: self.matches.vocabulary.forms(word))

    def _allowed(
        self, filters: Iterable[Filter], noted: frozenset[str]
    ) -> tuple[frozenset[int] | None, tuple[str, ...]]:
        """The entries that all filters let through, None for no limit, and what is to be said of them."""
        allowed: frozenset[int] | None = None
        said: list[str] = []
        for chosen in filters:
            numbers = self._under(chosen, noted)
            if numbers is None:
                said.append(unknown(self._bundle, chosen))
                numbers = frozenset()
            everything = allowed if allowed is not None else frozenset(self.entries.by_number)
            allowed = everything - numbers if chosen.negated else everything & numbers
        return allowed, tuple(said)

    def _under(self, chosen: Filter, noted: frozenset[str]) -> frozenset[int] | None:
        if chosen.name == "year":
            return self.matches.holding(_year_phrases(chosen.value))
        if chosen.name == "has" and chosen.value.casefold() in ("note", "notes"):
            return self.entries.noted(noted)
        return self.entries.under(chosen)

    def unmet(self, chosen: Filter) -> str:
        """The sentence for a filter whose value this edition does not have; empty where it has it."""
        known = self.surely(lambda: self._under(chosen, frozenset())) if tokens(chosen.value) else None
        return "" if known is not None else unknown(self._bundle, chosen)

    def correction(self, answer: Answer, noted: frozenset[str] = frozenset(), go_on: GoOn = never_stop) -> str:
        """What was probably meant, where `answer` found little and this finds more; empty otherwise."""
        if len(answer.found) > LITTLE or not answer.query.clauses:
            return ""
        better = correction(answer.query, self.matches.vocabulary, self.glossary)
        go_on()
        if not better:
            return ""
        other = self.search(better, exact=answer.query.exact, limit=1, noted=noted, go_on=go_on)
        return better if len(other.found) > len(answer.found) else ""

    def facets(self, answer: Answer, noted: frozenset[str] = frozenset(), go_on: GoOn = never_stop) -> Facets:
        """The matches of `answer` counted by theme, kind, tag, source, marking, figure and note."""
        entries, found = self.entries, set(answer.found)
        known = [entries.by_number[number] for number in answer.found if number in entries.by_number]
        go_on()
        counts = {
            "kind": dict(Counter(entry.kind for entry in known if entry.kind != "theme")),
            "theme": dict(Counter(entry.theme for entry in known)),
            "marking": dict(Counter(entry.marking for entry in known)),
            "tag": {tag: len(found & numbers) for tag, numbers in entries.tags.items()},
            "source": {source: len(found & numbers) for source, numbers in entries.sources.items()},
            "year": {year: len(found & numbers) for year, numbers in self._years.items()},
            "has": {"figure": len(found & entries.with_figure), "note": len(found & entries.noted(noted))},
        }
        return Facets(counts={name: {k: v for k, v in values.items() if v} for name, values in counts.items()})


def group_by_theme(hits: Iterable[Hit]) -> list[tuple[str, list[Hit]]]:
    """The hits theme by theme: the theme of the best hit first, in each the best first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.theme, []).append(hit)
    return list(groups.items())


_CUT_SHORT = ("Only the first words of this were searched for.",)
_YEAR = re.compile(r"(?:19|20)\d\d")


def _year_phrases(value: str) -> list[str]:
    """A year as texts write it: alone, or as the second half of 2011/12."""
    words = value.split("/")[0].strip()
    phrases = [" ".join(c for c in value.replace("/", " ").split() if c.isalnum()) or "0"]
    if words.isdecimal() and words.isascii() and len(words) == 4 and "/" not in value:
        phrases.append(f"{int(words) - 1} {words[2:]}")
    return phrases


def _emptiness(query: Query) -> tuple[str, ...]:
    if query.clauses:
        return ("Only words to leave out were given: add what to look for.",)
    return ()
