"""What leaves an edition besides sheets: figures, changes, hits, pictures, notes, each between its markings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import Audience, Withheld, withheld_reasons
from viewer.dissemination.edition_cut import MarkingInForce, marking_of
from viewer.dissemination.file_names import check_writable
from viewer.dissemination.issuing import Deliver, Document, DocumentEntry, Imprint, Issued, issue
from viewer.dissemination.markings import HasMarking
from viewer.model import Item, Theme
from viewer.records import record
from viewer.text import wording
from viewer.text.safe_csv import Cell, csv_text


@record
class Extract:
    """Something taken out of an edition, cut for its readers already: what it is, what it holds, how it is marked."""

    title: str
    form: str
    items: tuple[str, ...]
    readers: Audience
    marking: MarkingInForce


def items_extract(bundle: Bundle, what: str, form: str, things: Iterable[Theme | Item], readers: Audience) -> Extract:
    """Return an extract of themes and items that were cut for `readers`; `what` they are: "Figures"."""
    listed = list(things)
    return Extract(
        title=f"{what} of {bundle.edition.name}",
        form=form,
        items=tuple(dict.fromkeys(thing.id for thing in listed)),
        readers=readers,
        marking=marking_of(bundle, listed),
    )


def issue_extract(
    extract: Extract,
    bundle: Bundle,
    home: Path,
    write: Callable[[Imprint], bytes],
    deliver: Deliver,
    *,
    event: str = "export",
    now: datetime | None = None,
) -> Issued:
    """Enter an extract, as `write` gives it, in the register of `home`, then hand its bytes to `deliver`.

    Raises RegisterError, FileTrouble, and what `deliver` raises.
    """
    entry = _entry(extract, bundle)
    return issue(home, lambda imprint: Document(data=write(imprint), entry=entry), deliver, event=event, now=now)


def export_extract(
    extract: Extract,
    bundle: Bundle,
    home: Path,
    write: Callable[[Imprint], bytes],
    path: Path,
    *,
    replace_file: bool = False,
) -> Issued:
    """Issue an extract as a file. Raises RegisterError, FileTrouble."""
    check_writable(path, replace=replace_file)
    return issue_extract(extract, bundle, home, write, lambda data: paths.write_atomically(path, data))


def csv_extract(extract: Extract, imprint: Imprint, rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV, the first and the last being its marking with its number in the register."""
    listed = list(rows)
    ends = (extract.marking.line, imprint.id, imprint.registered)
    room: tuple[Cell, ...] = (None,) * (max(map(len, listed), default=0) - len(ends))
    return csv_text([(*ends, *room), *listed, (*ends, *room)])


def json_extract(extract: Extract, imprint: Imprint, document: Mapping[str, object]) -> str:
    """Return a document as JSON between its markings, with its number in the register."""
    marked = {"marking": extract.marking.line, "document": imprint.id, **document, "end_marking": extract.marking.line}
    return json.dumps(marked, ensure_ascii=False, indent=2) + "\n"


def left_out(withheld: Iterable[Withheld[HasMarking]]) -> str:
    """Return a sentence that says how much was left out, for who cut it: it never goes into what leaves; or nothing."""
    reasons = [f"{count:,} {reason}" for reason, count in withheld_reasons(withheld)]
    return f"Left out for these readers: {wording.listed(reasons)}." if reasons else ""


def _entry(extract: Extract, bundle: Bundle) -> DocumentEntry:
    edition = bundle.edition
    return DocumentEntry(
        title=extract.title,
        series=edition.series,
        edition=edition.name,
        serial=edition.serial,
        fingerprint=bundle.seal.fingerprint,
        form=extract.form,
        items=extract.items,
        audience=" + ".join((extract.readers.ceiling, *extract.readers.caveats)),
        marking=extract.marking.codes,
        recipient="",
        copies=1,
    )
