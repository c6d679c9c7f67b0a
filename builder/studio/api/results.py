"""What was made: to load, and to look at: pages of the PDF, chapters of the EPUB."""

from dataclasses import asdict
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from builder.core.diagnostic import error
from builder.studio.api.answering import BYTES, Reception, epub_of
from builder.studio.api.asked import Refused, number_of
from builder.studio.desk import Draft
from builder.studio.looking import chapters, member, page_picture
from builder.studio.passes import handed
from builder.studio.turns import Turns

READ_TYPES = {
    ".xhtml": "application/xhtml+xml", ".css": "text/css", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
    ".svg": "image/svg+xml", ".ttf": "font/ttf", ".otf": "font/otf", ".woff2": "font/woff2",
}  # fmt: skip
# A book's own pages run nothing and ask nobody, also when their address is opened by itself.
READ_HEADERS = {
    "content-security-policy": (
        "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data:; font-src 'self'; frame-ancestors 'self'"
    ),
    "x-frame-options": "SAMEORIGIN",
}


def routes(to: Reception) -> list[BaseRoute]:
    turns = Turns(1)

    async def page(request: Request, draft: Draft) -> Response:
        return await _page(request, draft, turns)

    return [
        to.book_route("/made/{name}", _made, "GET"),
        to.book_route("/pages/{number}.png", page, "GET"),
        to.book_route("/read", _chapters, "GET"),
        to.book_route("/read/{name:path}", _read, "GET"),
    ]


async def _made(request: Request, draft: Draft) -> Response:
    name = request.path_params["name"]
    path = next((one for one in draft.finished() if one.name == name), None)
    if path is None:
        raise Refused(404, error("W011"))
    return handed(path)


async def _page(request: Request, draft: Draft, turns: Turns) -> Response:
    pdf = next((path for path in draft.finished() if path.suffix == ".pdf"), None)
    if pdf is None:
        raise Refused(404, error("W011"))
    number = number_of(request.path_params["number"], 0)
    picture = await turns.take(request, partial(page_picture, pdf, number))
    if not picture:
        raise Refused(404, error("W011"))
    return Response(picture, media_type="image/png")


async def _chapters(_request: Request, draft: Draft) -> Response:
    found = await run_in_threadpool(chapters, epub_of(draft))
    return JSONResponse({"chapters": [asdict(one) for one in found]})


async def _read(request: Request, draft: Draft) -> Response:
    name = request.path_params["name"]
    content = await run_in_threadpool(member, epub_of(draft), name)
    if not content:
        raise Refused(404, error("W011"))
    kind = next((READ_TYPES[end] for end in READ_TYPES if name.endswith(end)), BYTES)
    return Response(content, media_type=kind, headers=READ_HEADERS)
