"""A faulty index: search stops with one sentence, nothing is shown that the items do not say, and reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial

import pytest

from tests.bundle.bodies import PAGE, altered, opened, patched, root_page, with_schema
from viewer.bundle.bundle import Bundle
from viewer.errors import FaultyIndex
from viewer.paths import resources
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.search.engine import Engine, never_cancelled
from viewer.search.related import related_items
from viewer.signing.trust import Trust
from viewer.text.folded import fold_text

Opens = Callable[..., Bundle]

# A structure record (id 10) of one level with 2,147,483,647 segments, for which FTS5 asks for 80 GB at once.
TOO_MUCH_MEMORY = "x'00000000010100008FFFFFFF7F'"
UNREADABLE = {
    "an index's pages overwritten with zeros": "UPDATE plain_data SET block = zeroblob(64) WHERE id > 10",
    "an index's pages as long as they were": "UPDATE plain_data SET block = zeroblob(length(block)) WHERE id > 10",
    "the other index's pages overwritten": "UPDATE stemmed_data SET block = randomblob(200) WHERE id > 10",
    "pages cut in half": "UPDATE plain_data SET block = substr(block, 1, length(block) / 2) WHERE id > 10",
    "pages that are NULL": "UPDATE plain_data SET block = NULL WHERE id > 10",
    "a structure that is text": "UPDATE plain_data SET block = 'text' WHERE id = 10",
    "a structure that is a number": "UPDATE stemmed_data SET block = 3 WHERE id = 10",
    "an index that asks for too much memory": f"UPDATE plain_data SET block = {TOO_MUCH_MEMORY} WHERE id = 10",
    "the other index asks for it": f"UPDATE stemmed_data SET block = {TOO_MUCH_MEMORY} WHERE id = 10",
    "an index emptied": "DELETE FROM stemmed_data",
    "its pages gone": "DELETE FROM plain_data WHERE id > 10",
    "where words begin gone": "DELETE FROM plain_idx",
    "its settings gone": "DELETE FROM plain_config",
    "settings of another version": "UPDATE stemmed_config SET v = 99",
    "an entry gone": "DELETE FROM entry WHERE id = 20",
    "an entry too many": "INSERT INTO entry VALUES(9999, 'no-such.item', 'finding', 'trafficking', '', '')",
    "an entry twice": "INSERT INTO entry SELECT 9999, item, kind, theme, title, text FROM entry WHERE id = 20",
    "entries of another edition": "UPDATE entry SET item = 'no-such.item' WHERE id % 2",
    "an entry of another kind": "UPDATE entry SET kind = 'passage' WHERE kind = 'finding'",
}
WRONG_TYPES = {
    "a text that is NULL": "UPDATE entry SET text = NULL WHERE id = 20",
    "all texts NULL": "UPDATE entry SET text = NULL",
    "a title that is a number": "UPDATE entry SET title = 3 WHERE id = 1",
    "a text that is bytes": "UPDATE entry SET text = x'00' WHERE id = 5",
    "a kind that is NULL": "UPDATE entry SET kind = NULL WHERE id = 30",
    "an item that is a number": "UPDATE entry SET item = 7 WHERE id = 2",
}
TYPED = ("grooming", "IIOC", "24.8 million", "hidden internet", "kind:finding", "-the images", "year:2011", "zeppelin")


@pytest.fixture(scope="module")
def body() -> bytes:
    """The sample edition's body."""
    return build_body(read_drafts(resources() / "drafts" / "tacsea-2012"))


@pytest.fixture
def opens(sealed: Callable[..., bytes], trust: Trust) -> Iterator[Opens]:
    """Signs a body and opens it: `opens(body)`; whatever it holds was there when it was signed."""
    with ExitStack() as at_end:
        yield lambda body: at_end.enter_context(closing(Bundle.from_bytes(sealed(body), trust)))


def test_search_stops_and_reading_goes_on_where_the_pages_of_the_entries_are_damaged(
    body: bytes, opens: Opens, sample: Bundle
) -> None:
    for name in ("entry", "plain_data", "stemmed_idx", "plain_config"):
        at = (root_page(body, name) - 1) * PAGE
        for damage in (b"\xff" * 8, b"\x05\x00\x00\x00\x01\x0f\xff"):
            _assert_search_stops(opens(patched(body, [(at, damage)])), sample)


def untyped(body: bytes, sql: str) -> bytes:
    """`body` after a statement on a table `entry` that took any type at the time; its schema is as before again."""
    with closing(opened(body)) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entry'").fetchone()
    bare = "CREATE TABLE entry(id INTEGER PRIMARY KEY, item, kind, theme, title, text)"
    change = "UPDATE sqlite_master SET sql = '{}' WHERE name = 'entry'"
    return with_schema(altered(with_schema(body, change.format(bare)), sql), change.format(made))


def _assert_search_stops(bundle: Bundle, sound: Bundle) -> None:
    engine = Engine(bundle)
    questions: list[Callable[[], object]] = [
        *(partial(engine.search, typed) for typed in TYPED),
        *(partial(engine.search_complete, typed, exact=True) for typed in TYPED),
        *(partial(engine.search, typed, live=True) for typed in TYPED),
        partial(related_items, engine, bundle, "indecent-images.p3", check_cancelled=never_cancelled),
        engine.warm,
    ]
    for ask in questions:
        with pytest.raises(FaultyIndex, match=r"^Faulty edition: its search index cannot be read, so search stops;"):
            ask()
    assert [bundle.items(theme.id) for theme in bundle.themes()] == [sound.items(theme.id) for theme in sound.themes()]


@pytest.mark.parametrize("sql", UNREADABLE.values(), ids=UNREADABLE)
def test_search_stops_where_the_index_cannot_be_read(body: bytes, opens: Opens, sample: Bundle, sql: str) -> None:
    _assert_search_stops(opens(altered(body, sql)), sample)


@pytest.mark.parametrize("sql", WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_search_stops_where_the_index_stands_on_what_is_no_text(
    body: bytes, opens: Opens, sample: Bundle, sql: str
) -> None:
    _assert_search_stops(opens(untyped(body, sql)), sample)


LIES = {
    "texts that no item has": "UPDATE entry SET title = '', text = 'A zeppelin was seen in Geneva.'",
    "a word more in each text": "UPDATE entry SET text = text || ' zeppelin'",
    "one text for another": "UPDATE entry SET text = (SELECT text FROM entry AS other WHERE other.id = 250 - entry.id)"
    " WHERE id BETWEEN 80 AND 170",
    "a title for another": "UPDATE entry SET title = 'Zeppelins' WHERE kind = 'theme'",
}
REBUILT = ("INSERT INTO stemmed(stemmed) VALUES('rebuild')", "INSERT INTO plain(plain) VALUES('rebuild')")


@pytest.mark.parametrize("sql", LIES.values(), ids=LIES)
@pytest.mark.parametrize("rebuilt", [REBUILT, ()], ids=["in the index too", "in the texts alone"])
@pytest.mark.parametrize("typed", ["zeppelin", "zepp*", "Geneva", "grooming", "seen in Geneva", "-uk zeppelin", "61%"])
def test_what_the_index_says_is_never_shown_where_the_item_does_not_say_it(
    body: bytes, opens: Opens, engine: Engine, sql: str, rebuilt: tuple[str, ...], typed: str
) -> None:
    lying = Engine(opens(altered(body, sql, *rebuilt)))
    sound = {hit.id: hit for hit in engine.search(typed, limit=2000).hits}
    for live in (False, True):
        try:
            answer = lying.search(typed, live=live, limit=2000)
        except FaultyIndex:
            continue
        assert len(answer.found) == len(answer.hits)
        if not live:
            assert all((hit.title, hit.snippet) == (sound[hit.id].title, sound[hit.id].snippet) for hit in answer.hits)
        assert "zeppelin" not in "".join(hit.title + hit.snippet for hit in answer.hits).casefold()


def test_a_word_that_only_the_index_has_finds_nothing_and_is_not_offered(body: bytes, opens: Opens) -> None:
    lie = "UPDATE entry SET text = text || ' zeppelin 1999' WHERE id > 20 AND id < 200"
    engine = Engine(opens(altered(body, lie, *REBUILT)))
    assert "zeppelin" in engine.index.vocabulary
    assert engine.search("zeppelin").found == ()
    assert engine.correction(engine.search("zepelin")) == ""
    assert engine.search("year:1999").found == ()
    either, one = (engine.search(typed, limit=200).hits for typed in ("zeppelin OR grooming", "grooming"))
    assert {hit.id for hit in either} == {hit.id for hit in one}


@pytest.mark.parametrize("edition", ["sample", "sample_1", "exercise", "exercise_1"])
def test_what_every_entry_says_is_what_its_item_says(edition: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(edition)
    for bundle in found if isinstance(found, tuple) else (found,):
        engine = Engine(bundle)
        rows = bundle.connection.execute("SELECT id, title, text FROM entry").fetchall()
        texts = engine.texts.of([number for number, _, _ in rows])
        said = [texts[number][:3] for number, _, _ in rows]
        if bundle.format_number > 1:
            said = [(number, fold_text(title).text, fold_text(text).text) for number, title, text in said]
        assert rows == said


def test_characters_that_hide_or_reorder_text_are_shown_as_what_they_are(body: bytes, opens: Opens) -> None:
    hostile = "UPDATE {} SET {} = {} || ' grooming ' || char(8238) || 'evil'"
    tampered = (hostile.format(*of) for of in (("passage", "heading", "heading"), ("statistic", "base", "base")))
    answer = Engine(opens(altered(body, *tampered))).search("grooming", limit=200)
    assert "\u202e" not in "".join(hit.title + hit.snippet for hit in answer.hits)
