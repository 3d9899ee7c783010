"""Notes out: written to a file in the form that its ending names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from viewer import paths
from viewer.errors import FileTrouble
from viewer.notes import export
from viewer.notes.carry import ResolvedNote
from viewer.notes.exchange import share_as_json
from viewer.notes.notebook import Notebook


def write(book: Notebook, standings: Sequence[ResolvedNote], path: Path) -> None:
    """Writes the notes to `path`: `.md` to read, `.csv` as a table, `.json` or `.jsonld` to exchange.

    Raises FileTrouble for another ending, or where the file cannot be written; NotesTrouble.
    """
    paths.write_atomically(path, as_bytes(book, standings, path.suffix), mode=0o600)


def as_bytes(book: Notebook, standings: Sequence[ResolvedNote], ending: str) -> bytes:
    """The notes in the form that `ending` names. Raises FileTrouble for any other."""
    match ending.casefold():
        case ".md":
            return export.markdown(book, standings).encode("utf-8", "replace")
        case ".csv":
            return export.csv(book, standings).encode("utf-8-sig", "replace")
        case ".json" | ".jsonld":
            return share_as_json(book, [standing.note for standing in standings])
    said = f"in the form “{ending}”" if ending else "without an ending that says the form"
    raise FileTrouble(
        f"Notes cannot be written {said}, only as .md, .csv or .json.", advice="Choose a name with such an ending."
    )
