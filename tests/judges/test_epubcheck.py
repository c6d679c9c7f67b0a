"""EPUBCheck is really asked, and really objects."""

from pathlib import Path

import pytest

from tests.judges import JudgeError, epubcheck
from tests.judges.epubcheck import ALL
from tests.judges.tiny import CHAPTER, NAV, PACKAGE, tiny_epub

pytestmark = pytest.mark.judge


def test_a_valid_book_has_no_faults(tmp_path: Path) -> None:
    book = tiny_epub(tmp_path / "渡口.epub")
    assert epubcheck([book]) == {book: []}


def test_each_broken_book_is_caught_and_the_next_one_judged_afresh(tmp_path: Path) -> None:
    dangling = NAV.replace("c2.xhtml", "c9.xhtml")
    torn = CHAPTER.format(title="一", text="二").replace("</p>", "")
    books = [
        tiny_epub(tmp_path / "dangling.epub", nav=dangling),
        tiny_epub(tmp_path / "torn.epub", c1=torn),
        tiny_epub(tmp_path / "sound.epub"),
    ]
    faults = epubcheck(books)
    assert faults[books[0]][0].startswith("ERROR RSC-007 EPUB/nav.xhtml:5:")
    assert faults[books[1]][0].startswith("FATAL RSC-016 EPUB/c1.xhtml:3:")
    assert faults[books[2]] == []


def test_warnings_count(tmp_path: Path) -> None:
    repeated = PACKAGE.replace("<dc:language>", "<dc:date>soon</dc:date><dc:language>")
    book = tiny_epub(tmp_path / "dated.epub", package=repeated)
    assert [fault.split()[:2] for fault in epubcheck([book])[book]] == [["WARNING", "OPF-053"]]


def test_usage_hints_are_told_only_when_asked_for(tmp_path: Path) -> None:
    nowhere = CHAPTER.replace("{text}", '<a href="">{text}</a>').format(title="一", text="二")
    book = tiny_epub(tmp_path / "hinted.epub", c1=nowhere)
    assert epubcheck([book])[book] == []
    hints = epubcheck([book], severities=ALL)[book]
    assert [hint.split()[:2] for hint in hints] == [["USAGE", "HTM-045"]]


def test_a_missing_book_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(JudgeError, match="no such book"):
        epubcheck([tmp_path / "absent.epub"])
