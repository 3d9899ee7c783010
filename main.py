"""The doorstep: alone it opens the window; with a verb, such as `verify FILE`, it needs no screen."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this file may have an older one
    sys.exit("The briefing viewer needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info[:2]))

try:
    from viewer.cli import main

    sys.exit(main())
except ModuleNotFoundError as missing:
    if (missing.name or "viewer").split(".")[0] == "viewer":
        raise
    sys.exit(f"The library {missing.name} is not installed here; `make run`, or what the README says, installs it.")
