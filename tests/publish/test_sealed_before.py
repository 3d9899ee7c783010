"""No serial gets a second content unasked: readers who opened the first would refuse it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.small import FILES, write
from viewer.errors import PublishError
from viewer.model import Claims
from viewer.publish.release import publish
from viewer.publish.sealed_before import check_not_sealed, record_path, remember_sealed
from viewer.signing.sealing import make_key_pair

CLAIMS = Claims(series="small", serial=4, issued="2020-05", review="2021-03-31", schema=2)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A secret key file."""
    path = tmp_path / "our.key"
    path.write_text(make_key_pair("our")[0])
    return path


def test_a_serial_is_not_sealed_again_with_other_content_wherever_it_is_written(key: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    write(drafts, FILES)
    first = publish(drafts, key, tmp_path / "one.db")
    assert publish(drafts, key, tmp_path / "again.db").fingerprint == first.fingerprint
    edition = FILES["edition.toml"]
    label = next(line for line in edition.splitlines() if line.startswith("label"))
    drafts = tmp_path / "other-drafts"
    write(drafts, FILES | {"edition.toml": edition.replace(label, 'label = "Other"')})
    for out in ("one.db", "two.db"):
        with pytest.raises(PublishError, match="was sealed before with other content") as caught:
            publish(drafts, key, tmp_path / out)
        assert "serial 3" in caught.value.advice
    assert not (tmp_path / "two.db").exists()
    record_path(key).unlink()
    with pytest.raises(PublishError, match=first.fingerprint[:32]):
        publish(drafts, key, tmp_path / "one.db")
    assert publish(drafts, key, tmp_path / "one.db", replace=True).fingerprint != first.fingerprint


def test_the_next_serial_is_above_all_that_were_sealed(key: Path) -> None:
    remember_sealed(key, CLAIMS, "a" * 128)
    remember_sealed(key, Claims(series="small", serial=9, issued="2020-05", review="2021-03-31", schema=2), "b" * 128)
    check_not_sealed(key, CLAIMS, "a" * 128)
    with pytest.raises(PublishError) as caught:
        check_not_sealed(key, CLAIMS, "c" * 128)
    assert "serial 10" in caught.value.advice


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 1, "sealed": {"small": {"x": "y"}}}', "[" * 50_000])
def test_a_damaged_record_is_never_passed_over(content: str, key: Path) -> None:
    record_path(key).write_text(content)
    with pytest.raises(PublishError, match="cannot be used"):
        check_not_sealed(key, CLAIMS, "a" * 128)
