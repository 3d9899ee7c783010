"""The paths of resources and of the reader's own files, and the one safe way to write a file."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from viewer.errors import FileTrouble, StrangeFile
from viewer.leftovers import sweep

APP = "briefing-viewer"
HOME_VARIABLE = "BRIEFING_VIEWER_HOME"
SAMPLE_NAME = "briefings.db"
SHELF_FOLDER = "editions"  # the folder of kept editions within the reader's own
SERIALS_FILE = "serials.json"  # the record of the serials seen
EXERCISE_FOLDER = "exercise"  # within the reader's own: what belongs to editions whose key is given for one run
LAST_OPENED_FILE = "opened-last.txt"  # the path of the edition opened last, in UTF-8
PRIVATE_MODE, PUBLIC_MODE = 0o600, 0o666  # modes of files, less the umask

_PACKAGE = Path(__file__).resolve().parent
_LONGEST_SHOWN = 80
_LOCK_FILE = ".lock"
_LONGEST_WAIT = 2.0  # seconds for which another may hold a folder
_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_STRANGE = {errno.ELOOP, errno.ENXIO, errno.EISDIR}  # a link to itself, a socket, a folder
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_swept: set[Path] = set()  # folders in which leftovers were looked for


def resources() -> Path:
    """Return the folder of drafts, trust files, help, icons and fonts: inside an installed package, else beside it."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def sample() -> Path:
    """Return the signed sample edition that comes with the program."""
    installed = _PACKAGE / "resources" / SAMPLE_NAME
    return installed if installed.is_file() else _PACKAGE.parent / SAMPLE_NAME


def home(override: Path | None = None) -> Path:
    """Return the folder of the reader's own files: `override`, else `BRIEFING_VIEWER_HOME`, else the system's place.

    It need not exist yet; `ensure_home` makes it.
    """
    if override is not None:
        return override.expanduser().absolute()
    if set_by_hand := os.environ.get(HOME_VARIABLE):
        return Path(set_by_hand).expanduser().absolute()
    import platformdirs  # here: it costs 5 ms, and a given home does not need it

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def ensure_private_folder(folder: Path) -> Path:
    """Make `folder`, readable by its owner alone, if it is missing, and return it. Raises FileTrouble.

    A folder that stood there stays as open as it is, unless it bears the program's own name.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.name == APP and folder.stat().st_mode & 0o077:
            with suppress(OSError):
                folder.chmod(0o700)
    except OSError as err:
        raise FileTrouble(
            f"The folder “{display_name(folder)}” for your own files cannot be made: {describe_os_error(err)}.",
            advice=f"Make the folder yourself, or name another place for your own files with {HOME_VARIABLE}.",
        ) from err
    return folder


def write_atomically(path: Path, data: bytes, *, mode: int = PRIVATE_MODE) -> None:
    """Write `data` to `path` whole or not at all: a file that is there stays as it was until then.

    `mode` holds for the new file, less the umask. Raises FileTrouble; no temporary file is left behind. Those
    that a kill left in the folder are swept when it is first written to.
    """
    try:
        temporary = path.with_name(f".{APP}-{os.urandom(6).hex()}.tmp")
        try:
            _write_through(temporary, data, mode)
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except (OSError, ValueError) as err:
        raise FileTrouble(
            f"{display_name(path)} was not written: {describe_os_error(err)}.", advice=_write_advice(err)
        ) from err
    _sync_folder(path.parent)
    if path.parent not in _swept:
        _swept.add(path.parent)
        sweep(path.parent)


def read_own_file(path: Path, *, limit: int) -> bytes | None:
    """Return the bytes of one of the reader's own files, None where nothing has this name.

    Neither a pipe nor a device in its place can block. Raises StrangeFile for what is no regular file
    or has more than `limit` bytes, FileTrouble for what cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as err:
        kind = StrangeFile if getattr(err, "errno", None) in _STRANGE else FileTrouble
        raise kind(f"{display_name(path)} cannot be read: {describe_os_error(err)}.") from err
    try:
        is_file = stat.S_ISREG(os.fstat(handle).st_mode)
        data = b""
        while is_file and len(data) <= limit and (more := os.read(handle, limit + 1 - len(data))):
            data += more
    except OSError as err:
        raise FileTrouble(f"{display_name(path)} cannot be read: {describe_os_error(err)}.") from err
    finally:
        os.close(handle)
    if not is_file or len(data) > limit:
        what = "is too large" if is_file else "is no file"
        raise StrangeFile(f"{display_name(path)} {what}, so it cannot be one that this program wrote.")
    return data


def free_path(path: Path) -> Path:
    """Return `path`, or where something is there, the same with the first free number: `notes-2.db`."""
    free, number = path, 1
    while is_taken(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def set_aside(path: Path) -> bool:
    """Rename what stands in the place of an own file, so that a sound one can be written; return whether it worked."""
    number = 1
    while is_taken(aside := path.with_name(f"{path.name}.set-aside-{number}")):
        number += 1
    with suppress(OSError):
        path.rename(aside)
        return True
    return False


def _write_through(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can: Windows opens no folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Hold `folder` against other processes that ask here for it too; a process that ends lets go of it.

    Waits two seconds for another to let go. Raises FileTrouble. Where the system cannot lock, nothing is held.
    """
    try:
        handle = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), PRIVATE_MODE)
    except OSError as err:
        raise FileTrouble(
            f"The folder “{display_name(folder)}” cannot be written to: {describe_os_error(err)}."
        ) from err
    try:
        until = time.monotonic() + _LONGEST_WAIT
        while not _is_lock_held(handle):
            if time.monotonic() > until:
                raise FileTrouble(f"Another window is holding the folder “{display_name(folder)}”.")
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)


def _is_lock_held(handle: int) -> bool:
    """Take the lock on an open file, if nobody else has it; return whether the work can go on."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as err:
        return err.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def is_taken(path: Path) -> bool:
    """Return whether anything is at `path`, even a link to nothing; False for what cannot be a file name."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def display_name(path: Path) -> str:
    """Return the file's name fit for a sentence: unprintable characters as `�`, at most 80 characters."""
    name = path.name or str(path)
    clean = "".join(letter if letter.isprintable() else "�" for letter in name)
    return clean if len(clean) <= _LONGEST_SHOWN else f"{clean[: _LONGEST_SHOWN - 1]}…"


def describe_os_error(err: OSError | ValueError) -> str:
    """Return what the system reported, in plain words, to follow a colon."""
    code = getattr(err, "errno", None)
    if code in _NO_ROOM:
        return "there is no room left on the disk"
    if code == errno.EROFS:
        return "the disk is read-only"
    if code in _NO_RIGHT:
        return "you do not have permission"
    if code in (errno.ENOENT, errno.ENOTDIR):
        return "its folder does not exist"
    if code in (errno.EISDIR, errno.EEXIST):
        return "something else of that name is in the way"
    if code is None:
        return "the name is not one that a file can have"
    return f"the system reports “{os.strerror(code)}”"


def _write_advice(err: OSError | ValueError) -> str:
    if getattr(err, "errno", None) in _NO_ROOM:
        return "Make room on the disk, or choose another place, then try again."
    return "Choose another place, then try again."
