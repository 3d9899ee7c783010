"""The decorator of the program's records: frozen, keyword-only dataclasses with slots that cost little to define.

Every record is made with it; what changes after it was made is a plain class or dataclass. `fields`, `replace` and
`asdict` of `dataclasses` work with a record as with any dataclass; what they need is made when first asked for.

Why not `dataclasses` itself: it writes and compiles methods for every class, and imports `inspect`, for error messages
of its own. For the 36 classes of the first page that is an eighth of the start, which `make bench` measures; here all
records share their methods. When it can go: once `dataclasses` costs no more. `tests/test_records.py` fails when
`dataclasses` no longer imports `inspect`, which is the time to measure again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    import dataclasses

_Record = TypeVar("_Record")
_MISSING: Any = object()


class Field:
    """What is known of one field: its default or what makes one, and whether it counts when records are compared."""

    __slots__ = ("compare", "default", "default_factory")

    def __init__(self, default: Any, default_factory: Callable[[], Any] | None, compare: bool) -> None:
        self.default, self.default_factory, self.compare = default, default_factory, compare


def field(*, default: Any = _MISSING, default_factory: Callable[[], Any] | None = None, compare: bool = True) -> Any:
    """Stand for a field's default, as with `dataclasses.field`."""
    return Field(default, default_factory, compare)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(cls: type[_Record]) -> type[_Record]:
    """Return `cls` as a frozen, keyword-only dataclass with slots."""
    given = vars(cls)
    named = {
        name: _field(given.get(name, _MISSING))
        for name, kind in cls.__annotations__.items()
        if not str(kind).startswith("ClassVar")
    }
    kept = {name: value for name, value in given.items() if name not in named and name not in _OF_THE_CLASS}
    own = {"__slots__": tuple(named), "__qualname__": cls.__qualname__, "_fields": named}
    make: Any = type(cls)
    made: type[_Record] = make(cls.__name__, cls.__bases__, {**kept, **_SHARED, **own})
    return made


def replace(one: _Record, **changes: Any) -> _Record:
    """Return `one` with other values in some fields, as with `dataclasses.replace`."""
    return type(one)(**{**_values(one), **changes})


def field_names(cls: type) -> tuple[str, ...]:
    """Return the names of a record's fields, in order."""
    known: Any = cls
    return tuple(known._fields)


def _field(default: Any) -> Field:
    if type(default).__module__ == "dataclasses":
        raise TypeError("A record's field is made with viewer.records.field.")
    return default if isinstance(default, Field) else Field(default, None, True)


def _values(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one._fields}


@cache
def positional_constructor(cls: type[_Record]) -> Callable[..., _Record]:
    """Return a function that makes a `cls` from the values of all its fields in order, for where many are made.

    It takes a seventh of the time: an open twin of the class is filled, and closed by becoming a `cls`.
    """
    from dataclasses import dataclass

    known: Any = cls
    names = {name: cls.__annotations__[name] for name in known._fields}
    twin: Any = dataclass(repr=False, eq=False, slots=True)(type(cls.__name__, (), {"__annotations__": names}))

    def make(*values: Any) -> _Record:
        made: Any = twin(*values)
        made.__class__ = cls
        return made  # type: ignore[no-any-return]

    return make


_set = object.__setattr__


class _Methods:
    """What records share."""

    _fields: ClassVar[dict[str, Field]]

    def __init__(self, /, **values: Any) -> None:
        if values.keys() == self._fields.keys():  # the short way: mostly all are given
            any(map(_set, repeat(self), values, values.values()))  # nothing comes of setting, so all are set
            return
        for name, known in self._fields.items():
            _set(self, name, values.pop(name) if name in values else _default(self, name, known))
        if values:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(values)}")

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in _values(self).items())
        return f"{type(self).__name__}({shown})"

    def __eq__(self, other: object) -> bool:
        return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign {value!r} to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _copy, (type(self), _values(self))


class _DataclassFields:
    """Stands for what makes a class a dataclass until somebody asks for it."""

    def __get__(self, one: object, cls: Any) -> dict[str, dataclasses.Field[Any]]:
        import dataclasses

        def make(known: Field) -> Any:
            default: Any = dataclasses.MISSING if known.default is _MISSING else known.default
            factory: Any = known.default_factory or dataclasses.MISSING
            return dataclasses.field(default=default, default_factory=factory, compare=known.compare)

        given = {name: make(known) for name, known in cls._fields.items()}
        body = {**given, "__annotations__": {name: cls.__annotations__[name] for name in given}}
        plain: Any = type(cls.__name__, (), body)
        made: dict[str, dataclasses.Field[Any]]
        made = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(plain).__dataclass_fields__
        cls.__dataclass_fields__ = made
        return made


_NAMES = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__reduce__")
_SHARED = {**{name: vars(_Methods)[name] for name in _NAMES}, "__dataclass_fields__": _DataclassFields()}
_OF_THE_CLASS = ("__dict__", "__weakref__")  # which one with slots makes for itself, or does without


def _default(owner: object, name: str, known: Field) -> Any:
    if known.default is not _MISSING:
        return known.default
    if known.default_factory is not None:
        return known.default_factory()
    raise TypeError(f"{type(owner).__name__} needs a value for {name}")


def _compared(owner: Any) -> tuple[Any, ...]:
    return tuple(getattr(owner, name) for name, known in owner._fields.items() if known.compare)


def _copy(cls: type[_Record], values: dict[str, Any]) -> _Record:
    return cls(**values)
