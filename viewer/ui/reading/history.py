"""Where the reader has been: the places behind and before the present one."""

from __future__ import annotations

from viewer.records import record, replace


@record
class VisitedPlace:
    """A page by its address (`theme:trafficking`, `page:start`), how far it was scrolled, in pixels, and its item."""

    address: str
    scroll: int = 0
    item: str = ""


class History:
    """Visited places, the present one among them; going to a new one forgets those that lay ahead."""

    MOST = 200  # places

    def __init__(self) -> None:
        self._places: list[VisitedPlace] = []
        self._at = -1

    @property
    def present(self) -> VisitedPlace | None:
        """The place the reader is at."""
        return self._places[self._at] if self._places else None

    @property
    def can_go_back(self) -> bool:
        """Whether a place lies behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether a place lies ahead."""
        return self._at + 1 < len(self._places)

    def scrolled(self, scroll: int) -> None:
        """Remember how far the present place is scrolled."""
        if self._places:
            self._places[self._at] = replace(self._places[self._at], scroll=scroll)

    def chose(self, item: str) -> None:
        """Remember the present item of the present place."""
        if self._places:
            self._places[self._at] = replace(self._places[self._at], item=item)

    def visit(self, address: str, *, new_entry: bool = False) -> None:
        """Go to a place; the same address again adds nothing, unless a `new_entry` is wanted to come back to."""
        same = self.present is not None and self.present.address == address
        if same and not new_entry:
            return
        scroll = self.present.scroll if same and self.present else 0
        del self._places[self._at + 1 :]
        self._places.append(VisitedPlace(address=address, scroll=scroll))
        del self._places[: -self.MOST]
        self._at = len(self._places) - 1

    def back(self) -> VisitedPlace:
        """Step back and return that place; only when `can_go_back`."""
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> VisitedPlace:
        """Step forward and return that place; only when `can_go_forward`."""
        self._at += 1
        return self._places[self._at]
