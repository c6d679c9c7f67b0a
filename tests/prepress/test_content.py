"""Content streams in other inks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.prepress import inked_content


@pytest.mark.parametrize(
    ("before", "grey", "cmyk"),
    [
        (b"1 0 0 rg", b"0.4984 g", b"0 1 1 0 k"),
        (b"0 0 0 RG 1 w", b"0 G 1 w", b"0 0 0 1 K 1 w"),
        (b".5 g", b"0.5 g", b"0 0 0 0.5 k"),
        (b"0 0 0 1 k", b"0 g", b"0 0 0 1 k"),
        (b"/DeviceRGB cs 1 1 1 scn", b"0 g 1 g", b"0 0 0 1 k 0 0 0 0 k"),
        (b"/DeviceCMYK CS 0 0 0 .2 SCN", b"0 G 0.8 G", b"0 0 0 1 K 0 0 0 0.2 K"),
        (b"/lab-d50 cs 100 0 0 scn", b"0 g 1 g", b"0 0 0 1 k 0 0 0 0 k"),
        (b"1e-05 0 0 rg", b"0 g", b"0 0 0 1 k"),
    ],
)
def test_every_way_to_choose_a_colour_is_rewritten(before: bytes, grey: bytes, cmyk: bytes) -> None:
    assert inked_content(before, "grey") == grey
    assert inked_content(before, "cmyk") == cmyk
    assert inked_content(before, "rgb") == before


@pytest.mark.parametrize(
    "content",
    [
        b"(1 0 0 rg) Tj",
        b"((1 0 0 rg) \\) 1 0 0 rg) Tj",
        b"<00af> Tj [<00af> -3.5] TJ",
        b"% 1 0 0 rg\n0 0 10 10 re",
        b"/Pattern cs /p0 scn",
        b"/i1 Do /s0 sh /a1 gs",
        b"/Span <</MCID 3/ActualText (1 0 0 rg)>> BDC EMC",
        b"BI /W 8 /H 1 /IM true ID 1 0 0 rg\nEI",
        b"(unfinished 1 0 0 rg",
        b"0 0 rg",
        b"rg scn cs Q",
        b"",
    ],
)
def test_what_chooses_no_colour_stays_to_the_byte(content: bytes) -> None:
    assert inked_content(content, "grey") == content
    assert inked_content(content, "cmyk") == content


def test_a_space_holds_until_the_state_comes_back() -> None:
    content = b"/DeviceRGB cs q /DeviceCMYK cs 0 0 0 1 scn Q 1 1 1 scn 0 g 0 0 0 scn"
    assert inked_content(content, "grey") == b"0 g q 0 g 0 g Q 1 g 0 g 0 g"


def test_a_pattern_between_colours_is_kept() -> None:
    content = b"/Pattern cs /p0 scn f 1 0 0 rg f /Pattern CS /p1 SCN S"
    assert inked_content(content, "grey") == (
        b"/Pattern cs /p0 scn f 0.4984 g f /Pattern CS /p1 SCN S"
    )


def test_the_gap_of_a_mark_number_stays_where_it_is() -> None:
    content = b"/P\n<</MCID \0>>\nBDC\n1 0 0 rg\nEMC\n/P\n<</MCID \0>>\nBDC 0 0 1 rg EMC"
    assert inked_content(content, "grey").count(b"\0") == 2


OPERATOR = st.sampled_from([
    b"1 0 0 rg", b"0 .5 1 RG", b"0 0 0 1 k", b".2 G", b"q", b"Q", b"/DeviceRGB cs", b"0 1 0 scn",
    b"(a (b) \\) rg) Tj", b"<0a0b> Tj", b"/Pattern cs", b"/p0 scn", b"1 0 0 1 8 8 cm", b"0 0 9 9 re f",
    b"% rg\n", b"BI /W 1 ID \x00rg \nEI", b"/DeviceCMYK CS", b"1 1 0 0 SCN", b"<</A[1 2]>>",
])  # fmt: skip


@given(st.lists(OPERATOR))
def test_grey_streams_choose_grey_alone_and_change_no_more(operators: list[bytes]) -> None:
    content = b"\n".join(operators)
    made = inked_content(content, "grey")
    assert inked_content(made, "grey") == made
    shown = re.sub(rb"\([^)]*\)[^)]*\) rg\)|%[^\n]*|BI .*?EI", b"", made, flags=re.DOTALL)
    assert not re.search(rb"\b(?:rg|RG|k|K)\b", shown)
    for kept in (b" Tj", b" cm", b" re f", b"EI", b"<</A"):
        assert made.count(kept) == content.count(kept)


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(content: bytes) -> None:
    inked_content(content, "cmyk")
