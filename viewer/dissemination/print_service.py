"""This computer's own print service: which printers it has, and a PDF handed to one of them, as it is.

The service is spoken to by its own programs, `lpstat` and `lp` of CUPS, through its socket on this computer alone. Each
is a process of its own that is ended when it does not answer, so that nothing here waits for a mute service.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from viewer.errors import FileTrouble
from viewer.records import record
from viewer.text.safe import visible

LISTING = 5.0  # seconds within which the service names its printers
TAKING = 30.0  # seconds within which it takes a document

SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_ADVICE = "Save the sheet, and print the file where there is a printer."
_ASTRAY = re.compile(r"CUPS_.*|IPP_PORT|LPDEST|PRINTER|LC_.*|LANG|LANGUAGE")  # lead elsewhere, or to other words
_QUEUE = re.compile(r"(\S+) (not )?accepting requests\b.*")
_USUAL = re.compile(r"system default destination: (\S+)")
_PAGES = re.compile(r"[1-9][0-9]{0,5}(?:-[1-9][0-9]{0,5})?")


@record
class Printers:
    """The names of the printers that take documents, and the one that the computer uses unless told otherwise."""

    names: tuple[str, ...]
    usual: str = ""


@record
class PrintJob:
    """Where a document is printed, and how."""

    printer: str
    pages: str = ""  # such as `1,5,9-12`; empty for all
    paper: str = ""  # as the service calls it, such as `A4`; empty for what the printer has
    two_sided: bool = False


def printers(limit: float = LISTING) -> Printers:
    """Ask this computer's print service for its printers. Raises FileTrouble where it has none, or does not answer."""
    lines = _asked(["lpstat", "-a", "-d"], b"", limit).splitlines()
    found = [queue for line in lines if (queue := _QUEUE.fullmatch(line)) and not queue[2]]
    usual = next((line[1] for line in map(_USUAL.fullmatch, lines) if line), "")
    names = tuple(queue[1] for queue in found)
    if not names:
        raise FileTrouble("This computer’s print service has no printer that takes anything.", advice=_ADVICE)
    return Printers(names=names, usual=usual if usual in names else names[0])


def print_document(data: bytes, job: PrintJob, limit: float = TAKING) -> None:
    """Hand a PDF to the print service. Raises FileTrouble; where it did not answer, it may print all the same."""
    options = ["-o", "sides=two-sided-long-edge" if job.two_sided else "sides=one-sided"]
    paper = ["-o", f"media={job.paper}"] if job.paper else []
    pages = ["-P", job.pages] if job.pages else []
    _asked(["lp", "-d", job.printer, "-t", "Briefing sheet", *pages, *paper, *options], data, limit)


def checked_pages(text: str, count: int) -> str:
    """Return which of `count` pages a person asks for, in the service's form: `1,5,9-12`, empty for all of them.

    Raises ValueError with a sentence for the person.
    """
    words = [word.replace("–", "-") for word in text.replace(",", " ").split()]
    for word in words:
        first, _, last = word.partition("-")
        if not _PAGES.fullmatch(word) or int(last or first) < int(first):
            raise ValueError(f"“{visible(word)}” is neither a page nor a range of pages, such as 9-12.")
        if int(last or first) > count:
            raise ValueError(f"There is no page {last or first}: the sheet ends with page {count}.")
    return ",".join(words)


def service_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for the service's programs: this computer's socket alone, and messages in English."""
    kept = {name: value for name, value in environment.items() if not _ASTRAY.fullmatch(name)}
    # A socket that is not there is an error, where none at all would be looked for on the network.
    socket = next((path for path in SOCKETS if Path(path).exists()), SOCKETS[0])
    return {**kept, "CUPS_SERVER": socket, "LC_ALL": "C.UTF-8"}


def _asked(command: list[str], data: bytes, limit: float) -> str:
    """Return what a program of the service says. Raises FileTrouble."""
    program = shutil.which(command[0])
    if program is None:
        raise FileTrouble(f"This computer has no print service: the program {command[0]} is missing.", advice=_ADVICE)
    try:
        done = subprocess.run(
            [program, *command[1:]],
            input=data,
            env=service_environment(),
            capture_output=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired as err:
        raise FileTrouble(
            f"This computer’s print service did not answer for {limit:g} seconds.", advice=_ADVICE
        ) from err
    except OSError as err:
        raise FileTrouble(f"This computer’s print service cannot be asked: {err.strerror}.", advice=_ADVICE) from err
    said = done.stdout.decode("utf-8", "replace")
    why = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0][:200]
    if done.returncode and (why or not said.strip()):
        raise FileTrouble(f"This computer’s print service refused: “{visible(why)}”.", advice=_ADVICE)
    return said
