"""The type and colours of pages as a style sheet, in the part of CSS that Qt's rich text knows."""

from __future__ import annotations

from viewer.design.palette import Palette
from viewer.design.typefaces import SANS, SERIF


def page_style_sheet(palette: Palette, scale: float) -> str:
    """Return the style sheet of a page in `palette`, all sizes times `scale` (1.0 is 100 %)."""

    def px(size: float) -> str:
        return f"{max(1, round(size * scale))}px"

    p = palette
    return f"""
body {{ font-family: "{SANS}"; font-size: {px(15)}; color: {p.ink}; }}
p, ul, ol {{ margin: 0 0 {px(6)} 0; line-height: 122%; }}
li {{ margin: 0 0 {px(3)} 0; }}
a.plain, a.figure, a.note {{ text-decoration: none; }}
a.plain {{ color: {p.ink}; }}
a.figure, a.reference {{ color: {p.accent}; }}
a.reference {{ text-decoration: underline; }}
p.title, h1 {{ font-size: {px(29)}; font-weight: 600; margin: 0 0 {px(8)} 0; line-height: 100%; }}
p.section {{ font-size: {px(12)}; font-weight: 600; color: {p.quiet}; letter-spacing: {px(1.4)};
      text-transform: uppercase; margin: {px(24)} 0 {px(10)} 0; }}
p.kicker {{ font-size: {px(13)}; color: {p.quiet}; margin: 0 0 {px(4)} 0; }}
div.summary p {{ font-size: {px(16.5)}; color: {p.quiet}; line-height: 124%; margin: 0 0 {px(4)} 0; }}
h2 {{ font-size: {px(19)}; font-weight: 600; margin: {px(22)} 0 {px(6)} 0; }}
table {{ margin: {px(5)} 0 0 0; }}
td {{ vertical-align: top; }}
td.number {{ font-size: {px(17)}; font-weight: 600; color: {p.accent}; padding: 0 0 {px(12)} 0; }}
td.finding {{ font-size: {px(17)}; padding: 0 0 {px(12)} 0; }}
td.finding p {{ margin: 0; line-height: 122%; }}
td.beside {{ padding: 0 0 {px(10)} {px(22)}; }}
p.side {{ margin: 0 0 {px(1)} 0; font-size: {px(12.5)}; color: {p.quiet}; line-height: 112%; }}
p.side a.plain {{ color: {p.quiet}; }}
span.value {{ font-size: {px(17)}; font-weight: 600; color: {p.accent}; }}
td.label {{ font-size: {px(13)}; color: {p.quiet}; padding: {px(3)} 0 0 0; }}
p.heading {{ font-size: {px(15)}; font-weight: 600; font-family: "{SANS}"; margin: {px(8)} 0 {px(3)} 0; }}
td.passage {{ font-family: "{SERIF}"; font-size: {px(16)}; padding: 0 0 {px(8)} 0; }}
td.passage p {{ margin: 0 0 {px(5)} 0; line-height: 122%; }}
td.passage li {{ line-height: 122%; }}
td.passage th, td.passage td {{ padding: {px(2)} {px(20)} {px(3)} 0; }}
td.passage th {{ font-family: "{SANS}"; font-size: {px(13)}; color: {p.quiet}; vertical-align: bottom; }}
td.figure {{ padding: 0 {px(18)} {px(20)} 0; }}
td.statement {{ padding: {px(2)} 0 {px(20)} 0; }}
p.caption {{ font-size: {px(14)}; margin: 0 0 {px(2)} 0; line-height: 112%; }}
p.big {{ margin: 0 0 {px(2)} 0; line-height: 100%; }}
span.large {{ font-size: {px(32)}; font-weight: 300; color: {p.accent}; }}
span.worded {{ font-size: {px(22)}; font-weight: 300; color: {p.accent}; }}
span.qualifier {{ font-size: {px(13)}; color: {p.accent}; }}
span.unit {{ font-size: {px(13)}; color: {p.quiet}; }}
p.bar {{ margin: {px(2)} 0 0 0; line-height: 100%; }}
p.stat {{ font-size: {px(15)}; font-weight: 600; margin: 0 0 {px(2)} 0; line-height: 116%; }}
p.basis, span.quiet {{ font-size: {px(13)}; color: {p.quiet}; margin: 0 0 {px(2)} 0; line-height: 116%; }}
p.caveat {{ font-size: {px(13)}; color: {p.quiet}; font-style: italic; margin: 0 0 {px(2)} 0; line-height: 116%; }}
p.values {{ font-size: {px(14)}; margin: {px(4)} 0 {px(6)} 0; line-height: 122%; }}
table.chart {{ margin: {px(4)} 0 {px(6)} 0; }}
table.chart td {{ font-size: {px(14)}; padding: {px(2)} {px(14)} {px(2)} 0; }}
table.chart td.rail {{ padding: {px(7.5)} {px(14)} 0 0; }}
table.chart p.bar {{ margin: 0; }}
table.chart td.rank, table.chart td.shown {{ color: {p.accent}; font-weight: 600; }}
td.cell {{ padding: 0 {px(20)} {px(20)} 0; }}
td.theme {{ padding: 0 0 {px(14)} 0; }}
td.theme p {{ margin: 0 0 {px(2)} 0; }}
td.term {{ font-size: {px(15)}; font-weight: 600; color: {p.accent}; padding: 0 0 {px(10)} 0; }}
td.source {{ font-size: {px(14)}; padding: 0 0 {px(6)} 0; }}
strong, b, th {{ font-weight: 600; }}
code, pre {{ font-size: {px(13)}; }}
body.guide td, body.guide th {{ padding: {px(3)} {px(16)} {px(3)} 0; text-align: left; }}
p.picture {{ line-height: 100%; margin: {px(6)} 0 {px(12)} 0; }}
span.gone {{ color: {p.quiet}; text-decoration: line-through; }}
span.come {{ color: {p.accent}; text-decoration: underline; background-color: {p.soft}; }}
p.step {{ font-size: {px(14)}; margin: 0 0 {px(1)} {px(14)}; line-height: 116%; }}
p.result {{ font-size: {px(15)}; font-weight: 600; color: {p.accent}; margin: {px(2)} 0 {px(2)} 0; line-height: 116%; }}
p.gap {{ font-size: {px(6)}; margin: 0; line-height: 100%; }}
sup.note, a.note {{ font-family: "{SANS}"; font-size: {px(15)}; color: {p.accent}; }}
p.chip, td.finding p.chip, td.theme p.chip {{ margin: {px(3)} 0 {px(3)} 0; line-height: 100%; }}
td.passage p.chip {{ margin: {px(2)} 0 {px(8)} 0; line-height: 100%; }}
span.marking {{ font-family: "{SANS}"; font-size: {px(11)}; font-weight: 600; }}
"""
