"""Issuing a document: its row in the register first, then its bytes to where they go; no row, no document."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from viewer import clock
from viewer.dissemination.register import CHAIN_TIP_LENGTH, TIME, Issue, Register, RegisterRow
from viewer.records import record, replace

Deliver = Callable[[bytes], None]


@record
class Imprint:
    """What makes one issue of a document traceable: its id, and when it was made (ISO, UTC)."""

    id: str
    made: str
    chain_tip: str  # of the register before this document's own row: 12 hex digits; empty in a preview

    @property
    def is_preview(self) -> bool:
        """Whether nothing was issued."""
        return not self.chain_tip

    @property
    def registered(self) -> str:
        """How the register stood, in words: `register 9b1f04c2d7aa`; empty in a preview."""
        if self.is_preview:
            return ""
        return f"register {self.chain_tip}" if self.chain_tip.strip("0") else "first in its register"


PREVIEW = Imprint(id="0000-0000", made="", chain_tip="")


@record
class DocumentEntry:
    """What the register says of a document: what it holds, from which edition, for whom."""

    title: str
    series: str
    edition: str
    serial: int
    fingerprint: str
    form: str
    items: tuple[str, ...]
    audience: str  # the code of its ceiling
    marking: str  # the code of the highest that it holds
    recipient: str
    copies: int


class Issuing:
    """One document on its way out; holds the register, which `issuing` keeps open meanwhile."""

    def __init__(self, register: Register, imprint: Imprint) -> None:
        self._register = register
        self.imprint = imprint

    def deliver(self, data: bytes, entry: DocumentEntry, deliver: Deliver, *, event: str) -> RegisterRow:
        """Enter the document in the register, then hand its bytes to `deliver`; `event` is export, print or copy.

        Where `deliver` fails in whatever way, a second row says so: the document may have left in part.
        Raises RegisterError, and what `deliver` raises.
        """
        row = self._register.append(self._issue(entry, event, hashlib.sha256(data).hexdigest()))
        try:
            deliver(data)
        except BaseException:
            self._register.append(replace(row.issue, event="void"))
            raise
        return row

    def _issue(self, entry: DocumentEntry, event: str, digest: str) -> Issue:
        return Issue(
            at=self.imprint.made,
            event=event,
            sheet=self.imprint.id,
            title=entry.title,
            series=entry.series,
            edition=entry.edition,
            serial=entry.serial,
            fingerprint=entry.fingerprint,
            form=entry.form,
            items=entry.items,
            audience=entry.audience,
            marking=entry.marking,
            recipient=entry.recipient,
            copies=entry.copies,
            sha256=digest,
        )


@record
class Document:
    """What shall leave: its bytes, and what the register says of it."""

    data: bytes
    entry: DocumentEntry


@record
class Issued:
    """What has left: its imprint, and its row in the register."""

    imprint: Imprint
    row: RegisterRow


def issue(
    home: Path,
    compose: Callable[[Imprint], Document],
    deliver: Deliver,
    *,
    event: str = "export",
    now: datetime | None = None,
) -> Issued:
    """Compose a document, enter it in the register of `home`, and only then hand its bytes to `deliver`.

    All that leaves, in whatever form, leaves by this function. Raises RegisterError, FileTrouble, and what `compose`
    and `deliver` raise.
    """
    with issuing(home, now) as leaving:
        document = compose(leaving.imprint)
        row = leaving.deliver(document.data, document.entry, deliver, event=event)
    return Issued(imprint=leaving.imprint, row=row)


@contextmanager
def issuing(home: Path, now: datetime | None = None) -> Iterator[Issuing]:
    """Open the register of `home` for one document, and give it an imprint to be written with.

    The register is free while the document is written, so the chain's tip on paper may be some rows before the
    document's own. Raises RegisterError, FileTrouble.
    """
    with Register.open(home) as register:
        if newest := register.newest_time():
            last_row = datetime.strptime(newest, TIME).replace(tzinfo=UTC)
            clock.current().raise_to(last_row, "the newest row of the register was written then")
        made = (now or clock.now()).strftime(TIME)
        yield Issuing(register, Imprint(id=_new_id(), made=made, chain_tip=register.chain_tip()[:CHAIN_TIP_LENGTH]))


def _new_id() -> str:
    """Return a fresh id, such as `7F3A-19C2`."""
    word = secrets.token_hex(4).upper()
    return f"{word[:4]}-{word[4:]}"
