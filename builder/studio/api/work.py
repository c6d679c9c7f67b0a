"""Jobs: a book is read, or made, or that is stopped."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from builder.core.diagnostic import error
from builder.core.errors import SourceError
from builder.studio.api.answering import Reception
from builder.studio.api.asked import Refused, json_of
from builder.studio.desk import Draft
from builder.studio.jobs import JOB, Jobs

_FORMATS = frozenset({"epub", "pdf", "kepub", "azw3", "txt", "md"})


class Work:
    """Starts and stops the jobs of books."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def routes(self, to: Reception) -> list[BaseRoute]:
        return [
            to.book_route("/analyse", self._analyse, "POST"),
            to.book_route("/build", self._build, "POST"),
            to.book_route("/cancel", self._cancel, "POST"),
        ]

    async def _analyse(self, _request: Request, draft: Draft) -> Response:
        if not draft.files():
            raise SourceError("R008")
        self._jobs.start(draft, "analyse")
        return JSONResponse({"job": draft.noted(JOB)}, 202)

    async def _build(self, request: Request, draft: Draft) -> Response:
        asked = await json_of(request)
        formats = asked.get("formats", ["epub"]) if isinstance(asked, dict) else None
        if not isinstance(formats, list) or not formats or not set(map(str, formats)) <= _FORMATS:
            raise Refused(400, error("W013"))
        self._jobs.start(draft, "build", [str(form) for form in formats])
        return JSONResponse({"job": draft.noted(JOB)}, 202)

    async def _cancel(self, _request: Request, draft: Draft) -> Response:
        self._jobs.cancel(draft)
        return Response(status_code=204)
