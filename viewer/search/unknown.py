"""What is said of a filter that names what the edition does not have: that, and what there is instead."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.bundle.bundle import Bundle
from viewer.search.query import KINDS, Filter
from viewer.text.safe import visible
from viewer.text.wording import listed

MOST_NAMED = 20  # themes, issues or markings that are listed


def unknown(bundle: Bundle, chosen: Filter) -> str:
    """The sentence for a filter whose value `bundle` does not have."""
    value = chosen.value
    match chosen.name:
        case "theme":
            themes = (visible(f"{theme.number} {theme.short}".strip()) for theme in bundle.themes())
            return f"This edition has no theme “{value}”; {_there_are(themes)}"
        case "tag":
            issues = (visible(tag.label) for tag in bundle.tags())
            return f"This edition has no issue “{value}”; {_there_are(issues)}"
        case "marking":
            return f"This edition has no marking “{value}”; {_there_are(one.code for one in bundle.markings)}"
        case "source":
            return f"This edition has no source “{value}”; {_numbered([one.number for one in bundle.sources()])}"
        case "kind":
            return f"There is no kind “{value}” of item; {_there_are(KINDS)}"
    return f"There is no filter “has:{value}”; {_there_are(('has:figure', 'has:note'))}"


def _there_are(names: Iterable[str]) -> str:
    known = list(names)
    if not known:
        return "there are none."
    more = len(known) - MOST_NAMED
    shown = known if more <= 0 else [*known[:MOST_NAMED], f"{more} more"]
    return f"there {'are' if len(known) > 1 else 'is'} {listed(shown)}."


def _numbered(numbers: list[int]) -> str:
    return f"its sources are numbered {min(numbers)} to {max(numbers)}." if numbers else "there are none."
