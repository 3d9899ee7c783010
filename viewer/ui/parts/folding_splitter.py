"""Contents and page side by side, and how wide the contents are."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter, QWidget

from viewer.ui.parts.widgets import scaled

CONTENTS, LEAST = 272, 170  # pixels at 100 %: the width of the contents where nobody changed it, and the least


class ContentsSplit(QSplitter):
    """The contents as wide as the text size asks for, or as the reader dragged them."""

    def __init__(self, contents: QWidget, page: QWidget) -> None:
        super().__init__()
        self._contents = contents
        self.dragged: int | None = None  # the width that the reader chose, in pixels
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(contents)
        self.addWidget(page)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._drag)

    def fit(self) -> None:
        """Give the contents their width again, and the page the rest."""
        self._contents.setMinimumWidth(scaled(LEAST))
        self.setSizes([self.dragged or scaled(CONTENTS), 1])  # the page takes what is over

    def _drag(self, to: int) -> None:
        self.dragged = to
