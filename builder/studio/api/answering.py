"""Who asks the studio, and how it answers: a cookie, a header, JSON, errors as their codes.

Whose books they are is said by a cookie; another's are not found. What changes anything needs a
header that no other site can send.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from builder.core.diagnostic import Diagnostic, error
from builder.core.errors import BuilderError
from builder.report import diagnostic_report
from builder.studio.access import Door
from builder.studio.asking import QUESTION, speak_to
from builder.studio.desk import Desks, Draft, is_token, new_token
from builder.studio.limits import MOST_JSON_BYTES

COOKIE = "builder"
GUARD = "x-builder"
BYTES = "application/octet-stream"
_A_YEAR_S = 31_536_000
# Books that somebody has, jobs that wait.
_TOO_MANY = frozenset({"W004", "W006"})
_HOME = frozenset({"127.0.0.1", "::1"})
# What answers somebody with a cookie, and what answers about one of his books.
Answer = Callable[[Request, str], Awaitable[Response]]
BookAnswer = Callable[[Request, Draft], Awaitable[Response]]


class Refused(Exception):  # noqa: N818  (an answer, not a fault)
    """A request that is answered with an error."""

    def __init__(self, status: int, told: Diagnostic) -> None:
        super().__init__(told.code)
        self.status, self.told = status, told


class Reception:
    """Lets people in, each to his own books."""

    def __init__(self, desks: Desks, door: Door) -> None:
        self._desks = desks
        self._door = door

    def route(self, path: str, answer: Answer, method: str) -> Route:
        """An address for everybody with a cookie."""
        return Route(path, self._answered(answer), methods=[method])

    def book_route(self, path: str, answer: BookAnswer, method: str) -> Route:
        """An address below that of a book, for whoever's book it is. Others hear W011."""

        async def of_book(request: Request, token: str) -> Response:
            draft = self._desks.book(token, request.path_params["id"])
            if draft is None:
                raise Refused(404, error("W011"))
            return await answer(request, draft)

        return self.route(f"/api/books/{{id}}{path}", of_book, method)

    def is_at_home(self, request: Request) -> bool:
        """Whether the person sits at this machine, whose readers are his."""
        return self._door.is_open and request.client is not None and request.client.host in _HOME

    def _answered(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
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
                code = problem.diagnostic.code
                response = _told(problem.diagnostic, 429 if code in _TOO_MANY else 400)
            except ClientDisconnect:
                return Response(status_code=499)
            if token != given:
                response.set_cookie(
                    COOKIE, token, max_age=_A_YEAR_S, httponly=True, samesite="strict", path="/"
                )
            response.headers.setdefault("cache-control", "no-store")
            return response

        return answered


async def json_of(request: Request) -> object:
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
    except (ValueError, RecursionError) as problem:
        raise Refused(400, error("W013")) from problem


async def list_of(request: Request, key: str) -> list[object]:
    """A list in the body's JSON. Raises Refused W013 when there is none."""
    asked = await json_of(request)
    found = asked.get(key) if isinstance(asked, dict) else None
    if not isinstance(found, list):
        raise Refused(400, error("W013"))
    return found


def epub_of(draft: Draft) -> Path:
    """The EPUB that was made. Raises Refused W011 when there is none."""
    found = [path for path in draft.finished() if path.suffix == ".epub"]
    if not found:
        raise Refused(404, error("W011"))
    return min(found, key=lambda path: (path.name.endswith(".kepub.epub"), path.name))


def _require_own_page(request: Request) -> None:
    """Raise Refused unless a change is asked for by the studio's own page (W014)."""
    if request.method in {"GET", "HEAD"}:
        return
    origin = request.headers.get("origin", "")
    is_own = not origin or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
    if not is_own or request.headers.get(GUARD) != "1":
        raise Refused(403, error("W014"))


def _told(
    problem: Diagnostic, status: int, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    told = {"error": diagnostic_report(problem)}
    return JSONResponse(told, status, dict(headers) if headers else None)
