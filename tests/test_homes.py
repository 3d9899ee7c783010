"""What earlier versions wrote in a reader's own folder is all there, wherever it lies and whether it can be written."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.reader_homes import EXERCISE, EXERCISE_KEY, HOMES, SAMPLE, copy_home, organisation
from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.cli import main
from viewer.dissemination.register import Register
from viewer.editions import last_opened
from viewer.editions.opening import Opened, ReaderSession
from viewer.editions.shelf import Shelf
from viewer.notes.backups import backups, count_notes_in
from viewer.notes.notebook import Notebook
from viewer.notes.opening import OpenedNotes, open_notes
from viewer.search.search_history import SearchHistory
from viewer.sheets.recipe_store import RecipeStore
from viewer.signing.serials import Serials
from viewer.signing.trust import load_trust

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Home:
    """A home, the edition that its reader opens next, and how much is in it."""

    name: str
    edition: Path
    series: str
    placed: int = 0
    moved: int = 0
    placeless: int = 0
    former: int = 0
    removed: int = 0
    placements: int = 0
    backups: tuple[int, ...] = ()  # how many notes each holds, the newest first
    damaged: int = 0  # notes files that were set aside
    events: tuple[tuple[str, int], ...] = ()  # of the register
    serials: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    recipes: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    trust_serial: int = 1
    withdrawn: int = 0
    author: str = ""
    key: Path | None = None  # given with --trust

    @property
    def notes(self) -> int:
        return self.placed + self.moved + self.placeless


TACSEA = Home(
    name="tacsea", edition=SAMPLE, series="tacsea", placed=12, former=1, removed=1,
    backups=(12, 11, 11, 10, 9), events=(("copy", 1), ("export", 4), ("print", 1), ("void", 1)),
    serials=("257EF797DAF4EAF2 tacsea",), kept=("tacsea/1",), recipes=("Briefing of the week",),
    past=("hidden internet", "P2P networks", '"self-generated"', "grooming"),
    saved=("tag:online kind:figure", "travel abroad"), author="R. Ward",
)  # fmt: skip
EXERCISE_HOME = Home(
    name="exercise", edition=EXERCISE[1], series="exercise", placed=11, moved=4, placeless=5, former=2, removed=3,
    placements=2, backups=(20, 19, 18, 19, 17), events=(("export", 21),),
    serials=("2A36FF67CE686345 exercise",), kept=("exercise/2", "exercise/1"), recipes=("Carriers' meeting",),
    past=("kind:figure over", "service keys"), saved=("depot",), trust_serial=2, withdrawn=1, author="J. Fen",
)  # fmt: skip
TRAINING = Home(
    name="training", edition=EXERCISE[1], series="exercise", placed=1, backups=(1, 4, 3), damaged=1,
    events=(("export", 1),), key=EXERCISE_KEY,
)  # fmt: skip
FRESH = Home(name="fresh", edition=SAMPLE, series="tacsea", serials=("257EF797DAF4EAF2 tacsea",))
EVERY = (TACSEA, EXERCISE_HOME, TRAINING, FRESH)


@pytest.fixture(params=EVERY, ids=lambda home: home.name)
def reader(request: pytest.FixtureRequest) -> Home:
    """Each of the homes in turn."""
    found: Home = request.param
    return found


@pytest.fixture
def home(reader: Home, tmp_path: Path) -> Iterator[Path]:
    """A copy of it, with the trust root that its reader had."""
    (tmp_path / "resources").mkdir()
    with organisation(tmp_path / "resources") if reader.name == "exercise" else nullcontext():
        yield copy_home(reader.name, tmp_path)


@pytest.fixture
def opened(reader: Home, home: Path) -> Iterator[Opened]:
    """The edition that its reader opens next."""
    found = ReaderSession.start(home, reader.key).open(reader.edition)
    yield found
    found.bundle.close()


@pytest.fixture
def bundle(opened: Opened) -> Bundle:
    """Its content."""
    return opened.bundle


@pytest.fixture
def found(reader: Home, opened: Opened) -> Iterator[OpenedNotes]:
    """Its notes, opened as the window opens them."""
    notes = open_notes(opened.home, reader.series)
    yield notes
    notes.store.close()


def test_every_home_is_counted() -> None:
    assert {home.name for home in EVERY} | {"editions", "trust"} == {
        path.name for path in HOMES.iterdir() if path.is_dir()
    }


def test_no_home_names_the_machine_on_which_it_was_written() -> None:
    foreign = re.compile(rb"/(?:tmp|work|root|usr|opt|build)/")
    assert [path for path in HOMES.rglob("*") if path.is_file() and foreign.search(path.read_bytes())] == []


def test_every_note_is_there_and_in_place_where_certain(reader: Home, found: OpenedNotes, bundle: Bundle) -> None:
    book = Notebook(found.store, bundle)
    states = Counter(note.state.value for note in book.notes.values())
    assert states == Counter(placed=reader.placed, moved=reader.moved, placeless=reader.placeless)
    assert sum(len(anchors) for anchors in book.notes.placements.values()) == reader.placements
    assert found.store.read_only == ""


def test_notes_of_serial_1_stand_in_place_in_serial_2_of_another_format(tmp_path: Path) -> None:
    home = copy_home("tacsea", tmp_path)
    opened = ReaderSession.start(home).open(paths.sample())
    found = open_notes(home, "tacsea")
    states = Counter(note.state.value for note in Notebook(found.store, opened.bundle).notes.values())
    found.store.close()
    opened.bundle.close()
    assert opened.bundle.edition.serial == 2
    assert states == Counter(placed=TACSEA.placed)
    assert Serials.load(home).newest("257EF797DAF4EAF2", "tacsea") == 2


def test_what_was_removed_or_gave_way_is_remembered(reader: Home, found: OpenedNotes) -> None:
    store = found.store
    assert sum(len(store.former(note.uuid)) for note in store.contents().current) == reader.former
    assert len(store.contents().removed) == reader.removed
    with closing(sqlite3.connect(HOMES / reader.name / "notes" / f"{reader.series}.db")) as old:
        shared = set(old.execute("SELECT uuid, digest FROM shared WHERE uuid IN (SELECT uuid FROM note)"))
    known = store.all_versions()
    assert all(digest in known[uuid].versions.keys() | known[uuid].superseded for uuid, digest in shared)


def test_the_readers_own_names_are_there(reader: Home, found: OpenedNotes, bundle: Bundle) -> None:
    book = Notebook(found.store, bundle)
    assert book.settings.author == reader.author
    if reader is TACSEA:
        assert [book.settings.meaning(colour) for colour in (1, 3, 5)] == [
            "Act on this week",
            "Ask the unit",
            "For the annual plan",
        ]


def test_every_backup_can_be_read(reader: Home, home: Path) -> None:
    path = home / "notes" / f"{reader.series}.db"
    assert tuple(count_notes_in(backup) for backup in backups(path)) == reader.backups


def test_what_was_set_aside_as_damaged_is_kept_and_its_backup_offered(reader: Home, found: OpenedNotes) -> None:
    assert len(list(found.store.path.parent.glob("*-damaged-*.db"))) == reader.damaged
    assert (found.offer is not None) is bool(reader.damaged)
    if found.offer is not None:
        assert (found.offer.notes, found.offer.since) == (4, 1)


def test_the_register_is_whole(reader: Home, home: Path) -> None:
    register = Register.open_for_reading(home)
    if register is None:
        assert reader.events == ()
        return
    with register:
        assert register.verify() == ()
        rows = register.rows()
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert tuple(sorted(Counter(row.issue.event for row in rows).items())) == reader.events
    assert all(row.issue.items and row.issue.series == reader.series for row in rows)


def test_serials_shelf_and_trust_are_those_of_the_reader(reader: Home, home: Path) -> None:
    seen = json.loads((home / "serials.json").read_bytes())["seen"]
    assert tuple(seen) == reader.serials
    for name in reader.serials:
        assert Serials.load(home).newest(*name.split()) == seen[name]
    assert Serials.load(home).warnings == ()
    trust = load_trust(home)
    assert (trust.serial, len(trust.revoked), trust.warnings) == (reader.trust_serial, reader.withdrawn, ())
    entries = Shelf(ReaderSession.start(home)).entries()
    assert tuple(f"{kept.edition.series}/{kept.edition.serial}" for kept in entries if kept.edition) == reader.kept
    assert [kept.refused for kept in entries if kept.refused] == []


def test_the_edition_opened_last_is_opened_again(reader: Home, home: Path) -> None:
    if reader is TRAINING:  # nothing of a key that is given for one run is remembered
        assert last_opened.last_opened_path(home) is None
        return
    default = last_opened.default_edition(home)
    assert default.read_bytes() == reader.edition.read_bytes()
    assert last_opened.last_opened_path(home) == default


def test_notes_of_an_exercise_are_taken_along_once_to_where_exercises_lie(tmp_path: Path) -> None:
    home = copy_home("training", tmp_path)
    before = sorted(path.name for path in (home / "notes").rglob("*.db"))
    real = (home / "register.db").read_bytes()
    opened = ReaderSession.start(home, EXERCISE_KEY).open(EXERCISE[1])
    opened.bundle.close()
    assert opened.home == home / "exercise"
    assert sorted(path.name for path in (opened.home / "notes").rglob("*.db")) == before
    assert list((home / "notes").rglob("*.db")) == []
    assert (home / "register.db").read_bytes() == real
    notes = open_notes(opened.home, "exercise")
    assert (len(notes.store.contents().current), notes.offer is not None) == (1, True)
    notes.store.close()
    (home / "notes" / "exercise.db").write_bytes(b"another")
    again = ReaderSession.start(home, EXERCISE_KEY).open(EXERCISE[1])
    again.bundle.close()
    assert (home / "notes" / "exercise.db").read_bytes() == b"another"


def test_notes_on_a_real_series_are_never_taken_for_those_of_an_exercise(tmp_path: Path) -> None:
    home = copy_home("exercise", tmp_path)
    (tmp_path / "resources").mkdir()
    with organisation(tmp_path / "resources"):
        trust = ReaderSession.start(home).trust
    (home / "trust.list").unlink()
    own = {path: path.read_bytes() for path in (home / "notes").rglob("*.db")}
    assert own
    assert trust.serial == EXERCISE_HOME.trust_serial
    opened = ReaderSession.start(home, EXERCISE_KEY).open(EXERCISE[1])
    opened.bundle.close()
    assert opened.home == home / "exercise"
    assert {path: path.read_bytes() for path in (home / "notes").rglob("*.db")} == own
    assert not (home / "exercise" / "notes").exists()


def test_recipes_and_searches_are_there(reader: Home, home: Path) -> None:
    recipes = RecipeStore(home)
    assert tuple(recipes.names()) == reader.recipes
    assert [bool(recipes.load(name).entries) for name in recipes.names()] == [True] * len(reader.recipes)
    searches = SearchHistory(home).searches
    assert (searches.past, searches.saved) == (reader.past, reader.saved)


def test_a_home_that_was_moved_still_opens(reader: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it says of where things lie is as on the reader's machine, and nothing lies there."""
    if reader is TRAINING:
        return
    home = tmp_path / "moved"
    shutil.copytree(HOMES / reader.name, home)
    (tmp_path / "resources").mkdir()
    with organisation(tmp_path / "resources") if reader.name == "exercise" else nullcontext():
        assert main(["notes", "list", "--json", "--home", str(home)]) == 0
    assert len(json.loads(capsys.readouterr().out)) == reader.notes


# Read-only: as an ordinary reader meets it, who may not write what another wrote


def _as_ordinary_reader() -> list[str] | None:
    """What comes before a command so that permissions hold for it; None where this cannot be had."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    command = [setpriv or "", "--bounding-set", "-dac_override,-dac_read_search"]
    works = setpriv is not None and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if works else None


def _state(home: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(home)): path.read_bytes() if path.is_file() else None for path in home.rglob("*")}


@pytest.fixture
def read_only_home(home: Path) -> Iterator[Path]:
    """The copy of the home without any permission to write."""
    for path in (home, *home.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield home
    for path in (home, *home.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.mark.skipif(_as_ordinary_reader() is None, reason="nothing here makes permissions hold for this user")
def test_everything_can_be_read_where_nothing_can_be_written(
    reader: Home, read_only_home: Path, tmp_path: Path
) -> None:
    before = _state(read_only_home)
    resources = tmp_path / "of-the-organisation"
    resources.mkdir()
    program = ["-m", "tests.as_organisation", str(resources)] if reader.name == "exercise" else ["main.py"]
    key = ["--trust", str(reader.key)] if reader.key else []

    def run(*words: str) -> str:
        if resources.is_dir():
            shutil.rmtree(resources)
        resources.mkdir()
        command = [*(_as_ordinary_reader() or []), sys.executable, *program, *words, "--home", str(read_only_home)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    edition = ["--bundle", str(reader.edition), *key]
    assert len(json.loads(run("notes", "list", "--json", *edition))) == reader.notes
    rows = sum(count for _, count in reader.events)
    assert ("The register is whole" in run("register", "verify")) is bool(rows)
    assert len(json.loads(run("shelf", "list", "--json"))) == len(reader.kept)
    assert run("trust").startswith(f"Trust list serial {reader.trust_serial},")
    assert run("search", *edition, "the")
    picture = tmp_path / "window.png"
    run("open", str(reader.edition), *key, "--snapshot", str(picture))
    assert picture.stat().st_size > 10_000
    assert _state(read_only_home) == before
