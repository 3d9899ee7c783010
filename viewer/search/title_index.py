"""The words of all titles in memory: which entries have what is sought in their titles, without asking an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from viewer.search.language import WORD
from viewer.search.lexicon import PREFIX, STEM, Vocabulary
from viewer.search.plan import Requirement
from viewer.search.terms import AbbreviationTerm, SearchTerm


class TitleIndex:
    """Knows the folded `titles` by their entries' numbers, and which of them have a word."""

    def __init__(self, titles: Mapping[int, str]) -> None:
        self.titles = titles
        self._numbers: dict[str, set[int]] = {}
        for number, title in titles.items():
            for word in WORD.findall(title):
                self._numbers.setdefault(word, set()).add(number)
        self._words = Vocabulary({word: len(numbers) for word, numbers in self._numbers.items()})

    def warm(self) -> None:
        """Know beforehand which words share a stem."""
        self._words.forms("")

    def meeting(self, requirement: Requirement) -> set[int]:
        """Return the entries whose titles have all words of an alternative; whether one after the other, they tell."""
        found: set[int] = set()
        for alternative in requirement.alternatives:
            here = [self._holding(term) for term in alternative.terms]
            found |= here[0].intersection(*here[1:]) if len(here) > 1 else here[0]
        return found

    def _holding(self, term: SearchTerm) -> set[int]:
        *before, last = term.tokens
        mode = term.mode
        found = self._under(self._fitting(last, mode, is_plural=isinstance(term, AbbreviationTerm)))
        for token in before if found else ():
            found = found & self._under(self._fitting(token, STEM if mode == STEM else 0))
        return found

    def _fitting(self, token: str, mode: int, *, is_plural: bool = False) -> Iterable[str]:
        if mode == STEM:
            return self._words.forms(token)
        if mode == PREFIX:
            return self._words.starting(token)
        return (token, f"{token}s") if is_plural else (token,)

    def _under(self, words: Iterable[str]) -> set[int]:
        known = [numbers for word in words if (numbers := self._numbers.get(word))]
        return known[0] if len(known) == 1 else set().union(*known)
