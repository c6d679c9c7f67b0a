"""Files on their way into a book: under names of their own until they are whole.

Whoever sends several at once has no more room for it than one after the other.
"""

import errno
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from builder.core.diagnostic import error
from builder.core.errors import WriteError
from builder.studio.api.asked import Refused
from builder.studio.desk import PART, Draft
from builder.studio.limits import LEAST_FREE_BYTES, MB, MOST_BOOK_BYTES, MOST_FILE_BYTES

# How often the disk is asked what is free.
_LOOK_EVERY_BYTES = 8 * MB


@dataclass(slots=True)
class _Traffic:
    """The uploads into one book: how many there are, their bytes that came so far, and the bytes
    of those that have arrived while there were any.
    """

    uploads: int = 0
    coming: int = 0
    arrived: int = 0


class Uploads:
    """What is coming. All methods belong to the server's event loop."""

    def __init__(self) -> None:
        self._traffic: dict[Path, _Traffic] = {}

    async def take(self, draft: Draft, name: str, pieces: AsyncIterator[bytes]) -> tuple[str, int]:
        """Put a file into a book; its name there and its size. Raises SourceError W001, W002,
        Refused W012 for one that is too large, WriteError B010 when the disk is nearly full, OSError.
        """
        place = await run_in_threadpool(draft.place_for, name)
        part = draft.folder / f"{secrets.token_hex(8)}{PART}"
        size = 0
        with self._among_others(draft) as traffic:
            # What arrives while the folder is measured may count twice, but never not at all.
            before = traffic.arrived
            room = MOST_BOOK_BYTES - await run_in_threadpool(draft.size)
            try:
                with part.open("xb") as file:
                    _require_free(part)
                    async for piece in pieces:
                        size += len(piece)
                        traffic.coming += len(piece)
                        used = traffic.coming + traffic.arrived - before
                        if size > MOST_FILE_BYTES or used > room:
                            raise Refused(413, error("W012", limit=MOST_FILE_BYTES // MB))
                        await run_in_threadpool(file.write, piece)
                        if size % _LOOK_EVERY_BYTES < len(piece):
                            _require_free(part)
                part.replace(place)
                traffic.arrived += size
            finally:
                traffic.coming -= size
                part.unlink(missing_ok=True)
        return place.name, size

    @contextmanager
    def _among_others(self, draft: Draft) -> Iterator[_Traffic]:
        """What is coming for a book, while one more upload is."""
        traffic = self._traffic.setdefault(draft.folder, _Traffic())
        traffic.uploads += 1
        try:
            yield traffic
        finally:
            traffic.uploads -= 1
            if not traffic.uploads:
                self._traffic.pop(draft.folder, None)


def _require_free(part: Path) -> None:
    """Raise WriteError B010 unless others still have room beside this."""
    if shutil.disk_usage(part.parent).free < LEAST_FREE_BYTES:
        raise WriteError("B010", reason=os.strerror(errno.ENOSPC))
