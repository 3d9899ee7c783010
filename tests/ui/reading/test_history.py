"""Back and forward lead where the reader was."""

from __future__ import annotations

from viewer.ui.reading.history import History, VisitedPlace


def walked(*addresses: str) -> History:
    history = History()
    for address in addresses:
        history.visit(address)
    return history


def test_back_returns_to_the_place_as_it_was_scrolled() -> None:
    history = walked("page:start")
    history.scrolled(120)
    history.visit("theme:a")
    assert history.back() == VisitedPlace(address="page:start", scroll=120)


def test_going_somewhere_new_forgets_what_lay_ahead() -> None:
    history = walked("a", "b", "c")
    history.back()
    history.visit("d")
    assert not history.can_go_forward
    assert history.back().address == "b"


def test_the_same_place_twice_is_one_step() -> None:
    history = walked("a", "a")
    assert not history.can_go_back


def test_starts_with_nowhere_to_go() -> None:
    history = History()
    assert (history.present, history.can_go_back, history.can_go_forward) == (None, False, False)


def test_forgets_the_oldest_past_two_hundred() -> None:
    history = walked(*(str(n) for n in range(300)))
    steps = 0
    while history.can_go_back:
        history.back()
        steps += 1
    assert steps == History.MOST - 1
