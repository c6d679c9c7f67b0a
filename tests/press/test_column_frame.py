"""The frame of a vertical book, and the dots of stressed words: what the style sheets say of them."""

from dataclasses import replace

import pytest

from builder.compose import compose_print
from builder.compose.page_grid import FONT_SIZE_PT, LEADING_PT
from builder.compose.page_layout import layout_of
from builder.core.book import Book, Emphasis, Metadata, Paragraph, Ruby, Section, Text
from builder.core.config import Config, PdfConfig, TypographyConfig
from builder.press.frame import Frame, TextStyle
from builder.press.framing import frame_from
from builder.press.host import Host
from builder.press.remarks import remarks_to_diagnostics

STRESSED = Paragraph((Text("他说"), Emphasis((Text("不"), Ruby("渡", "dù"))), Text("。")))
BOOK = Book(
    Metadata("渡口", "zh-Hans"),
    body=(Section("chapter", 1, "第一章", "灯下", (STRESSED,), id="c1"),),
)


def host_and_frame(
    css: str = "", *, is_vertical: bool = False, trim: str = "A5"
) -> tuple[Host, Frame]:
    config = replace(
        Config(),
        pdf=PdfConfig(engine="press", css="own.css" if css else "", trim=trim),
        typography=TypographyConfig(vertical=is_vertical),
    )
    document = compose_print(BOOK, config, modified="2026-01-01T00:00:00Z", user_css=css)
    host = Host(document.stylesheets, document.resources)
    return host, frame_from(document, host, is_vertical=is_vertical)


def columns(css: str = "", *, trim: str = "A5") -> Frame:
    return host_and_frame(css, is_vertical=True, trim=trim)[1]


def stressed(css: str = "") -> TextStyle:
    frame = host_and_frame(css)[1]
    return next(style for (_, _, own), style in frame.inlines.items() if own == ("em",))


# --- columns ------------------------------------------------------------------------------


@pytest.mark.parametrize("trim", ["A5", "B6", "B5", "A4"])
def test_a_page_is_whole_columns_of_whole_characters(trim: str) -> None:
    frame = columns(trim=trim)
    grid = layout_of(PdfConfig(trim=trim), is_vertical=True).grid
    page = frame.pages["text", "recto", False]
    assert page.measure_x == pytest.approx(grid.columns * LEADING_PT, abs=0.06)
    assert page.measure_y == pytest.approx(grid.lines * FONT_SIZE_PT, abs=0.06)
    assert page.left > 40
    assert page.top > 40


def test_the_first_page_is_a_left_one_with_the_chapter_and_its_folio_outside() -> None:
    frame = columns()
    recto, verso = (frame.pages["text", side, False] for side in ("recto", "verso"))
    said = {piece.content[0]: piece for piece in recto.furniture}
    assert said["string", "chapter"].x == pytest.approx(recto.left, abs=0.06)
    assert said["folio", "decimal"].x == pytest.approx(recto.left, abs=0.06)
    said = {piece.content[0]: piece for piece in verso.furniture}
    outside = verso.left + verso.measure_x
    assert said["string", "book"].x == pytest.approx(outside, abs=0.06)
    assert said["folio", "decimal"].x == pytest.approx(outside, abs=0.06)


def test_headings_hang_from_the_top_three_characters_down() -> None:
    frame = columns()
    styles = [style for (_, part), style in frame.headings.items() if part == "title"]
    assert styles
    assert all((style.align, style.start) == ("start", 31.5) for style in styles)


# --- dots ---------------------------------------------------------------------------------


def test_stressed_words_have_dots_in_the_face_of_the_text_around_them() -> None:
    style = stressed()
    assert style.emphasis == "dots"
    assert style.face.families[0] == "Noto Serif CJK SC"


@pytest.mark.parametrize(
    "css",
    [
        "em { text-emphasis: none }",
        "em { text-emphasis-style: NONE }",
        "em { -webkit-text-emphasis : none }",
        ".set-by-press em { -epub-text-emphasis-style:none }",
    ],
)
def test_a_style_sheet_can_take_the_dots_away(css: str) -> None:
    assert stressed(css).emphasis == ""


def test_a_style_sheet_can_put_dots_elsewhere_and_they_are_inherited() -> None:
    frame = host_and_frame("p { text-emphasis: filled dot black }")[1]
    assert frame.base.text.emphasis == "dots"


def test_wavy_and_straight_lines_are_text_decoration() -> None:
    assert stressed("em { text-decoration: underline wavy }").underline == "wavy"
    assert stressed("em { text-decoration: underline }").underline == "straight"
    assert stressed().underline == ""


def test_the_rest_of_the_family_is_not_understood_and_said_so() -> None:
    host, _ = host_and_frame("em { text-emphasis-position: over }")
    codes = [one.code for one in remarks_to_diagnostics(host.remarks, host.refused)]
    assert codes == ["P003"]
    host, _ = host_and_frame("em { text-emphasis: filled }")
    assert host.remarks == ()


def test_the_page_of_a_volume_that_begins_the_book_has_no_folio() -> None:
    volume = Section("volume", 1, "第一卷", "渡口", (), BOOK.body, id="v1")
    config = Config(pdf=PdfConfig(engine="press"), typography=TypographyConfig(vertical=True))
    document = compose_print(replace(BOOK, body=(volume,)), config, modified="2026-01-01T00:00:00Z")
    frame = frame_from(document, Host(document.stylesheets, document.resources), is_vertical=True)
    said = {
        name: [
            kind
            for piece in frame.pages[name, "recto", True].furniture
            for kind, _ in piece.content
        ]
        for name in ("start-bare", "text")
    }
    assert "folio" not in said["start-bare"]
    assert "folio" in said["text"]
