"""The list of constructs: what an author may write, and what becomes of it in an edition, on every way out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("constructs.toml")


@dataclass(frozen=True)
class Construct:
    """A text as it is written, and what it becomes; `faults` are `line: reason`, and empty where it is carried."""

    source: str
    html: str = ""
    plain: str = ""
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.source.encode("unicode_escape").decode()[:40]


@dataclass(frozen=True)
class WrittenNumber:
    """A number as it stands in TOML with its unit, and how it is shown, or the faults that are named."""

    typed: str
    unit: str
    shown: str = ""
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.typed


def constructs() -> tuple[Construct, ...]:
    """Everything that may stand in a passage, carried or not."""
    return tuple(Construct(**row) for row in _rows("construct"))


def carried() -> tuple[Construct, ...]:
    """What editions carry: each source is a passage's text, for every writer to be tried on.

    It is what an edition has of it: in NFC, and without the notes below it, which are kept apart.
    """
    return tuple(
        Construct(source=_as_published(one.source), html=one.html, plain=one.plain)
        for one in constructs()
        if not one.faults
    )


def _as_published(source: str) -> str:
    return unicodedata.normalize("NFC", source.replace("\r\n", "\n").split("\n\n[^")[0])


def spaced(html: str) -> str:
    """HTML with each run of spaces as one, as it is shown, and none within the ends of stressed words."""
    return re.sub(r"((?:</?(?:strong|em)>)*) +((?:</?(?:strong|em)>)*)", r"\1\2 ", html).replace(
        "</strong><strong>", ""
    )


def notes() -> tuple[Construct, ...]:
    """What a reader may type in a note: nothing of it is ever refused."""
    return tuple(Construct(**row) for row in _rows("note"))


def numbers() -> tuple[WrittenNumber, ...]:
    """Numbers as they stand behind `value =`."""
    return tuple(WrittenNumber(**row) for row in _rows("number"))


def _rows(key: str) -> Iterator[dict[str, Any]]:
    for row in _list()[key]:
        yield {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


@cache
def _list() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
