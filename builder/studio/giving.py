"""Files that are given while others make them anew: whole, or cut off so that it is seen."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from builder.core.catalogue import say


class _Changed(Exception):  # noqa: N818  (no fault: somebody made the file anew)
    """A file is not as long as was told."""


class GivenFile(FileResponse):
    """A file, or 404 when it has gone since it was found.

    When another takes its place while it is given, its length is not what was told: the connection
    ends before, and whoever asked knows that it was not whole.
    """

    def __init__(self, path: Path, headers: Mapping[str, str]) -> None:
        super().__init__(path, headers=headers, media_type=headers["content-type"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            found = await run_in_threadpool(os.stat, self.path)
        except OSError:
            found = None
        if found is None or not stat.S_ISREG(found.st_mode):
            await PlainTextResponse(say("studio.nothing") + "\n", 404)(scope, receive, send)
            return
        self.stat_result = found
        self.set_stat_headers(found)
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
