"""A row of a theme's page says what its item stands on, and bears the item's own marking."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from viewer.bundle.bundle import Bundle
from viewer.model import Term
from viewer.pages.item_rows import abbreviation_tips
from viewer.pages.theme import theme_page
from viewer.text.safe import Html, escape


def test_the_first_of_each_abbreviation_explains_itself() -> None:
    mark = abbreviation_tips([Term(abbreviation="IIOC", expansion="indecent images of <children>")])
    assert mark(Html("<p>IIOC and IIOC</p>")) == (
        '<p><span title="&lt;p&gt;indecent images of &amp;lt;children&amp;gt;&lt;/p&gt;">IIOC</span> and IIOC</p>'
    )
    assert mark(Html('<p title="IIOC">XIIOC</p>')) == '<p title="IIOC">XIIOC</p>'


def test_abbreviations_called_as_signs_of_html_break_no_page() -> None:
    words = ("amp", "lt", "gt", "quot", "nbsp", "x27", "R&D", "&", "<b", "#39")
    mark = abbreviation_tips([Term(abbreviation=word, expansion=f"<{word}> & more") for word in words])
    text = "R&D is < 5 & > 3, amp is lt, “x&y”, x<b, it's #39"
    marked = mark(Html(f"<p>{escape(text)}</p>"))
    seen = HTMLParser()
    said: list[str] = []
    seen.handle_data = said.append  # type: ignore[method-assign, assignment]
    seen.feed(marked)
    seen.close()
    assert "".join(said) == text
    assert ">amp</span>" in marked
    assert ">R&amp;D</span>" in marked
    assert ">lt</span>" in marked
    assert "&<span" not in marked


def test_a_figure_beside_a_finding_bears_its_own_marking_and_its_base(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[1], "copied-codes").html
    cells = [row.partition("</td>")[0] for row in html.split('<td class="beside"')[1:]]
    assert [("PROTECT" in cell, "RESTRICTED" in cell) for cell in cells] == [
        (True, False), (True, False), (False, True),
    ]  # fmt: skip
    assert "base: 31,000 collections" in cells[1]


def test_a_share_beside_a_finding_says_where_it_has_no_base(sample: Bundle) -> None:
    html = theme_page(sample, "indecent-images").html
    cells = [row.partition("</td>")[0] for row in html.split('<td class="beside"')[1:]]
    assert "base: 610 reports" in cells[0]
    assert "no base given" in cells[1]


def test_a_marking_stands_under_its_item_and_never_between_the_text_and_its_footnotes(
    exercise: tuple[Bundle, Bundle],
) -> None:
    html = theme_page(exercise[1], "copied-codes").html
    cells = [cell.partition("</td>")[0] for cell in html.split('<td class="finding"')[1:]]
    assert len(cells) == 3
    assert all(cell.index("</sup>") < cell.index("</p>") < cell.index('<p class="chip">') for cell in cells)


def test_one_of_a_kind_is_counted_in_the_singular(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[1], "depot-losses").html
    assert '<span class="unit">depot</span>' in html


def test_a_number_reads_in_its_figure_as_in_its_sentence(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[1], "shared-lockers").html
    assert '<span class="large">3,420</span>' in html
    assert "lists 3,420 lockers" in html
    assert "3420" not in html


def test_the_longest_abbreviation_that_stands_whole_is_explained() -> None:
    known = ("P2P", "P2P net", "R&D", ".onion", "CSEA", "")
    mark = abbreviation_tips([Term(abbreviation=word, expansion=f"<{word}>") for word in known])
    shown = mark(Html("<p>R&amp;D, P2P net, P2P-x, P2P. The .onion: xCSEA CSEA/CSEA</p>"))
    assert re.findall(r"<span [^>]*>(.*?)</span>", shown) == ["R&amp;D", "P2P net", "P2P", ".onion", "CSEA"]
    assert re.sub(r"</?span[^>]*>", "", shown) == "<p>R&amp;D, P2P net, P2P-x, P2P. The .onion: xCSEA CSEA/CSEA</p>"
