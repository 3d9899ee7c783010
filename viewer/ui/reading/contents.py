"""The contents at the left: themes in their groups, each opening to what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeWidget, QTreeWidgetItem, QWidget

from viewer.bundle.bundle import Bundle
from viewer.model import Item, Part, Passage, Statistic, Theme
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.safe import VisibleText, visible
from viewer.ui.parts.icons import tinted_pixmap
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import head_font, set_enum

if TYPE_CHECKING:
    from viewer.ui.reading.contents_hover import HeadingHoverFilter

_EDITION = "The edition"
_OVERVIEWS = (("At a glance", "page:start"),)
_LISTS = (("Abbreviations", "page:glossary"), ("Sources", "page:sources"), ("Issues across themes", "page:issues"))
_SECTIONS = (
    ("findings", "Key findings"),
    ("recommendations", "Recommendations"),
    ("figures", "Figures"),
    ("narrative", "Narrative"),
    ("sources", "Sources"),
)
MOST_LISTED = 500  # items under one section; the page shows them all
EXCERPT = 80  # characters of an item in the tree


class ContentsPane(QTreeWidget):
    """The tree of an edition: the open page is the selected row, and the keyboard's cursor moves without opening.

    Signals: `address_chosen(address)` when the reader picks a place.
    """

    address_chosen = Signal(str)

    def __init__(self, bundle: Bundle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._counts = bundle.counts()
        self._hover_filter: HeadingHoverFilter | None = None
        self._typed, self._since_key = "", QElapsedTimer()  # what the keyboard seeks
        self._themes: dict[str, _Row] = {}
        self._rows: dict[str, _Row] = {}  # by address
        self._headings: list[tuple[VisibleText, QTreeWidgetItem]] = []  # with their words
        self._filled: set[str] = set()  # the addresses under which all stands that they hold
        self.setObjectName("contents")
        self.setAccessibleName("Contents")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        set_enum(self, "horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        set_enum(self, "selectionMode", "NoSelection")  # neither click nor key: what is open is marked
        self._fill()
        self.restyle()
        self.itemExpanded.connect(self._fill_under)
        self.itemClicked.connect(self._announce)
        self.itemActivated.connect(self._announce)

    def show_address(self, address: str) -> None:
        """Mark the place that is open, and open its theme to its sections."""
        row = (
            self._rows.get(address) or self._rows.get(address.partition("/")[0]) or self._themes.get(_theme_of(address))
        )
        self.clearSelection()
        if row is None:
            return
        if row.address.startswith("theme:") and row.parent() is not None:
            for other in self._themes.values():
                if other.isExpanded() and other not in _lineage(row):
                    other.setExpanded(False)
            for above in reversed(_lineage(row)):  # from the top: what opens is filled, and its rows put in anew
                above.setExpanded(True)
        self.setCurrentItem(row)
        row.setSelected(True)
        self.scrollToItem(row)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint a small arrow before what opens; group headings are always open and have none."""
        super().drawBranches(painter, rect, index)
        row = self.itemFromIndex(index)
        opens = row.childCount() or row.childIndicatorPolicy() is QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator
        if row.parent() is None or not opens:
            return
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        size = QApplication.font().pixelSize()
        place = QRect(rect.right() - size + 1, rect.center().y() - size // 2 + 1, size, size)
        painter.drawPixmap(place, tinted_pixmap("down" if row.isExpanded() else "forward", quiet))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: QtCore.Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key moves the cursor: past the group headings, which lead nowhere."""
        here, key = self.currentIndex(), QAbstractItemView.CursorAction
        index = super().moveCursor(action, modifiers)
        on = self.indexAbove if action in (key.MoveUp, key.MovePrevious) else self.indexBelow
        while index.isValid() and self._is_heading(index):
            index = on(index)
        return index if index.isValid() else here

    def keyboardSearch(self, search: str) -> None:
        """Go to the next row of which a word begins as typed; of a group heading, to the first row under it."""
        import re

        from viewer.text.filter_words import comparable

        goes_on = self._since_key.isValid() and self._since_key.elapsed() < QApplication.keyboardInputInterval()
        self._typed = self._typed + search if goes_on else search
        self._since_key.start()
        here = self.currentIndex()
        is_one_letter = len(set(self._typed)) == 1  # again and again, it leads from row to row
        word = comparable(self._typed[:1] if is_one_letter else self._typed)
        begins = re.compile(rf"(?<![^\W_]){re.escape(word)}")
        for index in self._rows_from(self.indexBelow(here) if is_one_letter else here):
            if begins.search(comparable(index.data())):
                self.setCurrentIndex(self.indexBelow(index) if self._is_heading(index) else index)
                return

    def _rows_from(self, start: QModelIndex) -> Iterator[QModelIndex]:
        """Yield every row in sight, from `start` on and round to it."""
        first = self.model().index(0, 0)
        begun = index = start if start.isValid() else first
        while index.isValid():
            yield index
            below = self.indexBelow(index)
            index = below if below.isValid() else first
            if index == begun:
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave a click on a group heading without effect."""
        if not self._is_heading(self.indexAt(event.position().toPoint())):
            super().mousePressEvent(event)

    def _is_heading(self, index: QModelIndex) -> bool:
        return index.isValid() and not index.parent().isValid()

    def settle(self) -> None:
        """Do what can wait until after the first paint: how group headings are read aloud, and that none lights up."""
        if self._hover_filter is None:  # asked for again whenever the edition comes into sight
            for text, row in self._headings:
                row.setData(0, QtCore.Qt.ItemDataRole.AccessibleTextRole, text)
                row.setToolTip(0, plain_tip(text))  # a long title is cut off
            from viewer.ui.reading.contents_hover import HeadingHoverFilter

            self._hover_filter = HeadingHoverFilter(self)

    def restyle(self) -> None:
        """Set the steps inwards and the group headings to the text size."""
        self.setIndentation(QApplication.font().pixelSize())
        for at in range(self.topLevelItemCount()):
            row = self.topLevelItem(at)
            if row is not None:
                row.setFont(0, head_font(self.font()))

    def _fill(self) -> None:
        edition = self._group(visible(_EDITION))
        for text, address in _OVERVIEWS:
            self._add_row(edition, visible(text), address)
        for part in self._bundle.parts():
            group = edition if part.title == _EDITION else self._group(visible(part.title))
            self._fill_part(group, part)
        lists = self._group(visible("Look up"))
        for text, address in _LISTS:
            self._add_row(lists, visible(text), address)

    def _fill_part(self, group: QTreeWidgetItem, part: Part) -> None:
        for theme in self._bundle.themes():
            if theme.part == part.id:
                self._theme(self._themes.get(theme.parent, group), theme)

    def _group(self, text: VisibleText) -> QTreeWidgetItem:
        row = QTreeWidgetItem([text.upper()])
        self._headings.append((text, row))
        self.addTopLevelItem(row)
        row.setExpanded(True)
        return row

    def _add_row(self, parent: QTreeWidgetItem, text: VisibleText, address: str) -> _Row:
        row = _Row(parent, text, address)
        row.setToolTip(0, plain_tip(text))
        self._rows[address] = row
        return row

    def _theme(self, parent: QTreeWidgetItem, theme: Theme) -> None:
        title = wording.labelled_title(self._bundle.shown_label(theme), theme.short)
        row = self._add_row(parent, visible(title), f"theme:{theme.id}")
        row.setToolTip(0, plain_tip(visible(theme.title)))
        row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self._themes[theme.id] = row

    def _fill_under(self, row: QTreeWidgetItem) -> None:
        if not isinstance(row, _Row) or not row.address.startswith("theme:") or row.address in self._filled:
            return
        self._filled.add(row.address)
        theme, _, name = row.address.removeprefix("theme:").partition("#")
        if name:
            self._fill_section(row, theme, name)
        else:
            self._fill_theme(row, theme)

    def _fill_theme(self, row: QTreeWidgetItem, theme: str) -> None:
        themes_under = row.takeChildren()
        amounts = (*self._counts[theme], len(self._bundle.sources_of(theme)))
        for (name, title), amount in zip(_SECTIONS, amounts, strict=True):
            if amount:
                under = self._add_row(row, visible(f"{title}  ·  {amount:,}"), f"theme:{theme}#{name}")
                if name != "sources":
                    under.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        row.addChildren(themes_under)

    def _fill_section(self, row: QTreeWidgetItem, theme: str, name: str) -> None:
        held = self._bundle
        readers: dict[str, Callable[[str], Sequence[Item]]] = {
            "findings": held.findings, "recommendations": held.recommendations, "figures": held.statistics,
            "narrative": held.passages,
        }  # fmt: skip
        items = readers[name](theme) if name in readers else ()
        for item in items[:MOST_LISTED]:
            self._add_row(row, _excerpt(item), f"item:{item.id}")
        if len(items) > MOST_LISTED:
            more = f"… {len(items) - MOST_LISTED:,} more on the page"
            self._add_row(row, visible(more), f"item:{items[MOST_LISTED].id}")

    def _announce(self, row: QTreeWidgetItem) -> None:
        if isinstance(row, _Row):
            self.address_chosen.emit(row.address)


class _Row(QTreeWidgetItem):
    """A row that leads to a place."""

    def __init__(self, parent: QTreeWidgetItem, text: VisibleText, address: str) -> None:
        super().__init__(parent, [text])
        self.address = address


def _lineage(row: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """Return a row and those under which it stands, up to the group's heading."""
    found: list[QTreeWidgetItem] = []
    above: QTreeWidgetItem | None = row
    while above is not None:
        found.append(above)
        above = above.parent()
    return found


def _theme_of(address: str) -> str:
    """Return the theme that `theme:id`, `theme:id#section` or `theme:id/part` names."""
    return address.removeprefix("theme:").partition("#")[0].partition("/")[0]


def _excerpt(item: Item) -> VisibleText:
    if isinstance(item, Statistic):
        return visible(item.title)
    heading = item.heading if isinstance(item, Passage) else ""
    return visible(wording.labelled_title(wording.item_number(item), heading or text_plain(item.text)[:EXCERPT]))
