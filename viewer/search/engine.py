"""Query -> hits: asks the index, ranks what it gives, and says what was done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, lru_cache

from viewer.bundle.bundle import Bundle
from viewer.errors import FaultyIndex
from viewer.model import Hit
from viewer.records import field, positional_constructor, record, replace
from viewer.search.entries import Entries, Key
from viewer.search.entry_texts import EntryTexts
from viewer.search.index import CancelCheck, Index
from viewer.search.language import Glossary, tokens
from viewer.search.partial import PartialMatches
from viewer.search.plan import Plan, plan
from viewer.search.query import Filter, Query, parse, year_phrases
from viewer.search.ranking import Ranking
from viewer.search.spelling import FEW_MATCHES, correction

MOST_RANKED = 2000  # matches that are ranked: entries stand in order of importance, so they are the weightiest
MOST_YEARS = 30  # whose entries are counted

_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_TRIED = 5  # words of an entry, to see whether the index knows them
_PLAIN_WORD = re.compile(r"(?<![^ ])[a-z]{3,}(?![^ .,;:])")  # one that every tokenizer reads alike


@record
class Answer:
    """What a query found: the best hits first, and the entries that match. `plan` finds the matches in any text.

    `partial` are hits that are without some of the words, where hardly anything matches; they follow the others.

    `cut` says that there are more matches than were ranked; `loosened` that the last word was read as the beginning
    of one, since the words as they stand match nothing. `unknown` are the filters whose value this edition does not
    have.
    """

    query: Query
    plan: Plan | None = None
    hits: tuple[Hit, ...] = ()
    found: tuple[int, ...] = ()
    cut: bool = False
    loosened: bool = False
    unknown: tuple[Filter, ...] = ()
    partial: tuple[Hit, ...] = ()

    @property
    def listed(self) -> tuple[Hit, ...]:
        """All hits, the partial ones last."""
        return self.hits + self.partial


@record
class Facets:
    """How many of the matches stand under each value of each filter, the values in reading order."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def never_cancelled() -> None:
    """Let a search go on to its end."""


class Engine:
    """Answers queries on one edition. May be used from one thread at a time, any thread.

    Whatever asks the index raises FaultyIndex where that cannot be read, or is not one of this edition's items.
    """

    def __init__(self, bundle: Bundle, hidden: Collection[Key] = ()) -> None:
        """Take the edition, and the themes and items that are as if they were not in it, each by its id and kind."""
        self._bundle, self._hidden = bundle, frozenset(hidden)
        self.glossary = Glossary(bundle.terms())
        self.index = Index(bundle.connection, is_folded=bundle.format_number > 1)
        self._make_answer: Callable[..., Answer] = positional_constructor(Answer)
        self._cached_plan = lru_cache(maxsize=64)(self._plan)

    @cached_property
    def entries(self) -> Entries:
        """What is known of each entry without its text."""
        return Entries(self._bundle, self.index.numbered)

    def shown(self, numbers: frozenset[int]) -> frozenset[int]:
        """Return those entries that are not hidden."""
        return numbers - self._hidden_numbers if self._hidden else numbers

    @cached_property
    def _hidden_numbers(self) -> frozenset[int]:
        entries = self.entries.by_number.items()
        return frozenset(number for number, entry in entries if (entry.item, entry.kind) in self._hidden)

    @cached_property
    def texts(self) -> EntryTexts:
        """The titles and texts of the entries. Raises FaultyIndex where words of a few do not lead back to them."""
        texts, numbers = EntryTexts(self._bundle, self.entries), list(self.entries.by_number)
        sample = {numbers[0], numbers[len(numbers) // 2], numbers[-1]} if numbers else set()
        for number in sample:
            words = _PLAIN_WORD.findall(texts.of([number])[number].text)[:_MOST_TRIED]
            if words and not any(self.index.has(word, number) for word in words):
                raise FaultyIndex
        return texts

    @cached_property
    def _years(self) -> dict[str, frozenset[int]]:
        """The entries of each year that the edition speaks of, the years most spoken of."""
        counts = self.index.vocabulary.counts
        years = sorted((word for word in counts if _YEAR.fullmatch(word)), key=lambda word: (-counts[word], word))
        return {year: self.index.holding_any(year_phrases(year)) for year in sorted(years[:MOST_YEARS])}

    def warm(self) -> None:
        """Read beforehand what the first search would wait for."""
        self.index.warm()
        self.texts.titles.warm()
        _ = self._years, self.index.vocabulary.forms("")

    def search(
        self,
        typed: str,
        *,
        exact: bool = False,
        live: bool = False,
        limit: int = 20,
        noted: frozenset[str] = frozenset(),
        check_cancelled: CancelCheck = never_cancelled,
    ) -> Answer:
        """Return the answer to what was typed, with at most `limit` hits.

        `live` takes the last word for the beginning of one. `noted` are the items that bear a note. `check_cancelled`
        is called between steps of a few milliseconds and may raise Cancelled, which ends the search.
        """
        made = self._cached_plan(typed, exact, live)
        query = made.query
        if made.is_empty:
            return Answer(query=query)
        ranking = Ranking(self.index, self.entries, self.texts, check_cancelled)
        allowed, unknown = self._allowed(query.filters, noted) if query.filters else (None, ())
        if self._hidden:
            allowed = self.shown(allowed if allowed is not None else frozenset(self.entries.by_number))
        check_cancelled()
        if made.match:
            found = self.index.find(made, allowed, MOST_RANKED + 1, check_cancelled)
        else:
            found = sorted(allowed or ())[: MOST_RANKED + 1]
        cut = len(found) > MOST_RANKED
        if cut:
            del found[MOST_RANKED:]
            found += ranking.beyond(made, found[-1], allowed)
        hits, wrong = ranking.rank(made, found, limit)
        if wrong and not cut:
            found = [number for number in found if number not in wrong]
        partial: tuple[Hit, ...] = ()
        if len(found) <= FEW_MATCHES and len(hits) < limit and len(made.wanted) > 1:
            matches = PartialMatches(self.index, self.entries, self.texts, check_cancelled)
            partial = ranking.hits(matches.best(made, allowed, found)[: limit - len(hits)])
        return self._make_answer(query, made, hits, tuple(found), cut, False, unknown, partial)

    def search_complete(
        self,
        typed: str,
        *,
        exact: bool = False,
        limit: int = 20,
        noted: frozenset[str] = frozenset(),
        check_cancelled: CancelCheck = never_cancelled,
    ) -> Answer:
        """Return the answer to words typed to their end; where that is empty, what was found while they were typed."""
        answer = self.search(typed, exact=exact, limit=limit, noted=noted, check_cancelled=check_cancelled)
        if answer.found or answer.query.is_empty:
            return answer
        live = self.search(typed, exact=exact, live=True, limit=limit, noted=noted, check_cancelled=check_cancelled)
        if not live.found or live.query.clauses == answer.query.clauses or not live.query.clauses:
            return answer
        return replace(live, query=replace(live.query, live=False), loosened=True)

    def _plan(self, typed: str, exact: bool, live: bool) -> Plan:
        query = parse(typed, exact=exact, live=live)
        return plan(query, self.glossary, self.index.lexicon)

    def _allowed(
        self, filters: Iterable[Filter], noted: frozenset[str]
    ) -> tuple[frozenset[int] | None, tuple[Filter, ...]]:
        """Return the entries that all filters let through, None for no limit, and the filters of an unknown value."""
        allowed: frozenset[int] | None = None
        unknown: list[Filter] = []
        for chosen in filters:
            numbers = self._under(chosen, noted)
            if numbers is None:
                unknown.append(chosen)
                numbers = frozenset()
            everything = allowed if allowed is not None else frozenset(self.entries.by_number)
            allowed = everything - numbers if chosen.negated else everything & numbers
        return allowed, tuple(unknown)

    def _under(self, chosen: Filter, noted: frozenset[str]) -> frozenset[int] | None:
        if chosen.name == "year":
            return self.index.holding_any(year_phrases(chosen.value))
        if chosen.name == "has" and chosen.value.casefold() in ("note", "notes"):
            return self.entries.of_items(noted)
        return self.entries.under(chosen)

    def has_value(self, chosen: Filter) -> bool:
        """Return whether this edition has the value that a filter names."""
        return bool(tokens(chosen.value)) and self._under(chosen, frozenset()) is not None

    def correction(
        self, answer: Answer, noted: frozenset[str] = frozenset(), check_cancelled: CancelCheck = never_cancelled
    ) -> str:
        """Return what was probably meant, where `answer` found little and this finds more; empty otherwise."""
        if len(answer.found) > FEW_MATCHES or not answer.query.clauses:
            return ""
        better = correction(answer.query, self.index.vocabulary, self.glossary)
        check_cancelled()
        if not better:
            return ""
        other = self.search(better, exact=answer.query.exact, limit=1, noted=noted, check_cancelled=check_cancelled)
        return better if other.hits and len(other.found) > len(answer.found) else ""

    def facets(
        self, answer: Answer, noted: frozenset[str] = frozenset(), check_cancelled: CancelCheck = never_cancelled
    ) -> Facets:
        """Return the matches of `answer` counted under each value of each filter but the label."""
        entries, found = self.entries, set(answer.found)
        known = [entries.by_number[number] for number in answer.found if number in entries.by_number]
        check_cancelled()
        counts = {
            "kind": dict(Counter(entry.kind for entry in known if entry.kind != "theme")),
            "theme": dict(Counter(entry.theme for entry in known)),
            "marking": dict(Counter(entry.marking for entry in known)),
            "tag": {tag: len(found & numbers) for tag, numbers in entries.tags.items()},
            "source": {source: len(found & numbers) for source, numbers in entries.sources.items()},
            "year": {year: len(found & numbers) for year, numbers in self._years.items()},
            "caveat": {code: len(found & numbers) for code, numbers in entries.caveats.items()},
            "has": {"figure": len(found & entries.with_figure), "note": len(found & entries.of_items(noted))},
        }
        for name, steps in entries.judged.items():
            counts[name] = {step: len(found & numbers) for step, numbers in steps.items()}
        return Facets(counts={name: {k: v for k, v in values.items() if v} for name, values in counts.items()})
