"""Checks of the markings in drafts as a whole: their labels, their inks, and the edition's own marking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from viewer.bundle.marking_rules import LEAST_CONTRAST, LabelFlaw, label_flaw, label_skeleton, too_low_contrast
from viewer.model import Edition, Marking
from viewer.publish.draft_files import DraftTable
from viewer.publish.faults import DraftLocation, Faults
from viewer.publish.known import Known

_LABEL_REASONS = {
    LabelFlaw.UNSEEN: 'the label "{}" holds a character that cannot be seen',
    LabelFlaw.NO_LETTER: 'the label "{}" has no letter',
}


def check_scheme(rows: Sequence[Mapping[str, Any]], tables: Sequence[DraftTable], faults: Faults) -> None:
    """Report labels that cannot be read or told apart, and inks that do not stand out; `tables` are the rows' own."""
    known: dict[str, DraftLocation] = {}
    for row, table in zip(rows, tables, strict=True):
        label, place = row["label"], table.place_of("label")
        if label:
            if flaw := label_flaw(label):
                faults.add(place, _LABEL_REASONS[flaw].format(label))
            other = known.setdefault(label_skeleton(label), place)
            if other != place:
                faults.add(place, f'the label "{label}" reads like the one at {other}')
        if row["colour"] and row["ink"] and (found := too_low_contrast(row["colour"], row["ink"])):
            reason = f"the ink {row['ink']} has a contrast of {found} to 1 on the colour {row['colour']}"
            faults.add(table.place_of("ink"), f"{reason}, below {LEAST_CONTRAST}")


def check_edition_marking(edition: Edition, scheme: Sequence[Marking], known: Known) -> None:
    """Report an edition that is marked below one of its themes or items: its marking stands above all of them."""
    levels = {marking.code: marking.level for marking in scheme if marking.level is not None}
    if edition.marking not in levels:
        return
    (_, place), *others = known.markings.uses  # the edition was read first
    borne = [(levels[code], code, at) for code, at in others if code in levels]
    level, code, at = max(borne, key=lambda one: one[0], default=(0, "", place))
    if level > levels[edition.marking]:
        faults = known.faults
        faults.add(place, f'the edition is marked "{edition.marking}", below the "{code}" of {at}')
