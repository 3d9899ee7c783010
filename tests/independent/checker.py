"""A second reader of editions, written from `docs/format.md` alone: it imports nothing of the program.

Run: `python -m tests.independent.checker briefings.db resources/trust/root.pub resources/trust/trust.list`.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from tests.independent.body import open_body
from tests.independent.entries import entries
from tests.independent.envelope import TrustList, key_in_file, open_edition, read_trust_list
from tests.independent.refusal import Refusal

OPENED = "opened"


def verdict(data: bytes, trust: TrustList) -> str:
    """The verdict on a file: "opened", or one of those in section 5."""
    try:
        opened = open_edition(data, trust)
        open_body(opened.body, opened.claims).close()
    except Refusal as refusal:
        return refusal.verdict
    return OPENED


def search_faults(body: bytes) -> list[str]:
    """How the search tables of a body that passed the checks differ from sections 9.4 and 10.4."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(body)
        found = connection.execute("SELECT id, item, kind, theme, title, text FROM entry ORDER BY id").fetchall()
        wanted = list(entries(connection, int.from_bytes(body[60:64], "big")))
        faults = [f"{len(found)} entries, not {len(wanted)}"] if len(found) != len(wanted) else []
        for row, entry in zip(found, wanted, strict=False):
            if row[:5] != (entry.id, entry.item, entry.kind, entry.theme, entry.title):
                faults.append(f"entry {row[0]} is {row[1:5]}, not that of {entry.item}")
            elif re.fullmatch(entry.text, row[5]) is None:
                faults.append(f"entry {row[0]} says {row[5]!r}, not {entry.text!r}")
        for index in ("stemmed", "plain"):
            try:
                connection.execute(f"INSERT INTO {index}({index}, rank) VALUES('integrity-check', 1)")
            except sqlite3.DatabaseError as err:
                faults.append(f"{index}: {err}")
    return faults


def main(arguments: list[str]) -> int:
    """Say what an edition is, or why it is refused."""
    edition, root, trust_list = (Path(argument).read_bytes() for argument in arguments)
    try:
        opened = open_edition(edition, read_trust_list(trust_list, key_in_file(root)))
        open_body(opened.body, opened.claims).close()
    except Refusal as refusal:
        print(refusal)
        return 1
    print(f"{opened.claims}, signed by {opened.publisher}, key {opened.key_id}, fingerprint {opened.fingerprint}")
    for fault in search_faults(opened.body):
        print(fault)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
