"""Opens the window without one of what makes its start quicker: `python start_without.py NAME FILE`.

NAME is `lazy_qt` (viewer.ui.platform.qt_import), `named_enums` (widgets.set_enum), or `records` (viewer.records).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent.parent))


def lazy_qt() -> None:
    """Import PySide6 as any program does."""
    from viewer.ui.platform import qt_import

    qt_import.import_qt = lambda: None


def named_enums() -> None:
    """Name an enumeration of `Qt` as soon as it is there."""
    from viewer.ui.platform import qt_import

    usual = qt_import.import_qt

    def import_and_name() -> None:
        usual()
        from PySide6 import QtCore

        QtCore.Qt.AlignmentFlag  # noqa: B018 - naming it is what takes time

    qt_import.import_qt = import_and_name


def records() -> None:
    """Make every record a dataclass of the standard library."""
    import dataclasses

    from viewer import records

    known: Any = records
    known.record = dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
    known.field = dataclasses.field
    known.replace = dataclasses.replace
    known.positional_constructor = _positional_constructor


def _positional_constructor(cls: type[Any]) -> Callable[..., Any]:
    import dataclasses

    names = [known.name for known in dataclasses.fields(cls)]
    return lambda *values: cls(**dict(zip(names, values, strict=True)))


WITHOUT: dict[str, Callable[[], None]] = {"lazy_qt": lazy_qt, "named_enums": named_enums, "records": records}

if __name__ == "__main__":
    name, file = sys.argv[1:]
    WITHOUT[name]()
    from viewer.cli import main

    sys.exit(main(["open", file, "--first-paint"]))
