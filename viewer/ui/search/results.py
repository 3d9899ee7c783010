"""The results of a search: what was found in how many items, the hits theme by theme, and what else to try."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from viewer.model import Hit
from viewer.search.messages import Advice
from viewer.ui.appearance import Appearance
from viewer.ui.parts.widgets import click_on_enter, named
from viewer.ui.search.hit_delegate import COLUMN, EDGE, HitDelegate
from viewer.ui.search.hit_list import HitModel, Rows

MOST_ADVICE = 5


class HitView(QListView):
    """The list of hits. Signals: `chosen(row)` on Return or a click, `passed` on the way up over the first row."""

    chosen = Signal(int)
    passed = Signal()

    def __init__(self, model: HitModel, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("hits")
        self.setAccessibleName("Results")
        self.setModel(model)
        self._hits = model
        self._delegate = HitDelegate(appearance)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def restyle(self) -> None:
        """Take over changed colours and sizes."""
        self._delegate.restyle()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def choose(self, row: int) -> bool:
        """Make `row` the present one and bring it into sight; return False where there is none such."""
        if row < 0:
            return False
        index = self._hits.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        if row == 1:
            self.scrollToTop()
        return True

    def present_item(self) -> str:
        """Return the present hit's id, empty where it is a theme or none."""
        _, held = self._hits.row(self.currentIndex().row())
        return held.id if isinstance(held, Hit) and held.kind != "theme" else ""

    def listed_items(self) -> list[str]:
        """Return the ids of all items that are listed."""
        rows = (self._hits.row(at)[1] for at in range(self._hits.rowCount()))
        return [held.id for held in rows if isinstance(held, Hit) and held.kind != "theme"]

    def step(self, by: int) -> bool:
        """Go to the next row that can be chosen; return False at the end."""
        return self.choose(self._hits.next_choice(self.currentIndex().row() + by, by))

    def event(self, event: QEvent) -> bool:
        """Let J and K step through the hits here, not through the page behind."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_J, Qt.Key.Key_K)
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step on Down, Up, J and K, and open on Return; the rest is Qt's."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_J:
                self.step(1)
            case Qt.Key.Key_Up | Qt.Key.Key_K:
                if not self.step(-1):
                    self.passed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit(self.currentIndex().row())
            case _:
                super().keyPressEvent(event)


class ResultsPane(QWidget):
    """What was found: a sentence with remarks, what else to try, the list, and what can be done with the search.

    Signals: `advice_taken(Advice)`, `exact_turned(on)`, `save_turned(on)`, `keeping_turned(on)`, `clear_requested`,
    `more_requested`.
    """

    advice_taken = Signal(object)
    exact_turned = Signal(bool)
    save_turned = Signal(bool)
    keeping_turned = Signal(bool)
    clear_requested = Signal()
    more_requested = Signal()

    def __init__(self, model: HitModel, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = HitView(model, appearance)
        self.sentence = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.sentence.setObjectName("sentence")
        self.sentence.setAccessibleName("What was found")
        self.remarks = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.remarks.setObjectName("remarks")
        self.filters = named(QPushButton("Filters"), "filters")
        self.filters.setCheckable(True)
        self.filters.setToolTip("Show the filters in place of the hits")
        self.exact = QCheckBox("Exact words")
        self.exact.setToolTip("Only words as they are typed: no other forms, spellings or abbreviations")
        self.save = QCheckBox("Keep this search")
        self.save.setToolTip("It stands among the saved searches while the field is empty, to be done again by Enter")
        self.more = QPushButton("More hits")
        self.keeping = QCheckBox("Remember past searches")
        self.clear = QPushButton("Forget past searches")
        self.offers: list[QPushButton] = []
        self._look = appearance
        self._head, self._foot = QWidget(), QWidget()
        self._advice = QVBoxLayout()
        self._lay_out()
        for button in (self.filters, self.more, self.clear):
            click_on_enter(button)
        self.exact.toggled.connect(self.exact_turned)
        self.save.clicked.connect(self.save_turned)
        self.keeping.clicked.connect(self.keeping_turned)
        self.clear.clicked.connect(self.clear_requested)
        self.more.clicked.connect(self.more_requested)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(18)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.sentence, 1)
        for widget in (self.filters, *self.tools):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(2 * EDGE, EDGE, EDGE, 6)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self.remarks)
        self._advice.setContentsMargins(0, 6, 0, 4)
        self._advice.setSpacing(6)
        head.addLayout(self._advice)
        as_wide_as_the_rows = QHBoxLayout()
        as_wide_as_the_rows.addWidget(self._head, 1000)
        as_wide_as_the_rows.addStretch(1)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(2 * EDGE, 6, EDGE, 10)
        foot.addWidget(self.more)
        foot.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(as_wide_as_the_rows)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)

    @property
    def tools(self) -> tuple[QWidget, ...]:
        """What can be done with a search, or with past ones, from left to right."""
        return self.exact, self.save, self.keeping, self.clear

    def add_group(self, widget: QWidget) -> None:
        """Put a group of its own, such as the reader's notes, above the hits."""
        self._column.insertWidget(1, widget)

    def show_in_place_of_hits(self, widget: QWidget | None) -> None:
        """Show another widget in place of the hits; for None, the hits again."""
        if widget is not None and widget.parentWidget() is not self:
            self._column.insertWidget(self._column.indexOf(self.list), widget, 1)
        self.list.setVisible(widget is None)

    def show_rows(self, model: HitModel, rows: Rows) -> None:
        """Show other rows from the top, none of them chosen."""
        model.show(rows)
        self.list.scrollToTop()

    def show_sentence(self, sentence: str, remarks: Sequence[str] = ()) -> None:
        """Show what was found, and under it what the reader should know of it."""
        self.sentence.setText(sentence)
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))

    def add_remark(self, remark: str) -> None:
        """Show one remark more, under those there are."""
        others = [line for line in self.remarks.text().split("\n") if line not in ("", remark)]
        self.show_sentence(self.sentence.text(), (*others, remark))

    def show_advice(self, advice: Sequence[Advice], *, in_a_row: bool = False) -> None:
        """Offer other searches, each as a button, under one another or in a row."""
        sideways, down = QVBoxLayout.Direction.LeftToRight, QVBoxLayout.Direction.TopToBottom
        self._advice.setDirection(sideways if in_a_row else down)
        while (item := self._advice.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.offers = [self._offer(one) for one in advice[:MOST_ADVICE]]
        for button in self.offers:
            self._advice.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if in_a_row:
            self._advice.addStretch(1)

    def _offer(self, advice: Advice) -> QPushButton:
        button = named(QPushButton(advice.text.replace("&", "&&")), "advice")
        button.setAccessibleName(advice.text)
        button.clicked.connect(partial(self.advice_taken.emit, advice))
        click_on_enter(button)
        return button

    def focus_advice(self) -> None:
        """Give the keyboard to the first of what is offered, where anything is."""
        if self.offers:
            self.offers[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_tools(self, listed: Literal["search", "history", "related", "fault"], *, more: bool = False) -> None:
        """Show what can be done with what is listed: a search's hits, past searches, or related items."""
        self.exact.setVisible(listed == "search")
        self.save.setVisible(listed == "search")
        self.keeping.setVisible(listed == "history")
        self.clear.setVisible(listed == "history")
        self._foot.setVisible(more)

    def restyle(self) -> None:
        """Take over changed colours and sizes."""
        self._head.setMaximumWidth(2 * EDGE + round(COLUMN * self._look.scale))
        self.list.restyle()
