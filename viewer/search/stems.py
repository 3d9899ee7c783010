"""Words cut down to their stems by Porter's rules, exactly as the edition's stemmed index cuts them."""

from __future__ import annotations

from functools import lru_cache

LONGEST = 64  # characters; longer and very short words stand as they are
SHORTEST = 3

_VOWELS = "aeiou"
# Ending -> what takes its place, where a consonant follows a vowel before it. The first that fits is final.
_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
    ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
)  # fmt: skip
_STEP_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti",
    "ous", "ive", "ize",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case without accents: `images` and `imaging` give `imag`."""
    if not SHORTEST <= len(word) <= LONGEST:
        return word
    word = _without_y(_without_past(_without_plural(word)))
    word = _replaced(word, _STEP_2)
    word = _replaced(word, _STEP_3)
    return _without_e(_without_suffix(word))


def _pattern(word: str) -> str:
    """Return the word as `c` and `v`; y is a vowel after a consonant."""
    out = ""
    for char in word:
        vowel = char in _VOWELS or (char == "y" and out[-1:] == "c")
        out += "v" if vowel else "c"
    return out


def _measure(word: str) -> int:
    """Return how many times a consonant follows a vowel."""
    return _pattern(word).count("vc")


def _has_vowel(word: str) -> bool:
    return any(char in _VOWELS or (char == "y" and at > 0) for at, char in enumerate(word))


def _is_short(word: str) -> bool:
    """Return whether it ends as `hop` does: consonant, vowel, consonant that is not w, x or y."""
    return word[-1:] not in ("w", "x", "y") and _pattern(word).endswith("cvc")


def _without_plural(word: str) -> str:
    if not word.endswith("s"):
        return word
    if word[-2] == "e":
        two = (len(word) > 4 and word.endswith("sses")) or (len(word) > 3 and word[-3] == "i")
        return word[:-2] if two else word[:-1]
    return word if word[-2] == "s" else word[:-1]


def _without_past(word: str) -> str:
    if len(word) > 3 and word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        if len(word) > len(ending) and word.endswith(ending):
            rest = word[: -len(ending)]
            return _restored_ending(rest) if _has_vowel(rest) else word
    return word


def _restored_ending(word: str) -> str:
    """Return what is left of a past form or participle, as the verb would end."""
    if len(word) > 2 and word.endswith(("at", "bl", "iz")):
        return word + "e"
    if word[-1] not in "aeioulsz" and word[-2:-1] == word[-1]:
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _is_short(word) else word


def _without_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _has_vowel(word[:-1]) else word


def _replaced(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for ending, other in rules:
        if len(word) > len(ending) and word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + other if _measure(rest) else word
    return word


def _without_suffix(word: str) -> str:
    for ending in sorted((e for e in _STEP_4 if word.endswith(e)), key=len, reverse=True):
        rest = word[: -len(ending)]
        if rest:
            gone = _measure(rest) > 1 and (ending != "ion" or rest[-1] in "st")
            return rest if gone else word
    return word


def _without_e(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _is_short(rest)):
            word = rest
    return word[:-1] if len(word) > 1 and word.endswith("ll") and _measure(word[:-1]) > 1 else word
