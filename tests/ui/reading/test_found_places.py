"""What is found on a page: every place, the one that is shown, and the way round."""

from __future__ import annotations

from viewer.bundle.bundle import Bundle
from viewer.pages.parts import Page
from viewer.pages.theme import theme_page
from viewer.text.safe import Html
from viewer.ui.reading.pane import ReadingPane


def test_finds_every_place_regardless_of_case_and_goes_round(pane: ReadingPane) -> None:
    pane.show_page(Page(title="", html=Html("<p>Peer and peer</p><p>PEER</p>")))
    assert pane.found_places.find("peer") == 3
    assert [pane.found_places.step(by) for by in (0, 1, 1, 1)] == [1, 2, 3, 1]
    assert pane.found_places.find("absent") == 0
    assert pane.found_places.step(1) == 0


def test_finds_by_the_rule_of_folding(pane: ReadingPane, sample: Bundle) -> None:
    html = "<p>The offender’s café&nbsp;bar, on\u2011line in 2011/12: 2,293.</p>"
    html += "<table><tr><td>12</td><td>3</td></tr></table>"
    pane.show_page(Page(title="", html=Html(html)))
    for words in ("offender's", "offenders", "CAFE BAR", "online", "on-line", "2011-12", "2293", "12"):
        assert pane.found_places.find(words), words
    for words in ("cafe  bar", "123", "12 3", "20111", " "):
        assert not pane.found_places.find(words), words
    pane.found_places.find("2293")
    assert pane.found_places._places[0].selectedText() == "2,293"
    pane.show_page(theme_page(sample, "offending-overseas"))
    assert pane.found_places.find("offender's") >= 2


def test_find_begins_at_the_first_place_in_sight(pane: ReadingPane, sample: Bundle) -> None:
    pane.show_page(theme_page(sample, "indecent-images"))
    assert pane.found_places.find("IIOC") > 5
    assert pane.found_places.at == 1
    pane.go_to("narrative")
    pane.found_places.find("IIOC")
    assert pane.found_places.at > 1
    before = pane.verticalScrollBar().value()
    first, last = pane.found_places.step(0), pane.found_places.step(-1)
    assert first == last + 1
    assert pane.verticalScrollBar().value() < before, "the place before the first in sight was out of sight"
    pane.verticalScrollBar().setValue(0)
    assert pane.found_places.find("IIOC") > 5
    assert pane.found_places.at == 1


def test_another_page_has_nothing_found(pane: ReadingPane) -> None:
    pane.show_page(Page(title="", html=Html("<p>Peer</p>")))
    assert pane.found_places.find("peer") == 1
    pane.show_page(Page(title="", html=Html("<p>Peer</p>")))
    assert (len(pane.found_places), pane.found_places.at, pane.found_places.step(1)) == (0, 0, 0)
