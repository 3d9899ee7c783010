"""The matches on a page, counted as a reader would: words that stand side by side as typed are one."""

from __future__ import annotations

import pytest

from viewer.model import Term
from viewer.search.language import Glossary
from viewer.search.lexicon import Lexicon, Vocabulary
from viewer.search.page_matches import page_matches
from viewer.search.plan import plan
from viewer.search.query import parse
from viewer.text.folded import fold_text

GLOSSARY = Glossary([Term(abbreviation="CSE", expansion="child sexual exploitation", definition="")])

# (typed, a text, what is marked in it)
COUNTED = [
    ("24.8 million", "An estimated 24.8 million users; a million more.", ["24.8 million", "million"]),
    ('"24.8 million"', "An estimated 24.8 million users; a million more.", ["24.8 million"]),
    ("24.8 million", "24.8\xa0million", ["24.8\xa0million"]),
    ("24.8 million users", "24.8 million users, 24.8 users", ["24.8 million users", "24.8", "users"]),
    ("million 24.8", "24.8 million", ["24.8", "million"]),
    ("groups gangs", "gangs and groups, groups and gangs", ["gangs", "groups", "groups", "gangs"]),
    ("groups gangs", "gangs groups gangs", ["gangs", "groups gangs"]),
    ("online risk", "online\nrisk, online  risk, online, risk", ["online", "risk"] * 3),
    ("risk online", "risks online", ["risks online"]),
    ("risk OR harm online", "harm online; risk harm", ["harm online", "risk", "harm"]),
    ("risk -harm online", "risk online", ["risk online"]),
    ("million million", "a million million and a million", ["million million", "million"]),
    ('risk "risk online"', "risk online", ["risk online"]),
    ("child sexual exploitation", "Child sexual exploitation of a child", ["Child sexual exploitation", "child"]),
    ("child sexual exploitation online", "CSE online, exploitation", ["CSE online"]),
    ("online child sexual exploitation", "online CSE; online child", ["online CSE", "online"]),
    ("online", "", []),
]


@pytest.mark.parametrize(("typed", "text", "marked"), COUNTED)
def test_words_side_by_side_as_typed_are_one_match(typed: str, text: str, marked: list[str]) -> None:
    planned = plan(parse(typed), GLOSSARY, Lexicon(Vocabulary({}), lambda *_: False))
    folded = fold_text(text)
    found = (folded.original_span(*span) for span in page_matches(planned.wanted, folded.text))
    assert [text[start:end] for start, end in found] == marked
