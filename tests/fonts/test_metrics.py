"""What a font says of its characters: glyphs, room, kerning, columns, axes."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from builder.fonts import faces_of
from builder.fonts.metrics import EM_BOX, Glyph, axes_of, has_outlines, metrics
from tests.fonts.drawing import draw_font


def test_a_character_is_a_glyph_with_room_around_it(tmp_path: Path) -> None:
    shapes = metrics(draw_font(tmp_path / "square.ttf", "Square", "灯火"))
    assert shapes.glyph("灯", "zh") == Glyph(2, 1000)
    assert shapes.glyph("船", "zh") == Glyph(0, 1000)
    assert shapes.glyph("\N{ZERO WIDTH JOINER}", "zh") is None
    assert (shapes.has("灯"), shapes.has("船")) == (True, False)
    assert shapes.width(2) == 1000


def test_a_feature_and_a_column_ask_for_other_forms(tmp_path: Path) -> None:
    features = "feature vert { sub u706F by u706F.other; } vert;"
    shapes = metrics(draw_font(tmp_path / "square.ttf", "Square", "灯火", features=features))
    upright, turned = shapes.glyph("灯", "zh"), shapes.glyph("灯", "zh", direction="ttb")
    assert upright
    assert turned
    assert upright.number != turned.number
    assert shapes.glyph("灯", "zh", features={"vert": 1}) == turned


def test_where_a_glyph_hangs_in_a_column() -> None:
    song = faces_of("Noto Serif CJK SC")[0]
    shapes = metrics(song.path, song.index)
    glyph = shapes.glyph("灯", "zh-Hans")
    assert glyph
    assert shapes.in_column(glyph.number) == (1000, 500, 880)


def test_the_em_box_is_that_of_the_font_when_it_adds_up() -> None:
    latin, song = faces_of("Liberation Serif")[0], faces_of("Noto Serif CJK SC")[0]
    for face in (latin, song):
        shapes = metrics(face.path, face.index)
        assert (shapes.ascent, shapes.descent) == EM_BOX
        assert shapes.line_ascent > 0 > shapes.line_descent
        assert shapes.underline < 0 < shapes.underline_thickness


def variable_font(path: Path) -> Path:
    """A font with an axis of weight from 200 to 900."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "lamp"])
    builder.setupCharacterMap({ord("灯"): "lamp"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "lamp")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "lamp"), (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Lamp", "styleName": "Regular"})
    builder.setupFvar([("wght", 200, 300, 900, "Weight")], [])
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def test_a_variable_font_stands_at_the_weight_asked_for_as_far_as_it_goes(tmp_path: Path) -> None:
    path = variable_font(tmp_path / "lamp.ttf")
    assert axes_of(path, 0, 400) == (("wght", 400.0),)
    assert axes_of(path, 0, 1000) == (("wght", 900.0),)
    assert metrics(path, 0, axes_of(path, 0, 400)).width(1) == 1000
    fixed = draw_font(tmp_path / "square.ttf", "Square", "灯")
    assert axes_of(fixed, 0, 700) == ()


def test_outlines_are_told_from_pictures(tmp_path: Path) -> None:
    assert has_outlines(draw_font(tmp_path / "square.ttf", "Square", "灯"), 0)
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupHorizontalHeader()
    builder.save(tmp_path / "pictures.ttf")
    assert not has_outlines(tmp_path / "pictures.ttf", 0)


def test_a_font_without_an_em_box_has_that_of_chinese_fonts(tmp_path: Path) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.save(tmp_path / "bare.ttf")
    shapes = metrics(tmp_path / "bare.ttf")
    assert (shapes.ascent, shapes.descent) == EM_BOX
    assert shapes.box(0) == (0, 0, 0, 0)


def test_a_font_that_says_nothing_of_columns_has_an_em_for_every_character(tmp_path: Path) -> None:
    # What such a font wants of a line is more than an em, and no measure for its characters.
    path = draw_font(tmp_path / "tall.ttf", "Tall", "灯a")
    with TTFont(path) as font:
        font["hhea"].ascent, font["hhea"].descent = 1100, -300
        font.save(path)
    tall = metrics(path)
    glyph = tall.glyph("灯", "zh-Hans", direction="ttb")
    assert glyph is not None
    assert glyph.advance == 1000
    assert tall.in_column(glyph.number) == (1000, 500, 880)
