"""A sheet of changes -> flowables: both editions, then theme by theme each change with its two sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer

from viewer.changes.word_difference import Piece
from viewer.model import Source, Statistic
from viewer.sheets import difference_words
from viewer.sheets.flowables import Columns, Titled, label
from viewer.sheets.sheet import Difference, DifferenceChapter, Sheet, SheetChanges
from viewer.sheets.typography import SEMIBOLD, Type, colour, line
from viewer.text.safe import visible

_NARROW, _WIDE = 30, 58  # points for "Then", and for "Then and now"
_FIRST, _SECOND, _THIRD = 0.30, 0.50, 0.70  # where then, now and their difference begin
_SHORT = 900  # characters of a change that stays on one page
LEAST_ROOM = 120  # points for a theme to begin on a page


def comparison_story(sheet: Sheet, comparison: SheetChanges, kit: Type) -> Iterator[Flowable]:
    """Everything between the head and the sources."""
    yield Spacer(0, kit.pt(6))
    for when, name, seal in difference_words.editions(sheet, comparison):
        yield _said(when, name, kit, after=0, strong=True)
        yield _said("", f"{seal[0].upper()}{seal[1:]}.", kit, after=2.5)
    for words in (*comparison.cautions, difference_words.KEY):
        yield Columns([(0.0, [Paragraph(f"<i>{_key(words)}</i>", kit.small)])], after=kit.pt(1))
    for at, chapter in enumerate(comparison.chapters):
        yield from _chapter(chapter, at, kit)


def _key(words: str) -> str:
    """The key shows what it speaks of."""
    marked = line(words)
    if words == difference_words.KEY:
        marked = marked.replace("Struck through", "<strike>Struck through</strike>")
        marked = marked.replace("Underlined", "<u>Underlined</u>")
    return marked


def earlier_sources(comparison: SheetChanges, kit: Type, words: Sequence[str]) -> Iterator[Flowable]:
    """The sources that only the earlier edition has so; `words` are they as markup."""
    if comparison.sources:
        yield Paragraph("SOURCES OF THE EARLIER EDITION", kit.section)
        numbered = kit.small.clone(
            "earlier source", leftIndent=kit.pt(22), bulletFontName=SEMIBOLD, bulletColor=colour("quiet")
        )
        for one, told in zip(comparison.sources, words, strict=True):
            yield Paragraph(told, numbered, bulletText=f"{one.number}*")


def _chapter(chapter: DifferenceChapter, at: int, kit: Type) -> Iterator[Flowable]:
    yield CondPageBreak(LEAST_ROOM)
    if chapter.kicker:
        yield Paragraph(line(chapter.kicker), kit.chapter)
    if chapter.title:
        style = kit.heading if chapter.kicker else kit.heading.clone("heading apart", spaceBefore=kit.pt(22))
        yield Titled(line(chapter.title), style, f"chapter-{at}", visible(chapter.title), 1)
    else:
        yield Spacer(0, kit.pt(20))
    for one in chapter.differences:
        flowables = list(_difference(one, kit))
        length = sum(len(piece.text) for piece in difference_words.pieces(one))
        yield from [KeepTogether(flowables)] if length <= _SHORT else flowables


def _difference(one: Difference, kit: Type) -> Iterator[Flowable]:
    size = kit.figure.fontSize
    style = kit.figure.clone("change", spaceBefore=kit.pt(9), spaceAfter=kit.pt(2.5), keepWithNext=1)
    how = difference_words.how(one)
    said = f"{how[:1].upper()}{how[1:]}."
    yield Paragraph(f'<font name="{SEMIBOLD}">{line(difference_words.head(one))}</font>{label(one.label, size)}', style)
    face = f'name="{SEMIBOLD}"' if difference_words.is_whole(one) else 'color="#0B5C6B"'
    yield _kept(Paragraph(f"<font {face}>{line(said)}</font>", kit.figure), kit.pt(3))
    yield from _values(one, kit)
    yield from _words(one, kit)
    if sources := difference_words.cites(one):
        yield Paragraph(line(f"{sources[0].upper()}{sources[1:]}."), kit.small)


def _values(one: Difference, kit: Type) -> Iterator[Flowable]:
    found = difference_words.rows(one)
    if not found:
        return
    places = (_FIRST, _SECOND, _THIRD)
    heads = [(at, [_strong(head, kit.small)]) for at, head in zip(places, difference_words.HEADS, strict=True)]
    yield _next(Columns([(0.0, [_strong("Value", kit.small)]), *heads], after=kit.pt(0.5)))
    for row in found:
        cells = [(0.0, [Paragraph(line(row.label), kit.figure)])]
        sides = ((_FIRST, row.then or "–"), (_SECOND, row.now or "–"))
        cells += [(at, [_strong(text, kit.figure)]) for at, text in sides]
        yield _next(Columns([*cells, (_THIRD, [Paragraph(line(row.result), kit.figure)])], after=kit.pt(2)))
    for when, text in difference_words.footings(one):
        yield _said(when, text, kit, after=1.5, wide=len(when) > len("Then"))


def _said(when: str, words: str, kit: Type, *, after: float, wide: bool = False, strong: bool = False) -> Flowable:
    """Words with `when` before them, on all their lines the same room apart."""
    style = kit.small.clone(
        "said", leftIndent=kit.pt(_WIDE if wide else _NARROW), spaceAfter=kit.pt(after),
        bulletFontName=SEMIBOLD, bulletFontSize=kit.small.fontSize, bulletColor=colour("quiet"),
    )  # fmt: skip
    shown = f'<font name="{SEMIBOLD}">{line(words)}</font>' if strong else line(words)
    return Paragraph(shown, style, bulletText=when or None)


def _words(one: Difference, kit: Type) -> Iterator[Flowable]:
    style = kit.statement if isinstance(one.change.present, Statistic | Source) else kit.own
    indent = style.clone("wording", spaceAfter=kit.pt(2), leftIndent=0)
    yield from (Paragraph(text, indent) for text in _lines(difference_words.pieces(one)))


def _lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces as markup, one line of the text a paragraph."""
    out = ""
    former = ""
    for piece in pieces:
        for at, part in enumerate(piece.text.split("\n")):
            if at and out:
                yield out
                out = ""
            if out and (former, piece.kind) == ("gone", "come") and not out.endswith(" ") and not at:
                out += " "
            out += _marked(piece.kind, part)
        former = piece.kind
    if out:
        yield out


def _marked(kind: str, text: str) -> str:
    """What went struck through, what came underlined: told apart without colour. Spaces at the ends stay plain."""
    words = text.strip()
    if not words:
        return " " if text else ""
    begin, end = " " if text[0].isspace() else "", " " if text[-1].isspace() else ""
    shown = line(words)
    if kind == "gone":
        shown = f'<strike><font color="#5B636B">{shown}</font></strike>'
    elif kind == "come":
        shown = f'<u><font name="{SEMIBOLD}">{shown}</font></u>'
    return f"{begin}{shown}{end}"


def _strong(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(f'<font name="{SEMIBOLD}">{line(text)}</font>', style)


def _kept(paragraph: Paragraph, after: float) -> Flowable:
    return _next(Columns([(0.0, [paragraph])], after=after))


def _next(flowable: Columns) -> Flowable:
    flowable.keepWithNext = 1
    return flowable
