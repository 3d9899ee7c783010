"""How the publisher's verbs ask for a passphrase, at a real terminal and without one."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from viewer import paths
from viewer.cli import STOPPED, main
from viewer.signing.sealing import is_locked, make_key_pair

pty = pytest.importorskip("pty")
ROOT = Path(__file__).parent.parent.parent
DRAFTS = str(paths.resources() / "drafts" / "exercise" / "1")
Talk = Callable[..., tuple[int, str]]
PROMPTS = (b"Passphrase: ", b"The same again: ")


@pytest.fixture(scope="module")
def locked_key() -> str:
    """A secret key file whose passphrase is `right`: locking one takes seconds, on purpose."""
    return make_key_pair("centre", "right")[0]


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Runs main.py at a terminal of its own and types one line at each prompt: gives exit code and what it showed."""

    def call(*words: str, typed: tuple[str, ...]) -> tuple[int, str]:
        near, far = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *words], cwd=tmp_path, stdin=far, stdout=far, stderr=far,
            start_new_session=True, preexec_fn=_take_terminal,
        )  # fmt: skip
        os.close(far)
        shown = _shown(near, list(typed))
        os.close(near)
        return process.wait(30), shown

    return call


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _shown(near: int, typed: list[str]) -> str:
    shown, answered, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([near], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(near, 4096)
        except OSError:  # so Linux says that nobody holds the other end
            break
        if not piece:
            break
        shown += piece
        if typed and sum(map(shown.count, PROMPTS)) > answered and shown.endswith(PROMPTS):
            answered = sum(map(shown.count, PROMPTS))
            os.write(near, f"{typed.pop(0)}\n".encode())
    return shown.decode().replace("\r\n", "\n")


def test_keygen_says_why_it_asks_again(talk: Talk, tmp_path: Path) -> None:
    code, shown = talk("keygen", "centre", typed=("", "one", "two", "three", "three"))
    assert code == 0, shown
    assert shown.count("An empty passphrase protects nothing. --no-passphrase makes a key without one.\n") == 1
    assert shown.count("The two are not the same. Type both again.\n") == 1
    assert is_locked(tmp_path / "centre.key")


def test_build_says_that_nothing_was_typed(talk: Talk, locked_key: str, tmp_path: Path) -> None:
    (tmp_path / "centre.key").write_text(locked_key)
    code, shown = talk("build", DRAFTS, "--key", "centre.key", "-o", "own.db", typed=("", "right"))
    assert code == 0, shown
    assert "The key is locked, and nothing was typed.\n" in shown
    assert shown.endswith("Verified.\n")


@pytest.mark.parametrize("words", [("keygen", "other"), ("build", DRAFTS, "--key", "centre.key", "-o", "own.db")])
def test_without_a_terminal_one_sentence_says_so(words: tuple[str, ...], locked_key: str, tmp_path: Path) -> None:
    (tmp_path / "centre.key").write_text(locked_key)
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=60, start_new_session=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "briefing-viewer: The passphrase is typed at a terminal, and there is none here.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["centre.key"]


def test_build_says_at_a_terminal_what_it_does(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "open.key").write_text(make_key_pair("centre")[0])
    code, shown = talk("build", DRAFTS, "--key", "open.key", "-o", "x.db", typed=())
    assert code == 0, shown
    assert "Reading themes: 5 of 5 …" in shown
    assert "Comparing the index with the items …" in shown


def test_a_stopped_build_says_so_in_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_given: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("viewer.publish.release.build_body", stop)
    key = tmp_path / "open.key"
    key.write_text(make_key_pair("centre")[0])
    assert main(["build", DRAFTS, "--key", str(key), "-o", str(tmp_path / "x.db")]) == STOPPED == 130
    assert capsys.readouterr().err == "briefing-viewer: Stopped. Nothing was written.\n"
    assert list(tmp_path.iterdir()) == [key]


def test_ctrl_c_stops_a_build_at_once(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    shutil.copytree(DRAFTS, drafts)
    waiting = drafts / "themes" / "zz.md"
    os.mkfifo(waiting)  # reading goes on only once something is written into it
    (tmp_path / "open.key").write_text(make_key_pair("centre")[0])
    words = ("build", "drafts", "--key", "open.key", "-o", "x.db")
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as process:
        writing = os.open(waiting, os.O_WRONLY)  # once the build reads
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        os.close(writing)
    assert (process.returncode, said) == (STOPPED, "briefing-viewer: Stopped. Nothing was written.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts", "open.key"]
