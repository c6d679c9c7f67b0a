"""What the page asks the server for: books, files, jobs, results, as JSON.

Whose books they are is said by a cookie; another's are not found. What changes anything needs a
header that no other site can send.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from builder.core.diagnostic import Diagnostic, error
from builder.core.errors import BuilderError, SourceError
from builder.deliver.holdings import MEDIA_TYPES
from builder.report import diagnostic_report
from builder.studio.access import Door
from builder.studio.asking import QUESTION, speak_to
from builder.studio.contents import contents_of, keep_plan
from builder.studio.delivery import code, devices, send, shelve
from builder.studio.desk import Desks, Draft, is_token, new_token
from builder.studio.glossary import answer, doubts_of
from builder.studio.jobs import JOB, Jobs
from builder.studio.limits import (
    MB,
    MOST_BOOK_BYTES,
    MOST_FILE_BYTES,
    MOST_JSON_BYTES,
    MOST_LINES,
)
from builder.studio.looking import chapters, lines_between, member, page_count, page_picture
from builder.studio.studio_page import studio_page
from builder.studio.worker import ANALYSIS, PROGRESS

COOKIE = "builder"
GUARD = "x-builder"
_A_YEAR_S = 31_536_000
_FORMATS = frozenset({"epub", "pdf", "kepub", "azw3", "txt", "md"})
_BYTES = "application/octet-stream"
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
_HOME = frozenset({"127.0.0.1", "::1"})
Answer = Callable[[Request, Draft], Awaitable[Response]]


class Refused(Exception):  # noqa: N818  (an answer, not a fault)
    """A request that is answered with an error."""

    def __init__(self, status: int, told: Diagnostic) -> None:
        super().__init__(told.code)
        self.status, self.told = status, told


class Api:
    """The routes of the studio."""

    def __init__(self, desks: Desks, jobs: Jobs, door: Door, shelf: Path) -> None:
        self._desks = desks
        self._door = door
        self._jobs = jobs
        self._shelf = shelf

    def routes(self) -> list[BaseRoute]:
        """All routes, below the studio's own address."""

        def at(path: str, answer: Answer, method: str) -> Route:
            return Route(f"/api/books/{{id}}{path}", self._of_book(answer), methods=[method])

        return [
            Route("/", self._whoever(self._frame), methods=["GET"]),
            Route("/api/books", self._whoever(self._list), methods=["GET"]),
            Route("/api/books", self._whoever(self._begin), methods=["POST"]),
            Route("/api/devices", self._whoever(self._devices), methods=["GET"]),
            Route("/api/code.svg", self._whoever(self._code), methods=["GET"]),
            at("/shelve", self._shelve, "POST"),
            at("/send", self._send, "POST"),
            at("", self._show, "GET"),
            at("", self._drop, "DELETE"),
            at("/job", self._job, "GET"),
            at("/files/{name}", self._put_file, "PUT"),
            at("/files/{name}", self._drop_file, "DELETE"),
            at("/made/{name}", self._made, "GET"),
            at("/settings", self._choose, "PUT"),
            at("/contents", self._contents, "GET"),
            at("/contents", self._keep_contents, "PUT"),
            at("/lines", self._lines, "GET"),
            at("/doubts", self._doubts, "GET"),
            at("/doubts", self._answer, "PUT"),
            at("/analyse", self._analyse, "POST"),
            at("/build", self._build, "POST"),
            at("/cancel", self._cancel, "POST"),
            at("/pages/{number:int}.png", self._page, "GET"),
            at("/read", self._chapters, "GET"),
            at("/read/{name:path}", self._read, "GET"),
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

    async def _job(self, _request: Request, draft: Draft) -> Response:
        return JSONResponse({"job": await run_in_threadpool(_job, draft)})

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
            "content-type": kind or _BYTES,
            "content-disposition": f"attachment; filename*=UTF-8''{plain}",
        }
        return FileResponse(path, headers=headers)

    async def _shelve(self, _request: Request, draft: Draft) -> Response:
        return JSONResponse({"names": await run_in_threadpool(shelve, draft, self._shelf)})

    async def _code(self, request: Request, _token: str) -> Response:
        address = f"{request.url.scheme}://{request.headers.get('host', '')}/"
        return Response(code(address), media_type="image/svg+xml")

    async def _devices(self, request: Request, _token: str) -> Response:
        found = await run_in_threadpool(devices) if self._is_at_home(request) else []
        return JSONResponse({"devices": found})

    async def _send(self, request: Request, draft: Draft) -> Response:
        asked = await _json(request)
        if not self._is_at_home(request) or not isinstance(asked, dict):
            raise Refused(404, error("W011"))
        name = await run_in_threadpool(send, draft, str(asked.get("to", "")))
        return JSONResponse({"name": name})

    def _is_at_home(self, request: Request) -> bool:
        """Whether the person sits at this machine, whose readers are his."""
        return self._door.is_open and request.client is not None and request.client.host in _HOME

    # --- choices ----------------------------------------------------------------------------

    async def _choose(self, request: Request, draft: Draft) -> Response:
        asked = await _json(request)
        if not isinstance(asked, dict):
            raise Refused(400, error("W013"))
        await run_in_threadpool(draft.choose, asked)
        return JSONResponse({"settings": draft.settings()})

    async def _contents(self, _request: Request, draft: Draft) -> Response:
        return JSONResponse({"rows": await run_in_threadpool(contents_of, draft)})

    async def _keep_contents(self, request: Request, draft: Draft) -> Response:
        rows = _list_of(await _json(request), "rows")
        await run_in_threadpool(keep_plan, draft, rows)
        return Response(status_code=204)

    async def _doubts(self, _request: Request, draft: Draft) -> Response:
        return JSONResponse({"rows": await run_in_threadpool(doubts_of, draft)})

    async def _answer(self, request: Request, draft: Draft) -> Response:
        rows = _list_of(await _json(request), "rows")
        return JSONResponse({"added": await run_in_threadpool(answer, draft, rows)})

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
        picture = await run_in_threadpool(page_picture, pdf, number)
        if not picture:
            raise Refused(404, error("W011"))
        return Response(picture, media_type="image/png")

    async def _chapters(self, _request: Request, draft: Draft) -> Response:
        found = await run_in_threadpool(chapters, _epub(draft))
        return JSONResponse({"chapters": [asdict(one) for one in found]})

    async def _read(self, request: Request, draft: Draft) -> Response:
        name = request.path_params["name"]
        content = await run_in_threadpool(member, _epub(draft), name)
        if not content:
            raise Refused(404, error("W011"))
        kind = next((READ_TYPES[end] for end in READ_TYPES if name.endswith(end)), _BYTES)
        return Response(content, media_type=kind, headers=READ_HEADERS)

    async def _lines(self, request: Request, draft: Draft) -> Response:
        asked = request.query_params
        skip, count = (asked.get(key, "") for key in ("skip", "count"))
        lines, is_more = await run_in_threadpool(
            partial(
                lines_between,
                draft,
                asked.get("place", ""),
                asked.get("until", ""),
                skip=int(skip) if skip.isdecimal() else 0,
                count=min(MOST_LINES, int(count)) if count.isdecimal() else MOST_LINES,
            )
        )
        return JSONResponse({"lines": [asdict(line) for line in lines], "left": is_more})


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


def _list_of(asked: object, key: str) -> list[object]:
    """A list that was asked for. Raises Refused W013 when there is none."""
    found = asked.get(key) if isinstance(asked, dict) else None
    if not isinstance(found, list):
        raise Refused(400, error("W013"))
    return found


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
    }


def _job(draft: Draft) -> object:
    """What runs or ran; while it runs, how far it is."""
    job = draft.noted(JOB)
    if job and job.get("state") == "running":
        job["progress"] = draft.noted(PROGRESS)
    return job


def _epub(draft: Draft) -> Path:
    """The EPUB that was made. Raises Refused W011 when there is none."""
    found = [path for path in draft.finished() if path.suffix == ".epub"]
    if not found:
        raise Refused(404, error("W011"))
    return min(found, key=lambda path: (path.name.endswith(".kepub.epub"), path.name))


def _told(
    problem: Diagnostic, status: int, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    told = {"error": diagnostic_report(problem)}
    return JSONResponse(told, status, dict(headers) if headers else None)
