"""The same edition in format 2 beside format 1: what it holds more of may cost a twentieth at most."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests import as_format_1
from tests.bench.bench_search import ASKED
from tests.bench.bench_sheets import IMPRINT
from tests.bench.bench_start import ROOT, SAMPLE, started
from tests.bench.generator import assessment_of
from tests.bench.harness import Row, medians, side_by_side
from tests.reader_homes import SAMPLE as SAMPLE_1
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment
from viewer.pages.overview import start_page
from viewer.pages.theme import theme_page
from viewer.publish import build
from viewer.publish.release import claims_for
from viewer.records import replace
from viewer.search.engine import Engine
from viewer.sheets import pdf
from viewer.sheets.compose import compose
from viewer.sheets.recipe import Form, Recipe, theme_entry, with_form
from viewer.signing.sealing import build_trust_list, new_key, seal
from viewer.signing.trust import Trust, read_trust_list

if TYPE_CHECKING:
    from viewer.ui.reading.pane import ReadingPane

ALLOWED = 1.05
ITEMS, FINDINGS, ON_SHEET = 10_000, 100, 220
STARTS = 21
OPEN = (sys.executable, str(ROOT / "main.py"), "open")


def measure() -> Iterator[Row]:
    """Opening, start, a theme, search and a sheet."""
    for what, works, rounds in _works():
        newer, older = works
        measured, reference = side_by_side(newer, older, rounds)
        yield Row(what=f"{what}, beside format 1", measured=measured, reference=reference, allowed=ALLOWED)
    yield _start()


def _works() -> Iterator[tuple[str, list[Callable[[], object]], int]]:
    large = assessment_of(ITEMS)
    files, trust = _files(large)
    yield f"opening {ITEMS:,} items, to the first page", [partial(_opened, one, trust) for one in files], 21
    bundles = [Bundle.from_bytes(one, trust) for one in files]
    yield f"searches among {ITEMS:,} items", [partial(_search, _engine(one)) for one in bundles], 15
    files, trust = _files(assessment_of(FINDINGS * 5, themes=1))
    bundles = [Bundle.from_bytes(one, trust) for one in files]
    pane = _pane()
    yield f"a theme of {FINDINGS} findings, to its paint", [partial(_show, pane, one) for one in bundles], 21
    files, trust = _files(assessment_of(ON_SHEET))
    bundles = [Bundle.from_bytes(one, trust) for one in files]
    yield f"a briefing of {ON_SHEET} items as PDF", [partial(_sheet, one) for one in bundles], 5


def _files(assessment: Assessment) -> tuple[list[bytes], Trust]:
    """The edition in format 2, then in format 1, and who may sign them."""
    key, root = new_key(), new_key()
    trust = read_trust_list(build_trust_list({"Bench": key.public}, root, serial=1, issued="2026-11"), root.public)
    claims = claims_for(assessment.edition)
    bodies = ((build.build_body(assessment), 2), (as_format_1.build_body(assessment), 1))
    return [seal(body, replace(claims, schema=schema), key) for body, schema in bodies], trust


def _opened(data: bytes, trust: Trust) -> None:
    bundle = Bundle.from_bytes(data, trust)
    assert start_page(bundle).html
    bundle.close()


def _engine(bundle: Bundle) -> Engine:
    engine = Engine(bundle)
    engine.warm()
    return engine


def _search(engine: Engine) -> None:
    for typed, _, _, sort in ASKED.values():
        assert engine.search(typed, live=sort == "prefix", limit=20).hits


def _pane() -> ReadingPane:
    from PySide6.QtWidgets import QApplication

    from viewer.ui.appearance import Appearance, load_fonts
    from viewer.ui.reading.pane import ReadingPane

    QApplication.instance() or QApplication(["bench", "-platform", "offscreen"])
    load_fonts()
    pane = ReadingPane(Appearance("light"))
    pane.resize(1008, 650)
    pane.show()
    return pane


def _show(pane: ReadingPane, bundle: Bundle) -> None:
    pane.show_page(theme_page(bundle, bundle.themes()[0].id))
    pane.grab()


def _sheet(bundle: Bundle) -> None:
    entries = tuple(theme_entry(theme.id) for theme in bundle.themes())
    recipe = with_form(Recipe(audience=bundle.markings[-1].code, entries=entries), Form.BRIEFING)
    assert pdf.render([compose(recipe, bundle, today=date(2012, 9, 1))], IMPRINT).pages


def _start() -> Row:
    """From the start of the process to the first paint of the sample in each format, each for a reader of its own."""
    with tempfile.TemporaryDirectory() as homes:

        def first_paint(edition: Path, reader: str) -> float:
            places = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BRIEFING_VIEWER_HOME": str(Path(homes) / reader)}
            places.pop("PYTHONDONTWRITEBYTECODE", None)
            return started((*OPEN, str(edition), "--first-paint"), places).time

        newer, older = medians(partial(first_paint, SAMPLE, "newer"), partial(first_paint, SAMPLE_1, "older"), STARTS)
    return Row(what="start to first paint, beside format 1", measured=newer, reference=older, allowed=ALLOWED)
