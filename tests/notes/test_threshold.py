"""The likeness from which a near match counts, held against texts that were changed and texts that are others."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.bench.generator import assessment_of
from viewer import paths
from viewer.model import Anchor
from viewer.notes.anchors import LEAST_LIKENESS, locate, make_anchor
from viewer.publish.drafts import read_drafts
from viewer.text.edition_text import text_plain

LENGTHS = (40, 80, 140)
FOUND = 0.95  # of lightly changed quotations, at the least
RIGHT = 0.97  # of those found, on the words that were meant


def replaced(words: list[str], chance: random.Random) -> list[str]:
    """One word in eight is another one."""
    others = ("however", "service", "measured", "region")
    return [chance.choice(others) if chance.random() < 1 / 8 else word for word in words]


def left_out(words: list[str], chance: random.Random) -> list[str]:
    """One word in eight is gone."""
    return [word for word in words if chance.random() >= 1 / 8] or words


def put_in(words: list[str], chance: random.Random) -> list[str]:
    """One word in eight has a new one after it."""
    return [part for word in words for part in ((word, "notably") if chance.random() < 1 / 8 else (word,))]


def misspelt(words: list[str], chance: random.Random) -> list[str]:
    """One word in five has a letter doubled."""
    return [word[:1] + word if chance.random() < 1 / 5 else word for word in words]


CHANGES: tuple[Callable[[list[str], random.Random], list[str]], ...] = (replaced, left_out, put_in, misspelt)


def real_texts() -> list[str]:
    """The sample's passages: real sentences on related matters."""
    drafts = read_drafts(paths.resources() / "drafts" / "tacsea-2012")
    return [plain for passage in drafts.passages if len(plain := text_plain(passage.text)) > 200]


def made_up_texts() -> list[str]:
    """Texts of chance words."""
    return [passage.text for passage in assessment_of(200).passages]


def anchors_in(text: str, chance: random.Random) -> list[Anchor]:
    """Quotations of several lengths, from word to word."""
    out = []
    for length in LENGTHS:
        start = text.rfind(" ", 0, chance.randrange(1, max(2, len(text) - length))) + 1
        end = text.find(" ", start + length)
        out.append(make_anchor("t.p1", text, start, end if end > 0 else len(text)))
    return out


def test_lightly_changed_texts_are_found_again_at_their_place() -> None:
    chance = random.Random(7)
    asked = found = right = 0
    for text in (*real_texts(), *made_up_texts()):
        for anchor in anchors_in(text, chance):
            change = chance.choice(CHANGES)
            before, after = text[: anchor.start], text[anchor.end :]
            changed = " ".join(change(anchor.quote.split(), chance))
            place = locate(anchor, before + changed + after).anchor
            asked += 1
            if place is not None:
                found += 1
                overlap = min(place.end, len(before) + len(changed)) - max(place.start, len(before))
                right += overlap >= 0.7 * len(changed) and len(place.quote) <= 1.4 * len(changed)
    assert found >= FOUND * asked, f"{found} of {asked}"
    assert right >= RIGHT * found, f"{right} of {found}"


def test_nothing_is_found_in_texts_that_never_held_it() -> None:
    chance = random.Random(11)
    wrong = []
    for held in (real_texts(), made_up_texts()):
        for at, text in enumerate(held):
            for anchor in anchors_in(text, chance):
                other = held[(at + chance.randrange(1, len(held))) % len(held)]
                located = locate(anchor, other)
                if located.anchor is not None and anchor.quote not in other:
                    wrong.append((located.likeness, anchor.quote, located.anchor.quote))
    assert wrong == []


def test_nothing_is_found_once_the_quotation_was_cut_out() -> None:
    chance = random.Random(13)
    found = asked = 0
    for text in (*real_texts(), *made_up_texts()):
        for anchor in anchors_in(text, chance):
            asked += 1
            found += locate(anchor, text[: anchor.start] + text[anchor.end :]).anchor is not None
    assert found <= 0.01 * asked, f"{found} of {asked} at {LEAST_LIKENESS}"
