"""The reading view: contents at the left, the page at the right, find under it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from viewer.bundle.bundle import Bundle
from viewer.pages.parts import Page
from viewer.ui.appearance import Appearance
from viewer.ui.parts.folding_splitter import FoldingSplitter
from viewer.ui.parts.widgets import scaled
from viewer.ui.reading.contents import ContentsPane
from viewer.ui.reading.navigator import Navigator
from viewer.ui.reading.page_find import PageFind
from viewer.ui.reading.pane import ReadingPane

if TYPE_CHECKING:
    from viewer.ui.reading.footnote_popup import FootnotePopup

NARROW = 820  # pixels at 100 %; below, the contents fold away
CONTENTS, LEAST = 272, 170  # pixels at 100 %: the width of the contents where nobody changed it, and the least


class ReadingView(FoldingSplitter):
    """Shows the pages that the navigator opens. Its `column` holds the page; search adds a bar of its own there."""

    def __init__(self, bundle: Bundle, navigator: Navigator, appearance: Appearance) -> None:
        contents, pane, page = ContentsPane(bundle), ReadingPane(appearance), QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(pane, 1)
        super().__init__(
            page, contents, side_width=lambda: scaled(CONTENTS), room=lambda: scaled(NARROW), side_first=True
        )
        self.contents, self.pane = contents, pane
        self._bundle, self._navigator, self._appearance = bundle, navigator, appearance
        self.column = column
        self.page_find = PageFind(pane, self.column, appearance)
        contents.setMinimumWidth(scaled(LEAST))
        pane.keep_margin()
        pane.marking_label = self._marking_label
        navigator.footnote_requested.connect(self._show_footnote)
        navigator.target_named.connect(self._show_target)
        navigator.returned.connect(lambda item: pane.choose(item, scroll=False))
        pane.item_chosen.connect(navigator.history.chose)
        pane.verticalScrollBar().valueChanged.connect(navigator.history.scrolled)

    @cached_property
    def popup(self) -> FootnotePopup:
        """The frame that shows a source or a note, made when the first one is asked for."""
        from viewer.ui.reading.footnote_popup import FootnotePopup

        popup = FootnotePopup(self._bundle, self._appearance, self)
        popup.link_requested.connect(lambda address: self._navigator.go(address, new_entry=True))
        return popup

    def show_page(self, page: Page, scroll: int) -> None:
        """Show a page, scrolled down by `scroll` pixels."""
        self.pane.show_page(page, scroll)
        self.contents.show_address(self._navigator.address)
        self.page_find.find_again()

    def present_item(self) -> str:
        """Return the id of the item on which the reader rests, empty while there is none."""
        return self.pane.item_of_selection() or ""

    def next_pane(self) -> None:
        """Move the keyboard from contents to page and back."""
        other = self.contents if self.contents.isVisible() and self.pane.hasFocus() else self.pane
        other.setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    def open_find(self) -> None:
        """Open find in page, with the selected words in it."""
        self.page_find.open()

    def copy(self) -> None:
        """Copy what is selected on the page."""
        self.pane.copy()

    def copy_cited(self) -> str:
        """Put the selection, or the present item, with its citation on the clipboard; return what was put there."""
        from viewer.ui.reading.copied_text import cited_text

        pane = self.pane
        text = cited_text(self._bundle, self._navigator.address, pane.item_map, pane.selection, pane.item)
        QApplication.clipboard().setText(text)
        return text

    def restyle(self) -> None:
        """Show the same place again in changed colours or sizes."""
        self.contents.restyle()
        self.contents.setMinimumWidth(scaled(LEAST))
        self.fit()
        self.pane.restyle()
        self.page_find.restyle()

    def _marking_label(self) -> str:
        from viewer.ui.reading.copied_text import marking_label

        pane = self.pane
        return marking_label(self._bundle, self._navigator.address, pane.item_map, pane.textCursor(), pane.item)

    def _show_target(self, target: str) -> None:
        if target.startswith("#"):
            self.pane.go_to(target[1:])
            self.contents.show_address(self._navigator.address.partition("/")[0] + target)
        else:
            self.pane.choose(target)

    def _show_footnote(self, address: str) -> None:
        self.popup.show_footnote(address, self.pane.link_point())
