"""How figures, dates and places in the assessment are written out, the same on screen, on paper and in search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from viewer.model import (
    Caveat,
    Edition,
    Finding,
    Item,
    Observation,
    Passage,
    Recommendation,
    ScaleStep,
    Source,
    Statistic,
    Theme,
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


SHARE = "%"  # of a whole
CHANGE = "% change"  # against an earlier period: a rise or fall is no share


def number(value: Decimal, magnitude: str = "") -> str:
    """Return `value` exactly as it was published: `6.8`, `5.0`, `2,293`, `0.004`, `−3`, `24.8 million`.

    Only the thousands are parted, and a true minus stands before what is below zero. Years are texts, no values.
    """
    shown = f"{value:,f}".replace("-", "−")
    return f"{shown} {magnitude}" if magnitude else shown


_CURRENCY = re.compile(r"([A-Z]{0,3}[$\xa2-\xa5\u20a0-\u20cf])(?: (.*))?", re.DOTALL)


def currency(unit: str) -> tuple[str, str]:
    """Return the currency sign with which a unit begins, and what else it says: `£`, `per household`; mostly neither.

    The sign stands before a number, all else behind it.
    """
    found = _CURRENCY.fullmatch(unit)
    return (found[1], found[2] or "") if found else ("", unit)


def _in_unit(value: Decimal, unit: str, magnitude: str) -> str:
    """Return a number with the sign of its unit: `51%`, `£1,250.50`, `−£3 million`."""
    sign, _ = currency(unit)
    shown = number(value, magnitude) + ("%" if unit in (SHARE, CHANGE) else "")
    return f"−{sign}{shown[1:]}" if shown.startswith("−") else sign + shown


def bare_value(observation: Observation, unit: str) -> str:
    """Return the value without its qualifier: `51%`, `a third`, `14–17`, `24.8 million`; empty in a mere ranking."""
    value, low, high, magnitude = observation.value, observation.low, observation.high, observation.magnitude
    if observation.words:
        return observation.words
    if value is not None:
        rise = "+" if unit == CHANGE and value > 0 else ""
        return rise + _in_unit(value, unit, magnitude)
    if low is not None and high is not None:
        return _band(low, high, unit, magnitude)
    if low is not None:
        return f"{_in_unit(low, unit, magnitude)} and over"
    if high is not None:
        return f"up to {_in_unit(high, unit, magnitude)}"
    return ""


def _band(low: Decimal, high: Decimal, unit: str, magnitude: str) -> str:
    """Return a range: `14–17`, `£5–£10`, `10–12%`, `−3 to −1`: a dash after a minus could be read as one more."""
    below = high < 0 or low < 0
    first = number(low) if not currency(unit)[0] else _in_unit(low, unit, "")
    return f"{first}{' to ' if below else '–'}{_in_unit(high, unit, magnitude)}"


def qualified(observation: Observation, unit: str) -> str:
    """Return the value with the source's own qualifier, never without: `almost a third`, `more than 20%`."""
    return " ".join(part for part in (observation.qualifier, bare_value(observation, unit)) if part)


def measured(observation: Observation, unit: str) -> str:
    """Return the qualified value with what it counts: `61 notifications`; a percentage stands for itself."""
    shown = qualified(observation, unit)
    return " ".join(part for part in (shown, counted_noun(observation, unit)) if part) if shown else ""


def counted_noun(observation: Observation, unit: str) -> str:
    """Return what a value counts: `notifications`, of just one `notification`; nothing for a percentage or money."""
    if unit in (SHARE, CHANGE):
        return ""
    sign, noun = currency(unit)
    return noun if sign else noun_for(noun, observation.amount)


def labelled(label: str, value: str) -> str:
    """Return a label and its value, kept apart: `up to 40: 31%`."""
    return ": ".join(part for part in (label, value) if part)


def day(iso: str) -> str:
    """Return an ISO date in words: `31 March 2013`; a month alone: `June 2012`."""
    year, month, *rest = iso.split("-")
    name = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(rest[0])} {name}" if rest else name


def local_day(moment: str) -> str:
    """Return the day of a time (ISO, with a time zone) by the reader's own clock, in words; empty where it is none."""
    found = _local(moment)
    return day(found.date().isoformat()) if found else ""


def local_time(moment: str) -> str:
    """Return a time (ISO, with a time zone) by the reader's own clock: `31 March 2013, 09:14`; empty for no time."""
    found = _local(moment)
    return f"{day(found.date().isoformat())}, {found:%H:%M}" if found else ""


def _local(moment: str) -> datetime | None:
    try:
        return datetime.fromisoformat(moment).astimezone()
    except (ValueError, OverflowError):
        return None


def last_day(iso: str) -> date:
    """Return the day that an ISO date means as a review date: a month alone means its last day."""
    year, month, *rest = (int(part) for part in iso.split("-"))
    if rest:
        return date(year, month, rest[0])
    return date(year, month + 1, 1) - timedelta(days=1) if month < 12 else date(year, 12, 31)


def is_past_review(edition: Edition, today: date) -> bool:
    """Return whether `today` lies after the edition's review date."""
    return today > last_day(edition.review)


_PRINTED_PAGES = re.compile(r"(?:[0-9]+|[ivxlcdm]+|[A-Z]-?[0-9]+)(?:(?:–|, ?)(?:[0-9]+|[ivxlcdm]+|[A-Z]-?[0-9]+))*")


def pages(page: str) -> str:
    """Return the printed pages as they are cited: `p. 12`, `pp. 11–12`; empty where there are none."""
    if not page:
        return ""
    shown = page.replace("-", "–")
    if not _PRINTED_PAGES.fullmatch(shown):
        return shown  # "Annex B" is cited as it stands
    return f"pp. {shown}" if "–" in shown or "," in shown else f"p. {shown}"


_NOUNS: dict[type, str] = {
    Finding: "finding",
    Recommendation: "recommendation",
    Statistic: "figure",
    Passage: "paragraph",
}


def item_noun(item: Item) -> str:
    """Return what a reader calls an item of that kind: `finding`, `recommendation`, `figure`, `paragraph`."""
    return _NOUNS[type(item)]


def item_number(item: Item) -> str:
    """Return the publisher's label of an item, else its place among its kind within the theme: `R4`, `2`."""
    return item.label or str(item.position)


def place_in_theme(item: Item) -> str:
    """Return where an item stands within its theme: `finding 2`, `recommendation R4`, `3.4`, `paragraph 7`.

    A passage's label stands for itself, and so does one that says what it is, such as `Key finding 3`.
    """
    return named_place(_NOUNS[type(item)], item.label, item.position)


def named_place(noun: str, label: str, position: int) -> str:
    """Return a place within a theme by what stands there and its label; its position where there is no label."""
    if label and (noun == _NOUNS[Passage] or " " in label):
        return label
    return f"{noun} {label or position}"


def item_place(item: Item, theme: Theme) -> str:
    """Return where an item stands in the assessment: `3.4`, `3, finding 2`, `3, figure 1`, `Annex B, paragraph 7`."""
    return place_under(theme, place_in_theme(item), is_whole=isinstance(item, Passage) and bool(item.label))


def place_under(theme: Theme, place: str, *, is_whole: bool) -> str:
    """Return a place within a theme with the theme before it, by its label or name, unless it is whole already."""
    return place if is_whole else f"{theme.label or theme.short}, {place}"


def labelled_title(label: str, title: str) -> str:
    """Return a title with its label before it, as it stands in a list: `3  Grooming`; the title alone for no label."""
    return f"{label}  {title}" if label else title


def citation(edition: Edition, theme: Theme, item: Item | None = None) -> str:
    """Return how a place is cited: `TACSEA 2012/13, 3.4, p. 12`."""
    place = item_place(item, theme) if item else theme.title
    return ", ".join(part for part in (edition.name, place, pages((item or theme).page)) if part)


def source_sentence(source: Source, shown: Callable[[str], str] = str, *, title: str = "{}", note: str = "{}") -> str:
    """Return a source as a sentence: author, title, year, place, and a remark.

    `shown` makes markup of each part; `title` and `note` are what the title and the remark are put into.
    """
    named = title.format(shown(source.title)) if source.title else ""
    around = [shown(part) for part in (source.author, source.year, source.locator) if part]
    parts = [*around[: bool(source.author)], *([named] if named else []), *around[bool(source.author) :]]
    return f"{', '.join(parts)}.{' ' + note.format(shown(source.note)) if source.note else ''}"


def footnote_letter(at: int) -> str:
    """Return the mark of an item's note by its place among them, 0 and up: `a` to `z`, then `aa`, `ab`."""
    before, last = divmod(at, 26)
    return (footnote_letter(before - 1) if before else "") + chr(ord("a") + last)


def source_numbers(numbers: Iterable[object]) -> str:
    """Return the numbers of sources as they are named: `source 3`, `sources 3 and 4`; empty for none."""
    named = [str(one) for one in numbers]
    if len(named) > 1:
        return f"sources {listed(named)}"
    return f"source {named[0]}" if named else ""


def count(amount: int, noun: str, plural: str = "") -> str:
    """Return an amount with its noun: `1 finding`, `16 findings`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def noun_for(plural: str, amount: Decimal | float | None) -> str:
    """Return a plural noun as it stands beside an amount: `reports of theft`, beside one `report of theft`."""
    if amount != 1:
        return plural
    named, rest = _NAMED.fullmatch(plural).groups()  # type: ignore[union-attr]
    before, space, last = named.rpartition(" ")
    return before + space + _singular(last) + rest


_NAMED = re.compile(r"(.*?)((?: (?:of|in|from|with|to|by|per|on|at|for|under|over|more|who|that|which)\b.*)?)", re.S)
_SINGULARS = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "series": "series", "species": "species",
}  # fmt: skip
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("us", "us"),
            ("is", "is"), ("s", ""))  # fmt: skip


def _singular(word: str) -> str:
    known = _SINGULARS.get(word.lower())
    if known:
        return known
    ending, own = next(((end, one) for end, one in _ENDINGS if word.endswith(end)), ("", ""))
    return word.removesuffix(ending) + own


def basis(statistic: Statistic) -> str:
    """Return what a figure stands on, in one line: population, base, period and place, as far as they are given."""
    return _joined(statistic.population, base(statistic), statistic.period, statistic.place)


def basis_and_sources(statistic: Statistic, sources: Iterable[object]) -> str:
    """Return what a figure stands on with the numbers of its `sources` behind it, as it stands on paper."""
    return _joined(basis(statistic), source_numbers(sources) or "no source given")


def base(statistic: Statistic) -> str:
    """Return the base in words; a share or a change without one says so, a count needs none."""
    if statistic.base:
        return f"base: {statistic.base}"
    return "no base given" if statistic.unit in (SHARE, CHANGE) else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def judgement(steps: Iterable[ScaleStep]) -> str:
    """Return how likely and how sure something is: `likely (55–75%) · moderate confidence`; empty for no step."""
    return _joined(*map(scale_step, steps))


def owner_and_due(recommendation: Recommendation) -> str:
    """Return to whom a recommendation is given and by when, as the publisher says it; empty where neither is said."""
    return _joined(recommendation.owner, recommendation.due)


def referred(words: str, place: str) -> str:
    """Return what stands behind the words of a cross-reference: ` (5.1)`; nothing where they say it themselves."""
    return f" ({place})" if place and place not in words else ""


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    *before, last = list(words) or [""]
    return f"{', '.join(before)} and {last}" if before else last


def capitalised(words: str) -> str:
    """Return words with a capital at their beginning, as they stand in a line of their own."""
    return words[:1].upper() + words[1:]


def marking_line(label: str, caveats: Iterable[str]) -> str:
    """Return a marking with handling caveats, all as labels: `RESTRICTED · UK EYES ONLY`; the label may be empty."""
    return " · ".join(part for part in (label, *caveats) if part)


def handling(caveats: Iterable[Caveat]) -> str:
    """Return the handling caveats of an item or theme as a line: `Handling: UK EYES ONLY`; empty for none."""
    labels = [caveat.label for caveat in caveats]
    return f"Handling: {', '.join(labels)}" if labels else ""


def scale_step(step: ScaleStep) -> str:
    """Return a step of a scale with the range that it stands for: `likely (55–75%)`; the term alone without one."""
    if step.low is not None and step.high is not None:
        return f"{step.term} ({step.low}–{step.high}%)"
    if step.low is not None:
        return f"{step.term} ({step.low}% and over)"
    return f"{step.term} (up to {step.high}%)" if step.high is not None else step.term
