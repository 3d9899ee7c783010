"""How every verb finds the theme that `--theme` means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from viewer import texts, wording
from viewer.errors import NotFound

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle
    from viewer.model import Theme

THEME_HELP = "by its id, number or name"  # to end the help of an option with
_MOST_NAMED = 20  # themes in one sentence


def theme_named(word: str, *bundles: Bundle) -> str:
    """The id of the theme that `word` means: its id or number, else its name, else words of its name or title.

    Raises NotFound, naming the themes there are, where it means none of these bundles' themes, or more than one.
    """
    themes = list({theme.id: theme for bundle in reversed(bundles) for theme in bundle.themes()}.values())
    for means in _MEANINGS:
        found = [theme for theme in themes if means(word, theme)]
        if len(found) == 1:
            return found[0].id
        if found:
            raise NotFound(f"“{_shown(word)}” can mean more than one theme: {_listed(found, 'or')}.")
    raise NotFound(f"There is no theme “{_shown(word)}”. The themes are {_listed(themes)}.")


def _is_exact(word: str, theme: Theme) -> bool:
    return word.casefold() in (theme.id, theme.number.casefold())


def _is_name(word: str, theme: Theme) -> bool:
    return word.casefold() == theme.short.casefold()


def _begins_name(word: str, theme: Theme) -> bool:
    from viewer.search.query import matches_start

    return matches_start(word, theme.id, theme.short)


def _begins_title(word: str, theme: Theme) -> bool:
    from viewer.search.query import matches_start

    return matches_start(word, theme.title)


_MEANINGS = (_is_exact, _is_name, _begins_name, _begins_title)  # the first that fits any theme decides


def _shown(word: str) -> str:
    return texts.visible(word)[:60]


def _listed(themes: Sequence[Theme], last: str = "and") -> str:
    names = [f"{theme.number} ({theme.id})" for theme in themes]
    more = len(names) - _MOST_NAMED
    shown = names if more <= 0 else [*names[:_MOST_NAMED], f"{more} more"]
    return texts.visible(wording.listed(shown) if last == "and" else f" {last} ".join(shown))
