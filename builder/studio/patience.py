"""Who asks, asks within a time: a client that never finishes is hung up on, so that a hundred of
them do not keep everyone else out.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 20.0
# Between two pieces of what is sent here; a phone may lose its network for a moment.
PIECE_S = 30.0


class PatientProtocol(H11Protocol):
    """HTTP/1.1 for clients that say what they want within HEAD_S, on a new connection or an old."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        super().connection_lost(exc)

    def _watch(self) -> None:
        cycle = getattr(self, "cycle", None)  # none before the first request
        is_asking = cycle is None or cycle.response_complete
        if not is_asking:
            self._stop_watching()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_S, self.transport.close)

    def _stop_watching(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Patient:
    """An application for which a client that stops sending in the middle has gone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_sending = scope["type"] == "http"

        async def received() -> Message:
            nonlocal is_sending
            if not is_sending:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), PIECE_S)
            except TimeoutError:
                return {"type": "http.disconnect"}
            is_sending = bool(message.get("more_body"))
            return message

        await self._app(scope, received, send)
