"""The user guide, from `resources/help`, in a window of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from viewer import paths
from viewer.text.markdown import guide_html
from viewer.ui.appearance import Appearance
from viewer.ui.parts.widgets import scaled

WIDEST_PICTURE = 640  # pixels at 100 %
CHAPTERS = 230  # pixels at 100 %: the width of their list
EDGE = 28  # pixels around the text


def chapters() -> list[Path]:
    """Return the chapters of the guide in reading order."""
    return sorted((paths.resources() / "help").glob("*.md"))


def title_of(chapter: Path) -> str:
    """Return a chapter's title: its first heading."""
    return chapter.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").strip()


class HelpWindow(QWidget):
    """Chapters at the left, the chosen one at the right; works beside the main window."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("User guide")
        self.resize(QSize(scaled(980), scaled(720)).boundedTo(self.screen().availableSize() - QSize(40, 80)))
        self._appearance = appearance
        self.list = QListWidget()
        self.list.setAccessibleName("Chapters")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        appearance.changed.connect(self._restyle)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def open_chapter(self, name: str) -> None:
        """Show the chapter in the file `name`; an unknown one changes nothing."""
        names = [chapter.name for chapter in self._chapters]
        if name in names:
            self.list.setCurrentRow(names.index(name))

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._chapters):
            self.text.show_chapter(self._chapters[at])

    def _restyle(self) -> None:
        self._fit()
        self._show(self.list.currentRow())

    def _fit(self) -> None:
        """Give the chapters a width that grows with the text, and never much more than a third of the window."""
        self.list.setFixedWidth(min(scaled(CHAPTERS), self.width() * 2 // 5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the text most of the room."""
        super().resizeEvent(event)
        self._fit()


class _GuidePane(QTextBrowser):
    """One chapter. Signals: `chapter_requested(file name)` on a link to another one."""

    chapter_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._chapter, self._drawn_for = "", 0
        self.setOpenLinks(False)
        self.document().setDocumentMargin(EDGE)
        self.anchorClicked.connect(lambda url: self.chapter_requested.emit(url.path()))

    def show_chapter(self, chapter: Path) -> None:
        """Show `chapter` from its top."""
        self._chapter = f'<body class="guide">{guide_html(chapter.read_text(encoding="utf-8"))}</body>'
        self._lay_out()

    def _lay_out(self) -> None:
        self._drawn_for = self._widest()
        self.document().setDefaultStyleSheet(self._appearance.page_style)
        self.setHtml(self._chapter)

    def _widest(self) -> int:
        """Return the room for a picture, with a scroll bar beside it or not, in pixels."""
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * EDGE
        return max(1, min(scaled(WIDEST_PICTURE), room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the pictures as wide as there is room for them now, and stay at the same place."""
        super().resizeEvent(event)
        if self._chapter and self._widest() != self._drawn_for:
            at = self.verticalScrollBar().value()
            self._lay_out()
            self.verticalScrollBar().setValue(at)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the guide's own folder, no wider than the text; nothing else."""
        file = QUrl(name).path()
        if kind != QTextDocument.ResourceType.ImageResource.value or "/" in file:
            return None
        image = QImage(str(paths.resources() / "help" / file))
        ratio = self.devicePixelRatioF()
        width = round(self._widest() * ratio)
        if image.width() > width:
            image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image
