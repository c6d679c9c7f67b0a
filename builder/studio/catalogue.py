"""The shelf over HTTP: OPDS 1.2 and 2.0, files, covers, and a page for browsers.

1.2 is what a reader gets unless it asks for 2.0. Addresses never redirect, take HEAD, and end in
the file's name: what KOReader, Moon+ and Thorium need (reference: their sources).
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from builder.core.catalogue import say
from builder.core.files import style
from builder.deliver.covers import LARGE_PX, SMALL_PX, Covers
from builder.deliver.holdings import Holding, Shelf
from builder.deliver.opds import (
    Feed,
    Links,
    atom_feed,
    authentication,
    feed_for,
    search_description,
    web_feed,
)
from builder.deliver.opds.atom import SEARCH, kind_of
from builder.deliver.opds.feed import file_name
from builder.deliver.opds.web import AUTHENTICATION, TYPE
from builder.deliver.shelf_page import Hrefs, shelf_page
from builder.studio.access import Door
from builder.studio.asking import QUESTION, cookie_of, speak_to
from builder.studio.giving import GivenFile
from builder.studio.stock import Stock
from builder.studio.turns import Turns

_MOST_WORDS = 200
Answer = Callable[[Request], Response]


class Catalogue:
    """The routes of one shelf."""

    def __init__(self, stock: Stock, door: Door, *, has_studio: bool = False) -> None:
        self._has_studio = has_studio
        self._stock = stock
        self._door = door
        self._covers = Covers()
        # Pictures as large as are taken are hundreds of megabytes while they are made small.
        self._turns = Turns(2)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._known(self._page), methods=["GET"]),
            Route("/opds", self._known(self._feed), methods=["GET"]),
            Route("/opds/", self._known(self._feed), methods=["GET"]),
            Route("/opds/search.xml", self._known(self._search_description), methods=["GET"]),
            Route("/opds/book/{id}/{name}", self._known(self._book), methods=["GET"]),
            Route("/opds/v2/{path:path}", self._known(self._feed), methods=["GET"]),
            Route("/opds/{path:path}", self._known(self._feed), methods=["GET"]),
            Route("/static/shelf.css", _sheet, methods=["GET"]),
            # Browsers ask for it where a document is no page, such as a picture of its own.
            Route("/favicon.ico", _nothing, methods=["GET"]),
            # No password: readers leave it out for pictures, and nobody can guess the address.
            Route("/cover/{name}", self._cover, methods=["GET"]),
        ]

    def _known(self, answer: Answer) -> Callable[[Request], object]:
        """`answer` for those whom the door lets in, in their language."""

        async def answered(request: Request) -> Response:
            speak_to(request)
            address = request.client.host if request.client else ""
            cookie = cookie_of(request)
            if self._door.lets_in(request.headers.get("authorization", ""), address, cookie):
                return await run_in_threadpool(answer, request)
            if self._door.is_tired_of(address, cookie):
                return PlainTextResponse(say("studio.tired") + "\n", 429, {"retry-after": "300"})
            return _refused(request)

        return answered

    def _links(self, request: Request) -> Links:
        root = f"{request.url.scheme}://{request.headers['host']}"
        return Links(
            f"{root}/opds/",
            lambda holding: f"{root}/cover/{self._stock.cover_token(holding)}",
            "2.0" if _wants_web(request) else "1.2",
        )

    def _feed(self, request: Request) -> Response:
        links = self._links(request)
        feed = self._asked(request, self._stock.shelf(), links)
        if feed is None:
            return PlainTextResponse(say("studio.nothing") + "\n", 404)
        if links.version == "2.0":
            return Response(web_feed(feed, links), media_type=TYPE)
        return Response(atom_feed(feed, links), headers={"content-type": kind_of(feed)})

    def _asked(self, request: Request, shelf: Shelf, links: Links) -> Feed | None:
        try:
            page = int(request.query_params.get("page", "1"))
        except ValueError:
            return None
        words = request.query_params.get("q", request.query_params.get("query", ""))[:_MOST_WORDS]
        path = request.path_params.get("path", "").rstrip("/")
        return feed_for(shelf, links, path, page=page, words=words)

    def _search_description(self, request: Request) -> Response:
        return Response(search_description(self._links(request)), headers={"content-type": SEARCH})

    def _book(self, request: Request) -> Response:
        told = request.path_params
        copy = self._stock.file(told["id"], told["name"], file_name)
        if copy is None:
            return PlainTextResponse(say("studio.nothing") + "\n", 404)
        name = quote(told["name"], safe="")
        return GivenFile(
            copy.path,
            {
                "content-type": copy.media_type,
                # KOReader takes the percent-encoded name from the plain parameter.
                "content-disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}",
            },
            within=self._stock.root,
        )

    async def _cover(self, request: Request) -> Response:
        try:
            return await self._turns.take(request, partial(self._small, request))
        except ClientDisconnect:
            return Response(status_code=499)

    def _small(self, request: Request) -> Response:
        token, _, kind = request.path_params["name"].partition(".")
        holding = self._stock.with_cover(token)
        width = {"jpg": LARGE_PX, "small.jpg": SMALL_PX}.get(kind)
        picture = self._covers.jpeg(holding, width) if holding and width else b""
        if not picture:
            return Response(status_code=404)
        return Response(picture, media_type="image/jpeg", headers={"cache-control": "max-age=3600"})

    def _page(self, request: Request) -> Response:
        links = self._links(request)
        shelf = self._stock.shelf()
        words = request.query_params.get("q", "")[:_MOST_WORDS]
        path = "search" if words else "recent"
        try:
            page = int(request.query_params.get("page", "1"))
        except ValueError:
            page = 0
        feed = feed_for(shelf, links, path, page=page, words=words)
        if feed is None:
            return PlainTextResponse(say("studio.nothing") + "\n", 404)
        return Response(
            shelf_page(feed, words, self._hrefs(), has_studio=self._has_studio),
            media_type="text/html; charset=utf-8",
        )

    def _hrefs(self) -> Hrefs:
        """Where a book's cover and files are, seen from the page."""

        def of(holding: Holding) -> tuple[str, list[tuple[str, str]]]:
            cover = f"/cover/{self._stock.cover_token(holding)}.small.jpg"
            files = [
                (
                    copy.ending[1:],
                    f"/opds/book/{holding.id}/{quote(file_name(holding, copy), safe='')}",
                )
                for copy in holding.copies
            ]
            return cover if holding.about.cover else "", files

        return of


async def _sheet(_request: Request) -> Response:
    return Response(style("shelf.css"), media_type="text/css")


async def _nothing(_request: Request) -> Response:
    return Response(status_code=204)


def _wants_web(request: Request) -> bool:
    """Whether OPDS 2.0 is asked for: by its addresses, or by saying so."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/opds/v2/") or TYPE in accepted


def _refused(request: Request) -> Response:
    """The question for the password, as a browser and as a reader of OPDS 2.0 understand it."""
    if _wants_web(request):
        root = f"{request.url.scheme}://{request.headers['host']}/opds/"
        content = authentication(Links(root, lambda _: "", "2.0"))
        return Response(content, 401, dict(QUESTION) | {"content-type": AUTHENTICATION})
    return PlainTextResponse(say("opds.password") + "\n", 401, dict(QUESTION))
