"""Every action of the window in one place: its name, words, keys, icon."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from viewer.design.palette import Palette
from viewer.records import record
from viewer.ui.parts.icons import icon
from viewer.ui.views import VIEWS


@record
class ActionSpec:
    """One action as the reader meets it; the first of `keys` is shown in menus and tips."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    fades: bool = False  # its button is seen while it can do nothing
    checkable: bool = False


SPECS = (
    ActionSpec(name="open", text="Open an edition …", keys=("Ctrl+O",)),
    ActionSpec(name="sample", text="The sample edition"),
    ActionSpec(name="shelf", text="Editions on the shelf …", keys=("Ctrl+Shift+E",)),
    ActionSpec(name="back", text="Back", keys=("Alt+Left",), icon="back", fades=True),
    ActionSpec(name="forward", text="Forward", keys=("Alt+Right",), icon="forward", fades=True),
    ActionSpec(name="start", text="At a glance", keys=("Alt+Home",)),
    ActionSpec(name="previous_theme", text="Previous theme", keys=("Ctrl+PgUp",)),
    ActionSpec(name="next_theme", text="Next theme", keys=("Ctrl+PgDown",)),
    ActionSpec(name="next_item", text="Next item", keys=("J",)),
    ActionSpec(name="previous_item", text="Previous item", keys=("K",)),
    ActionSpec(name="glossary", text="Abbreviations", keys=("Ctrl+G",)),
    ActionSpec(name="sources", text="Sources", keys=("Ctrl+Shift+S",)),
    ActionSpec(name="issues", text="Issues across themes", keys=("Ctrl+I",)),
    ActionSpec(name="search", text="Search the edition", keys=("Ctrl+K", "/")),
    ActionSpec(name="next_match", text="Next match", keys=("F3",)),
    ActionSpec(name="previous_match", text="Previous match", keys=("Shift+F3",)),
    ActionSpec(name="related", text="Related items", keys=("R",)),
    ActionSpec(name="next_sentence", text="Next sentence", keys=("Shift+J",)),
    ActionSpec(name="previous_sentence", text="Previous sentence", keys=("Shift+K",)),
    ActionSpec(name="highlight", text="Highlight", keys=("H",)),
    ActionSpec(name="note", text="Note", keys=("N",)),
    ActionSpec(name="bookmark", text="Bookmark", keys=("B",)),
    ActionSpec(name="margin", text="Notes beside the page", keys=("Ctrl+M",)),
    ActionSpec(name="undo", text="Undo", keys=("Ctrl+Z",)),
    ActionSpec(name="redo", text="Redo", keys=("Ctrl+Shift+Z",)),
    ActionSpec(name="note_bin", text="Bin of notes …", keys=("Ctrl+Shift+B",)),
    ActionSpec(name="note_backups", text="Backups of notes …"),
    ActionSpec(name="export_notes", text="Export notes …"),
    ActionSpec(name="import_notes", text="Import notes …"),
    ActionSpec(name="find", text="Find in page", keys=("Ctrl+F",), icon="find", fades=True),
    ActionSpec(name="copy", text="Copy", keys=("Ctrl+C",)),
    ActionSpec(name="copy_cited", text="Copy with citation", keys=("Ctrl+Shift+C",)),
    ActionSpec(name="put_on_sheet", text="Put on the sheet", keys=("S",)),
    ActionSpec(name="put_theme_on_sheet", text="Put the theme on the sheet", keys=("Shift+S",)),
    ActionSpec(name="check_sheet", text="Check a sheet …", keys=("Ctrl+Shift+K",)),
    ActionSpec(name="register", text="Register of sheets", keys=("Ctrl+Shift+R",)),
    ActionSpec(name="smaller", text="Smaller text", keys=("Ctrl+-",), icon="smaller"),
    ActionSpec(name="larger", text="Larger text", keys=("Ctrl++", "Ctrl+="), icon="larger"),
    ActionSpec(name="normal_size", text="Text at 100 %", keys=("Ctrl+0",)),
    ActionSpec(name="turn_appearance", text="Light or dark", keys=("Ctrl+Shift+L",), icon="appearance"),
    ActionSpec(name="follow_system", text="Light and dark as the system", checkable=True),
    ActionSpec(name="full_screen", text="Full screen", keys=("F11",), checkable=True),
    ActionSpec(name="contents", text="Contents", keys=("F9",), icon="contents", fades=True, checkable=True),
    ActionSpec(name="next_pane", text="Next pane", keys=("F6",)),
    ActionSpec(name="seal", text="Seal and signature", keys=("Ctrl+Shift+V",)),
    ActionSpec(name="menu", text="Menu", keys=("F10",), icon="menu"),
    ActionSpec(name="help", text="User guide", keys=("F1",)),
    ActionSpec(name="quit", text="Quit", keys=("Ctrl+Q",)),
)


VIEW_SPECS = tuple(
    ActionSpec(name=f"view_{view.name}", text=view.text, keys=(view.key,), checkable=True) for view in VIEWS
)

NEED_EDITION = (  # what there must be an edition in sight for
    "shelf",
    "put_on_sheet", "put_theme_on_sheet", "check_sheet", "register",
    "search", "next_match", "previous_match", "related",
    "highlight", "note", "bookmark", "margin", "next_sentence", "previous_sentence", "undo", "redo",
    "note_bin", "note_backups", "export_notes", "import_notes",
    "start", "previous_theme", "next_theme", "next_item", "previous_item", "glossary", "sources", "issues", "find",
    "copy", "copy_cited", "next_pane", "seal", *(spec.name for spec in VIEW_SPECS),
)  # fmt: skip


class Actions:
    """The actions by name: `actions["back"]`."""

    def __init__(self, owner: QWidget) -> None:
        self._by_name = {spec.name: _action(spec, owner) for spec in (*SPECS, *VIEW_SPECS)}
        owner.addActions(list(self._by_name.values()))

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def enable(self, names: Iterable[str], on: bool) -> None:
        """Make actions work, or not."""
        for name in names:
            self._by_name[name].setEnabled(on)

    def name_steps(self, undo: str, redo: str) -> None:
        """Say on the actions which step undo and redo would do; empty where there is none."""
        for name, step in (("undo", undo), ("redo", redo)):
            spec = next(spec for spec in SPECS if spec.name == name)
            text = f"{spec.text} {step}".rstrip()
            self[name].setText(text)
            self[name].setToolTip(_tip(spec, text))

    def tint(self, palette: Palette, ratio: float) -> None:
        """Draw the icons anew in the palette's ink."""
        for spec in SPECS:
            if spec.icon:
                self._by_name[spec.name].setIcon(icon(spec.icon, palette, ratio, fades=spec.fades))


def _action(spec: ActionSpec, owner: QWidget) -> QAction:
    out = QAction(spec.text, owner)
    out.setShortcuts([QKeySequence(key) for key in spec.keys])
    out.setCheckable(spec.checkable)
    out.setToolTip(_tip(spec, spec.text))
    out.setIconVisibleInMenu(False)
    return out


def _tip(spec: ActionSpec, text: str) -> str:
    shown = QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if spec.keys else ""
    return f"{text} ({shown})" if shown else text
