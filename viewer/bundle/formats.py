"""The formats that this program reads, by their numbers."""

from __future__ import annotations

from viewer.bundle.format_1 import FORMAT_1
from viewer.bundle.format_2 import FORMAT_2
from viewer.bundle.rules import Format

FORMATS: dict[int, Format] = {known.number: known for known in (FORMAT_1, FORMAT_2)}
NEWEST = max(FORMATS)
