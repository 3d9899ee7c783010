"""Sought terms and where they stand in a text: words as written, by their stems, or by how they begin."""

from __future__ import annotations

import re

from viewer.search.language import GAP, LETTERS, MARKS, WORD, WORD_END, stems
from viewer.search.lexicon import EXACT, PREFIX, STEM, Lexicon, Vocabulary
from viewer.search.query import Word
from viewer.search.stems import stem
from viewer.text.folded import fold_text

Span = tuple[int, int]

_MOST_REMEMBERED = 500

_match_letters = re.compile(LETTERS).match


def _root(token: str) -> str:
    """Return how every word begins that shares the stem of `token`: the last letters of a stem may change."""
    root = stem(token)
    return root[:-1] or root if root.endswith(("e", "i", "l")) else root


class SearchTerm:
    """One sought word: the whole, its stem, or its beginning."""

    __slots__ = ("_known_fits", "_stems", "mode", "root", "roots", "tokens")

    def __init__(self, tokens: tuple[str, ...], mode: int) -> None:
        self.tokens, self.mode = tokens, mode
        self._stems = stems(tokens) if mode == STEM else ()
        self._known_fits: dict[str, bool] = {}  # words met, and whether they fit
        roots = [_root(token) for token in tokens] if mode == STEM else list(tokens)
        self.roots = tuple(sorted(roots, key=len, reverse=True))  # a text without one of them cannot hold the term
        self.root = self.roots[0]

    @property
    def stem(self) -> str:
        """The stem by which one word is sought; empty for several words, and where it is not sought by its stem."""
        return self._stems[0] if len(self._stems) == 1 else ""

    def commonness(self, vocabulary: Vocabulary) -> int:
        """Return how many entries hold the rarest of the words, at most; of a beginning, a word more or less."""
        if self.mode == STEM:
            return min(sum(map(vocabulary.counts.__getitem__, vocabulary.forms(token))) for token in self.tokens)
        return min(vocabulary.counts.get(token, 0) for token in self.tokens)

    def spans(self, folded: str) -> list[Span]:
        """Return where the term stands in a folded text."""
        root, known = self.root, self._known_fits
        out: list[Span] = []
        at = folded.find(root)
        while at >= 0:  # takes half the time of a pattern, which would have to be compiled for each new word besides
            after = at + len(root)
            if not at or (not (before := folded[at - 1]).isalnum() and before not in MARKS):
                rest = _match_letters(folded, after)
                after = rest.end() if rest else after
                word = folded[at:after]
                fits = known.get(word)
                if self._fits(word) if fits is None else fits:
                    out.append((at, after))
            at = folded.find(root, after)
        return out

    def _fits(self, words: str) -> bool:
        """Return whether these words are meant, and remember it: a text mostly holds the same few forms."""
        fits = self.mode == PREFIX or (self._has_same_stem(words) if self.mode == STEM else words == self.root)
        if len(self._known_fits) < _MOST_REMEMBERED:
            self._known_fits[words] = fits
        return fits

    def _has_same_stem(self, words: str) -> bool:
        return stem(words) == self._stems[0]

    def fts_expression(self, lexicon: Lexicon, *, whole: bool = False) -> str:
        """Return the term in FTS5's query syntax; `whole` takes the beginning of a word for the word itself."""
        return lexicon.expression(self.tokens, EXACT if whole and self.mode == PREFIX else self.mode)


class AbbreviationTerm(SearchTerm):
    """One abbreviation as it is written, or its plural: NGO and NGOs."""

    __slots__ = ()

    def _fits(self, words: str) -> bool:
        return words in (self.root, f"{self.root}s")

    def fts_expression(self, lexicon: Lexicon, *, whole: bool = False) -> str:  # noqa: ARG002 - it is always whole
        """Return the term in FTS5's query syntax."""
        return f"({' OR '.join(lexicon.expression((word,), EXACT) for word in (self.root, f'{self.root}s'))})"


class PhraseTerm(SearchTerm):
    """Several words, one after the other; only the last may be a beginning."""

    __slots__ = ("_search", "_whole")

    def __init__(self, tokens: tuple[str, ...], mode: int) -> None:
        super().__init__(tokens, mode)
        self._whole = " ".join(tokens)
        *first, last = tokens
        patterns = [_pattern(token, EXACT if mode == PREFIX else mode) for token in first] + [_pattern(last, mode)]
        self._search = re.compile(GAP.join(patterns)).search

    def spans(self, folded: str) -> list[Span]:
        """Return where the phrase stands in a folded text."""
        if self.root not in folded:  # far quicker than the pattern, and mostly true
            return []
        search, inexact, known = self._search, self.mode == STEM, self._known_fits
        out: list[Span] = []
        match = search(folded)
        while match:
            start, end = span = match.span()
            if not start or (not (before := folded[start - 1]).isalnum() and before not in MARKS):
                fits = known.get(words := folded[start:end]) if inexact else True
                if self._fits(words) if fits is None else fits:
                    out.append(span)
            match = search(folded, end)
        return out

    def _has_same_stem(self, words: str) -> bool:
        return words == self._whole or stems(WORD.findall(words)) == self._stems


def _pattern(token: str, mode: int) -> str:
    if mode == EXACT:
        return re.escape(token) + WORD_END
    return re.escape(token if mode == PREFIX else _root(token)) + LETTERS


class NumberTerm(SearchTerm):
    """A number as written: 610 is not found in 2,610, nor 2 in P2P, nor 63% where the text has 63 alone."""

    __slots__ = ("_pattern",)

    def __init__(self, word: Word) -> None:
        super().__init__(word.tokens, EXACT)
        digits = fold_text(word.typed).text.rstrip(".,;:*").lstrip("+-")
        self.root = word.tokens[0]
        self.roots = (self.root,)
        sign = r"\s?(?:%|per\s?cent\b)" if digits.endswith("%") else ""
        number = rf"{re.escape(digits.rstrip('%'))}(?![^\W_]|[.,][0-9]){sign}"
        self._pattern = re.compile(rf"(?<![^\W_])(?<![.,]){number}|(?<=[^0-9][.,]){number}")

    def spans(self, folded: str) -> list[Span]:
        """Return where the number stands as written."""
        return [match.span() for match in self._pattern.finditer(folded)]

    def fts_expression(self, lexicon: Lexicon, *, whole: bool = False) -> str:  # noqa: ARG002 - it is always whole
        """Return the number in FTS5's query syntax."""
        return lexicon.expression(self.tokens, EXACT)


def make_term(tokens: tuple[str, ...], mode: int) -> SearchTerm:
    """Return the term for one word or several, to be found in this mode."""
    return SearchTerm(tokens, mode) if len(tokens) == 1 else PhraseTerm(tokens, mode)


def make_abbreviation(tokens: tuple[str, ...]) -> SearchTerm:
    """Return the term for an abbreviation, to be found in the singular and the plural."""
    return AbbreviationTerm(tokens, EXACT) if len(tokens) == 1 else PhraseTerm(tokens, EXACT)
