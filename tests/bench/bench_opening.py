"""Opening a 100 MB edition beside merely reading it, and opening a theme of 100 findings."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from tests.bench.generator import assessment_of, edition_of_size
from tests.bench.harness import Row, alone, side_by_side
from viewer.bundle.bundle import Bundle
from viewer.model import Claims
from viewer.pages.overview import start_page
from viewer.publish.build import build_body
from viewer.signing.sealing import SigningKey, build_trust_list, new_key, seal
from viewer.signing.trust import Trust, read_trust_list

LARGE = 100  # MB
FINDINGS = 100
# A hundred thousand items with what hangs on them are near the 500,000 rows that an edition may have. Each row is
# checked, by two connections at once; reading and hashing overlap, but nothing is copied before it is verified.
MOST_ROWS = 2.2


def measure() -> Iterator[Row]:
    """Opening beside reading, and a theme beside its limit."""
    key, root = new_key(), new_key()
    listed = build_trust_list({"Bench": key.public}, root, serial=1, issued=date.today().isoformat())  # noqa: DTZ011
    trust = read_trust_list(listed, root.public)
    for short, kind, allowed in ((False, "long items", 1.3), (True, "short items, most rows", MOST_ROWS)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.db"
            path.write_bytes(_sealed(edition_of_size(LARGE, short=short), key))
            opening, bare = side_by_side(partial(_opened, path, trust), partial(_merely_read, path))
            yield Row(what=f"unseal, gate and first page of {LARGE} MB of {kind}, beside read, hash, deserialize",
                      measured=opening, reference=bare, allowed=allowed)  # fmt: skip
    yield _theme(key, trust)


def _sealed(body: bytes, key: SigningKey) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(body)
    series, serial, issued, review = connection.execute("SELECT series, serial, issued, review FROM edition").fetchone()
    connection.close()
    return seal(body, Claims(series=series, serial=serial, issued=issued, review=review, schema=1), key)


def _opened(path: Path, trust: Trust) -> None:
    bundle = Bundle.open(path, trust)
    assert start_page(bundle).html
    bundle.close()


def _merely_read(path: Path) -> None:
    data = path.read_bytes()
    hashlib.blake2b(data).digest()
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.close()


def _theme(key: SigningKey, trust: Trust) -> Row:
    from PySide6.QtWidgets import QApplication

    from viewer.pages.theme import theme_page
    from viewer.ui.appearance import Appearance, load_fonts
    from viewer.ui.reading.pane import ReadingPane

    QApplication.instance() or QApplication(["bench", "-platform", "offscreen"])
    load_fonts()
    bundle = Bundle.from_bytes(_sealed(build_body(assessment_of(FINDINGS * 5, themes=1)), key), trust)
    theme = max(bundle.themes(), key=lambda t: len(bundle.findings(t.id)))
    assert len(bundle.findings(theme.id)) >= FINDINGS
    pane = ReadingPane(Appearance("light"))
    pane.resize(1008, 650)
    pane.show()

    def open_theme() -> None:
        pane.show_page(theme_page(bundle, theme.id))
        pane.grab()

    what = f"opening a theme of {FINDINGS} findings, to its paint, beside its limit"
    return Row(what=what, measured=alone(open_theme), reference=50)
