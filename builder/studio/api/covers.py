"""Covers to choose from by looking, and a picture of one's own."""

import asyncio
from dataclasses import asdict
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from builder.core.catalogue import spoken
from builder.core.diagnostic import error
from builder.core.errors import ConfigError
from builder.studio.api.answering import Reception
from builder.studio.api.asked import Refused, body_of
from builder.studio.children import child, kill
from builder.studio.covering import (
    COVERS,
    MOST_COVER_BYTES,
    covers_of,
    give_cover,
    picture_of,
    take_cover,
)
from builder.studio.desk import Draft, place_of
from builder.studio.giving import GivenFile
from builder.studio.limits import CHILD_WALL_S, MB, MOST_WAITING

# Addresses have a name for what they show, so a browser need not ask twice.
_KEPT = "private, max-age=86400, immutable"
_MOST_TIMES = 5


class Covering:
    """Has covers drawn, one book at a time."""

    def __init__(self, *, wall_s: float = CHILD_WALL_S) -> None:
        self._wall_s = wall_s
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    def routes(self, to: Reception) -> list[BaseRoute]:
        return [
            to.book_route("/covers", self._covers, "GET"),
            to.book_route("/covers/{version}/{name}.jpg", _picture, "GET"),
            to.book_route("/cover", self._give, "PUT"),
            to.book_route("/cover", self._take, "DELETE"),
        ]

    async def _covers(self, _request: Request, draft: Draft) -> Response:
        # What covers show may change while they are drawn.
        for _ in range(_MOST_TIMES):
            covers = await run_in_threadpool(covers_of, draft)
            if covers:
                return JSONResponse(asdict(covers))
            await self._draw(draft)
            noted = draft.noted(COVERS)
            if noted is None:
                raise Refused(500, error("W008", place_of(draft)))
            if "error" in noted:
                return JSONResponse({"error": noted["error"]}, 400)
        raise ConfigError("W005", location=place_of(draft))

    async def _give(self, request: Request, draft: Draft) -> Response:
        too_long = error("W012", limit=MOST_COVER_BYTES // MB)
        async with body_of(request, MOST_COVER_BYTES, too_long) as content:
            await run_in_threadpool(give_cover, draft, content)
        answer = await self._covers(request, draft)
        if answer.status_code != 200:
            await run_in_threadpool(take_cover, draft)
        return answer

    async def _take(self, request: Request, draft: Draft) -> Response:
        await run_in_threadpool(take_cover, draft)
        return await self._covers(request, draft)

    async def _draw(self, draft: Draft) -> None:
        """Draw once, however many ask. Raises ConfigError W006 when too many wait."""
        if self._waiting >= MOST_WAITING:
            raise ConfigError("W006", location=place_of(draft))
        self._waiting += 1
        try:
            async with self._turn:
                if not await run_in_threadpool(partial(covers_of, draft)):
                    await self._drawn(draft)
        finally:
            self._waiting -= 1

    async def _drawn(self, draft: Draft) -> None:
        (draft.folder / COVERS).unlink(missing_ok=True)
        process = await child("covers", draft, spoken())
        try:
            await asyncio.wait_for(process.wait(), self._wall_s)
        except TimeoutError as problem:
            raise ConfigError("W007", location=place_of(draft)) from problem
        except asyncio.CancelledError as problem:  # the server stops
            raise Refused(503, error("W009", place_of(draft))) from problem
        finally:
            if process.returncode is None:
                kill(process)
                await process.wait()


async def _picture(request: Request, draft: Draft) -> Response:
    asked = request.path_params
    path = await run_in_threadpool(picture_of, draft, asked["version"], asked["name"])
    if path is None:
        raise Refused(404, error("W011"))
    return GivenFile(path, {"content-type": "image/jpeg", "cache-control": _KEPT})
