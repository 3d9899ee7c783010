"""Words that stand together in a text, and where: as they are written, by their stems, or by how they begin."""

from __future__ import annotations

import re

from viewer.search.language import WORD, stems
from viewer.search.query import Word
from viewer.search.stems import stem

Span = tuple[int, int]

EXACT, STEM, PREFIX = 3, 2, 1  # how closely a part fits; the higher, the better
_MOST_FITTING = 500

_END = r"(?![^\W_])"
_MORE = r"[^\W_]*"
_GAP = r"[\W_]+"
_letters = re.compile(_MORE).match


def _root(token: str) -> str:
    """How every word begins that shares the stem of `token`: only these last letters may stand for others."""
    root = stem(token)
    return root[:-1] or root if root.endswith(("e", "i", "l")) else root


class SearchTerm:
    """One word: the whole, its stem, or its beginning."""

    __slots__ = ("_fitting", "how", "root", "roots", "tokens", "wanted")

    def __init__(self, tokens: tuple[str, ...], how: int) -> None:
        self.tokens, self.how = tokens, how
        self.wanted = stems(tokens) if how == STEM else ()
        self._fitting: dict[str, bool] = {}  # words met, and whether they fit
        roots = [_root(token) for token in tokens] if how == STEM else list(tokens)
        self.roots = tuple(sorted(roots, key=len, reverse=True))  # without which it is in no text
        self.root = self.roots[0]

    def exactly(self) -> SearchTerm:
        """The same words as typed."""
        return self if self.how == EXACT else part_of(self.tokens, EXACT)

    def spans(self, folded: str) -> list[Span]:
        """Where it stands in a folded text."""
        root, known = self.root, self._fitting
        out: list[Span] = []
        at = folded.find(root)
        while at >= 0:  # in half the time of a pattern, which would have to be made for each new word besides
            after = at + len(root)
            if not at or not folded[at - 1].isalnum():
                rest = _letters(folded, after)
                after = rest.end() if rest else after
                word = folded[at:after]
                fits = known.get(word)
                if self._fits(word) if fits is None else fits:
                    out.append((at, after))
            at = folded.find(root, after)
        return out

    def _fits(self, words: str) -> bool:
        """Whether what stands there is meant; kept, for a text mostly holds the same few forms."""
        fits = self.how == PREFIX or (self._is_form(words) if self.how == STEM else words == self.root)
        if len(self._fitting) < _MOST_FITTING:
            self._fitting[words] = fits
        return fits

    def _is_form(self, words: str) -> bool:
        return stem(words) == self.wanted[0]

    def expression(self, *, whole: bool = False) -> str:
        """It as FTS5 reads it; `whole` takes the beginning of a word for the word itself."""
        return f'"{" ".join(self.tokens)}"' + ("*" if self.how == PREFIX and not whole else "")


class Abbreviation(SearchTerm):
    """One word as it is written, or its plural: NGO and NGOs."""

    __slots__ = ()

    def _fits(self, words: str) -> bool:
        return words in (self.root, f"{self.root}s")

    def expression(self, *, whole: bool = False) -> str:  # noqa: ARG002 - an abbreviation is always whole
        """It as FTS5 reads it."""
        return f'("{self.root}" OR "{self.root}s")'


class Phrase(SearchTerm):
    """Several words, one after the other: of the last alone the beginning may be meant."""

    __slots__ = ("_search", "_whole")

    def __init__(self, tokens: tuple[str, ...], how: int) -> None:
        super().__init__(tokens, how)
        self._whole = " ".join(tokens)
        *first, last = tokens
        pieces = [_piece(token, EXACT if how == PREFIX else how) for token in first] + [_piece(last, how)]
        self._search = re.compile(_GAP.join(pieces)).search

    def spans(self, folded: str) -> list[Span]:
        """Where it stands in a folded text."""
        if self.root not in folded:  # far quicker than the pattern, and mostly true
            return []
        search, inexact, known = self._search, self.how == STEM, self._fitting
        out: list[Span] = []
        match = search(folded)
        while match:
            start, end = span = match.span()
            if not start or not folded[start - 1].isalnum():
                fits = known.get(words := folded[start:end]) if inexact else True
                if self._fits(words) if fits is None else fits:
                    out.append(span)
            match = search(folded, end)
        return out

    def _is_form(self, words: str) -> bool:
        return words == self._whole or stems(WORD.findall(words)) == self.wanted


def _piece(token: str, how: int) -> str:
    if how == EXACT:
        return re.escape(token) + _END
    return re.escape(token if how == PREFIX else _root(token)) + _MORE


class Number(SearchTerm):
    """A number as written: 610 is not found in 2,610, nor 2 in P2P, nor 63 with a sign in 63 alone."""

    __slots__ = ("_pattern", "_rest", "_ways")

    def __init__(self, word: Word) -> None:
        super().__init__(word.tokens, EXACT)
        digits = word.typed.rstrip(".,;:*").lstrip("+-−")
        whole, point, rest = digits.rstrip("%").partition(".")
        plain = whole.replace(",", "")
        self.root = plain[:1]
        self.roots = (self.root,)
        groups = [plain[max(0, at - 3) : at] for at in range(len(plain), 0, -3)][::-1]
        body = ",?".join(groups) + (r"\." + rest if point else "")
        sign = r"\s?(?:%|per\s?cent\b)" if digits.endswith("%") else ""
        whole_number = rf"{body}(?![^\W_]|[.,]\d){sign}"
        self._pattern = re.compile(rf"(?<![^\W_])(?<![.,]){whole_number}|(?<=\D[.,]){whole_number}")
        self._ways = {whole.replace(",", " "), plain, " ".join(groups)}
        self._rest = f" {rest}" if point else ""

    def spans(self, folded: str) -> list[Span]:
        """Where it stands as written."""
        return [match.span() for match in self._pattern.finditer(folded)]

    def expression(self, *, whole: bool = False) -> str:  # noqa: ARG002 - a number is always whole
        """It as FTS5 reads it: with and without marks between the thousands."""
        ways = [f'"{way}{self._rest}"' for way in sorted(self._ways)]
        return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"


def abbreviation_of(tokens: tuple[str, ...]) -> SearchTerm:
    """An abbreviation, to be found in the singular and the plural."""
    return Abbreviation(tokens, EXACT) if len(tokens) == 1 else Phrase(tokens, EXACT)


def part_of(tokens: tuple[str, ...], how: int) -> SearchTerm:
    """One word or several, to be found in this way."""
    return SearchTerm(tokens, how) if len(tokens) == 1 else Phrase(tokens, how)
