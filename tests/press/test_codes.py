"""Text as the codes of a face."""

from builder.press.codes import NO_CODE, joined_table_of, tables_of
from builder.press.face import Faces
from tests.press.square import Grid

FACE_KEY = Grid().key


def test_a_character_that_needs_more_thought_has_no_code(faces: Faces) -> None:
    plain, worded = tables_of(faces.face(FACE_KEY))
    joined = joined_table_of(faces.face(FACE_KEY))
    codes, shown = plain.read("夜a里𠮷")
    assert [one == NO_CODE for one in codes] == [False, True, False, True]
    assert len(shown) == 8
    codes, _ = worded.read("夜a里 \n")
    assert NO_CODE not in codes[:4]
    codes, _ = joined.read("夜a里1 \n")
    assert [one == NO_CODE for one in codes] == [False] * 4 + [True] * 2


def test_what_is_read_again_has_the_same_codes(faces: Faces) -> None:
    plain, _ = tables_of(faces.face(FACE_KEY))
    assert plain.read("夜里江上")[0] == plain.read("夜里江")[0] + plain.read("上")[0]


def test_codes_have_no_byte_that_a_literal_string_would_escape(faces: Faces) -> None:
    plain, _ = tables_of(faces.face(FACE_KEY))
    _, shown = plain.read("".join(map(chr, range(0x4E00, 0x5200))))
    assert not set("\n\r()\\") & set(shown)
