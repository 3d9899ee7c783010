"""Words that say nothing of what is sought: in a question typed in plain words they weigh nothing."""

from __future__ import annotations

STOP_WORDS = frozenset(  # of English, as questions have them
    """
    a about am an and any are as at be been being between but by can could did do does doing for from had has
    have having he her him his how i if in into is it its me much my not of on or our she should so some such than
    that the their them then there these they this those to us was we were what when where which who whom
    whose why will with would you your
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)


def is_stop_word(typed: str, token: str) -> bool:
    """Return whether a word, as typed and folded, is one; in capitals it is a name: WHO, US, IT."""
    return token in STOP_WORDS and not (len(token) > 1 and typed.isupper())
