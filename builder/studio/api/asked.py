"""What is sent along with a question: taken into memory within bounds, and as JSON read strictly."""

import json
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from builder.core.diagnostic import Diagnostic, error
from builder.studio.limits import (
    MOST_DIGITS,
    MOST_HELD_BYTES,
    MOST_JSON_BYTES,
    MOST_JSON_DEPTH,
)


class Refused(Exception):  # noqa: N818  (an answer, not a fault)
    """A request that is answered with an error."""

    def __init__(self, status: int, told: Diagnostic) -> None:
        super().__init__(told.code)
        self.status, self.told = status, told


class _Hall:
    """Where all people's bodies wait."""

    held = 0


def held_bytes() -> int:
    """How much of what people send is in memory."""
    return _Hall.held


@asynccontextmanager
async def body_of(request: Request, most: int, too_long: Diagnostic) -> AsyncIterator[bytes]:
    """The body of a request, which counts as held until it is done with.

    Raises Refused with `too_long` beyond `most` bytes, W021 when others hold too much already.
    """
    body = bytearray()
    try:
        async for chunk in request.stream():
            if len(body) + len(chunk) > most:
                raise Refused(413, too_long)
            if _Hall.held + len(chunk) > MOST_HELD_BYTES:
                raise Refused(429, error("W021"))
            body += chunk
            _Hall.held += len(chunk)
        yield bytes(body)
    finally:
        _Hall.held -= len(body)


async def json_of(request: Request) -> object:
    """The body as JSON; {} for none. Raises Refused W013 for one that is too long or is no JSON,
    that nests deeper than settings do, or says what no text and no number is.
    """
    async with body_of(request, MOST_JSON_BYTES, error("W013")) as body:
        if not body:
            return {}
        try:
            return await run_in_threadpool(_parsed, body)
        except (ValueError, RecursionError) as problem:
            raise Refused(400, error("W013")) from problem


async def list_of(request: Request, key: str) -> list[object]:
    """A list in the body's JSON. Raises Refused W013 when there is none."""
    asked = await json_of(request)
    found = asked.get(key) if isinstance(asked, dict) else None
    if not isinstance(found, list):
        raise Refused(400, error("W013"))
    return found


def number_of(told: str, otherwise: int) -> int:
    """A whole number of an address; `otherwise` for what is none, or is longer than any."""
    return int(told) if told.isdecimal() and len(told) <= MOST_DIGITS else otherwise


def _parsed(body: bytes) -> object:
    """JSON that can be shown and kept. Raises ValueError, RecursionError for other."""
    text = body.decode("utf-8")
    told: object = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    if "\\ud" in text or "\\uD" in text:
        json.dumps(told, ensure_ascii=False).encode()  # half a pair has no bytes
    level = [told]
    for _ in range(MOST_JSON_DEPTH):
        level = [inner for one in level for inner in _within(one)]
        if not level:
            return told
    raise ValueError


def _within(one: object) -> list[object]:
    match one:
        case dict():
            return list(one.values())
        case list():
            return one
        case _:
            return []


def _refuse(word: str) -> object:
    """NaN and Infinity are no JSON, though it is read elsewhere."""
    raise ValueError(word)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number
