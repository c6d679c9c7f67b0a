"""What [pdf] says of pages is read strictly, in every way people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.config import Config, PdfConfig, parse, with_options
from builder.core.errors import ConfigError
from builder.core.page_settings import grid_of, margins_mm


def pdf(setting: str) -> PdfConfig:
    return parse(f"[pdf]\n{setting}", "book.toml", Config()).pdf


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("28x26", (28, 26)),
        ("28×26", (28, 26)),
        (" 28 X 26 ", (28, 26)),
        ("8*5", (8, 5)),
        ("7x5", None),
        ("8x4", None),
        ("0x0", None),
        ("28", None),
        ("28x", None),
        ("-28x26", None),
        ("28.5x26", None),
        ("2800x26", None),
        ("28x26x3", None),
    ],
)
def test_a_grid_is_characters_by_lines(text: str, grid: tuple[int, int] | None) -> None:
    assert grid_of(text) == grid


@pytest.mark.parametrize(
    ("text", "margins"),
    [
        ("20mm", (20, 20, 20, 20)),
        ("20mm 15mm", (20, 15, 20, 15)),
        ("20mm 15mm 22mm", (20, 15, 22, 15)),
        ("20mm 15mm 22mm 18mm", (20, 15, 22, 18)),
        ("20 mm 15 mm", (20, 15, 20, 15)),
        ("0.5in 0", (12.7, 0, 12.7, 0)),
        ("2cm 36pt", (20, 12.7, 20, 12.7)),
        ("", None),
        ("20", None),
        ("-3mm", None),
        ("20mm 15", None),
        ("1mm 1mm 1mm 1mm 1mm", None),
        ("wide", None),
    ],
)
def test_margins_stand_in_the_order_of_css(text: str, margins: tuple[float, ...] | None) -> None:
    found = margins_mm(text)
    assert found == (margins if margins is None else pytest.approx(margins))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    grid, margins = grid_of(text), margins_mm(text)
    assert grid is None or min(grid) >= 5
    assert margins is None or min(margins) >= 0


@pytest.mark.parametrize(
    "setting",
    [
        'trim = "大32开"', 'trim = "130x190"', 'trim = "5.25×8in"', 'grid = "28x26"', 'grid = ""',
        'margin = "20mm 15mm"', 'bleed = "0.125in"', 'marks = ["crop", "registration"]',
        'marks = "crop"', 'colour = "grey"', 'printer = "kdp"', 'paper = "cream"',
        'paper = "0.1mm"', 'device = "kobo-libra"', 'cover = "no"',
    ],
)  # fmt: skip
def test_every_key_takes_what_it_is_for(setting: str) -> None:
    assert isinstance(pdf(setting), PdfConfig)


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ('trim = "A7x"', "A"),
        ('trim = "3x3mm"', "from 40"),
        ('trim = "32开本"', "32开, if that was meant"),
        ('trim = ""', "a size"),
        ('grid = "0x0"', "28x26"),
        ('margin = "20"', "one to four lengths"),
        ('bleed = "1000mm"', "25 mm"),
        ('bleed = "3"', "3mm"),
        ('marks = ["corp"]', "crop"),
        ('marks = "corp"', "crop"),
        ('colour = "gray"', "grey"),
        ('printer = "kpd"', "kdp"),
        ('paper = "creme"', "cream"),
        ('paper = "thick"', "80g"),
        ('device = "kobo-libre"', "kobo-libra"),
        ('cover = "maybe"', "auto"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_is_meant(setting: str, wanted: str) -> None:
    with pytest.raises(ConfigError) as caught:
        pdf(setting)
    assert caught.value.diagnostic.code == "B003"
    assert caught.value.location is not None
    assert caught.value.location.line == 2
    assert wanted in caught.value.hint


def test_the_printer_goes_by_his_chinese_name_too() -> None:
    assert pdf('printer = "图文店"').printer == "tuwen"
    assert with_options(Config(), ["pdf.printer=图文店"]).pdf.printer == "tuwen"
