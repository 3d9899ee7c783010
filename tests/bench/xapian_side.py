"""Run by the system's Python where Xapian is installed: the same texts, the same questions, top 20 with snippets.

Reads one line of JSON, {"texts": [[title, text], ...], "asked": {name: [words, sort]}}, and answers "ready"; then
to each line with a name: asks that, and answers how many milliseconds it took.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from time import perf_counter
from typing import Any

TOP = 20


def main() -> None:
    """Builds the index, then asks what it is told to ask."""
    given = json.loads(sys.stdin.readline())
    xapian: Any = import_module("xapian")
    with tempfile.TemporaryDirectory() as folder:
        database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OPEN)
        _fill(xapian, database, given["texts"])
        print("ready", flush=True)
        for line in sys.stdin:
            asked = given["asked"][line.strip()]
            _time(xapian, database, *asked)  # does not count: it was asleep
            print(_time(xapian, database, *asked), flush=True)


def _fill(xapian: Any, database: Any, texts: list[tuple[str, str]]) -> None:
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    for title, text in texts:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(title, 4)
        generator.increase_termpos()
        generator.index_text(text)
        document.set_data(text)
        database.add_document(document)
    database.commit()


def _time(xapian: Any, database: Any, words: str, sort: str) -> float:
    parser, stemmer = xapian.QueryParser(), xapian.Stem("en")
    parser.set_database(database)
    parser.set_stemmer(stemmer)
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    flags = xapian.QueryParser.FLAG_PHRASE
    if sort == "prefix":
        flags |= xapian.QueryParser.FLAG_PARTIAL
    start = perf_counter()
    enquire = xapian.Enquire(database)
    enquire.set_query(parser.parse_query(words, flags))
    found = enquire.get_mset(0, TOP)
    shown = [found.snippet(hit.document.get_data().decode(), 200, stemmer) for hit in found]
    assert shown
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
