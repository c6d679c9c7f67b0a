"""The cover is chosen by looking, in a real browser: by keys, after a new title, of one's own."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from builder.pipeline import BuildOptions, build
from tests.judges.devtools import Browser
from tests.judges.hands import Hands, at
from tests.studio.test_covering import picture
from tests.studio.test_studio_page import (
    BUSY,
    IDLE,
    built,
    drop,
    loaded,
    require_calm,
    require_open,
)

pytestmark = pytest.mark.judge
DRAWN = (
    "document.querySelectorAll('.covers img').length === {n} && !document.querySelector('.covers')"
    ".ariaBusy && [...document.querySelectorAll('.covers img')].every((one) => one.complete)"
)
FIRST = "document.querySelector('.covers [value=moon]').parentElement.querySelector('img').src"


def drawn(hands: Hands, count: int) -> None:
    hands.size(1280, 3000)  # pictures that are out of sight are not loaded
    hands.wait(DRAWN.format(n=count), 60)


def cover_in(epub: Path) -> Image.Image:
    with zipfile.ZipFile(epub) as archive:
        (name,) = [name for name in archive.namelist() if "cover" in name and name.endswith("jpg")]
        return Image.open(BytesIO(archive.read(name))).convert("RGB")


def test_a_design_is_chosen_by_keys_and_the_command_line_makes_the_same_book(
    browser: Browser, address: str, novel: Path, tmp_path: Path, state: Path
) -> None:
    loads = tmp_path / "loads"
    loads.mkdir()
    with at(browser, address, "zh-CN", loads) as hands:
        drop(hands, novel)
        drawn(hands, 9)
        hands.tab_to("it.name === 'cover'")
        assert hands.page.evaluate("document.activeElement.value") == "auto"
        hands.press("ArrowDown", 6)
        assert hands.page.evaluate("document.activeElement.value") == "moon"
        alt = hands.page.evaluate("document.activeElement.parentElement.querySelector('img').alt")
        assert "水账" in str(alt)
        require_open(hands, "covers")
        hands.click("[value=pdf]")
        built(hands)
        epub = loaded(hands, loads, ".epub")
        assert hands.page.evaluate("document.querySelector('.covers :checked').value") == "moon"
        require_calm(hands)
    (settings,) = state.rglob("book.toml")
    assert 'design = "moon"' in settings.read_text()
    result = build(settings.parent, BuildOptions(formats=("epub",), out=tmp_path / "out"))
    assert result.files[0].path.read_bytes() == epub.read_bytes()
    assert sum(cover_in(epub).getpixel((800, 40))) < 150  # type: ignore[arg-type]  # a night sky


def test_the_pictures_show_the_title_that_is_written(
    browser: Browser, address: str, novel: Path
) -> None:
    with at(browser, address, "en") as hands:
        drop(hands, novel)
        drawn(hands, 9)
        before = hands.page.evaluate(FIRST)
        hands.page.evaluate("document.getElementById('book.title').select()")
        hands.page.evaluate("document.getElementById('book.title').focus()")
        hands.type("渡口的灯")
        hands.press("Tab")
        hands.wait(f"{FIRST} !== '{before}'")
        drawn(hands, 9)
        assert hands.page.evaluate("document.activeElement.id") == "book.creators"
        assert hands.page.evaluate("document.getElementById('book.title').value") == "渡口的灯"
        require_calm(hands)


def test_a_picture_of_one_s_own_is_the_cover_until_another_is_chosen(
    browser: Browser, address: str, novel: Path, tmp_path: Path, state: Path
) -> None:
    own, broken, loads = tmp_path / "own.png", tmp_path / "broken.png", tmp_path / "loads"
    own.write_bytes(picture("#c33"))
    broken.write_bytes(b"no picture")
    loads.mkdir()
    with at(browser, address, "en", loads) as hands:
        drop(hands, novel)
        drawn(hands, 9)
        hands.give("#cover-file", [broken])
        hands.wait("document.querySelector('.choice > .error')")
        hands.give("#cover-file", [own])
        drawn(hands, 10)
        assert hands.page.evaluate("document.querySelector('.covers :checked').value") == "own"
        assert not hands.page.evaluate("document.querySelector('.choice > .error')")
        require_open(hands, "a picture of one's own")
        hands.click("[value=pdf]")
        built(hands)
        drawn(hands, 10)
        assert hands.page.evaluate("document.querySelector('.covers :checked').value") == "own"
        hands.click(".covers [value=blocks]")
        hands.click("#build")
        hands.wait(BUSY)
        hands.wait(IDLE)
        (settings,) = state.rglob("book.toml")
        assert "own = false" in settings.read_text()
        drawn(hands, 10)
        hands.page.evaluate(
            "[...document.querySelectorAll('.choice button')].find((one) => !one.hidden).click()"
        )
        drawn(hands, 9)
        assert hands.page.evaluate("document.querySelector('.covers :checked').value") == "blocks"
        assert not list(settings.parent.glob("own-cover*"))
