"""Two readers read signed comments, keys and trust lists alike."""

from __future__ import annotations

from typing import Any

import pytest

from tests.independent import checker, envelope
from tests.independent.both import list_verdict_of_both, verdict_of_both
from tests.independent.envelope import TrustList
from viewer.model import Claims
from viewer.signing.sealing import SigningKey, build_trust_list, new_key, seal, seal_trust_list
from viewer.signing.trust import Trust, read_trust_list
from viewer.signing.trust_list import Publisher, Revocation


@pytest.mark.parametrize(
    ("comment", "verdict"),
    [
        ("briefings/2 anything at all", "newer"),
        ("briefings/1 series=x serial=1 issued=2012-06 review=2013-03-31 schema=3", "newer"),
        ("briefings/1 series=x serial=0 issued=2012-06 review=2013-03-31 schema=1", "faulty"),
        ("briefings/1 series=x serial=2147483648 issued=2012-06 review=2013-03-31 schema=1", "faulty"),
        ("briefings/1 series=x serial=1 issued=2012-13 review=2013-03-31 schema=1", "faulty"),
        ("briefings/1 series=x serial=1 issued=2012-06 review=2013-02-29 schema=1", "faulty"),
        ("briefings/1 serial=1 series=x issued=2012-06 review=2013-03-31 schema=1", "faulty"),
        ("briefings/1 series=X serial=1 issued=2012-06 review=2013-03-31 schema=1", "faulty"),
        ("briefings/1", "faulty"),
        ("briefings/01 series=x", "wrong kind"),
        ("timestamp:1700000000", "wrong kind"),
        ("", "wrong kind"),
    ],
)
def test_both_read_the_signed_comment_alike(
    comment: str, verdict: str, body: bytes, key_pair: SigningKey, trust: Trust, trusted: TrustList
) -> None:
    assert verdict_of_both(attached(body, comment, key_pair), trust, trusted) == verdict


def attached(body: bytes, comment: str, key: SigningKey) -> bytes:
    """A file with whatever signed comment."""
    words = {"untrusted_comment": "signature from minisign secret key", "trusted_comment": comment}
    return b"".join((body, b"\n", bytes(key._secret.sign(body, prehash=True, **words)), b"\n"))


def test_both_ask_whose_key_it_is(
    body: bytes, claims: Claims, root_key: SigningKey, key_pair: SigningKey, trust: Trust, trusted: TrustList
) -> None:
    assert verdict_of_both(seal(body, claims, new_key()), trust, trusted) == "unknown key"
    assert verdict_of_both(seal(body, claims, root_key), trust, trusted) == "wrong kind"
    withdrawn = build_trust_list(
        {"Test publisher": key_pair.public},
        root_key,
        serial=2,
        issued="2026-12",
        revoked=[Revocation(key_id=key_pair.public.key_id, date="2026-12-24", reason="Stolen")],
    )
    root = envelope.key_in_file(root_key.public.text.encode())
    lists = read_trust_list(withdrawn, root_key.public), envelope.read_trust_list(withdrawn, root)
    assert verdict_of_both(seal(body, claims, key_pair), *lists) == "withdrawn key"


KEY, ID = "RWTy6vTal/d+JXoikltbNoOGgUGcDy3A/2RbY3nmSTKgnxd9rdTp+Yos", "257EF797DAF4EAF2"


LISTED = f"publisher {ID} {KEY} A name\n".encode()


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ("# nobody\n", "faulty"),
        (f"revoked {ID} 2026-12 Nobody is left\n", "faulty"),
        (f"# words\n\npublisher {ID} {KEY} Our name\nrevoked {ID} 2026-12 Stolen é\n", "opened"),
        (f"publisher {ID} {KEY} No newline", "opened"),
        (f"publisher {ID} {KEY} Twice\npublisher {ID} {KEY} Twice\n", "faulty"),
        (f"revoked {ID} 2026-12 Twice\nrevoked {ID} 2026-12 Twice\n", "faulty"),
        (f"publisher 257EF797DAF4EAF3 {KEY} Another id\n", "faulty"),
        (f"publisher {ID} {KEY}\n", "faulty"),
        (f"publisher {ID} {KEY}  Two spaces\n", "faulty"),
        (f"publisher {ID} {KEY} At the end \n", "faulty"),
        (f"publisher {ID} {KEY} Carriage\r\n", "faulty"),
        (f"publisher {ID} {KEY} {'x' * 201}\n", "faulty"),
        (f"publisher {ID} {KEY} No\u00a0break\n", "faulty"),
        (f"publisher {ID} {KEY[:-1]} Cut\n", "faulty"),
        (f"revoked {ID} 2026-13 Stolen\n", "faulty"),
        (f"revoked {ID} 2026-12\n", "faulty"),
        (f" publisher {ID} {KEY} Indented\n", "faulty"),
        ("publish\n", "faulty"),
    ],
)
def test_both_read_a_trust_list_alike(lines: str, verdict: str, root_key: SigningKey) -> None:
    data = attached(lines.encode(), "briefings-trust/1 serial=3 issued=2026-11", root_key)
    assert list_verdict_of_both(data, root_key.public) == verdict


@pytest.mark.parametrize(
    ("comment", "verdict"),
    [
        ("briefings-trust/1 serial=1 issued=2026-11-05", checker.OPENED),
        ("briefings-trust/1 serial=0 issued=2026-11", "faulty"),
        ("briefings-trust/1 serial=1 issued=2026-11-31", "faulty"),
        ("briefings-trust/1 issued=2026-11 serial=1", "faulty"),
        ("briefings-trust/2 serial=1", "faulty"),
        ("briefings-trust/3 serial=1", "newer"),
        ("briefings/1 series=x serial=1 issued=2012-06 review=2013-03-31 schema=1", "wrong kind"),
    ],
)
def test_both_read_the_comment_of_a_trust_list_alike(comment: str, verdict: str, root_key: SigningKey) -> None:
    assert list_verdict_of_both(attached(LISTED, comment, root_key), root_key.public) == verdict


def test_both_take_a_trust_list_from_the_root_alone(root_key: SigningKey, key_pair: SigningKey) -> None:
    data = attached(LISTED, "briefings-trust/1 serial=1 issued=2026-11", key_pair)
    assert list_verdict_of_both(data, root_key.public) == "unknown key"
    assert list_verdict_of_both(b"publisher", root_key.public) == "no signature"


LINE = f"publisher {ID} {KEY} %s A name\n"


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        ("* - - -", "opened"),
        ("tacsea - - -", "opened"),
        ("tacsea,a-b 2012 - -", "faulty"),
        ("tacsea,a-b 2012-06 2012-06-01 -", "opened"),
        ("tacsea 2012-06-02 2012-06-01 -", "faulty"),
        ("tacsea 2012-07 2012-06 -", "faulty"),
        ("tacsea,tacsea - - -", "faulty"),
        ("tacsea, - - -", "faulty"),
        ("Tacsea - - -", "faulty"),
        ("*,tacsea - - -", "faulty"),
        ("- - - -", "faulty"),
        ("* - -", "faulty"),
        ("*  - - -", "faulty"),
        ("* * - -", "faulty"),
        (f"* - - {ID}", "faulty"),
        ("* - - 0000000000000000", "faulty"),
        ("* - 2012-13 -", "faulty"),
        (",".join(f"s{number}" for number in range(100)) + " - - -", "opened"),
        (",".join(f"s{number}" for number in range(101)) + " - - -", "faulty"),
    ],
)
def test_both_read_what_a_key_may_sign_alike(rules: str, verdict: str, root_key: SigningKey) -> None:
    data = attached((LINE % rules).encode(), "briefings-trust/2 serial=3 issued=2026-11", root_key)
    assert list_verdict_of_both(data, root_key.public) == verdict


def test_both_follow_successors_and_refuse_a_circle(root_key: SigningKey) -> None:
    one, two, three = (new_key().public for _ in range(3))

    def verdict(*successors: str) -> str:
        lines = [
            f"publisher {key.key_id} {key.base64} * - - {after} A name\n"
            for key, after in zip((one, two, three), successors, strict=True)
        ]
        data = attached("".join(lines).encode(), "briefings-trust/2 serial=3 issued=2026-11", root_key)
        return list_verdict_of_both(data, root_key.public)

    assert verdict(two.key_id, three.key_id, "-") == "opened"
    assert verdict("-", one.key_id, one.key_id) == "opened"
    assert verdict(two.key_id, three.key_id, two.key_id) == "faulty"


def test_both_refuse_a_list_that_touches_the_root(root_key: SigningKey) -> None:
    root = root_key.public
    for line in (f"revoked {root.key_id} 2026-12 Root\n", f"publisher {root.key_id} {root.base64} * - - - Root\n"):
        data = attached(LISTED.replace(b" A name", b" * - - - A name") + line.encode(),
                        "briefings-trust/2 serial=3 issued=2026-11", root_key)  # fmt: skip
        assert list_verdict_of_both(data, root_key.public) == "faulty"


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        ({}, "opened"),
        ({"series": ("other",)}, "not entitled"),
        ({"not_before": "1900-01", "not_after": "2100-01"}, "opened"),
        ({"not_before": "2100-01-31"}, "not entitled"),
        ({"not_after": "1900-01"}, "not entitled"),
    ],
)
def test_both_ask_what_a_key_may_sign(
    rules: dict[str, Any], verdict: str, body: bytes, claims: Claims, root_key: SigningKey, key_pair: SigningKey
) -> None:
    publisher = Publisher(name="Test publisher", key=key_pair.public, **rules)
    data = seal_trust_list([publisher], root_key, serial=1, issued="2026-11")
    root = envelope.key_in_file(root_key.public.text.encode())
    lists = read_trust_list(data, root_key.public), envelope.read_trust_list(data, root)
    assert verdict_of_both(seal(body, claims, key_pair), *lists) == verdict
