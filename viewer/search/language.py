"""Words as search compares them: folded, cut into tokens, and with the other ways to spell or shorten them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from viewer.model import Term
from viewer.search.stems import stem
from viewer.text.folding import fold

WORD = re.compile(r"[^\W_]+")

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
    """The words of `text` as the index has them."""
    return tuple(WORD.findall(fold(text)))


def spellings(word: str) -> tuple[str, ...]:
    """How else a word may be spelt, British or American: `organise` for `organize`."""
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


@dataclass(slots=True)
class Glossary:
    """The edition's abbreviations and what they stand for, each as tokens, to be found from either side."""

    full: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    short: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    longest: int = 0  # words of an expansion

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Glossary:
        """The glossary of these terms."""
        out = cls()
        for term in terms:
            short, full = tokens(term.abbreviation), tokens(term.expansion)
            if short and full and short != full:
                out.full.setdefault(short, []).append((term.expansion, full))
                out.short.setdefault(stems(full), []).append((term.abbreviation, short))
                out.longest = max(out.longest, len(full))
        return out

    def expansions(self, words: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """What `words` stand for where they are an abbreviation or its plural: as written, and as tokens."""
        found = self.full.get(words, [])
        if not found and len(words) == 1 and words[0].endswith("s"):
            found = self.full.get((words[0][:-1],), [])
        return found

    def abbreviations(self, words: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The abbreviations of `words`, in whatever form they stand."""
        return self.short.get(stems(words), []) if len(words) <= self.longest else []


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The stem of each word."""
    return tuple(stem(word) for word in words)
