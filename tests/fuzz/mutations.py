"""Mutations of bytes, text and documents; each follows from the random numbers that it is given."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

# What has broken parsers before: at edges of numbers, of text, and of what a name may be.
HOSTILE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**400, 0.5, -0.0, 1e308, "", " ", "0"),
    *("\0", "\n", "\x1b[31m", "\u202e", "\ud800", "\ufeff", "é", "e\u0301", "\U0001f600", "a" * 70_000, "../../x"),
    *("CON", "<b>x</b>", "&amp;", "'; DROP TABLE note; --", "2026-02-31", "9999-99-99", "made-up", "theme-1"),
    *([], {}, [[]], [None], {"": None}, ["x"] * 500),
)
_PIECES = (
    *(b"\0", b"\n", b"\r\n", b"\xff", b"\xed\xa0\x80", b'"', b"'", b"\\", b"[", b"{", b"=", b" ", b"0", b"-1"),
    *(b"9" * 30, b"[" * 3000),
)


def mutated_bytes(data: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """Return `data` with one to eight mutations; `others` are genuine inputs of the same kind, to be mixed in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        chance.choice(_ON_BYTES)(out, chance)
    if others and chance.random() < 0.05:
        other = chance.choice(others)
        at = chance.randrange(len(other) + 1)
        out[min(at, len(out)) :] = other[at:]
    return bytes(out)


def mutated_text(data: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """Return lines of text with some of them gone, doubled, moved, or with other words in them."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        words = lines[at].split(b" ")
        word = chance.randrange(len(words))
        match chance.randrange(6):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(to, lines[at])
            case 2:
                lines[at], lines[to] = lines[to], lines[at]
            case 3:
                words[word] = chance.choice(_PIECES)
                lines[at] = b" ".join(words)
            case 4:
                words[word] = _spelt(chance.choice(HOSTILE))
                lines[at] = b" ".join(words)
            case _:
                lines[at] = mutated_bytes(lines[at], chance, others)
    return b"\n".join(lines)


def mutated_json(data: bytes, chance: random.Random) -> bytes:
    """Return a JSON document of which some values were put in place of others, went, or came twice."""
    found = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        holder, key = _place(found, chance)
        if holder is None:
            return _spelt(chance.choice(HOSTILE))
        match chance.randrange(5):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.append(holder[key])
            case 2:
                other, name = _place(found, chance)
                holder[key] = json.loads(json.dumps(found if other is None else other[name]))
            case 3 if isinstance(holder, dict):
                holder[str(chance.choice(HOSTILE))[:99]] = holder[key]
            case _:
                holder[key] = chance.choice(HOSTILE)
    return json.dumps(found).encode()


def _place(found: Any, chance: random.Random) -> tuple[Any, Any]:
    """Return where one value of a document stands: what holds it, and its key there; (None, None) for the whole."""
    holder, key = None, None
    while isinstance(found, dict | list) and found and (holder is None or chance.random() < 0.8):
        holder, key = found, chance.choice(list(found) if isinstance(found, dict) else range(len(found)))
        found = found[key]
    return holder, key


def _spelt(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _flip(out: bytearray, chance: random.Random) -> None:
    if out:
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _set(out: bytearray, chance: random.Random) -> None:
    if out:
        out[chance.randrange(len(out))] = chance.choice((0, 1, 10, 32, 127, 128, 255, chance.randrange(256)))


def _flip_late(out: bytearray, chance: random.Random) -> None:
    """Flip a bit in the last bytes, where signatures stand."""
    if out:
        out[-1 - chance.randrange(min(len(out), 400))] ^= 1 << chance.randrange(8)


def _flip_soon(out: bytearray, chance: random.Random) -> None:
    """Flip a bit in the first bytes, where headers stand."""
    if out:
        out[chance.randrange(min(len(out), 108))] ^= 1 << chance.randrange(8)


def _cut(out: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(out) + 1)
    del out[at : at + chance.choice((1, 1, 2, 16, 100, 5000))]


def _shorten(out: bytearray, chance: random.Random) -> None:
    del out[chance.randrange(len(out) + 1) :]


def _insert(out: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(out) + 1)
    out[at:at] = chance.choice((*_PIECES, chance.randbytes(chance.randrange(1, 20))))


def _double(out: bytearray, chance: random.Random) -> None:
    at, to = chance.randrange(len(out) + 1), chance.randrange(len(out) + 1)
    out[to:to] = out[at : at + chance.choice((1, 4, 100, 4096))]


_ON_BYTES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _flip, _set, _set, _flip_late, _flip_soon, _cut, _shorten, _insert, _double,
)  # fmt: skip
