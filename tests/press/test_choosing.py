"""Which font draws what: as WeasyPrint would, with the fonts that the book's own sheet brings."""

from pathlib import Path

import pytest

from builder.core.book import Asset
from builder.press.face import Faces
from builder.press.frame import FaceKey
from builder.press.host import Host
from tests.fonts.drawing import draw_font

SONG = FaceKey(("Noto Serif CJK SC", "serif"), language="zh-Hans")


def faces_with(css: str = "", *assets: Asset) -> Faces:
    return Faces(Host([("own.css", css)], assets).chooser())


@pytest.fixture(scope="module")
def faces() -> Faces:
    return faces_with()


def own_font(folder: Path, characters: str) -> Asset:
    content = draw_font(folder / "lamp.ttf", "Lamp", characters).read_bytes()
    return Asset("lamp.ttf", "font/ttf", content)


def test_the_first_family_that_is_there_sets_everything_it_has(faces: Faces) -> None:
    face = faces.face(SONG)
    assert face.path.name.startswith("NotoSerifCJK-Regular")
    assert face.covers("灯火，“夜里”……Lamp 1984")
    absent = faces.face(FaceKey(("No Such Song", *SONG.families), language="zh-Hans"))
    assert absent.program is face.program
    assert absent.covers("灯Lamp")


def test_weight_and_family_choose_the_file(faces: Faces) -> None:
    bold = faces.face(FaceKey(SONG.families, 700, language="zh-Hans"))
    kai = faces.face(FaceKey(("LXGW WenKai",), language="zh-Hans"))
    assert bold.path.name.startswith("NotoSerifCJK-Bold")
    assert kai.path.name == "LXGWWenKai-Regular.ttf"


def test_a_latin_family_before_the_chinese_one_takes_what_it_has(faces: Faces) -> None:
    face = faces.face(FaceKey(("DejaVu Serif", *SONG.families), language="zh-Hans"))
    assert face.path.name.startswith("NotoSerifCJK")
    assert face.covers("灯，")
    assert not face.covers("L")
    assert face.fallback("L").path.name == "DejaVuSerif.ttf"
    assert not face.covers("“")  # as WeasyPrint does, and every browser


def test_a_generic_family_is_asked_character_by_character(faces: Faces) -> None:
    face = faces.face(FaceKey(("serif",), language="zh-Hans"))
    assert face.covers("灯")
    assert face.fallback("a").covers("a")


def test_the_forms_are_those_of_the_region(faces: Faces) -> None:
    def glyphs(family: str, language: str) -> str:
        return "直骨".translate(faces.face(FaceKey((family,), language=language)).codes)

    names = {"zh-Hans": "SC", "zh-Hant-TW": "TC", "zh-Hant-HK": "HK"}
    indices = {
        language: faces.face(FaceKey((f"Noto Serif CJK {region}",), language=language)).index
        for language, region in names.items()
    }
    assert len(set(indices.values())) == 3
    assert glyphs("Noto Serif CJK JP", "zh-Hans") != glyphs("Noto Serif CJK JP", "ja")


def test_what_no_font_has_is_missing_and_the_rest_falls_back(faces: Faces) -> None:
    face = faces.face(SONG)
    assert face.fallback("\N{GRINNING FACE}") is not face
    assert face.fallback("\U0010fffd") is face
    assert tuple(faces.missing) == ("\U0010fffd",)


def test_a_font_of_the_books_own_sheet_is_used(tmp_path: Path) -> None:
    css = "@font-face { font-family: Lamp; src: url(book:/lamp.ttf) }"
    faces = faces_with(css, own_font(tmp_path, "的灯火a"))
    face = faces.face(FaceKey(("Lamp", *SONG.families), language="zh-Hans"))
    assert face.path.parent.name.startswith("weasyprint-")
    assert face.covers("灯火a")
    assert not face.covers("船")
    assert face.fallback("船").path.name.startswith("NotoSerifCJK")


def test_a_font_for_a_few_characters_draws_these_and_no_others(tmp_path: Path) -> None:
    css = "@font-face { font-family: Lamp; src: url(book:/lamp.ttf) }"
    faces = faces_with(css, own_font(tmp_path, "灯"))
    face = faces.face(FaceKey(("Lamp", *SONG.families), language="zh-Hans"))
    assert face.path.name.startswith("NotoSerifCJK")
    assert face.covers("的船Lamp")
    assert not face.covers("灯")
    assert face.fallback("灯").path.parent.name.startswith("weasyprint-")


def test_a_space_stays_with_its_words(faces: Faces) -> None:
    assert faces.face(SONG).covers("灯 Lamp　火")


def test_where_a_text_breaks_a_line_says_nothing_of_the_others_fonts(faces: Faces) -> None:
    # Paragraphs that are set together have forced breaks between them, which no font has.
    key = FaceKey(("No Such Family",), language="zh-Hans")
    alone = faces.chosen(key, "文字")
    assert None not in alone
    other = FaceKey(("No Such Family Either",), language="zh-Hans")
    assert faces.chosen(other, "\n文\u2028字\r")[1::2] == alone
