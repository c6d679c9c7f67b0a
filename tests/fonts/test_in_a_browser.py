"""Embedded fonts load in real reading engines, in lines and in columns; garbage does not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from builder.check import check_epub
from builder.core.publication import Publication
from builder.epub import write_epub
from builder.fonts import embed_fonts
from tests.fonts.books import publication
from tests.fonts.drawing import draw_font
from tests.judges import Opened, epubcheck, open_in_epubjs, open_in_foliate

pytestmark = pytest.mark.judge

TEXT = "雨停的时候，老何才把船灯点上。“你听，”他说，“水底下有人敲钟——”"
ENGINES = (open_in_foliate, open_in_epubjs)


def book(folder: Path, made: Publication) -> Path:
    path = folder / "渡口.epub"
    path.write_bytes(write_epub(made))
    return path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("theme", "vertical"), [("song", False), ("kai", False), ("vertical", True)]
)
def test_the_fonts_of_every_theme_load(
    tmp_path: Path, engine: Callable[[Path], Opened], theme: str, vertical: bool
) -> None:
    made = publication(TEXT, verse="渡口无人舟自横", theme=theme, vertical=vertical)
    embedded = embed_fonts(made, choice=True)
    opened = engine(book(tmp_path, embedded.publication))
    assert opened.writing_mode == ("vertical-rl" if vertical else "horizontal-tb")
    families = {family for font in embedded.fonts for family in font.families}
    assert opened.fonts == dict.fromkeys(families, "loaded")


@pytest.mark.parametrize("engine", ENGINES)
def test_rare_characters_load_their_font(tmp_path: Path, engine: Callable[[Path], Opened]) -> None:
    embedded = embed_fonts(publication("门上写着𠮷祥。", ("rare",)), ("rare",))
    opened = engine(book(tmp_path, embedded.publication))
    assert opened.fonts == {"book-rare": "loaded"}


def test_fonts_and_licences_pass_epubcheck(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "明.ttf", "Our Ming", TEXT)
    made = publication(f"{TEXT}𠮷", ("明.ttf", "LXGW WenKai"), verse="舟自横", theme="song")
    embedded = embed_fonts(made, ("明.ttf", "LXGW WenKai"), {"明.ttf": font})
    path = book(tmp_path, embedded.publication)
    assert epubcheck([path]) == {path: []}


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_a_font_of_garbage_does_not_load_and_is_told(tmp_path: Path) -> None:
    made = embed_fonts(publication(TEXT), choice=True).publication
    garbage = tuple(
        replace(item, content=b"OTTO" + bytes(200)) if item.id == "font-1" else item
        for item in made.manifest
    )
    path = book(tmp_path, replace(made, manifest=garbage))
    assert open_in_foliate(path).fonts == {"Noto Serif CJK SC": "error"}
    assert "K103" in {found.code for found in check_epub(path, against=None)}
