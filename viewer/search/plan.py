"""Query -> Plan: what to ask the index for, and how to find each word again in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from viewer.search.language import Glossary, spellings
from viewer.search.query import Clause, Query, Word
from viewer.search.terms import EXACT, PREFIX, STEM, Number, SearchTerm, Span, abbreviation_of, part_of

Forms = Callable[[str], Iterable[str]]  # the words of the edition that share a word's stem

MOST_FORMS = 12
WORD_FORM, SPELLING = "word form", "spelling"  # what a reader is told of another form, or of another spelling


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a clause: parts that must all be there, and what the reader is told if this one did."""

    parts: tuple[SearchTerm, ...]
    reason: str = ""
    literal: bool = True  # the words that were typed, not others that mean them
    part: SearchTerm | None = field(init=False)  # the only one, where there is but one
    token: str = field(init=False)  # the one word of it that need not be whole; empty where all must

    def __post_init__(self) -> None:
        first = self.parts[0]
        open_end = first.how in (STEM, PREFIX) and len(first.tokens) == len(self.parts) == 1
        object.__setattr__(self, "part", first if len(self.parts) == 1 else None)
        object.__setattr__(self, "token", first.tokens[0] if open_end else "")

    def spans(self, folded: str) -> list[Span]:
        """Where its parts stand in a folded text; empty unless all do."""
        if self.part:
            return self.part.spans(folded)
        found = [part.spans(folded) for part in self.parts]
        return sorted({span for spans in found for span in spans}) if all(found) else []

    def expression(self, *, whole: bool = False) -> str:
        """It as FTS5 reads it."""
        shown = " AND ".join(part.expression(whole=whole) for part in self.parts)
        return f"({shown})" if len(self.parts) > 1 else shown


@dataclass(frozen=True, slots=True)
class Requirement:
    """A clause of the query: one of its ways must be there, or, where `negated`, none may be."""

    ways: tuple[Alternative, ...]
    negated: bool = False

    def expression(self, *, literal: bool = False) -> str:
        """It as FTS5 reads it; `literal` takes only the words that were typed, and takes them as whole words."""
        ways = [way.expression(whole=literal) for way in self.ways if way.literal or not literal]
        ways = list(dict.fromkeys(ways))
        return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"

    def exactly(self) -> Requirement:
        """The same, by whole words as typed alone."""
        literal = (way for way in self.ways if way.literal)
        return Requirement(
            tuple(Alternative(tuple(part.exactly() for part in way.parts)) for way in literal), self.negated
        )

    @property
    def has_number(self) -> bool:
        """Whether a number is sought."""
        return any(isinstance(part, Number) for way in self.ways for part in way.parts)

    def may_be_in(self, folded: str) -> bool:
        """Whether a folded text holds what all of one of its ways need."""
        return any(all(root in folded for part in way.parts for root in part.roots) for way in self.ways)

    def is_in(self, folded: str) -> bool:
        """Whether a folded text meets it."""
        return any(way.spans(folded) for way in self.ways) is not self.negated


@dataclass(frozen=True)
class Plan:
    """A query ready to be put to `table`, the index of stems or the one of words as written."""

    query: Query
    table: str
    wishes: tuple[Requirement, ...]

    is_empty: bool = field(init=False)  # whether nothing is sought
    wanted: tuple[Requirement, ...] = field(init=False)  # the wishes that must be met
    numbers: tuple[Requirement, ...] = field(
        init=False
    )  # those that the text alone can meet: no index has points and signs
    way: Alternative | None = field(
        init=False
    )  # the one way to meet it all, where there is but one and that has one part
    stem: str = field(init=False)  # the stem by which its one word is sought; empty where there is no such word
    match: str = field(init=False)  # the whole as FTS5 reads it; empty where no words are sought
    phrase: SearchTerm | None = field(
        init=False
    )  # several words as typed, one after the other, where they can stand so

    def __post_init__(self) -> None:  # all at once: one by one, when first asked for, they would take thrice the time
        wanted = tuple([wish for wish in self.wishes if not wish.negated])
        numbers = tuple([wish for wish in self.wishes if wish.has_number])
        ways = [way for wish in self.wishes for way in wish.ways]
        way = ways[0] if len(ways) == len(wanted) == 1 and ways[0].part and ways[0].literal else None
        sought = way.part.wanted if way and way.part else ()
        self.__dict__.update(
            is_empty=self.query.is_empty,
            wanted=wanted,
            numbers=numbers,
            way=way,
            stem=sought[0] if len(sought) == 1 else "",
            phrase=self._phrase(),
        )
        self.__dict__["match"] = self._joined([wish.expression() for wish in wanted])

    @cached_property
    def exact_match(self) -> str:
        """All words as typed, for the index of words as written."""
        return self._joined([wish.expression(literal=True) for wish in self.wanted])

    def _phrase(self) -> SearchTerm | None:
        wanted = self.query.wanted
        words = [clause.words[0] for clause in wanted if len(clause.words) == 1]
        if len(words) < 2 or len(words) < len(wanted):
            return None
        return part_of(tuple(token for word in words for token in word.tokens), PREFIX if words[-1].prefix else EXACT)

    def _joined(self, wanted: list[str]) -> str:
        if not wanted:
            return ""
        shown = " AND ".join(wanted)
        unwanted = [wish.expression() for wish in self.wishes if wish.negated and wish not in self.numbers]
        return f"({shown}) NOT ({' OR '.join(unwanted)})" if unwanted else shown


def plan(query: Query, glossary: Glossary, forms: Forms) -> Plan:
    """How `query` is to be answered; `forms` is only asked where the index of stems cannot serve."""
    plain = query.exact or any(word.prefix for clause in query.clauses for word in clause.words)
    planner = _Planner(glossary, forms, exact=query.exact, plain=plain)
    return Plan(query=query, table="plain" if plain else "stemmed", wishes=tuple(planner.wishes(query.clauses)))


class _Planner:
    """Turns clauses into wishes under one setting."""

    def __init__(self, glossary: Glossary, forms: Forms, *, exact: bool, plain: bool) -> None:
        self._glossary, self._forms = glossary, forms
        self._exact, self._plain = exact, plain

    def wishes(self, clauses: tuple[Clause, ...]) -> Iterator[Requirement]:
        """The wishes; words that together spell out an abbreviation make one."""
        at = 0
        while at < len(clauses):
            length = 0 if self._exact else self._spelt_out(clauses[at:])
            if length:
                yield self._in_full(clauses[at : at + length])
                at += length
            else:
                ways = tuple(way for word in clauses[at].words for way in self._ways(word))
                yield Requirement(ways, clauses[at].negated)
                at += 1

    def _spelt_out(self, clauses: tuple[Clause, ...]) -> int:
        """How many of the first clauses spell out an abbreviation of the glossary."""
        words: tuple[str, ...] = ()
        found = 0
        for count, clause in enumerate(islice(clauses, self._glossary.longest), start=1):
            word = clause.words[0]
            if len(clause.words) > 1 or clause.negated or word.quoted or (word.prefix and word.typed.endswith("*")):
                break
            words += word.tokens
            if count > 1 and self._glossary.abbreviations(words):
                found = count
        return found

    def _in_full(self, clauses: tuple[Clause, ...]) -> Requirement:
        """Words that spell out an abbreviation: anywhere in the text, or the abbreviation in their place."""
        words = tuple(token for clause in clauses for token in clause.words[0].tokens)
        how = EXACT if self._plain else STEM
        apart = Alternative(tuple(part for clause in clauses for part in self._plain_parts(clause.words[0], how)))
        short = tuple(
            Alternative((abbreviation_of(tokens),), f"abbreviation {shown}", literal=False)
            for shown, tokens in self._glossary.abbreviations(words)
        )
        return Requirement((apart, *short))

    def _plain_parts(self, word: Word, how: int) -> tuple[SearchTerm, ...]:
        return (part_of(word.tokens, PREFIX if word.prefix else how),)

    def _ways(self, word: Word) -> Iterator[Alternative]:
        if word.number and not word.prefix:
            yield Alternative((Number(word),))
            return
        how = PREFIX if word.prefix else EXACT if self._plain else STEM
        yield Alternative((part_of(word.tokens, how),), WORD_FORM if how == STEM else "")
        if self._exact:
            return
        closed = not word.typed.endswith("*")
        if closed:
            yield from self._word_forms(word)
        for shown, full in self._glossary.expansions(word.tokens):
            told = f"{word.typed} in full: {shown}"
            yield Alternative((part_of(full, EXACT if self._plain else STEM),), told, literal=False)
        if closed and not (word.prefix and len(word.tokens) == 1):
            for shown, short in self._glossary.abbreviations(word.tokens):
                yield Alternative((abbreviation_of(short),), f"abbreviation {shown}", literal=False)
        if len(word.tokens) == 1 and closed:
            for other in spellings(word.tokens[0]):
                yield Alternative(
                    (part_of((other,), EXACT if self._plain else STEM),), f"{SPELLING} “{other}”", literal=False
                )

    def _word_forms(self, word: Word) -> Iterator[Alternative]:
        """Other forms of the word, one by one, where the index of stems cannot serve."""
        if self._plain and len(word.tokens) == 1:
            others = (form for form in self._forms(word.tokens[0]) if form != word.tokens[0])
            for form in islice(others, MOST_FORMS):
                if not (word.prefix and form.startswith(word.tokens[0])):
                    yield Alternative((part_of((form,), EXACT),), WORD_FORM, literal=False)
