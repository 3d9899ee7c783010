"""Opening an edition as a reader means it: newest first, warnings that stay, nothing remembered of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from viewer import paths
from viewer.editions.opening import ReaderSession, Superseded
from viewer.errors import Refused, RevokedKey, UnknownKey
from viewer.signing.sealing import SigningKey, build_trust_list, new_key
from viewer.signing.trust import read_trust_list
from viewer.signing.trust_list import Revocation


def test_an_older_serial_opens_only_by_choice_and_is_marked_as_superseded(
    session: ReaderSession, serials: Callable[[int], Path]
) -> None:
    session.open(serials(3))
    with pytest.raises(Superseded) as caught:
        session.open(serials(2))
    assert "serial 2" in str(caught.value)
    assert "serial 3" in str(caught.value)
    chosen = session.open(serials(2), older=True)
    assert chosen.superseded_by == 3
    assert any(warning.startswith("Superseded: serial 3") for warning in chosen.warnings)


def test_choosing_an_older_edition_does_not_make_it_the_newest(
    session: ReaderSession, serials: Callable[[int], Path]
) -> None:
    session.open(serials(3))
    session.open(serials(2), older=True)
    with pytest.raises(Superseded):
        session.open(serials(2))
    assert session.open(serials(3)).superseded_by is None


def test_the_newest_serial_takes_its_place(session: ReaderSession, serials: Callable[[int], Path]) -> None:
    session.open(serials(1))
    assert session.open(serials(2)).superseded_by is None


def test_looking_at_a_file_remembers_nothing(session: ReaderSession, serials: Callable[[int], Path]) -> None:
    session.inspect(serials(3))
    assert session.open(serials(2)).superseded_by is None


def test_a_review_date_past_is_warned_of_from_the_day_after(
    session: ReaderSession, serials: Callable[[int], Path]
) -> None:
    path = serials(1)
    assert session.open(path, today=date(2021, 3, 31)).warnings == ()
    (warning,) = session.open(path, today=date(2021, 4, 1)).warnings
    assert "31 March 2021" in warning


def test_a_refused_file_leaves_no_trace(session: ReaderSession, tmp_path: Path) -> None:
    path = tmp_path / "junk.db"
    path.write_bytes(b"no edition")
    with pytest.raises(Refused):
        session.open(path)
    assert not session.home.exists()


def test_a_withdrawn_key_is_refused_for_an_edition_kept_before(
    session: ReaderSession, serials: Callable[[int], Path], root_key: SigningKey, key_pair: SigningKey
) -> None:
    path = serials(1)
    session.open(path)
    withdrawn = Revocation(key_id=key_pair.public.key_id, date="2026-11", reason="lost")
    listed = build_trust_list(
        {"Test publisher": key_pair.public}, root_key, serial=2, issued="2026-11", revoked=[withdrawn]
    )
    after = ReaderSession(home=session.home, trust=read_trust_list(listed, root_key.public))
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
