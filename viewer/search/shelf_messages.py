"""What a search through the shelf says: whose hits these are and how old, what was found, and what was not searched."""

from __future__ import annotations

from datetime import date

from viewer.model import Edition
from viewer.search.shelf_search import KeptAnswer, Unsearched
from viewer.text import wording
from viewer.text.safe import visible

EMPTY_SHELF = "Nothing is kept on the shelf."


def age(issued: str, today: date) -> str:
    """Return how long ago an edition was issued, in whole years, or months in its first: `14 years old`."""
    year, month = (int(part) for part in issued.split("-")[:2])
    months = (today.year - year) * 12 + today.month - month
    if months >= 12:
        return f"{wording.count(months // 12, 'year')} old"
    return f"{wording.count(months, 'month')} old" if months > 0 else "new"


def edition_line(edition: Edition, today: date, *, is_superseded: bool) -> str:
    """Return which edition this is, and its age: `TACSEA 2011, serial 1 · June 2011, 15 years old · superseded`."""
    parts = (
        f"{edition.name}, serial {edition.serial}",
        f"{wording.day(edition.issued)}, {age(edition.issued, today)}",
        "superseded" if is_superseded else "",
    )
    return visible(" · ".join(part for part in parts if part))


def since(oldest: Edition | None, edition: Edition) -> str:
    """Return since when an item of an edition is found: `since 2011`, or `since serial 1` where labels are the same.

    `oldest` is the oldest edition that was found with it too; where there is none, nothing is said.
    """
    if oldest is None:
        return ""
    return visible(f"since {oldest.label if oldest.label != edition.label else f'serial {oldest.serial}'}")


def matches_line(found: KeptAnswer) -> str:
    """Return how much of one edition was found, and how much of that is shown."""
    matches = wording.count(found.matches, "match", "matches")
    if found.answer.cut:
        matches = f"More than {matches}"
    return f"{matches}, the best {len(found.hits):,} shown" if len(found.hits) < found.matches else matches


def summary(typed: str, matches: int, editions: int, searched: int, total: int) -> str:
    """Return what was found in all, in one sentence; while `searched` is less than `total`, so far."""
    among = wording.count(searched, "edition")
    if not matches:
        return f"Nothing in {among} on the shelf matches “{visible(typed.strip())}”."
    where = f"in {editions} of {among}" if searched > 1 else f"in {among}"
    so_far = "" if searched >= total else f" so far, of {total}"
    return f"{wording.count(matches, 'match', 'matches')} {where} on the shelf{so_far}."


def unsearched_line(one: Unsearched) -> str:
    """Return that a kept file was not searched, and why."""
    return visible(f"Not searched: {one.name}. {one.reason}")


def without_filters(names: list[str], filters: list[str]) -> str:
    """Return that some editions do not have what filters name; empty where all do."""
    return visible(f"{wording.listed(names)}: nothing there is called {wording.listed(filters)}.") if names else ""
