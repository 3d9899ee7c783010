"""The user guide, from `resources/help`, in a window of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from viewer import places
from viewer.texts import guide_html
from viewer.ui.appearance import Appearance

WIDEST_PICTURE = 640  # pixels at 100 %


def chapters() -> list[Path]:
    """The chapters of the guide in reading order."""
    return sorted((places.resources() / "help").glob("*.md"))


def title_of(chapter: Path) -> str:
    """A chapter's title: its first heading."""
    return chapter.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").strip()


class HelpWindow(QWidget):
    """Chapters at the left, the chosen one at the right; works beside the main window."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("User guide")
        self.resize(980, 720)
        self._appearance = appearance
        self.list = QListWidget()
        self.list.setAccessibleName("Chapters")
        self.list.setFixedWidth(230)
        self.text = _GuidePane(appearance)
        self.text.setAccessibleName("Chapter")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self._chapters = chapters()
        self.list.addItems([title_of(chapter) for chapter in self._chapters])
        self.list.currentRowChanged.connect(self._show)
        self.text.chapter_requested.connect(self.open_chapter)
        appearance.changed.connect(self._show_again)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def open_chapter(self, name: str) -> None:
        """Shows the chapter in the file `name`; an unknown one changes nothing."""
        names = [chapter.name for chapter in self._chapters]
        if name in names:
            self.list.setCurrentRow(names.index(name))

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._chapters):
            self.text.show_chapter(self._chapters[at])

    def _show_again(self) -> None:
        self._show(self.list.currentRow())


class _GuidePane(QTextBrowser):
    """One chapter. Signals: `chapter_requested(file name)` on a link to another one."""

    chapter_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setOpenLinks(False)
        self.document().setDocumentMargin(28)
        self.anchorClicked.connect(lambda url: self.chapter_requested.emit(url.path()))

    def show_chapter(self, chapter: Path) -> None:
        """Shows `chapter` from its top."""
        self.document().setDefaultStyleSheet(self._appearance.page_style)
        self.setHtml(f'<body class="guide">{guide_html(chapter.read_text(encoding="utf-8"))}</body>')

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of the guide's own folder, no wider than the text; nothing else."""
        file = QUrl(name).path()
        if kind != QTextDocument.ResourceType.ImageResource.value or "/" in file:
            return None
        image = QImage(str(places.resources() / "help" / file))
        ratio = self.devicePixelRatioF()
        width = round(WIDEST_PICTURE * self._appearance.scale * ratio)
        if image.width() > width:
            image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image
