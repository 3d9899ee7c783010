"""Opening an edition as a reader means it: newest first, warnings that stay, nothing remembered of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.publish.small import FILES, write
from viewer import paths
from viewer.editions.opening import ReaderSession, Superseded
from viewer.errors import Refused, RevokedKey, UnknownKey
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.signing.sealing import SigningKey, build_trust_list, new_key
from viewer.signing.trust import Revocation, Trust, read_trust_list


@pytest.fixture
def opener(tmp_path: Path, trust: Trust) -> ReaderSession:
    """An opener with a fresh folder of the reader's own."""
    return ReaderSession(home=tmp_path / "home", trust=trust)


@pytest.fixture
def serials(tmp_path: Path, sealed: Callable[..., bytes]) -> Callable[[int], Path]:
    """Makes the small edition with the serial asked for: `serials(3)`."""

    def make(serial: int) -> Path:
        path = tmp_path / f"small-{serial}.db"
        if path.exists():
            return path
        folder = tmp_path / f"drafts-{serial}"
        write(folder, FILES | {"edition.toml": FILES["edition.toml"].replace("serial = 2", f"serial = {serial}")})
        body = build_body(read_drafts(folder))
        path.write_bytes(sealed(body, series="small", serial=serial, issued="2020-05", review="2021-03-31"))
        return path

    return make


def test_an_older_serial_opens_only_by_choice_and_is_marked_as_superseded(
    opener: ReaderSession, serials: Callable[[int], Path]
) -> None:
    opener.open(serials(3))
    with pytest.raises(Superseded) as told:
        opener.open(serials(2))
    assert "serial 2" in str(told.value)
    assert "serial 3" in str(told.value)
    chosen = opener.open(serials(2), older=True)
    assert chosen.superseded_by == 3
    assert any(warning.startswith("Superseded: serial 3") for warning in chosen.warnings)


def test_choosing_an_older_edition_does_not_make_it_the_newest(
    opener: ReaderSession, serials: Callable[[int], Path]
) -> None:
    opener.open(serials(3))
    opener.open(serials(2), older=True)
    with pytest.raises(Superseded):
        opener.open(serials(2))
    assert opener.open(serials(3)).superseded_by is None


def test_the_newest_serial_takes_its_place(opener: ReaderSession, serials: Callable[[int], Path]) -> None:
    opener.open(serials(1))
    assert opener.open(serials(2)).superseded_by is None


def test_looking_at_a_file_remembers_nothing(opener: ReaderSession, serials: Callable[[int], Path]) -> None:
    opener.inspect(serials(3))
    assert opener.open(serials(2)).superseded_by is None


def test_a_review_date_past_is_warned_of_from_the_day_after(
    opener: ReaderSession, serials: Callable[[int], Path]
) -> None:
    path = serials(1)
    assert opener.open(path, today=date(2021, 3, 31)).warnings == ()
    (warning,) = opener.open(path, today=date(2021, 4, 1)).warnings
    assert "31 March 2021" in warning


def test_a_refused_file_leaves_no_trace(opener: ReaderSession, tmp_path: Path) -> None:
    path = tmp_path / "junk.db"
    path.write_bytes(b"no edition")
    with pytest.raises(Refused):
        opener.open(path)
    assert not opener.home.exists()


def test_a_withdrawn_key_is_refused_for_an_edition_kept_before(
    opener: ReaderSession, serials: Callable[[int], Path], root_key: SigningKey, key_pair: SigningKey
) -> None:
    path = serials(1)
    opener.open(path)
    withdrawn = Revocation(key_id=key_pair.public.key_id, date="2026-11", reason="lost")
    listed = build_trust_list(
        {"Test publisher": key_pair.public}, root_key, serial=2, issued="2026-11", revoked=[withdrawn]
    )
    after = ReaderSession(home=opener.home, trust=read_trust_list(listed, root_key.public))
    for older in (False, True):
        with pytest.raises(RevokedKey):
            after.open(path, older=older)


def test_a_key_for_this_run_alone_opens_under_a_banner_and_is_not_remembered(
    tmp_path: Path, serials: Callable[[int], Path], root_key: SigningKey, key_pair: SigningKey
) -> None:
    listed = build_trust_list({"Another": new_key().public}, root_key, serial=1, issued="2026-11")
    bare = ReaderSession(home=tmp_path / "home", trust=read_trust_list(listed, root_key.public))
    path = serials(1)
    with pytest.raises(UnknownKey):
        bare.open(path)
    from viewer.signing.trust import with_key

    key_file = tmp_path / "extra.pub"
    key_file.write_text(key_pair.public.text)
    once = with_key(bare.trust, key_file)
    opened = ReaderSession(home=bare.home, trust=once).open(path)
    assert any("for this run only" in warning for warning in opened.warnings)
    (bare.home / paths.LAST_OPENED_FILE).touch()
    again = ReaderSession(home=bare.home, trust=once).open(path)
    assert not any("record of editions" in warning for warning in again.warnings)
    assert key_pair.public.key_id not in (bare.home / "serials.json").read_text()


def test_knows_the_edition_that_was_opened_before_in_this_run(
    opener: ReaderSession, serials: Callable[[int], Path]
) -> None:
    one, two = (opener.open(serials(serial)).bundle.seal for serial in (1, 3))
    assert opener.opened_before(one) is None
    assert opener.opened_before(two) == serials(1)
    assert ReaderSession(home=opener.home, trust=opener.trust).opened_before(two) is None
    serials(1).unlink()
    assert opener.opened_before(two) is None
