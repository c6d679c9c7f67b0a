"""Two hyphens in a comment make Send-to-Kindle refuse the book."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import chapter, place, write_epub


def test_two_hyphens_in_a_comment_are_found(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub",
        {"EPUB/c1.xhtml": chapter().replace("<body>", "<body>\n<!-- 上 -- 下 -->")},
    )
    found = [one for one in faults(open_package(path)) if one.code == "K108"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/c1.xhtml:5", "error", "a comment contains --"),
    ]


def test_one_hyphen_is_not(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub",
        {"EPUB/c1.xhtml": chapter().replace("<body>", "<body>\n<!-- 上 - 下 -->")},
    )
    assert "K108" not in [one.code for one in faults(open_package(path))]
