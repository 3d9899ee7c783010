"""Both appearances can be read."""

from __future__ import annotations

import pytest

from viewer.design.palette import DARK, LIGHT, Palette, contrast

PAIRS = [
    ("ink", "page"), ("ink", "chrome"), ("ink", "soft"), ("quiet", "page"), ("quiet", "chrome"), ("accent", "page"),
    ("accent", "chrome"), ("accent", "soft"), ("on_accent", "accent"), ("warning", "warning_ground"),
    ("warning", "chrome"), ("ink", "found"), ("quiet", "soft"),
]  # fmt: skip


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground_by_4_5_to_1(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_highlight(palette: Palette) -> None:
    assert all(contrast(palette.ink, ground) >= 4.5 for ground in palette.highlights)


def test_contrast_is_reckoned_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
