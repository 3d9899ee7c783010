"""Drafts -> a sealed file in its place, once the reader's own code has accepted it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from viewer.bundle.gate import pass_gate
from viewer.errors import PublishError, Refused
from viewer.model import Claims, Edition, Seal
from viewer.paths import PUBLIC_MODE, display_name, write_atomically
from viewer.publish.build import FORMAT, build_body
from viewer.publish.drafts import read_drafts
from viewer.publish.progress import Report, silent
from viewer.publish.sealed_before import check_not_sealed, remember_sealed, sealed_otherwise
from viewer.signing.blake import blake2b
from viewer.signing.claims import parse_comment
from viewer.signing.envelope import unseal
from viewer.signing.intake import read_file
from viewer.signing.minisign import Signature
from viewer.signing.sealing import SigningKey, load_secret_key, new_key, seal
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust
from viewer.signing.trust_list import Publisher

_REPLACE_ADVICE = "Choose another name, or ask for the file to be replaced."


def publish(
    drafts: Path,
    secret_key: Path,
    out: Path,
    passphrase: str | None = None,
    *,
    replace: bool = False,
    report: Report = silent,
) -> Seal:
    """Read the drafts, build, seal and check the edition, put it at `out`, and return its seal.

    Until the reader's own code has accepted the sealed bytes, nothing is written; then `out` appears whole or not
    at all. A file already there is replaced when it is an edition of the same series and no newer serial, and
    otherwise only with `replace`; only so, too, a serial is sealed again with other content than before: what was
    sealed is recorded beside the key. `report` is told what is being done. Raises PublishError, DraftErrors or
    FileTrouble.
    """
    key = load_secret_key(secret_key, passphrase)
    assessment = read_drafts(drafts, report)
    claims = claims_for(assessment.edition)
    if not replace:
        _check_place(out, claims)
    body = build_body(assessment, report)
    if not replace:
        _check_content(out, secret_key, claims, blake2b(body).hexdigest())
    report("Signing")
    data = seal(body, claims, key)
    report("Checking as a reader does")
    proof = check_sealed(data, key, assessment.edition.publisher)
    remember_sealed(secret_key, claims, proof.fingerprint)
    write_atomically(out, data, mode=PUBLIC_MODE)
    return proof


def claims_for(edition: Edition) -> Claims:
    """Return what the signed comment says of the edition: the same facts as its table."""
    return Claims(
        series=edition.series,
        serial=edition.serial,
        issued=edition.issued,
        review=edition.review,
        schema=FORMAT,
    )


def check_sealed(data: bytes, key: SigningKey, publisher: str) -> Seal:
    """Return the seal of `data` as found by a reader who knows only this key.

    Raises PublishError where such a reader would refuse it.
    """
    nobody = new_key().public  # a root that signs nothing: its secret half is gone
    known = {key.public.key_id: Publisher(name=publisher, key=key.public)}
    trust = Trust(root=nobody, serial=1, issued="", publishers=known, revoked={})
    try:
        unsealed = unseal(data, trust)
        with closing(pass_gate(unsealed.body, unsealed.seal.claims)):
            return unsealed.seal
    except Refused as err:
        raise PublishError(f"The edition was not written, because readers would refuse it. {err}") from err


def _check_place(out: Path, claims: Claims) -> None:
    """Raise PublishError where a file stands that should not be replaced unasked."""
    if not out.exists():
        return
    there = _claims_at(out)
    name = display_name(out)
    if there is None:
        reason = f"{name} is already there and is not an edition."
    elif there.series != claims.series:
        reason = f"{name} is already there and is an edition of another series, {there.series}."
    elif there.serial > claims.serial:
        reason = f"{name} is already there and is newer: its serial is {there.serial}, this one's is {claims.serial}."
    else:
        return
    raise PublishError(reason, advice=_REPLACE_ADVICE)


def _check_content(out: Path, secret_key: Path, claims: Claims, fingerprint: str) -> None:
    """Raise PublishError where this serial was sealed with other content: by the key's record, or the file there."""
    check_not_sealed(secret_key, claims, fingerprint)
    there = _claims_at(out) if out.exists() else None
    if there is None or (there.series, there.serial) != (claims.series, claims.serial):
        return
    body, _ = split_trailer(read_file(out))
    before = blake2b(body).hexdigest()
    if before != fingerprint:
        raise sealed_otherwise(claims, before, fingerprint, claims.serial + 1)


def _claims_at(path: Path) -> Claims | None:
    """Return what the file at `path` says of itself, unverified, since it is only to be kept; None for no edition."""
    try:
        _, trailer = split_trailer(read_file(path))
        return parse_comment(Signature.parse(trailer).trusted_comment)
    except Refused:
        return None
