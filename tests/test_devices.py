"""An edition for an e-reader: its format, its name, and what book.toml may say instead."""

from pathlib import Path

import pytest

from builder.core.config import Config, parse
from builder.core.devices import DEVICE_NAMES, DEVICES, SOFTWARE
from builder.core.errors import ConfigError
from builder.pipeline import BuildOptions, build, volume_in
from builder.settings import settle

STORY = "第一章 夜雨\n雨停了。他把伞收起来，走进了屋子。\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "雨"
    folder.mkdir()
    (folder / "01.txt").write_text(STORY, "utf-8")
    return folder


def formats(book: Path, *, toml: str = "", **options: object) -> tuple[str, ...]:
    (book / "book.toml").write_text(toml, "utf-8")
    asked = BuildOptions(environment={}, **options)  # type: ignore[arg-type]  # any of its fields
    return settle(book, asked)[1].output.formats


def test_every_name_has_a_device_with_a_screen_and_software() -> None:
    assert set(DEVICES) == set(DEVICE_NAMES)
    assert {device.family for device in DEVICES.values()} == set(SOFTWARE)
    for device in DEVICES.values():
        assert 50 < device.screen.width_mm < device.screen.height_mm < 300


def test_a_screen_is_as_large_as_its_maker_says() -> None:
    screen = DEVICES["kindle-paperwhite-6.8"].screen
    assert (round(screen.width_mm, 1), round(screen.height_mm, 1)) == (104.6, 139.5)


def test_a_device_gets_its_own_format_unless_others_are_asked_for(book: Path) -> None:
    assert formats(book) == ("epub", "pdf")
    assert formats(book, device="kobo") == ("kepub",)
    assert formats(book, device="kindle-6") == ("epub",)
    assert formats(book, toml='[epub]\ndevice = "kobo"') == ("kepub",)
    assert formats(book, device="kobo", formats=("epub", "pdf")) == ("epub", "pdf")
    assert formats(book, toml='[output]\nformats = ["epub", "pdf"]', device="kobo") == (
        "epub",
        "pdf",
    )


def test_the_name_tells_an_edition_that_was_asked_for(book: Path, tmp_path: Path) -> None:
    options = BuildOptions(device="kobo-libra", out=tmp_path / "out", environment={})
    (built,) = build(book, options).files
    assert built.path == tmp_path / "out" / "雨" / "雨.kobo-libra.kepub.epub"
    assert built.format == "kepub"


def test_book_toml_names_a_device_that_exists() -> None:
    with pytest.raises(ConfigError) as caught:
        parse('[epub]\ndevice = "kobbo"', "book.toml", Config())
    assert caught.value.diagnostic.code == "B003"
    assert "kobo" in caught.value.hint


def test_the_volume_of_a_kepub_is_known_by_its_name(book: Path, tmp_path: Path) -> None:
    one = build(book, BuildOptions(formats=("kepub",), out=tmp_path, environment={})).book
    other = build(book, BuildOptions(formats=("epub",), out=tmp_path, environment={})).book
    assert volume_in(Path("雨.02.kepub.epub"), (one, other)) is other
