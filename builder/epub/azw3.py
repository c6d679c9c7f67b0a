"""EPUB → AZW3 for Kindles on a cable, by calibre's `ebook-convert` when it is installed.

Nobody maintains a writer of that format as a library. calibre is told to leave the book as it
is: no fonts rescaled, no chapters guessed, no margins, no second contents page. What it stamps
in is made steady afterwards: the times, and the numbers it draws by lot. And it calls every
book a bought one (EBOK), which Kindles have deleted when they went online; a personal document
(PDOC) they leave alone.
Source: MobileRead wiki, MOBI: the PalmDB header, the MOBI header, the EXTH records.
"""

import os
import shutil
import struct
import subprocess
import tempfile
import uuid
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from builder.core.errors import ComposeError, DependencyError

PROGRAM = "ebook-convert"
# Where its installers put it when they do not put it on PATH.
_ELSEWHERE = (
    "/Applications/calibre.app/Contents/MacOS/ebook-convert",
    "/opt/calibre/ebook-convert",
    "C:/Program Files/Calibre2/ebook-convert.exe",
)
_MARGINS = tuple(f"--margin-{side}=-1" for side in ("top", "bottom", "left", "right"))
_OPTIONS = (
    "--output-profile=kindle_pw3",
    "--no-inline-toc",
    "--chapter=/",
    "--chapter-mark=none",
    "--page-breaks-before=/",
    "--disable-font-rescaling",
    "--disable-remove-fake-margins",
    "--minimum-line-height=0",
    "--change-justification=original",
    # What HTML hides, the landmarks and the page list, calibre's readers would see.
    "--extra-css=nav[hidden] { display: none }",
    *_MARGINS,
)
# A thousand chapters, 10 MB, take calibre seven minutes.
TIMEOUT_S = 3600
# Palm's clock starts here.
_PALM_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_ASIN, _SOURCE, _KIND = 113, 112, 501
_PERSONAL = b"PDOC"
_SOURCE_PREFIX = b"calibre:"


def converter() -> str:
    """The path of calibre's converter, or "" when it is not installed."""
    return shutil.which(PROGRAM) or next((path for path in _ELSEWHERE if Path(path).is_file()), "")


def epub_to_azw3(epub: bytes, *, title: str, identifier: str, modified: str) -> bytes:
    """The book as AZW3, the same bytes for the same book and the same calibre.

    `title` is what shelves show, to which calibre would add the subtitle; without it, the EPUB's. `modified` is UTC, ISO
    8601. Raises DependencyError E031 when calibre is not installed,
    ComposeError E032 when it fails.
    """
    program = converter()
    if not program:
        raise DependencyError("E031")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, target = folder / "book.epub", folder / "book.azw3"
        source.write_bytes(epub)
        command = [program, str(source), str(target), *_OPTIONS]
        command += [f"--title={title}"] if title else []
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=TIMEOUT_S,
                check=False,
                env=_environment(folder),
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise ComposeError("E032", reason=str(problem)) from problem
        if done.returncode or not target.is_file():
            raise ComposeError("E032", reason=_last_line(done.stderr or done.stdout))
        return _steady(target.read_bytes(), identifier, modified)


def _environment(folder: Path) -> dict[str, str]:
    """No screen, no settings of the user's, no order by chance."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CALIBRE_CONFIG_DIRECTORY": str(folder / "config"),
        "CALIBRE_TEMP_DIR": str(folder),
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
    }


def _last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines else PROGRAM


def _steady(book: bytes, identifier: str, modified: str) -> bytes:
    """The file as a personal document, with its book's own number and date."""
    made = bytearray(book)
    moment = datetime.fromisoformat(modified)
    seconds = max(0, int((moment - _PALM_EPOCH).total_seconds())) & 0xFFFFFFFF
    struct.pack_into(">II", made, 36, seconds, seconds)
    name = str(_uuid_of(identifier)).encode()
    (head,) = struct.unpack_from(">I", made, 78)
    struct.pack_into(">I", made, head + 32, zlib.crc32(name))
    for kind, start, end in _records(made, head):
        value = {_ASIN: name, _SOURCE: _SOURCE_PREFIX + name, _KIND: _PERSONAL}.get(kind, b"")
        if len(value) == end - start:
            made[start:end] = value
    return bytes(made)


def _uuid_of(identifier: str) -> uuid.UUID:
    try:
        return uuid.UUID(identifier)
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, identifier)


def _records(book: bytearray, head: int) -> Iterator[tuple[int, int, int]]:
    """The records of what the file says about itself: number, start and end of the value."""
    (length,) = struct.unpack_from(">I", book, head + 20)
    start = head + 16 + length
    _, _, count = struct.unpack_from(">4sII", book, start)
    place = start + 12
    for _ in range(count):
        kind, size = struct.unpack_from(">II", book, place)
        yield kind, place + 8, place + size
        place += size
