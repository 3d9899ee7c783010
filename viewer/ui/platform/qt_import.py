"""Loads Qt's bindings without the half of them that only describes them; to be called before PySide6 is imported.

PySide6 6.12 unpacks and compiles, at every start, the modules that put signatures into words: for error messages,
for help(), for type stubs. That takes a fifth of the start of a bare window, and no page needs it. Here each of them
stands ready and is loaded when first asked: a wrong call is still told in full. So does its import hook, which would
read the source of every module loaded later to see whether it wants names_like_this: nothing here does.

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

PUT_OFF = {
    "shibokensupport": ("feature",),
    "shibokensupport.signature": ("errorhandler", "layout", "mapping", "parser"),
    "shibokensupport.signature.lib": ("enum_sig", "pyi_generator", "tool"),
}
SPARE = ("bz2", "lzma", "shutil", "tempfile", "textwrap", "traceback")  # what the loading imports and does not use
ENUM_OPTION = "pyside6_option_python_enum"  # what `parser` sets as it is loaded, and libshiboken asks for
UPDATE = "update_mapping"  # the one function, of `mapping`, that libshiboken takes past __getattr__
OF_IMPORTS = ("__path__",)  # what Python asks of a module while it imports another one
HOOKS = ("feature_import", "feature_imported")  # what `feature` would do at each import

_usual_import = builtins.__import__
_loading = RLock()


def import_qt() -> None:
    """Imports PySide6 so, where it is not imported yet."""
    if "PySide6" in sys.modules:
        return
    if not hasattr(sys, ENUM_OPTION):
        setattr(sys, ENUM_OPTION, True)
    builtins.__import__ = _import
    try:
        import PySide6  # noqa: F401 - for what it does as it is loaded
    finally:
        builtins.__import__ = _usual_import  # it puts its hook there


class LazyModule(ModuleType):
    """A module that is loaded when the first of its names is asked for; `load` fills it."""

    def __init__(self, spec: ModuleSpec, load: Callable[[ModuleType], None]) -> None:
        super().__init__(spec.name)
        self.__spec__ = spec
        own = self.__dict__
        own["_load"] = load
        if spec.name.endswith(".mapping"):
            own[UPDATE] = self._update
        if spec.name.endswith(".feature"):
            own.update(dict.fromkeys(HOOKS, _no_hook))

    def __getattr__(self, name: str) -> Any:
        """The name `name` of the loaded module. Raises AttributeError."""
        if name not in OF_IMPORTS:
            self._fill()
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def _update(self) -> Any:
        self._fill()
        return self.__dict__[UPDATE]()

    def _fill(self) -> None:
        with _loading:
            load = self.__dict__.pop("_load", None)
            if load is not None:
                load(self)


def _import(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
    """As `__import__`; what is to be put off stands in its package as a Waiting module before it is taken there."""
    if name in SPARE and not fromlist and name not in sys.modules:
        _stand_in(name)
    if name in PUT_OFF and fromlist:
        package = _usual_import(name, globals, locals, ("__name__",), level)
        for part in fromlist:
            if part in PUT_OFF[name] and part not in vars(package):
                _stand_in(f"{package.__name__}.{part}", package)
    return _usual_import(name, globals, locals, fromlist, level)


def _stand_in(name: str, package: ModuleType | None = None) -> None:
    """Puts a module that waits among Python's own, and into its package, where there is anything to load."""
    spec = next(filter(None, (finder.find_spec(name, None) for finder in sys.meta_path)), None)
    if spec is None or spec.loader is None:
        return
    loader = spec.loader

    def load(module: ModuleType) -> None:
        module.__spec__ = ModuleSpec(name, loader, origin=spec.origin)  # PySide6 has changed the name on the first
        module.__loader__ = loader
        if spec.has_location:
            module.__file__ = spec.origin
        loader.exec_module(module)

    sys.modules[name] = module = LazyModule(spec, load)
    if package is not None:
        setattr(package, name.rpartition(".")[2], module)


def _no_hook(*_args: Any, **_more: Any) -> None:
    """What is done at an import in place of PySide6's hooks: nothing, so that the import goes on as usual."""
