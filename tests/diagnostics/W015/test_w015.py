"""A password that is missing or wrong, and the right one."""

import json
from base64 import b64encode
from pathlib import Path

from tests.studio.shelves import served
from tests.studio.test_catalogue import ask


def test_the_studio_asks_for_the_password(tmp_path: Path) -> None:
    with served(tmp_path, password="right", state=tmp_path / "s") as address:
        refused = ask(f"{address}studio/api/books")
        assert refused.status == 401
        assert json.loads(refused.content)["error"]["code"] == "W015"
        assert refused.headers["www-authenticate"].startswith("Basic")
        right = "Basic " + b64encode(b"me:right").decode()
        assert ask(f"{address}studio/api/books", Authorization=right).status == 200
