"""Who asks, asks within a time, and who is answered, takes the answer: a client that never finishes
either is hung up on, and one that asks nothing gives way, so that a thousand of them do not keep
everyone else out.
"""

import asyncio
import socket

import h11
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from builder.studio.headers import ALWAYS
from builder.studio.spelling import MOST_HEADER_BYTES, ThriftyConnection

HEAD_S = 20.0
# Between two pieces of what is sent here; a phone may lose its network for a moment.
PIECE_S = 30.0
# What a client sends at the least of a body while it is waited for so long, unless it is whole.
LEAST_GIVEN_BYTES = 32_768
# What a client takes at the least in that time, of what waits for it here; with what the
# system sends at once, three kilobytes a second.
LEAST_TAKEN_BYTES = 32_768
# What the system may hold for a client beside that, and what keeps its pace from being seen: left
# to itself, it is megabytes.
HELD_BYTES = 131_072
# From here on, who waits longest without asking anything makes room for who comes.
MOST_CONNECTIONS = 200
# Of one address. This machine is let have all of them: a proxy may stand there.
MOST_OF_ONE = 100
_HOME = frozenset({"127.0.0.1", "::1"})


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
    idle_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        self.conn = ThriftyConnection(h11.SERVER, MOST_HEADER_BYTES)
        super().connection_made(transport)
        self.idle_since = self.loop.time()
        self._make_room()
        if (held := transport.get_extra_info("socket")) is not None:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD_BYTES)
        self._watch()
        self._look = self.loop.call_later(PIECE_S, self._judge)

    def _make_room(self) -> None:
        """Hang up on this client when its address has too many, or on whom nothing is owed."""
        known = [one for one in self.connections if isinstance(one, PatientProtocol)]
        address = self.client[0] if self.client else ""
        if address not in _HOME:
            its = sum(1 for one in known if one.client and one.client[0] == address)
            if its > MOST_OF_ONE:
                self.transport.abort()
                return
        over = len(known) - MOST_CONNECTIONS
        if over > MOST_CONNECTIONS:
            self.transport.abort()
            return
        if over > 0:
            idle = sorted((one for one in known if one.is_idle()), key=lambda one: one.idle_since)
            for one in idle[:over]:
                one.transport.abort()
                self.connections.discard(one)

    def is_idle(self) -> bool:
        """Whether nothing has been asked that is not answered and taken."""
        return self._is_asking() and not self.transport.get_write_buffer_size()

    def on_response_complete(self) -> None:
        self.idle_since = self.loop.time()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be read, unless an answer has begun; then there is no more to say."""
        told = {"content-type": "text/plain; charset=utf-8", "connection": "close", **ALWAYS}
        answer = (
            h11.Response(status_code=400, headers=list(told.items()), reason="Bad Request"),
            h11.Data(data=msg.encode()),
            h11.EndOfMessage(),
        )
        try:
            for event in answer:
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:
            self.transport.abort()
        self.transport.close()

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

    def _is_asking(self) -> bool:
        cycle = getattr(self, "cycle", None)  # none before the first request
        return cycle is None or cycle.response_complete

    def _watch(self) -> None:
        if not self._is_asking():
            self._stop_watching()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_S, self.transport.close)

    def _stop_watching(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Patient:
    """An application for which a client that stops sending in the middle, or sends next to nothing,
    has gone. The time in which the application itself is busy is not the client's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_sending = scope["type"] == "http"
        loop = asyncio.get_running_loop()
        left_s, given = PIECE_S, 0

        async def received() -> Message:
            nonlocal is_sending, left_s, given
            if not is_sending:
                return await receive()
            begun = loop.time()
            try:
                message = await asyncio.wait_for(receive(), max(left_s, 0.001))
            except TimeoutError:
                return {"type": "http.disconnect"}
            left_s -= loop.time() - begun
            given += len(message.get("body", b""))
            if given >= LEAST_GIVEN_BYTES:
                left_s, given = PIECE_S, 0
            is_sending = bool(message.get("more_body"))
            return message

        await self._app(scope, received, send)
