"""The publisher's verbs: make keys, build an edition."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import GetPassWarning
from pathlib import Path

import click

from viewer import paths
from viewer.errors import FileTrouble, Stopped, ViewerError
from viewer.text.safe import visible
from viewer.verbs.options import FILE
from viewer.verbs.terminal import bare_stderr

_CLEAR = "\r\x1b[K"  # to the start of the line, which is emptied


@click.command("keygen")
@click.argument("name")
@click.option("--passphrase/--no-passphrase", default=True, help="Protect the secret key (asked for; the default).")
def keygen_verb(name: str, passphrase: bool) -> None:
    """Make a key pair.

    NAME.key is to be kept secret, NAME.pub is for those who shall trust it.
    """
    from viewer.signing.sealing import make_key_pair

    stem = Path(name)
    if not stem.name:
        raise FileTrouble(f"{paths.display_name(stem)} is not a name that a file can have.")
    secret_path, public_path = stem.with_name(stem.name + ".key"), stem.with_name(stem.name + ".pub")
    for path in (secret_path, public_path):
        if paths.is_taken(path):
            raise FileTrouble(f"{paths.display_name(path)} is there already and is left as it is. Choose another name.")
    phrase = _new_passphrase() if passphrase else None
    secret, public = make_key_pair(stem.name, phrase)
    paths.write_atomically(secret_path, secret.encode(), mode=0o600)
    paths.write_atomically(public_path, public.encode(), mode=paths.PUBLIC_MODE)
    click.echo(f"{secret_path} is the secret key: keep it where nobody else can read it.")
    click.echo(f"{public_path} is the public key: {public.splitlines()[-1]}")


@click.command("build")
@click.argument("drafts", type=FILE)
@click.option("--key", type=FILE, required=True, help="The secret key file to sign with.")
@click.option("-o", "--out", type=FILE, required=True, help="The edition to write.")
@click.option("--replace", is_flag=True, help="Write over a newer edition, or seal a serial anew.")
def build_verb(drafts: Path, key: Path, out: Path, replace: bool) -> None:
    """Build an edition from DRAFTS and sign it.

    Then it is checked as a reader would.
    """
    from viewer.publish.release import publish
    from viewer.signing.sealing import is_locked

    phrase = _ask_unseen("Passphrase", "The key is locked, and nothing was typed.") if is_locked(key) else None
    with _progress() as report:
        seal = publish(drafts, key, out, phrase, replace=replace, report=report)
    edition = f"{seal.claims.series} serial {seal.claims.serial}"
    click.echo(f"{out}: {edition}, {seal.size:,} bytes, key {seal.spaced_key_id}. Verified.")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Give a function that says on standard error what is being done, in one line that is cleared at the end.

    Where standard error is no terminal nothing is said. Work that is stopped with Ctrl+C raises Stopped.
    """
    shown = sys.stderr.isatty()

    def report(doing: str) -> None:
        if shown:
            print(f"{_CLEAR}{visible(doing)} …", end="", file=bare_stderr(), flush=True)

    try:
        yield report
    except KeyboardInterrupt:
        raise Stopped("Nothing was written.") from None
    finally:
        if shown:
            print(_CLEAR, end="", file=bare_stderr(), flush=True)


def _new_passphrase() -> str:
    """Ask for a new passphrase twice, until both are the same, and return it."""
    while True:
        phrase = _ask_unseen(
            "Passphrase", "An empty passphrase protects nothing. --no-passphrase makes a key without one."
        )
        if _ask_unseen("The same again", "Nothing was typed.") == phrase:
            return phrase
        click.echo("The two are not the same. Type both again.", err=True)


def _ask_unseen(prompt: str, when_empty: str) -> str:
    """Ask for something that is typed unseen, again while it is empty, and return it.

    Raises ViewerError without a terminal.
    """
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", GetPassWarning)  # raised where what is typed would be seen
                phrase = click.prompt(prompt, hide_input=True, default="", show_default=False)
        except GetPassWarning as err:
            raise ViewerError("The passphrase is typed at a terminal, and there is none here.") from err
        if phrase:
            return str(phrase)
        click.echo(when_empty, err=True)
