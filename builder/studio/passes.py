"""Links to single files for a phone: who has one needs no password, for an hour, for that file.

A link is kept as a digest only, in memory: it ends with its hour, with its file (also when that is
made anew), and with the server. The server writes no log of what was asked for, and its pages
tell no other where a link led from.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from builder.core.catalogue import say
from builder.deliver.holdings import MEDIA_TYPES
from builder.studio.asking import speak_to
from builder.studio.giving import GivenFile

LASTS_S = 3600.0
# Of all people together; the oldest gives way.
MOST = 500
_BYTES = "application/octet-stream"
_TOKEN_BYTES = 20


@dataclass(frozen=True, slots=True)
class _Pass:
    """What a link opens, until when. `state` is the file's time and size when it was given out."""

    digest: bytes
    path: Path
    state: tuple[int, int]
    ends: float


class Passes:
    """The links that are open."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: tuple[_Pass, ...] = ()

    def give(self, path: Path) -> str:
        """The address of a finished file below the server's own, with 160 bits of chance in it."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        given = _Pass(_digest(token), path, _state(path), self._clock() + LASTS_S)
        self._open = (*self._alive(), given)[-MOST:]
        return f"file/{token}/{quote(path.name, safe='')}"

    def file(self, token: str) -> Path | None:
        """The file that a link opens; None when it opens none, or none any more."""
        digest = _digest(token)
        found = [one for one in self._alive() if secrets.compare_digest(one.digest, digest)]
        if not found:
            return None
        try:
            return found[0].path if _state(found[0].path) == found[0].state else None
        except OSError:
            return None

    def routes(self) -> list[BaseRoute]:
        """The only addresses of the server, but for covers, that ask for no password."""
        return [Route("/file/{token}/{name}", self._given, methods=["GET"])]

    async def _given(self, request: Request) -> Response:
        path = await run_in_threadpool(self.file, request.path_params["token"])
        if path is None:
            speak_to(request)
            return PlainTextResponse(say("studio.link.ended") + "\n", 404)
        return handed(path, {"cache-control": "no-store"})

    def _alive(self) -> tuple[_Pass, ...]:
        now = self._clock()
        return tuple(one for one in self._open if one.ends > now)


def handed(path: Path, headers: dict[str, str] | None = None) -> Response:
    """A file to be kept, under its own name."""
    kind = next((MEDIA_TYPES[end] for end in MEDIA_TYPES if path.name.endswith(end)), _BYTES)
    plain = quote(path.name, safe="")
    told = {"content-type": kind, "content-disposition": f"attachment; filename*=UTF-8''{plain}"}
    return GivenFile(path, told | (headers or {}))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size
