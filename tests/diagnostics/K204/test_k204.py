"""Text that differs."""

from pathlib import Path

from builder.check import check_pdf
from tests.check.books import PARAGRAPHS, book, place, write_pdf

LOST, LAST = PARAGRAPHS[3], PARAGRAPHS[4]


def test_a_changed_character_is_found(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", (*PARAGRAPHS[:3], LOST.replace("透", "秀"), LAST))
    (found,) = check_pdf(path, against=book())
    assert found.code == "K204"
    assert place(found).startswith("page=")
    assert found.message == (
        "body: text differs in 1 place(s); first, "
        "after “了一晃。门外站着一个少年，浑身湿”: “透” became “秀”"
    )


def test_the_same_text_is_not(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert check_pdf(path, against=book()) == ()
