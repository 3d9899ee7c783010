from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from viewer import paths
from viewer.errors import (
    Altered,
    Faulty,
    FileTrouble,
    Incomplete,
    NewerFormat,
    NotSigned,
    Refused,
    RevokedKey,
    TrustLost,
    UnknownKey,
    WrongKind,
)
from viewer.signing.envelope import read_and_unseal, unseal
from viewer.signing.minisign import PublicKey
from viewer.signing.sealing import SigningKey, build_trust_list, new_key
from viewer.signing.trust import LIST_NAME, Trust, load_trust, read_trust_list, with_key
from viewer.signing.trust_changes import adopt_trust_list
from viewer.signing.trust_list import Publisher, Revocation

Build = Callable[..., bytes]


@pytest.fixture
def build(root_key: SigningKey, key_pair: SigningKey) -> Build:
    """Builds trust lists that know `key_pair`, or revoke it."""

    def make(serial: int, *, revoke: bool = False) -> bytes:
        revocation = Revocation(key_id=key_pair.public.key_id, date="2026-12-24", reason="Stolen")
        return build_trust_list(
            {"Test publisher": key_pair.public},
            root_key,
            serial=serial,
            issued="2026-11",
            revoked=[revocation] if revoke else [],
        )

    return make


@pytest.fixture
def shipped(tmp_path: Path, root_key: SigningKey, build: Build, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The trust files of a program that came with list 2, in place of the real ones."""
    folder = tmp_path / "resources" / "trust"
    folder.mkdir(parents=True)
    (folder / "root.pub").write_text(root_key.public.text)
    (folder / LIST_NAME).write_bytes(build(2))
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "resources")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def keep(home: Path, shipped: Path) -> Callable[[bytes], Path]:
    """Puts bytes where the list kept on this machine stands."""
    del shipped

    def put(data: bytes) -> Path:
        home.mkdir(exist_ok=True)
        (home / LIST_NAME).write_bytes(data)
        return home

    return put


def test_the_program_trusts_the_sample_publisher() -> None:
    trust = load_trust(None)
    key = PublicKey.parse((paths.resources() / "trust" / "sample-publisher.pub").read_text())
    assert trust.publisher("257EF797DAF4EAF2") == Publisher(name="Sample publisher", key=key)
    assert trust.root.key_id == "A07D5424F31C0AB6"
    assert trust.serial == 1
    assert trust.warnings == ()


def test_says_publishers_and_revocations_as_they_were_listed(root_key: SigningKey, key_pair: SigningKey) -> None:
    other = new_key().public
    revocation = Revocation(key_id=other.key_id, date="2026-10", reason="Schlüssel verloren")
    data = build_trust_list(
        {"Kripos, Åndalsnes": key_pair.public}, root_key, serial=4, issued="2026-11-05", revoked=[revocation]
    )
    trust = read_trust_list(data, root_key.public)
    assert (trust.serial, trust.issued) == (4, "2026-11-05")
    assert trust.publisher(key_pair.public.key_id).name == "Kripos, Åndalsnes"
    assert trust.revoked == {other.key_id: revocation}
    with pytest.raises(RevokedKey, match="Schlüssel verloren"):
        trust.publisher(other.key_id)


def test_names_an_unknown_key_in_groups(trust: Trust) -> None:
    with pytest.raises(UnknownKey, match="0011 2233 4455 6677"):
        trust.publisher("0011223344556677")


def test_an_edition_kept_on_this_machine_is_refused_once_its_key_is_revoked(
    home: Path, keep: Callable[[bytes], Path], build: Build, sealed: Callable[..., bytes], tmp_path: Path
) -> None:
    edition = tmp_path / "briefings.db"
    edition.write_bytes(sealed(b"any body"))
    read_and_unseal(edition, load_trust(home))
    keep(build(3, revoke=True))
    with pytest.raises(RevokedKey, match="withdrawn"):
        read_and_unseal(edition, load_trust(home))
    with pytest.raises(RevokedKey, match="withdrawn"):
        unseal(edition.read_bytes(), load_trust(home))


@pytest.mark.parametrize(("kept", "expected"), [(1, 2), (2, 2), (3, 3)])
def test_uses_the_newer_of_its_own_list_and_the_kept_one(
    kept: int, expected: int, keep: Callable[[bytes], Path], build: Build
) -> None:
    trust = load_trust(keep(build(kept)))
    assert trust.serial == expected
    assert trust.warnings == ()


def test_needs_no_home(shipped: Path, tmp_path: Path) -> None:
    del shipped
    assert load_trust(tmp_path / "nowhere").serial == load_trust(None).serial == 2
    assert not (tmp_path / "nowhere").exists()


def test_a_kept_list_that_cannot_be_used_opens_nothing(keep: Callable[[bytes], Path], build: Build) -> None:
    good = build(9)
    strange = build_trust_list({"A": new_key().public}, new_key(), serial=9, issued="2026-11")
    for data in (b"", b"garbage", good[:-1], good.replace(b"Test", b"Best"), strange, bytes(2_000_000)):
        trust = load_trust(keep(data))
        with pytest.raises(TrustLost, match="kept on this machine"):
            trust.publisher(next(iter(trust.publishers)))
        assert "trust" in trust.way_out


def test_a_folder_in_the_place_of_the_kept_list_opens_nothing(home: Path, shipped: Path) -> None:
    del shipped
    (home / LIST_NAME).mkdir(parents=True)
    assert "is a folder" in load_trust(home).closed


def test_says_in_words_that_the_programs_own_list_is_damaged(shipped: Path) -> None:
    for damage in (b"", b"garbage"):
        (shipped / LIST_NAME).write_bytes(damage)
        with pytest.raises(FileTrouble, match="damaged or missing"):
            load_trust(None)


def test_adopts_a_newer_list_from_the_stick(home: Path, shipped: Path, build: Build, tmp_path: Path) -> None:
    del shipped
    stick = tmp_path / "stick.list"
    stick.write_bytes(build(3, revoke=True))
    assert adopt_trust_list(stick, home).serial == 3
    assert load_trust(home).revoked
    assert (home / LIST_NAME).stat().st_mode & 0o077 == 0
    assert adopt_trust_list(stick, home).serial == 3
    assert {entry.name for entry in home.iterdir()} == {LIST_NAME, "trust-seen.json", "memory"}


@pytest.mark.parametrize(("serial", "revoke"), [(1, False), (3, False), (2, True)])
def test_refuses_to_adopt_an_older_or_rival_list(
    serial: int, revoke: bool, keep: Callable[[bytes], Path], build: Build, tmp_path: Path
) -> None:
    newest = build(4) if serial == 3 else build(2)
    home = keep(newest)
    (tmp_path / "stick.list").write_bytes(build(serial, revoke=revoke))
    with pytest.raises(Refused, match="not newer than the one in use"):
        adopt_trust_list(tmp_path / "stick.list", home)
    assert (home / LIST_NAME).read_bytes() == newest


def test_adopts_a_list_over_a_damaged_one(keep: Callable[[bytes], Path], build: Build, tmp_path: Path) -> None:
    home = keep(b"garbage")
    (tmp_path / "stick.list").write_bytes(build(3))
    adopt_trust_list(tmp_path / "stick.list", home)
    assert load_trust(home).serial == 3


def test_refuses_to_adopt_what_is_no_genuine_list(
    home: Path, shipped: Path, build: Build, sealed: Callable[..., bytes], root_key: SigningKey, tmp_path: Path
) -> None:
    del shipped
    table: list[tuple[bytes, type[Refused]]] = [
        (b"", Incomplete),
        (b"publisher x\n", NotSigned),
        (build(3)[:-1], Incomplete),
        (build(3).replace(b"publisher ", b"publishes "), Altered),
        (build_trust_list({"A": new_key().public}, new_key(), serial=3, issued="2026-11"), UnknownKey),
        (sealed(b"an edition"), UnknownKey),
        (sealed(b"an edition", key=root_key), WrongKind),
        (signed(b"\n", "briefings-trust/3 serial=3 issued=2026-11", root_key), NewerFormat),
    ]
    for data, refusal in table:
        (tmp_path / "stick.list").write_bytes(data)
        with pytest.raises(refusal):
            adopt_trust_list(tmp_path / "stick.list", home)
    assert not home.exists()


def signed(body: bytes, comment: str, key: SigningKey) -> bytes:
    return body + b"\n" + bytes(key._secret.sign(body, trusted_comment=comment)) + b"\n"


@pytest.mark.parametrize(
    "comment",
    [
        "briefings-trust/1",
        "briefings-trust/1 serial=0 issued=2026-11",
        "briefings-trust/1 serial=-1 issued=2026-11",
        "briefings-trust/1 serial=0x2A issued=2026-11",
        f"briefings-trust/1 serial={2**31} issued=2026-11",
        "briefings-trust/1 serial=1 issued=2026-13",
        "briefings-trust/1 serial=1 serial=1 issued=2026-11",
        "briefings-trust/1 serial=1 issued=2026-11 ",
    ],
)
def test_refuses_a_list_with_a_signed_comment_that_breaks_the_form(comment: str, root_key: SigningKey) -> None:
    with pytest.raises(Faulty, match="signed comment"):
        read_trust_list(signed(b"\n", comment, root_key), root_key.public)


KEY = PublicKey(number=bytes.fromhex("F2EAF4DA97F77E25"), key=bytes(range(32)))
LINE = f"publisher {KEY.key_id} {KEY.base64} A name"


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "Publisher x",
        LINE.replace("publisher", "publisher "),
        LINE.replace(KEY.key_id, KEY.key_id.lower()),
        LINE.replace(KEY.key_id, "0011223344556677"),
        LINE.replace(KEY.base64, KEY.base64 + "="),
        LINE.replace(" A name", ""),
        LINE.replace("A name", "A\N{RIGHT-TO-LEFT OVERRIDE}name"),
        LINE.replace("A name", "A name "),
        LINE.replace("A name", "A" * 201),
        LINE + "\r",
        LINE + "\n" + LINE,
        "revoked 0011223344556677 2026-11",
        "revoked 0011223344556677 2026-31 x",
        "revoked 001122334455667 2026-11 x",
        "revoked 0011223344556677 2026-11 x\nrevoked 0011223344556677 2026-11 y",
        "\0",
        "\ufeff" + LINE,
        " ",
    ],
)
def test_refuses_a_signed_list_with_a_line_that_breaks_the_form(line: str, root_key: SigningKey) -> None:
    comment = "briefings-trust/1 serial=1 issued=2026-11"
    assert read_trust_list(signed(LINE.encode(), comment, root_key), root_key.public).publishers
    with pytest.raises(Faulty, match=r"Line \d of this trust list"):
        read_trust_list(signed(line.encode(), comment, root_key), root_key.public)


def test_refuses_a_signed_list_that_is_not_utf_8(root_key: SigningKey) -> None:
    with pytest.raises(Faulty, match="UTF-8"):
        read_trust_list(signed(b"# \xff", "briefings-trust/1 serial=1 issued=2026-11", root_key), root_key.public)


def test_refuses_a_list_that_makes_the_root_a_publisher(root_key: SigningKey) -> None:
    line = f"publisher {root_key.public.key_id} {root_key.public.base64} Root"
    with pytest.raises(Faulty):
        read_trust_list(signed(line.encode(), "briefings-trust/1 serial=1 issued=2026-11", root_key), root_key.public)


def test_knows_an_extra_key_for_this_run(trust: Trust, tmp_path: Path, sealed: Callable[..., bytes]) -> None:
    extra = new_key()
    (tmp_path / "KEY.pub").write_text(extra.public.text)
    more = with_key(trust, tmp_path / "KEY.pub")
    assert more.publisher(extra.public.key_id).temporary
    assert unseal(sealed(b"body", key=extra), more).seal.key_id == extra.public.key_id
    with pytest.raises(UnknownKey):
        trust.publisher(extra.public.key_id)


def test_an_extra_key_that_is_known_changes_nothing(trust: Trust, key_pair: SigningKey, tmp_path: Path) -> None:
    (tmp_path / "KEY.pub").write_text(key_pair.public.text)
    assert with_key(trust, tmp_path / "KEY.pub") is trust


def test_an_extra_key_cannot_take_anothers_place(
    trust: Trust, key_pair: SigningKey, root_key: SigningKey, tmp_path: Path
) -> None:
    for taken in (key_pair, root_key):
        impostor = PublicKey(number=taken.public.number, key=new_key().public.key)
        (tmp_path / "KEY.pub").write_text(impostor.text)
        with pytest.raises(Refused, match="identity of another key"):
            with_key(trust, tmp_path / "KEY.pub")


def test_an_extra_key_that_was_revoked_stays_revoked(
    build: Build, root_key: SigningKey, key_pair: SigningKey, tmp_path: Path
) -> None:
    (tmp_path / "KEY.pub").write_text(key_pair.public.text)
    with pytest.raises(RevokedKey, match="withdrawn"):
        with_key(read_trust_list(build(1, revoke=True), root_key.public), tmp_path / "KEY.pub")


def test_refuses_an_extra_key_that_is_no_key(trust: Trust, tmp_path: Path) -> None:
    (tmp_path / "KEY.pub").write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="not a minisign public key"):
        with_key(trust, tmp_path / "KEY.pub")
