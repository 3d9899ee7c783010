"""The decorator of the program's records: a dataclass, made faster than `dataclasses` makes it.

That writes and compiles six methods for each class, which for fifty classes takes a tenth of the start. Here all
records share theirs. `fields`, `replace` and `asdict` work as with any dataclass.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

_Record = TypeVar("_Record")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(cls: type[_Record]) -> type[_Record]:
    """`cls` as a frozen, keyword-only dataclass with slots."""
    made = dataclass(init=False, repr=False, eq=False, kw_only=True, slots=True)(cls)
    for name in _SHARED:
        setattr(made, name, getattr(_Methods, name))
    return made


_set = object.__setattr__


class _Methods:
    """What records share."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init__(self, /, **values: Any) -> None:
        if values.keys() == self.__dataclass_fields__.keys():  # the short way, for hits are made by the dozen
            for name, value in values.items():
                _set(self, name, value)
            return
        for name, known in self.__dataclass_fields__.items():
            object.__setattr__(self, name, values.pop(name) if name in values else _default(self, known))
        if values:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(values)}")

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__name__}({shown})"

    def __eq__(self, other: object) -> bool:
        return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign {value!r} to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _copy, (type(self), {name: getattr(self, name) for name in self.__dataclass_fields__})


_SHARED = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__reduce__")


def _default(owner: object, known: Field[Any]) -> Any:
    if known.default is not MISSING:
        return known.default
    if known.default_factory is not MISSING:
        return known.default_factory()
    raise TypeError(f"{type(owner).__name__} needs a value for {known.name}")


def _compared(owner: Any) -> tuple[Any, ...]:
    return tuple(getattr(owner, name) for name, known in owner.__dataclass_fields__.items() if known.compare)


def _copy(cls: type[_Record], values: dict[str, Any]) -> _Record:
    return cls(**values)
