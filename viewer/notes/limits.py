"""How much a note, its tags and the reader's names may hold, and what to say of more; nothing is cut in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from viewer.text.safe import visible

MAX_TEXT = 64_000  # characters of a note; of any text in a file of notes, too
MAX_TAGS = 100
MAX_TAG = 40  # characters
MAX_MEANING = 40  # characters of what a colour stands for
MAX_AUTHOR = 80  # characters
TAG = re.compile(rf"[^\s,#\0]{{1,{MAX_TAG}}}")
NEARLY = 0.9  # of a limit, from which on it is said how much is left
_BETWEEN_TAGS = re.compile(r"[\s,#\0]+")


def parse_tags(typed: str) -> tuple[str, ...]:
    """Return the tags that were typed, with or without `#`, each once; nothing of them is left out."""
    unique: dict[str, str] = {}
    for word in _BETWEEN_TAGS.split(typed):
        if word:
            unique.setdefault(word.casefold(), word)
    return tuple(unique.values())


def keepable_text(text: str) -> str:
    """Return as much of a note's text as is kept."""
    return text[:MAX_TEXT]


def keepable_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that are kept: the first hundred of those that are not too long."""
    return tuple(tag for tag in tags if len(tag) <= MAX_TAG)[:MAX_TAGS]


def left_out(text: str, tags: Sequence[str]) -> str:
    """Return what of a note is not kept, with the limit, in sentences; empty where all of it is."""
    sentences = []
    if (over := len(text) - MAX_TEXT) > 0:
        last = "the last character is" if over == 1 else f"the last {over:,} characters are"
        sentences.append(f"{len(text):,} of {MAX_TEXT:,} characters: {last} not kept.")
    if long := [tag for tag in tags if len(tag) > MAX_TAG]:
        which = f"The tag “{visible(long[0][:20])}…”" if len(long) == 1 else f"{len(long):,} tags"
        sentences.append(f"{which} of over {MAX_TAG} characters {'is' if len(long) == 1 else 'are'} not kept.")
    if (many := len(tags) - len(long)) > MAX_TAGS:
        sentences.append(f"{many:,} of {MAX_TAGS} tags: those after “{visible(keepable_tags(tags)[-1])}” are not kept.")
    return " ".join(sentences)


def room_left(text: str) -> str:
    """Return how full a note's text is, once it is nearly so; empty before."""
    return f"{len(text):,} of {MAX_TEXT:,} characters" if len(text) > NEARLY * MAX_TEXT else ""


def names_left_out(author: str, meanings: Sequence[str]) -> str:
    """Return which of the reader's names is too long, with its count, in a sentence; empty where none is."""
    if len(author) > MAX_AUTHOR:
        return f"Your name has {len(author):,} of {MAX_AUTHOR} characters: shorten it to keep it."
    for meaning in meanings:
        if len(meaning) > MAX_MEANING:
            begin = visible(meaning[:20])
            return f"“{begin}…” has {len(meaning):,} of {MAX_MEANING} characters: shorten it to keep it."
    return ""
