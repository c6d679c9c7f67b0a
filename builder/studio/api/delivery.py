"""Ways out of the studio: the shelf, a code to scan, a link for a phone, a plugged-in reader."""

import shlex
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from builder.core.diagnostic import error
from builder.studio.api.answering import Reception
from builder.studio.api.asked import Refused, json_of
from builder.studio.delivery import code, devices, send, send_with_series, shelve
from builder.studio.desk import Draft
from builder.studio.passes import LASTS_S, Passes
from builder.studio.turns import Turns

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Ways:
    """Where finished files go: the folder of the shelf, links for phones.

    `reached` are the server's addresses in the local network; none when it is for this machine only.
    Copies of a Kobo's list are kept in `backups`, or beside it.
    """

    shelf: Path
    passes: Passes
    reached: tuple[str, ...] = ()
    backups: Path | None = None


class Delivery:
    """Puts finished files onto the shelf, onto phones, and onto readers of whoever sits here."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        # One at a time: two that look for a free name at once would find the same.
        self._turns = Turns(1)

    def routes(self, to: Reception) -> list[BaseRoute]:
        async def found(request: Request, _token: str) -> Response:
            at_home = to.is_at_home(request)
            return JSONResponse({"devices": await run_in_threadpool(devices) if at_home else []})

        async def sent(request: Request, draft: Draft) -> Response:
            asked = await json_of(request)
            if not to.is_at_home(request) or not isinstance(asked, dict):
                raise Refused(404, error("W011"))
            place = str(asked.get("to", ""))
            if asked.get("series") is not True:
                return JSONResponse({"name": await run_in_threadpool(send, draft, place)})
            name, listing = await run_in_threadpool(
                send_with_series, draft, place, self._ways.backups
            )
            return JSONResponse({"name": name, "series": listing})

        return [
            to.route("/api/devices", found, "GET"),
            to.route("/api/code.svg", _code, "GET"),
            to.book_route("/shelve", self._shelve, "POST"),
            to.book_route("/send", sent, "POST"),
            to.book_route("/link", self._link, "POST"),
        ]

    async def _shelve(self, request: Request, draft: Draft) -> Response:
        names = await self._turns.take(request, partial(shelve, draft, self._ways.shelf))
        return JSONResponse({"names": names})

    async def _link(self, request: Request, draft: Draft) -> Response:
        """A link to one finished file, and the code to scan; how to be reached, when it is not."""
        asked = await json_of(request)
        name = str(asked.get("name", "")) if isinstance(asked, dict) else ""
        path = next((one for one in draft.finished() if one.name == name), None)
        if path is None:
            raise Refused(404, error("W011"))
        root = self._reached(request)
        if not root:
            return JSONResponse(
                {"command": f"builder serve {shlex.quote(str(self._ways.shelf))} --lan"}
            )
        address = root + self._ways.passes.give(path)
        drawn = code(address).decode()
        return JSONResponse({"address": address, "code": drawn, "minutes": int(LASTS_S / 60)})

    def _reached(self, request: Request) -> str:
        """Under which address a phone reaches the server; "" when it cannot.

        Whoever asks from the network has reached it, and a phone beside him does, too.
        """
        host = request.headers.get("host", "")
        asked = f"{request.url.scheme}://{host}/"
        is_here = (urlsplit(asked).hostname or "") in _LOOPBACK
        if self._ways.reached and not is_here:
            return asked
        return next(iter(self._ways.reached), "")


async def _code(request: Request, _token: str) -> Response:
    address = f"{request.url.scheme}://{request.headers.get('host', '')}/"
    return Response(code(address), media_type="image/svg+xml")
