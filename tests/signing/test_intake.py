from __future__ import annotations

import errno
import hashlib
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from io import FileIO
from pathlib import Path
from types import FrameType

import pytest

from viewer.errors import FileTrouble, Incomplete, TooLarge, TooLittleMemory, ViewerError
from viewer.signing import intake
from viewer.signing.intake import END, LARGEST, format_size, read_file, read_hashed, read_if_exists

Reader = Callable[[Path], object]
MIB = 1024 * 1024


def whole(path: Path) -> tuple[memoryview, bytes, None]:
    return read_hashed(path, lambda data: (len(data), None))


readers = pytest.mark.parametrize("read", [read_file, whole], ids=["read_file", "read_hashed"])


@pytest.fixture
def soon() -> Iterator[None]:
    """Refuses a test that does much or takes much memory: these refusals happen before anything is read."""
    calls = 0

    def count(frame: FrameType, event: str, _what: object) -> None:
        nonlocal calls
        calls += frame.f_code.co_filename == intake.__file__ and event in ("call", "c_call")

    tracemalloc.start()
    sys.setprofile(count)
    yield
    sys.setprofile(None)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert calls < 100  # a file that is read piece by piece takes more
    assert used < MIB


def refusal(read: Reader, path: Path, kind: type[ViewerError]) -> str:
    with pytest.raises(kind) as caught:
        read(path)
    return str(caught.value)


@readers
@pytest.mark.usefixtures("soon")
def test_refuses_a_folder(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "briefings.db").mkdir()
    assert refusal(read, tmp_path / "briefings.db", FileTrouble) == "briefings.db is a folder, not a file."


@readers
@pytest.mark.usefixtures("soon")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_refuses_a_pipe_that_nobody_writes_to(read: Reader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "briefings.db")
    assert "a device or a pipe" in refusal(read, tmp_path / "briefings.db", FileTrouble)


@readers
@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_refuses_a_device(read: Reader, device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"this system has no {device}")
    refusal(read, Path(device), FileTrouble)


@readers
@pytest.mark.usefixtures("soon")
def test_refuses_a_link_to_a_device(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "briefings.db").symlink_to("/dev/zero")
    refusal(read, tmp_path / "briefings.db", FileTrouble)


@readers
@pytest.mark.usefixtures("soon")
def test_refuses_a_sparse_file_of_a_terabyte(read: Reader, tmp_path: Path) -> None:
    try:
        with (tmp_path / "briefings.db").open("wb") as file:
            file.truncate(1 << 40)
    except OSError:
        pytest.skip("this disk holds no file of a terabyte")
    assert "too large" in refusal(read, tmp_path / "briefings.db", TooLarge)


@readers
@pytest.mark.usefixtures("soon")
def test_refuses_one_byte_more_than_the_cap(read: Reader, tmp_path: Path) -> None:
    with (tmp_path / "briefings.db").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "at most 256 MiB are read" in refusal(read, tmp_path / "briefings.db", TooLarge)


@readers
def test_refuses_a_broken_link(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "briefings.db").symlink_to(tmp_path / "gone.db")
    assert refusal(read, tmp_path / "briefings.db", FileTrouble) == "briefings.db is a link that leads nowhere."


@readers
def test_refuses_a_link_to_itself(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "briefings.db").symlink_to(tmp_path / "briefings.db")
    assert "could not be read" in refusal(read, tmp_path / "briefings.db", FileTrouble)


@readers
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.db", "There is no file gone.db."),
        ("a/b.db", "There is no file b.db."),
        ("a\0b", "a�b is not a name that a file can have."),
        ("\udcff\N{RIGHT-TO-LEFT OVERRIDE}bd.exe", "There is no file ��bd.exe."),
        ("x" * 300, f"{'x' * 79}… could not be read: the system reports “File name too long”."),
    ],
)
def test_says_which_file_is_missing(read: Reader, name: str, said: str, tmp_path: Path) -> None:
    assert refusal(read, tmp_path / name, FileTrouble) == said


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_says_when_there_is_no_right_to_read(tmp_path: Path) -> None:
    (tmp_path / "briefings.db").write_bytes(b"x")
    (tmp_path / "briefings.db").chmod(0)
    assert "do not have the right" in refusal(read_file, tmp_path / "briefings.db", FileTrouble)


def test_a_missing_file_may_be_none_but_a_broken_link_may_not(tmp_path: Path) -> None:
    assert read_if_exists(tmp_path / "gone", limit=10) is None
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(FileTrouble):
        read_if_exists(tmp_path / "link", limit=10)


SIZES = [0, 1, 100, END, END + 1, MIB, 4 * MIB, 4 * MIB + 1, 5 * MIB + 4095, 6 * MIB + END, 7 * MIB]


@pytest.mark.parametrize("size", SIZES)
def test_gives_every_byte_and_the_hash_of_the_first(size: int, tmp_path: Path) -> None:
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    for length in {0, size // 3, max(0, size - 300), size}:
        read, digest, found = read_hashed(tmp_path / "file", partial(planned, length))
        assert read == data == read_file(tmp_path / "file")
        assert digest == hashlib.blake2b(data[:length]).digest()
        assert read.readonly
        assert found == "found"


def planned(length: int, _: memoryview) -> tuple[int, str]:
    return length, "found"


def test_shows_the_plan_both_ends_before_the_middle_is_read(tmp_path: Path) -> None:
    data = os.urandom(6 * MIB)
    (tmp_path / "file").write_bytes(data)

    def plan(seen: memoryview) -> tuple[int, None]:
        assert seen[:100] == data[:100]
        assert seen[-END:] == data[-END:]
        assert seen[3 * MIB : 4 * MIB] == bytes(MIB)
        return 0, None

    assert read_hashed(tmp_path / "file", plan)[0] == data


@pytest.mark.parametrize("size", [5000, 6 * MIB])
def test_notices_a_file_that_shrinks_or_grows_while_it_is_read(size: int, tmp_path: Path) -> None:
    path = tmp_path / "file"

    def change(length: int) -> Callable[[memoryview], tuple[int, None]]:
        def plan(seen: memoryview) -> tuple[int, None]:
            os.truncate(path, length)
            return len(seen), None

        return plan

    path.write_bytes(bytes(size))
    with pytest.raises(Incomplete, match="changed its length"):
        read_hashed(path, change(size + 1))
    path.write_bytes(bytes(size))
    if size > 4 * MIB:
        with pytest.raises(Incomplete, match="changed its length"):
            read_hashed(path, change(2 * MIB))


def test_leaves_no_file_open_and_no_thread_behind_when_reading_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    (tmp_path / "file").write_bytes(bytes(6 * MIB))
    fill = intake._Reading.fill

    def pulled(self: intake._Reading, start: int, stop: int) -> None:
        if start == 3 * MIB:
            raise OSError(5, "Input/output error")
        fill(self, start, stop)

    monkeypatch.setattr(intake._Reading, "fill", pulled)
    threads = threading.active_count()
    with pytest.raises(FileTrouble, match="Input/output error"):
        whole(tmp_path / "file")
    assert threading.active_count() == threads


@readers
@pytest.mark.parametrize("lack", [MemoryError(), OSError(errno.ENOMEM, "Cannot allocate memory")])
def test_a_lack_of_memory_is_no_trouble_with_the_file(
    read: Reader, lack: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoRoom(FileIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise lack

        def readinto(self, _buffer: object, /) -> int:
            raise lack

    (tmp_path / "file").write_bytes(b"content")
    monkeypatch.setattr(intake, "FileIO", NoRoom)
    assert "too little free memory to open file;" in refusal(read, tmp_path / "file", TooLittleMemory)


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 byte"), (4096, "4,096 bytes"), (LARGEST, "256 MiB"), (110_000_000, "104.9 MiB")]
)
def test_writes_sizes_for_a_sentence(size: int, said: str) -> None:
    assert format_size(size) == said
