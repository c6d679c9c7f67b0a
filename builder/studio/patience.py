"""Who asks, asks within a time, and who is answered, takes the answer: a client that never finishes
either is hung up on, so that a hundred of them do not keep everyone else out.
"""

import asyncio
import socket

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 20.0
# Between two pieces of what is sent here; a phone may lose its network for a moment.
PIECE_S = 30.0
# What a client takes at the least in that time, of what waits for it here; with what the
# system sends at once, three kilobytes a second.
LEAST_TAKEN_BYTES = 32_768
# What the system may hold for a client beside that, and what keeps its pace from being seen: left
# to itself, it is megabytes.
HELD_BYTES = 131_072


class PatientProtocol(H11Protocol):
    """HTTP/1.1 for clients that say what they want within HEAD_S, on a new connection or an old,
    and that take LEAST_TAKEN_BYTES of what waits for them from one look to the next, every PIECE_S.

    What waits is looked at, not the answer: one that is given whole, or that a closed connection
    still owes, waits in the same place.
    """

    _deadline: asyncio.TimerHandle | None = None
    _look: asyncio.TimerHandle | None = None
    _waiting = 0
    _has_caught_up = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        if (held := transport.get_extra_info("socket")) is not None:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD_BYTES)
        self._watch()
        self._look = self.loop.call_later(PIECE_S, self._judge)

    def resume_writing(self) -> None:
        """Nearly all that was waiting has been taken."""
        self._has_caught_up = True
        super().resume_writing()

    def _judge(self) -> None:
        waiting = self.transport.get_write_buffer_size()
        has_stalled = waiting > max(self._waiting - LEAST_TAKEN_BYTES, 0) and self._waiting
        if has_stalled and not self._has_caught_up:
            # To close would be to wait for the client again.
            self.transport.abort()
            return
        self._waiting, self._has_caught_up = waiting, False
        self._look = self.loop.call_later(PIECE_S, self._judge)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        if self._look is not None:
            self._look.cancel()
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
