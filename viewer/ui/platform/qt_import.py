"""Imports PySide6 without the modules that only put its signatures into words.

What breaks: nothing, but PySide6 (6.12 and before) unpacks and compiles from source, at every start, the modules that
describe its functions: for error messages, for help(), for type stubs. That takes two fifths of the start of a bare
window. `SBK_EMBED=0`, which writes them to disk, makes it no faster. Here each of them is loaded when something of it
is first asked for: a wrong call is still explained in full.

The smallest program that shows it: `python -X importtime -c "import PySide6.QtCore"`, whose lines for `shibokensupport`
say how long they take. The import hook of `feature` is left out with it: it would read the source of every module
loaded later to see whether that wants names_like_this or properties, and nothing here does.

When it can go: once PySide6 brings these modules compiled, or loads them late. `make bench` measures the start with and
without this module, and `tests/ui/platform/test_qt_import.py` fails once a plain import loads none of them. Where a
release of PySide6 is built otherwise, nothing is put off and all works as ever.
"""

from __future__ import annotations

import builtins
import sys
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any

DESCRIBING = {
    "shibokensupport": ("feature",),
    "shibokensupport.signature": ("errorhandler", "layout", "mapping", "parser"),
    "shibokensupport.signature.lib": ("enum_sig", "pyi_generator", "tool"),
}
ENUM_OPTION = "pyside6_option_python_enum"  # what `parser` sets as it is loaded, and libshiboken asks for
HOOKS = ("feature_import", "feature_imported")  # what `feature` would do at each import
UPDATE = "update_mapping"  # what libshiboken takes from `mapping` without asking __getattr__
ASKED_BY_IMPORT = ("__path__",)  # what Python asks of a module while it imports another one

_usual_import = builtins.__import__
_loading = RLock()


def import_qt() -> None:
    """Import PySide6 so, where it is not imported yet."""
    if "PySide6" in sys.modules:
        return
    if not hasattr(sys, ENUM_OPTION):
        setattr(sys, ENUM_OPTION, True)
    builtins.__import__ = _import
    try:
        import PySide6  # noqa: F401 - for what it does as it is loaded
    finally:
        builtins.__import__ = _usual_import  # PySide6 puts its hook there


class LazyModule(ModuleType):
    """A module that is loaded when the first of its names is asked for."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(spec.name)
        self.__spec__ = spec
        self.__dict__["_pending"] = spec.name, spec
        if spec.name.endswith(".feature"):
            self.__dict__.update(dict.fromkeys(HOOKS, _do_nothing))
        if spec.name.endswith(".mapping"):
            self.__dict__[UPDATE] = self._load_and_update

    def __getattr__(self, name: str) -> Any:
        """Return what the loaded module calls `name`. Raises AttributeError."""
        if name not in ASKED_BY_IMPORT:
            with _loading:
                self._load()
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def _load_and_update(self) -> Any:
        with _loading:
            self._load()
        return self.__dict__[UPDATE]()

    def _load(self) -> None:
        name, spec = self.__dict__.pop("_pending", ("", None))
        if spec is not None and spec.loader is not None:
            # PySide6 has changed the name on the spec: the loader knows the module by its first one.
            self.__spec__ = ModuleSpec(name, spec.loader, origin=spec.origin)
            self.__loader__ = spec.loader
            spec.loader.exec_module(self)


def _import(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
    """Import as `__import__` does; what is to be put off is in its package as a LazyModule before it is taken there."""
    if name in DESCRIBING and fromlist:
        package = _usual_import(name, globals, locals, ("__name__",), level)
        for part in fromlist:
            if part in DESCRIBING[name] and part not in vars(package):
                _put_off(f"{package.__name__}.{part}", part, package)
    return _usual_import(name, globals, locals, fromlist, level)


def _put_off(name: str, part: str, package: ModuleType) -> None:
    """Put a lazy module among Python's own and into its package, where there is anything to load."""
    spec = next(filter(None, (finder.find_spec(name, None) for finder in sys.meta_path)), None)
    if spec is not None:
        sys.modules[name] = module = LazyModule(spec)
        setattr(package, part, module)


def _do_nothing(*_args: Any, **_more: Any) -> None:
    """Stand in for PySide6's hooks at an import, so that the import goes on as usual."""
