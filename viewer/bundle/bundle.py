"""The verified, read-only content of an edition, as records; there is one way to open it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self, TypeVar

from viewer.bundle.catalogue import Catalogue
from viewer.bundle.connection import SharedConnection
from viewer.bundle.gate import pass_gate
from viewer.bundle.queries import OF_ID, OF_PART, OF_TAG, OF_THEME, Counts, ItemSize, Queries
from viewer.model import Finding, Item, Passage, Recommendation, Statistic
from viewer.signing.envelope import Unsealed, read_and_unseal, unseal
from viewer.signing.trust import Trust

_Item = TypeVar("_Item", Finding, Recommendation, Statistic, Passage, Item)


class Bundle(Catalogue):
    """One edition, open for reading. Whoever holds one knows that it was verified: there is no other way to get one.

    Holds the `edition`, its `seal` and its `markings`, lowest first; all else is read when it is asked for, by a
    few statements however many items there are. Methods that take an id raise NotFound for an unknown one.
    """

    def __init__(self, unsealed: Unsealed) -> None:
        self.seal = unsealed.seal
        self._connection = pass_gate(unsealed.body, unsealed.seal.claims)
        super().__init__(_queries_of(unsealed.seal.claims.schema)(self._connection))
        self._sizes: tuple[str, list[ItemSize]] = ("", [])

    @classmethod
    def open(cls, path: Path, trust: Trust) -> Self:
        """Return the edition at `path`, which is read once.

        Raises FileTrouble, TooLittleMemory, or a child of Refused.
        """
        return cls(read_and_unseal(path, trust))

    @classmethod
    def from_bytes(cls, data: bytes, trust: Trust) -> Self:
        """Return the edition that `data` is. Raises TooLittleMemory, or a child of Refused."""
        return cls(unseal(data, trust))

    def close(self) -> None:
        """Close the connection and free its memory; nothing can be read afterwards."""
        self._connection.close()

    @property
    def connection(self) -> SharedConnection:
        """The connection, for search, which has SQL of its own: it reads and can do nothing else."""
        return self._connection

    def findings(self, theme_id: str) -> tuple[Finding, ...]:
        """Return the key findings of a theme, in order."""
        return self._queries.findings(OF_THEME, self.theme(theme_id).id)

    def recommendations(self, theme_id: str) -> tuple[Recommendation, ...]:
        """Return the recommendations of a theme, in order."""
        return self._queries.recommendations(OF_THEME, self.theme(theme_id).id)

    def statistics(self, theme_id: str) -> tuple[Statistic, ...]:
        """Return the statistics of a theme, in order."""
        return self._queries.statistics(OF_THEME, self.theme(theme_id).id)

    def statistics_between(self, theme_id: str, first: int, last: int) -> tuple[Statistic, ...]:
        """Return the statistics of a theme from one position to another, both included."""
        return self._queries.statistics(OF_PART, self.theme(theme_id).id, first, last)

    def value_counts(self, theme_id: str) -> list[tuple[int, int]]:
        """Return the position of each statistic of a theme, and how many values it has."""
        return self._queries.value_counts(self.theme(theme_id).id)

    def passages(self, theme_id: str) -> tuple[Passage, ...]:
        """Return the passages of a theme, in order."""
        return self._queries.passages(OF_THEME, self.theme(theme_id).id)

    def items(self, theme_id: str) -> tuple[Item, ...]:
        """Return all items of a theme: findings, recommendations, statistics, passages, each in order."""
        return self._items(OF_THEME, self.theme(theme_id).id)

    def item_sizes(self, theme_id: str) -> list[ItemSize]:
        """Return how large the items of a theme are, in the order of `items`; of one theme this is remembered."""
        if self._sizes[0] != theme_id:
            self._sizes = theme_id, self._queries.item_sizes(self.theme(theme_id).id)
        return self._sizes[1]

    def some_items(self, theme_id: str, sizes: Sequence[ItemSize]) -> tuple[Item, ...]:
        """Return those items of a theme that stand one after another among its `item_sizes`."""
        found: list[Item] = []
        for kind, read in (
            ("finding", self._queries.findings),
            ("recommendation", self._queries.recommendations),
            ("statistic", self._queries.statistics),
            ("passage", self._queries.passages),
        ):
            places = [size.position for size in sizes if size.kind == kind]
            found += read(OF_PART, theme_id, places[0], places[-1]) if places else ()
        return tuple(found)

    def statistics_behind(self, findings: Sequence[Finding]) -> dict[str, Statistic]:
        """Return by id the statistics behind these findings, with so much of each as is shown beside a finding."""
        if not findings:
            return {}
        return {one.id: one for one in self._queries.statistics_behind([finding.id for finding in findings])}

    def item(self, item_id: str) -> Item:
        """Return the item of that id, of whatever kind."""
        for item in self._items(OF_ID, item_id) if _is_text(item_id) else ():
            return item
        raise self.not_found("item", item_id)

    def theme_of(self, item_id: str) -> str:
        """Return the id of the theme that has the item."""
        return self._known(self._queries.theme_of(item_id) if _is_text(item_id) else None, "item", item_id)

    def references_from(self, item_id: str) -> tuple[str, ...]:
        """Return the ids of the items and themes to which the texts of an item lead."""
        return self.item(item_id).references

    def references_to(self, target_id: str) -> tuple[str, ...]:
        """Return the ids of the items whose texts lead to an item or theme."""
        return self._queries.references_to(target_id) if _is_text(target_id) else ()

    def tagged(self, tag_id: str) -> tuple[Item, ...]:
        """Return the items under a tag, theme by theme."""
        return self._by_theme(self._items(OF_TAG, self.tag(tag_id).id))

    def tagged_lengths(self, tag_id: str) -> list[tuple[str, int]]:
        """Return the ids of the items under a tag, in the order of `tagged`, and how long their texts are."""
        return self._queries.tagged_lengths(self.tag(tag_id).id)

    def referring_lengths(self, target_id: str) -> list[tuple[str, int]]:
        """Return the ids of the items whose texts lead to an item or theme, and how long their texts are."""
        return self._queries.referring_lengths(target_id) if _is_text(target_id) else []

    def items_of(self, ids: Sequence[str]) -> tuple[Item, ...]:
        """Return those items of some hundred ids that there are, theme by theme."""
        return self._by_theme(self._items(f"id IN ({', '.join('?' * len(ids))})", *ids))

    def most_supporting_figures(self, most: int = 100) -> tuple[Statistic, ...]:
        """Return the single statistics of one value that support most findings, at most `most`, theme by theme."""
        return self._by_theme(self._queries.supporting(most))

    def searched(self, kind: str, ids: Sequence[str | None]) -> Iterator[tuple[str, str, str]]:
        """Return id, title and text of these items of one kind, or of themes, as search reads them; None is no id."""
        return self._queries.searched(kind, ids)

    def item_rows(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Return id, kind, theme, label, marking and position of every item, for those who need no more of each."""
        return self._queries.item_rows()

    def counts(self) -> dict[str, Counts]:
        """Return how many items of each kind every theme has, in reading order."""
        return dict(self._counts)

    def totals(self) -> Counts:
        """Return how many items of each kind there are in all."""
        return Counts(*map(sum, zip(*self._counts.values(), strict=True)))

    @cached_property
    def _counts(self) -> dict[str, Counts]:
        return self._queries.counts()

    def _items(self, where: str, *values: str) -> tuple[Item, ...]:
        queries = self._queries
        return (
            *queries.findings(where, *values),
            *queries.recommendations(where, *values),
            *queries.statistics(where, *values),
            *queries.passages(where, *values),
        )

    def _by_theme(self, items: Iterable[_Item]) -> tuple[_Item, ...]:
        return tuple(sorted(items, key=lambda item: self._themes[item.theme].position))


def _queries_of(schema: int) -> type[Queries]:
    """Return the queries of a format; those of format 1 are loaded where they are needed."""
    if schema == Queries.number:
        return Queries
    from viewer.bundle.queries_format_1 import Format1Queries

    return Format1Queries


def _is_text(name: str) -> bool:
    """Return whether SQLite can be asked for `name`: lone surrogates, as command lines may hold them, are no text."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)
