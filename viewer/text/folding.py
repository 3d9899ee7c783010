"""Text as it is compared: in lower case and without accents, every character in its place."""

from __future__ import annotations

import unicodedata


class _Folding(dict[int, str]):
    """Each character beyond ASCII in lower case without its accent, looked up once; one character stays one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        self[code] = base if len(base) == 1 else char
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` in lower case and without accents, every character in its place."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)
