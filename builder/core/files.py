"""Writing files so that nobody ever sees half of one, and reading none that never ends."""

import contextlib
import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import WriteError

# No file that a person names is larger: the largest text that is read has as much.
MAX_BYTES = 128 * 1024 * 1024
# How drives of some servers, archives and cameras say that they know no fsync.
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all. Raises WriteError B010."""
    write_through(path, lambda file: file.write(content))


def write_through(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Put at `path` what `write` writes into the file it is given, whole or not at all.

    The bytes go to a temporary name in the same folder, are synced and renamed: a crash, a
    full disk or a pulled plug leaves what stood there. Raises WriteError B010.
    """
    write_through_together(((path, write),))


def write_together(contents: Iterable[tuple[Path, bytes]]) -> None:
    """Put each content at its path; none before all are safe on the disk under other names.

    So a disk that fills up leaves what stood at all of the paths. They take their places in this
    order. Raises WriteError B010.
    """
    write_through_together((path, partial(_fill, content)) for path, content in contents)


def _fill(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def write_through_together(
    contents: Iterable[tuple[Path, Callable[[BinaryIO], object]]],
) -> None:
    """`write_together` for contents that are written into the file they are given."""
    drafts: list[_Draft] = []
    path = Path()
    try:
        try:
            for path, write in contents:
                drafts.append(_Draft.beside(path))
                write(drafts[-1].file)
                drafts[-1].settle()
            for draft in drafts:
                path = draft.path
                draft.take_place()
        finally:
            for draft in drafts:
                draft.drop()
        for folder in dict.fromkeys(draft.path.parent for draft in drafts):
            sync_folder(folder)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise WriteError("B010", location=Location(str(path)), reason=reason) from problem


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file that is to stand at `path`, under another `name` till then."""

    path: Path
    name: Path
    file: BinaryIO

    @classmethod
    def beside(cls, path: Path) -> "_Draft":
        """An empty draft; what a writer that died has left of an earlier one is written over."""
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        name = path.with_name(f".{path.name[:40]}.part")
        if file := _locked(name):
            return cls(path, name, file)
        name = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
        return cls(path, name, name.open("xb"))

    def settle(self) -> None:
        """Have the bytes on the disk."""
        self.file.flush()
        sync_file(self.file)

    def take_place(self) -> None:
        self.name.replace(self.path)

    def drop(self) -> None:
        """Close it; take it away where it has not taken its place."""
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(self.file.fileno()), self.name.lstat()):
                self.name.unlink()
        with contextlib.suppress(OSError):  # a full disk was told of before
            self.file.close()


def _locked(name: Path) -> BinaryIO | None:
    """The file of this name, emptied, ours until it is closed; None when that cannot be had.

    A writer that lives holds the lock, one that was killed does not. What another has put in its
    place meanwhile is no longer the file of this name.
    """
    try:
        handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except OSError:
        return None
    file = os.fdopen(handle, "r+b")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), name.lstat()):
            file.truncate(0)
            return file
    except (BlockingIOError, FileNotFoundError):  # whoever had it lives, or was quicker
        pass
    except OSError:  # no locks on this file system, so nobody else has a file of this name
        name.unlink(missing_ok=True)
    file.close()
    return None


@contextlib.contextmanager
def regular_file(path: Path) -> Iterator[BinaryIO]:
    """The regular file at `path`, to be read.

    A pipe would be waited for and a device never ends: what is none raises OSError, at once.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, say("reason.special"), str(path))
        yield file


def content_of(path: Path) -> bytes:
    """All bytes of a regular file. Raises OSError, also for more than `MAX_BYTES`."""
    with regular_file(path) as file:
        return bounded(file, path)


def bounded(file: BinaryIO, path: Path) -> bytes:
    """What a stream holds from here on. Raises OSError for more than `MAX_BYTES`."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise OSError(errno.EFBIG, say("reason.large", limit=MAX_BYTES >> 20), str(path))
    return content


def sync_file(file: BinaryIO) -> None:
    """Have what was written on the disk, where the system can; raises OSError when that fails."""
    try:
        os.fsync(file.fileno())
    except OSError as problem:
        if problem.errno not in _NO_SYNC:
            raise


def sync_folder(folder: Path) -> None:
    """Make a rename last; some systems cannot sync a folder, and then nothing is lost by it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def styles_folder() -> Path:
    """Where the style sheets are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "styles"
    return installed if installed.is_dir() else package.parent / "styles"


def style(name: str) -> str:
    """The style sheet `name` of ours, such as `epub.css` or `themes/song.css`."""
    return (styles_folder() / name).read_text(encoding="utf-8")
