"""The user guide, from `resources/help`, in a window of its own."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QKeySequence, QResizeEvent, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from viewer import paths
from viewer.text.filter_words import FilterWords, comparable
from viewer.text.markdown import guide_html
from viewer.ui.appearance import Appearance
from viewer.ui.parts.clear_button import ClearButton
from viewer.ui.parts.widgets import scaled
from viewer.ui.reading.text_places import wide_text

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
    """Chapters at the left, those alone that hold what is sought; the chosen one at the right, with that marked."""

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
        self.words = QLineEdit(placeholderText="Find in the guide")
        self.words.setAccessibleName("Find in the guide")
        self._clear_button = ClearButton(self.words)
        self._clear_button.tint(appearance.palette, self.devicePixelRatioF())
        self.text = _GuidePane(appearance)
        self.text.setAccessibleName("Chapter")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        field = QHBoxLayout()
        field.setContentsMargins(8, 8, 8, 0)
        field.addWidget(self.words)
        left.addLayout(field)
        left.addWidget(self.list, 1)
        row.addWidget(self._left)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self._chapters = chapters()
        self.list.addItems([title_of(chapter) for chapter in self._chapters])
        self.list.currentRowChanged.connect(self._show)
        self.text.chapter_requested.connect(self.open_chapter)
        appearance.changed.connect(self._restyle)
        self.words.textChanged.connect(self._find)
        self.words.returnPressed.connect(self.text.show_next)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._begin)
        QShortcut(QKeySequence("F3"), self, self.text.show_next)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def open_chapter(self, name: str) -> None:
        """Show the chapter in the file `name`; an unknown one changes nothing."""
        names = [chapter.name for chapter in self._chapters]
        if name in names:
            self.words.clear()
            self.list.setCurrentRow(names.index(name))

    @cached_property
    def _compared(self) -> list[str]:
        """What each chapter says, as it is compared with what is sought."""
        out = []
        for chapter in self._chapters:
            document = QTextDocument()
            document.setHtml(guide_html(chapter.read_text(encoding="utf-8")))
            out.append(comparable(document.toPlainText()))
        return out

    def _begin(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _leave(self) -> None:
        """Give up what is sought; where that is nothing, close."""
        if self.words.text():
            self.words.clear()
        else:
            self.close()

    def _find(self, typed: str) -> None:
        """Leave only the chapters that hold all words, and mark these in the one shown."""
        words = FilterWords(typed)
        held = [at for at, compared in enumerate(self._compared) if words.are_in(compared)]
        for at in range(self.list.count()):
            self.list.item(at).setHidden(at not in held)
        self.text.mark(words)
        if held and self.list.currentRow() not in held:
            self.list.setCurrentRow(held[0])

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._chapters):
            self.text.show_chapter(self._chapters[at])

    def _restyle(self) -> None:
        self._fit()
        self._clear_button.tint(self._appearance.palette, self.devicePixelRatioF())
        self._show(self.list.currentRow())

    def _fit(self) -> None:
        """Give the chapters a width that grows with the text, and never much more than a third of the window."""
        self._left.setFixedWidth(min(scaled(CHAPTERS), self.width() * 2 // 5))

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
        self._words = FilterWords("")
        self._places: list[QTextCursor] = []
        self.setOpenLinks(False)
        self.document().setDocumentMargin(EDGE)
        self.anchorClicked.connect(lambda url: self.chapter_requested.emit(url.path()))

    def show_chapter(self, chapter: Path) -> None:
        """Show `chapter` from its top, or from the first of the words that are sought."""
        self._chapter = f'<body class="guide">{guide_html(chapter.read_text(encoding="utf-8"))}</body>'
        self._lay_out()
        self._go_to_first()

    def mark(self, words: FilterWords) -> None:
        """Mark `words` in the chapter shown and in those shown later, and go to the first place."""
        self._words = words
        self._paint_marks()
        self._go_to_first()

    def show_next(self) -> None:
        """Go to the next place of the words, after the last to the first."""
        at = self.textCursor().position()
        after = [place for place in self._places if place.selectionStart() >= at] or self._places[:1]
        if after:
            self._go_to(after[0])

    def _go_to_first(self) -> None:
        if self._places:
            self._go_to(self._places[0])

    def _go_to(self, place: QTextCursor) -> None:
        cursor = QTextCursor(place)
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _paint_marks(self) -> None:
        spans = self._words.spans(wide_text(self.document()))
        self._places = [_selected(self.document(), start, end) for start, end in spans]
        marks = []
        for place in self._places:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = place
            mark.format.setBackground(QColor(self._appearance.palette.found))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _lay_out(self) -> None:
        self._drawn_for = self._widest()
        self.document().setDefaultStyleSheet(self._appearance.page_style)
        self.setHtml(self._chapter)
        self._paint_marks()

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


def _selected(document: QTextDocument, start: int, end: int) -> QTextCursor:
    out = QTextCursor(document)
    out.setPosition(start)
    out.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return out
