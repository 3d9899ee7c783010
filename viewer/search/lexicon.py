"""The words of an edition, what compounds there are of them, and how the index has what is sought."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from viewer.search.stems import stem

EXACT, STEM, PREFIX = 3, 2, 1  # modes: how closely a word must fit; the higher, the closer

Words = tuple[str, ...]

# Words that are no part of a compound: "therapist" is not looked for as "the rapist".
_NO_PARTS = frozenset(
    [
        "a",
        "i",
        "s",
        "t",
        "d",
        "m",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "is",
        "be",
        "am",
        "are",
        "was",
        "were",
        "it",
        "its",
        "he",
        "him",
        "his",
        "she",
        "her",
        "they",
        "them",
        "their",
        "we",
        "us",
        "our",
        "you",
        "your",
        "me",
        "my",
        "not",
        "no",
        "nor",
        "so",
        "if",
        "but",
        "do",
        "has",
        "had",
        "all",
        "who",
    ]
)


class Vocabulary:
    """The words of an edition, folded, each with how many entries hold it."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self._sorted = sorted(counts)
        self.most = max(counts.values(), default=0)  # entries that hold one and the same word

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def starting(self, start: str) -> Iterator[str]:
        """Yield the words that begin with `start`."""
        for at in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[at].startswith(start):
                return
            yield self._sorted[at]

    def forms(self, word: str) -> list[str]:
        """Return the words that share the stem of `word`, itself among them if it is one."""
        return self._by_stem.get(stem(word), [])

    def rare(self, most: int) -> frozenset[str]:
        """Return the stems whose words are held by at most so many entries in all."""
        return frozenset(s for s, forms in self._by_stem.items() if sum(map(self.counts.__getitem__, forms)) <= most)

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for word in self._sorted:
            out.setdefault(stem(word), []).append(word)
        return out


class Lexicon:
    """What is known of an edition's words; its index has them folded, as they are sought.

    `holds(expression, is_stemmed)` tells whether any entry matches an expression in FTS5's query syntax, in the index
    of stems or in the one of words as written.
    """

    def __init__(self, vocabulary: Vocabulary, holds: Callable[[str, bool], bool]) -> None:
        self.vocabulary = vocabulary
        self._holds = lru_cache(maxsize=1000)(holds)

    def expression(self, words: Words, mode: int) -> str:
        """Return what finds these words in the index, one after the other, in FTS5's query syntax."""
        return fts_phrase(words, mode)

    def joined(self, parts: Words, mode: int) -> str:
        """Return the parts of a compound in one word, where the edition has it: `online` for `on-line`."""
        if len(parts) < 2 or not all(map(str.isalpha, parts)):
            return ""
        word = "".join(parts)
        return word if self._knows(word, mode) else ""

    def halves(self, word: str, mode: int) -> Iterator[Words]:
        """Yield the two words of a compound, where the edition has them one after the other: `on`, `line`."""
        if not word.isalpha():
            return
        for at in range(1, len(word) - 1):
            halves = word[:at], word[at:]
            if halves[0] not in self.vocabulary or not are_parts(halves) or not self._knows(halves[1], mode):
                continue
            if self._holds(self.expression(halves, mode), mode == STEM):
                yield halves

    def _knows(self, word: str, mode: int) -> bool:
        """Return whether the edition has the word, in the mode in which it is sought."""
        if word in self.vocabulary:
            return True
        if mode == PREFIX:
            return next(self.vocabulary.starting(word), None) is not None
        return mode == STEM and bool(self.vocabulary.forms(word))


def are_parts(words: Words) -> bool:
    """Return whether each of these words may be a part of a compound."""
    return _NO_PARTS.isdisjoint(words)


def fts_phrase(words: Words, mode: int) -> str:
    """Return words one after the other in FTS5's query syntax."""
    return f'"{" ".join(words)}"' + ("*" if mode == PREFIX else "")
