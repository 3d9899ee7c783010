"""Type on paper: fonts, sizes and paragraph styles, and texts made safe for ReportLab."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from viewer.design.palette import LIGHT
from viewer.design.typefaces import SANS, SERIF, font_file
from viewer.records import record
from viewer.text.blocks import Run
from viewer.text.safe import escape, visible

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle

REGULAR, SEMIBOLD, ITALIC, LIGHT_FACE = "Sans", "Sans-Semibold", "Sans-Italic", "Sans-Light"
STRONG_ITALIC = "Sans-Semibold-Italic"
SERIF_REGULAR, SERIF_ITALIC, SERIF_SEMIBOLD = "Serif", "Serif-Italic", "Serif-Semibold"
_FACES = {
    REGULAR: (SANS, "Regular"),
    SEMIBOLD: (SANS, "Semibold"),
    ITALIC: (SANS, "It"),
    LIGHT_FACE: (SANS, "Light"),
    STRONG_ITALIC: (SANS, "SemiboldIt"),
    SERIF_REGULAR: (SERIF, "Regular"),
    SERIF_ITALIC: (SERIF, "It"),
    SERIF_SEMIBOLD: (SERIF, "Semibold"),
}
LARGE = 1.6  # large print: running text of 16 points and more

_UNITS = (
    "million|billion|thousand|per cent|%|years?|months?|weeks?|days?|hours?|minutes?|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_NUMBERED = "pp?\\.|pages?|sources?|figures?|findings?|themes?|tables?|footnotes?|serial|copy|row"
_NO_BREAK = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))|\b(?:{_NUMBERED}) (?=\d)", re.IGNORECASE)
_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d_]{3,})")


@cache
def load_fonts() -> dict[str, frozenset[int]]:
    """Make the typefaces known to ReportLab, once; return the code points that each of them has."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    known: dict[str, frozenset[int]] = {}
    for name, (family, style) in _FACES.items():
        font = TTFont(name, str(font_file(family, style)))
        registerFont(font)
        known[name] = frozenset(font.face.charToGlyph)
    _set_faces(addMapping, REGULAR, SEMIBOLD, ITALIC)
    _set_faces(addMapping, SERIF_REGULAR, SERIF_SEMIBOLD, SERIF_ITALIC)
    for face in (SEMIBOLD, LIGHT_FACE, SERIF_SEMIBOLD):
        _set_faces(addMapping, face, SEMIBOLD, face)
    for face in (ITALIC, SERIF_ITALIC):
        _set_faces(addMapping, face, face, face)
    return known


@cache
def _in_all_faces() -> frozenset[int]:
    """Return the code points that all faces have, but for the serif's italic, which lacks Welsh letters."""
    return frozenset.intersection(*(has for face, has in load_fonts().items() if face != SERIF_ITALIC))


def _set_faces(add: Any, regular: str, bold: str, italic: str) -> None:
    """Set which faces bold and italic markup call for; both together give the bold one."""
    for is_bold, is_italic, face in ((0, 0, regular), (1, 0, bold), (0, 1, italic), (1, 1, bold)):
        add(regular, is_bold, is_italic, face)


def colour(name: str) -> Color:
    """Return a colour of the light palette, or `#rrggbb`, for ReportLab."""
    return _colour(name if name.startswith("#") else getattr(LIGHT, name))


@lru_cache(maxsize=64)
def _colour(value: str) -> Color:
    from reportlab.lib.colors import HexColor

    return HexColor(value)


def printable(text: str) -> str:
    """Return `text` in characters that the typefaces have, others as code points, so that none vanishes."""
    text = visible(text)
    if text.isascii():
        return text
    known = _in_all_faces()
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if ord(c) in known or c in "\n\t" else f"[U+{ord(c):04X}]" for c in composed)


def line(text: str) -> str:
    """Return a plain text as ReportLab markup, each character standing for itself."""
    return _unbroken(escape(printable(" ".join(text.split())), quote=False))


def tied_line(text: str) -> str:
    """Return what `line` does, for a list of facts: a number stays with its noun, and no line begins with a dot."""
    return tied(line(text)).replace(" · ", "\u00a0· ")


def tied(text: str) -> str:
    """Return text in which a number stays with its noun."""
    return _COUNTED.sub("\u00a0", text)


def _unbroken(markup: str) -> str:
    """Return markup in which a number and its unit, or a word and its number, stay in one line."""
    return _NO_BREAK.sub(lambda match: match[0].replace(" ", "\u00a0"), markup)


def run_markup(run: Run) -> str:
    """Return words of a text as ReportLab markup in their kind of type."""
    words = printable(run.text)
    out = _unbroken(escape(words, quote=False))
    if run.code:
        return f'<font backColor="{LIGHT.rail}">{out}</font>'
    if run.strong and run.emphasis:
        return f'<font name="{STRONG_ITALIC}">{out}</font>'
    if run.strong:
        return f"<b>{out}</b>"
    return _emphasised(words, out) if run.emphasis else out


def _emphasised(words: str, markup: str) -> str:
    """Return italics in the face around them, or in the sans where the serif's italic lacks a letter."""
    if all(ord(c) in load_fonts()[SERIF_ITALIC] for c in words):
        return f"<i>{markup}</i>"
    return f'<font name="{ITALIC}">{markup}</font>'


@record
class TypeStyles:
    """The styles of one sheet at one scale."""

    scale: float
    title: ParagraphStyle
    heading: ParagraphStyle
    kicker: ParagraphStyle
    chapter: ParagraphStyle
    summary: ParagraphStyle
    section: ParagraphStyle
    finding: ParagraphStyle
    figure: ParagraphStyle
    value: ParagraphStyle
    big: ParagraphStyle
    worded: ParagraphStyle
    statement: ParagraphStyle
    passage: ParagraphStyle
    passage_heading: ParagraphStyle
    own: ParagraphStyle
    small: ParagraphStyle
    note: ParagraphStyle
    warning: ParagraphStyle
    contents: ParagraphStyle

    def pt(self, size: float) -> float:
        """Return a measure in points at 100 %, scaled."""
        return size * self.scale


@lru_cache(maxsize=16)
def styles_at(scale: float) -> TypeStyles:
    """Return the styles with all sizes times `scale`."""
    from reportlab.lib.styles import ParagraphStyle

    load_fonts()
    base = ParagraphStyle(
        "base", fontName=REGULAR, allowWidows=0, allowOrphans=0, splitLongWords=1, bulletFontName=REGULAR
    )

    def style(name: str, face: str, size: float, lead: float, ink: str, **more: Any) -> ParagraphStyle:
        for measure in ("spaceBefore", "spaceAfter", "leftIndent", "bulletFontSize"):
            if measure in more:
                more[measure] *= scale
        more.setdefault("bulletFontSize", size * scale)
        return ParagraphStyle(
            name, parent=base, fontName=face, fontSize=size * scale, leading=lead * scale, textColor=colour(ink), **more
        )

    numbered = {"bulletFontName": SEMIBOLD, "bulletColor": colour("accent"), "leftIndent": 20}
    return TypeStyles(
        scale=scale,
        title=style("title", SEMIBOLD, 21.5, 25, "ink", spaceAfter=5),
        heading=style("heading", SEMIBOLD, 15.5, 18.5, "ink", spaceAfter=3, keepWithNext=1),
        kicker=style("kicker", REGULAR, 8.2, 11, "quiet", spaceAfter=3, keepWithNext=1),
        chapter=style("chapter", REGULAR, 8.2, 11, "quiet", spaceBefore=26, spaceAfter=3, keepWithNext=1),
        summary=style("summary", REGULAR, 11.6, 15.4, "quiet", spaceAfter=4),
        section=style("section", SEMIBOLD, 8.4, 11, "quiet", spaceBefore=14, spaceAfter=5, keepWithNext=1),
        finding=style("finding", REGULAR, 11.8, 15.6, "ink", spaceAfter=5.5, **numbered),
        figure=style("figure", REGULAR, 9.6, 12.2, "ink"),
        value=style("value", SEMIBOLD, 11.8, 13.6, "ink"),
        big=style("big", LIGHT_FACE, 19, 21, "accent"),
        worded=style("worded", LIGHT_FACE, 13.5, 16, "accent"),
        statement=style("statement", REGULAR, 9.6, 12.8, "ink", spaceAfter=2),
        passage=style(
            "passage", SERIF_REGULAR, 10.2, 14.4, "ink",
            spaceAfter=5, leftIndent=30, bulletFontName=REGULAR, bulletFontSize=8.2, bulletColor=colour("quiet"),
        ),
        passage_heading=style(
            "passage heading", SEMIBOLD, 10.4, 13.4, "ink", spaceBefore=6, spaceAfter=2, leftIndent=30, keepWithNext=1
        ),
        own=style("own", REGULAR, 10.4, 14.4, "ink", spaceAfter=5),
        small=style("small", REGULAR, 8.1, 10.8, "quiet", spaceAfter=1.5),
        note=style("note", REGULAR, 9.8, 13.2, "ink"),
        warning=style("stamp", SEMIBOLD, 8.4, 11, "warning", spaceAfter=6),
        contents=style("contents", REGULAR, 10.2, 15, "ink"),
    )  # fmt: skip
