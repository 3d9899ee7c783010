"""Query -> Plan: what to ask the index for, and how to find each word again in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice, product
from math import log

from viewer.search.language import Glossary, spellings, tokens
from viewer.search.lexicon import EXACT, PREFIX, STEM, Lexicon, Vocabulary, are_parts
from viewer.search.query import Clause, Query, Word, year_phrases
from viewer.search.terms import NumberTerm, SearchTerm, Span, make_abbreviation, make_term

MOST_FORMS = 12
MOST_PAIRS = 60  # of alternatives of two words that are also sought as one
WORD_FORM, SPELLING = "word form", "spelling"  # reasons shown for another form and for another spelling of a word


_CODE = re.compile(r"[0-9][^\W\d_]|[^\W\d_][0-9]")


class Alternative:
    """One alternative of a requirement: terms that must all be there.

    `reason` is shown to the reader where this alternative was met. `literal` says that it has the words that were
    typed, not others that mean them. `term` is its only term, None where it has several. `open_word` is its one word,
    where other words may stand for it: other forms of it, or longer words that begin with it; empty otherwise.
    `is_code` says that it is no plain word or number, but letters with digits: T1059 is not all of T1059.001.
    """

    __slots__ = ("is_code", "literal", "open_word", "reason", "term", "terms")

    def __init__(self, terms: tuple[SearchTerm, ...], reason: str = "", *, literal: bool = True) -> None:
        self.terms, self.reason, self.literal = terms, reason, literal
        self.is_code = any(_CODE.search(token) for term in terms for token in term.tokens)
        first = terms[0]
        is_open = first.mode in (STEM, PREFIX) and len(first.tokens) == len(terms) == 1
        self.term = first if len(terms) == 1 else None
        self.open_word = first.tokens[0] if is_open else ""

    def spans(self, folded: str) -> list[Span]:
        """Return where the terms stand in a folded text; nothing unless all do."""
        if self.term:
            return self.term.spans(folded)
        found = [term.spans(folded) for term in self.terms]
        return sorted({span for spans in found for span in spans}) if all(found) else []

    def fts_expression(self, lexicon: Lexicon, *, whole: bool = False) -> str:
        """Return the alternative in FTS5's query syntax."""
        shown = " AND ".join(term.fts_expression(lexicon, whole=whole) for term in self.terms)
        return f"({shown})" if len(self.terms) > 1 else shown


class Requirement:
    """What a text must hold: one of these alternatives; or, where `negated`, none of them. `typed` are its words."""

    __slots__ = ("alternatives", "negated", "typed")

    def __init__(self, alternatives: tuple[Alternative, ...], typed: str = "", *, negated: bool = False) -> None:
        self.alternatives, self.typed, self.negated = alternatives, typed, negated

    def fts_expression(self, lexicon: Lexicon, *, literal: bool = False) -> str:
        """Return it in FTS5's query syntax; `literal` takes only the words that were typed, as whole words."""
        wanted = (one for one in self.alternatives if one.literal or not literal)
        shown = list(dict.fromkeys(one.fts_expression(lexicon, whole=literal) for one in wanted))
        return shown[0] if len(shown) == 1 else f"({' OR '.join(shown)})"

    @property
    def has_number(self) -> bool:
        """Whether a number is sought."""
        return any(isinstance(term, NumberTerm) for one in self.alternatives for term in one.terms)

    def commonness(self, vocabulary: Vocabulary) -> int:
        """Return how many entries hold what is sought, at most."""
        return sum(min(term.commonness(vocabulary) for term in one.terms) for one in self.alternatives)

    def is_met(self, folded: str) -> bool:
        """Return whether a folded text meets the requirement."""
        return any(one.spans(folded) for one in self.alternatives) is not self.negated


class Plan:
    """A query ready to be put to `table`, the index of stems or the one of words as written.

    `requirements` are what the words ask for, `wanted` those that are not negated, and `numbers` those that only the
    text can answer, since no index has points and signs. `years` are what filters by year ask of a text besides.
    `only` is the one alternative, where the query has but one of one term; `stem` is that term's stem, where it is
    sought by its stem. `match` is the whole in FTS5's query syntax, empty where no words are sought. `phrase` is
    several words as typed, one after the other, where they can stand so.
    """

    def __init__(
        self,
        query: Query,
        table: str,
        lexicon: Lexicon,
        requirements: tuple[Requirement, ...],
        years: tuple[Requirement, ...] = (),
    ) -> None:
        self.query, self.table, self.requirements, self.years = query, table, requirements, years
        self._lexicon = lexicon
        self.is_empty = query.is_empty
        self.wanted = tuple([one for one in requirements if not one.negated])
        self.numbers = tuple([one for one in requirements if one.has_number])
        alternatives = [alternative for one in requirements for alternative in one.alternatives]
        only = alternatives[0] if len(alternatives) == len(self.wanted) == 1 else None
        self.only = only if only and only.term and only.literal else None
        self.stem = self.only.term.stem if self.only and self.only.term else ""
        self.phrase = self._typed_phrase()
        self.match = self._joined([one.fts_expression(lexicon) for one in self.wanted])

    @cached_property
    def exact_match(self) -> str:
        """All words as typed, for the index of words as written."""
        return self._joined([one.fts_expression(self._lexicon, literal=True) for one in self.wanted])

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How much each of the words `wanted` counts, in all 1: the fewer entries hold it, the more."""
        if len(self.wanted) == 1:
            return (1.0,)
        vocabulary = self._lexicon.vocabulary
        worth = [log(2 + vocabulary.most / (1 + one.commonness(vocabulary))) for one in self.wanted]
        return tuple([one / sum(worth) for one in worth])

    def _typed_phrase(self) -> SearchTerm | None:
        typed = [clause for clause in self.query.clauses if not clause.negated]
        words = [clause.words[0] for clause in typed if len(clause.words) == 1]
        if len(words) < 2 or len(words) < len(typed):
            return None
        return make_term(tuple(token for word in words for token in word.tokens), PREFIX if words[-1].prefix else EXACT)

    def _joined(self, wanted: list[str]) -> str:
        if not wanted:
            return ""
        shown = " AND ".join(wanted)
        negated = (one for one in self.requirements if one.negated and one not in self.numbers)
        unwanted = [one.fts_expression(self._lexicon) for one in negated]
        return f"({shown}) NOT ({' OR '.join(unwanted)})" if unwanted else shown


def plan(query: Query, glossary: Glossary, lexicon: Lexicon) -> Plan:
    """Return how to answer `query` in an edition of this glossary and these words."""
    as_written = query.exact or any(word.prefix for one in query.clauses if not one.weightless for word in one.words)
    planner = _Planner(glossary, lexicon, exact=query.exact, as_written=as_written)
    table = "plain" if as_written else "stemmed"
    return Plan(query, table, lexicon, tuple(planner.requirements(query.clauses)), tuple(_years(query)))


def _years(query: Query) -> Iterator[Requirement]:
    for chosen in query.filters:
        if chosen.name == "year":
            terms = (make_term(tokens(phrase), EXACT) for phrase in year_phrases(chosen.value))
            yield Requirement(tuple(Alternative((term,)) for term in terms), negated=chosen.negated)


class _Planner:
    """Turns clauses into requirements under one setting."""

    def __init__(self, glossary: Glossary, lexicon: Lexicon, *, exact: bool, as_written: bool) -> None:
        self._glossary, self._lexicon = glossary, lexicon
        self._exact, self._as_written = exact, as_written
        self._mode = EXACT if as_written else STEM

    def requirements(self, clauses: tuple[Clause, ...]) -> Iterator[Requirement]:
        """Yield the requirements; words that together spell out an abbreviation make one."""
        at = 0
        while at < len(clauses):
            length = 0 if self._exact else self._length_of_expansion(clauses[at:])
            joined = "" if length or self._exact else self._joined(clauses[at : at + 2])
            if length:
                yield self._expansion(clauses[at : at + length])
                at += length
            elif joined:
                yield self._compound(clauses[at].words[0], clauses[at + 1].words[0], joined)
                at += 2
            elif clauses[at].weightless:
                at += 1
            else:
                alternatives = tuple(one for word in clauses[at].words for one in self._alternatives(word))
                yield Requirement(alternatives, _typed(clauses[at].words), negated=clauses[at].negated)
                at += 1

    def _length_of_expansion(self, clauses: tuple[Clause, ...]) -> int:
        """Return how many of the first clauses spell out an abbreviation of the glossary."""
        words: tuple[str, ...] = ()
        found = 0
        for count, clause in enumerate(islice(clauses, self._glossary.longest), start=1):
            word = clause.words[0]
            if len(clause.words) > 1 or clause.negated or word.quoted or (word.prefix and word.typed.endswith("*")):
                break
            words += word.tokens
            if count > 1 and (self._glossary.abbreviations(words) or self._glossary.meant(words)):
                found = count
        return found

    def _joined(self, clauses: tuple[Clause, ...]) -> str:
        """Return two words in one, where the edition writes them so too: `smartphone` for `smart phone`."""
        words = [clause.words[0] for clause in clauses if len(clause.words) == 1 and not clause.negated]
        parts = tuple(token for word in words for token in word.tokens)
        if len(words) < 2 or len(parts) > 2 or any(word.quoted for word in words) or words[0].prefix:
            return ""
        is_open = words[1].prefix and words[1].typed.endswith("*")
        return "" if is_open or not are_parts(parts) else self._lexicon.joined(parts, self._mode_of(words[1]))

    def _compound(self, first: Word, second: Word, joined: str) -> Requirement:
        """Return what two words ask for: both of them, in whatever form each, or the two in one."""
        apart = (
            Alternative(
                (*one.terms, *other.terms),
                ", ".join(filter(None, (one.reason, other.reason))),
                literal=one.literal and other.literal,
            )
            for one, other in product(self._alternatives(first), self._alternatives(second))
        )
        joined_too = self._spelt((joined,), self._mode_of(second))
        return Requirement((*islice(apart, MOST_PAIRS), *joined_too), f"{first.typed} {second.typed}")

    def _expansion(self, clauses: tuple[Clause, ...]) -> Requirement:
        """Return what words ask for that spell out an abbreviation: themselves, anywhere, or the abbreviation."""
        sought = tuple(token for clause in clauses for token in clause.words[0].tokens)
        words = [clause.words[0] for clause in clauses if not clause.weightless] or [clauses[0].words[0]]
        apart = Alternative(tuple(make_term(w.tokens, PREFIX if w.prefix else self._mode) for w in words))
        typed = " ".join(clause.words[0].typed for clause in clauses)
        return Requirement((apart, *self._abbreviations(sought), *self._meant(sought)), typed)

    def _abbreviations(self, words: tuple[str, ...]) -> Iterator[Alternative]:
        for shown, short in self._glossary.abbreviations(words):
            yield Alternative((make_abbreviation(short),), f"abbreviation {shown}", literal=False)

    def _alternatives(self, word: Word) -> Iterator[Alternative]:
        if word.number and not word.prefix:
            yield Alternative((NumberTerm(word),))
            return
        mode = self._mode_of(word)
        yield Alternative((make_term(word.tokens, mode),), WORD_FORM if mode == STEM else "")
        if self._exact:
            return
        is_closed = not word.typed.endswith("*")
        if is_closed:
            yield from self._word_forms(word)
        for shown, full in self._glossary.expansions(word.tokens):
            yield Alternative((make_term(full, self._mode),), f"{word.typed} in full: {shown}", literal=False)
        if is_closed and not (word.prefix and len(word.tokens) == 1):
            yield from self._abbreviations(word.tokens)
            yield from self._meant(word.tokens)
        if not word.quoted:
            yield from self._compounds(word, mode)
        if len(word.tokens) == 1 and is_closed:
            for other in spellings(word.tokens[0]):
                yield Alternative((make_term((other,), self._mode),), f"{SPELLING} “{other}”", literal=False)

    def _mode_of(self, word: Word) -> int:
        return PREFIX if word.prefix else self._mode

    def _meant(self, words: tuple[str, ...]) -> Iterator[Alternative]:
        for shown, other in self._glossary.meant(words):
            yield Alternative((make_term(other, self._mode),), f"meant: {shown}", literal=False)

    def _compounds(self, word: Word, mode: int) -> Iterator[Alternative]:
        """Yield the other ways to write a compound: `online` for `on-line`, and `on-line` or `on line` for `online`."""
        if joined := self._lexicon.joined(word.tokens, mode):
            yield from self._spelt((joined,), mode)
        elif len(word.tokens) == 1:
            for halves in self._lexicon.halves(word.tokens[0], mode):
                yield from self._spelt(halves, mode)

    def _spelt(self, words: tuple[str, ...], mode: int) -> Iterator[Alternative]:
        """Yield what finds another spelling of a word, in all its forms."""
        reason = f"{SPELLING} “{' '.join(words)}”"
        yield Alternative((make_term(words, mode),), reason, literal=False)
        if self._as_written:
            for form in self._forms_of(words[-1], mode):
                yield Alternative((make_term((*words[:-1], form), EXACT),), reason, literal=False)

    def _forms_of(self, token: str, mode: int) -> Iterator[str]:
        """Yield other forms of a word, which its beginning does not find where that is sought."""
        others = (form for form in self._lexicon.vocabulary.forms(token) if form != token)
        return (form for form in islice(others, MOST_FORMS) if mode != PREFIX or not form.startswith(token))

    def _word_forms(self, word: Word) -> Iterator[Alternative]:
        """Yield other forms of the word, one by one, where the index of stems cannot serve."""
        if self._as_written:
            for form in self._forms_of(word.tokens[-1], self._mode_of(word)):
                yield Alternative((make_term((*word.tokens[:-1], form), EXACT),), WORD_FORM, literal=False)


def _typed(words: tuple[Word, ...]) -> str:
    """Return words that OR joins as they were typed, without the signs after a question."""
    return " OR ".join(word.typed.strip('?!.,;:"') or word.typed for word in words)
