"""Bodies that are no question."""

import json

import pytest

from tests.studio.test_studio_api import NOVEL, Person, address, me, state

__all__ = ["address", "me", "state"]


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [
        ("settings", "PUT", b"{"), ("settings", "PUT", b"[1]"), ("contents", "PUT", b'{"rows": 1}'),
        ("build", "POST", b'{"formats": ["exe"]}'), ("build", "POST", b'{"formats": []}'),
        ("settings", "PUT", b'"' + b"x" * 5_000_000 + b'"'),
    ],
)  # fmt: skip
def test_what_is_no_question_is_told(path: str, method: str, body: bytes, me: Person) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    refused = me.ask(method, f"books/{book}/{path}", body)
    assert refused.status in {400, 413}
    assert json.loads(refused.content)["error"]["code"] == "W013"
    assert me.ask("PUT", f"books/{book}/settings", b'{"book.title": "x"}').status == 200
