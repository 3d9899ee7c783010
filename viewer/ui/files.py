"""Opening files from the window: by dialog, drop, command line, or from the recent ones."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from viewer import paths
from viewer.editions.opening import ReaderSession, Superseded
from viewer.errors import ViewerError
from viewer.ui.settings import Settings

EDITION_FILTER = "Editions (*.db);;All files (*)"  # for a dialog


class Files(QObject):
    """Opens editions. Signals: `opened(Opened)`, or `refused(ViewerError, path)` and nothing else changes."""

    opened = Signal(object)
    refused = Signal(object, object)

    def __init__(self, opener: ReaderSession, settings: Settings) -> None:
        super().__init__()
        self._opener, self._settings = opener, settings
        self._older: Path | None = None

    @property
    def home(self) -> Path:
        """The folder of the reader's own files."""
        return self._opener.home

    def open(self, path: Path, *, older: bool = False) -> None:
        """Open the edition at `path`; `older` is the reader's choice of a superseded one."""
        path = path.absolute()
        try:
            opened = self._opener.open(path, older=older)
        except ViewerError as err:
            self._older = path if isinstance(err, Superseded) else None
            self.refused.emit(err, path)
            return
        if path != paths.sample():
            self._settings.add_recent(path)
        self.opened.emit(opened)

    def open_sample(self) -> None:
        """Open the sample that comes with the program; the recent ones leave it out, since it is always there."""
        self.open(paths.sample())

    def open_older(self) -> None:
        """Open the superseded edition that was just refused."""
        if self._older is not None:
            self.open(self._older, older=True)

    def ask(self, parent: QWidget) -> None:
        """Let the reader pick a file."""
        from PySide6.QtWidgets import QFileDialog

        recent = self._settings.recent
        start = str(recent[0].parent) if recent else str(Path.home())
        name, _ = QFileDialog.getOpenFileName(parent, "Open an edition", start, EDITION_FILTER)
        if name:
            self.open(Path(name))

    def recent(self) -> list[Path]:
        """Return the editions opened last, the newest first."""
        return self._settings.recent

    def forget_recent(self) -> None:
        """Forget which editions were opened."""
        self._settings.forget_recent()
