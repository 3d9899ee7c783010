"""One assessment in either format: however a thing is spelt in it, and however it is typed, the same is found."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.as_format_1 import build_body as build_body_1
from tests.bench.generator import assessment_of
from tests.search.test_engine import HOSTILE
from viewer.bundle.bundle import Bundle
from viewer.publish.build import build_body
from viewer.records import replace
from viewer.search.engine import Engine
from viewer.signing.trust import Trust

# Each row is one thing to a reader; every spelling of it stands in a passage of its own, and is typed.
SPELT = [
    ("café", "cafe", "cafe\u0301", "CAFÉ"),
    ("naïveté", "naivete", "NAI\u0308VETE\u0301"),
    ("oﬃcial", "official", "OFFICIAL", "ｏｆｆｉｃｉａｌ"),
    ("ﬁndings", "findings", "finding"),
    ("Straße", "strasse", "STRASSE"),
    ("İzmir", "izmir"),
    ("Αθήνα", "αθηνα", "ΑΘΗΝΑ", "Αθη\u0301να"),
    ("λόγος", "ΛΟΓΟΣ", "λογοσ"),
    ("йод", "и\u0306од", "иод", "ЙОД"),
    ("ёжик", "е\u0308жик", "ежик"),
    ("київ", "киі\u0308в", "КИЇВ"),
    ("한국", unicodedata.normalize("NFD", "한국")),
    ("2293", "2,293"),
    ("1866642107", "1,866,642,107"),
    ("12345", "12,345"),
    ("2011-12", "2011–12", "2011‑12", "2011−12", "2011/12", "2011 12"),
    ("on-line", "on‑line", "on‐line", "online", "on line"),
    ("smart-phones", "smartphones", "smart phones", "smartphone", "smart phone"),
    ("e-mail", "email"),
    ("U.K.", "UK", "u.k.", "U.K"),
    ("N.S.P.C.C.", "NSPCC"),
    ("offender's", "offender’s", "offenders", "offenders’", "offender"),
    ("don't", "don’t", "donʼt", "don′t"),
    ("O'Brien", "O’Brien", "OBrien"),
    ("peer-to-peer", "peer to peer", "peer‑to‑peer"),
    ("5½",),
    ("x²",),
]
APART = [("5½", "512"), ("therapist", "the rapist"), ("2 293", "2293"), ("ø", "o")]
TYPED = list(dict.fromkeys(spelling for row in (*SPELT, *APART) for spelling in row))
BEFORE, AFTER = "Here ", " is said once."


@pytest.fixture(scope="module")
def engines(sealed: Callable[..., bytes], trust: Trust) -> Iterator[tuple[Engine, Engine]]:
    """Engines on an assessment that has each spelling in a passage of its own, in format 1 and format 2."""
    made = assessment_of(3 * len(TYPED), themes=2)
    texts = [f"{BEFORE}{spelling}{AFTER}" for spelling in TYPED]
    passages = tuple(replace(made.passages[at], text=text) for at, text in enumerate(texts))
    made = replace(made, passages=(*passages, *made.passages[len(passages) :]))
    claims = {name: getattr(made.edition, name) for name in ("series", "serial", "issued", "review")}
    with (
        closing(Bundle.from_bytes(sealed(build_body_1(made), **claims), trust)) as one,
        closing(Bundle.from_bytes(sealed(build_body(made), **claims), trust)) as two,
    ):
        assert (one.format_number, two.format_number) == (1, 2)
        yield Engine(one), Engine(two)


def found(engine: Engine, typed: str, *, live: bool = False, exact: bool = False) -> set[str]:
    """The ids of all that is found."""
    answer = engine.search(typed, live=live, exact=exact, limit=2000)
    assert len(answer.found) == len(answer.hits)
    return {hit.id for hit in answer.hits}


@pytest.mark.parametrize("typed", TYPED)
def test_either_format_finds_the_same(engines: tuple[Engine, Engine], typed: str) -> None:
    one, two = engines
    for words in (typed, f'"{typed}"', f"{typed} said", f"once -{typed}", f"{typed} OR here"):
        for exact in (False, True):
            assert found(one, words, exact=exact) == found(two, words, exact=exact)
    for end in range(2, len(typed) + 1):
        assert found(one, typed[:end], live=True) == found(two, typed[:end], live=True), typed[:end]


@pytest.mark.parametrize("row", SPELT, ids=[row[0] for row in SPELT])
def test_every_spelling_finds_every_other(engines: tuple[Engine, Engine], row: tuple[str, ...]) -> None:
    for engine in engines:
        everyone = {engine.entries.by_number[number].item for number in _numbers(engine, row)}
        assert len(everyone) == len(row)
        for typed in row:
            assert everyone <= found(engine, typed), typed
            assert everyone <= found(engine, typed, live=True), typed


def _numbers(engine: Engine, row: tuple[str, ...]) -> Iterator[int]:
    """The entries of a row's spellings."""
    for number, text in engine.texts.of(engine.entries.by_number).items():
        if any(text.text == f"{BEFORE}{spelling}{AFTER}" for spelling in row):
            yield number


def test_hostile_words_do_no_harm_in_format_1_either(engines: tuple[Engine, Engine]) -> None:
    for typed in (*HOSTILE, f'"{"uk " * 600}"', f'"{"2293 smart-phones " * 100}*', "-".join("ab" * 400)):
        for live in (False, True):
            assert found(engines[0], typed, live=live) == found(engines[1], typed, live=live), typed[:40]


def test_a_long_phrase_is_found_as_a_whole(engines: tuple[Engine, Engine]) -> None:
    for engine in engines:
        text = next(text.text for text in engine.texts.of(engine.entries.by_number).values() if len(text.text) > 300)
        whole, other = (f'"{" ".join(text.split()[:30])}{end}"' for end in ("", " otherwise"))
        assert len(found(engine, whole)) >= 1
        assert found(engine, other) == set()


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_not_the_same_is_not_found(engines: tuple[Engine, Engine], one: str, other: str) -> None:
    for engine in engines:
        (number,) = _numbers(engine, (other,))
        assert engine.entries.by_number[number].item not in found(engine, one)


@pytest.mark.parametrize("typed", [spelling for row in SPELT for spelling in row])
def test_what_was_found_is_marked_where_it_stands(engines: tuple[Engine, Engine], typed: str) -> None:
    for engine in engines:
        for hit in engine.search(typed, limit=2000).hits:
            if hit.snippet.endswith(AFTER):
                assert hit.spans[0][0] == len(BEFORE)
                after_last = hit.snippet[hit.spans[-1][1] :].removesuffix(AFTER)
                assert after_last in ("", ".", "'s", "’s", "’")
