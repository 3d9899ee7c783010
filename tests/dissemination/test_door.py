"""Whatever leaves, by whatever verb and in whatever format, holds nothing above its ceiling, and is a row first."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dissemination.marked_editions import SCHEME, items_of, marked_edition, may_see, word_of
from viewer.cli import main
from viewer.dissemination.register import RegisterRow
from viewer.model import Assessment, Item, Theme
from viewer.publish.build import build_body
from viewer.signing.sealing import SigningKey

Run = Callable[..., tuple[int, str, str]]
Readers = tuple[int, frozenset[str]]
AUDIENCES: tuple[Readers, ...] = (
    (0, frozenset()),
    (1, frozenset({"eyes"})),
    (2, frozenset()),
    (2, frozenset({"eyes", "police"})),
)


@pytest.fixture
def edition_file(sealed: Callable[..., bytes], tmp_path: Path) -> Callable[[Assessment], str]:
    """Writes an assessment as an edition: `edition_file(assessment)` gives its path."""

    def write(made: Assessment) -> str:
        edition = made.edition
        claims = {name: getattr(edition, name) for name in ("series", "serial", "issued", "review")}
        path = tmp_path / f"{edition.series}-{edition.serial}.db"
        path.write_bytes(sealed(build_body(made), **claims))
        return str(path)

    return write


@pytest.fixture
def run(key_pair: SigningKey, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a verb with the tests' publisher trusted; gives its code, and what it printed and warned of."""
    key = tmp_path / "made-up.pub"
    key.write_text(key_pair.public.text)

    def call(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--trust", str(key), "--home", str(tmp_path / "home")])
        said = capfd.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def rows(tmp_path: Path) -> Callable[[], list[RegisterRow]]:
    """All rows of every register in the reader's home: an exercise's lies apart."""
    from viewer.dissemination.register import Register

    def read() -> list[RegisterRow]:
        found: list[RegisterRow] = []
        for path in (tmp_path / "home").rglob("register.db"):
            with Register.open(path.parent) as register:
                assert register.verify() == ()
                found += register.rows()
        return found

    return read


def options(readers: Readers) -> tuple[str, ...]:
    level, held = readers
    return ("--ceiling", SCHEME[level].code, *(word for code in sorted(held) for word in ("--holds", code)))


def words_withheld(made: Assessment, readers: Readers) -> dict[str, str]:
    """By word, the id of each theme and item that these readers may not see, and of what such an item alone cites."""
    out = {}
    things: list[Theme | Item] = [*made.themes, *items_of(made)]
    for thing in things:
        if not may_see(made, thing, *readers):
            out[word_of(thing.id, made.edition.serial)] = thing.id
            out |= {word_of(source, 0): source for source in getattr(thing, "sources", ())}
    return out


FORMS = (
    ("statistics",),
    ("statistics", "--csv"),
    ("statistics", "--json"),
    ("statistics", "-o", "out.csv"),
    ("search", "common"),
    ("search", "common", "--limit", "500", "--json"),
    ("search", "commun"),
    ("search", "kestrel*", "--json"),
)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("readers", AUDIENCES, ids=str)
def test_no_word_above_the_ceiling_leaves(
    seed: int, readers: Readers, edition_file: Callable[[Assessment], str], run: Run,
    rows: Callable[[], list[RegisterRow]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    made = marked_edition(seed)
    path, hidden = edition_file(made), words_withheld(made, readers)
    visible = {one.id for one in (*made.themes, *items_of(made)) if may_see(made, one, *readers)}
    for words in FORMS:
        out = tmp_path / "out.csv"
        out.unlink(missing_ok=True)
        _code, said, warned = run(*words, "--bundle", path, *options(readers))
        left = said + warned + (out.read_text("utf-8-sig") if out.exists() else "")
        assert [id_ for word, id_ in hidden.items() if word in left] == [], words
    for row in rows():
        assert set(row.issue.items) <= visible
        assert [id_ for word, id_ in hidden.items() if word in str(row)] == []


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("readers", AUDIENCES, ids=str)
def test_no_word_above_the_ceiling_on_either_side_of_a_change_leaves(
    seed: int, readers: Readers, edition_file: Callable[[Assessment], str], run: Run
) -> None:
    before, after = marked_edition(seed, 1), marked_edition(seed, 2)
    hidden = words_withheld(before, readers) | words_withheld(after, readers)
    ids = {id_ for id_ in hidden.values() if not id_.startswith("source-")}
    words = {word_of(id_, serial) for id_ in ids for serial in (1, 2)}
    one, two = edition_file(before), edition_file(after)
    for form in ((), ("--json",)):
        _code, said, warned = run("changes", one, two, *form, *options(readers))
        assert [word for word in words if word in said + warned] == []


@pytest.mark.parametrize("seed", range(4))
def test_what_readers_may_see_is_there(seed: int, edition_file: Callable[[Assessment], str], run: Run) -> None:
    made = marked_edition(seed)
    path = edition_file(made)
    for readers in AUDIENCES:
        _, said, warned = run("statistics", "--bundle", path, "--json", *options(readers))
        expected = {one.id for one in made.statistics if may_see(made, one, *readers)}
        assert {one["id"] for one in json.loads(said)["statistics"]} == expected
        assert ("Left out for these readers" in warned) == (len(expected) < len(made.statistics))
        _, said, _ = run("search", "common", "--limit", "500", "--bundle", path, "--json", *options(readers))
        expected = {one.id for one in items_of(made) if may_see(made, one, *readers)}
        assert {one["id"] for one in json.loads(said)["hits"]} == expected


@pytest.mark.parametrize("seed", range(2))
def test_a_word_that_is_withheld_is_neither_found_nor_offered(
    seed: int, edition_file: Callable[[Assessment], str], run: Run
) -> None:
    made = marked_edition(seed)
    path = edition_file(made)
    for word, id_ in words_withheld(made, AUDIENCES[0]).items():
        if id_.startswith("source-"):
            continue
        mistyped = word[:-1] + ("b" if word[-1] != "b" else "c")
        for typed in (word, mistyped):
            found = json.loads(run("search", typed, "--bundle", path, "--json")[1])
            assert (found["matches"], found["hits"], found["did_you_mean"]) == (0, [], [])


def test_the_marking_of_what_is_held_stands_first_and_last_with_the_number_of_its_row(
    edition_file: Callable[[Assessment], str], run: Run, rows: Callable[[], list[RegisterRow]]
) -> None:
    path = edition_file(marked_edition(0))
    levels = {f"{marking.code}": marking.label for marking in SCHEME}
    for readers in AUDIENCES:
        _, said, _ = run("statistics", "--bundle", path, "--csv", *options(readers))
        first, *_, last = csv.reader(io.StringIO(said, newline=""))
        row = rows()[-1].issue
        assert first == last
        assert first[1] == row.sheet
        code, *caveats = row.marking.split(" + ")
        assert first[0] == " · ".join((levels[code], *caveats))
        assert hashlib.sha256(said.encode()).hexdigest() == row.sha256
        _, said, _ = run("search", "common", "--bundle", path, "--json", *options(readers))
        document = json.loads(said)
        assert [name for name in document if name.endswith("marking")] == ["marking", "end_marking"]
        assert [*document].index("end_marking") == len(document) - 1
        assert document["marking"] == document["end_marking"]
        assert document["document"] == rows()[-1].issue.sheet
        _, said, _ = run("statistics", "--bundle", path, *options(readers))
        assert said.splitlines()[0] == said.splitlines()[-1]


def test_the_lowest_marking_is_the_ceiling_unless_another_is_named(
    edition_file: Callable[[Assessment], str], run: Run, rows: Callable[[], list[RegisterRow]]
) -> None:
    path = edition_file(marked_edition(1))
    assert run("statistics", "--bundle", path)[1] == run("statistics", "--bundle", path, "--ceiling", "open")[1]
    assert rows() == [], "what is read on a terminal is no row"
    code, said, warned = run("statistics", "--bundle", path, "--csv", "--ceiling", "secret")
    assert (code, said) == (1, "")
    assert "no marking “secret”" in warned
    code, said, warned = run("statistics", "--bundle", path, "--csv", "--holds", "nobody")
    assert (code, said) == (1, "")
    assert "no handling caveat “nobody”" in warned
    assert rows() == []


def test_nothing_is_written_where_no_row_can_be(
    edition_file: Callable[[Assessment], str], run: Run, tmp_path: Path, rows: Callable[[], list[RegisterRow]]
) -> None:
    path, out = edition_file(marked_edition(1)), tmp_path / "out.csv"
    everything = options(AUDIENCES[-1])
    assert run("statistics", "--bundle", path, "-o", str(out), *everything)[0] == 0
    assert len(rows()) == 1
    (register,) = (tmp_path / "home").rglob("register.db")
    register.write_bytes(b"garbage" * 200)
    out.unlink()
    for words in (("statistics", "-o", str(out)), ("statistics", "--csv"), ("search", "common", "--json")):
        code, said, _ = run(*words, "--bundle", path, *everything)
        assert (code, said) == (1, "")
        assert not out.exists()
