"""Every fault in drafts, with its file, line and reason."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.publish.small import FILES, faults_of, write
from viewer.errors import DraftErrors
from viewer.publish.drafts import read_drafts

E = "edition.toml"
S = "sources.toml"
G = "glossary.toml"
T = "tags.toml"
X = "statistics.toml"
C = "themes/10-scope.md"
R = "themes/20-risk.md"
A = "themes/30-answer.md"

# A fault is given as `file:line`, and words of its reason.
Case = tuple[str, str, str, list[str]]

KEYS: list[Case] = [
    (E, "label =", "lable =", [f'{E}:1 "label" is missing', f'{E}:3 (did you mean "label"?)']),
    (E, "serial = 2", 'serial = "2"', [f"{E}:4 a whole number"]),
    (E, "serial = 2", "serial = true", [f"{E}:4 a whole number"]),
    (E, "serial = 2", "serial = 0", [f"{E}:4 at least 1"]),
    (E, "serial = 2", "serial = 2147483648", [f"{E}:4 at most 2147483647"]),
    (E, 'label = "2020"', "label = 2020", [f'{E}:3 "label": this should be text']),
    (E, 'label = "2020"', 'label = " "', [f'{E}:3 "label": the text is empty']),
    (E, 'label = "2020"', 'label = "20\\n20"', [f"{E}:3 U+000A (line break)"]),
    (E, 'series = "small"', 'series = "Small"', [f'{E}:1 "Small" does not fit: a series']),
    (E, '"en-GB"', '"English"', [f'{E}:8 "English" does not fit: a language']),
    (E, '"#8A4B08"', '"brown"', [f'{E}:18 "brown" does not fit: a colour']),
    (E, "level = 0", "level = 1", [f'{E}:23 the marking level "1" is already defined at {E}:16']),
    (E, 'marking = "closed"', 'marking = "colsed"', [f'{E}:9 no marking "colsed" (did you mean "closed"?)']),
    (E, "[[scheme]]", "[[schema]]", [f'{E}:9 "closed"', f'{E}:14 "schema" is not known here (did you mean "scheme"?)',
                                     f'{X}:27 "closed"', f'{C}:21 "closed"', f'{R}:8 "closed"']),
    (S, "number = 2", "number = 1", [f'{S}:9 the source number "1" is already defined at {S}:3']),
    (S, "number = 2", "number = 2.5", [f"{S}:3 a whole number"]),
    (S, 'id = "survey"', 'id = "The Survey"', [f'{S}:2 "The Survey" does not fit: an id']),
    (S, 'id = "survey"\n', "", [f'{S}:1 "id" is missing']),
    (S, 'id = "survey"', 'id = "census"', [f'{S}:8 the source "census" is already defined at {S}:2',
                                          f'{X}:28 no source "survey"', f'{C}:21 no source "survey"']),
    (S, 'year = "2019"', "year = 2019", [f'{S}:12 "year": this should be text']),
    (S, "Not [public].", "Not <b>public</b>.", [f'{S}:13 HTML is not part of the format']),
    (G, "[[term]]", "[[terms]]", [f'{G}:1 "terms" is not known here (did you mean "term"?)']),
    (G, 'abbreviation = "P2P"\n', "", [f'{G}:1 "abbreviation" is missing']),
    (T, 'id = "young-people"', 'id = "peer-to-peer"', [f'{T}:7 the tag "peer-to-peer" is already defined at {T}:2',
                                                      f'{C}:21 no tag "young-people"']),
    (X, "[[statistic]]\nid = \"scope", "[[statistics]]\nid = \"scope", [f'{X}:16 (did you mean "statistic"?)']),
    (X, 'unit = "ways"\n', "", [f'{X}:2 "unit" is missing']),
    (X, 'unit = "ways"', 'unit = "ways"\ncolour = "x"', [f'{X}:8 "colour" is not known here']),
]  # fmt: skip

SYNTAX: list[Case] = [
    (E, 'label = "2020"', "label = 20 20", [f"{E}:3 the TOML cannot be read"]),
    (E, '"""\n\n[[', "\n\n[[", [f"{E}:50 the TOML cannot be read: unterminated string"]),
    (E, "serial = 2", "serial = " + "9" * 5000, [f"{E}:50 the TOML cannot be read"]),
    (S, "[[source]]", "[source]", [f"{S}:7 the TOML cannot be read"]),
    (C, 'part = "before"', "part = before", [f"{C}:3 the TOML cannot be read"]),
    (C, "+++\nid", "id", [f"{C}:1 should begin with a line +++"]),
    (C, "\n+++\n\n##", "\n\n##", [f"{C}:1 no closing line +++"]),
]

DATES: list[Case] = [
    (E, '"2020-05"', '"2020-13"', [f'{E}:5 no date "2020-13"']),
    (E, '"2021-03-31"', '"2021-02-29"', [f'{E}:6 no date "2021-02-29"']),
    (E, '"2021-03-31"', '"31 March 2021"', [f'{E}:6 a date is written in quotation marks as "2012-06-30"']),
    (E, '"2021-03-31"', "2021-03-31", [f"{E}:6 a date is written in quotation marks"]),
    (E, '"2021-03-31"', '"2020-04"', [f"{E}:6 lies before the issue date"]),
    (E, '"2021-03-31"', '"2020-04-30"', [f"{E}:6 lies before the issue date"]),
    (E, '"2021-03-31"', '"2020-05-01"', []),
    (E, '"2021-03-31"', '"9999-12"', []),
]

FIGURES: list[Case] = [
    (X, 'kind = "ranking"', 'kind = "rank"', [f'{X}:6 "rank" is none of single, trend, breakdown, ranking']),
    (X, 'kind = "ranking"', 'kind = "single"', [f"{X}:11 a single statistic has one observation, not 2"]),
    (X, 'kind = "single"\nunit', 'kind = "trend"\nunit', [f"{X}:30 a trend has at least two observations"]),
    (X, ", rank = 2", "", [f"{X}:13 an observation of a ranking has a rank"]),
    (X, "rank = 1", "rank = 0", [f"{X}:12 at least 1"]),
    (X, 'label = "games"', 'label = ""', [f"{X}:13 an observation of a ranking has a label"]),
    (X, "rank = 1", "rank = 1, vlaue = 3", [f'{X}:12 "vlaue" is not known here (did you mean "value"?)']),
    (X, "low = 30", "low = 40", [f"{X}:31 low 40 is above high 33.33"]),
    (X, "low = 30", "low = 33.332", [f"{X}:31 low 33.332 is above high 33.33"]),
    (X, "value = 33.33", "value = 29", [f"{X}:31 the value 29 lies outside low and high"]),
    (X, "value = 33.33", "value = nan", [f'{X}:31 "nan" is no number as it is published']),
    (X, "value = 33.33", "value = -inf", [f'{X}:31 "-inf" is no number as it is published']),
    (X, "value = 33.33", "value = 1e30", [f'{X}:31 "1e30" is no number as it is published']),
    (X, "value = 33.33", 'value = "33.33"', []),
    (X, "value = 33.33", 'value = "24.8 million"', [f'{X}:31 write 24.8, and magnitude = "million"']),
    (X, 'value = 33.33, low = 30, high = 33.33, qualifier = "almost"', 'magnitude = "million"',
     [f'{X}:31 "million" stands behind a number, and there is none']),
    (X, "value = 33.33", "value = 3,100", [f"{X}:31 a number has no commas: write 3100"]),
    (X, 'qualifier = "almost"', "qualifier = “almost”", [f"{X}:31 “ is a typographic quotation mark"]),
    (X, 'caveat = \"\"\"', 'short_caveat = "Short."\nold_caveat = \"\"\"',
     [f"{X}:8 a short caveat stands for a longer one", f'{X}:9 "old_caveat" is not known here']),
    (X, "value = 33.33", "value = true", [f"{X}:31 this should be a number"]),
    (X, 'value = 33.33, low = 30, high = 33.33, qualifier = "almost", words = "a third"', 'qualifier = "almost"',
     [f"{X}:31 neither a value, nor words"]),
    (X, '  { label = "messages", rank = 1 },  # the first\n  { label = "games", rank = 2 },\n', "",
     [f"{X}:11 no observations"]),
    (X, "observations = [\n  { label = \"about", "observations = 3\nodd = [\n  { label = \"about",
     [f"{X}:30 a list of tables", f'{X}:31 "odd" is not known here']),
    (X, 'page = "11-12"', 'page = "\u0661"', [f"{X}:26 the typefaces cannot print \u0661 (U+0661)"]),
    (X, 'title = "', f'title = "{"x " * 500}y', [f"{X}:4 characters; at most 1,000 are allowed"]),
    (X, 'qualifier = "almost"', f'qualifier = "{"x " * 100}y"', [f"{X}:31 has 201 characters; at most 200"]),
    (X, 'page = "11-12"', 'page = "pp. 11-12"', [f'{X}:26 "pp. 11-12": "p." is added by the program']),
    *((X, 'page = "11-12"', f'page = "{page}"', []) for page in ("11–12", "iv", "iv–vi", "Annex B", "11, 13", "A-3")),
]  # fmt: skip

REFERENCES: list[Case] = [
    (X, 'id = "risk.ways"', 'id = "ways"', [f'{X}:3 "ways" does not fit: the id of an item']),
    (X, 'id = "risk.ways"', 'id = "risks.ways"', [f'{X}:3 no theme "risks" (did you mean "risk"?)',
                                                 f'{R}:13 no statistic "risk.ways" (did you mean "risks.ways"?)']),
    (X, 'id = "risk.ways"', 'id = "risk.f1"', [f'{R}:13 the item or theme "risk.f1" is already defined at {X}:3',
                                              f'{R}:13 no statistic "risk.ways"']),
    (X, '["survey", "census"]', '["survay", "census"]', [f'{X}:28 no source "survay" (did you mean "survey"?)']),
    (X, '["survey", "census"]', '["census", "census"]', [f'{X}:28 "census" is named twice']),
    (X, '["survey", "census"]', "[1]", [f"{X}:28 a list of ids"]),
    (X, '["peer-to-peer"]', '["peer-to-pear"]', [f'{X}:29 no tag "peer-to-pear" (did you mean "peer-to-peer"?)']),
    (X, 'marking = "closed"', 'marking = "secret"', [f'{X}:27 no marking "secret"']),
    (C, "survey census", "survey sensus", [f'{C}:21 no source "sensus" (did you mean "census"?)']),
    (C, "tags=young-people", "tags=young", [f'{C}:21 no tag "young"']),
    (C, "marking=closed", "marking=close", [f'{C}:21 no marking "close" (did you mean "closed"?)']),
    (A, "likelihood=likely", "likelihood=likly", [f'{A}:15 no likelihood "likly" (did you mean "likely"?)']),
    (A, "confidence=high", "confidence=likely", [f'{A}:15 no confidence "likely"']),
    (A, '"f1 risk.f1"', '"f2 risk.f1"', [f'{A}:23 no finding "answer.f2" (did you mean "answer.f1"?)']),
    (A, "(#answer.r1)", "(#answer.r2)", [f'{A}:31 no item or theme "answer.r2" (did you mean "answer.r1"?)']),
    (A, "(#risk)", "(#rusk)", [f'{A}:19 no item or theme "rusk" (did you mean "risk"?)']),
    (A, "[^census]", "[^cesus]", [f'{A}:17 no source of that name (did you mean "census"?)']),
    (A, "[^why]:", "[^wy]:", [f"{A}:17 [^why] leads nowhere", f"{A}:19 nowhere in the text stands [^wy]"]),
    (R, "risk.ways scope", "risk.way scope", [f'{R}:13 no statistic "risk.way" (did you mean "risk.ways"?)']),
]  # fmt: skip

SCALES: list[Case] = [
    (E, "high = 75.5", "high = 175", [f"{E}:42 are per cent, from 0 to 100"]),
    (E, "low = 55", "low = 80", [f"{E}:42 low 80 is above high 75.5"]),
    (E, 'id = "high"', 'id = "likely"', [f'{E}:49 the step of a scale "likely" is already defined at {E}:43',
                                        f'{A}:15 no confidence "high"']),
    (E, 'title = "Risks"', 'title = ""', [f'{E}:39 "title": the text is empty']),
    (G, '["file sharing"]', '"file sharing"', [f"{G}:4 this should be a list of words"]),
    (G, '["file sharing"]', '["a", "a"]', [f'{G}:4 "a" is named twice']),
]  # fmt: skip

MARKINGS: list[Case] = [
    (E, 'marking = "closed"', 'marking = "open"',
     [f'{E}:9 the edition is marked "open", below the "closed" of {X}:27']),
    (E, '"CLOSED"', '"open"', [f'{E}:24 the label "OPEN" reads like the one at {E}:17']),
    (E, '"CLOSED"', '"O PEN"', [f'{E}:24 the label "OPEN" reads like the one at {E}:17']),
    (E, '"CLOSED"', '"\uff2fPEN"', [f"{E}:17 is another form of “O”: write O"]),
    (E, '"CLOSED"', '"\u2800"', [f"{E}:17 cannot print \u2800 (U+2800)"]),
    (E, '"CLOSED"', '"CLOSED\u3164"', [f"{E}:17 cannot print \u3164 (U+3164)"]),
    (E, '"CLOSED"', '"\u00a0"', [f'{E}:17 "label": the text is empty']),
    (E, '"CLOSED"', '"--"', [f'{E}:17 the label "--" has no letter']),
    (E, '"#8A4B08"', '"#FFFFFF"', [f"{E}:19 the ink #FFFFFF has a contrast of 1.0 to 1 on the colour #FFFFFF"]),
    (E, '"#8A4B08"', '"#777777"', [f"{E}:19 a contrast of 4.47 to 1"]),
    (E, '"#8A4B08"', '"#767676"', []),
]  # fmt: skip

THEMES: list[Case] = [
    (C, 'id = "scope"', 'id = "Scope"', [f'{C}:2 "Scope" does not fit: an id']),
    (C, 'id = "scope"\n', "", [f'{C}:2 "id" is missing']),
    (C, 'id = "scope"', 'id = "risk"', [f'{X}:17 no theme "scope"', f'{R}:2 the theme "risk" is already defined',
                                       f'{R}:23 the item or theme "risk.p1" is already defined at {C}:13']),
    (C, 'short = "Scope"\n', "", [f'{C}:2 "short" is missing']),
    (C, 'part = "before"', 'part = "befor"', [f'{E}:1 the part "before" has no theme',
                                             f'{C}:3 no part "befor" (did you mean "before"?)']),
    (C, 'part = "before"', 'kind = "context"', [f'{E}:1 the part "before" has no theme', f'{C}:2 "part" is missing',
                                               f'{C}:3 "kind" is not known here: a theme names its "part" now']),
    (C, 'label = "C1"', 'number = "C1"', [f'{C}:4 the number of a theme is its "label" now']),
    (C, 'label = "C1"', f'label = "{"x" * 101}"', [f"{C}:4 has 101 characters; at most 100"]),
    (R, 'part = "risks"', 'part = "before"', [f'{A}:4 the parent "risk" is of another part, "before"']),
    (C, 'part = "before"', 'part = "risks"', [f'{E}:1 the part "before" has no theme']),
    (R, 'label = "1"', 'label = "1.1"', [f'{A}:5 the label of a theme of this part "1.1" is already defined at {R}:4']),
    (A, 'parent = "risk"', 'parent = "scope"', [f'{A}:4 a theme stands right below its parent "scope"']),
    (A, 'parent = "risk"', 'parent = "answer"', [f'{A}:4 a theme stands right below its parent "answer"']),
    (A, 'parent = "risk"', 'parent = "rsik"', [f'{A}:4 no theme "rsik" (did you mean "risk"?)']),
    (A, '["home"]', '["hoem"]', [f'{A}:10 no caveat "hoem" (did you mean "home"?)']),
    (C, "What is covered.", "What <i>is</i>.", [f'{C}:7 HTML is not part of the format']),
]  # fmt: skip

HEADINGS: list[Case] = [
    (C, "## Narrative", "## Narative", [f'{C}:11 (did you mean "Narrative"?)']),
    (C, "## Narrative\n", "", [f"{C}:12 a heading ## Findings, ## Recommendations or ## Narrative should"]),
    (C, "## Narrative", "# Narrative", [f"{C}:11 of level 2 or 3 here, not 1"]),
    (C, "## Narrative", "#### Narrative", [f"{C}:11 of level 2 or 3 here, not 4"]),
    (C, "## Narrative", "##Narrative", [f"{C}:11 a space is missing after ##"]),
    (C, "## Narrative", "## Narrative\n\n## Narrative", [f"{C}:13 already began at {C}:11"]),
    (R, "## Narrative", "## Narrative\n\n### {#p9}\n\nA text.\n\n## Findings",
     [f"{R}:27 already began at {R}:11"]),
    (C, "## Narrative", "## Narrative\n\nStray\nwords.", [f"{C}:13 text stands before the first heading of level 3"]),
    (C, "The second passage.", "A title\n=======", [f"{C}:24 rules and underlines are not part of the format"]),
    (R, "## Narrative", "## Recommendations\n\n### {#r1}\n\nDo.\n\n## Narrative", []),
    (R, "## Findings", "## Narrative\n\n### {#p9}\n\nA text.\n\n## Findings",
     [f"{R}:17 the section Findings stands before Narrative", f"{R}:27 already began at {R}:11"]),
    (A, "label=R1", "label=“R1”", [f"{A}:23 “ is a typographic quotation mark"]),
    (A, "owner=", "onwer=", [f'{A}:23 "onwer" is not known here (did you mean "owner"?)']),
    (A, "findings=", "statistics=", [f'{A}:23 "statistics" is not known here']),
    (C, " {#p1 page=1}", "", [f"{C}:13 the heading should end in braces"]),
    (C, "{#p1 page=1}", "{page=1}", [f"{C}:13 the heading should end in braces"]),
    (C, "{#p1 page=1}", "{#P1}", [f'{C}:13 "P1" does not fit: an id']),
    (C, "{#p1 page=1}", "{#p2}", [f'{C}:21 the item or theme "scope.p2" is already defined at {C}:13']),
    (C, "{#p1 page=1}", "{#p1 pgae=1}", [f'{C}:13 "pgae" is not known here (did you mean "page"?)']),
    (C, "{#p1 page=1}", "{#p1 page=1 page=2}", [f'{C}:13 "page" stands twice']),
    (C, "{#p1 page=1}", "{#p1 page=p.1}", [f'{C}:13 "p." is added by the program']),
    (C, "{#p1 page=1}", "{#p1 .class}", [f'{C}:13 cannot be read in the braces: ".class"']),
    (C, "{#p1 page=1}", '{#p1 page="1}', [f"{C}:13 cannot be read in the braces"]),
    (C, "{#p1 page=1}", "{#p1 statistics=risk.ways}", [f'{C}:13 "statistics" is not known here']),
    (R, "### {#f1", "### A heading {#f1", [f'{R}:13 a finding has no heading but its braces: "A heading"']),
]  # fmt: skip

TEXTS: list[Case] = [
    (C, "The second passage.\n", "", [f"{C}:21 there is no text below this heading"]),
    (C, "The second passage.", "word " * 3276 + "word", []),
    (C, "The second passage.", "word " * 3277 + "w", [f"{C}:23 the text has 16,386 bytes"]),
    (C, "The second passage.", " ".join(["\u00e9" * 400] * 21),
     [f"{C}:23 the text has 16,820 bytes; at most 16,384 are allowed"]),
    (C, "The second passage.", "One\n\ntwo <script>x</script>", [f"{C}:25 HTML is not part of the format"]),
    (C, "The second passage.", "<!-- a remark -->", [f"{C}:23 HTML is not part of the format"]),
    (C, "The second passage.", "One\n![x](file:y)", [f"{C}:24 images are not part of the format"]),
    (C, "The second passage.", "See [this](x).", [f"{C}:23 links are not part of the format"]),
    (C, "The second passage.", "See [this][x].", [f"{C}:23 links are not part of the format"]),
    (C, "The second passage.", "[x]: y", [f"{C}:23 links are not part of the format"]),
    (C, "The second passage.", "<https://x.example>", [f"{C}:23 addresses are not part of the format"]),
    (C, "The second passage.", "<a@x.example>", [f"{C}:23 addresses are not part of the format"]),
    (C, "The second passage.", "At ftp://x.example", [f"{C}:23 addresses are not part of the format"]),
    (C, "The second passage.", "a\0b", [f"{C}:23 U+0000"]),
    (C, "The second passage.", "a\x0cb", [f"{C}:23 U+000C"]),
    (C, "The second passage.", "a\u202eb\u200bc\u202e", [f"{C}:23 zero width space", f"{C}:23 right-to-left override"]),
    (C, "The second passage.", "a\ue000b\u2028c\u00add", [f"{C}:23 U+00AD", f"{C}:23 U+2028", f"{C}:23 U+E000"]),
    (C, "Aim & scope", "Aim \u2067& scope", [f"{C}:13 U+2067"]),
    (X, "Messages came", "\\u202EMessages came", [f"{X}:5 right-to-left override"]),
    (X, "Messages came", "\\u0000Messages came", [f"{X}:5 U+0000"]),
    (X, "The order alone", "The [order](x) alone", [f'{X}:8 "caveat": links are not part of the format']),
]  # fmt: skip


# What a draft may be made of, in any order.
PIECES = (
    *("+++", "## Findings", "## Narrative", "### {#p1}", "### {#p1 page=", "{", "}", '"'),
    *("id = ", "\n", "\n\n", "[[", "<b>", "\0", "x"),
)


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in the file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [*KEYS, *SYNTAX, *DATES, *FIGURES, *REFERENCES, *SCALES, *MARKINGS, *THEMES, *HEADINGS, *TEXTS],
    ids=lambda part: part[:30].encode("unicode_escape").decode() if isinstance(part, str) else "",
)
def test_names_file_line_and_reason(drafts: Path, file: str, old: str, new: str, expected: list[str]) -> None:
    change(drafts, file, old, new)
    found = faults_of(drafts)
    assert len(found) == len(expected), found
    for fault, wanted in zip(found, expected, strict=True):
        place, words = wanted.split(" ", 1)
        assert fault.startswith(f"{place}: "), fault
        assert words in fault


def test_reports_the_faults_of_all_files_at_once(drafts: Path) -> None:
    change(drafts, E, "serial = 2", "serial = 0")
    change(drafts, X, "value = 33.33", "value = nan")
    change(drafts, R, "sources=", "sauces=")
    change(drafts, G, "[[term]]", "[[term]")
    with pytest.raises(DraftErrors) as caught:
        read_drafts(drafts)
    assert [fault.split(": ")[0] for fault in caught.value.faults] == [f"{E}:4", f"{G}:1", f"{X}:31", f"{R}:13"]
    assert str(caught.value).startswith("The drafts have 4 faults:\n")


def test_wants_the_themes_of_each_part_together_and_in_the_order_of_the_parts(drafts: Path) -> None:
    change(drafts, C, 'part = "before"', 'part = "risks"')
    change(drafts, R, 'part = "risks"', 'part = "before"')
    found = faults_of(drafts)
    assert found[0].startswith(f'{R}:3: a theme of the part "before" stands after one of "risks"; ')


def test_nests_themes_three_deep_and_no_deeper(drafts: Path) -> None:
    for depth, parent in ((3, "answer"), (4, "deep-3")):
        text = (drafts / A).read_text("utf-8").split("\n## ")[0] + "\n## Narrative\n\n### {#p1}\n\nDeep.\n"
        text = text.replace('id = "answer"', f'id = "deep-{depth}"').replace('"risk"', f'"{parent}"')
        (drafts / f"themes/{depth}9-deep.md").write_text(text.replace('"1.1"', f'"1.{depth}"'), "utf-8")
    assert faults_of(drafts) == ["themes/49-deep.md:4: themes stand at most 3 deep under one another"]


def test_seeks_names_for_many_unknown_ones_within_bounds(drafts: Path) -> None:
    sources = "".join(f'[[source]]\nid = "source-{at}"\nnumber = {at}\ntitle = "A"\n' for at in range(100, 3100))
    (drafts / S).write_text((drafts / S).read_text("utf-8") + sources, "utf-8")
    cited = "".join(
        f'### {{#n{at} sources="{"sauce" if at < 150 else "sorc"}-{at} sauce-{at}"}}\n\nWords.\n\n'
        for at in range(100, 1100)
    )
    (drafts / R).write_text((drafts / R).read_text("utf-8") + "\n" + cited, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        sought: list[str] = []
        patch.setattr("viewer.publish.faults.did_you_mean", lambda name, _known: sought.append(name) or "")  # type: ignore[func-returns-value]
        assert len(faults_of(drafts)) > 1000
    assert len(sought) == len(set(sought)) == 100


def test_wants_something_in_every_theme(drafts: Path) -> None:
    text = (drafts / R).read_text(encoding="utf-8")
    (drafts / "themes/40-more.md").write_text(
        text.split("\n## ")[0].replace('id = "risk"', 'id = "more"').replace('label = "1"', 'label = "2"'),
        encoding="utf-8",
    )
    assert faults_of(drafts) == [
        "themes/40-more.md:2: the theme has no findings, recommendations, passages or statistics"
    ]


@pytest.mark.parametrize("file", [E, S, G, T, X])
def test_misses_each_file_without_blaming_what_refers_to_it(drafts: Path, file: str) -> None:
    (drafts / file).unlink()
    assert faults_of(drafts) == [f"{file}:1: the file is missing"]


def test_misses_the_themes(drafts: Path) -> None:
    for file in (C, R, A):
        (drafts / file).unlink()
    assert faults_of(drafts) == ["themes:1: there are no themes: one file that ends in .md for each"]


def test_names_a_file_that_is_no_theme_and_passes_over_what_editors_leave(drafts: Path) -> None:
    for name in ("notes.txt", ".hidden.md", "10-scope.md~"):
        (drafts / "themes" / name).write_text("x", encoding="utf-8")
    assert faults_of(drafts) == ["themes/notes.txt:1: only files that end in .md are themes"]


@pytest.mark.parametrize(("file", "line"), [(T, 4), (R, 15)])
def test_names_the_line_that_is_not_utf_8(drafts: Path, file: str, line: int) -> None:
    lines = (drafts / file).read_bytes().split(b"\n")
    lines[line - 1] = b"a\xffb"
    (drafts / file).write_bytes(b"\n".join(lines))
    assert f"{file}:{line}: the text is not UTF-8" in faults_of(drafts)


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30), st.sampled_from(sorted(FILES)))
def test_meets_any_text_with_faults_that_have_a_place(pieces: list[str], file: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, {**FILES, file: "".join(pieces)})
        for fault in faults_of(folder):
            place, line, _ = fault.split(":", 2)
            assert 1 <= int(line) <= (folder / place).read_text(encoding="utf-8").count("\n") + 1
