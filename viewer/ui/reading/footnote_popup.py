"""A small frame beside the mark of a footnote that shows its source or its note."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.pages.footnotes import note_words
from viewer.pages.parts import source_html
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.safe import Html, VisibleText, format_html, visible
from viewer.ui.appearance import Appearance
from viewer.ui.parts.rich_label import RichLabel


class FootnotePopup(QFrame):
    """Shows one source or note until a click elsewhere or Escape.

    Signals: `link_requested(address)` on a cross-reference in a note.
    """

    link_requested = Signal(str)

    WIDTH = 380  # pixels

    def __init__(self, bundle: Bundle, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._bundle = bundle
        self.setObjectName("popup")
        self._text = RichLabel(appearance)
        self._text.linkActivated.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._text)

    def show_footnote(self, address: str, at: QPoint) -> None:
        """Show what stands at `source:id` or `note:item/id` under the point `at` of the screen, within the screen.

        An address that leads nowhere in the edition shows nothing.
        """
        try:
            shown, spoken = _footnote(self._bundle, address)
        except NotFound:
            return
        self._text.show_html(shown)
        self.setAccessibleName(spoken)
        self._text.setFixedWidth(self.WIDTH)
        self.adjustSize()
        space = self.screen().availableGeometry()
        x = min(at.x(), space.right() - self.width() - 8)
        y = at.y() + 14 if at.y() + 14 + self.height() < space.bottom() else at.y() - self.height() - 14
        self.move(max(space.left() + 8, x), y)
        self.show()

    def _follow(self, address: str) -> None:
        self.hide()
        self.link_requested.emit(address)


def _footnote(bundle: Bundle, address: str) -> tuple[Html, VisibleText]:
    """Return a footnote as HTML, and what a screen reader says of it. Raises NotFound."""
    kind, _, name = address.partition(":")
    if kind == "source":
        source = bundle.source(name)
        shown = format_html("<p><b>{}</b>&nbsp; {}</p>", source.number, source_html(source))
        return shown, visible(f"Source {source.number}: {source.title}")
    item, _, note_id = name.partition("/")
    for at, note in enumerate(bundle.item(item).footnotes):
        if note.id == note_id:
            letter = wording.footnote_letter(at)
            shown = format_html("<p><b>{}</b>&nbsp; {}</p>", letter, note_words(note.text))
            return shown, visible(f"Note {letter}: {text_plain(note.text)}")
    raise bundle.not_found("note", note_id)
