"""A search through the shelf: all verified first, newer before superseded, no item twice, at most two open."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.bundle.bodies import altered
from tests.publish.small import FILES, write
from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.editions.opening import Opened, ReaderSession
from viewer.editions.shelf import Shelf
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.search.engine import Engine
from viewer.search.index import Cancelled
from viewer.search.shelf_search import KeptAnswer, ShelfSearch, in_order_of_search
from viewer.signing.sealing import new_key
from viewer.signing.trust import Trust

Keep = Callable[..., Path]


@pytest.fixture
def session(tmp_path: Path, trust: Trust) -> ReaderSession:
    """A session with a fresh folder of the reader's own."""
    return ReaderSession(home=tmp_path / "home", trust=trust)


@pytest.fixture
def keep(tmp_path: Path, session: ReaderSession, sealed: Callable[..., bytes]) -> Keep:
    """Keeps the small edition, of the serial and series asked for: `keep(2, "other", {"messages": "letters"})`."""

    def make(serial: int, series: str = "small", words: dict[str, str] | None = None) -> Path:
        folder = tmp_path / f"{series}-{serial}"
        changed = {"serial = 2": f"serial = {serial}", '"small"': f'"{series}"', '"2020"': f'"{2000 + serial}"'}
        files = dict(FILES)
        for old, new in {**changed, **(words or {})}.items():
            files = {name: text.replace(old, new) for name, text in files.items()}
        write(folder, files)
        path = folder.with_suffix(".db")
        body = build_body(read_drafts(folder))
        path.write_bytes(sealed(body, series=series, serial=serial, issued="2020-05", review="2021-03-31"))
        return Shelf(session).add(path).path

    return make


def found(search: ShelfSearch) -> list[tuple[str, list[str], bool]]:
    """Return for each edition that answered its name, its hits, and whether it is superseded."""
    return [
        (one.opened.bundle.seal.edition_key.name, [hit.id for hit in one.hits], one.is_superseded)
        for one in search.answers()
    ]


def test_newer_editions_of_all_series_stand_before_superseded_ones(session: ReaderSession, keep: Keep) -> None:
    for serial, series in ((1, "alpha"), (9, "alpha"), (10, "alpha"), (3, "beta")):
        keep(serial, series, {"The second passage": f"Unheard-of {serial}"} if serial != 9 else {})
    names = [(name, is_superseded) for name, _, is_superseded in found(ShelfSearch(session, "unheard"))]
    assert names == [("alpha/10", False), ("beta/3", False), ("alpha/9", True), ("alpha/1", True)]
    first = [name for name, *_ in found(ShelfSearch(session, "unheard", first="beta"))]
    assert first == ["beta/3", "alpha/10", "alpha/9", "alpha/1"]


def test_the_same_item_of_several_editions_stands_once_with_its_oldest(session: ReaderSession, keep: Keep) -> None:
    keep(1)
    keep(2)
    keep(3, words={"Contact is made by messages": "Contact is made by letters"})
    search = ShelfSearch(session, "messages")
    answers = {one.edition.serial: (one.hits, one.matches) for one in search.answers()}
    assert [hit.id for hit in answers[3][0]] == ["risk.ways"]
    assert [hit.id for hit in answers[2][0]] == ["risk.f1"]
    assert answers[1] == ((), 0)
    oldest = {hit.id: search.since("small", hit) for hits, _ in answers.values() for hit in hits}
    assert {id_: edition and edition.label for id_, edition in oldest.items()} == {
        "risk.ways": "2001", "risk.f1": "2001",
    }  # fmt: skip


def test_an_item_of_one_edition_is_since_no_other(session: ReaderSession, keep: Keep) -> None:
    keep(1, words={"Networks are *often* named": "Nothing of the kind"})
    keep(2)
    search = ShelfSearch(session, "often named")
    ((hit,),) = [one.hits for one in search.answers() if one.hits]
    assert search.since("small", hit) is None


def test_what_only_an_older_edition_says_is_not_crowded_out_by_what_both_say(
    session: ReaderSession, keep: Keep
) -> None:
    keep(1, words={"The only passage": "The passage of risk, only here"})
    keep(2, words={"The only passage": "Nothing"})
    (_, newer, _), (_, older, _) = found(ShelfSearch(session, "passage", limit=1))
    assert len(newer) == 1
    assert older == ["risk.p1"]


@pytest.mark.parametrize("typed", ["messages", "nothing like it", 'kind:finding "often named"', "theme:risk"])
def test_the_first_edition_answers_as_it_does_alone(
    typed: str, session: ReaderSession, keep: Keep, trust: Trust
) -> None:
    with closing(Bundle.open(keep(2), trust)) as alone:
        expected = Engine(alone).search_complete(typed, limit=20)
        (one,) = ShelfSearch(session, typed).answers()
        assert one.hits == expected.hits
        assert one.matches == len(expected.found)


def test_what_cannot_be_verified_is_named_and_the_others_are_searched(
    session: ReaderSession, keep: Keep, sealed: Callable[..., bytes]
) -> None:
    altered, foreign, swapped, good = keep(1), keep(2), keep(3), keep(4)
    data = bytearray(altered.read_bytes())
    data[5000] ^= 1
    altered.write_bytes(data)
    folder = build_body(read_drafts(session.home.parent / "small-2"))
    foreign.write_bytes(sealed(folder, key=new_key(), series="small", serial=2, issued="2020-05", review="2021-03-31"))
    swapped.write_bytes(good.read_bytes())
    (session.home / paths.SHELF_FOLDER / "notes.db").write_text("no edition")
    search = ShelfSearch(session, "messages")
    assert [name for name, *_ in found(search)] == ["small/4"]
    assert (search.searched, search.total) == (1, 5)
    assert {one.name for one in search.unsearched} == {"small/1", "small/2", "small/3", "notes.db"}
    assert all(one.reason.endswith(".") for one in search.unsearched)


def test_an_edition_whose_index_is_faulty_is_named(
    session: ReaderSession, keep: Keep, sealed: Callable[..., bytes]
) -> None:
    keep(2)
    folder = session.home.parent / "small-2"
    body = altered(
        build_body(read_drafts(folder)), "DELETE FROM plain_data WHERE id > 10", "UPDATE edition SET serial = 3"
    )
    faulty = folder.parent / "faulty.db"
    faulty.write_bytes(sealed(body, series="small", serial=3, issued="2020-05", review="2021-03-31"))
    Shelf(session).add(faulty)
    search = ShelfSearch(session, "messages")
    assert [name for name, *_ in found(search)] == ["small/2"]
    assert [one.name for one in search.unsearched] == ["small/3"]


def test_a_file_under_a_strange_name_is_searched_last_and_a_copy_not_again(session: ReaderSession, keep: Keep) -> None:
    kept, other = keep(2), keep(7, "other")
    kept.with_name("a-copy.db").write_bytes(kept.read_bytes())
    other.rename(other.with_name("by-hand.db"))
    assert [name for name, *_ in found(ShelfSearch(session, "messages"))] == ["small/2", "other/7"]


def test_no_more_than_two_editions_are_open_at_a_time(
    session: ReaderSession, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    for serial in range(1, 7):
        keep(serial)
    is_open: list[Bundle] = []
    most = []
    inspect, close = ReaderSession.inspect, Bundle.close

    def count_opened(self: ReaderSession, path: Path) -> Opened:
        opened = inspect(self, path)
        is_open.append(opened.bundle)
        most.append(len(is_open))
        return opened

    def count_closed(self: Bundle) -> None:
        is_open.remove(self)
        close(self)

    monkeypatch.setattr(ReaderSession, "inspect", count_opened)
    monkeypatch.setattr(Bundle, "close", count_closed)
    answers = ShelfSearch(session, "messages").answers()
    next(answers)
    end = monotonic() + 30
    while len(most) < 2 and monotonic() < end:
        sleep(0.01)  # the next is verified while the first is read
    assert len(list(answers)) == 5
    assert (max(most), is_open) == (2, [])
    answers = ShelfSearch(session, "messages").answers()
    next(answers)
    answers.close()
    assert is_open == []


def test_it_can_be_given_up_between_editions_and_closes_what_it_opened(session: ReaderSession, keep: Keep) -> None:
    for serial in (1, 2, 3):
        keep(serial)
    seen: list[KeptAnswer] = []

    def give_up_after_one() -> None:
        if seen:
            raise Cancelled

    answers = ShelfSearch(session, "messages", check_cancelled=give_up_after_one).answers()
    seen.append(next(answers))
    with pytest.raises(Cancelled):
        next(answers)
    with pytest.raises(sqlite3.ProgrammingError):
        seen[0].opened.bundle.items("risk")


def test_what_is_hidden_of_an_edition_is_neither_found_nor_counted(session: ReaderSession, keep: Keep) -> None:
    keep(1)
    keep(2)
    search = ShelfSearch(
        session,
        "messages",
        hidden=lambda bundle: [("risk.ways", "statistic")] if bundle.edition.serial == 1 else [("risk.f1", "finding")],
    )
    answers = [(one.edition.serial, [hit.id for hit in one.hits], one.matches) for one in search.answers()]
    assert answers == [(2, ["risk.ways"], 1), (1, ["risk.f1"], 1)]


def test_an_empty_shelf_gives_nothing(session: ReaderSession) -> None:
    search = ShelfSearch(session, "messages")
    assert (list(search.answers()), search.total) == ([], 0)


def test_the_order_is_told_from_names_alone() -> None:
    def named(series: str, serial: int, key: str = "0" * 16) -> Path:
        return Path(f"{series}_{serial}_{key}_{'0' * 16}.db")

    rotated = named("a", 3, "F" * 16)
    kept = [named("a", 2), Path("zz.db"), rotated, named("b", 10), named("b", 9)]
    assert in_order_of_search(kept) == [rotated, named("b", 10), named("a", 2), named("b", 9), Path("zz.db")]
