"""What `search --shelf` prints: the hits of every kept edition, each edition's between its own markings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import clock, paths
from viewer.errors import NotFound
from viewer.records import record
from viewer.text import wording
from viewer.text.safe import visible
from viewer.verbs.hits import hit_as_json, hit_lines, hits_in_order, say_left_out_matches
from viewer.verbs.options import between, caveat_label, marking_code, to_standard_output

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle
    from viewer.dissemination.audience import Audience
    from viewer.dissemination.extract import Extract
    from viewer.model import Edition, Theme
    from viewer.search.entries import Key
    from viewer.search.shelf_search import KeptAnswer, ShelfSearch


def search_kept(
    typed: str, *, exact: bool, limit: int, as_json: bool, ceiling: str, held: Sequence[str], key: Path | None,
    home: Path | None,
) -> None:  # fmt: skip
    """Search all that is kept and print what was found.

    Raises NotFound where nothing is kept, or no edition has what a filter names; UnknownAudience where none has the
    marking or the caveat of the readers.
    """
    from viewer.editions.opening import ReaderSession
    from viewer.search.shelf_messages import EMPTY_SHELF, summary, unsearched_line
    from viewer.search.shelf_search import ShelfSearch

    session = ReaderSession.start(paths.home(home), key)
    readers = _Readers(ceiling, held)
    search = ShelfSearch(session, typed, exact=exact, limit=limit, hidden=readers.hidden_from)
    if not search.total:
        raise NotFound(f"{EMPTY_SHELF} `shelf add FILE` keeps an edition.")
    found: list[_Found] = []
    unknown: list[tuple[Edition, str]] = []
    left_out = 0
    for one in search.answers():
        bundle = one.opened.bundle
        unknown += [(bundle.edition, str(chosen)) for chosen in one.answer.unknown]
        left_out += readers.left_out(bundle, one, exact=exact)
        if one.hits:
            found.append(_found(one, readers.of(bundle)))
    for warning in (*map(unsearched_line, search.unsearched), *session.repair_serials()):
        click.echo(f"Warning: {warning}", err=True)
    if search.searched:
        readers.check_known()
    _check_filters(unknown, search.searched)
    say_left_out_matches(left_out)
    if as_json:
        for each in found:
            each.issue(search)
    elif found:
        click.echo("\n\n".join(each.lines(search) for each in found) + "\n")
    if search.searched:
        matches = sum(each.answer.matches for each in found)
        click.echo(summary(typed, matches, len(found), search.searched, search.searched), err=as_json)


class _Readers:
    """Who reads what is printed, in the markings of each edition; where it has not theirs, who may see least."""

    def __init__(self, ceiling: str, held: Sequence[str]) -> None:
        self._ceiling, self._held = ceiling, held
        self._unknown = {word for word in (ceiling, *held) if word}

    def of(self, bundle: Bundle) -> Audience:
        """Return the readers as one edition knows them."""
        from viewer.dissemination.audience import Audience
        from viewer.dissemination.edition_cut import lowest_audience

        code, lowest = marking_code(bundle, self._ceiling), lowest_audience(bundle).ceiling
        labels = {word: caveat_label(bundle, word) for word in self._held}
        known = {caveat.label for caveat in bundle.caveats}
        is_known = any(code == marking.code for marking in bundle.markings)
        self._unknown -= {word for word, label in labels.items() if label in known}
        if is_known:
            self._unknown.discard(self._ceiling)
        caveats = tuple(dict.fromkeys(label for label in labels.values() if label in known))
        return Audience(ceiling=code if is_known else lowest, caveats=caveats)

    def hidden_from(self, bundle: Bundle) -> Collection[Key]:
        """Return what of an edition they may not see."""
        from viewer.dissemination.edition_cut import hidden_entries

        return hidden_entries(bundle, self.of(bundle))

    def left_out(self, bundle: Bundle, found: KeptAnswer, *, exact: bool) -> int:
        """Return how many matches of an edition they may not see."""
        from viewer.search.engine import Engine

        if not self.hidden_from(bundle):
            return 0
        whole = Engine(bundle).search_complete(found.answer.query.typed, exact=exact, limit=1)
        return max(0, len(whole.found) - len(found.answer.found))

    def check_known(self) -> None:
        """Raise UnknownAudience where no edition has one of their markings or caveats."""
        from viewer.dissemination.audience import UnknownAudience

        if self._unknown:
            word = visible(sorted(self._unknown)[0])[:60]
            raise UnknownAudience(f"No edition on the shelf has a marking or handling caveat “{word}”.")


@record
class _Found:
    """What was found in one edition, which is closed by now, with what was read of it while it was open."""

    answer: KeptAnswer
    themes: tuple[Theme, ...]
    extract: Extract
    documents: tuple[dict[str, object], ...]  # of the hits, in the window's order

    def lines(self, search: ShelfSearch) -> str:
        """Return the hits between the edition's markings, each with since when it is found."""
        from viewer.search.shelf_messages import edition_line, matches_line, since

        edition, one = self.answer.edition, self.answer
        hits = hit_lines(self.themes, one.hits, lambda hit: since(search.since(edition.series, hit), edition))
        line = edition_line(edition, clock.today(), is_superseded=one.is_superseded)
        return between(self.extract.marking.line, (line, "", *hits, matches_line(one)))

    def issue(self, search: ShelfSearch) -> None:
        """Enter the hits in the register, then print them as JSON."""
        from viewer.dissemination.extract import issue_extract, json_extract

        opened, edition, one = self.answer.opened, self.answer.edition, self.answer
        oldest = (search.since(edition.series, hit) for hit in hits_in_order(one.hits))
        document = {
            "searched": one.answer.query.typed,
            "series": edition.series,
            "serial": edition.serial,
            "edition": edition.name,
            "issued": edition.issued,
            "superseded": one.is_superseded,
            "matches": one.matches,
            "cut_short": one.answer.cut,
            "last_word_open": one.answer.loosened,
            "hits": [
                {**hit, "since": None if first is None else {"serial": first.serial, "label": first.label}}
                for hit, first in zip(self.documents, oldest, strict=True)
            ],
        }
        issue_extract(
            self.extract, opened.bundle, opened.home,
            lambda imprint: json_extract(self.extract, imprint, document).encode("utf-8", "replace"),
            to_standard_output,
        )  # fmt: skip


def _found(one: KeptAnswer, readers: Audience) -> _Found:
    """Return what is printed of an edition that is still open."""
    from viewer.dissemination.edition_cut import shown_by
    from viewer.dissemination.extract import items_extract

    bundle = one.opened.bundle
    return _Found(
        answer=one,
        themes=bundle.themes(),
        extract=items_extract(bundle, "Hits of a search", "search", shown_by(bundle, one.hits), readers),
        documents=tuple(hit_as_json(bundle, hit) for hit in hits_in_order(one.hits)),
    )


def _check_filters(unknown: Sequence[tuple[Edition, str]], searched: int) -> None:
    """Say which editions do not have what a filter names. Raises NotFound where none of those searched has it."""
    by_filter: dict[str, list[str]] = {}
    for edition, chosen in unknown:
        by_filter.setdefault(chosen, []).append(edition.name)
    for chosen, names in by_filter.items():
        if len(names) == searched:
            raise NotFound(f"No edition on the shelf has what {visible(chosen)} names.")
        click.echo(f"Warning: {visible(f'{wording.listed(names)} has nothing that {chosen} names.')}", err=True)
