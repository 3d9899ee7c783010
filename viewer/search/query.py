"""Typed words -> Query: what is wanted, what not, and under which filters. Whatever is typed gives a Query."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viewer.records import record, replace
from viewer.search.language import tokens
from viewer.search.stop_words import is_stop_word
from viewer.text.folded import fold_text
from viewer.text.quotation_marks import straight_quotes

MOST_TYPED = 2000  # characters that are read
MOST_WORDS = 24  # words and phrases that are searched for

SCALES = ("likelihood", "confidence")  # by which findings are judged
FILTERS = ("theme", "kind", "tag", "source", "year", "marking", "caveat", *SCALES, "label", "has")
KINDS = ("finding", "recommendation", "statistic", "passage")
KIND_NAMES = {
    **{kind: kind for kind in KINDS},
    **{f"{kind}s": kind for kind in KINDS},
    "figure": "statistic",
    "figures": "statistic",
}

_PIECE = re.compile(
    r"""(?P<minus>-)?(?:(?P<name>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))""", re.VERBOSE
)
_PER_CENT = re.compile(r"(?<=\d)\s+per\s?cent\b", re.IGNORECASE)
_NUMBER = re.compile(r"[+−-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?%?|[0-9]+(?:\.[0-9]+)?%?")
_POSSESSIVE = re.compile(r"[^\W_]'s\W*$")  # at the end of a folded word


@record
class Word:
    """One word, phrase or number that is sought: as typed, and as the index has it."""

    typed: str
    tokens: tuple[str, ...]
    start: int  # in what was typed
    end: int
    quoted: bool = False
    prefix: bool = False
    number: bool = False
    possessive: bool = False  # of which the end is left out


@record
class Clause:
    """Words of which one at least must be there, or, where `negated`, none may be.

    A `weightless` one is a stop word among others: it may be there.
    """

    words: tuple[Word, ...]
    negated: bool = False
    weightless: bool = False


@record
class Filter:
    """A limit to some items: its name is one of FILTERS."""

    name: str
    value: str
    negated: bool = False

    def __str__(self) -> str:
        value = f'"{self.value}"' if re.search(r"\s", self.value) else self.value
        return f"{'-' if self.negated else ''}{self.name}:{value}"


@record
class Query:
    """What was typed, understood. `cut` says that only the first words of it were."""

    typed: str
    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()
    exact: bool = False
    live: bool = False  # still being typed: the last word may be half a word
    cut: bool = False

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """The clauses that must be met."""
        return tuple(clause for clause in self.clauses if not (clause.negated or clause.weightless))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is sought."""
        return not self.wanted and not self.filters


def parse(typed: str, *, exact: bool = False, live: bool = False) -> Query:
    """Return the Query that `typed` means, whatever was typed.

    `exact` takes words only as they are written. `live` reads the last word as the beginning of one.
    """
    text = straight_quotes(typed[:MOST_TYPED].encode(errors="replace").decode().replace("\0", " "))
    pieces = list(_PIECE.finditer(_PER_CENT.sub(_sign, text)))
    words: list[tuple[Word | None, bool]] = []
    filters: list[Filter] = []
    for piece, negated in _without_operators(pieces):
        found = _filter(piece, negated=negated)
        if found:
            filters.append(found)
        else:
            words.append((_word(piece, exact=exact), negated))
    clauses = list(_clauses(words))
    if live:
        clauses = _with_open_end(clauses, text)
    if not exact:
        clauses = _weighed(clauses, text)
    return Query(
        typed=typed,
        clauses=tuple(clauses[:MOST_WORDS]),
        filters=tuple(filters[:MOST_WORDS]),
        exact=exact,
        live=live,
        cut=len(clauses) > MOST_WORDS or len(filters) > MOST_WORDS or len(typed) > MOST_TYPED,
    )


def toggle_filter(typed: str, chosen: Filter) -> str:
    """Return `typed` with the filter `chosen` added, or without it where it stands there already."""
    pieces = _without_operators(list(_PIECE.finditer(straight_quotes(typed))))
    without = [(piece, negated) for piece, negated in pieces if _filter(piece, negated=negated) == chosen]
    if not without:
        return f"{typed.rstrip()} {chosen}".lstrip()
    for piece, negated in reversed(without):
        before = typed[: piece.start()].rstrip()
        if negated and not piece["minus"]:
            before = before.removesuffix("NOT").rstrip()
        typed = before + " " + typed[piece.end() :].lstrip()
    return typed.strip()


def year_phrases(value: str) -> list[str]:
    """Return a year as texts write it: alone, or as the second half of 2011/12."""
    year = value.split("/")[0].strip()
    phrases = [" ".join(part for part in value.replace("/", " ").split() if part.isalnum()) or "0"]
    if year.isdecimal() and year.isascii() and len(year) == 4 and "/" not in value:
        phrases.append(f"{int(year) - 1} {year[2:]}")
    return phrases


def _sign(match: re.Match[str]) -> str:
    """Return a sign in place of the words, as long as they were: positions in what was typed stay the same."""
    return "%" + " " * (len(match[0]) - 1)


def _without_operators(pieces: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the pieces, each with whether it is left out; AND between two falls, and NOT before one leaves it out."""
    negated = False
    for at, piece in enumerate(pieces):
        is_last = at + 1 == len(pieces)
        if piece[0] == "NOT" and not is_last:
            negated = True
        elif piece[0] != "AND" or at == 0 or is_last:
            yield piece, negated or bool(piece["minus"])
            negated = False


def _weighed(clauses: list[Clause], text: str) -> list[Clause]:
    """Return the clauses with the stop words among them weightless, unless there are no others."""
    is_shouted = not any(map(str.islower, text))
    weighed = [replace(one, weightless=True) if _says_nothing(one, is_shouted=is_shouted) else one for one in clauses]
    return weighed if any(not (one.weightless or one.negated) for one in weighed) else clauses


def _says_nothing(clause: Clause, *, is_shouted: bool) -> bool:
    word = clause.words[0]
    if clause.negated or len(clause.words) > 1 or word.quoted or len(word.tokens) > 1 or word.typed.endswith("*"):
        return False
    bare = word.typed.strip(".,;:!?()")
    return is_stop_word(bare.lower() if is_shouted else bare, word.tokens[0])


def _filter(piece: re.Match[str], *, negated: bool) -> Filter | None:
    name = (piece["name"] or "").lower()
    value = (piece["quoted"] if piece["quoted"] is not None else piece["bare"] or "").strip()
    if name not in FILTERS or not tokens(value):
        return None
    return Filter(name=name, value=value, negated=negated)


def _word(piece: re.Match[str], *, exact: bool) -> Word | None:
    """Return the word or phrase of a piece; None for OR, and a word without tokens for mere signs.

    A possessive is a form of its word: `child's` is sought as `child`, unless words are taken as they are written.
    """
    if piece[0] == "OR":
        return None
    quoted = piece["quoted"] is not None
    named = f"{piece['name']} " if piece["name"] else ""
    bare = named + (piece["quoted"] if quoted else piece["bare"])
    number = not quoted and not named and _NUMBER.fullmatch(bare.rstrip(".,;:")) is not None
    sought = tokens(bare)
    possessive = sought[1:] != () and sought[-1] == "s" and not (quoted or exact) and _is_possessive(bare)
    return Word(
        typed=piece[0].removeprefix("-"),
        tokens=sought[:-1] if possessive else sought,
        start=piece.start() + bool(piece["minus"]),
        end=piece.end(),
        quoted=quoted,
        prefix=not quoted and bare.endswith("*") and bool(sought) and not possessive,
        number=number,
        possessive=possessive,
    )


def _is_possessive(word: str) -> bool:
    return _POSSESSIVE.search(fold_text(word).text) is not None


def _clauses(words: list[tuple[Word | None, bool]]) -> Iterator[Clause]:
    """Yield words one by one, or several that OR joins; an OR without a neighbour is a word like any other."""
    at = 0
    while at < len(words):
        word, negated = words[at]
        at += 1
        if word is None:
            yield Clause(words=(Word(typed="OR", tokens=("or",), start=0, end=0),))
            continue
        joined = [word]
        while at + 1 < len(words) and words[at][0] is None and not negated:
            other, other_negated = words[at + 1]
            if other is None or other_negated:
                break
            joined.append(other)
            at += 2
        if kept := tuple(one for one in joined if one.tokens):
            yield Clause(words=kept, negated=negated)


def _with_open_end(clauses: list[Clause], text: str) -> list[Clause]:
    """Return the clauses with the last word open at its end where it is still being typed; leave out a lone letter."""
    if not clauses or not text or text[-1].isspace():
        return clauses
    last = clauses[-1].words[-1]
    if last.quoted or last.possessive or last.end != len(text):
        return clauses
    if len(last.tokens[-1]) < 2 and len(last.tokens) == 1:
        shorter = clauses[-1].words[:-1]
        return clauses[:-1] + ([replace(clauses[-1], words=shorter)] if shorter else [])
    opened = replace(last, prefix=True)
    return [*clauses[:-1], replace(clauses[-1], words=(*clauses[-1].words[:-1], opened))]


def matches_start(value: str, *names: str) -> bool:
    """Return whether `value` begins one of the names, or one of their words, regardless of case and accents."""
    sought = tokens(value)
    for name in names:
        if fold_text(value).text == fold_text(name).text:
            return True
        words = tokens(name)
        for at in range(len(words) - len(sought) + 1):
            here = words[at : at + len(sought)]
            if here[:-1] == sought[:-1] and here[-1].startswith(sought[-1]):
                return True
    return False
