"""Ways out of the studio: the shelf, a code to scan, a plugged-in reader."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from builder.core.diagnostic import error
from builder.studio.api.answering import Reception, Refused, json_of
from builder.studio.delivery import code, devices, send, shelve
from builder.studio.desk import Draft


class Delivery:
    """Puts finished files onto the shelf, and onto readers of whoever sits at this machine."""

    def __init__(self, shelf: Path) -> None:
        self._shelf = shelf

    def routes(self, to: Reception) -> list[BaseRoute]:
        async def found(request: Request, _token: str) -> Response:
            at_home = to.is_at_home(request)
            return JSONResponse({"devices": await run_in_threadpool(devices) if at_home else []})

        async def sent(request: Request, draft: Draft) -> Response:
            asked = await json_of(request)
            if not to.is_at_home(request) or not isinstance(asked, dict):
                raise Refused(404, error("W011"))
            name = await run_in_threadpool(send, draft, str(asked.get("to", "")))
            return JSONResponse({"name": name})

        return [
            to.route("/api/devices", found, "GET"),
            to.route("/api/code.svg", _code, "GET"),
            to.book_route("/shelve", self._shelve, "POST"),
            to.book_route("/send", sent, "POST"),
        ]

    async def _shelve(self, _request: Request, draft: Draft) -> Response:
        return JSONResponse({"names": await run_in_threadpool(shelve, draft, self._shelf)})


async def _code(request: Request, _token: str) -> Response:
    address = f"{request.url.scheme}://{request.headers.get('host', '')}/"
    return Response(code(address), media_type="image/svg+xml")
