"""Copying onto a device so that no pulled cable and no full disk costs a book.

The bytes go to a temporary name in the folder where they shall stay, are synced, read back from
the device and compared; only then the file takes its name, over the old one.
Source: the order of fsync and rename that POSIX needs, reference of each system's FAT driver.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.core.diagnostic import Location
from builder.core.errors import DeliverError
from builder.core.files import sync_file, sync_folder
from builder.deliver.names import device_name, same_name

_CHUNK = 1 << 20
# Left free beside the book: what the device writes when it takes it in.
_SPARE_BYTES = 2 << 20
_PART = ".ebook-builder.part"
# How far a device is searched for the copy that shall be renewed.
_DEEPEST = 4
_MOST_FOLDERS = 5_000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class Copied:
    """A book that stands on the device; `is_update` when it took the place of an older copy,
    `is_same` when that copy was the same to the last byte, and was left alone.
    """

    path: Path
    size_bytes: int
    is_update: bool
    is_same: bool = False


def copy_to(book: Path, folder: Path, name: str) -> Copied:
    """Copy `book` into `folder` as `name`, or over the copy that is somewhere below it.

    `name` becomes one that the device takes. Raises DeliverError: D003 no room, D004 what was
    read back differs, D005 the device takes no files, D006 anything else that stopped it. What
    stood there before stands then.
    """
    wanted = device_name(name)
    old = _present(folder, wanted)
    target = old or folder / wanted
    try:
        size = book.stat().st_size
        # A reader takes a file in anew that was written anew, and forgets what it knew of it.
        if old and old.stat().st_size == size and _digest(old) == _digest(book):
            return Copied(old, size, is_update=True, is_same=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target.parent, target.name)
        _require_room(target.parent, size)
        _put(book, target)
    except OSError as problem:
        raise _told(problem, target) from problem
    return Copied(target, size, old is not None)


def _put(book: Path, target: Path) -> None:
    part = target.with_name(_part_of(target.name))
    try:
        with book.open("rb") as source, part.open("xb") as copy:
            digest = hashlib.sha256()
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            sync_file(copy)
        if _digest(part) != digest.digest():
            raise DeliverError("D004", location=Location(str(target)))
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _digest(path: Path) -> bytes:
    """The digest of what the device holds, not of what memory remembers, where that can be had."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.digest()


def _part_of(name: str) -> str:
    """A temporary name that no device shows: hidden, and no book by its ending."""
    short = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f".{short}{_PART}"


def _tidy(folder: Path, name: str) -> None:
    """Take away what a copy of the same book left that was cut off."""
    (folder / _part_of(name)).unlink(missing_ok=True)


def _require_room(folder: Path, size: int) -> None:
    """Raise DeliverError D003 unless the new copy fits beside the old one."""
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE_BYTES:
        raise DeliverError(
            "D003", location=Location(str(folder)), size=_megabytes(size), free=_megabytes(free)
        )


def _present(folder: Path, name: str) -> Path | None:
    """The copy of the book that is there already, where the reader may have moved it to."""
    return next((path for path in _files(folder) if same_name(path.name, name)), None)


def _files(folder: Path) -> Iterator[Path]:
    """Files of `folder` and below, the nearest first; links and hidden folders are passed by."""
    waiting = [(folder, 0)]
    seen = 0
    while waiting and seen < _MOST_FOLDERS:
        here, depth = waiting.pop(0)
        seen += 1
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
            elif (
                depth < _DEEPEST
                and not entry.name.startswith(".")
                and entry.is_dir(follow_symlinks=False)
            ):
                waiting.append((Path(entry.path), depth + 1))


def _told(problem: OSError, target: Path) -> DeliverError:
    place = Location(str(target))
    if problem.errno in _FULL:
        return DeliverError("D003", location=place, size="?", free="0.0")
    reason = problem.strerror or str(problem)
    code = "D005" if problem.errno in _READ_ONLY else "D006"
    return DeliverError(code, location=place, reason=reason)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
