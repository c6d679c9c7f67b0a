"""E-readers on a cable: found by what their makers put on their memory.

Kobo has a folder `.kobo`, a Kindle with a drive letter `documents` and `system`. Kindles since
2024 speak MTP and show no drive: they are recognised by their absence.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import Literal

ReaderKind = Literal["kobo", "kindle", "pocketbook", "tolino", "drive"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A device with a memory that books can be copied to. `books` is the folder for them."""

    kind: ReaderKind
    root: Path
    books: Path
    free_bytes: int
    can_write: bool

    @property
    def name(self) -> str:
        """What its memory is called."""
        return self.root.name or str(self.root)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What tells a kind: all of `folders`; and where its books belong."""

    kind: ReaderKind
    folders: tuple[str, ...]
    books: str


_MARKS = (
    _Mark("kobo", (".kobo",), ""),
    _Mark("tolino", (".tolino",), "Books"),
    _Mark("kindle", ("documents", "system"), "documents"),
    _Mark("pocketbook", ("system/config", "applications"), "Books"),
)


def reader_at(root: Path) -> Reader | None:
    """The reader whose memory `root` is; None when nothing tells one."""
    for mark in _MARKS:
        if all((root / folder).is_dir() for folder in mark.folders):
            return _reader(mark.kind, root, root / mark.books)
    return None


def find_readers(
    places: Iterable[Path] = (), *, environment: Mapping[str, str] | None = None
) -> tuple[Reader, ...]:
    """The readers that are plugged in, and other drives that are made to be taken along.

    `places` are looked at instead of where this system shows its drives; they count as drives
    even if nothing tells what they are.
    """
    found: dict[Path, Reader] = {}
    drives = [(place, True) for place in places]
    if not drives:
        drives = list(_drives(os.environ if environment is None else environment))
    drives = [(root, is_removable) for root, is_removable in drives if root.is_dir()]
    for root, is_removable in drives:
        try:
            reader = reader_at(root)
            if reader is None and is_removable:
                reader = _reader("drive", root, root)
        except OSError:
            continue
        if reader:
            found.setdefault(root.resolve(), reader)
    return tuple(found.values())


def _reader(kind: ReaderKind, root: Path, books: Path) -> Reader:
    return Reader(kind, root, books, shutil.disk_usage(root).free, os.access(root, os.W_OK))


def _drives(environment: Mapping[str, str]) -> Iterator[tuple[Path, bool]]:
    """Where this system shows drives, and whether one there is made to be taken along."""
    if sys.platform == "win32":
        for letter in ascii_uppercase[3:]:
            root = Path(f"{letter}:/")
            if root.is_dir():
                yield root, False
        return
    user = environment.get("USER") or environment.get("LOGNAME") or ""
    for above, is_removable in (
        (Path("/media") / user, True),
        (Path("/run/media") / user, True),
        (Path("/media"), False),
        (Path("/Volumes"), False),
        (Path("/mnt"), False),
    ):
        try:
            roots = sorted(above.iterdir())
        except OSError:
            continue
        for root in roots:
            if root.is_dir() and (not is_removable or root.is_mount()):
                yield root, is_removable
