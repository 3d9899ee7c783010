"""Words as search compares them: folded, cut into tokens, and the other ways to spell or shorten them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from viewer.model import Term
from viewer.search.stems import stem
from viewer.text.folded import fold_text

# Marks that stand within a word for the tokenizer of both indexes; all others part words, as everything does that is
# neither letter nor digit. Folding leaves them on some letters that are neither Latin nor Greek.
MARKS = "".join(map(chr, (*range(0x300, 0x305), 0x306, 0x307, *range(0x308, 0x30D), 0x30F, 0x311, 0x31B,
    *range(0x323, 0x329), 0x32D, 0x32E, 0x330, 0x331)))  # fmt: skip
LETTERS = rf"[^\W_]*(?:[{MARKS}][^\W_]*)*"  # the rest of a word
GAP = rf"(?:[^\w{MARKS}]|_)+"  # between two words
WORD_END = rf"(?![^\W_]|[{MARKS}])"
WORD = re.compile(rf"[^\W_]{LETTERS}")
WrittenForm = tuple[str, tuple[str, ...]]  # words as they are written, and as tokens
_WrittenForms = dict[tuple[str, ...], list[WrittenForm]]

_ENDINGS = (  # British, American: whole endings that stand for one another in most words
    ("isation", "ization"), ("isations", "izations"), ("ise", "ize"), ("ised", "ized"), ("ises", "izes"),
    ("ising", "izing"), ("yse", "yze"), ("ysed", "yzed"), ("ysing", "yzing"), ("logue", "log"), ("logues", "logs"),
    ("elled", "eled"), ("elling", "eling"), ("eller", "eler"), ("ellers", "elers"), ("elment", "ellment"),
    ("tre", "ter"), ("tres", "ters"),
)  # fmt: skip
_BEGINNINGS = (
    ("behaviour", "behavior"), ("colour", "color"), ("favour", "favor"), ("honour", "honor"), ("harbour", "harbor"),
    ("labour", "labor"), ("neighbour", "neighbor"), ("rumour", "rumor"), ("endeavour", "endeavor"),
    ("programme", "program"), ("defence", "defense"), ("offence", "offense"), ("licence", "license"),
    ("practise", "practice"), ("paedo", "pedo"), ("paedi", "pedi"), ("gynae", "gyne"), ("judgement", "judgment"),
    ("enrol", "enroll"), ("fulfil", "fulfill"), ("skilful", "skillful"), ("wilful", "willful"), ("grey", "gray"),
    ("cheque", "check"), ("enquir", "inquir"), ("aeroplane", "airplane"), ("mum", "mom"),
    ("sceptic", "skeptic"), ("storey", "story"), ("tyre", "tire"), ("ageing", "aging"), ("analogue", "analog"),
    ("jewellery", "jewelry"), ("cancelled", "canceled"), ("counsellor", "counselor"), ("pretence", "pretense"),
)  # fmt: skip
_BOTH_BEGINNINGS = (*_BEGINNINGS, *((american, british) for british, american in _BEGINNINGS))
_BOTH_ENDINGS = (*_ENDINGS, *((american, british) for british, american in _ENDINGS))
_BEGIN = tuple(one for one, _ in _BOTH_BEGINNINGS)
_END = tuple(one for one, _ in _BOTH_ENDINGS)
_SHORTEST_VARIED = 5  # letters of a word whose ending is varied: "rise" and "size" are their own


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of `text` as the index has them."""
    return tuple(WORD.findall(fold_text(text).text))


def spellings(word: str) -> tuple[str, ...]:
    """Return how else a word may be spelt, British or American: `organise` for `organize`."""
    found: dict[str, None] = {}
    for one, other in _BOTH_BEGINNINGS if word.startswith(_BEGIN) else ():
        if word.startswith(one) and not (other.startswith(one) and word.startswith(other)):
            found[other + word[len(one) :]] = None
    if len(word) >= _SHORTEST_VARIED and word.endswith(_END):
        for one, other in _BOTH_ENDINGS:
            if word.endswith(one) and not (one.endswith(other) or len(word) == len(one)):
                found[word[: -len(one)] + other] = None
    found.pop(word, None)
    return tuple(found)


class Glossary:
    """The edition's abbreviations and what they stand for, each as tokens, to be found from either side.

    It is all the same how compounds are written in what stands for an abbreviation, and in what readers type for it.
    `longest` is the number of words of the longest of these.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._expansions: _WrittenForms = {}
        self._abbreviations: dict[str, list[WrittenForm]] = {}
        self._meant: dict[str, list[WrittenForm]] = {}
        self.longest = 0
        for term in terms:
            short, full = tokens(term.abbreviation), tokens(term.expansion)
            if short and full and short != full:
                self._expansions.setdefault(short, []).append((term.expansion, full))
                self._abbreviations.setdefault(_joined(full), []).append((term.abbreviation, short))
                self.longest = max(self.longest, len(full))
            for words in filter(None, map(tokens, term.also)):
                forms = ((term.abbreviation, short), (term.expansion, full))
                self._meant.setdefault(_joined(words), []).extend(form for form in forms if form[1] not in ((), words))
                self.longest = max(self.longest, len(words))

    def expansions(self, words: tuple[str, ...]) -> list[WrittenForm]:
        """Return what `words` stand for where they are an abbreviation or its plural."""
        found = self._expansions.get(words, [])
        if not found and len(words) == 1 and words[0].endswith("s"):
            found = self._expansions.get((words[0][:-1],), [])
        return found

    def abbreviations(self, words: tuple[str, ...]) -> list[WrittenForm]:
        """Return the abbreviations of `words`, in whatever form they stand."""
        return self._abbreviations.get(_joined(words), []) if len(words) <= self.longest else []

    def meant(self, words: tuple[str, ...]) -> list[WrittenForm]:
        """Return the abbreviations and expansions for which readers type `words`, in whatever form."""
        return self._meant.get(_joined(words), []) if self._meant and len(words) <= self.longest else []


def _joined(words: Iterable[str]) -> str:
    return "".join(stems(words))


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """Return the stem of each word."""
    return tuple(stem(word) for word in words)
