"""A record keeps the promises of a frozen, keyword-only dataclass with slots."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, asdict, fields, is_dataclass

import pytest

from viewer.records import field, positional_constructor, record, replace


@record
class Place:
    """A record with each kind of field."""

    name: str
    number: int = 1
    under: tuple[Place, ...] = ()
    kept: list[str] = field(default_factory=list)
    remark: str = field(default="", compare=False)


def test_takes_its_fields_by_name_alone_and_fills_in_what_is_left_out() -> None:
    place = Place(name="a", number=2)
    assert (place.name, place.number, place.under, place.kept) == ("a", 2, (), [])
    with pytest.raises(TypeError):
        Place("a")  # type: ignore[call-arg]


def test_every_record_has_a_list_of_its_own() -> None:
    assert Place(name="a").kept is not Place(name="a").kept


@pytest.mark.parametrize("values", [{}, {"number": 2}, {"name": "a", "nummer": 2}])
def test_names_a_field_that_is_missing_or_unknown(values: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=r"Place (needs a value for name|has no field nummer)"):
        Place(**values)  # type: ignore[arg-type]


def test_cannot_be_changed() -> None:
    place = Place(name="a")
    with pytest.raises(FrozenInstanceError):
        place.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del place.name
    with pytest.raises(FrozenInstanceError):
        place.other = 1  # type: ignore[attr-defined]
    assert place == Place(name="a")


def test_is_equal_and_hashed_by_what_it_compares() -> None:
    one, same, other = Place(name="a", kept=[]), Place(name="a", remark="seen"), Place(name="a", number=2)
    assert one == same
    assert one != other
    alike: object = ("a", 1, (), [])
    assert one != alike
    assert hash(Nameless(name="a")) == hash(Nameless(name="a"))
    assert len({Nameless(name="a"), Nameless(name="a"), Nameless(name="b")}) == 2


def test_shows_its_fields() -> None:
    assert repr(Nameless(name="a")) == "Nameless(name='a')"


def test_works_with_what_dataclasses_offer() -> None:
    place = Place(name="a", under=(Place(name="b"),))
    assert is_dataclass(place)
    assert [known.name for known in fields(Place)] == ["name", "number", "under", "kept", "remark"]
    assert (
        dataclasses.replace(place, number=3) == replace(place, number=3) == Place(name="a", number=3, under=place.under)
    )
    assert asdict(place)["under"][0]["name"] == "b"


def test_takes_a_field_told_in_the_way_of_dataclasses_for_a_mistake() -> None:
    with pytest.raises(TypeError, match=r"viewer\.records\.field"):

        @record
        class Wrong:
            """A record whose default would be the telling of a field."""

            kept: list[str] = dataclasses.field(default_factory=list)


def test_can_be_copied_and_kept() -> None:
    place = Place(name="a", under=(Place(name="b"),))
    assert copy.deepcopy(place) == place
    assert pickle.loads(pickle.dumps(place)) == place


def test_has_no_room_for_anything_else() -> None:
    assert not hasattr(Place(name="a"), "__dict__")


@record
class Nameless:
    """A record of one field."""

    name: str


def test_a_maker_makes_the_same_records_from_values_in_order() -> None:
    made = positional_constructor(Place)("a", 2, (), ["x"], "seen")
    assert type(made) is Place
    assert made == Place(name="a", number=2, kept=["x"], remark="seen")
    assert pickle.loads(pickle.dumps(made)) == made
    with pytest.raises(FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]
    with pytest.raises(TypeError):
        positional_constructor(Place)("a", 2)


def test_dataclasses_still_import_what_makes_them_slow() -> None:
    """Fails once records may be plain dataclasses: then `make bench` says whether they cost more."""
    code = "import sys, dataclasses; print('inspect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "True\n"
