"""A cut font has what the text needs, under a name of its own."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from builder.core.errors import ConfigError
from builder.fonts.cutting import cut, whole
from builder.fonts.finding import BOLD, REGULAR, Face, faces_in, faces_of
from builder.fonts.libraries import harfbuzz
from tests.fonts.drawing import draw_font

TEXT = "“骨”，他说：“水底下——有人敲钟。”"


def read(content: bytes) -> Any:
    return TTFont(BytesIO(content))


def features(font: Any, table: str) -> set[str]:
    if table not in font or font[table].table.FeatureList is None:
        return set()
    return {record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord}


def face_of(family: str, weight: float = REGULAR) -> Face:
    return next(face for face in faces_of(family) if face.weight == weight)


def test_it_has_the_characters_asked_for_and_no_others() -> None:
    font = read(cut(face_of("Noto Serif CJK SC"), TEXT, ["zh-Hans"], weight=REGULAR))
    assert set(font.getBestCmap()) == {ord(character) for character in TEXT}


def test_vertical_forms_and_squeezing_stay() -> None:
    font = read(cut(face_of("Noto Serif CJK SC"), TEXT, ["zh-Hans"], weight=REGULAR))
    assert {"vert", "vrt2"} <= features(font, "GSUB")
    assert {"halt", "palt", "vhal", "vpal"} <= features(font, "GPOS")
    assert {"vmtx", "VORG"} <= set(font.keys())


def test_the_forms_of_a_region_stay_only_where_the_text_is_of_that_region() -> None:
    own = read(cut(face_of("Noto Serif CJK SC"), TEXT, ["zh-Hans"], weight=REGULAR))
    other = read(cut(face_of("Noto Serif CJK SC"), TEXT, ["zh-Hans", "zh-Hant-TW"], weight=REGULAR))
    assert "locl" not in features(own, "GSUB")
    assert "locl" in features(other, "GSUB")
    assert len(own.getGlyphOrder()) < len(other.getGlyphOrder()) < 2 * len(own.getGlyphOrder())


def test_a_regional_form_is_drawn_for_text_of_that_region() -> None:
    hb = harfbuzz()
    content = cut(face_of("Noto Serif CJK SC"), TEXT, ["zh-Hant-TW"], weight=REGULAR)
    font = hb.Font(hb.Face(content))
    shapes = set()
    for language in ("zh-Hans", "zh-Hant-TW"):
        buffer = hb.Buffer()
        buffer.add_str("骨")
        buffer.language = language
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        shapes.add(buffer.glyph_infos[0].codepoint)
    assert len(shapes) == 2
    assert 0 not in shapes


def test_the_name_is_new_and_the_licence_is_the_makers(tmp_path: Path) -> None:
    [face] = faces_in(draw_font(tmp_path / "a.ttf", "Reserved Ming", TEXT))
    font = read(cut(face, TEXT, (), weight=REGULAR))
    primary = {str(font["name"].getName(name_id, 3, 1, 0x409)) for name_id in (1, 3, 4)}
    assert len(primary) == 1
    assert primary.pop().startswith("Cut ")
    assert "Reserved" not in str(font["name"].getName(6, 3, 1, 0x409))
    assert "Open Font License" in str(font["name"].getName(13, 3, 1, 0x409))
    assert "Reserved Ming" in str(font["name"].getName(0, 3, 1, 0x409))
    assert str(font["name"].getName(10, 3, 1, 0x409)) == "A cut of Reserved Ming"


def test_no_name_of_the_whole_font_is_left_in_its_outlines() -> None:
    font = read(cut(face_of("Noto Serif CJK SC"), TEXT, ["zh-Hans"], weight=REGULAR))
    outlines = font["CFF "].cff
    assert outlines.fontNames[0].startswith("Cut-")
    assert outlines.topDictIndex[0].FullName.startswith("Cut ")


def test_the_same_text_gives_the_same_bytes_in_any_order() -> None:
    face = face_of("LXGW WenKai")
    one, other = (cut(face, text, ["zh-Hans"], weight=REGULAR) for text in (TEXT, TEXT[::-1]))
    assert one == other
    assert one != cut(face, TEXT[1:-2], ["zh-Hans"], weight=REGULAR)


def variable_font(path: Path) -> Path:
    """A font whose squares grow with its weight, from 100 to 900."""
    font = TTFont(draw_font(path, "Growing", "船灯"))
    builder = FontBuilder(font=font)
    builder.setupFvar([("wght", 100, 400, 900, "Weight"), ("opsz", 8, 12, 72, "Size")], [])
    grown = [(0, 0)] * 2 + [(100, 0)] * 2 + [(0, 0)] * 4
    heavier = TupleVariation({"wght": (0.0, 1.0, 1.0)}, grown)
    builder.setupGvar({name: [heavier] for name in font.getGlyphOrder()})
    builder.save(path)
    return path


@pytest.mark.parametrize(("weight", "right"), [(REGULAR, 900), (BOLD, 960)])
def test_a_variable_font_is_fixed_at_the_weight(tmp_path: Path, weight: float, right: int) -> None:
    [face] = faces_in(variable_font(tmp_path / "v.ttf"))
    font = read(cut(face, "船", (), weight=weight))
    assert "fvar" not in font
    assert font["glyf"][font.getBestCmap()[ord("船")]].xMax == right


def test_a_font_that_may_not_be_cut_comes_whole_out_of_its_collection() -> None:
    face = face_of("Noto Serif CJK SC")
    font = read(whole(face))
    assert font["name"].getDebugName(1) == "Noto Serif CJK SC"
    assert len(font.getBestCmap()) > 20_000


def test_a_font_whose_outlines_are_broken_is_refused_by_name(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "mine.ttf", "Mine", TEXT)
    content = bytearray(path.read_bytes())
    at = content.index(b"head", 12) + 8
    content[at + 4 : at + 8] = bytes(4)
    path.write_bytes(content)
    [face] = faces_in(path)
    with pytest.raises(ConfigError) as refused:
        cut(face, TEXT, (), weight=REGULAR)
    assert refused.value.diagnostic.code == "F006"
