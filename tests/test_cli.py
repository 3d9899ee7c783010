"""The command line: exit 0 done, 1 refused with one sentence, 2 wrong usage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from viewer import paths
from viewer.cli import main

ROOT = Path(__file__).parent.parent
SAMPLE = paths.sample()
SCREENS = ("DISPLAY", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY")


def run(*words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs main.py in a process of its own, without a screen unless one is given."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words], cwd=cwd, env=kept | environment, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip


def test_verify_says_who_signed_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(SAMPLE)]) == 0
    shown = capsys.readouterr().out
    assert "Sample publisher, key 257E F797 DAF4 EAF2" in shown
    assert "16 findings, 58 figures, 107 passages" in shown
    assert "serial 2" in shown


def test_verify_gives_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(SAMPLE), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["key_id"] == "257EF797DAF4EAF2"
    assert facts["items"] == {"findings": 16, "recommendations": 0, "statistics": 58, "passages": 107}
    assert (facts["series"], facts["serial"], facts["issued"], facts["review"]) == (
        "tacsea",
        2,
        "2012-06",
        "2013-03-31",
    )
    assert facts["review_past"] is True


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "This file is empty."),
        (b"x", "This file is not signed."),
        (SAMPLE.read_bytes()[:5000], "This file is incomplete"),
    ],
    ids=["empty", "one byte", "cut"],
)
def test_a_refused_file_gets_one_sentence_on_standard_error(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(content)
    done = run("verify", str(path))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_too_little_memory_is_one_sentence_on_standard_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("viewer.bundle.gate.check_rows", no_memory)
    assert main(["verify", str(SAMPLE)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "briefing-viewer: This machine has too little free memory to open the edition; as far as is known, nothing is"
        " wrong with the file.\n"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("statistics", "-o", "."), 1),
        (("keygen", ".", "--no-passphrase"), 1),
        (("sheet", "--item", "\udcff", "--recipient", "A", "-o", "sheet.md"), 1),
        (("sheet", "--item", "trafficking.source-regions", "--recipient", "\udcff", "-o", "s.md"), 0),
        (("x" * 300,), 1),
        (("search", "\udcff", "--bundle", "\udcff.db"), 0),
    ],
    ids=["no file name", "no key name", "no item", "no recipient", "too long", "a file with such a name"],
)
def test_names_that_are_none_are_no_mistake_of_ours(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    (tmp_path / "\udcff.db").write_bytes(SAMPLE.read_bytes())
    done = run(*words, cwd=tmp_path, BRIEFING_VIEWER_HOME=str(tmp_path / "home"))
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr


def test_wrong_usage_exits_with_2() -> None:
    assert run("verify").returncode == 2
    assert run("--nonsense").returncode == 2
    assert run("verify", "a", "b").returncode == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("verfy", str(SAMPLE)), "There is no verb 'verfy'. Did you mean verify?"),
        (("srch",), "There is no verb 'srch'. Did you mean search?"),
        (("Check-Sheet", "a.pdf"), "There is no verb 'Check-Sheet'. Did you mean check-sheet?"),
        (("--home", "X", "verfy", str(SAMPLE)), "There is no verb 'verfy'. Did you mean verify?"),
        (("quux",), "There is no verb 'quux'. There is no file of that name either."),
        (("--home",), "Option '--home' requires an argument."),
    ],
)
def test_a_mistyped_verb_is_taken_for_one(words: tuple[str, ...], message: str) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_file_without_an_ending_is_opened_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "verfy").write_bytes(SAMPLE.read_bytes())
    for word in ("verfy", "stick/verfy"):
        assert "no screen" in run(word, cwd=tmp_path).stderr


@pytest.mark.parametrize("verb", [["shelf", "add", str(SAMPLE)], ["notes", "list"]])
def test_the_readers_folder_may_be_named_before_the_verb(
    verb: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, words in enumerate((["--home", "{}", *verb], ["--home={}", *verb], [*verb, "--home", "{}"])):
        home = tmp_path / str(number)
        assert main([word.format(home) for word in words]) == 0
        assert home.is_dir()
    capsys.readouterr()


@pytest.mark.parametrize("words", [["--help"], ["notes", "--help"]])
def test_the_list_of_verbs_says_what_each_does_without_being_cut_off(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    listed = capsys.readouterr().out.split("Commands:\n")[1].splitlines()
    assert len(listed) >= 3
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


@pytest.mark.parametrize("words", [[], ["open"], [str(SAMPLE)], ["open", str(SAMPLE)]])
def test_without_a_screen_the_window_says_so_and_names_the_verbs_that_need_none(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "no screen" in done.stderr
    assert "verify" in done.stderr


def test_a_screen_that_does_not_answer_is_no_abort() -> None:
    done = run(DISPLAY=":4711")
    assert done.returncode == 1
    assert "does not answer" in done.stderr or "library" in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt chooses otherwise there")
def test_any_kind_of_screen_that_is_not_there_is_no_abort() -> None:
    for done in (run(WAYLAND_DISPLAY="wayland-4711"), run(QT_QPA_PLATFORM="nothing")):
        assert done.returncode == 1
        assert done.stderr.startswith("briefing-viewer: ")
        assert done.stderr.count("\n") == 1


def test_works_from_any_folder(tmp_path: Path) -> None:
    assert run("verify", str(SAMPLE), cwd=tmp_path).returncode == 0


def test_the_window_opens_paints_and_leaves_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    done = run("open", str(SAMPLE), "--snapshot", str(picture), "--home", str(tmp_path / "home"),
               QT_QPA_PLATFORM="offscreen")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_written_is_said_and_ends_with_1(tmp_path: Path) -> None:
    done = run("open", str(SAMPLE), "--snapshot", str(tmp_path / "none" / "x.png"), "--home", str(tmp_path / "home"),
               QT_QPA_PLATFORM="offscreen")  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "could not be written" in done.stderr


def test_a_picture_of_a_refusal_is_said_to_be_one_and_ends_with_1(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    done = run("open", "nosuch.db", "--snapshot", str(picture), "--home", str(tmp_path / "home"), cwd=tmp_path,
               QT_QPA_PLATFORM="offscreen")  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "briefing-viewer: There is no file nosuch.db.\n"
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("words", [["keygen", "--no-passphrase"], ["verify"], ["notes", "export", "-o"]])
def test_a_name_too_long_for_a_file_gets_one_sentence(words: list[str]) -> None:
    done = run(*words, "a" * 300)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr


def test_a_verb_loads_no_qt() -> None:
    code = "import sys; from viewer.cli import main; main(['verify', sys.argv[1]]);sys.exit('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(SAMPLE)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_publisher_makes_a_key_builds_and_a_reader_opens_for_one_run(tmp_path: Path) -> None:
    drafts = paths.resources() / "drafts" / "tacsea-2012"
    assert run("keygen", "centre", "--no-passphrase", cwd=tmp_path).returncode == 0
    assert (tmp_path / "centre.key").stat().st_mode & 0o077 == 0
    built = run("build", str(drafts), "--key", "centre.key", "-o", "own.db", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    unknown = run("verify", "own.db", cwd=tmp_path)
    assert unknown.returncode == 1
    assert "not known" in unknown.stderr
    known = run("verify", "own.db", "--trust", "centre.pub", cwd=tmp_path)
    assert known.returncode == 0, known.stderr
    assert "for this run only" in known.stdout


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "centre.key").write_text("precious")
    done = run("keygen", "centre", "--no-passphrase", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "centre.key").read_text() == "precious"
    assert not (tmp_path / "centre.pub").exists()


def test_trust_shows_who_may_sign(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trust"]) == 0
    assert "257EF797DAF4EAF2  Sample publisher" in capsys.readouterr().out
