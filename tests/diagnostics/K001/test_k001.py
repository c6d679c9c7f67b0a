"""A file that is neither an EPUB nor a PDF is refused, whatever its name."""

from pathlib import Path

import pytest

from builder.check import check
from builder.core.errors import SourceError
from tests.check.books import write_pdf


def test_a_text_named_like_a_book_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_text("只是一段文字。", "utf-8")
    with pytest.raises(SourceError) as refusal:
        check(path)
    assert str(refusal.value) == (
        f"{path}: error K001: this is neither an EPUB nor a PDF\n"
        "  hint: check takes finished books, as builder build writes them"
    )


def test_a_pdf_with_another_name_is_judged(tmp_path: Path) -> None:
    # WeasyPrint alone sets Chinese badly, which is told as well (K301 and on).
    found = check(write_pdf(tmp_path / "a.txt"))
    assert [one for one in found if not one.code.startswith("K3")] == []
