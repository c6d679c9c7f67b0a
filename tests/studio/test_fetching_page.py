"""A file onto a phone, in a real browser: the code, the link, and what is said without a network."""

from base64 import b64encode
from pathlib import Path

import pytest

from tests.judges.axe import axe
from tests.judges.devtools import Browser
from tests.judges.hands import Hands, at
from tests.studio.shelves import served
from tests.studio.test_catalogue import ask
from tests.studio.test_studio_page import built, drop, require_calm, require_open

pytestmark = pytest.mark.judge
BUTTON = "[aria-label$='水账.epub']"


def made(hands: Hands, novel: Path) -> None:
    drop(hands, novel)
    hands.click("[value=pdf]")
    built(hands)


def test_a_phone_scans_a_code_and_gets_the_file_without_the_password(
    browser: Browser, tmp_path: Path, novel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 127.0.0.2 stands for the machine's own address in the network.
    monkeypatch.setattr("builder.studio.server.own_addresses", lambda: ("127.0.0.2",))
    basic = "Basic " + b64encode(b"me:right").decode()
    with served(tmp_path, password="right", state=tmp_path / "state", lan=True) as address:
        with at(browser, f"{address}static/shelf.css") as hands:
            hands.page.call(
                "Network.setExtraHTTPHeaders",
                headers={"Accept-Language": "zh-CN", "Authorization": basic},
            )
            hands.go(f"{address}studio/")
            made(hands, novel)
            hands.tab_to(f"it.matches({BUTTON!r})")
            hands.press("Enter")
            hands.wait("document.querySelector('.fetching img')?.complete")
            assert hands.page.evaluate("document.querySelector('.fetching img').naturalWidth > 100")
            assert "60 分钟" in str(
                hands.page.evaluate("document.querySelector('.fetching').innerText")
            )
            link = str(hands.page.evaluate("document.querySelector('.fetching a').href"))
            require_open(hands, "a code")
            require_calm(hands)
        assert link.startswith("http://127.0.0.2:")
        assert ask(link).content.startswith(b"PK")
        assert ask(f"{address}studio/").status == 401


def test_without_a_network_it_is_said_how_to_start_for_one(
    browser: Browser, tmp_path: Path, novel: Path
) -> None:
    with (
        served(tmp_path, state=tmp_path / "state") as address,
        at(browser, f"{address}studio/", "en") as hands,
    ):
        made(hands, novel)
        hands.click(BUTTON)
        hands.wait("document.querySelector('.fetching pre')")
        told = hands.page.evaluate("document.querySelector('.fetching').innerText")
        assert "this machine only" in str(told)
        assert f"builder serve {tmp_path} --lan" in str(told)
        assert axe(hands.page) == []
        require_calm(hands)
