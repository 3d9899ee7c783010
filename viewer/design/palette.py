"""The colours of the two appearances and of paper, by what they are for."""

from __future__ import annotations

from viewer.records import record


@record
class Palette:
    """One appearance: every colour is `#rrggbb`, named by what it is for."""

    dark: bool
    page: str  # what text stands on
    chrome: str  # bars and contents
    ink: str
    quiet: str  # captions, numbers, headings
    line: str  # hairlines
    faint: str  # what cannot be used now
    accent: str  # numbers of findings, figures, the chosen place, the main action
    on_accent: str
    soft: str  # what is chosen
    rail: str  # the whole, behind a bar
    warning: str
    warning_ground: str
    good: str  # the seal's tick
    found: str  # marked by find in page
    highlights: tuple[str, str, str, str, str]  # amber, green, blue, rose, violet
    highlights_strong: tuple[str, str, str, str, str]  # the same as thin stripes and dots


LIGHT = Palette(
    dark=False,
    page="#FFFFFF",
    chrome="#F3F4F1",
    ink="#1B1F23",
    quiet="#5B636B",
    line="#DDE0DB",
    faint="#B4BAB8",
    accent="#0B5C6B",
    on_accent="#FFFFFF",
    soft="#E4EEF0",
    rail="#E9ECE8",
    warning="#8A5200",
    warning_ground="#FBF3E4",
    good="#1E7A46",
    found="#FFD76E",
    highlights=("#FFE7A3", "#CDE9C6", "#CBE3F7", "#F8D3D3", "#E2D8F5"),
    highlights_strong=("#D9A21B", "#4E9E4A", "#3F86C4", "#C95A5F", "#8A6CC9"),
)

DARK = Palette(
    dark=True,
    page="#1C2024",
    chrome="#15181B",
    ink="#E7E6E2",
    quiet="#A2A9AF",
    line="#2E3338",
    faint="#565D63",
    accent="#74C7D3",
    on_accent="#0E1A1D",
    soft="#22343A",
    rail="#30363B",
    warning="#E2B25C",
    warning_ground="#2B2517",
    good="#7FC99A",
    found="#6B5310",
    highlights=("#5A4A16", "#274A2B", "#1F4460", "#5C2C30", "#43366A"),
    highlights_strong=("#D9AF45", "#6DB56A", "#5D9ED6", "#D9767A", "#A68BE0"),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, 1 to 21.

    The formula is that of WCAG 2.1, "contrast ratio" and "relative luminance": https://www.w3.org/TR/WCAG21/#glossary
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
