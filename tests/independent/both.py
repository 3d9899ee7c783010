"""The two readers side by side: the program, and the checker that was written from `docs/format.md` alone."""

from __future__ import annotations

from tests.independent import checker, envelope
from tests.independent.envelope import TrustList
from tests.independent.refusal import Refusal
from viewer.bundle.bundle import Bundle
from viewer.errors import (
    Altered,
    Faulty,
    Incomplete,
    Inconsistent,
    NewerFormat,
    NotEntitled,
    NotSigned,
    Refused,
    RevokedKey,
    TooLarge,
    UnknownKey,
    WrongKind,
)
from viewer.signing.minisign import PublicKey
from viewer.signing.trust import Trust, read_trust_list

VERDICTS = {
    TooLarge: "too large",
    NotSigned: "no signature",
    Incomplete: "no signature",
    Altered: "altered",
    Refused: "old signature",
    UnknownKey: "unknown key",
    RevokedKey: "withdrawn key",
    WrongKind: "wrong kind",
    NotEntitled: "not entitled",
    NewerFormat: "newer",
    Faulty: "faulty",
    Inconsistent: "inconsistent",
}


def verdict_of_the_program(data: bytes, trust: Trust) -> str:
    """What the program makes of a file, in the document's words."""
    try:
        Bundle.from_bytes(data, trust).close()
    except Refused as refused:
        return VERDICTS[type(refused)]
    return checker.OPENED


def verdict_of_both(data: bytes, trust: Trust, trusted: TrustList) -> str:
    """The one verdict that both readers give."""
    found = checker.verdict(data, trusted)
    assert found == verdict_of_the_program(data, trust)
    return found


def list_verdict_of_both(data: bytes, root: PublicKey) -> str:
    """The one verdict that both readers give a trust list."""
    try:
        read_trust_list(data, root)
        by_program = checker.OPENED
    except Refused as refused:
        by_program = VERDICTS[type(refused)]
    try:
        envelope.read_trust_list(data, envelope.key_in_file(root.text.encode()))
        by_checker = checker.OPENED
    except Refusal as refusal:
        by_checker = refusal.verdict
    assert by_checker == by_program
    return by_checker
