"""Checking a sheet: is it whole, does the register know it, and does the edition still say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from viewer.bundle.bundle import Bundle
from viewer.dissemination.register import Register
from viewer.errors import NotFound
from viewer.records import record
from viewer.sheets.sheet import item_hash
from viewer.sheets.sheet_metadata import SheetMetadata, read_metadata
from viewer.signing.intake import read_file
from viewer.text import wording
from viewer.text.safe import visible

LARGEST = 64 * 1024 * 1024  # bytes of a sheet


class SheetState(StrEnum):
    """What a sheet is worth beside an edition."""

    CURRENT = "current"
    STALE = "stale"
    OTHER = "other series"


_DOUBTS = {
    SheetState.CURRENT: "",
    SheetState.STALE: "The sheet no longer says what the edition says.",
    SheetState.OTHER: "The sheet belongs to another series, so it was not compared.",
}


@record
class StaleItem:
    """An item that the open edition no longer has as it was printed."""

    id: str
    place: str  # "3.4"; empty for what vanished
    text: str  # as the edition has it now; empty for what vanished
    vanished: bool


@record
class SheetVerdict:
    """What checking found: what the sheet says of itself, its row in the register (0 for none), what changed since."""

    metadata: SheetMetadata
    row: int
    voided: bool
    state: SheetState
    same_edition: bool
    stale_items: tuple[StaleItem, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words."""
        return tuple(_sentences(self))

    @property
    def doubt(self) -> str:
        """The first reason not to rely on the sheet, as a sentence; empty where it is registered, whole and current."""
        if not self.row:
            return "The sheet is not in the register of this machine."
        if self.voided:
            return "The register says that the sheet's delivery failed."
        return _DOUBTS[self.state]


def check(path: Path, bundle: Bundle, home: Path) -> SheetVerdict:
    """Return what the sheet in the file `path` is worth. Raises FileTrouble, NotASheet, RegisterError."""
    return check_bytes(read_file(path, limit=LARGEST), bundle, home)


def check_bytes(data: bytes, bundle: Bundle, home: Path) -> SheetVerdict:
    """Return what the sheet in `data` is worth. Raises NotASheet, RegisterError."""
    metadata = read_metadata(data)
    row, voided = _registered(home, metadata.id, hashlib.sha256(data).hexdigest())
    same_series = metadata.series == bundle.edition.series
    stale = tuple(_stale_items(metadata, bundle)) if same_series else ()
    state = SheetState.OTHER if not same_series else SheetState.STALE if stale else SheetState.CURRENT
    same = metadata.fingerprint == bundle.seal.fingerprint
    return SheetVerdict(metadata=metadata, row=row, voided=voided, state=state, same_edition=same, stale_items=stale)


def _registered(home: Path, sheet_id: str, digest: str) -> tuple[int, bool]:
    register = Register.open_for_reading(home)
    if register is None:
        return 0, False
    with register:
        rows = [row for row in register.rows() if (row.issue.sheet, row.issue.sha256) == (sheet_id, digest)]
    number = next((row.number for row in rows if row.issue.event != "void"), 0)
    return number, any(row.issue.event == "void" for row in rows)


def _stale_items(metadata: SheetMetadata, bundle: Bundle) -> Iterator[StaleItem]:
    for one in metadata.held:
        try:
            item = bundle.item(one.id)
        except NotFound:
            yield StaleItem(id=one.id, place="", text="", vanished=True)
            continue
        if item_hash(item) != one.hash:
            place = wording.item_place(item, bundle.theme(item.theme))
            yield StaleItem(id=one.id, place=place, text=item.text, vanished=False)
    for id_ in metadata.withdrawn:
        with suppress(NotFound):
            item = bundle.item(id_)
            place = wording.item_place(item, bundle.theme(item.theme))
            yield StaleItem(id=id_, place=place, text=item.text, vanished=False)


def _sentences(verdict: SheetVerdict) -> Iterator[str]:
    metadata = verdict.metadata
    source = f"from {visible(metadata.edition)}, serial {metadata.serial}"
    if verdict.row:
        yield f"Sheet {metadata.id}, unaltered since it was issued on {wording.day(metadata.made[:10])}, {source}."
    else:
        yield f"It says that it is sheet {metadata.id}, made on {wording.day(metadata.made[:10])}, {source}."
    if metadata.since:
        since = visible(metadata.since)
        yield f"It tells what changed since {since}, an edition with the fingerprint {_begun(metadata)}."
    if verdict.row:
        yield f"It stands in the register of this machine, row {verdict.row}."
    else:
        yield (
            "It is not in the register of this machine. Its own check holds, which shows no accident; "
            "this machine cannot say that it is genuine."
        )
    if verdict.voided:
        yield "The register says that its delivery failed: do not rely on this copy."
    match verdict.state:
        case SheetState.OTHER:
            yield "It belongs to another series than the open edition, so it is not compared."
        case SheetState.CURRENT:
            yield "Current: all that it holds stands in the open edition as it was printed."
        case SheetState.STALE:
            number = len(verdict.stale_items)
            verb = "has" if number == 1 else "have"
            whole = len(metadata.held) + len(metadata.withdrawn)
            yield f"Stale: {wording.count(number, 'item')} of {whole} {verb} changed or vanished since."


def _begun(metadata: SheetMetadata) -> str:
    return " ".join(metadata.since_fingerprint[at : at + 4] for at in range(0, 16, 4))
