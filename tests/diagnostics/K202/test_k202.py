"""Text in the file that the book does not have."""

from pathlib import Path

from builder.check import check_pdf
from tests.check.books import PARAGRAPHS, book, place, write_pdf

LOST, LAST = PARAGRAPHS[3], PARAGRAPHS[4]


def test_a_doubled_paragraph_is_extra(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", (*PARAGRAPHS[:4], LOST, LAST))
    (found,) = check_pdf(path, against=book())
    assert found.code == "K202"
    assert place(found).startswith("page=")
    assert found.message == (
        "body: text too many in 1 place(s), 30 characters in all; first, "
        "after “怀里抱着一只用油布裹紧的木匣子。”: "
        "“门外站着一个少年，浑身湿透，怀里抱着一只用油布裹紧的木匣子。”"
    )


def test_text_that_stands_once_is_not(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert check_pdf(path, against=book()) == ()
