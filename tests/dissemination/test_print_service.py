"""Printing speaks to this computer's print service, and waits for it no longer than said."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.dissemination.print_programs import print_programs
from viewer.dissemination.print_service import (
    SOCKETS,
    Printers,
    PrintJob,
    checked_pages,
    print_document,
    printers,
    service_environment,
)
from viewer.errors import FileTrouble


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the programs of a print service, which keep in it what they are told."""
    return print_programs(tmp_path, monkeypatch)


def test_offers_the_printers_that_take_documents(service: Path) -> None:
    assert printers() == Printers(names=("Attic", "Office"), usual="Office")
    (service / "lpstat").write_text("#!/bin/sh\necho 'Attic accepting requests since today'\n")
    assert printers() == Printers(names=("Attic",), usual="Attic")


def test_nothing_leads_to_another_computer(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "CUPS_SERVER": "elsewhere.example:631", "CUPS_ENCRYPTION": "Never", "CUPS_USER": "x", "IPP_PORT": "80",
        "LPDEST": "Other", "PRINTER": "Other", "LANG": "de_DE.UTF-8", "LC_MESSAGES": "de_DE.UTF-8",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    printers()
    seen = dict(line.partition("=")[::2] for line in (service / "environment").read_text().splitlines())
    assert seen["CUPS_SERVER"] in SOCKETS
    assert seen["LC_ALL"] == "C.UTF-8"
    assert not seen.keys() & {"CUPS_ENCRYPTION", "CUPS_USER", "IPP_PORT", "LPDEST", "PRINTER", "LANG", "LC_MESSAGES"}
    assert service_environment({"PATH": "/bin"}).keys() == {"PATH", "CUPS_SERVER", "LC_ALL"}


def test_hands_over_the_very_bytes_and_the_pages_alone(service: Path) -> None:
    data = bytes(range(256)) * 4000
    print_document(data, PrintJob(printer="Office", pages="1,5,9"))
    assert (service / "paper").read_bytes() == data
    assert (service / "words").read_text() == "-d Office -t Briefing sheet -P 1,5,9 -o sides=one-sided\n"


@pytest.mark.parametrize("program", ["lp", "lpstat"])
def test_a_mute_service_is_not_waited_for(service: Path, program: str) -> None:
    (service / program).write_text("#!/bin/sh\nexec sleep 60\n")
    began = time.monotonic()
    with pytest.raises(FileTrouble, match=r"did not answer for 0\.2 seconds"):
        printers(0.2) if program == "lpstat" else print_document(b"%PDF" * 100_000, PrintJob(printer="Office"), 0.2)
    assert time.monotonic() - began < 30


def test_says_why_nothing_is_printed(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (service / "lp").write_text("#!/bin/sh\nprintf 'lp: \\033[31mno such printer\\nmore' >&2\nexit 1\n")
    with pytest.raises(FileTrouble) as refused:
        print_document(b"%PDF", PrintJob(printer="Gone"))
    assert str(refused.value) == "This computer’s print service refused: “lp: [U+001B][31mno such printer”."
    (service / "lpstat").write_text("#!/bin/sh\necho no system default destination\nexit 1\n")
    with pytest.raises(FileTrouble, match="no printer that takes anything"):
        printers()
    (service / "lpstat").write_text("#!/bin/sh\necho none; echo 'lpstat: Scheduler is not running' >&2; exit 1\n")
    with pytest.raises(FileTrouble, match="refused: “lpstat: Scheduler is not running”"):
        printers()
    monkeypatch.setenv("PATH", str(service / "empty"))
    with pytest.raises(FileTrouble, match="has no print service: the program lpstat is missing"):
        printers()


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", ""), ("  ", ""), ("1,5,9", "1,5,9"), ("1, 5 9–12", "1,5,9-12"), ("12", "12"), ("3-3", "3-3"), (",2,,", "2")],
)
def test_reads_which_pages_are_asked_for(text: str, pages: str) -> None:
    assert checked_pages(text, 12) == pages


@pytest.mark.parametrize("text", ["0", "13", "5-13", "9-5", "-3", "3-", "a", "1.5", "1-2-3", "٣", "1;2", "9" * 9])
def test_pages_that_are_none_are_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"is neither a page|There is no page"):
        checked_pages(text, 12)
