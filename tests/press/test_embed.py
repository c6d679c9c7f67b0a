"""Fonts in the PDF: each code shows its glyph, is as wide as it says, and reads back."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from builder.check.pdf_glyphs import read_to_unicode
from builder.core.errors import ComposeError
from builder.fonts import faces_of
from builder.fonts.cutting import opened_face
from builder.fonts.finding import REGULAR
from builder.fonts.libraries import harfbuzz
from builder.fonts.metrics import metrics
from builder.press.cff import with_charset
from builder.press.choosers import OneFont
from builder.press.embed import FontProgram, font_program
from builder.press.face import Faces
from builder.press.font_objects import columns_array, put_font, widths_array
from builder.press.frame import FaceKey, PageStyle
from builder.press.program import FontFile, Program
from builder.press.to_unicode import to_unicode
from builder.press.writer import Writer
from tests.fonts.drawing import draw_font
from tests.press.sheets import write_pdf

WORDS = "风从江上来，把渡口的灯吹得一明一暗。“好——”3.14 boat"


def installed(family: str) -> FontFile:
    [face] = [face for face in faces_of(family) if face.weight == REGULAR and face.slant == 0]
    return FontFile(face.path, face.index)


@pytest.fixture(params=["Noto Serif CJK SC", "LXGW WenKai"])
def font(request: pytest.FixtureRequest) -> FontFile:
    return installed(request.param)


def used(file: FontFile, words: str = WORDS, *, columns: str = "") -> Program:
    face = Faces(OneFont(file)).face(FaceKey(("any",), language="zh-Hans"))
    words.translate(face.codes)
    columns.translate(face.column_codes)
    return face.program


# --- what is drawn ------------------------------------------------------------------------------


def charset_of(table: bytes) -> list[int]:
    """The CIDs of a CFF font by glyph, as fontTools reads them."""
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(table), None)
    return [0, *(int(name.removeprefix("cid")) for name in fonts[0].charset[1:])]


def coded(program: Program) -> list[int]:
    """The codes of the glyphs of a cut font, which keeps their order."""
    return [program.codes[glyph] for glyph in sorted({0, *program.readings})]


def test_the_charset_of_a_cid_font_says_which_code_is_which_glyph() -> None:
    program = used(installed("Noto Serif CJK SC"))
    made = font_program(program)
    assert made.kind == "CIDFontType0"
    assert charset_of(made.data) == coded(program)
    assert not made.glyphs


def test_so_it_does_where_a_fonts_cids_are_not_its_glyph_ids(tmp_path: Path) -> None:
    """A font cut down keeps the CIDs of the whole one, and has new glyph ids."""
    path = cut_font(tmp_path)
    program = used(FontFile(path), "江上来灯")
    assert charset_of(TTFont(path).getTableData("CFF "))[1:5] != [1, 2, 3, 4]
    assert charset_of(font_program(program).data) == coded(program)


def cut_font(folder: Path) -> Path:
    hb = harfbuzz()
    whole = installed("Noto Serif CJK SC")
    what = hb.SubsetInput()
    what.unicode_set.update(map(ord, WORDS))
    path = folder / "cut.otf"
    path.write_bytes(hb.SubsetPlan(opened_face(whole.path, whole.index), what).execute().blob.data)
    return path


def test_a_truetype_font_has_a_map_from_codes_to_glyphs_and_the_tables_that_draw() -> None:
    program = used(installed("LXGW WenKai"))
    made = font_program(program)
    assert made.kind == "CIDFontType2"
    cut = harfbuzz().Face(harfbuzz().Blob(made.data))
    assert set(cut.table_tags) <= {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep", "fpgm"}
    assert sorted({*made.glyphs}) == list(range(cut.glyph_count))
    assert [made.glyphs[code] for code in coded(program)] == list(range(cut.glyph_count))


def fonts(folder: Path) -> dict[str, FontFile]:
    """One font of each kind."""
    draw_latin(folder / "latin.otf")
    return {
        "cids": installed("Noto Serif CJK SC"),
        "other cids": FontFile(cut_font(folder)),
        "truetype": installed("LXGW WenKai"),
        "names": FontFile(folder / "latin.otf"),
        "variable": FontFile(variable(folder / "v.ttf"), 0, (("wght", 700.0),)),
    }


@pytest.mark.parametrize("kind", ["cids", "other cids", "truetype", "names", "variable"])
@pytest.mark.parametrize("way", ["line", "column"])
def test_every_code_shows_its_glyph(kind: str, way: str, tmp_path: Path) -> None:
    """The ink that MuPDF paints is where HarfBuzz says that the glyph has it."""
    file = fonts(tmp_path)[kind]
    shown = {"names": "bac", "variable": "丁"}.get(kind, "一口江")
    face = Faces(OneFont(file)).face(FaceKey(("any",), language="zh-Hans"))
    codes = shown.translate(face.codes if way == "line" else face.column_codes)
    resource = face.name if way == "line" else f"{face.name}v"
    content = "".join(
        f"BT /{resource} 100 Tf 1 0 0 1 {100 + 200 * at} 200 Tm <{ord(code):04x}> Tj ET "
        for at, code in enumerate(codes)
    )
    style = PageStyle(800, 400, 0, 0, 800, 400)
    path = write_pdf(tmp_path / "a.pdf", style, content.encode(), face._faces)
    by_code = {code: glyph for glyph, code in face.program.codes.items()}
    with pymupdf.open(path) as document:
        page = document[0].get_pixmap(dpi=72, colorspace=pymupdf.csGRAY)
    for at, code in enumerate(codes):
        glyph = by_code[ord(code)]
        left, bottom, right, top = face.metrics.box(glyph)
        _, x, y = face.metrics.in_column(glyph) if way == "column" else (0, 0, 0)
        origin = 100 + 200 * at - x / 10, 200 - y / 10
        expected = (
            origin[0] + left / 10, 400 - origin[1] - top / 10,
            origin[0] + right / 10, 400 - origin[1] - bottom / 10,
        )  # fmt: skip
        assert ink(page, 200 * at) == pytest.approx(expected, abs=1.6)


def ink(page: Any, start: int) -> tuple[float, float, float, float]:
    """The edges of what is painted in a stretch of 200 points."""
    dark = [
        (x, y)
        for y in range(page.height)
        for x in range(start, start + 200)
        if page.pixel(x, y)[0] < 230
    ]
    return (
        min(x for x, _ in dark), min(y for _, y in dark),
        max(x for x, _ in dark) + 1, max(y for _, y in dark) + 1,
    )  # fmt: skip


@pytest.mark.parametrize("way", ["H", "V"])
def test_a_font_with_named_glyphs_has_a_map_from_codes_to_cids(way: str, tmp_path: Path) -> None:
    """It has no CIDs, so that they are its glyph ids. Source: ISO 32000-1, 9.7.4.2."""
    draw_latin(tmp_path / "latin.otf")
    program = used(FontFile(tmp_path / "latin.otf"), "cb", columns="b" if way == "V" else "")
    made = font_program(program)
    assert made.cids == {0: 0, 1: 2, 2: 1}
    writer = Writer()
    found = put_font(writer, program).numbers
    with held(writer, found["F1" if way == "H" else "F1v"]) as font:
        assert int(font.Encoding.WMode) == int(way == "V")
        assert b"<0001> 2\n" in font.Encoding.read_bytes()
        assert str(font.BaseFont).endswith(f"+Latin-Codes-{way}")


@contextmanager
def held(writer: Writer, at: int) -> Iterator[Any]:
    """An object of a file, as pikepdf reads it."""
    pages = writer.add("<</Type/Pages/Kids[]/Count 0>>")
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R/Held {at} 0 R>>")
    content = writer.finish(root=root, info=writer.add("<<>>"), identifier=bytes(16))
    with pikepdf.open(BytesIO(content)) as pdf:
        yield pdf.Root.Held


def draw_latin(path: Path) -> None:
    """A CFF font with the glyphs .notdef, a, b and c, which have names and no CIDs."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    names = [".notdef", "a", "b", "c"]
    drawn = {}
    for name in names:
        pen = T2CharStringPen(500, None)
        pen.moveTo((50, 0))
        pen.lineTo((50, 400))
        pen.lineTo((450, 400))
        pen.closePath()
        drawn[name] = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(name): name for name in names[1:]})
    builder.setupCFF("Latin", {}, drawn, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Latin", "styleName": "Regular", "psName": "Latin"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_a_table_without_cids_is_left_alone(tmp_path: Path) -> None:
    draw_latin(tmp_path / "latin.otf")
    assert with_charset(TTFont(tmp_path / "latin.otf").getTableData("CFF "), [1, 2, 3]) == b""


def test_little_is_embedded_of_a_big_font(font: FontFile) -> None:
    made = font_program(used(font))
    assert len(zlib.compress(made.data)) < 30_000 < font.path.stat().st_size / 100
    assert len(font_program(used(font, "江")).data) < len(made.data)


def test_the_same_use_gives_the_same_program_and_name(font: FontFile) -> None:
    one, other = font_program(used(font)), font_program(used(font))
    assert one == other
    tag, plus, name = one.name.partition("+")
    assert (len(tag), tag.isupper(), plus) == (6, True, "+")
    assert name
    assert font_program(used(font, "江")).name != one.name


def test_a_variable_font_is_fixed_where_its_face_stands(tmp_path: Path) -> None:
    path = variable(tmp_path / "v.ttf")
    light, bold = (
        font_program(used(FontFile(path, 0, (("wght", weight),)), "丁"))
        for weight in (400.0, 700.0)
    )
    assert (light.widths[1], bold.widths[1]) == (1000, 1200)
    assert "fvar" not in harfbuzz().Face(harfbuzz().Blob(bold.data)).table_tags


def variable(path: Path) -> Path:
    """A font whose one character is wider when it is bold."""
    from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
    from fontTools.varLib import build

    space = DesignSpaceDocument()
    axis = AxisDescriptor()
    axis.name, axis.tag = "Weight", "wght"
    axis.minimum, axis.default, axis.maximum = 400, 400, 700
    space.addAxis(axis)
    for weight, width in ((400, 1000), (700, 1200)):
        drawn = draw_font(path.with_name(f"{weight}.ttf"), "V", "丁")
        source = SourceDescriptor()
        font = TTFont(drawn)
        font["hmtx"]["u4E01"] = (width, 100)
        source.font, source.location = font, {"Weight": weight}
        space.addSource(source)
    build(space)[0].save(path)
    return path


# --- licences -----------------------------------------------------------------------------------


def test_a_font_for_paper_only_may_be_in_a_pdf(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船", licence="All rights reserved.", fs_type=4)
    assert font_program(used(FontFile(path), "船")).name.endswith("+Ming")


def test_a_font_that_may_not_be_cut_down_goes_in_whole(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船灯江", licence="", fs_type=0x0100)
    made = font_program(used(FontFile(path), "船"))
    assert made.name == "Ming"
    cut = harfbuzz().Face(harfbuzz().Blob(made.data))
    assert cut.glyph_count == opened_face(path, 0).glyph_count == 7


def test_a_font_that_forbids_it_is_refused(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船", licence="All rights reserved.", fs_type=2)
    with pytest.raises(ComposeError, match="P022: the font Ming forbids"):
        font_program(used(FontFile(path), "船"))


# --- what it says -------------------------------------------------------------------------------


def test_widths_are_those_of_the_program_and_only_the_uncommon_are_told(font: FontFile) -> None:
    program = used(font)
    made = font_program(program)
    asked = metrics(font.path, font.index)
    assert all(made.widths[program.codes[one]] == asked.width(one) for one in program.readings)
    told = unfolded(widths_array(made.widths), 1)
    assert told == {glyph: (width,) for glyph, width in made.widths.items() if width != 1000}


def unfolded(array: str, size: int) -> dict[int, tuple[int, ...]]:
    """What W (`size` 1) or W2 (3) says of each code, read by pikepdf."""
    items: Any = list(pikepdf.Object.parse(array.encode()).as_list())
    found: dict[int, tuple[int, ...]] = {}
    at = 0
    while at < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], pikepdf.Array):
            values = [int(one) for one in items[at + 1].as_list()]
            for n in range(0, len(values), size):
                found[first + n // size] = tuple(values[n : n + size])
            at += 2
        else:
            told = tuple(int(one) for one in items[at + 2 : at + 2 + size])
            found |= dict.fromkeys(range(first, int(items[at + 1]) + 1), told)
            at += 2 + size
    return found


@given(st.dictionaries(st.integers(0, 60), st.sampled_from([250, 500, 600, 1000])))
def test_any_widths_read_back_from_their_array(widths: dict[int, int]) -> None:
    told = unfolded(widths_array(dict(sorted(widths.items()))), 1)
    assert told == {code: (width,) for code, width in widths.items() if width != 1000}


def test_equal_widths_are_told_as_a_run() -> None:
    assert widths_array(dict.fromkeys(range(10, 40), 600)) == "[10 39 600]"
    assert widths_array({1: 500, 2: 600, 3: 250, 9: 250}) == "[1[500 600 250] 9[250]]"


def test_columns_have_what_differs_from_the_defaults(font: FontFile) -> None:
    program = used(font, "", columns="江，——a")
    made = font_program(program)
    told = unfolded(columns_array(made), 3)
    for glyph in program.readings:
        length, x, y = program.metrics.in_column(glyph)
        code = program.codes[glyph]
        shown = told.get(code, (-1000, made.widths[code] // 2, 880))
        assert shown[0] == -length
        assert abs(shown[1] - x) <= 1
        assert shown[2] == y
    assert 1 not in told  # 江, which is as the defaults say


def test_the_twin_for_columns_shares_the_font(font: FontFile) -> None:
    program = used(font, "江", columns="，")
    writer = Writer()
    found = put_font(writer, program).numbers
    both = writer.add(f"[{found['F1']} 0 R {found['F1v']} 0 R]")
    with held(writer, both) as (line, column):
        assert (str(line.Encoding), str(column.Encoding)) == ("/Identity-H", "/Identity-V")
        assert line.DescendantFonts[0].objgen == column.DescendantFonts[0].objgen
        assert [int(one) for one in line.DescendantFonts[0].DW2] == [880, -1000]


def test_a_font_of_lines_has_no_twin() -> None:
    assert list(put_font(Writer(), used(installed("LXGW WenKai"))).numbers) == ["F1"]


# --- what is read back --------------------------------------------------------------------------

READINGS = st.dictionaries(
    st.integers(0, 0xFFFF),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3),
    max_size=300,
)


@given(READINGS)
def test_any_reading_comes_back_from_the_map(readings: dict[int, str]) -> None:
    assert read_to_unicode(to_unicode(readings), width=2).characters == readings


@given(st.integers(0, 0xFF00), st.integers(0x20, 0xD600), st.integers(1, 300))
def test_runs_come_back_from_the_map(code: int, character: int, count: int) -> None:
    readings = {code + n: chr(character + n) for n in range(min(count, 0x10000 - code))}
    written = to_unicode(readings)
    assert read_to_unicode(written, width=2).characters == readings
    # A run ends with the last byte, of codes or of characters.
    assert written.count(b"<") <= 2 + 3 * (2 + 2 * count // 256 + 2)


def test_mixed_widths_and_runs_stand_in_one_array() -> None:
    assert (
        widths_array({1: 500, 2: 250, 3: 600, 4: 600, 5: 600, 6: 300})
        == "[1[500 250] 3 5 600 6[300]]"
    )


def test_a_glyph_that_reads_as_nothing_has_no_entry() -> None:
    assert read_to_unicode(to_unicode({5: "", 6: "灯"}), width=2).characters == {6: "灯"}


def test_a_long_dash_reads_as_two() -> None:
    made = to_unicode({5: "——"})
    assert b"<0005> <20142014>" in made


def test_programs_are_plain_data(font: FontFile) -> None:
    made = font_program(used(font))
    assert isinstance(made, FontProgram)
    assert made.columns == {}
    assert made.box[0] < 0 < made.box[2]
    assert made.descent < 0 < made.ascent
