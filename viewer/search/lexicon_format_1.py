"""How the index of format 1, which stands on texts as they are written, has what is sought.

Such an index parts words otherwise than folded texts do: U.K. is two words there, and so is 2,293; a ligature stays,
and so does an accent that is not Latin. So everything is asked for that folds to what is sought, and a little more:
whether an entry holds what is sought, its own text tells. Only words with something invisible in them, such as a soft
hyphen, are not found: there is no telling where it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import islice

from viewer.search.language import MARKS, stems, tokens
from viewer.search.lexicon import EXACT, PREFIX, STEM, Lexicon, Vocabulary, Words, fts_phrase

_MOST_WRITINGS = 200  # to write some words
_LONGEST_PHRASE = 20  # words that are asked for: of a longer one, the own text of an entry tells the rest
_LONGEST_ABBREVIATION = 7  # letters
_WITHOUT_MARKS = dict.fromkeys(map(ord, MARKS))

Writing = tuple[Words, bool]  # words of the index in place of those sought, and whether the last is a beginning


class Format1Lexicon(Lexicon):
    """What is known of the words of an edition of format 1; `counts` are the words that its index has."""

    def __init__(self, counts: dict[str, int], holds: Callable[[str, bool], bool]) -> None:
        self._counts = counts
        folded: dict[str, int] = {}
        others: list[tuple[Words, str]] = []  # words of the index that are something else when folded
        for raw, count in counts.items():
            words = (raw,) if raw.isascii() else tokens(raw)
            if words and words != (raw,):
                others.append((words, raw))
            for word in words:
                folded[word] = folded.get(word, 0) + count
        super().__init__(Vocabulary(folded), holds)
        self._others = sorted(others)
        self._by_words: dict[Words, list[str]] = {}
        self._by_stems: dict[Words, list[str]] = {}
        for words, raw in self._others:
            self._by_words.setdefault(words, []).append(raw)
            self._by_stems.setdefault(stems(words), []).append(raw)
        self._most_in_one = max((len(words) for words, _ in others), default=1)

    def expression(self, words: Words, mode: int) -> str:
        """Return what finds all that folds to these words, one after the other, in FTS5's query syntax."""
        if len(words) > _LONGEST_PHRASE:
            words, mode = words[:_LONGEST_PHRASE], EXACT if mode == PREFIX else mode
        found = islice(self._writings(words, mode), _MOST_WRITINGS)
        phrases = list(dict.fromkeys(fts_phrase(raw, PREFIX if is_open else EXACT) for raw, is_open in found))
        return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"

    def _writings(self, words: Words, mode: int) -> Iterator[Writing]:
        """Yield how the words may be written, as they are sought first."""
        for count in range(1, min(len(words), self._most_in_one) + 1):
            first, rest = words[:count], words[count:]
            if not rest:
                yield from self._writings_of(first, mode)
                continue
            for writing, _ in self._writings_of(first, EXACT if mode == PREFIX else mode):
                yield from (((*writing, *more), is_open) for more, is_open in self._writings(rest, mode))

    def _writings_of(self, words: Words, mode: int) -> Iterator[Writing]:
        """Yield how words may be written that are one word of the index, and one word that may be several of it."""
        is_open = mode == PREFIX
        if len(words) == 1:
            (word,) = words
            yield words, is_open
            yield from ((letters, is_open) for letters in self._letters(word, mode))
            yield from ((groups, is_open) for groups in _thousands(word, is_open=is_open))
            if bare := word.translate(_WITHOUT_MARKS):
                yield (bare,), is_open
        if is_open:
            yield from self._beginning(words)
        else:
            found = self._by_stems.get(stems(words), ()) if mode == STEM else self._by_words.get(words, ())
            yield from (((raw,), False) for raw in found)

    def _letters(self, word: str, mode: int) -> Iterator[Words]:
        """Yield the letters of an abbreviation, where the edition has them one after the other: U.K. for UK."""
        letters = tuple(word)
        is_abbreviation = 1 < len(word) <= _LONGEST_ABBREVIATION and word.isalpha()
        is_known = is_abbreviation and all(letter in self._counts for letter in letters)
        if is_known and self._holds(fts_phrase(letters, mode), mode == STEM):
            yield letters

    def _beginning(self, words: Words) -> Iterator[Writing]:
        """Yield what folds to words that begin so: how these begin, or where that cannot be told, they as a whole."""
        *before, start = words
        for at in range(bisect_left(self._others, (words, "")), len(self._others)):
            folded, raw = self._others[at]
            if folded[: len(before)] != (*before,) or not folded[len(before)].startswith(start):
                return
            beginning = raw[: len(start)]
            yield ((beginning,), True) if tokens(beginning) == words else ((raw,), False)


def _thousands(number: str, *, is_open: bool) -> Iterator[Words]:
    """Yield a whole number in groups of three digits; one still being typed, in all that may come of it."""
    if not number.isascii() or not number.isdecimal() or number.startswith("0"):
        return
    firsts = (1, 2, 3) if is_open else ((len(number) - 1) % 3 + 1,)
    for first in firsts:
        if first < len(number):
            yield number[:first], *(number[at : at + 3] for at in range(first, len(number), 3))
