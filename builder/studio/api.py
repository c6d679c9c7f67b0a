"""What the page asks the server for: books, files, jobs, results, as JSON.

Whose books they are is said by a cookie; another's are not found. What changes anything needs a
header that no other site can send.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from builder.core.diagnostic import Diagnostic, error
from builder.core.errors import BuilderError, ConfigError, SourceError
from builder.deliver.holdings import MEDIA_TYPES
from builder.report import diagnostic_report
from builder.studio.access import Door
from builder.studio.asking import QUESTION, speak_to
from builder.studio.contents import keep_plan, rows_of
from builder.studio.desk import Desks, Draft, is_token, new_token
from builder.studio.jobs import JOB, Jobs
from builder.studio.limits import MB, MOST_BOOK_BYTES, MOST_FILE_BYTES, MOST_JSON_BYTES
from builder.studio.studio_page import studio_page
from builder.studio.worker import ANALYSIS, PROGRESS

COOKIE = "builder"
GUARD = "x-builder"
_A_YEAR_S = 31_536_000
_FORMATS = frozenset({"epub", "pdf", "kepub", "azw3", "txt", "md"})
Answer = Callable[[Request, Draft], Awaitable[Response]]


class Refused(Exception):  # noqa: N818  (an answer, not a fault)
    """A request that is answered with an error."""

    def __init__(self, status: int, told: Diagnostic) -> None:
        super().__init__(told.code)
        self.status, self.told = status, told


class Api:
    """The routes of the studio."""

    def __init__(self, desks: Desks, jobs: Jobs, door: Door) -> None:
        self._desks = desks
        self._door = door
        self._jobs = jobs

    def routes(self) -> list[BaseRoute]:
        """All routes, below the studio's own address."""

        def at(path: str, answer: Answer, method: str) -> Route:
            return Route(f"/api/books/{{id}}{path}", self._of_book(answer), methods=[method])

        return [
            Route("/", self._whoever(self._frame), methods=["GET"]),
            Route("/api/books", self._whoever(self._list), methods=["GET"]),
            Route("/api/books", self._whoever(self._begin), methods=["POST"]),
            at("", self._show, "GET"),
            at("", self._drop, "DELETE"),
            at("/files/{name}", self._put_file, "PUT"),
            at("/files/{name}", self._drop_file, "DELETE"),
            at("/made/{name}", self._made, "GET"),
            at("/settings", self._choose, "PUT"),
            at("/contents", self._contents, "GET"),
            at("/contents", self._keep_contents, "PUT"),
            at("/analyse", self._analyse, "POST"),
            at("/build", self._build, "POST"),
            at("/cancel", self._cancel, "POST"),
            at("/pages/{number:int}.png", self._page, "GET"),
        ]

    # --- who asks ---------------------------------------------------------------------------

    def _whoever(
        self, answer: Callable[[Request, str], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """`answer` for the person with the cookie, who gets one when there is none."""

        async def answered(request: Request) -> Response:
            speak_to(request)
            address = request.client.host if request.client else ""
            if not self._door.lets_in(request.headers.get("authorization", ""), address):
                return _told(error("W015"), 401, QUESTION)
            given = request.cookies.get(COOKIE, "")
            token = given if is_token(given) else new_token()
            try:
                _require_own_page(request)
                response = await answer(request, token)
            except Refused as refused:
                response = _told(refused.told, refused.status)
            except BuilderError as problem:
                response = _told(problem.diagnostic, 400)
            except ClientDisconnect:
                return Response(status_code=499)
            if token != given:
                response.set_cookie(
                    COOKIE, token, max_age=_A_YEAR_S, httponly=True, samesite="strict", path="/"
                )
            response.headers["cache-control"] = "no-store"
            return response

        return answered

    def _of_book(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request, token: str) -> Response:
            draft = self._desks.book(token, request.path_params["id"])
            if draft is None:
                raise Refused(404, error("W011"))
            return await answer(request, draft)

        return self._whoever(answered)

    # --- books ------------------------------------------------------------------------------

    async def _frame(self, _request: Request, _token: str) -> Response:
        return HTMLResponse(studio_page())

    async def _list(self, _request: Request, token: str) -> Response:
        books = await run_in_threadpool(self._desks.books, token)
        return JSONResponse({"books": [_summary(draft) for draft in books]})

    async def _begin(self, request: Request, token: str) -> Response:
        asked = await _json(request)
        name = str(asked.get("name") or "book") if isinstance(asked, dict) else "book"
        draft = await run_in_threadpool(self._desks.begin, token, name)
        return JSONResponse({"id": draft.id}, 201)

    async def _show(self, _request: Request, draft: Draft) -> Response:
        return JSONResponse(await run_in_threadpool(_whole, draft))

    async def _drop(self, _request: Request, draft: Draft) -> Response:
        self._jobs.cancel(draft)
        await run_in_threadpool(self._desks.drop, draft)
        return Response(status_code=204)

    # --- files ------------------------------------------------------------------------------

    async def _put_file(self, request: Request, draft: Draft) -> Response:
        place = draft.place_for(request.path_params["name"])
        room = MOST_BOOK_BYTES - sum(path.stat().st_size for path in draft.files())
        limit = min(MOST_FILE_BYTES, room)
        part = place.with_name(f".{place.name}.part")
        size = 0
        try:
            with part.open("wb") as file:
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > limit:
                        raise Refused(413, error("W012", limit=MOST_FILE_BYTES // MB))
                    await run_in_threadpool(file.write, chunk)
            part.replace(place)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return JSONResponse({"name": place.name, "size": size}, 201)

    async def _drop_file(self, request: Request, draft: Draft) -> Response:
        draft.place_for(request.path_params["name"]).unlink(missing_ok=True)
        return Response(status_code=204)

    async def _made(self, request: Request, draft: Draft) -> Response:
        name = request.path_params["name"]
        path = next((one for one in draft.finished() if one.name == name), None)
        if path is None:
            raise Refused(404, error("W011"))
        kind = next((MEDIA_TYPES[end] for end in MEDIA_TYPES if name.endswith(end)), "")
        plain = quote(name, safe="")
        headers = {
            "content-type": kind or "application/octet-stream",
            "content-disposition": f"attachment; filename*=UTF-8''{plain}",
        }
        return FileResponse(path, headers=headers)

    # --- choices ----------------------------------------------------------------------------

    async def _choose(self, request: Request, draft: Draft) -> Response:
        asked = await _json(request)
        if not isinstance(asked, dict):
            raise Refused(400, error("W013"))
        await run_in_threadpool(draft.choose, asked)
        return JSONResponse({"settings": draft.settings()})

    async def _contents(self, _request: Request, draft: Draft) -> Response:
        analysis = await run_in_threadpool(draft.noted, ANALYSIS)
        rows = rows_of(analysis["plan"]) if analysis else ()
        sections = analysis["sections"] if analysis else []
        told = [asdict(row) for row in rows]
        if len(sections) == len(told):
            for row, section in zip(told, sections, strict=True):
                row["characters"] = section["characters"]
        return JSONResponse({"rows": told})

    async def _keep_contents(self, request: Request, draft: Draft) -> Response:
        asked = await _json(request)
        if not isinstance(asked, dict) or not isinstance(asked.get("rows"), list):
            raise Refused(400, error("W013"))
        await run_in_threadpool(keep_plan, draft, asked["rows"])
        return Response(status_code=204)

    # --- jobs -------------------------------------------------------------------------------

    async def _analyse(self, _request: Request, draft: Draft) -> Response:
        if not draft.files():
            raise SourceError("R008")
        self._jobs.start(draft, "analyse")
        return JSONResponse({"job": draft.noted(JOB)}, 202)

    async def _build(self, request: Request, draft: Draft) -> Response:
        asked = await _json(request)
        formats = asked.get("formats", ["epub"]) if isinstance(asked, dict) else None
        if not isinstance(formats, list) or not formats or not set(map(str, formats)) <= _FORMATS:
            raise Refused(400, error("W013"))
        self._jobs.start(draft, "build", [str(form) for form in formats])
        return JSONResponse({"job": draft.noted(JOB)}, 202)

    async def _cancel(self, _request: Request, draft: Draft) -> Response:
        self._jobs.cancel(draft)
        return Response(status_code=204)

    async def _page(self, request: Request, draft: Draft) -> Response:
        pdf = next((path for path in draft.finished() if path.suffix == ".pdf"), None)
        if pdf is None:
            raise Refused(404, error("W011"))
        number = request.path_params["number"]
        picture = await run_in_threadpool(_drawn, pdf, number)
        if not picture:
            raise Refused(404, error("W011"))
        return Response(picture, media_type="image/png")


def _require_own_page(request: Request) -> None:
    """Raise Refused unless a change is asked for by the studio's own page (W014)."""
    if request.method in {"GET", "HEAD"}:
        return
    origin = request.headers.get("origin", "")
    is_own = not origin or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
    if not is_own or request.headers.get(GUARD) != "1":
        raise Refused(403, error("W014"))


async def _json(request: Request) -> object:
    """The body as JSON; {} for none. Raises Refused for one that is too long or is no JSON."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_JSON_BYTES:
            raise Refused(413, error("W013"))
    if not body:
        return {}
    try:
        return json.loads(body)
    except ValueError as problem:
        raise Refused(400, error("W013")) from problem


def _summary(draft: Draft) -> dict[str, object]:
    job = draft.noted(JOB) or {}
    analysis = draft.noted(ANALYSIS) or {}
    return {
        "id": draft.id,
        "name": draft.name,
        "title": draft.settings().get("book.title") or analysis.get("title") or draft.name,
        "state": job.get("state", "new"),
    }


def _whole(draft: Draft) -> dict[str, object]:
    """Everything the page shows of a book, but for its contents."""
    job = draft.noted(JOB)
    if job and job.get("state") == "running":
        job["progress"] = draft.noted(PROGRESS)
    analysis = draft.noted(ANALYSIS)
    if analysis:
        analysis.pop("plan", None)
    files = [{"name": one.name, "size": one.stat().st_size} for one in draft.files()]
    made = [
        {
            "name": one.name,
            "size": one.stat().st_size,
            "href": f"/studio/api/books/{draft.id}/made/{quote(one.name, safe='')}",
        }
        for one in draft.finished()
    ]
    return {
        **_summary(draft),
        "settings": draft.settings(),
        "files": files,
        "job": job,
        "analysis": analysis,
        "made": made,
    }


def _drawn(pdf: Path, number: int) -> bytes:
    """A page of a PDF as PNG; b"" when there is none of that number."""
    from builder.preview import preview

    try:
        return preview(pdf, pdf.name, pages=str(number), width=1000).png
    except ConfigError:
        return b""


def _told(
    problem: Diagnostic, status: int, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    told = {"error": diagnostic_report(problem)}
    return JSONResponse(told, status, dict(headers) if headers else None)
