"""How every verb finds the theme that `--theme` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.errors import NotFound
from viewer.text.folded import fold_text
from viewer.text.safe import visible

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle
    from viewer.dissemination.audience import Audience
    from viewer.model import Theme

THEME_HELP = "by its id, number or name"  # to end the help of an option with


def theme_named(word: str, *bundles: Bundle, readers: Audience | None = None) -> str:
    """Return the id of the theme that `word` means: its id or number, else its name, else words of its name or title.

    Raises NotFound, naming the themes there are, where it means none of these bundles' themes, or more than one; those
    that `readers` may not see are not named, and count as not there.
    """
    from viewer.dissemination.edition_cut import hidden_themes
    from viewer.search.messages import unknown_filter
    from viewer.search.query import Filter

    hidden = frozenset(id_ for bundle in bundles for id_ in (hidden_themes(bundle, readers) if readers else ()))
    known = {theme.id: theme for bundle in reversed(bundles) for theme in bundle.themes()}
    themes = [theme for theme in known.values() if theme.id not in hidden]
    shown = visible(word)[:60]
    for means in _MEANINGS:
        found = [theme for theme in themes if means(word, theme)]
        if len(found) == 1:
            return found[0].id
        if found:
            names = " or ".join(theme.id for theme in found)
            raise NotFound(f"“{shown}” can mean more than one theme: {names}.")
    raise NotFound(unknown_filter(bundles[0], Filter(name="theme", value=shown), hidden))


def _is_exact(word: str, theme: Theme) -> bool:
    folded = fold_text(word).text
    return folded == fold_text(theme.id).text or (theme.label != "" and folded == fold_text(theme.label).text)


def _is_name(word: str, theme: Theme) -> bool:
    return fold_text(word).text == fold_text(theme.short).text


def _begins_name(word: str, theme: Theme) -> bool:
    return _begins(word, theme.id, theme.short)


def _begins_title(word: str, theme: Theme) -> bool:
    return _begins(word, theme.title)


def _begins(word: str, *names: str) -> bool:
    from viewer.search.language import tokens
    from viewer.search.query import matches_start

    return bool(tokens(word)) and matches_start(word, *names)


_MEANINGS = (_is_exact, _is_name, _begins_name, _begins_title)  # the first that fits any theme decides
