"""The program's typefaces: the TrueType files of Source Sans Pro and Source Serif Pro, for screen and paper."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"
_PACKAGES = {SANS: ("font_source_sans_pro", "SourceSansPro"), SERIF: ("font_source_serif_pro", "SourceSerifPro")}


def font_file(family: str, style: str = "Regular") -> Path:
    """Return the file of `family` in `style`: Light, Regular, It, Semibold, SemiboldIt, Bold ...

    Raises ModuleNotFoundError where its package is not installed.
    """
    package, stem = _PACKAGES[family]
    return _folder(package) / f"{stem}-{style}.ttf"


@cache
def _folder(package: str) -> Path:
    """Return where a package keeps its files, without importing it: that would list its folder a second time."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the typeface package {package} is not installed", name=package)
    return Path(spec.origin).parent / "files"
