"""More in memory than all people together may send at once."""

import http.client
import json
import time
from urllib.parse import urlsplit

import pytest

from builder.studio.api import asked
from tests.studio.test_studio_api import Person, address, me, state

__all__ = ["address", "me", "state"]
HALF = b"x" * 600_000


def test_who_comes_when_others_send_too_much_is_told_to_come_back(
    me: Person, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "MOST_HELD_BYTES", 1_000_000)
    book = me.begin("水账.txt", "第一章 灯下\n\n　　雨停了。\n".encode())
    parts = urlsplit(address)
    held = http.client.HTTPConnection(parts.netloc, timeout=60)
    held.putrequest("PUT", f"/studio/api/books/{book}/cover")
    for name, value in (("X-Builder", "1"), ("Cookie", me.cookie), ("Content-Length", "999999")):
        held.putheader(name, value)
    held.endheaders(HALF)
    deadline = time.monotonic() + 20
    while asked.held_bytes() < len(HALF) and time.monotonic() < deadline:
        time.sleep(0.02)
    refused = me.ask("PUT", f"books/{book}/cover", HALF)
    assert refused.status == 429
    assert json.loads(refused.content)["error"]["code"] == "W021"
    held.close()
    while asked.held_bytes() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert me.code(me.ask("PUT", f"books/{book}/cover", HALF)) == "R018"
