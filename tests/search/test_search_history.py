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
        first.add(words)
    first.save("kind:finding p2p")
    again = SearchHistory(tmp_path / "own").searches
    assert again.past == ("grooming", "IIOC")
    assert again.saved == ("kind:finding p2p",)


def test_past_searches_can_be_cleared_and_saved_ones_stay(tmp_path: Path) -> None:
    history = SearchHistory(tmp_path)
    history.add("grooming")
    history.save("IIOC")
    history.clear()
    assert "grooming" not in (tmp_path / FILE).read_text()
    assert SearchHistory(tmp_path).searches.saved == ("IIOC",)


def test_keeping_can_be_off_and_forgets_what_was_kept(tmp_path: Path) -> None:
    history = SearchHistory(tmp_path)
    history.add("grooming")
    history.set_keeping(False)
    history.add("IIOC")
    again = SearchHistory(tmp_path)
    assert again.searches.past == ()
    assert not again.searches.keeping


def test_a_saved_search_can_be_let_go(tmp_path: Path) -> None:
    history = SearchHistory(tmp_path)
    history.save("  grooming   online ")
    assert history.is_saved("grooming online")
    history.remove_saved("grooming online")
    assert SearchHistory(tmp_path).searches.saved == ()


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    history = SearchHistory(tmp_path)
    for number in range(MOST_PAST + 5):
        history.add(f"search {number}")
    assert len(history.searches.past) == MOST_PAST
    assert history.searches.past[0] == f"search {MOST_PAST + 4}"


def test_the_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    SearchHistory(tmp_path).add("grooming")
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
    history = SearchHistory(tmp_path)
    history.add("grooming")
    assert SearchHistory(tmp_path).searches.past[0] == "grooming"


def test_a_newer_programs_file_is_left_as_it_is(tmp_path: Path) -> None:
    newer = json.dumps({"format": 2, "past": ["x"]})
    (tmp_path / FILE).write_text(newer)
    history = SearchHistory(tmp_path)
    history.add("grooming")
    assert (tmp_path / FILE).read_text() == newer
    assert history.searches.past == ("grooming",)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileTrouble):
        SearchHistory(tmp_path / "file" / "own").add("grooming")


@pytest.mark.parametrize("words", ["\ud800", "a\0b", "x" * 10_000, "\n\n"])
def test_no_words_raise(tmp_path: Path, words: str) -> None:
    history = SearchHistory(tmp_path)
    history.add(words)
    history.save(words)
    assert SearchHistory(tmp_path).searches == history.searches
