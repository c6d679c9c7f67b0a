"""Without structure tags nobody can tell text from furniture."""

from pathlib import Path

from builder.check import check_pdf
from tests.check.books import book, write_pdf


def test_an_untagged_pdf_is_found(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", tags=False)
    (found,) = check_pdf(path, against=book())
    assert str(found) == (
        f"{path}: error K123: the PDF has no structure tags, so its text cannot be compared\n"
        "  hint: a PDF of builder build has them"
    )


def test_a_tagged_pdf_is_not(tmp_path: Path) -> None:
    assert check_pdf(write_pdf(tmp_path / "a.pdf"), against=book()) == ()
