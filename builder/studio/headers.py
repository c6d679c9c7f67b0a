"""What every answer says to the browser, and whom it is given to.

A host that is not ours is refused: a page on another site could otherwise have its name point
here and read the shelf (DNS rebinding).
"""

import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from builder.studio.spelling import refusal

ALWAYS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none';"
        " base-uri 'none'; form-action 'self'; object-src 'none'"
    ),
}
# More requests at once are told to come back, so that a flood costs memory that is known.
MOST_AT_ONCE = 200
# [::1]:80, shelf.local. Counter-examples: [::1, localhost:@elsewhere.example, a name with a quote.
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{1,5})?", re.I)


class Guarded:
    """An application behind these headers, for requests to one of `hosts`.

    Covers and feeds may be read by web readers of other sites only where they say so themselves.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._at_once = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._refused(scope) or self._app
        self._at_once += 1
        try:
            await app(scope, receive, with_headers)
        finally:
            self._at_once -= 1

    def _refused(self, scope: Scope) -> ASGIApp | None:
        """The answer to a request that goes no further; None for others."""
        closing = {"connection": "close"}
        if status := refusal(scope["headers"], scope["http_version"]):
            return PlainTextResponse("the request is spelt wrongly\n", status, closing)
        if _name(Headers(scope=scope).get("host", "")) not in self._hosts:
            return PlainTextResponse("unknown host\n", 421)
        if self._at_once >= MOST_AT_ONCE:
            return PlainTextResponse("too many at once\n", 503, closing | {"retry-after": "5"})
        return None


def _name(host: str) -> str:
    """The name in a Host header, without its port; "" for what is none."""
    named = _HOST.fullmatch(host)
    return (named["six"] or named["name"]).lower() if named else ""
