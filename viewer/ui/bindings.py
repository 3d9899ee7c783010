"""Loads Qt's bindings without the half of them that only describes them; to be called before PySide6 is imported.

PySide6 6.12 unpacks and compiles, at every start, the modules that put signatures into words: for error messages,
for help(), for type stubs. That takes a fifth of the start of a bare window, and no page needs it. Here each of them
stands ready and is loaded when first asked: a wrong call is still told in full. PySide6's import hook, which reads
the source of every module loaded later to see whether it wants names_like_this, is taken out again: nothing here does.

Where a release of PySide6 is built otherwise, nothing is put off and all works as ever.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any

SIGNATURES = "shibokensupport.signature"
PUT_OFF = {
    SIGNATURES: ("errorhandler", "layout", "mapping", "parser"),
    f"{SIGNATURES}.lib": ("enum_sig", "pyi_generator", "tool"),
}
HOOK = "shibokensupport.feature"  # the import hook, which inspects sources
ENUM_OPTION = "pyside6_option_python_enum"  # what `parser` sets as it is loaded, and libshiboken asks for
UPDATE = "update_mapping"  # the one function, of `mapping`, that libshiboken takes past __getattr__

_usual_import = builtins.__import__
_loading = RLock()


def load_bindings() -> None:
    """Imports PySide6 so, where it is not imported yet."""
    if "PySide6" in sys.modules:
        return
    if not hasattr(sys, ENUM_OPTION):
        setattr(sys, ENUM_OPTION, True)
    builtins.__import__ = _import
    try:
        import PySide6  # noqa: F401 - for what it does as it is loaded
    finally:
        builtins.__import__ = _usual_import


class Waiting(ModuleType):
    """A module that is loaded when the first of its names is asked for; `load` fills it."""

    def __init__(self, name: str, load: Callable[[ModuleType], None]) -> None:
        super().__init__(name)
        self.__dict__["_load"] = load

    def __getattr__(self, name: str) -> Any:
        """The name `name` of the loaded module. Raises AttributeError."""
        if not name.startswith("_"):
            self._fill()
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def updated(self) -> Any:
        """Stands for the function UPDATE of `mapping` until that is loaded."""
        self._fill()
        return self.__dict__[UPDATE]()

    def _fill(self) -> None:
        with _loading:
            load = self.__dict__.pop("_load", None)
            if load is not None:
                load(self)


def _import(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
    """As `__import__`; what is to be put off stands in its package as a Waiting module before it is taken there."""
    if name == "inspect" and globals and globals.get("__name__") == HOOK:
        return _no_inspector()
    if name in PUT_OFF and fromlist:
        package = _usual_import(name, globals, locals, ("__name__",), level)
        for part in fromlist:
            if part in PUT_OFF[name] and part not in vars(package):
                _stand_in(package, part)
    return _usual_import(name, globals, locals, fromlist, level)


def _no_inspector() -> ModuleType:
    """What the import hook gets in place of `inspect`: for it, no module has a source, so none wants other names."""

    def getsource(_module: object) -> str:
        raise OSError("not looked for")

    stand_in = ModuleType("inspect")
    vars(stand_in)["getsource"] = getsource
    return stand_in


def _stand_in(package: ModuleType, part: str) -> None:
    name = f"{package.__name__}.{part}"
    spec = next(filter(None, (finder.find_spec(name, None) for finder in sys.meta_path)), None)
    if spec is None or spec.loader is None:
        return
    loader = spec.loader

    def load(module: ModuleType) -> None:
        module.__spec__ = ModuleSpec(name, loader)  # PySide6 has changed the name on the first
        loader.exec_module(module)

    module = Waiting(name, load)
    module.__spec__ = spec
    if part == "mapping":
        vars(module)[UPDATE] = module.updated
    sys.modules[name] = module
    setattr(package, part, module)
