"""Text of the book that stands in another place in the file."""

from pathlib import Path

from builder.check import check_pdf
from tests.check.books import PARAGRAPHS, book, place, write_pdf

LOST, LAST = PARAGRAPHS[3], PARAGRAPHS[4]


def test_swapped_paragraphs_have_moved(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", (*PARAGRAPHS[:3], LAST, LOST))
    (found,) = check_pdf(path, against=book())
    assert found.code == "K203"
    assert place(found).startswith("page=")
    assert found.message == (
        "body: text has moved in 1 place(s), 30 characters in all; first, now "
        "after “渡船上的东西，我爷爷让我送来。””: "
        "“门外站着一个少年，浑身湿透，怀里抱着一只用油布裹紧的木匣子。”"
    )


def test_text_in_its_place_has_not(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert check_pdf(path, against=book()) == ()
