"""One style sheet rules both engines: what the press sets stands where WeasyPrint sets it."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pymupdf
import pytest

from builder.core.book import Book, Metadata, Note, NoteRef, Paragraph, Quote, Section, Text, Verse
from builder.core.config import Engine
from tests.press.documents import print_book


def words(text: str, *more: NoteRef) -> Paragraph:
    return Paragraph((Text(text), *more))


BOOK = Book(
    Metadata("江上灯火", "zh-Hans"),
    body=(
        Section(
            "chapter",
            1,
            "第一章",
            "灯下",
            (
                words("雨停的时候老何把船灯点上", NoteRef("n1")),
                words("没有人接话"),
                Verse(((Text("江上有灯"),), (Text("无人问渡"),))),
                Quote((words("见字如面"),), "letter"),
                words("天亮以前数到十二"),
            ),
            id="c1",
        ),
        Section("chapter", 2, "第二章", "对岸", (words("对岸有人"),) * 60, id="c2"),
    ),
    notes=(Note("n1", (words("一种小船"),)),),
)


@dataclass(frozen=True)
class Spot:
    """Where some words stand: page, start of the first character, baseline; size, RGB colour."""

    page: int
    x: float
    y: float
    size: float
    colour: int


@cache
def spots(engine: Engine, css: str) -> dict[str, Spot]:
    """The first place of each run of words; pages are counted from 0, points from the top."""
    found: dict[str, Spot] = {}
    pressed = print_book(BOOK, user_css=css, engine=engine)
    with pymupdf.open(stream=pressed.pdf) as pdf:
        for number, page in enumerate(pdf):
            for block in page.get_text("rawdict")["blocks"]:
                for line in block.get("lines", ()):
                    text = "".join(char["c"] for span in line["spans"] for char in span["chars"])
                    span = next(one for one in line["spans"] if one["chars"])
                    x, y = span["chars"][0]["origin"]
                    spot = Spot(number, x, y, span["size"], span["color"])
                    found.setdefault(f"{number}:{text.strip()}", spot)
    return found


def spot(engine: Engine, css: str, start: str, *, from_page: int = 0) -> Spot:
    """The first line that starts with some words."""
    return next(
        found
        for name, found in spots(engine, css).items()
        if name.partition(":")[2].startswith(start) and found.page >= from_page
    )


SHEETS = {
    "ours": "",
    "type": "p { font-size: 12pt; letter-spacing: 0.1em; text-indent: 1em; color: #336699 }",
    "page": "@page { size: 130mm 190mm } @page :left { margin: 15mm 20mm 67.6pt 18mm }"
    "@page :right { margin: 15mm 18mm 67.6pt 20mm }",
    "all pages": "@page { size: 130mm 190mm; margin: 15mm 18mm 67.6pt }",
    "heading": ".heading { text-align: left; padding-top: 35.7pt; color: teal }"
    ".heading .title { font-size: 20pt }",
    "insets": ".verse { padding-left: 3em } .letter { margin-left: 4em } .letter p { text-indent: 0 }",
    "furniture": "@page :left { @bottom-left { content: none } @bottom-center { content:"
    " '第' counter(page) '页'; font-size: 8pt; vertical-align: top; padding-top: 10pt } }"
    "@page :right { @top-right { font-size: 9pt; color: red; padding-bottom: 12pt } }",
    "notes": "book-note { font-size: 9.5pt; line-height: 15pt; padding-left: 2em }"
    "book-note::footnote-marker { margin-left: -2em; width: 2em }"
    "@page { @footnote { padding-top: 8pt } }",
}
PARTS = {
    "a paragraph": "雨停的时候",
    "the next": "没有人接话",
    "verse": "江上有灯",
    "a letter": "见字如面",
    "what follows": "天亮以前",
    "a title": "灯下",
}


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("part", PARTS)
def test_both_engines_set_it_at_the_same_place(sheet: str, part: str) -> None:
    css = SHEETS[sheet]
    start = PARTS[part]
    ours, theirs = (spot(engine, css, start, from_page=6) for engine in ("press", "weasyprint"))
    assert ours.page == theirs.page
    assert ours.size == pytest.approx(theirs.size, abs=0.01)
    assert ours.colour == theirs.colour
    # Letters that are spaced have nothing after the last one: centred words stand in the middle.
    assert ours.x == pytest.approx(theirs.x, abs=1.0 if part == "a title" else 0.05)
    assert ours.y == pytest.approx(theirs.y, abs=0.05)


@pytest.mark.parametrize("sheet", SHEETS)
def test_notes_and_furniture_stand_at_the_same_place(sheet: str) -> None:
    starts = {"①": 6, "第二章　对岸": 8, "第2页" if sheet == "furniture" else "2": 7}
    for start, page in starts.items():
        ours, theirs = (
            spot(engine, SHEETS[sheet], start, from_page=page) for engine in ("press", "weasyprint")
        )
        assert ours.page == theirs.page == page
        assert ours.size == pytest.approx(theirs.size, abs=0.01)
        assert ours.colour == theirs.colour
        assert (ours.x, ours.y) == pytest.approx((theirs.x, theirs.y), abs=0.1)


def test_another_leading_is_another_grid() -> None:
    """All lines stand on it, whatever the distances between blocks; WeasyPrint knows none."""
    css = "p { line-height: 20pt }"
    lines = sorted({found.y for found in spots("press", css).values() if found.page == 6})[2:-2]
    steps = [(below - above) / 20 for above, below in pairwise(lines)]
    assert steps == pytest.approx([round(step) for step in steps], abs=0.1)
    assert 1 in [round(step) for step in steps]
