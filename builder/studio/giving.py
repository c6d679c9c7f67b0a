"""Files that are given while others make them anew, or put something else in their place: the file
that was found, whole, or cut off so that it is seen.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from builder.core.catalogue import say

# The open files of this process under names, on every system but Windows.
_OPEN = Path("/dev/fd")
# A file that is made anew between two looks is looked at again.
_TRIES = 50


class _Changed(Exception):  # noqa: N818  (no fault: somebody writes into the file)
    """A file is not as long as was told."""


class GivenFile(FileResponse):
    """A file, or 404 when it has gone since it was found, or leads out of the folder `within`.

    It is opened once and judged when it is open: who may write into the folder of a shelf cannot
    have a link followed that he puts there in between. When somebody writes into it while it is
    given, the connection ends early, and whoever asked knows that it was not whole.
    """

    def __init__(
        self, path: Path, headers: Mapping[str, str], *, within: Path | None = None
    ) -> None:
        super().__init__(path, headers=headers, media_type=headers["content-type"])
        self._found, self._within = path, within

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            handle = await run_in_threadpool(_opened, self._found, self._within)
        except OSError:
            await PlainTextResponse(say("studio.nothing") + "\n", 404)(scope, receive, send)
            return
        try:
            await self._give(handle, scope, receive, send)
        finally:
            os.close(handle)

    async def _give(self, handle: int, scope: Scope, receive: Receive, send: Send) -> None:
        self.path = _OPEN / str(handle) if _OPEN.is_dir() else self._found
        self.stat_result = os.fstat(handle)
        self.set_stat_headers(self.stat_result)
        left = 0

        async def counted(message: Message) -> None:
            nonlocal left
            if message["type"] == "http.response.start":
                left = int(Headers(raw=message["headers"]).get("content-length", "0"))
            else:
                left -= len(message.get("body", b""))
                if left < 0 or (left > 0 and not message.get("more_body")):
                    raise _Changed
            await send(message)

        try:
            await super().__call__(scope, receive, send if scope["method"] == "HEAD" else counted)
        except (OSError, _Changed):  # uvicorn hangs up where an answer is not completed
            return


def _opened(path: Path, within: Path | None) -> int:
    """A file, open. Raises OSError when it is none, is a link, or is not the one that stands at its
    place inside of `within`.
    """
    for _ in range(_TRIES):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if _is_at(path, os.fstat(handle), within):
                return handle
        except OSError:
            os.close(handle)
            raise
        os.close(handle)
    raise FileNotFoundError(path)


def _is_at(path: Path, found: os.stat_result, within: Path | None) -> bool:
    """Whether an open file is the one at `path`, which leads nowhere else. Raises OSError when it is
    no file, or is outside.
    """
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    if within is None:
        return True
    place = path.resolve(strict=True)
    if not place.is_relative_to(within.resolve()):
        raise FileNotFoundError(path)
    return os.path.samestat(found, place.lstat())
