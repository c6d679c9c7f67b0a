"""A PDF whose inside is broken opens all the same in most viewers."""

from pathlib import Path

from builder.check import check_pdf
from tests.check.books import write_pdf


def test_a_wrong_cross_reference_is_found(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    content = path.read_bytes()
    path.write_bytes(content.replace(b"startxref\n", b"startxref\n9"))
    found = [one for one in check_pdf(path) if one.code == "K121"]
    assert found
    assert found[0].message.startswith("the PDF is damaged: ")


def test_a_sound_pdf_is_not(tmp_path: Path) -> None:
    assert check_pdf(write_pdf(tmp_path / "a.pdf")) == ()
