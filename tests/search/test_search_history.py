"""Past and saved searches: in the reader's own folder, can be cleared, can be off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from viewer.errors import FileTrouble
from viewer.search.search_history import FILE, MOST_PAST, SearchHistory


def test_searches_are_there_the_next_time(tmp_path: Path) -> None:
    first = SearchHistory(tmp_path / "own")
    for words in ("grooming", "IIOC", "grooming"):
        first.note(words)
    first.save("kind:finding p2p")
    again = SearchHistory(tmp_path / "own").now
    assert again.past == ("grooming", "IIOC")
    assert again.saved == ("kind:finding p2p",)


def test_past_searches_can_be_cleared_and_saved_ones_stay(tmp_path: Path) -> None:
    searches = SearchHistory(tmp_path)
    searches.note("grooming")
    searches.save("IIOC")
    searches.clear()
    assert "grooming" not in (tmp_path / FILE).read_text()
    assert SearchHistory(tmp_path).now.saved == ("IIOC",)


def test_keeping_can_be_off_and_forgets_what_was_kept(tmp_path: Path) -> None:
    searches = SearchHistory(tmp_path)
    searches.note("grooming")
    searches.keep(False)
    searches.note("IIOC")
    again = SearchHistory(tmp_path)
    assert again.now.past == ()
    assert not again.now.keeping


def test_a_saved_search_can_be_let_go(tmp_path: Path) -> None:
    searches = SearchHistory(tmp_path)
    searches.save("  grooming   online ")
    assert searches.is_saved("grooming online")
    searches.forget("grooming online")
    assert SearchHistory(tmp_path).now.saved == ()


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    searches = SearchHistory(tmp_path)
    for number in range(MOST_PAST + 5):
        searches.note(f"search {number}")
    assert len(searches.now.past) == MOST_PAST
    assert searches.now.past[0] == f"search {MOST_PAST + 4}"


def test_the_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    SearchHistory(tmp_path).note("grooming")
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[" * 100_000, b"\xff\xfe", b"[]", b"null", b'{"format": 1, "past": 3, "saved": {"a": 1}}',
        b'{"format": 1, "past": [1, null, "  "]}', b'{"format": 1, "past": ["\\ud800"]}', b"x" * 2_000_000,
    ],
)  # fmt: skip
def test_a_damaged_file_counts_as_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    searches = SearchHistory(tmp_path)
    searches.note("grooming")
    assert SearchHistory(tmp_path).now.past[0] == "grooming"


def test_a_newer_programs_file_is_left_as_it_is(tmp_path: Path) -> None:
    newer = json.dumps({"format": 2, "past": ["x"]})
    (tmp_path / FILE).write_text(newer)
    searches = SearchHistory(tmp_path)
    searches.note("grooming")
    assert (tmp_path / FILE).read_text() == newer
    assert searches.now.past == ("grooming",)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileTrouble):
        SearchHistory(tmp_path / "file" / "own").note("grooming")


@pytest.mark.parametrize("words", ["\ud800", "a\0b", "x" * 10_000, "\n\n"])
def test_no_words_raise(tmp_path: Path, words: str) -> None:
    searches = SearchHistory(tmp_path)
    searches.note(words)
    searches.save(words)
    assert SearchHistory(tmp_path).now == searches.now
