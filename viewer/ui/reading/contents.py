"""The contents at the left: themes in their groups, each opening to what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6 import QtCore
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeWidget, QTreeWidgetItem, QWidget

from viewer.bundle.bundle import Bundle
from viewer.model import Finding, Item, Passage, Statistic, Theme, ThemeKind
from viewer.pages.theme import THEME_GROUP_NAMES
from viewer.text.markdown import plain_text
from viewer.text.safe import visible
from viewer.ui.parts.icons import tinted_pixmap
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import (
    ACCESSIBLE_TEXT_ROLE,
    USER_ROLE,
    disable_selection,
    head_font,
    hide_horizontal_scroll_bar,
)

ADDRESS = USER_ROLE
_WHOLE = (("At a glance", "page:start"),)
_LISTS = (("Abbreviations", "page:glossary"), ("Sources", "page:sources"), ("Issues across themes", "page:issues"))
_SECTIONS = (("findings", "Key findings"), ("figures", "Figures"), ("narrative", "Narrative"), ("sources", "Sources"))
MOST_LISTED = 500  # items under one section; the page shows them all
EXCERPT = 80  # characters of an item in the tree


class ContentsPane(QTreeWidget):
    """The tree of an edition: the open page is its selected row, the keyboard's cursor goes its own way.

    Signals: `address_chosen(address)` when the reader picks a place.
    """

    address_chosen = Signal(str)

    def __init__(self, bundle: Bundle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._counts = bundle.counts()
        self._themes: dict[str, QTreeWidgetItem] = {}
        self._places: dict[str, QTreeWidgetItem] = {}
        self.setObjectName("contents")
        self.setAccessibleName("Contents")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        hide_horizontal_scroll_bar(self)
        disable_selection(self)
        self._fill()
        self.restyle()
        self.itemExpanded.connect(self._fill_under)
        self.itemClicked.connect(self._announce)
        self.itemActivated.connect(self._announce)

    def show_address(self, address: str) -> None:
        """Marks the place that is open, and opens its theme to its sections."""
        row = self._places.get(address) or self._themes.get(_theme_of(address))
        self.clearSelection()
        if row is None:
            return
        if row.data(0, ADDRESS).startswith("theme:") and row.parent() is not None:
            for other in self._themes.values():
                if other is not row and other.isExpanded():
                    other.setExpanded(False)
            row.setExpanded(True)
        self.setCurrentItem(row)
        row.setSelected(True)
        self.scrollToItem(row)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """A small arrow before what opens; group heads are always open and have none."""
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
        """Where a key moves the cursor: past the group heads, which are no place to be."""
        here, key = self.currentIndex(), QAbstractItemView.CursorAction
        index = super().moveCursor(action, modifiers)
        on = self.indexAbove if action in (key.MoveUp, key.MovePrevious) else self.indexBelow
        while index.isValid() and self._is_head(index):
            index = on(index)
        return index if index.isValid() else here

    def keyboardSearch(self, search: str) -> None:
        """What is typed finds a row; of a group head, the first row under it."""
        super().keyboardSearch(search)
        if self._is_head(self.currentIndex()):
            self.setCurrentIndex(self.indexBelow(self.currentIndex()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A group head takes no click."""
        if not self._is_head(self.indexAt(event.position().toPoint())):
            super().mousePressEvent(event)

    def _is_head(self, index: QModelIndex) -> bool:
        return index.isValid() and not index.parent().isValid()

    def settle(self) -> None:
        """What can wait until after the first paint: group heads do not light up under the pointer."""
        from viewer.ui.reading.contents_hover import HeadsStayQuiet

        if self.findChild(HeadsStayQuiet) is None:  # it is asked for again whenever the edition comes into sight
            HeadsStayQuiet(self)

    def restyle(self) -> None:
        """Sizes the steps inwards and the group heads anew."""
        self.setIndentation(QApplication.font().pixelSize())
        for at in range(self.topLevelItemCount()):
            row = self.topLevelItem(at)
            if row is not None:
                row.setFont(0, head_font(self.font()))

    def _fill(self) -> None:
        groups = {kind: [t for t in self._bundle.themes() if t.kind is kind] for kind in ThemeKind}
        edition = self._group(THEME_GROUP_NAMES[ThemeKind.CONTEXT])
        for text, address in _WHOLE:
            self._place(edition, text, address)
        for theme in groups[ThemeKind.CONTEXT]:
            self._theme(edition, theme)
        for kind in (ThemeKind.EMERGING, ThemeKind.PRIORITY):
            if groups[kind]:
                group = self._group(THEME_GROUP_NAMES[kind])
                for theme in groups[kind]:
                    self._theme(group, theme)
        lists = self._group("Look up")
        for text, address in _LISTS:
            self._place(lists, text, address)

    def _group(self, text: str) -> QTreeWidgetItem:
        row = QTreeWidgetItem([text.upper()])
        row.setData(0, ACCESSIBLE_TEXT_ROLE, text)
        self.addTopLevelItem(row)
        row.setExpanded(True)
        return row

    def _place(self, parent: QTreeWidgetItem, text: str, address: str) -> QTreeWidgetItem:
        row = QTreeWidgetItem(parent, [text])
        row.setData(0, ADDRESS, address)
        row.setToolTip(0, plain_tip(text))
        self._places[address] = row
        return row

    def _theme(self, parent: QTreeWidgetItem, theme: Theme) -> None:
        number = f"{theme.number}  " if theme.kind is ThemeKind.PRIORITY else ""
        row = self._place(parent, visible(number + theme.short), f"theme:{theme.id}")
        row.setToolTip(0, plain_tip(visible(theme.title)))
        row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self._themes[theme.id] = row

    def _fill_under(self, row: QTreeWidgetItem) -> None:
        address = row.data(0, ADDRESS)
        if row.childCount() or not address or not address.startswith("theme:"):
            return
        theme, _, name = address.removeprefix("theme:").partition("#")
        if name:
            self._fill_section(row, theme, name)
        else:
            self._fill_theme(row, theme)

    def _fill_theme(self, row: QTreeWidgetItem, theme: str) -> None:
        amounts = (*self._counts.get(theme, (0, 0, 0)), len(self._bundle.sources_of(theme)))
        for (name, title), amount in zip(_SECTIONS, amounts, strict=True):
            if amount:
                under = self._place(row, f"{title}  ·  {amount:,}", f"theme:{theme}#{name}")
                if name != "sources":
                    under.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)

    def _fill_section(self, row: QTreeWidgetItem, theme: str, name: str) -> None:
        held = self._bundle
        readers: dict[str, Callable[[str], Sequence[Item]]] = {
            "findings": held.findings, "figures": held.statistics, "narrative": held.passages,
        }  # fmt: skip
        items = readers[name](theme) if name in readers else ()
        for item in items[:MOST_LISTED]:
            self._place(row, _excerpt(item), f"item:{item.id}")

    def _announce(self, row: QTreeWidgetItem) -> None:
        address = row.data(0, ADDRESS)
        if address:
            self.address_chosen.emit(address)


def _theme_of(address: str) -> str:
    """The theme that `theme:id`, `theme:id#section` or `theme:id/part` names."""
    return address.removeprefix("theme:").partition("#")[0].partition("/")[0]


def _excerpt(item: Item) -> str:
    match item:
        case Finding():
            return f"{item.position}  {plain_text(item.text)[:EXCERPT]}"
        case Statistic():
            return visible(item.title)
        case Passage():
            return f"{item.number}  {visible(item.heading) or plain_text(item.text)[:EXCERPT]}"
