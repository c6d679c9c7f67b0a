"""ZIP archives, trusted in nothing: names are judged first, bytes are counted while they come.

Nothing is written to disk. Limits are those of `limits`; what a header says about sizes is
never believed.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from lzma import LZMAError

from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.read.guessing import guess
from builder.read.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_ENTRIES,
    MAX_RATIO,
    MIB,
    RATIO_FREE_BYTES,
)

CHUNK_BYTES = 1 << 16
_IS_UTF8 = 0x800
_IS_ENCRYPTED = 0x1
# The extra field in which Info-ZIP keeps a name as UTF-8.
_UNICODE_PATH = 0x7075
# C: or c:/ at the start. Counter-example: 卷:一.
_DRIVE = re.compile(r"[A-Za-z]:")
# Whatever a damaged archive makes zipfile and its decompressors raise.
_DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    struct.error,
    OverflowError,
)


class Archive:
    """The members of a ZIP file by name; folders are left out."""

    def __init__(self, content: bytes, shown: str) -> None:
        """Raises SourceError R024 damaged, R025 unsafe, R026 too large, R027 encrypted."""
        self.shown = shown
        self._left_bytes = MAX_ARCHIVE_BYTES
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except _DAMAGE as problem:
            raise self._damaged(problem) from problem
        if len(entries) > MAX_ARCHIVE_ENTRIES:
            raise SourceError("R026", location=Location(shown), reason=f"{MAX_ARCHIVE_ENTRIES:,}")
        names = _names(entries)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        taken: set[str] = set()
        for entry, name in zip(entries, names, strict=True):
            self._judge(entry, name, taken)
            if not name.endswith("/"):
                self._entries[name] = entry

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, as the archive has them ordered."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a member that is there. Raises SourceError R024, R026."""
        entry = self._entries[name]
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as member:
                while piece := member.read(CHUNK_BYTES):
                    size += len(piece)
                    self._left_bytes -= len(piece)
                    if self._left_bytes < 0 or _is_bomb(size, entry.compress_size):
                        raise self._too_large(name)
                    pieces.append(piece)
        except _DAMAGE as problem:
            raise self._damaged(problem, name) from problem
        return b"".join(pieces)

    def location(self, name: str = "") -> Location:
        """Where a member is, as people are shown it."""
        return Location(f"{self.shown}!/{name}" if name else self.shown)

    def _judge(self, entry: zipfile.ZipInfo, name: str, taken: set[str]) -> None:
        parts = name.split("/")
        is_unsafe = (
            not name.strip("/")
            or name.startswith("/")
            or ".." in parts
            or "\\" in name
            or "\0" in entry.orig_filename
            or _DRIVE.match(name)
            or stat.S_ISLNK(entry.external_attr >> 16)
            or name.rstrip("/") in taken
        )
        if is_unsafe:
            shown = "".join(c if c.isprintable() else "?" for c in name[:80])
            raise SourceError("R025", location=Location(self.shown), name=shown)
        taken.add(name.rstrip("/"))
        if entry.flag_bits & _IS_ENCRYPTED:
            raise SourceError("R027", location=Location(self.shown))

    def _damaged(self, problem: BaseException, name: str = "") -> SourceError:
        return SourceError("R024", location=self.location(name), reason=str(problem)[:120])

    def _too_large(self, name: str) -> SourceError:
        reason = f"{MAX_ARCHIVE_BYTES // MIB} MiB, 1:{MAX_RATIO}"
        return SourceError("R026", location=self.location(name), reason=reason)


def _is_bomb(size: int, compressed: int) -> bool:
    return size > RATIO_FREE_BYTES and size > MAX_RATIO * max(compressed, 1)


def _names(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """The names as they were meant: archives from Chinese Windows write them in GBK.

    `zipfile` reads a name without the UTF-8 flag as code page 437, which keeps every byte.
    """
    raw = [_raw_name(entry) for entry in entries]
    unflagged = b"\n".join(name for name in raw if name is not None)
    encoding = guess(unflagged).encoding if not unflagged.isascii() else "utf-8"
    if encoding.startswith("utf-16"):
        encoding = "gb18030"
    for entry, name in zip(entries, raw, strict=True):
        if name is None:
            yield _unicode_path(entry.extra) or entry.filename
        else:
            yield name.decode(encoding, "replace")


def _raw_name(entry: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a name that says nothing about its encoding."""
    if entry.flag_bits & _IS_UTF8 or _unicode_path(entry.extra):
        return None
    try:
        return entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _unicode_path(extra: bytes) -> str:
    """The name in Info-ZIP's extra field; empty when there is none."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        if kind == _UNICODE_PATH and size > 5:
            field = extra[position + 9 : position + 4 + size]
            return field.decode("utf-8", "replace")
        position += 4 + size
    return ""
