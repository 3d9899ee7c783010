"""Filters beside the hits: by everything that the edition has, and by nothing that it has not."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from viewer.bundle.bundle import Bundle
from viewer.search.engine import Engine
from viewer.search.query import Filter, parse
from viewer.ui.search.facets import FILTER, FacetPane


def shown(qtbot: QtBot, bundle: Bundle, typed: str) -> dict[str, str]:
    """The rows of the filters for what is typed, and the count in each."""
    engine, pane = Engine(bundle), FacetPane(bundle)
    qtbot.addWidget(pane)
    pane.show_facets(engine.facets(engine.search(typed)), parse(typed).filters)
    rows = [pane.topLevelItem(at) for at in range(pane.topLevelItemCount())]
    return {row.text(0): row.text(1) for row in rows if row is not None}


def test_judgements_and_handling_can_be_chosen_where_the_edition_has_them(
    qtbot: QtBot, exercise: tuple[Bundle, Bundle], sample: Bundle
) -> None:
    rows = shown(qtbot, exercise[1], "the")
    assert {"HANDLING", "FENMARK EYES ONLY", "NOT FOR CARRIERS", "Recommendations"} <= rows.keys()
    assert rows["NOT FOR CARRIERS"] == "1"
    assert not {"HANDLING", "LIKELIHOOD", "CONFIDENCE", "Recommendations"} & shown(qtbot, sample, "the").keys()


def test_a_judgement_that_was_typed_can_be_taken_off(qtbot: QtBot, exercise: tuple[Bundle, Bundle]) -> None:
    rows = shown(qtbot, exercise[1], 'the likelihood:Likely caveat:"fenmark-eyes"')
    assert {"LIKELIHOOD", "✓ likely", "✓ FENMARK EYES ONLY"} <= rows.keys()
    pane = FacetPane(exercise[1])
    qtbot.addWidget(pane)
    engine = Engine(exercise[1])
    pane.show_facets(engine.facets(engine.search("the")), (Filter(name="confidence", value="Low confidence"),))
    chosen = [pane.topLevelItem(at) for at in range(pane.topLevelItemCount())]
    assert Filter(name="confidence", value="Low confidence") in [row.data(0, FILTER) for row in chosen if row]
