"""Faces: characters to glyphs and widths, and what is read back."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.press.choosers import InstalledChooser, OneFont
from builder.press.face import DASHES, Face, Faces
from builder.press.frame import FaceKey
from builder.press.program import FontFile, plain_codes
from tests.fonts.drawing import draw_font

SONG = FaceKey(("Noto Serif CJK SC",), language="zh-Hans")


@pytest.fixture(scope="module")
def song() -> Face:
    return Faces(InstalledChooser()).face(SONG)


def codes(face: Face, text: str) -> list[int]:
    shown = text.translate(face.codes).encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]


def test_codes_count_up_and_read_back_as_their_characters(song: Face) -> None:
    text = "他说：“夜里有船，他说。”"
    numbers = codes(song, text)
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 11, 12]  # 10 is a line end
    assert "".join(song.program.texts[number] for number in numbers) == text


def test_no_code_has_a_byte_that_means_something_in_a_string(song: Face) -> None:
    """Nor is it half a surrogate, so that any text of codes can be encoded."""
    for code_point in range(0x4E00, 0x6000):
        song.codes[code_point]
    written = "".join(map(chr, song.program.codes.values())).encode("utf-16-be")
    assert not set(written) & set(b"\r\n()\\")
    assert max(written[::2]) == 0x14
    every = list(plain_codes())
    assert not any(0xD800 <= code < 0xE000 for code in every)
    assert every == sorted(set(every))
    assert len(every) > 50_000


def test_han_and_full_width_marks_take_an_em_and_letters_less(song: Face) -> None:
    assert {song.advance(character) for character in "船，。“—…　"} == {1000}
    assert 200 < song.advance("i") < song.advance("a") < 1000


def test_what_shows_nothing_has_no_code_and_no_width(song: Face) -> None:
    joined = "灯\N{WORD JOINER}火\N{ZERO WIDTH SPACE}"
    assert len(codes(song, joined)) == 2
    assert song.advance("\N{WORD JOINER}") == 0
    assert song.covers(joined)
    assert {"\N{WORD JOINER}", "\N{ZERO WIDTH SPACE}"} <= song.misread
    assert "灯" not in song.misread


def test_of_two_characters_with_one_glyph_the_second_is_misread() -> None:
    face = Faces(InstalledChooser()).face(SONG)
    assert codes(face, "一…") == codes(face, "⼀⋯")  # the radical, and the raised ellipsis
    assert face.misread == {"⼀", "⋯"}


def test_the_faces_of_one_font_share_its_program_and_so_its_readings() -> None:
    faces = Faces(InstalledChooser())
    plain = faces.face(SONG)
    narrow = faces.face(FaceKey(SONG.families, language="zh-Hans", features=("pwid",)))
    assert narrow.program is plain.program
    assert narrow.advance("’") < plain.advance("’") == 1000
    assert codes(narrow, "’") != codes(plain, "’")
    assert faces.programs == (plain.program,)


def test_columns_take_other_forms_of_marks_and_the_same_of_han(song: Face) -> None:
    column = "灯，".translate(song.column_codes)
    line = "灯，".translate(song.codes)
    assert column[0] == line[0]
    assert column[1] != line[1]
    assert song.program.is_columnar
    assert song.column_advances["，"] == 1000
    assert song.program.texts[ord(column[1])] == "，"


def test_forms_are_those_of_the_language() -> None:
    faces = Faces(InstalledChooser())
    japanese = FaceKey(("Noto Serif CJK JP",), language="ja")
    chinese = FaceKey(("Noto Serif CJK JP",), language="zh-Hans")
    assert codes(faces.face(japanese), "直") != codes(faces.face(chinese), "直")


def test_bold_and_another_family_are_other_programs() -> None:
    faces = Faces(InstalledChooser())
    names = [
        faces.face(FaceKey(families, weight, language="zh-Hans")).name
        for families, weight in (
            (SONG.families, 400),
            (SONG.families, 700),
            (("LXGW WenKai",), 400),
        )
    ]
    assert names == ["F1", "F2", "F3"]


def test_a_family_that_is_not_there_gives_way_to_that_of_the_language() -> None:
    face = Faces(InstalledChooser()).face(FaceKey(("No Such Song",), language="zh-Hant-TW"))
    assert "Noto Serif CJK TC" in face.path.name or face.index == 3


def test_what_the_font_lacks_comes_from_another_and_is_covered_there(song: Face) -> None:
    assert song.covers("灯火")
    assert not song.covers("灯\N{GRINNING FACE}")
    other = song.fallback("\N{GRINNING FACE}")
    assert other.program is not song.program
    assert other.covers("\N{GRINNING FACE}")
    assert not other.covers("灯")


def test_what_no_font_has_is_set_as_a_geta_and_noted() -> None:
    faces = Faces(InstalledChooser())
    face = faces.face(SONG)
    nowhere = "\U0010fffd"
    assert face.fallback(nowhere) is face
    assert tuple(faces.missing) == (nowhere,)
    assert codes(face, nowhere) == codes(face, "〓")
    assert face.misread == {nowhere}
    assert face.advance(nowhere) == face.advance("〓")


def test_a_font_before_the_chinese_one_keeps_what_it_has() -> None:
    """What is asked for first sets all it has; the Chinese font sets the rest."""
    key = FaceKey(("DejaVu Serif", "Noto Serif CJK SC"), language="zh-Hans")
    face = Faces(InstalledChooser()).face(key)
    assert face.covers("灯火")
    assert not face.covers("on")
    assert face.fallback("o").covers("on")


def test_one_font_sets_everything_it_has(tmp_path: Path) -> None:
    file = FontFile(draw_font(tmp_path / "square.ttf", "Square", "灯火，"))
    faces = Faces(OneFont(file))
    face, bold = faces.face(SONG), faces.face(FaceKey(("Whatever",), 700))
    assert face.program is bold.program
    assert (face.path, face.index) == (file.path, 0)
    assert [face.advance(character) for character in "灯，"] == [1000, 1000]
    assert (face.ascent, face.descent) == (880, -120)
    assert not face.covers("灯船")
    assert face.fallback("船") is face
    assert codes(face, "船") == [0]  # a font with no stand-in either shows what it has for that


def test_two_dashes_are_one_glyph_of_two_ems_and_read_back_as_two(song: Face) -> None:
    for told in (song.codes, song.column_codes):
        shown = DASHES.translate(told)
        assert len(shown) == 1
        assert song.program.texts[ord(shown)] == "——"
    [glyph] = [one for one, text in song.program.readings.items() if text == "——"][:1]
    assert song.metrics.width(glyph) == 2000
    assert DASHES in song.misread


def test_a_font_without_a_long_dash_sets_two(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "short.ttf", "Short", "灯—")
    face = Faces(OneFont(FontFile(font))).face(SONG)
    assert codes(face, DASHES) == codes(face, "——")


def test_what_lies_on_its_side_takes_as_much_of_a_column_as_of_a_line(song: Face) -> None:
    for character in "gé;":
        assert song.column_advances[character] == song.advances[character]
        assert song.column_inks[character] == song.inks[character]
    for character in "灯，“—·":
        assert song.column_advances[character] == 1000
    assert {"g", "é", ";"} <= song.turned
    assert not song.turned & set("灯，“—·")


def test_a_dash_without_a_form_for_columns_lies_on_its_side() -> None:
    kai = Faces(InstalledChooser()).face(FaceKey(("LXGW WenKai",), language="zh-Hans"))
    assert kai.column_advances["—"] == kai.advances["—"]
    assert "—" in kai.turned


def test_ink_of_marks_is_at_the_start_on_the_mainland_and_in_the_middle_in_taiwan(
    song: Face,
) -> None:
    taiwan = Faces(InstalledChooser()).face(FaceKey(("Noto Serif CJK TC",), language="zh-Hant-TW"))
    assert song.inks["，"][1] < 500
    assert song.column_inks["，"][1] < 500
    start, end = taiwan.column_inks["，"]
    assert 250 < start < end < 750
    assert song.inks["（"][0] > 500 < song.column_inks["（"][0]
    assert song.inks["　"] == (0, 0)


def test_marks_inside_latin_words_lie_down_with_them() -> None:
    narrow = Faces(InstalledChooser()).face(
        FaceKey(SONG.families, language="zh-Hans", features=("pwid",))
    )
    assert narrow.column_advances["’"] == narrow.advances["’"] < 1000


@dataclass(frozen=True)
class Choosing:
    """A chooser that gives every foreign character to one font."""

    file: FontFile

    def primary(self, key: FaceKey) -> tuple[FontFile, bool]:
        return InstalledChooser().primary(key)

    def choose(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
        return (self.file,) * len(characters)


def test_a_font_that_may_not_stand_in_a_pdf_gives_way_to_another(tmp_path: Path) -> None:
    smile = "\N{GRINNING FACE}"
    closed = draw_font(
        tmp_path / "closed.ttf", "Closed", smile, licence="All rights reserved", fs_type=2
    )
    faces = Faces(Choosing(FontFile(closed)))
    other = faces.fallback(SONG, smile)
    assert other
    assert other.path != closed
    assert not faces.missing
    opened = draw_font(tmp_path / "open.ttf", "Open", smile)
    assert Faces(Choosing(FontFile(opened))).face(SONG).fallback(smile).path == opened


def test_where_no_font_may_be_printed_the_character_is_missing(tmp_path: Path) -> None:
    nowhere = "\U0010fffd"
    closed = draw_font(
        tmp_path / "closed.ttf", "Closed", nowhere, licence="All rights reserved", fs_type=2
    )
    faces = Faces(Choosing(FontFile(closed)))
    assert faces.fallback(SONG, nowhere) is None
    assert tuple(faces.missing) == (nowhere,)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"])
def test_ideographs_shaped_together_are_those_shaped_alone(song: Face, language: str) -> None:
    together = song.metrics.han("渡口骨直關门𠮷，——々", language)
    assert set(together) == set("渡口骨直關门")
    alone = {one: song.metrics.glyph(one, language) for one in together}
    assert together == alone
    assert song.metrics.han("，——", language) == {}
