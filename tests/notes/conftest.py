"""What the tests of notes are handed: a made-up edition, a later one that differs from it, a fresh notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.generator import assessment_of
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore, path_for
from viewer.publish.build import build_body
from viewer.signing.trust import Trust

Rewrite = Callable[[str, str], str | None]  # an item's id and text to its new text, None to leave it out


@pytest.fixture(scope="session")
def first_draft() -> Assessment:
    """A made-up edition of 60 items, serial 1."""
    return assessment_of(60)


@pytest.fixture(scope="session")
def bundle_of(sealed: Callable[..., bytes], trust: Trust) -> Callable[[Assessment], Bundle]:
    """Builds, seals and opens an assessment."""

    def make(assessment: Assessment) -> Bundle:
        edition = assessment.edition
        body = build_body(assessment)
        claims = {"series": edition.series, "serial": edition.serial, "issued": edition.issued}
        return Bundle.from_bytes(sealed(body, review=edition.review, **claims), trust)

    return make


@pytest.fixture(scope="session")
def first(first_draft: Assessment, bundle_of: Callable[[Assessment], Bundle]) -> Bundle:
    """The made-up edition as a bundle."""
    return bundle_of(first_draft)


@pytest.fixture(scope="session")
def later(first_draft: Assessment, bundle_of: Callable[[Assessment], Bundle]) -> Callable[..., Bundle]:
    """The next edition, whose passages' texts `rewrite` changed: `later(rewrite, serial=2)`."""

    def make(rewrite: Rewrite, serial: int = 2) -> Bundle:
        new = [(passage, rewrite(passage.id, passage.text)) for passage in first_draft.passages]
        passages = tuple(replace(passage, text=text) for passage, text in new if text is not None)
        edition = replace(first_draft.edition, serial=serial, label=str(2000 + serial))
        return bundle_of(replace(first_draft, edition=edition, passages=passages))

    return make


@pytest.fixture
def store(tmp_path: Path) -> Iterator[NoteStore]:
    """An empty notes file."""
    opened = NoteStore.open(path_for(tmp_path, "made-up"))
    yield opened
    opened.close()


@pytest.fixture
def book(store: NoteStore, first: Bundle) -> Notebook:
    """An empty notebook beside the made-up edition."""
    return Notebook(store, first)


@pytest.fixture(scope="session")
def passage_ids(first_draft: Assessment) -> list[str]:
    """The ids of the passages."""
    return [passage.id for passage in first_draft.passages]
