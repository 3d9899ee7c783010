"""All changes as one JSON document. Its keys are read by scripts: none is renamed or taken away."""

from __future__ import annotations

from viewer.changes.headline import headline
from viewer.changes.presented import PresentedChange, present_change
from viewer.changes.presented_values import PresentedRow, PresentedValue
from viewer.changes.records import Change, Changes, Direction
from viewer.model import Edition

_EDITION_FIELDS = ("series", "label", "serial", "issued", "review", "marking")


def changes_as_json(found: Changes) -> dict[str, object]:
    """Return all of it."""
    return {
        "old": _edition(found.old),
        "new": _edition(found.new),
        "headline": headline(found.all),
        "cautions": list(found.cautions),
        "changes": [_change(present_change(change, found.earlier_titles)) for change in found.all],
    }


def _edition(edition: Edition) -> dict[str, object]:
    return {name: getattr(edition, name) for name in _EDITION_FIELDS}


def _change(presented: PresentedChange) -> dict[str, object]:
    change = presented.change
    return {
        "sort": change.subject.value,
        "id": change.id,
        "old_id": change.old.id if change.old is not None else None,
        "theme": change.theme or None,
        "what": presented.subject,
        "ways": [kind.value for kind in change.kinds],
        "how": presented.how,
        "likeness": change.likeness,
        "marking": [marking.label for marking in change.marking] if change.marking else None,
        "direction": change.direction.value if change.values else None,
        "cannot_be_compared": list(change.broken),
        "values": [_row(row, change) for row in presented.changed_rows],
        "old_text": presented.old_text or None,
        "new_text": presented.new_text or None,
        "difference": [[segment.kind, segment.text] for segment in presented.segments],
    }


def _row(row: PresentedRow, change: Change) -> dict[str, object]:
    return {
        "old": _labelled(row.old),
        "new": _labelled(row.new),
        "difference": row.change.gap if row.change and not change.broken else None,
        "direction": (row.change.direction if row.change else Direction.OPEN).value,
    }


def _labelled(value: PresentedValue | None) -> str | None:
    return value.labelled if value is not None else None
