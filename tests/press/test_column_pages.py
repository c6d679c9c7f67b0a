"""A vertical book page by page: where columns, notes, contents and links stand on paper."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pymupdf
import pytest

from builder.compose import compose_print
from builder.core.book import (
    Asset,
    Block,
    Book,
    Image,
    Link,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Section,
    Table,
    Text,
)
from builder.core.config import Config, PdfConfig, TypographyConfig
from builder.press import press

COLUMNS = replace(
    Config(), pdf=PdfConfig(engine="press"), typography=TypographyConfig(vertical=True)
)
LEADING, SIZE = 17.85, 10.5
PROSE = "雨停的时候，老何才把船灯点上；江面上的雾一层压着一层，对岸只剩下一排模糊的影子。"
NOTED = Paragraph((Text("这是渡口"), NoteRef("n1"), Text("的规矩，谁也不能改。")))
NOTE = Note("n1", (Paragraph((Text("旧名大渡，后来才改。"),)),))


def paragraphs(count: int) -> tuple[Paragraph, ...]:
    return (Paragraph((Text(PROSE * 3),)),) * count


def chapter(number: int, *blocks: Block) -> Section:
    return Section("chapter", number, f"第{number}章", "灯下", blocks, id=f"c{number}")


def set_book(*sections: Section, assets: tuple[Asset, ...] = ()) -> bytes:
    book = Book(Metadata("渡口", "zh-Hans"), body=sections, notes=(NOTE,), assets=assets)
    document = compose_print(book, COLUMNS, modified="2026-01-01T00:00:00Z")
    pressed = press(document, COLUMNS)
    assert not pressed.diagnostics
    return pressed.pdf


def characters(pdf: bytes, page: int) -> list[tuple[str, float, float]]:
    """What is upright on a page: each character with the middle of its column, if it is a wide
    one, and the upper end of its room. (MuPDF gives the lower end of its em box.)
    """
    with pymupdf.open(stream=pdf) as document:
        rows = document[page].get_text("rawdict")["blocks"]
        return [
            (char["c"], char["origin"][0] + SIZE / 2, char["origin"][1] - 1.88 * SIZE)
            for block in rows
            for line in block.get("lines", ())
            if line["wmode"]
            for span in line["spans"]
            for char in span["chars"]
        ]


def first_page(pdf: bytes) -> int:
    """The page that is numbered 1."""
    with pymupdf.open(stream=pdf) as document:
        return next(number for number, page in enumerate(document) if page.get_label() == "1")


def page_of(pdf: bytes, words: str) -> int:
    """The last page with some words: the contents come before the text."""
    with pymupdf.open(stream=pdf) as document:
        texts = ["".join(page.get_text().split()) for page in document]
    return max(number for number, text in enumerate(texts) if words in text)


@pytest.fixture(scope="module")
def long_book() -> bytes:
    return set_book(chapter(1, *paragraphs(9), NOTED), chapter(2, *paragraphs(2)))


def test_columns_stand_on_one_grid_from_right_to_left(long_book: bytes) -> None:
    page = first_page(long_book) + 1
    columns = list(dict.fromkeys(round(x, 1) for _, x, _ in characters(long_book, page)))
    assert len(columns) >= 14
    assert all(one - other == pytest.approx(LEADING, abs=0.11) for one, other in pairwise(columns))


def test_every_full_column_ends_at_the_same_height(long_book: bytes) -> None:
    shown = [
        one for one in characters(long_book, first_page(long_book) + 1) if one[0] not in "，。；"
    ]
    lowest: dict[float, float] = {}
    for _, x, y in shown:
        lowest[x] = max(lowest.get(x, 0.0), y)
    # A column that ends with a mark has that below; one that ends a paragraph ends anywhere.
    last = max(lowest.values())
    assert sum(last - end < 0.02 for end in lowest.values()) >= 5
    assert last - min(y for _, _, y in shown) == pytest.approx(41 * SIZE, abs=0.02)


def test_a_note_stands_at_the_left_of_its_page_behind_a_rule(long_book: bytes) -> None:
    page = page_of(long_book, "旧名大渡")
    shown = characters(long_book, page)
    mark = next(x for char, x, _ in shown if char == "①")
    note = next(x for char, x, _ in shown if char == "旧")
    assert note == min(x for _, x, _ in shown)
    assert note < mark
    with pymupdf.open(stream=long_book) as document:
        rules = [drawn["rect"] for drawn in document[page].get_drawings()]
    assert any(note < rule.x0 < mark and rule.height > 40 * SIZE for rule in rules)


def test_the_book_is_bound_on_the_right_and_places_keep_the_reader_where_it_is(
    long_book: bytes,
) -> None:
    with pikepdf.open(BytesIO(long_book)) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        first = pdf.Root.Outlines.First
        places = [first.Dest, first.Next.Dest]
        # Null: as it is. To begin a window at a column would hide all that is right of it.
        kept: list[tuple[str, object]] = [(str(place[1]), place[2]) for place in places]
        assert kept == [("/XYZ", None)] * 2


def test_contents_have_their_numbers_upright_at_the_foot_of_their_columns(
    long_book: bytes,
) -> None:
    with pymupdf.open(stream=long_book) as document:
        contents = next(page for page in document if "目" in page.get_text())
        number = contents.number
    shown = characters(long_book, number)
    folios = [(x, y) for char, x, y in shown if char in "12345" and y > 400]
    titles = [x for char, x, _ in shown if char == "灯"]
    # Digits are narrower, so their origins stand a little to the right.
    assert sorted(x for x, _ in folios) == pytest.approx(sorted(titles), abs=SIZE / 3)
    assert len({round(y, 1) for _, y in folios}) == 1
    assert sum(char == "…" for char, _, _ in shown) > 40


def test_the_rectangle_of_a_link_lies_on_its_characters() -> None:
    linked = Paragraph(
        (Text("见"), Link("https://example.org/", (Text("网上的目录"),)), Text("。"))
    )
    pdf = set_book(chapter(1, linked))
    page = page_of(pdf, "网上的目录")
    shown = characters(pdf, page)
    top = next(y for char, _, y in shown if char == "网")
    column = next(x for char, x, _ in shown if char == "网")
    with pymupdf.open(stream=pdf) as document:
        (link,) = [one["from"] for one in document[page].get_links() if one.get("uri")]
    assert (link.x0 + link.x1) / 2 == pytest.approx(column, abs=0.2)
    assert link.width == pytest.approx(LEADING, abs=0.1)
    assert (link.y0, link.y1) == pytest.approx((top, top + 5 * SIZE), abs=0.2)


def test_a_table_stands_upright_between_columns_half_way_down() -> None:
    table = Table((((Text("年份"),), (Text("人数"),)), ((Text("1987"),), (Text("三"),))), 1)
    pdf = set_book(chapter(1, *paragraphs(1), table))
    page = page_of(pdf, "1987")
    with pymupdf.open(stream=pdf) as document:
        cells = [
            span["bbox"]
            for block in document[page].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if not line["wmode"] and span["text"].strip() in {"年份", "人数", "1987", "三"}
        ]
        middle = document[page].rect.height / 2
    assert len(cells) == 4
    prose = [x for char, x, _ in characters(pdf, page) if char == "雨"]
    assert 0 < min(prose) - max(box[2] for box in cells) < 5 * LEADING
    heights = [(box[1] + box[3]) / 2 for box in cells]
    assert sum(heights) / 4 == pytest.approx(middle, abs=10)


def test_two_dashes_and_quotation_marks_are_read_back_as_written() -> None:
    text = "他说：“等等——”又说：‘走。’《渡口志》里写着『不可』二字……"
    pdf = set_book(chapter(1, Paragraph((Text(text),))))
    page = page_of(pdf, "渡口志")
    with pymupdf.open(stream=pdf) as document:
        read = "".join(document[page].get_text().split())
    assert text in read


def test_the_same_book_gives_the_same_bytes() -> None:
    assert set_book(chapter(1, NOTED)) == set_book(chapter(1, NOTED))


def picture(width: int, height: int) -> Asset:
    """A drawing of so many points."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt">'
        f'<rect width="{width}pt" height="{height}pt" fill="#b00"/></svg>'
    )
    return Asset("seal.svg", "image/svg+xml", drawing.encode())


def with_picture(width: int, height: int) -> tuple[list[tuple[str, float, float]], Any]:
    """A column with a picture in it: its characters, and the rectangle of the picture."""
    words = Paragraph(
        (Text("灯旁边挂着一方印"), Image("seal.svg", "一方印"), Text("，再没有别的话。"))
    )
    pdf = set_book(chapter(1, words), assets=(picture(width, height),))
    page = page_of(pdf, "再没有别的话")
    with pymupdf.open(stream=pdf) as document:
        (drawn,) = [
            one["rect"]
            for one in document[page].get_drawings()
            if one.get("fill") and one["fill"][0] > 0.5
        ]
    return characters(pdf, page), drawn


def test_a_small_picture_stands_in_its_column_where_the_author_put_it() -> None:
    shown, drawn = with_picture(14, 20)
    before = next(one for one in shown if one[0] == "印")
    after = next(one for one in shown if one[0] == "再")
    assert (drawn.x0 + drawn.x1) / 2 == pytest.approx(before[1], abs=0.1)
    assert before[2] + SIZE <= drawn.y0 + 0.1
    assert drawn.y1 <= after[2] - SIZE + 0.1  # the ， stands between them
    assert drawn.height == pytest.approx(20, abs=0.1)
    assert after[1] == before[1]


def test_a_big_picture_follows_its_words_which_stay_in_columns() -> None:
    shown, drawn = with_picture(60, 80)
    column = next(x for char, x, _ in shown if char == "旁")
    assert "".join(char for char, x, _ in shown if abs(x - column) < 0.1).endswith(
        "灯旁边挂着一方印，再没有别的话。"
    )
    assert drawn.x1 < column - LEADING / 2
