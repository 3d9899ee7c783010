"""The text of one theme's draft, cut into its front matter and the blocks under its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from viewer.publish.draft_files import DraftTable, parse_toml
from viewer.publish.faults import DraftLocation, Faults, did_you_mean
from viewer.publish.prose import TYPOGRAPHIC, trimmed

FENCE = "+++"
SECTIONS = FINDINGS, RECOMMENDATIONS, NARRATIVE = ("Findings", "Recommendations", "Narrative")
_HEADING = re.compile(r" {0,3}(#+)(.*)")
_BRACES = re.compile(r"(?P<title>.*?)[ \t]*\{(?P<inside>[^{}]*)\}")
_ATTRIBUTE = re.compile(r'(?:#(?P<id>\S+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+)))(?=\s|$)')


@dataclass(slots=True)
class DraftBlock:
    """A heading of level 3 with its attributes, and the lines below it."""

    section: str  # one of SECTIONS; empty under a heading of level 2 that is none
    place: DraftLocation
    title: str
    attributes: dict[str, str]  # the id, written with #, under "id"
    lines: list[str] = field(default_factory=list)
    is_cut: bool = False  # whether a line of it was taken for a heading, which is a fault already

    @property
    def table(self) -> DraftTable:
        """The attributes as a table, for reading by the rules of fields."""
        return DraftTable(values=self.attributes, place=self.place)

    @property
    def text(self) -> str:
        """The text below the heading, without blank lines around it."""
        return trimmed("\n".join(self.lines))

    def place_in_text(self, line: int) -> DraftLocation:
        """Return where line `line`, 0 and up, of `text` stands in the file."""
        blank = next((index for index, below in enumerate(self.lines) if below.strip()), 0)
        return DraftLocation(file=self.place.file, line=self.place.line + 1 + blank + line)


def split(text: str, file: str, faults: Faults) -> tuple[DraftTable | None, list[DraftBlock]]:
    """Return the front matter, None where it cannot be read, and the blocks in order."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        faults.add(DraftLocation(file=file, line=1), f"the file should begin with a line {FENCE}")
        return None, []
    ends = [number for number, line in enumerate(lines) if number and line.rstrip() == FENCE]
    if not ends:
        faults.add(DraftLocation(file=file, line=1), f"the front matter has no closing line {FENCE}")
        return None, []
    front = parse_toml("\n".join(lines[1 : ends[0]]), file, faults, offset=1)
    splitter = _Splitter(file, faults)
    for number, line in enumerate(lines[ends[0] + 1 :], start=ends[0] + 2):
        splitter.line(line, DraftLocation(file=file, line=number))
    return front, splitter.blocks


class _Splitter:
    """The section and block that the lines belong to, and the blocks so far."""

    def __init__(self, file: str, faults: Faults) -> None:
        self.blocks: list[DraftBlock] = []
        self._file = file
        self._faults = faults
        self._sections: dict[str, DraftLocation] = {}
        self._section: str | None = None
        self._block: DraftBlock | None = None
        self._stray = False  # whether text before a heading has been reported already

    def line(self, line: str, place: DraftLocation) -> None:
        """Add one line of the file."""
        if heading := _HEADING.fullmatch(line):
            self._heading(heading[1], heading[2], place)
        elif self._block is not None:
            self._block.lines.append(line)
        elif line.strip() and not self._stray:
            self._faults.add(place, "text stands before the first heading of level 3 (###)")
            self._stray = True

    def _heading(self, signs: str, title: str, place: DraftLocation) -> None:
        self._stray = False
        if len(signs) not in (2, 3):
            self._misread(place, f"headings are of level 2 or 3 here, not {len(signs)}; \\# is the sign")
        elif not title[:1].isspace():
            self._misread(place, f"a space is missing after {signs}; \\# is the sign")
        elif len(signs) == 2:
            self._enter_section(title.strip(), place)
        else:
            self._enter_block(title.strip(), place)

    def _misread(self, place: DraftLocation, reason: str) -> None:
        """Report a heading, but not what is below it for the lack of the section that it may have meant."""
        self._faults.add(place, reason)
        self._section = self._section or ""
        if self._block is not None:
            self._block.is_cut = True

    def _enter_section(self, title: str, place: DraftLocation) -> None:
        if title not in SECTIONS and self._block is not None:
            self._block.is_cut = True
        self._block = None
        self._section = title if title in SECTIONS else ""
        if not self._section:
            expected = f"a heading of level 2 is {', '.join(SECTIONS[:-1])} or {SECTIONS[-1]}"
            self._faults.add(place, f'{expected}, not "{title}"{did_you_mean(title, SECTIONS)}')
        elif title in self._sections:
            self._faults.add(place, f"the section {title} already began at {self._sections[title]}")
        else:
            after = [other for other in self._sections if other in SECTIONS[SECTIONS.index(title) :]]
            if after:
                self._faults.add(place, f"the section {title} stands before {after[0]}")
        self._sections.setdefault(title, place)

    def _enter_block(self, title: str, place: DraftLocation) -> None:
        if self._section is None:
            self._misread(
                place, f"a heading ## {', ## '.join(SECTIONS[:-1])} or ## {SECTIONS[-1]} should stand before this"
            )
        heading, attributes = self._attributes(title, place)
        self._block = DraftBlock(self._section or "", place, heading, attributes)
        self.blocks.append(self._block)

    def _attributes(self, title: str, place: DraftLocation) -> tuple[str, dict[str, str]]:
        found = _BRACES.fullmatch(title)
        if found is None:
            return title, {}
        attributes: dict[str, str] = {}
        rest = found["inside"].strip()
        if sign := TYPOGRAPHIC.search(re.sub(r'"[^"]*"', "", rest)):
            self._faults.add(
                place, f'{sign[0]} is a typographic quotation mark; values stand between straight ones: "text"'
            )
            return found["title"].strip(), {"id": "".join(re.findall(r"#(\S+)", rest)[:1])}
        while rest:
            attribute = _ATTRIBUTE.match(rest)
            if attribute is None:
                self._faults.add(place, f'this cannot be read in the braces: "{rest}"')
                break
            key = attribute["key"] or "id"
            if key in attributes:
                self._faults.add(place, f'"{key}" stands twice in the braces')
            attributes[key] = attribute["id"] or attribute["quoted"] or attribute["bare"] or ""
            rest = rest[attribute.end() :].lstrip()
        return found["title"].strip(), attributes
