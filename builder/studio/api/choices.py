"""What a person decides about a book: settings, chapters, words that were in doubt."""

from dataclasses import asdict
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from builder.core.diagnostic import error
from builder.studio.api.answering import Reception
from builder.studio.api.asked import Refused, json_of, list_of, number_of
from builder.studio.contents import contents_of, forget_plan, keep_plan
from builder.studio.desk import Draft
from builder.studio.glossary import answer, doubts_of
from builder.studio.limits import MOST_LINES
from builder.studio.lines import lines_between


def routes(to: Reception) -> list[BaseRoute]:
    return [
        to.book_route("/settings", _choose, "PUT"),
        to.book_route("/contents", _contents, "GET"),
        to.book_route("/contents", _keep_contents, "PUT"),
        to.book_route("/contents", _forget_contents, "DELETE"),
        to.book_route("/lines", _lines, "GET"),
        to.book_route("/doubts", _doubts, "GET"),
        to.book_route("/doubts", _answer, "PUT"),
    ]


async def _choose(request: Request, draft: Draft) -> Response:
    asked = await json_of(request)
    if not isinstance(asked, dict):
        raise Refused(400, error("W013"))
    await run_in_threadpool(draft.choose, asked)
    return JSONResponse({"settings": draft.settings()})


async def _contents(_request: Request, draft: Draft) -> Response:
    return JSONResponse({"rows": await run_in_threadpool(contents_of, draft)})


async def _keep_contents(request: Request, draft: Draft) -> Response:
    await run_in_threadpool(keep_plan, draft, await list_of(request, "rows"))
    return Response(status_code=204)


async def _forget_contents(_request: Request, draft: Draft) -> Response:
    await run_in_threadpool(forget_plan, draft)
    return Response(status_code=204)


async def _doubts(_request: Request, draft: Draft) -> Response:
    return JSONResponse({"rows": await run_in_threadpool(doubts_of, draft)})


async def _answer(request: Request, draft: Draft) -> Response:
    rows = await list_of(request, "rows")
    return JSONResponse({"added": await run_in_threadpool(answer, draft, rows)})


async def _lines(request: Request, draft: Draft) -> Response:
    asked = request.query_params
    skip, count = (asked.get(key, "") for key in ("skip", "count"))
    lines, is_more = await run_in_threadpool(
        partial(
            lines_between,
            draft,
            asked.get("place", ""),
            asked.get("until", ""),
            skip=number_of(skip, 0),
            count=min(MOST_LINES, number_of(count, MOST_LINES)),
        )
    )
    return JSONResponse({"lines": [asdict(line) for line in lines], "left": is_more})
