"""What this machine remembers of trust lists: the root, the newest list seen under it, and every key once withdrawn.

It is kept in two places of the reader's folder, so that removing the kept list, or one of the places, makes nothing
good again that was refused before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from viewer.errors import FileTrouble, Refused, ViewerError
from viewer.paths import PRIVATE_MODE, ensure_private_folder, write_atomically
from viewer.records import field, record, replace
from viewer.signing.claims import is_date, is_serial
from viewer.signing.intake import read_if_exists
from viewer.signing.trust_list import Revocation

PLACES = ("trust-seen.json", "memory/trust-seen.json")  # within the reader's folder
VERSION = 1

_LARGEST = 4 * 1024 * 1024
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9A-F]{16}")


@record
class SeenList:
    """The newest list seen under one root: its serial and digest, and all keys that any list of it has withdrawn."""

    serial: int = 0
    digest: str = ""
    revoked: Mapping[str, Revocation] = field(default_factory=dict)


@record
class TrustMemory:
    """What the places of a home hold together; `trouble` says why it cannot be relied on, empty where it can."""

    roots: frozenset[str] = frozenset()  # fingerprints of the root in use; two where the places differ
    lists: Mapping[str, SeenList] = field(default_factory=dict)  # by fingerprint of the root
    trouble: str = ""
    is_whole: bool = True  # every place holds the same

    def under(self, root: str) -> SeenList:
        """Return what was seen under the root with this fingerprint."""
        return self.lists.get(root, SeenList())


def load_memory(home: Path) -> TrustMemory:
    """Return what the places in `home` remember together: the newest list, and every withdrawal. Never raises."""
    found = [_read_place(home / place) for place in PLACES]
    kept = [one for one in found if isinstance(one, TrustMemory)]
    sentences = [one for one in found if isinstance(one, str)]
    if not kept:
        return TrustMemory(trouble=" ".join(sentences), is_whole=not sentences)
    lists: dict[str, SeenList] = {}
    for one in kept:
        for root, seen in one.lists.items():
            lists[root] = joined(lists[root], seen) if root in lists else seen
    roots = frozenset().union(*(one.roots for one in kept))
    is_whole = len(kept) == len(PLACES) and all(one == kept[0] for one in kept)
    return TrustMemory(roots=roots, lists=lists, is_whole=is_whole)


def save_memory(home: Path, root: str, seen: SeenList) -> None:
    """Remember `root` as the one in use, and what was seen under it, in both places. Raises FileTrouble."""
    before = load_memory(home)
    lists = {**before.lists, root: joined(before.under(root), seen)}
    after = TrustMemory(roots=frozenset({root}), lists=lists)
    if before.is_whole and (before.roots, before.lists) == (after.roots, after.lists):
        return
    data = _encoded(root, lists)
    for place in PLACES:
        path = home / place
        if path.is_dir():
            raise FileTrouble(f"A folder stands in the place of {path.name}, which remembers trust lists.")
        ensure_private_folder(home)
        write_atomically(ensure_private_folder(path.parent) / path.name, data, mode=PRIVATE_MODE)


def joined(one: SeenList, other: SeenList) -> SeenList:
    """Return what two memories say together: the newer list, and every key that either knows to be withdrawn."""
    newer = max(one, other, key=lambda seen: (seen.serial, seen.digest))
    return replace(newer, revoked={**one.revoked, **other.revoked})


def _read_place(path: Path) -> TrustMemory | str | None:
    """Return what one place holds, a sentence where it cannot be used, None where nothing is there."""
    try:
        data = read_if_exists(path, limit=_LARGEST)
        return None if data is None else _parsed(json.loads(data))
    except (ValueError, RecursionError, KeyError, TypeError, Refused):
        return f"{path.name} is damaged or was written by a newer version of this program."
    except ViewerError as err:
        return str(err)


def _parsed(found: object) -> TrustMemory:
    """Return the memory that a JSON document holds; raises ValueError, KeyError or TypeError."""
    if not isinstance(found, dict) or found["version"] != VERSION or type(found["version"]) is not int:
        raise ValueError
    lists = {_matching(_FINGERPRINT, root): _seen(entry) for root, entry in found["lists"].items()}
    root = _matching(_FINGERPRINT, found["root"])
    if root not in lists:
        raise ValueError
    return TrustMemory(roots=frozenset({root}), lists=lists)


def _seen(entry: Mapping[str, object]) -> SeenList:
    serial, revoked = entry["serial"], entry["revoked"]
    if type(serial) is not int or not is_serial(serial) or not isinstance(revoked, dict):
        raise ValueError
    return SeenList(
        serial=serial,
        digest=_matching(_DIGEST, entry["digest"]),
        revoked={_matching(_KEY_ID, key_id): _revocation(key_id, words) for key_id, words in revoked.items()},
    )


def _revocation(key_id: str, words: object) -> Revocation:
    date, _, reason = words.partition(" ") if isinstance(words, str) else ("", "", "")
    if not is_date(date) or not reason.isprintable() or not reason:
        raise ValueError
    return Revocation(key_id=key_id, date=date, reason=reason)


def _matching(form: re.Pattern[str], text: object) -> str:
    if not isinstance(text, str) or form.fullmatch(text) is None:
        raise ValueError
    return text


def _encoded(root: str, lists: Mapping[str, SeenList]) -> bytes:
    document = {
        "version": VERSION,
        "root": root,
        "lists": {
            name: {
                "serial": seen.serial,
                "digest": seen.digest,
                "revoked": {key_id: f"{entry.date} {entry.reason}" for key_id, entry in seen.revoked.items()},
            }
            for name, seen in lists.items()
        },
    }
    return json.dumps(document, indent=1, sort_keys=True).encode() + b"\n"
