"""Did you mean: a correction from the edition's own words, offered where little is found and never mixed in."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.search.language import Glossary, spellings
from viewer.search.lexicon import Vocabulary
from viewer.search.query import Query, Word

FEW_MATCHES = 2  # with so many or fewer, a correction is looked for
_SHORTEST = 4  # letters of a word that is corrected
_SHORTEST_HALF = 3  # letters of each of two words that were run together
_LENGTHS = ((5, 1), (8, 2))  # words up to so many letters may differ by so many


def warm() -> None:
    """Load beforehand the library that the first correction would wait for."""
    import rapidfuzz.process  # noqa: F401


def correction(query: Query, vocabulary: Vocabulary, glossary: Glossary) -> str:
    """Return what was probably meant, as it would be typed; empty where every word is known or nothing is near."""
    typed = query.typed
    changed = False
    words = [clause.words for clause in query.clauses if not clause.weightless]
    for word in sorted((w for group in words for w in group), key=lambda w: -w.start):
        better = _corrected(word, vocabulary, glossary)
        if better and typed[word.start : word.end] == word.typed:
            typed = typed[: word.start] + better + typed[word.end :]
            changed = True
    return " ".join(typed.split()) if changed else ""


def _corrected(word: Word, vocabulary: Vocabulary, glossary: Glossary) -> str:
    if word.number or word.quoted or len(word.tokens) != 1 or word.typed.endswith("*"):
        return ""
    token = word.tokens[0]
    if len(token) < _SHORTEST or not token.isalpha() or _is_known(token, word.prefix, vocabulary, glossary):
        return ""
    return next(_split_in_two(token, vocabulary), "") or _nearest(token, vocabulary)


def _is_known(token: str, beginning: bool, vocabulary: Vocabulary, glossary: Glossary) -> bool:
    if token in vocabulary or vocabulary.forms(token) or glossary.expansions((token,)):
        return True
    if beginning and next(vocabulary.starting(token), None):
        return True
    return any(other in vocabulary for other in spellings(token))


def _split_in_two(token: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield two words of the edition that were run together: `smartphone` for `smart phone`."""
    for at in range(_SHORTEST_HALF, len(token) - _SHORTEST_HALF + 1):
        if vocabulary.forms(token[:at]) and vocabulary.forms(token[at:]):
            yield f"{token[:at]} {token[at:]}"


def _nearest(token: str, vocabulary: Vocabulary) -> str:
    """Return the word with the fewest letters wrong; of several, one with a letter more or less, then the commonest."""
    from rapidfuzz.distance import OSA, Indel
    from rapidfuzz.process import extract

    most = next((count for length, count in _LENGTHS if len(token) <= length), 3)
    words = [word for word in vocabulary.counts if abs(len(word) - len(token)) <= most and word.isalpha()]
    near = extract(token, words, scorer=OSA.distance, score_cutoff=most, limit=30)
    wrong = {word: (distance + (word[0] != token[0]), Indel.distance(token, word)) for word, distance, _ in near}
    return min(wrong, key=lambda word: (wrong[word], -vocabulary.counts[word], word), default="")
