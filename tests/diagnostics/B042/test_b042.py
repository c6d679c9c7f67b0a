"""Two books of one name in one run: the second does not replace the first in silence."""

from pathlib import Path

import pytest

from builder.cli import main


def test_b042_the_first_of_two_books_of_one_name_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = [tmp_path / name / "渡口.txt" for name in ("甲", "乙")]
    for book in books:
        book.parent.mkdir()
        book.write_text(f"第一章 {book.parent.name}\n\n天亮了。\n", "utf-8")
    build = ["build", *map(str, books), "--format", "epub", "--out", str(tmp_path / "o")]
    assert main(build) == 7
    printed = capsys.readouterr().err
    assert "渡口.epub: error B042: " in printed
    made = tmp_path / "o" / "渡口" / "渡口.epub"
    assert main(["check", str(made), "--against", str(books[0])]) == 0


def test_b042_is_silent_when_a_book_is_built_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "渡口.txt"
    book.write_text("第一章 灯\n\n天亮了。\n", "utf-8")
    for _ in range(2):
        assert main(["build", str(book), "--format", "epub", "--out", str(tmp_path / "o")]) == 0
    assert "B042" not in capsys.readouterr().err
