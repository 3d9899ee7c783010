"""Notes out: written to a file in the form that its ending names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from viewer import places
from viewer.errors import FileTrouble
from viewer.notes import written
from viewer.notes.carry import Standing
from viewer.notes.exchange import parcel_bytes
from viewer.notes.notebook import Notebook


def write(book: Notebook, standings: Sequence[Standing], path: Path) -> None:
    """Writes the notes to `path`: `.md` to read, `.csv` as a table, `.json` or `.jsonld` to exchange.

    Raises FileTrouble for another ending, or where the file cannot be written; NotesTrouble.
    """
    places.write_atomically(path, as_bytes(book, standings, path.suffix), mode=0o600)


def as_bytes(book: Notebook, standings: Sequence[Standing], ending: str) -> bytes:
    """The notes in the form that `ending` names. Raises FileTrouble for any other."""
    match ending.casefold():
        case ".md":
            return written.markdown(book, standings).encode("utf-8", "replace")
        case ".csv":
            return written.csv(book, standings).encode("utf-8-sig", "replace")
        case ".json" | ".jsonld":
            return parcel_bytes(book, [standing.note for standing in standings])
    said = f"in the form “{ending}”" if ending else "without an ending that says the form"
    raise FileTrouble(
        f"Notes cannot be written {said}, only as .md, .csv or .json.", advice="Choose a name with such an ending."
    )
