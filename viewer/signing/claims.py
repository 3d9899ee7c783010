"""The signed comment of an edition: its claims as one line of ASCII, formatted and parsed strictly."""

from __future__ import annotations

import re
from datetime import date

from viewer.errors import Faulty, NewerFormat, WrongKind
from viewer.model import Claims

LARGEST_SERIAL = 2**31 - 1
SCHEMA = 2  # the newest format that this program reads

DATE = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?"
SERIAL = r"[1-9][0-9]{0,9}"
_SERIES = re.compile(r"[a-z][a-z0-9-]{0,30}")
_VERSION = re.compile(r"briefings/([1-9][0-9]{0,5})(?: .*)?")
_CLAIMS = re.compile(
    rf"briefings/1 series=({_SERIES.pattern}) serial=({SERIAL}) issued=({DATE}) review=({DATE}) "
    r"schema=([1-9][0-9]{0,5})"
)


def format_comment(claims: Claims) -> str:
    """Return the trusted comment that says `claims`."""
    return (
        f"briefings/1 series={claims.series} serial={claims.serial} issued={claims.issued} "
        f"review={claims.review} schema={claims.schema}"
    )


def parse_comment(comment: str) -> Claims:
    """Return the claims that a verified trusted comment makes.

    Raises WrongKind where the comment is not an edition's, NewerFormat where a later program is needed, Faulty
    otherwise.
    """
    version = _VERSION.fullmatch(comment)
    if version is None:
        raise WrongKind("This file is genuinely signed, but it is not an edition.")
    if version[1] != "1":
        raise NewerFormat(f"This edition needs a newer viewer: it is of format {version[1]}.")
    found = _CLAIMS.fullmatch(comment)
    if found is None:
        raise Faulty("The signed comment of this edition does not have the form that the format asks for.")
    return _checked(found)


def _checked(found: re.Match[str]) -> Claims:
    series, serial, issued, review, schema = found.groups()
    if not is_serial(int(serial)) or not is_date(issued) or not is_date(review):
        raise Faulty("The signed comment of this edition gives a serial number or a date that cannot be.")
    if int(schema) > SCHEMA:
        raise NewerFormat(f"This edition needs a newer viewer: its schema is {schema}, this program knows {SCHEMA}.")
    return Claims(series=series, serial=int(serial), issued=issued, review=review, schema=int(schema))


def is_series(text: str) -> bool:
    """Return whether `text` is the short name of a series, such as `tacsea`."""
    return _SERIES.fullmatch(text) is not None


def is_serial(number: int) -> bool:
    """Return whether `number` can be a serial number: 1 to 2,147,483,647."""
    return 1 <= number <= LARGEST_SERIAL


def is_date(text: str) -> bool:
    """Return whether `text` is a day or a month of the calendar, `2013-03-31` or `2012-06`."""
    if re.fullmatch(DATE, text) is None:
        return False
    try:
        date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return False
    return True
