"""Who asks the studio, and how it answers: a cookie, a header, JSON, errors as their codes.

Whose books they are is said by a cookie; another's are not found. What changes anything needs a
header that no other site can send.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from builder.core.diagnostic import Diagnostic, error
from builder.core.errors import BuilderError, WriteError
from builder.report import diagnostic_report
from builder.studio.access import Door
from builder.studio.api.asked import Refused
from builder.studio.asking import COOKIE, QUESTION, cookie_of, speak_to
from builder.studio.desk import Desks, Draft, new_token

GUARD = "x-builder"
BYTES = "application/octet-stream"
_A_YEAR_S = 31_536_000
# Books that somebody has, jobs that wait.
_TOO_MANY = frozenset({"W004", "W006"})
_HOME = frozenset({"127.0.0.1", "::1"})
# What answers somebody with a cookie, and what answers about one of his books.
Answer = Callable[[Request, str], Awaitable[Response]]
BookAnswer = Callable[[Request, Draft], Awaitable[Response]]


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
            given = cookie_of(request)
            if not self._door.lets_in(request.headers.get("authorization", ""), address, given):
                return _told(error("W015"), 401, QUESTION)
            token = given or new_token()
            try:
                _require_own_page(request)
                response = await answer(request, token)
            except ClientDisconnect:
                return Response(status_code=499)
            except (Refused, BuilderError, OSError) as problem:
                response = _told(*_reason(problem))
            if token != given:
                response.set_cookie(
                    COOKIE, token, max_age=_A_YEAR_S, httponly=True, samesite="strict", path="/"
                )
            response.headers.setdefault("cache-control", "no-store")
            return response

        return answered


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


def _reason(problem: Refused | BuilderError | OSError) -> tuple[Diagnostic, int]:
    """What an error is answered with. Where on the disk it happened is nobody's business."""
    match problem:
        case Refused():
            return problem.told, problem.status
        case WriteError():
            return replace(problem.diagnostic, location=None), 507
        case BuilderError():
            return problem.diagnostic, 429 if problem.diagnostic.code in _TOO_MANY else 400
        case FileNotFoundError():  # taken away while it was asked for
            return error("W011"), 404
        case OSError():
            return error("B010", reason=problem.strerror or type(problem).__name__), 507


def _told(
    problem: Diagnostic, status: int, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    told = {"error": diagnostic_report(problem)}
    return JSONResponse(told, status, dict(headers) if headers else None)
