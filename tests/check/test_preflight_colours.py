"""Kinds of colour, by every way a PDF has to say them."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from builder.check.preflight.ink import Colour, Space
from tests.check.printed import area, book
from tests.check.test_preflight_reading import read


def _spaces(pdf: Pdf) -> None:
    def profile(components: int) -> pikepdf.Object:
        return Array([Name.ICCBased, pdf.make_stream(b"", N=components)])

    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 0, 0, 0], N=1)
    inks = Array([Name.Cyan, Name.Black])
    pdf.pages[0].Resources.ColorSpace = Dictionary(
        Grey=profile(1), Three=profile(3), Four=profile(4),
        Table=Array([Name.Indexed, Name.DeviceCMYK, 1, b"\0" * 8]),
        Gold=Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint]),
        Plate=Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint]),
        Every=Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]),
        Two=Array([Name.DeviceN, inks, Name.DeviceCMYK, tint]),
        Cal=Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])]),
        Lab=Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]),
    )  # fmt: skip
    pattern = pdf.make_stream(
        area(0, 0, 5, 5), PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9],
        XStep=9, YStep=9, Resources=Dictionary(),
    )  # fmt: skip
    pdf.pages[0].Resources.Pattern = Dictionary(P=pattern)


@pytest.mark.parametrize(
    ("operators", "space"),
    [
        ("0.5 g", Space.GREY), ("0 0 1 rg", Space.RGB), ("1 0 0 0 k", Space.CMYK),
        ("/DeviceGray cs 0 sc", Space.GREY), ("/DeviceRGB cs", Space.RGB),
        ("/DeviceCMYK cs 0 0 0 1 scn", Space.CMYK), ("/Grey cs 0.2 sc", Space.GREY),
        ("/Three cs 0 0 0 sc", Space.RGB), ("/Four cs 0 1 0 0 scn", Space.CMYK),
        ("/Table cs 0 sc", Space.CMYK), ("/Gold cs 1 scn", Space.SPOT),
        ("/Plate cs 1 scn", Space.CMYK), ("/Two cs 1 1 scn", Space.CMYK),
        ("/Every cs 1 scn", Space.REGISTRATION), ("/Cal cs 0 0 0 sc", Space.RGB),
        ("/Lab cs 20 0 0 sc", Space.LAB), ("/Pattern cs /P scn", Space.PATTERN),
        ("/Unknown cs 1 sc", Space.SPOT),
    ],
)  # fmt: skip
def test_a_colour_is_of_its_kind_however_it_is_said(
    operators: str, space: Space, tmp_path: Path
) -> None:
    path = book(tmp_path / "a.pdf", [area(60, 60, 20, 20, operators)], edit=_spaces)
    assert read(path).colours == {space}


def test_lines_have_colours_of_their_own(tmp_path: Path) -> None:
    content = b"1 g 0 0 1 RG /Gold CS 1 SCN 3 w 100 100 m 200 200 l S"
    assert read(book(tmp_path / "a.pdf", [content], edit=_spaces)).colours == {Space.SPOT}


@pytest.mark.parametrize(
    ("colour", "is_white"),
    [
        (Colour(Space.GREY, (1.0,)), True), (Colour(Space.GREY, (0.99,)), False),
        (Colour(Space.RGB, (1.0, 1.0, 1.0)), True), (Colour(Space.RGB, (1.0, 1.0, 0.9)), False),
        (Colour(Space.CMYK, (0.0, 0.0, 0.0, 0.0)), True), (Colour(Space.SPOT, (0.0,)), True),
        (Colour(Space.CMYK, (0.0, 0.0, 0.0, 0.1)), False), (Colour(Space.PATTERN), False),
        (Colour(Space.RGB), False),
    ],
)  # fmt: skip
def test_white_leaves_the_paper_as_it_is(colour: Colour, *, is_white: bool) -> None:
    assert colour.is_white == is_white
