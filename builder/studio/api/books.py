"""Books and the files that were dropped for them."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute

from builder.studio.api.answering import Reception
from builder.studio.api.asked import json_of
from builder.studio.desk import ANALYSIS, Desks, Draft
from builder.studio.jobs import JOB, Jobs
from builder.studio.looking import page_count
from builder.studio.printing import PRINTING
from builder.studio.studio_page import studio_page
from builder.studio.uploads import Uploads
from builder.studio.worker import PROGRESS


class Books:
    """The page, a person's books, and their files."""

    def __init__(self, desks: Desks, jobs: Jobs) -> None:
        self._desks = desks
        self._jobs = jobs
        self._uploads = Uploads()

    def routes(self, to: Reception) -> list[BaseRoute]:
        return [
            to.route("/", _frame, "GET"),
            to.route("/api/books", self._list, "GET"),
            to.route("/api/books", self._begin, "POST"),
            to.book_route("", _show, "GET"),
            to.book_route("", self._drop, "DELETE"),
            to.book_route("/job", _show_job, "GET"),
            to.book_route("/files/{name}", self._put_file, "PUT"),
            to.book_route("/files/{name}", _drop_file, "DELETE"),
        ]

    async def _list(self, _request: Request, token: str) -> Response:
        books = await run_in_threadpool(self._desks.books, token)
        return JSONResponse({"books": [_summary(draft) for draft in books]})

    async def _begin(self, request: Request, token: str) -> Response:
        asked = await json_of(request)
        name = str(asked.get("name") or "book") if isinstance(asked, dict) else "book"
        draft = await run_in_threadpool(self._desks.begin, token, name)
        return JSONResponse({"id": draft.id}, 201)

    async def _put_file(self, request: Request, draft: Draft) -> Response:
        asked = request.path_params["name"]
        name, size = await self._uploads.take(draft, asked, request.stream())
        return JSONResponse({"name": name, "size": size}, 201)

    async def _drop(self, _request: Request, draft: Draft) -> Response:
        self._jobs.cancel(draft)
        await run_in_threadpool(self._desks.drop, draft)
        return Response(status_code=204)


async def _frame(_request: Request, _token: str) -> Response:
    return HTMLResponse(studio_page())


async def _show(_request: Request, draft: Draft) -> Response:
    return JSONResponse(await run_in_threadpool(_whole, draft))


async def _show_job(_request: Request, draft: Draft) -> Response:
    return JSONResponse({"job": await run_in_threadpool(_job, draft)})


async def _drop_file(request: Request, draft: Draft) -> Response:
    draft.place_for(request.path_params["name"]).unlink(missing_ok=True)
    return Response(status_code=204)


def _summary(draft: Draft) -> dict[str, object]:
    job: Mapping[str, object] = draft.noted(JOB) or {}
    analysis: Mapping[str, object] = draft.noted(ANALYSIS) or {}
    return {
        "id": draft.id,
        "name": draft.name,
        "title": draft.settings().get("book.title") or analysis.get("title") or draft.name,
        "state": job.get("state", "new"),
    }


def _whole(draft: Draft) -> dict[str, object]:
    """Everything the page shows of a book, but for its contents."""
    analysis = draft.noted(ANALYSIS)
    if analysis:
        analysis.pop("plan", None)
    files = [{"name": one.name, "size": one.stat().st_size} for one in draft.files()]
    made = [
        {
            "name": one.name,
            "size": one.stat().st_size,
            "pages": page_count(one) if one.suffix == ".pdf" else 0,
            "href": f"/studio/api/books/{draft.id}/made/{quote(one.name, safe='')}",
        }
        for one in draft.finished()
    ]
    return {
        **_summary(draft),
        "settings": draft.settings(),
        "files": files,
        "job": _job(draft),
        "analysis": analysis,
        "made": made,
        "printing": draft.noted(PRINTING),
    }


def _job(draft: Draft) -> object:
    """What runs or ran; while it runs, how far it is."""
    job = draft.noted(JOB)
    if job and job.get("state") == "running":
        job["progress"] = draft.noted(PROGRESS)
    return job
