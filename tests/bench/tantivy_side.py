"""tantivy on the same texts, the same questions: top 20 with snippets, stems, and titles worth four times as much.

A beginning of a word is asked for as a regular expression: tantivy's own language has none. It gives no snippets
for that and scores all matches alike, so the snippets are those of the edition's words that begin so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import Any

FIELDS = ("title", "text")
TITLE_WEIGHT = 4.0
MEMORY = 400_000_000  # bytes while it is built: enough for one segment, the quickest to search
Question = Callable[[], object]


class Tantivy:
    """An index in memory of titles and texts; raises ModuleNotFoundError where tantivy is not installed."""

    def __init__(self, texts: Iterable[tuple[str, str]], top: int) -> None:
        self._library: Any = import_module("tantivy")
        self._top = top
        builder = self._library.SchemaBuilder()
        for field in FIELDS:
            builder.add_text_field(field, stored=True, tokenizer_name="en_stem")
        self._index: Any = self._library.Index(builder.build())
        writer = self._index.writer(MEMORY, 1)
        for title, text in texts:
            writer.add_document(self._library.Document(title=[title], text=[text]))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher: Any = self._index.searcher()

    def words(self, typed: str) -> Question:
        """Asks for all words, in whatever form, or for a phrase."""
        return partial(self._ask, partial(self._parsed, typed), None)

    def beginning(self, start: str, words: Iterable[str]) -> Question:
        """Asks for what begins so; `words` are those of the edition that do, as stems."""
        shown = self._any(self._library.Query.term_query(self._index.schema, "text", word) for word in words)
        return partial(self._ask, partial(self._begun, start), shown)

    def _parsed(self, typed: str) -> Any:
        weights = {"title": TITLE_WEIGHT}
        return self._index.parse_query(typed, list(FIELDS), field_boosts=weights, conjunction_by_default=True)

    def _begun(self, start: str) -> Any:
        return self._any(self._library.Query.regex_query(self._index.schema, field, f"{start}.*") for field in FIELDS)

    def _any(self, queries: Iterable[Any]) -> Any:
        should = self._library.Occur.Should
        return self._library.Query.boolean_query([(should, query) for query in queries])

    def _ask(self, make: Callable[[], Any], shown: Any) -> None:
        query = make()
        snippets = self._library.SnippetGenerator.create(self._searcher, shown or query, self._index.schema, "text")
        found = [self._searcher.doc(address) for _, address in self._searcher.search(query, self._top).hits]
        marked = [(document["title"], snippets.snippet_from_doc(document).to_html()) for document in found]
        assert any("<b>" in snippet for _, snippet in marked)
