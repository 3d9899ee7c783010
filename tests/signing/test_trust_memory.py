"""What was once seen of trust lists is not forgotten: whatever is removed, older or emptied, nothing opens again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from viewer import paths
from viewer.errors import Refused, RevokedKey, TrustLost
from viewer.signing.sealing import SigningKey, build_trust_list, new_key
from viewer.signing.serials import Serials
from viewer.signing.trust import LIST_NAME, Trust, load_trust, remember_trust, root_fingerprint
from viewer.signing.trust_changes import accept_root, adopt_trust_list
from viewer.signing.trust_list import Revocation
from viewer.signing.trust_memory import PLACES, load_memory

Build = Callable[..., bytes]


@pytest.fixture
def build(root_key: SigningKey, key_pair: SigningKey) -> Build:
    """Builds trust lists of a root that know `key_pair`, or revoke it."""

    def make(serial: int, *, revoke: bool = False, issued: str = "2026-11", root: SigningKey = root_key) -> bytes:
        entry = Revocation(key_id=key_pair.public.key_id, date="2026-12-24", reason="Stolen")
        known = {"Test publisher": key_pair.public, "Other": other.public}
        return build_trust_list(known, root, serial=serial, issued=issued, revoked=[entry] if revoke else [])

    other = new_key()
    return make


@pytest.fixture
def ship(tmp_path: Path, root_key: SigningKey, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts a root and a list in the place of the program's own."""
    folder = tmp_path / "resources" / "trust"
    folder.mkdir(parents=True)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "resources")

    def put(data: bytes, root: SigningKey = root_key) -> None:
        (folder / "root.pub").write_text(root.public.text)
        (folder / LIST_NAME).write_bytes(data)

    return put


@pytest.fixture
def home(tmp_path: Path, ship: Callable[..., None], build: Build) -> Path:
    """A home that took list 5 over, which revokes the publisher; the program came with list 2."""
    ship(build(2))
    (tmp_path / "stick.list").write_bytes(build(5, revoke=True))
    adopt_trust_list(tmp_path / "stick.list", tmp_path / "home")
    return tmp_path / "home"


def refuses(home: Path, key: SigningKey) -> bool:
    """Whether nothing signed by `key` opens."""
    with pytest.raises(Refused) as caught:
        load_trust(home).publisher(key.public.key_id)
    return isinstance(caught.value, TrustLost | RevokedKey)


def _put(home: Path, data: bytes) -> None:
    (home / LIST_NAME).write_bytes(data)


def _put_folder(home: Path) -> None:
    (home / LIST_NAME).unlink()
    (home / LIST_NAME).mkdir()


LOSSES: dict[str, Callable[[Path, Build], object]] = {
    "the list removed": lambda home, _: (home / LIST_NAME).unlink(),
    "an older list": lambda home, build: _put(home, build(4)),
    "the first list": lambda home, build: _put(home, build(2)),
    "another list of its serial": lambda home, build: _put(home, build(5)),
    "an empty file": lambda home, _: _put(home, b""),
    "another root's list": lambda home, build: _put(home, build(9, root=new_key())),
    "a folder": lambda home, _: _put_folder(home),
}


@pytest.mark.parametrize("gone", [(), PLACES[:1], PLACES[1:]], ids=["memory whole", "one gone", "the other gone"])
@pytest.mark.parametrize("what", LOSSES)
def test_a_lost_list_makes_no_revoked_key_good_again(
    what: str, gone: tuple[str, ...], home: Path, build: Build, key_pair: SigningKey
) -> None:
    LOSSES[what](home, build)
    for place in gone:
        (home / place).unlink()
    assert refuses(home, key_pair)
    trust = load_trust(home)
    assert trust.closed
    assert "main.py trust" in trust.way_out


@pytest.mark.parametrize("what", [name for name in LOSSES if name != "a folder"])
def test_the_newest_list_taken_over_again_is_the_way_out(what: str, home: Path, build: Build, tmp_path: Path) -> None:
    LOSSES[what](home, build)
    (tmp_path / "old.list").write_bytes(build(4))
    with pytest.raises(Refused):
        adopt_trust_list(tmp_path / "old.list", home)
    assert load_trust(home).closed
    assert adopt_trust_list(tmp_path / "stick.list", home).closed == ""
    assert load_trust(home).serial == 5


def test_a_key_once_withdrawn_stays_so_in_newer_lists(
    home: Path, build: Build, tmp_path: Path, key_pair: SigningKey
) -> None:
    (tmp_path / "newer.list").write_bytes(build(6))
    trust = adopt_trust_list(tmp_path / "newer.list", home)
    assert (trust.serial, trust.closed) == (6, "")
    with pytest.raises(RevokedKey, match="Stolen"):
        load_trust(home).publisher(key_pair.public.key_id)


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 10_000, b"\xff", b'{"version": 9}', bytes(5_000_000)])
def test_one_damaged_place_is_mended_and_two_open_nothing(content: bytes, home: Path, key_pair: SigningKey) -> None:
    (home / PLACES[0]).write_bytes(content)
    trust = load_trust(home)
    assert trust.closed == ""
    remember_trust(home, trust)
    assert load_memory(home).is_whole
    for place in PLACES:
        (home / place).write_bytes(content)
    assert refuses(home, key_pair)
    assert load_trust(home).closed


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipes_in_their_places_hold_nothing_up(home: Path) -> None:
    for place in PLACES:
        (home / place).unlink()
        os.mkfifo(home / place)
    assert load_trust(home).closed


def test_both_places_removed_are_missed_where_editions_were_seen(home: Path, key_pair: SigningKey) -> None:
    Serials.load(home).ensure_recorded()
    for place in PLACES:
        (home / place).unlink()
    (home / LIST_NAME).unlink()
    assert refuses(home, key_pair)
    root = root_fingerprint(load_trust(home).root)
    assert root in load_trust(home).way_out
    assert accept_root(home, root).closed == ""


def test_a_program_with_another_root_opens_nothing_until_the_root_is_accepted_by_name(
    home: Path, build: Build, ship: Callable[..., None], key_pair: SigningKey
) -> None:
    other = new_key()
    ship(build(1, root=other), other)
    assert refuses(home, key_pair)
    assert "trust root" in load_trust(home).closed
    for wrong in ("", "0" * 32, root_fingerprint(new_key().public)):
        with pytest.raises(Refused, match="not the fingerprint"):
            accept_root(home, wrong)
    spaced = " ".join(root_fingerprint(other.public)[at : at + 4] for at in range(0, 32, 4)).upper()
    trust = accept_root(home, spaced)
    assert (trust.closed, trust.serial, trust.revoked) == ("", 1, {})
    assert [path.name for path in home.glob("trust.list*")] == [f"{LIST_NAME}.set-aside-1"]


def test_what_was_seen_under_the_former_root_is_still_known_when_it_comes_back(
    home: Path, build: Build, ship: Callable[..., None], root_key: SigningKey, key_pair: SigningKey
) -> None:
    other = new_key()
    ship(build(1, root=other), other)
    accept_root(home, root_fingerprint(other.public))
    ship(build(2))
    assert load_trust(home).closed
    trust = accept_root(home, root_fingerprint(root_key.public))
    assert "serial 5" in trust.closed
    assert refuses(home, key_pair)


def test_nothing_is_written_where_nothing_is_new(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.signing.trust_memory.write_atomically", None)
    assert remember_trust(home, load_trust(home)) == ""


def test_a_home_that_cannot_be_written_is_said(home: Path, tmp_path: Path) -> None:
    trust: Trust = load_trust(home)
    shutil.rmtree(home)
    (tmp_path / "home").write_text("a file")
    assert "cannot be remembered" in remember_trust(tmp_path / "home", trust)
