"""The verbs of trust on the command line: the list in use, a newer one, another root."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer import paths
from viewer.cli import main
from viewer.signing.sealing import SigningKey, new_key, seal_trust_list
from viewer.signing.trust import root_fingerprint
from viewer.signing.trust_list import Publisher, Revocation


@pytest.fixture
def lists(tmp_path: Path, root_key: SigningKey, key_pair: SigningKey, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Lists of serial 1 and 2; the program comes with the first."""
    folder = tmp_path / "resources" / "trust"
    folder.mkdir(parents=True)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "resources")
    after, gone = new_key().public, new_key().public
    known = [
        Publisher(name="North", key=key_pair.public, series=("a", "b"), not_before="2012-06", successor=after.key_id),
        Publisher(name="North", key=after, not_after="2030-01-31"),
    ]
    revoked = [Revocation(key_id=gone.key_id, date="2026-10", reason="Lost")]
    out = []
    for serial in (1, 2):
        data = seal_trust_list(known, root_key, serial=serial, issued="2026-11", revoked=revoked)
        (tmp_path / f"{serial}.list").write_bytes(data)
        out.append(tmp_path / f"{serial}.list")
    (folder / "trust.list").write_bytes(out[0].read_bytes())
    (folder / "root.pub").write_text(root_key.public.text)
    return out


def test_shows_who_may_sign_what(lists: list[Path], root_key: SigningKey, capsys: pytest.CaptureFixture[str]) -> None:
    del lists
    assert main(["trust"]) == 0
    said = capsys.readouterr().out
    assert "(only a and b, from June 2012, followed by " in said
    assert "(up to 31 January 2030)" in said
    assert "October 2026: Lost" in said
    assert root_fingerprint(root_key.public) in said


def test_a_lost_list_is_said_with_the_way_out_and_ends_with_1(
    lists: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "home")
    assert main(["trust", str(lists[1]), "--home", home]) == 0
    (tmp_path / "home" / "trust.list").unlink()
    assert main(["trust", "--home", home]) == 1
    assert "serial 2 was in use on this machine before" in capsys.readouterr().err
    assert main(["trust", str(lists[0]), "--home", home]) == 1
    assert main(["trust", str(lists[1]), "--home", home]) == 0


def test_a_root_is_accepted_by_its_fingerprint_and_a_yes(
    lists: list[Path], tmp_path: Path, key_pair: SigningKey, capsys: pytest.CaptureFixture[str]
) -> None:
    home, other = str(tmp_path / "home"), new_key()
    main(["trust", str(lists[1]), "--home", home])
    folder = tmp_path / "resources" / "trust"
    listed = [Publisher(name="South", key=key_pair.public)]
    (folder / "trust.list").write_bytes(seal_trust_list(listed, other, serial=1, issued="2026-11"))
    (folder / "root.pub").write_text(other.public.text)
    assert main(["trust", "--home", home]) == 1
    fingerprint = root_fingerprint(other.public)
    assert main(["trust", "accept-root", fingerprint, "--home", home]) == 1
    assert "at a terminal, or with --yes" in capsys.readouterr().err
    assert main(["trust", "accept-root", "0" * 32, "--yes", "--home", home]) == 1
    assert main(["trust", "accept-root", fingerprint, "--yes", "--home", home]) == 0
    assert main(["trust", "--home", home]) == 0


@pytest.mark.parametrize("words", [["accept-root"], ["a", "b"], ["accept-root", "a", "b"]])
def test_other_words_are_wrong_usage(words: list[str]) -> None:
    assert main(["trust", *words]) == 2
