"""A small sound folder of drafts, as texts: series `small`, serial 2."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from viewer.errors import DraftErrors
from viewer.publish.drafts import read_drafts

EDITION = """\
series = "small"
title = "A small assessment"
label = "2020"
serial = 2
issued = "2020-05"
review = "2021-03-31"
publisher = "A publisher"
language = "en-GB"
marking = "closed"
summary = \"\"\"
Two themes, *briefly*.
\"\"\"

[[scheme]]
code = "closed"
level = 1
label = "CLOSED"
colour = "#8A4B08"
ink = "#FFFFFF"

[[scheme]]
code = "open"
level = 0
label = "OPEN"
colour = "#5B636B"
ink = "#FFFFFF"

[[caveat]]
code = "home"
label = "AT HOME ALONE"
description = "Not to be taken along."

[[part]]
id = "before"
title = "Before all"

[[part]]
id = "risks"
title = "Risks"
theme_title = "Risk"

[[likelihood]]
id = "likely"
term = "likely"
low = 55
high = 75.5

[[confidence]]
id = "high"
term = "high confidence"
"""

SOURCES = """\
[[source]]
id = "survey"
number = 2
title = "A survey"
locator = "https://survey.example/2019"

[[source]]
id = "census"
number = 1
title = "A census"
author = "An office"
year = "2019"
note = "Not [public]."
"""

GLOSSARY = """\
[[term]]
abbreviation = "P2P"
expansion = "peer-to-peer"
also = ["file sharing"]
"""

TAGS = """\
[[tag]]
id = "peer-to-peer"
label = "Peer-to-peer"
description = "Networks in which users share files."

[[tag]]
id = "young-people"
label = "Young people"
"""

STATISTICS = """\
# Two statistics, and in the comment a [[statistic]] that is none.
[[statistic]]
id = "risk.ways"
title = "Ways of contact"
statement = "Messages came first, then games."
kind = "ranking"
unit = "ways"
caveat = \"\"\"
The order alone is known:
kind = "single" stands in no source.\"\"\"
observations = [
  { label = "messages", rank = 1 },  # the first
  { label = "games", rank = 2 },
]

[[statistic]]
id = "scope.reports"
title = "Reports about networks"
statement = "Almost a third of 610 reports were about networks."
kind = "single"
unit = "%"
population = "Reports received"
base = "610 reports"
period = "2019"
place = "UK"
page = "11-12"
marking = "closed"
sources = ["survey", "census"]
tags = ["peer-to-peer"]
observations = [
  { label = "about networks", value = 33.33, low = 30, high = 33.33, qualifier = "almost", words = "a third" },
]
"""

SCOPE = """\
+++
id = "scope"
part = "before"
label = "C1"
title = "Scope and aim"
short = "Scope"
summary = "What is covered."
page = "1"
+++

## Narrative

### Aim & scope {#p1 page=1}

The first passage, in two lines,
1 < 2, and a \\[bracket\\](not a link).

- a point
- another

### {#p2 page="1-2" sources="survey census" tags=young-people marking=closed}

The second passage.
"""

RISK = """\
+++
id = "risk"
part = "risks"
label = "1"
title = "The risk"
short = "Risk"
summary = "What is at stake."
marking = "closed"
+++

## Findings

### {#f1 page=2 statistics="risk.ways scope.reports" sources="census"}

Contact is made by messages.

### {#f2 marking=open statistics="scope.reports"}

Networks are *often* named.

## Narrative

### {#p1}

The only passage.
"""

ANSWER = """\
+++
id = "answer"
part = "risks"
parent = "risk"
label = "1.1"
title = "What may help"
short = "Answer"
summary = "What is to be done."
marking = "open"
caveats = ["home"]
+++

## Findings

### {#f1 label="Key 1" likelihood=likely confidence=high page=iv}

Questions may help[^why][^census].

[^why]: As [the risk](#risk) shows.

## Recommendations

### {#r1 label=R1 owner="The office" due="by 2021" findings="f1 risk.f1"}

Ask *again*.

## Narrative

### {#p1 label="1.1.1" page="Annex B" caveats=home}

As [it](#answer.r1) says:

| Way | Share |
|---|---:|
| Letters | 0.004 % |
"""

FILES = {
    "edition.toml": EDITION,
    "sources.toml": SOURCES,
    "glossary.toml": GLOSSARY,
    "tags.toml": TAGS,
    "statistics.toml": STATISTICS,
    "themes/10-scope.md": SCOPE,
    "themes/20-risk.md": RISK,
    "themes/30-answer.md": ANSWER,
}


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write draft files, by their names, into the folder."""
    (folder / "themes").mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def faults_of(folder: Path) -> list[str]:
    """The faults that reading the drafts finds; none where they are sound."""
    try:
        read_drafts(folder)
    except DraftErrors as err:
        return list(err.faults)
    return []
