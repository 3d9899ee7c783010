"""What a person does about trust: take a newer list over, or accept another root."""

from __future__ import annotations

from pathlib import Path

from viewer import paths
from viewer.errors import FileTrouble, Refused
from viewer.model import group_digits
from viewer.signing.intake import read_file
from viewer.signing.trust import (
    LARGEST_LIST,
    LIST_NAME,
    Trust,
    as_seen,
    kept_trust,
    load_trust,
    read_trust_list,
    root_fingerprint,
    shipped_trust,
)
from viewer.signing.trust_memory import load_memory, save_memory


def adopt_trust_list(path: Path, home: Path) -> Trust:
    """Save the trust list at `path` in `home` if it is genuine and as new as any that was seen here.

    Returns the Trust from now on; the list already in use is accepted without a change. Raises Refused for an older
    one or a rival of the same serial, FileTrouble where it cannot be read or saved.
    """
    shipped, memory = shipped_trust(), load_memory(home)
    root = root_fingerprint(shipped.root)
    if memory.roots and memory.roots != {root}:
        load_trust(home).check_open()
    current = load_trust(home)
    data = read_file(path, limit=LARGEST_LIST)
    new = read_trust_list(data, shipped.root)
    if new == current and not current.closed:
        return current
    seen = memory.under(root)
    newest = max(shipped.serial, seen.serial, 0 if current.closed else current.serial)
    is_same = new.serial == newest and new.digest in (seen.digest, shipped.digest)
    if new.serial <= newest and not is_same:
        raise Refused(
            f"This trust list has serial {new.serial} and is not newer than the one in use, which has serial {newest}.",
            advice="Nothing needs to be done: the list in use stays in use."
            if not current.closed
            else "Ask whoever keeps the trust list for the newest one.",
        )
    target = paths.ensure_private_folder(home) / LIST_NAME
    paths.write_atomically(target, data, mode=0o600)
    save_memory(home, root, as_seen(new))
    return load_trust(home)


def accept_root(home: Path, fingerprint: str) -> Trust:
    """Make the program's trust root the one in use on this machine; a list kept under another is set aside.

    What was seen under this root stays remembered, so a list older than that still opens nothing. Raises Refused
    unless `fingerprint` is that root's.
    """
    shipped = shipped_trust()
    root = root_fingerprint(shipped.root)
    if "".join(fingerprint.split()).lower() != root:
        raise Refused(
            f"This is not the fingerprint of the program's trust root, which is {group_digits(root)}.",
            advice="Nothing was changed. Do not go on unless your publisher has told you the fingerprint.",
        )
    paths.ensure_private_folder(home)
    own = kept_trust(shipped, home)
    if own.closed:
        _set_list_aside(home)
        own = shipped
    save_memory(home, root, as_seen(own))
    return load_trust(home)


def _set_list_aside(home: Path) -> None:
    path = home / LIST_NAME
    number = 1
    while paths.is_taken(aside := path.with_name(f"{path.name}.set-aside-{number}")):
        number += 1
    try:
        path.rename(aside)
    except OSError as err:
        raise FileTrouble(f"{paths.display_name(path)} cannot be put aside: {paths.describe_os_error(err)}.") from err
