"""File names for what leaves: safe on every system, whatever a title says."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from viewer.errors import FileTrouble
from viewer.paths import describe_os_error, display_name

LONGEST = 100  # characters of a name before its ending
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_NOT_ALLOWED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


def safe_name(words: str, ending: str = "") -> str:
    """Return `words` as a file name: no separator, no reserved or hidden name, nothing invisible, never too long."""
    composed = unicodedata.normalize("NFC", words)
    seen = "".join(c if c.isprintable() and unicodedata.category(c)[0] != "C" else " " for c in composed)
    name = " ".join(_NOT_ALLOWED.sub("-", seen).split()).strip(" .-")[:LONGEST].strip(" .-")
    if not name or _RESERVED.fullmatch(name):
        name = f"sheet {name}".strip()
    return name + ending


def check_writable(path: Path, *, replace: bool) -> Path:
    """Return `path` if it may be written to. Raises FileTrouble for what is there already, and for a device's name."""
    if _RESERVED.fullmatch(path.name):
        raise FileTrouble(
            f"{display_name(path)} is the name of a device, not of a file.", advice="Choose another name."
        )
    try:
        _check_place(path, replace=replace)
    except (OSError, ValueError) as err:
        raise FileTrouble(
            f"{display_name(path)} was not written: {describe_os_error(err)}.", advice="Choose another name."
        ) from err
    return path


def _check_place(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise FileTrouble(f"{display_name(path)} is a folder.", advice="Choose a name for the file in it.")
    if not replace and (path.exists() or path.is_symlink()):
        raise FileTrouble(
            f"{display_name(path)} is there already and is left as it is.",
            advice="Choose another name, or replace it.",
        )
    if not path.parent.is_dir():
        raise FileTrouble(
            f"{display_name(path)} was not written: its folder does not exist.", advice="Choose a folder."
        )
