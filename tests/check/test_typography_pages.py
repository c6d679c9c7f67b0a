"""What the checker reads from a page, operator by operator, and what it leaves out."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from builder.check.typography import FaultKind, count_faults
from builder.check.typography.fonts import UNKNOWN, read_font
from builder.check.typography.glyphs import Direction, GlyphReader, Run
from builder.check.typography.ink import InkReader
from builder.check.typography.lines import Line, is_vertical_page, runs_to_lines

TEXT = "江心的雾漫上来，老何把船灯挂在桅杆下面。“”（一）①•xiá12"
CODES = {character: 0x100 + at for at, character in enumerate(dict.fromkeys(TEXT))}


def type0(pdf: pikepdf.Pdf, *, encoding: str = "Identity-H", **more: object) -> pikepdf.Object:
    """A font that is not embedded: every Han an em, Latin half an em."""
    latin = [item for one, code in CODES.items() if one.isascii() for item in (code, Array([500]))]
    child = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Hand"), W=Array(latin)
    )
    for key, value in more.items():
        child[f"/{key}"] = value
    pairs = "\n".join(
        f"<{code:04X}> <{one.encode('utf-16-be').hex()}>" for one, code in CODES.items()
    )
    cmap = f"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar {pairs} endbfchar"
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/AAAAAA+Hand"),
            Encoding=Name(f"/{encoding}"),
            DescendantFonts=Array([pdf.make_indirect(child)]),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
    )


def codes(text: str) -> str:
    return "<" + "".join(f"{CODES[one]:04X}" for one in text) + ">"


def pdf_of(content: str, *, forms: dict[str, str] | None = None) -> pikepdf.Pdf:
    """A page of 200 × 200 points with the horizontal font H and the vertical font V."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    fonts = Dictionary(H=type0(pdf), V=type0(pdf, encoding="Identity-V"))
    resources = Dictionary(Font=fonts, XObject=Dictionary())
    for name, stream in (forms or {}).items():
        form = pdf.make_stream(stream.encode())
        form.Subtype, form.Matrix = Name.Form, Array([1, 0, 0, 1, 10, 0])
        resources.XObject[f"/{name}"] = form
    page.Resources, page.Contents = resources, pdf.make_stream(content.encode())
    return pdf


def runs(content: str, **more: dict[str, str]) -> list[Run]:
    pdf = pdf_of(content, **more)
    return [run for run in GlyphReader().runs(pdf.pages[0]) if run.texts]


def shown(found: Sequence[Run]) -> list[tuple[str, list[float], float]]:
    return [("".join(run.texts), run.along, run.across) for run in found]


def test_character_and_word_spacing_stretch_and_rise_move_the_pen() -> None:
    content = f"BT /H 10 Tf 2 Tc 50 Tz 5 Ts 1 0 0 1 20 150 Tm {codes('江心')} Tj ET"
    assert shown(runs(content)) == [("江心", [20, 26], 45)]


def test_numbers_in_an_array_pull_the_pen_back() -> None:
    content = f"BT /H 10 Tf 20 150 Td [{codes('江')} 500 {codes('心')} -100 {codes('的')}] TJ ET"
    assert shown(runs(content)) == [("江心的", [20, 25, 36], 50)]


def test_every_way_to_a_new_line_is_followed() -> None:
    content = (
        f"BT /H 10 Tf 20 150 TD 0 -15 TD {codes('江')} Tj T* {codes('心')} Tj {codes('的')} '"
        f' 0 1 {codes("雾漫")} " 12 TL T* {codes("上")} Tj ET'
    )
    found = shown(runs(content))
    assert [(text, across) for text, _, across in found] == [
        ("江", 65),
        ("心", 80),
        ("的", 95),
        ("雾漫", 110),
        ("上", 122),
    ]
    assert found[3][1] == [20, 31]


def test_forms_are_followed_where_they_are_put_and_no_deeper_than_is_sane() -> None:
    inside = f"BT /H 10 Tf 0 150 Td {codes('江')} Tj ET /Again Do"
    found = runs("q 2 0 0 2 0 0 cm /Again Do Q /Again Do", forms={"Again": inside})
    assert shown(found) == [
        ("江" * 8, [20 * at for at in range(1, 9)], -100),
        ("江" * 8, [10 * at for at in range(1, 9)], 50),
    ]


def test_artifacts_and_invisible_and_slanting_text_are_left_out() -> None:
    content = (
        f"/Artifact BMC BT /H 10 Tf 20 150 Td {codes('江')} Tj ET EMC"
        f" /Artifact << /Type /Pagination >> BDC BT /H 10 Tf 20 140 Td {codes('心')} Tj ET EMC EMC"
        f" BT /H 10 Tf 3 Tr 20 130 Td {codes('的')} Tj 0 Tr 0.7 0.7 -0.7 0.7 20 120 Tm {codes('雾')} Tj"
        f" 1 0 0 1 20 110 Tm {codes('漫')} Tj ET"
    )
    assert [text for text, *_ in shown(runs(content))] == ["漫"]


def test_actual_text_stands_for_as_many_glyphs_as_it_has_characters() -> None:
    content = (
        "BT /H 10 Tf 20 150 Td /Span << /ActualText <FEFF4E004E8C> >> BDC"
        f" {codes('江心')} Tj EMC /Span << /ActualText <FEFF4E00> >> BDC {codes('的雾')} Tj EMC ET"
    )
    assert [text for text, *_ in shown(runs(content))] == ["一二的雾"]


def test_a_property_list_may_stand_among_the_resources() -> None:
    pdf = pdf_of(f"BT /H 10 Tf 20 150 Td /Span /P BDC {codes('江')} Tj EMC ET")
    properties = Dictionary(P=Dictionary(ActualText="河"))
    pdf.pages[0].Resources.Properties = properties
    assert [run.texts for run in GlyphReader().runs(pdf.pages[0])] == [["河"]]


def test_simple_fonts_take_word_spacing_and_latin_marks_may_stand_out() -> None:
    pdf = pdf_of(f"BT /H 10 Tf 20 150 Td {codes('江心')} Tj /L 10 Tf 5 Tw (a b-) Tj ET")
    pdf.pages[0].Resources.Font.L = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, FirstChar=32, Widths=[500] * 99
    )
    (line,) = lines(GlyphReader().runs(pdf.pages[0]))
    assert (line.text, line.stop, line.earliest) == ("江心a b-", 65, 61.25)


def test_a_dash_that_is_one_glyph_is_two_characters() -> None:
    pdf = pdf_of(f"BT /H 10 Tf 20 150 Td {codes('江雾')} Tj ET")
    font = pdf.pages[0].Resources.Font.H
    font.DescendantFonts[0].W = Array([CODES["雾"], Array([2000])])
    font.ToUnicode = pdf.make_stream(
        f"1 beginbfchar <{CODES['江']:04X}> <6C5F> <{CODES['雾']:04X}> <20142014> endbfchar".encode()
    )
    (line,) = lines(GlyphReader().runs(pdf.pages[0]))
    assert (line.text, line.stop) == ("江——", 50)


def test_white_space_at_both_ends_is_no_part_of_a_line() -> None:
    pdf = pdf_of(f"BT /H 10 Tf 20 150 Td {codes('江心雾')} Tj 0 -20 Td {codes('江')} Tj ET")
    spaces = f"<{CODES['江']:04X}> <3000> <{CODES['心']:04X}> <5FC3> <{CODES['雾']:04X}> <0020>"
    pdf.pages[0].Resources.Font.H.ToUnicode = pdf.make_stream(
        f"1 beginbfchar {spaces} endbfchar".encode()
    )
    (line,) = lines(GlyphReader().runs(pdf.pages[0]))
    assert (line.text, line.start, line.stop) == ("心", 30, 40)


def test_text_without_a_font_shows_nothing() -> None:
    assert runs(f"BT 20 150 Td {codes('江')} Tj ET") == []


def test_columns_run_down_and_turned_latin_with_them() -> None:
    content = (
        f"BT /V 10 Tf 1 0 0 1 150 180 Tm {codes('江心')} Tj"
        f" /H 10 Tf 0 -1 1 0 146.2 160 Tm {codes('xi')} Tj ET"
    )
    down, turned = runs(content)
    assert (down.direction, down.along, down.across) == (Direction.DOWN, [20, 30], 150)
    assert (turned.direction, turned.along) == (Direction.TURNED, [40, 45])
    assert is_vertical_page([down, turned])
    assert [line.text for line in lines([down, turned], down=True)] == ["江心xi"]


def lines(found: Sequence[Run], *, down: bool = False) -> list[Line]:
    return runs_to_lines(found, 0, InkReader(), vertical_width=200.0 if down else None)


def test_upright_figures_take_one_place_in_a_column_and_heads_across_none() -> None:
    content = (
        f"BT /V 10 Tf 1 0 0 1 150 180 Tm {codes('江')} Tj 1 0 0 1 150 160 Tm {codes('心')} Tj"
        f" /H 10 Tf 1 0 0 1 145 161.2 Tm {codes('12')} Tj 1 0 0 1 20 190 Tm {codes('江心的雾漫')} Tj ET"
    )
    assert [line.text for line in lines(runs(content), down=True)] == ["江1心"]


def test_ruby_and_dots_belong_to_no_line_and_note_marks_to_theirs() -> None:
    content = (
        f"BT /H 10 Tf 20 150 Td {codes('江心的雾漫')} Tj 56 0 Td {codes('上来。')} Tj"
        f" /H 5 Tf 1 0 0 1 21 160 Tm {codes('xi')} Tj 1 0 0 1 42 143 Tm {codes('•')} Tj"
        f" 1 0 0 1 70.5 154 Tm {codes('①')} Tj 1 0 0 1 106.5 154 Tm {codes('1')} Tj ET"
    )
    assert [line.text for line in lines(runs(content))] == ["江心的雾漫①上来。¹"]


def test_a_row_of_dots_alone_is_no_line_and_white_space_neither() -> None:
    content = f"BT /H 10 Tf 20 150 Td {codes('••')} Tj ET"
    assert lines(runs(content)) == []


def test_a_page_of_nothing_says_no_direction() -> None:
    assert is_vertical_page([]) is None


@pytest.mark.parametrize(
    ("widths", "wanted"),
    [
        ([1, [500, 600], 5, 6, 700], {1: 500, 2: 600, 5: 700, 6: 700}),
        ([1, 2], {}),
        ([9, 3, 500], {}),
    ],
)
def test_widths_come_one_by_one_or_by_ranges(
    widths: list[object], wanted: dict[int, float]
) -> None:
    pdf = pikepdf.new()
    font = read_font(type0(pdf, W=Array([Array(w) if isinstance(w, list) else w for w in widths])))
    assert font.advances == wanted
    assert font.default_advance == 1000
    assert font.name == "Hand"


def test_vertical_advances_are_every_third_number() -> None:
    pdf = pikepdf.new()
    font = read_font(
        type0(
            pdf,
            encoding="Identity-V",
            W2=Array([1, Array([-500, 250, 880, -600, 250, 880]), 5, 6, -700, 250, 880]),
            DW2=Array([880, -900]),
        )
    )
    assert font.is_vertical
    assert (font.advances, font.default_advance) == ({1: -500, 2: -600, 5: -700, 6: -700}, -900)


@pytest.mark.parametrize(
    ("said", "wanted"), [({"WMode": 1}, True), ({}, True), ({"WMode": 0}, False)]
)
def test_an_embedded_cmap_says_which_way_it_writes(said: dict[str, int], wanted: bool) -> None:
    pdf = pikepdf.new()
    font = type0(pdf)
    font.Encoding = pdf.make_stream(b"" if said else b"/WMode 1 def", **said)
    assert read_font(font).is_vertical is wanted


def test_unicode_cmaps_need_no_to_unicode() -> None:
    pdf = pikepdf.new()
    font = type0(pdf, encoding="UniGB-UCS2-H")
    del font["/ToUnicode"]
    assert read_font(font).texts.get(0x6C5F, UNKNOWN) == "江"
    font.Encoding = Name("/Identity-H")
    assert read_font(font).texts.get(0x6C5F, UNKNOWN) == UNKNOWN


def test_simple_fonts_read_by_their_encoding_and_widths() -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, FirstChar=65, Widths=[700]
    )
    read = read_font(font)
    assert (read.texts[0x92], read.advances, read.code_bytes) == ("’", {65: 700}, 1)
    font.Encoding, font.FontDescriptor = Name.MacRomanEncoding, Dictionary(MissingWidth=250)
    read = read_font(font)
    assert (read.texts[0xD5], read.default_advance) == ("’", 250)


def test_a_font_of_drawings_counts_in_its_own_space_and_shows_its_ink() -> None:
    pdf = pikepdf.new()
    mark = pdf.make_stream(b"10 0 1 0 4 3 d1 1 0 3 3 re f")
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontMatrix=[0.1, 0, 0, 0.1, 0, 0],
        FirstChar=65,
        Widths=[10, 10],
        Encoding=Dictionary(Differences=[65, Name.mark, Name.other]),
        CharProcs=Dictionary(mark=mark, other=pdf.make_stream(b"10 0 d0")),
    )
    read = read_font(font)
    ink = InkReader()
    assert read.advances == {65: 1000, 66: 1000}
    assert ink.blanks(read, 65, "。", down=False) == pytest.approx((0.1, 0.6))
    assert ink.blanks(read, 65, "。", down=True) == pytest.approx((0.58, 0.12))
    assert ink.blanks(read, 66, "。", down=False) == (0.0, 0.5)
    assert ink.blanks(read, 99, "“", down=False) == (0.5, 0.0)


def test_a_font_that_cannot_be_read_has_the_blanks_of_mainland_fonts() -> None:
    font = read_font(type0(pikepdf.new()))
    assert InkReader().blanks(font, 1, "（", down=False) == (0.5, 0.0)
    assert InkReader().blanks(font, 1, "）", down=True) == (0.0, 0.5)


def test_a_pdf_without_chinese_has_nothing_to_count(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "a.pdf")
    report = count_faults(tmp_path / "a.pdf")
    assert (report.pages, report.lines, report.faults) == (1, 0, ())
    assert set(report.counts) == set(FaultKind)
