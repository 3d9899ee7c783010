"""How long it takes to find what changed between two large editions, to show 100,000 figures, and to draw one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from tests.bench.generator import assessment_of
from tests.bench.harness import Row, alone
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment, Finding, Passage, Statistic

if TYPE_CHECKING:
    from viewer.ui.figures.view import StatisticsView

_Text = TypeVar("_Text", Finding, Passage)

ITEMS, TENTH = 10_000, 10
FIGURES = 100_000
TYPED = ("s", "sa", "saf", "safe", "safeg", "safeg r", "safeg re", "safeg rep")


def measure() -> Iterator[Row]:
    """Changes, table and chart, each held against its limit."""
    yield _changes()
    yield from _table()
    yield _chart()


def _bundle(assessment: Assessment) -> Bundle:
    from viewer.publish.build import build_body
    from viewer.publish.release import claims_for
    from viewer.signing.sealing import new_key, seal
    from viewer.signing.trust import Trust
    from viewer.signing.trust_list import Publisher

    key = new_key()
    known = {key.public.key_id: Publisher(name="Made up", key=key.public)}
    trust = Trust(root=new_key().public, serial=1, issued="", publishers=known, revoked={})
    return Bundle.from_bytes(seal(build_body(assessment), claims_for(assessment.edition), key), trust)


def _changes() -> Row:
    from viewer.changes.compare import compare_editions
    from viewer.changes.headline import headline

    old, new = _bundle(assessment_of(ITEMS)), _bundle(_altered(assessment_of(ITEMS, serial=2)))

    def work() -> None:
        found = compare_editions(old, new)
        assert len(found.all) > ITEMS // TENTH // 2
        assert headline(found.all)

    return Row(what="changes of 10,000 items, a tenth of them", measured=alone(work, 5), reference=1000)


def _altered(draft: Assessment) -> Assessment:
    """The same with every tenth finding reworded, every tenth passage reworded and renamed, every tenth value moved."""
    return replace(
        draft,
        findings=tuple(_reworded(f) if at % TENTH == 0 else f for at, f in enumerate(draft.findings)),
        passages=tuple(
            replace(_reworded(p), id=f"{p.id}-x") if at % TENTH == 0 else p for at, p in enumerate(draft.passages)
        ),
        statistics=tuple(_moved(s) if at % TENTH == 0 else s for at, s in enumerate(draft.statistics)),
    )


def _reworded(item: _Text) -> _Text:
    words = item.text.split()
    words[len(words) // 2] = "otherwise"
    return replace(item, text=" ".join(words))


def _moved(statistic: Statistic) -> Statistic:
    values = (replace(o, value=o.value + 1 if o.value is not None else None) for o in statistic.observations)
    return replace(statistic, observations=tuple(values))


def _figures() -> Bundle:
    """An edition of 100,000 figures, each with a source, an issue and a value."""
    draft = assessment_of(FIGURES, themes=60)
    copies = range(FIGURES // len(draft.statistics))
    statistics = tuple(
        replace(s, id=f"{s.id}x{copy}", position=s.position + FIGURES * copy, findings=(),
                observations=s.observations[:1], tags=s.tags[:1], sources=s.sources[:1])
        for copy in copies
        for s in draft.statistics
    )  # fmt: skip
    return _bundle(replace(draft, findings=(), passages=(), statistics=statistics))


def _table() -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from viewer.ui.appearance import Appearance, load_fonts
    from viewer.ui.figures.view import StatisticsView

    app = QApplication.instance() or QApplication([])
    load_fonts()
    look, bundle = Appearance("light"), _figures()

    def opened() -> StatisticsView:
        view = StatisticsView(bundle, look)
        view.resize(1280, 700)
        view.show()
        view.table.viewport().repaint()
        return view

    yield Row(
        what="100,000 figures, from asked for to painted", measured=alone(lambda: opened().close(), 5), reference=200
    )
    view = opened()
    while not view.model.is_whole:
        app.processEvents()
    assert len(view.model.table) == FIGURES

    def whole() -> None:
        view.model.filter("")
        view.table.viewport().repaint()

    yield Row(what="100,000 figures, all of them painted anew", measured=alone(whole, 5), reference=200)
    yield Row(what="100,000 figures, filtered at a key", measured=max(_keys(view)), reference=33)
    view.close()


def _keys(view: StatisticsView) -> list[float]:
    """For each key of a typed word, the median time until what it leaves is painted, in milliseconds."""
    times: list[list[float]] = []
    for _ in range(5):
        view.words.clear()
        round_ = []
        for typed in TYPED:
            start = perf_counter()
            view.words.setText(typed)
            view.table.viewport().repaint()
            round_.append((perf_counter() - start) * 1000)
        times.append(round_)
    return [median(key) for key in zip(*times, strict=True)]


def _chart() -> Row:
    from viewer.design.palette import LIGHT
    from viewer.figures.chart import make_chart
    from viewer.ui.figures import chart_paint

    statistics = [s for s in assessment_of(1000).statistics if len(s.observations) > 1]
    drawn = [make_chart(s) for s in statistics]
    biggest = max(drawn, key=lambda chart: len(chart.rows))
    work = partial(chart_paint.picture, biggest, ("A source, a year",), "A MARKING", LIGHT)
    return Row(what=f"a chart of {len(biggest.rows)} rows, drawn after the first", measured=alone(work), reference=10)
