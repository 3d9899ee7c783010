"""What a sheet holds and what it is without, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.model import Passage, Statistic
from viewer.sheets.recipe import SheetPart
from viewer.sheets.sheet import Sheet
from viewer.text import wording


def sheet_facts(sheet: Sheet, pages: int) -> Sequence[str]:
    """Return what the sheet holds, in the order of interest."""
    out = [sheet.marking.label, wording.count(pages, "page")]
    if sheet.recipe.copies > 1:
        out.append(wording.count(sheet.recipe.copies, "copy", "copies"))
    if sheet.withheld:
        why = wording.listed(f"{count} {reason}" for reason, count in sheet.withheld)
        out.append(f"{wording.count(sheet.withheld_count, 'item')} withheld: {why}")
    if sheet.missing:
        out.append(f"{len(sheet.missing)} not in this edition")
    return [*out, *([sheet.remark.rstrip(".")] if sheet.remark else [])]


def parts_left_out(sheet: Sheet, parts: Sequence[SheetPart]) -> list[SheetPart]:
    """Return the parts asked for of which a summary has nothing, since one page has no room for them."""
    held = {type(block.item) for chapter in sheet.chapters for section in chapter.sections for block in section.items}
    kinds = {SheetPart.FIGURES: Statistic, SheetPart.NARRATIVE: Passage}
    return [part for part, kind in kinds.items() if sheet.remark and part in parts and kind not in held]
