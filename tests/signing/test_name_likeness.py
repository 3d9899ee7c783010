from __future__ import annotations

import pytest

from viewer.signing.name_likeness import is_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sample publisher", "Sample publisher"),
        ("Sample publisher", "SAMPLE  Publisher"),
        ("Sample publisher", "S\u0430mple publisher"),  # a Cyrillic letter
        ("Sample publisher", "SampIe publisher"),
        ("Sample publisher", "Samp1e publisher"),
        ("Sample publisher", "Sámple-publisher"),
        ("Centre", "Centre."),
        ("modern", "modem"),
        ("AB", "\u0391\u0392"),  # Greek
        ("fi", "\ufb01"),
    ],
)
def test_names_alike_to_the_eye_are_known(one: str, other: str) -> None:
    assert is_alike(one, other)
    assert is_alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("Sample publisher", "Simple publisher"), ("North", "South"), ("A", "B")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert not is_alike(one, other)
