"""What many of one kind stand in a file takes the time of their number, not of its square.

Each of these took a minute or more; now it takes a second or two.
"""

import pytest

from builder.read.html_reader import read_html
from builder.read.markdown_parser import parse
from builder.read.places import Places, place_of
from tests.fuzz.understanding import clock


def nothing(reference: str, position: int) -> str:
    return ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_are_the_same_whoever_counts_them(end: str) -> None:
    text = f"雨停了。{end}{end}老何点灯。{end}天亮了"
    places = Places(text, "1.html")
    for offset in (*range(len(text) + 1), 3):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert places.at(offset) == place_of(text, offset, "1.html")


def test_the_lines_of_a_text_are_looked_for_once() -> None:
    text = "雨停了。" * 1_000_000
    places = Places(text, "1.html")
    with clock(15):
        columns = [places.at(at).column for at in range(0, len(text), 50)]
    assert columns[-1] == len(text) - 49


def test_an_opening_bracket_is_asked_for_by_the_rules_of_brackets_only() -> None:
    tokens, ends = parse("[" * 1_000 + "雨](a)")
    inline = next(token for token in tokens if token.type == "inline")
    # What comes before the link is one text, not a thousand.
    assert [child.type for child in inline.children or ()] == [
        "text",
        "link_open",
        "text",
        "link_close",
    ]
    assert len(ends) == 2


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "*a_", "`a``", "<a ", "a<!--", "\\[", "&"])
def test_signs_without_end_take_the_time_of_their_number(piece: str) -> None:
    with clock(10):
        parse(piece * 20_000)


def test_elements_whose_end_tag_is_cut_off_are_read_once() -> None:
    with clock(10):
        read_html("<svg>雨</svg" * 30_000, nothing, is_page=True)
