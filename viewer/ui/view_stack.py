"""The views of an edition in one place, of which one is in sight; each is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from viewer.ui.views import Copies, CopiesCited, Findable, HasPresentItem, ListsItems, Restylable


class ViewStack(QStackedWidget):
    """Holds the views by name; fulfils `context.Views`. Signals: `view_changed(name)` when a view is shown."""

    view_changed = Signal(str)

    def __init__(self, make: Callable[[str], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._by_name: dict[str, QWidget] = {}
        self._keyboards: dict[str, QWidget] = {}

    def add_view(self, name: str, view: QWidget, *, keyboard: QWidget | None = None) -> None:
        """Add a view that is made already; `keyboard` takes the keyboard when it is shown, else the view itself."""
        self._by_name[name] = view
        self._keyboards[name] = keyboard or view
        self.addWidget(view)

    def show_view(self, name: str) -> QWidget:
        """Show the view `name`, which is made the first time, and return it."""
        if name not in self._by_name:
            self.add_view(name, self._make(name))
        view = self._by_name[name]
        if self.currentWidget() is not view:
            self.setCurrentWidget(view)
            self._keyboards[name].setFocus()
        self.view_changed.emit(name)
        return view

    @property
    def name(self) -> str:
        """The name of the view in sight; empty while it is none of those of the top bar."""
        return next((name for name, view in self._by_name.items() if view is self.currentWidget()), "")

    def is_reading(self) -> bool:
        """Tell whether the page is in sight."""
        return self.name == "read"

    def present_item(self) -> str:
        """Return the id of the present item in the view in sight, empty while there is none."""
        holder = next((one for one in self._from_focus() if isinstance(one, HasPresentItem)), None)
        return holder.present_item() if holder else ""

    def listed_items(self) -> list[str] | None:
        """Return the ids of what the view in sight lists, in its order; None where it lists no items."""
        lister = next((one for one in self._from_focus() if isinstance(one, ListsItems)), None)
        return lister.listed_items() if lister else None

    def _from_focus(self) -> Iterator[QWidget]:
        """Yield the widget that has the keyboard and those around it, up to the view in sight."""
        view, at = self.currentWidget(), QApplication.focusWidget()
        while at is not None and at is not view:
            yield at
            at = at.parentWidget()
        if view is not None:
            yield view

    def open_find(self) -> None:
        """Open what the view in sight has for finding something in it."""
        view: object = self.currentWidget()
        if isinstance(view, Findable):
            view.open_find()

    def copy(self) -> None:
        """Copy what is selected on the page; what another view copies never leaves without its citation."""
        view: object = self.currentWidget()
        if isinstance(view, Copies):
            view.copy()
        else:
            self.copy_cited()

    def copy_cited(self) -> str:
        """Put what is chosen in the view in sight, with its citation, on the clipboard; return what was put there."""
        view: object = self.currentWidget()
        return view.copy_cited() if isinstance(view, CopiesCited) else ""

    def restyle(self) -> None:
        """Show every view again in changed colours or sizes."""
        for view in self._by_name.values():
            if isinstance(view, Restylable):
                view.restyle()
