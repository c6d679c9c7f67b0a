"""What WeasyPrint logs, as diagnostics with a place."""

from dataclasses import replace

import pytest

from builder.core.book import Asset
from builder.core.config import Config
from builder.core.diagnostic import Location
from builder.press import press
from builder.press.remarks import Remark, remarks_to_diagnostics
from tests.compose.sample import picture as png
from tests.press.documents import document

SHEET = 'html { font-family: "Noto Serif CJK SC" }\n'


def said(css: str, body: str = "<p>字</p>", *resources: Asset) -> list[tuple[str, str, str]]:
    page = replace(document(body, resources=resources), stylesheets=(("mine.css", SHEET + css),))
    found = press(page, Config()).diagnostics
    return [(item.code, str(item.location or ""), item.message) for item in found]


@pytest.mark.parametrize(
    ("css", "place", "word"),
    [
        ("p { writing-mode: vertical-rl }", "mine.css:2:5", "writing-mode"),
        ("p {\n  color: red;\n  margin: soft }", "mine.css:4:3", "margin"),
        ("p { color: red", "", ""),
        ("@page { @nowhere { content: none } }", "mine.css:2:9", "@nowhere"),
        ("p >> a { color: red }", "mine.css", "p >> a"),
        ("@font-face { font-family: x }", "mine.css:2:1", "src"),
    ],
)
def test_a_style_that_is_not_understood_is_reported_where_it_stands(
    css: str, place: str, word: str
) -> None:
    found = said(css)
    if not place:
        assert found == []
        return
    [(code, location, message)] = found
    assert code == "P003"
    assert location.startswith(place)
    assert word in message


def test_a_broken_picture_is_reported_by_name() -> None:
    broken = Asset("seal.png", "image/png", b"no picture at all")
    [(code, _, message)] = said("", '<img src="book:/seal.png" alt="印">', broken)
    assert code == "P004"
    assert "seal.png" in message


def test_a_picture_without_a_description_is_not_worth_a_word_in_itself() -> None:
    picture = Asset("seal.png", "image/png", png())
    assert said("", '<img src="book:/seal.png">', picture) == []


def test_the_same_remark_is_made_once() -> None:
    body = '<img src="http://example.org/a.png" alt="甲">' * 3
    assert [code for code, _, _ in said("", body)] == ["P002"]


def test_a_remark_about_nothing_we_know_is_passed_on() -> None:
    [found] = remarks_to_diagnostics([Remark("the moon is %s", ("full",))], ())
    assert (found.code, found.message) == ("P005", "the layout engine says: the moon is full")


def test_an_svg_that_cannot_be_drawn_is_a_picture() -> None:
    [found] = remarks_to_diagnostics(
        [Remark("Failed to render SVG image %s", ("book:/a.svg",))], ()
    )
    assert found.code == "P004"


def test_a_missing_glyph_is_left_to_the_fonts_diagnostic() -> None:
    remark = Remark('.notdef glyph rendered for Unicode string: "%s" (U+%04X)', ("x", 1))
    assert remarks_to_diagnostics([remark], ()) == ()


def test_a_long_url_is_shortened() -> None:
    [found] = remarks_to_diagnostics([], ["data:text/css," + "a" * 5000])
    assert len(found.message) < 200


def test_a_percent_sign_of_the_template_is_not_an_argument() -> None:
    remark = Remark("100%% of %s at %d:%d", ("it", 3, 9), "mine.css")
    [found] = remarks_to_diagnostics([remark], ())
    assert found.location == Location("mine.css", 3, 9)
