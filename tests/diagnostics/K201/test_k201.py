"""Text of the book that the file does not have."""

from pathlib import Path

from builder.check import check_pdf
from tests.check.books import PARAGRAPHS, book, place, write_pdf

LOST, LAST = PARAGRAPHS[3], PARAGRAPHS[4]


def test_a_lost_paragraph_is_missing(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", (*PARAGRAPHS[:3], LAST))
    (found,) = check_pdf(path, against=book())
    assert found.code == "K201"
    assert place(found).startswith("page=")
    assert found.message == (
        "body: text is missing in 1 place(s), 30 characters in all; first, "
        "after “自言自语，手里的灯却先晃了一晃。”: "
        "“门外站着一个少年，浑身湿透，怀里抱着一只用油布裹紧的木匣子。”"
    )


def test_the_whole_text_is_not(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert check_pdf(path, against=book()) == ()
