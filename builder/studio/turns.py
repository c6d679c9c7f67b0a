"""Work that takes the processor or much memory is done by few at a time: whoever asks for it often
keeps no thread from those who only look at the shelf.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

Done = TypeVar("Done")


class Turns:
    """`most` pieces of work at a time, in the order in which they were asked for."""

    def __init__(self, most: int) -> None:
        self._turn = asyncio.Semaphore(most)

    async def take(self, request: Request, work: Callable[[], Done]) -> Done:
        """What `work` makes in a thread. Raises ClientDisconnect when whoever asked has gone before
        his turn came, which is passed by.
        """
        # Only behind what somebody sends is it seen that he leaves; and nobody sends in his turn.
        async for _ in request.stream():
            pass
        async with self._turn:
            if await request.is_disconnected():
                raise ClientDisconnect
            return await run_in_threadpool(work)
