"""Failures that are no mistake of the program: the message of each is a sentence ready for the person.

Anything that is not a `ViewerError` is a mistake of the program and reaches the crash dialog with a trace.
"""

from __future__ import annotations

from collections.abc import Sequence


class ViewerError(Exception):
    """A failure whose text can be shown as it stands; `advice` says what to do next."""

    advice = ""

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice


class Stopped(ViewerError):
    """The person stopped the work with Ctrl+C."""

    def __init__(self, left: str = "") -> None:
        super().__init__(f"Stopped. {left}".rstrip())


class FileTrouble(ViewerError):
    """A file could not be read or written: missing, no rights, disk full, not a regular file."""

    advice = "Check that the stick is in place and that the file can be read, then open it again."


class StrangeFile(FileTrouble):
    """What stands in the place of an own file is no file, or too large to be one that this program wrote."""


class TooLittleMemory(ViewerError):
    """This machine ran out of memory over a file, of which that says nothing."""

    advice = "Close other programs and try again."

    def __init__(self, what: str) -> None:
        known = "as far as is known, nothing is wrong with the file"
        super().__init__(f"This machine has too little free memory to open {what}; {known}.")


class OwnMistake(ViewerError):
    """What stands in place of a result where the program made a mistake, which is told by itself."""

    advice = "Try it in another way. What you had saved is kept."

    def __init__(self) -> None:
        super().__init__("The viewer made a mistake, so this could not be done.")


class NoScreen(ViewerError):
    """There is no screen, or a library that a window needs is missing."""

    advice = "Start it from a desktop, or use one of the verbs."


class Refused(ViewerError):
    """A file that is not opened. Nothing of it was shown and nothing was written."""

    advice = "Ask whoever gave you the file for a fresh copy."


class NotSigned(Refused):
    """No signature of the expected form stands at the end of the file."""

    advice = "This may be another kind of file. Editions are passed on as one signed file, such as briefings.db."


class Incomplete(Refused):
    """The file ends too early."""

    advice = "The copy was probably cut short. Copy it again and let the copying finish before pulling the stick."


class Altered(Refused):
    """The signature does not fit the bytes."""

    advice = "Do not use this copy. Tell whoever gave it to you, and ask the publisher for a fresh one."


class UnknownKey(Refused):
    """Signed with a key that this program does not know."""

    advice = (
        "Ask the publisher for its key identity by another way, such as the telephone. "
        "Keys come with the program or with a signed trust list; they cannot be accepted here."
    )


class RevokedKey(Refused):
    """Signed with a key that its owner or the trust list has withdrawn."""

    advice = "Nothing signed with this key can be relied on any more. Ask the publisher for a new edition."


class NotEntitled(Refused):
    """Signed with a known key that may not sign this: another series, another time, or another publisher's series."""

    advice = "Ask the publisher by another way, such as the telephone, whether this edition and this key are theirs."


class SameSerial(Refused):
    """Another edition of the same series and serial was opened before: one of the two is not what was published."""

    advice = (
        "Ask the publisher by another way which of the two fingerprints is right. An edition that was corrected has a "
        "serial of its own."
    )


class TrustLost(Refused):
    """What was seen of the trust list on this machine is missing, so no key can be relied on."""


class WrongKind(Refused):
    """Genuinely signed, but not an edition."""

    advice = "The file is genuine but is not an edition. Look for a file such as briefings.db."


class Inconsistent(Refused):
    """Genuinely signed, but it says two different things about itself."""

    advice = "The fault was made when the file was published. Report it to the publisher."


class Faulty(Refused):
    """Genuinely signed, but its content breaks the rules of the format."""

    advice = "The fault was made when the file was published. Report it to the publisher."


class TooLarge(Refused):
    """Larger than the format allows."""

    advice = "Editions are at most 256 MiB. Report this to the publisher."


class NewerFormat(Refused):
    """Made for a later version of this program."""

    advice = "Get the newest version of the viewer, then open the file again."


class PublishError(ViewerError):
    """An edition could not be built, sealed or written."""


class DraftErrors(PublishError):
    """Faults in the drafts, all of them at once: one line each, `file:line: reason`."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        head = "The drafts have one fault:" if count == 1 else f"The drafts have {count} faults:"
        super().__init__("\n".join((head, *self.faults)))


class NotFound(ViewerError):
    """An id that the edition does not have."""


class NoEarlierEdition(ViewerError):
    """There is no earlier edition at hand to compare with, or what was given is none."""

    advice = "Choose an earlier edition of this series from the shelf, or its file."


class FaultyIndex(ViewerError):
    """The tables made for search cannot be read, or are not those of the edition's items. Reading goes on."""

    advice = "The fault was made when the file was published. Report it to the publisher."

    def __init__(self) -> None:
        super().__init__("Faulty edition: its search index cannot be read, so search stops; all else can be read.")


class NotesTrouble(ViewerError):
    """Notes could not be read or saved: disk full, no rights, file locked, damaged or newer."""

    advice = "Nothing that was saved before is lost. Try again, or start the viewer again."


class ImportRefused(ViewerError):
    """A file of notes that is not taken over. Nothing of it was written."""

    advice = "Ask whoever gave you the file to export their notes again, as notes to exchange (JSON)."
