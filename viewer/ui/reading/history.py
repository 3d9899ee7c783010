"""Where the reader has been: the places behind and before the present one."""

from __future__ import annotations

from viewer.record import record


@record
class Place:
    """A page by its address (`theme:trafficking`, `page:start`) and how far it was scrolled, in pixels."""

    address: str
    scroll: int = 0


class History:
    """Visited places, the present one among them; going somewhere new forgets what lay ahead."""

    MOST = 200

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def present(self) -> Place | None:
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
        """Remembers how far the present place is scrolled."""
        if self._places:
            self._places[self._at] = Place(address=self._places[self._at].address, scroll=scroll)

    def visit(self, address: str) -> None:
        """Goes to a new place; the same address again adds nothing."""
        if self.present and self.present.address == address:
            return
        del self._places[self._at + 1 :]
        self._places.append(Place(address=address))
        del self._places[: -self.MOST]
        self._at = len(self._places) - 1

    def back(self) -> Place:
        """Steps back and returns that place; only when `can_go_back`."""
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place:
        """Steps forward and returns that place; only when `can_go_forward`."""
        self._at += 1
        return self._places[self._at]
