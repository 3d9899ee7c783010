"""Words that could not be saved when the program was ended are named at the next start."""

from __future__ import annotations

from pathlib import Path

from viewer.notes import unsaved


def test_nothing_is_said_where_nothing_was_left(tmp_path: Path) -> None:
    (tmp_path / "unsaved-mine.md").write_text("a stranger's", encoding="utf-8")
    assert unsaved.sentence(tmp_path) == ""
    assert unsaved.sentence(tmp_path / "missing") == ""


def test_what_was_left_is_named_until_the_reader_removes_it(tmp_path: Path) -> None:
    first, second = unsaved.new_path(tmp_path), unsaved.new_path(tmp_path)
    first.write_text("words", encoding="utf-8")
    assert unsaved.sentence(tmp_path).startswith("The words of a note could not be saved")
    assert first.name in unsaved.sentence(tmp_path)
    second.write_text("words", encoding="utf-8")
    assert "of 2 notes" in unsaved.sentence(tmp_path)
    first.unlink()
    assert (first.name in unsaved.sentence(tmp_path), second.name in unsaved.sentence(tmp_path)) == (False, True)
