"""What a publisher's key has sealed: a record beside the key, by which no serial gets a second content."""

from __future__ import annotations

import json
import re
from pathlib import Path

from viewer.errors import FileTrouble, PublishError
from viewer.model import Claims
from viewer.paths import PRIVATE_MODE, display_name, read_own_file, write_atomically
from viewer.signing.claims import is_serial, is_series

ENDING = ".sealed.json"
VERSION = 1

_LARGEST = 8 * 1024 * 1024
_FINGERPRINT = re.compile(r"[0-9a-f]{128}")
_Sealed = dict[str, dict[str, str]]  # fingerprints by serial, by series


def record_path(secret_key: Path) -> Path:
    """Return where the record of a key lies: beside its secret file."""
    return secret_key.with_name(secret_key.name + ENDING)


def check_not_sealed(secret_key: Path, claims: Claims, fingerprint: str) -> None:
    """Raise PublishError where the serial was sealed with other content before; it names the next one."""
    found = _read(record_path(secret_key)).get(claims.series, {})
    before = found.get(str(claims.serial), fingerprint)
    if before != fingerprint:
        raise sealed_otherwise(claims, before, fingerprint, max(map(int, found)) + 1)


def sealed_otherwise(claims: Claims, before: str, now: str, following: int) -> PublishError:
    """Return the error that says what a serial was sealed with."""
    return PublishError(
        f"Serial {claims.serial} of {claims.series} was sealed before with other content: its fingerprint is "
        f"{before[:32]}, that of these drafts {now[:32]}. Readers who opened the former refuse this one.",
        advice=f"Give the drafts the serial {following}. Only if the former was given to nobody: --replace.",
    )


def remember_sealed(secret_key: Path, claims: Claims, fingerprint: str) -> None:
    """Record what was sealed. Raises FileTrouble where the folder of the key cannot be written."""
    path = record_path(secret_key)
    sealed = _read(path)
    sealed.setdefault(claims.series, {})[str(claims.serial)] = fingerprint
    data = json.dumps({"version": VERSION, "sealed": sealed}, indent=1, sort_keys=True).encode() + b"\n"
    write_atomically(path, data, mode=PRIVATE_MODE)


def _read(path: Path) -> _Sealed:
    """Return the record; raises PublishError where it cannot be used, since a serial may be taken then."""
    try:
        data = read_own_file(path, limit=_LARGEST)
        return {} if data is None else _checked(json.loads(data))
    except (ValueError, RecursionError, FileTrouble) as err:
        raise PublishError(
            f"{display_name(path)}, which records what was sealed with this key, cannot be used.",
            advice="Put a copy of it in its place, or move it away if the serial is certainly a new one.",
        ) from err


def _checked(found: object) -> _Sealed:
    if not isinstance(found, dict) or found.get("version") != VERSION or not isinstance(found.get("sealed"), dict):
        raise ValueError
    sealed: _Sealed = found["sealed"]
    for series, entries in sealed.items():
        if not is_series(series) or not isinstance(entries, dict):
            raise ValueError
        for serial, fingerprint in entries.items():
            if not (serial.isascii() and serial.isdigit() and is_serial(int(serial))):
                raise ValueError
            if not isinstance(fingerprint, str) or _FINGERPRINT.fullmatch(fingerprint) is None:
                raise ValueError
    return sealed
