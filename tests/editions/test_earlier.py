"""Which edition is the earlier one: kept, opened or named in this run, and verified before it counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from viewer.bundle.bundle import Bundle
from viewer.editions.earlier import EarlierEditions
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import Shelf
from viewer.errors import NoEarlierEdition, Refused
from viewer.signing.sealing import SigningKey, new_key
from viewer.signing.trust import Trust
from viewer.signing.trust_list import Publisher


def _before(earlier: EarlierEditions) -> Path | None:
    found = earlier.before()
    return found.path if found else None


def test_the_one_before_is_kept_and_of_the_same_series_and_key(
    session: ReaderSession, exercise_files: tuple[Path, Path], exercise: tuple[Bundle, Bundle], sample_file: Path
) -> None:
    shelf = Shelf(session)
    assert _before(EarlierEditions(exercise[1], session)) is None
    shelf.add(sample_file)
    older = shelf.add(exercise_files[0]).path
    shelf.add(exercise_files[1])
    assert _before(EarlierEditions(exercise[1], session)) == older
    assert _before(EarlierEditions(exercise[0], session)) is None


def test_the_one_before_was_opened_in_this_run_while_its_file_is_there(
    session: ReaderSession, serials: Callable[[int], Path]
) -> None:
    one, three = (session.open(serials(serial)).bundle for serial in (1, 3))
    assert _before(EarlierEditions(one, session)) is None
    assert _before(EarlierEditions(three, session)) == serials(1)
    other_run = ReaderSession(home=session.home, trust=session.trust)
    assert _before(EarlierEditions(three, other_run)) is None
    serials(1).unlink()
    assert _before(EarlierEditions(three, session)) is None


def test_the_highest_serial_is_the_one_before_wherever_it_is(
    session: ReaderSession, serials: Callable[[int], Path]
) -> None:
    Shelf(session).add(serials(1))
    session.open(serials(3))
    four = session.inspect(serials(4)).bundle
    assert _before(EarlierEditions(four, session)) == serials(3)
    kept = Shelf(session).add(serials(3)).path
    assert _before(EarlierEditions(four, session)) == kept, "a stick may be gone"
    EarlierEditions(four, session).add(serials(3))
    assert _before(EarlierEditions(four, session)) == serials(3), "the reader named it"


def test_a_file_named_in_one_place_is_at_hand_in_all(
    session: ReaderSession, exercise: tuple[Bundle, Bundle], exercise_files: tuple[Path, Path]
) -> None:
    for earlier in (EarlierEditions(exercise[1], session), EarlierEditions(exercise[1], session)):
        if not session.named_files:
            assert earlier.add(exercise_files[0]) == "exercise/1"
        assert earlier.choices() == {"exercise/1": "Serial 1, from exercise-1.db"}
        assert earlier.compare("exercise/1").changes.old.serial == 1
        assert earlier.compare("") is earlier.compare("exercise/1")


def test_a_kept_one_is_named_as_the_edition_names_itself(
    session: ReaderSession, exercise: tuple[Bundle, Bundle], exercise_files: tuple[Path, Path]
) -> None:
    earlier = EarlierEditions(exercise[1], session)
    with pytest.raises(NoEarlierEdition, match="No earlier edition is chosen"):
        earlier.compare("")
    with pytest.raises(NoEarlierEdition, match="not on the shelf"):
        earlier.compare("exercise/1")
    Shelf(session).add(exercise_files[0])
    assert earlier.choices() == {"exercise/1": "Serial 1, EXERCISE 1 (invented)"}
    assert earlier.compare("").changes.old.serial == 1


def test_takes_no_file_that_is_not_earlier_or_not_verified(
    session: ReaderSession, exercise: tuple[Bundle, Bundle], exercise_files: tuple[Path, Path], sample_file: Path
) -> None:
    earlier = EarlierEditions(exercise[1], session)
    with pytest.raises(NoEarlierEdition, match="not earlier than the open edition"):
        earlier.add(exercise_files[1])
    with pytest.raises(NoEarlierEdition, match="belongs to another series"):
        earlier.add(sample_file)
    exercise_files[0].write_bytes(exercise_files[0].read_bytes().replace(b"locker", b"lacker", 1))
    with pytest.raises(Refused, match="changed after"):
        earlier.add(exercise_files[0])
    assert session.named_files == {}


def test_a_kept_file_that_is_another_edition_is_neither_listed_nor_compared(
    session: ReaderSession, exercise: tuple[Bundle, Bundle], exercise_files: tuple[Path, Path], sample_file: Path
) -> None:
    kept = Shelf(session).add(exercise_files[0]).path
    earlier = EarlierEditions(exercise[1], session)
    kept.write_bytes(sample_file.read_bytes())
    assert earlier.choices() == {}
    with pytest.raises(NoEarlierEdition, match="belongs to another series"):
        earlier.compare("exercise/1")


def test_an_edition_of_another_key_is_at_hand_but_never_meant_by_itself(
    session: ReaderSession, exercise: tuple[Bundle, Bundle], exercise_bytes: tuple[bytes, bytes], tmp_path: Path
) -> None:
    other = new_key()
    publishers = {**session.trust.publishers, other.public.key_id: Publisher(name="Another", key=other.public)}
    trusting = ReaderSession(home=session.home, trust=_trusting(session.trust, publishers))
    path = tmp_path / "theirs.db"
    path.write_bytes(_resealed(exercise_bytes[0], exercise[0], other))
    Shelf(trusting).add(path)
    earlier = EarlierEditions(exercise[1], trusting)
    assert earlier.before() is None
    assert earlier.compare("exercise/1").earlier.seal.key_id == other.public.key_id


def _trusting(trust: Trust, publishers: dict[str, Publisher]) -> Trust:
    return Trust(root=trust.root, serial=1, issued="2026-11", publishers=publishers, revoked={})


def _resealed(data: bytes, bundle: Bundle, key: SigningKey) -> bytes:
    from viewer.signing.sealing import seal
    from viewer.signing.trailer import split_trailer

    return seal(bytes(split_trailer(data)[0]), bundle.seal.claims, key)
