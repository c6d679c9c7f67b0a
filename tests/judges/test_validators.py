"""epubcheck-ts, Ace, calibre and MuPDF: content with a sound book, and not with a bad one."""

import zipfile
from pathlib import Path

import pytest

from tests.judges import JudgeError, ace, check_book, convert, epubcheck_ts, read_with_mupdf
from tests.judges.tiny import CHAPTER, NAV, PACKAGE, tiny_epub

pytestmark = pytest.mark.judge


def test_epubcheck_ts_tells_faults_from_soundness(tmp_path: Path) -> None:
    dangling = tiny_epub(tmp_path / "a.epub", nav=NAV.replace("c2.xhtml", "c9.xhtml"))
    sound = tiny_epub(tmp_path / "b.epub")
    faults = epubcheck_ts([dangling, sound])
    assert [fault.split()[:2] for fault in faults[dangling]] == [["ERROR", "RSC-007"]]
    assert faults[sound] == []


def test_epubcheck_ts_says_when_it_cannot_judge(tmp_path: Path) -> None:
    with pytest.raises(JudgeError, match="no report"):
        epubcheck_ts([tmp_path / "absent.epub"])


def test_ace_sees_an_image_without_words(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="9" height="9"><g/></svg>'
    book = tiny_epub(tmp_path / "a.epub", c2=CHAPTER.format(title="一", text=drawing))
    assert [fault.split()[:3] for fault in ace(book) if "svg" in fault] == [
        ["c2.xhtml", "serious", "svg-img-alt"]
    ]


def test_ace_lets_a_note_be_an_item_of_a_list_and_nothing_else(tmp_path: Path) -> None:
    note = '{}<ol><li class="duokan-footnote-item" epub:type="footnote">注</li></ol>{}'
    section = '<section epub:type="chapter"><p>节</p></section>'
    chapter = CHAPTER.format(title="一", text="文").replace(
        "<html ", '<html xmlns:epub="http://www.idpf.org/2007/ops" lang="zh" xml:lang="zh" '
    )
    book = tiny_epub(
        tmp_path / "a.epub",
        c1=chapter.replace("</body>", note.format("", "</body>")),
        c2=chapter.replace("</body>", note.format(section, "</body>")),
    )
    role = [
        fault for fault in ace(book) if fault.startswith(("c1", "c2")) and "-matching-role" in fault
    ]
    assert [fault.split()[0] for fault in role] == ["c2.xhtml"]
    assert "epub-type-has-matching-role <section" in role[0]


def test_calibre_knows_a_font_from_garbage(tmp_path: Path) -> None:
    package = PACKAGE.replace(
        "</manifest>", '<item id="f" href="a.otf" media-type="font/otf"/></manifest>'
    )
    style = "@font-face { font-family: S; src: url(a.otf) } p { font-family: S }"
    chapter = CHAPTER.format(title="一", text="二").replace("<style>", f"<style>{style}")
    garbage = tiny_epub(tmp_path / "garbage.epub", package=package, c2=chapter)
    with zipfile.ZipFile(garbage, "a") as archive:
        archive.writestr("EPUB/a.otf", b"no font at all")
    found = check_book([garbage])[garbage]
    assert any(one.startswith("InvalidFont EPUB/a.otf") for one in found), found


def test_calibre_sees_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    chapter = CHAPTER.format(title="一", text='<a href="nowhere.xhtml">二</a>')
    book = tiny_epub(tmp_path / "a.epub", c2=chapter)
    assert any("nowhere.xhtml" in one for one in check_book([book])[book])


def test_calibre_converts_what_it_can_read(tmp_path: Path) -> None:
    book = tiny_epub(tmp_path / "a.epub")
    assert "水底下有人敲鐘。" in convert(book, tmp_path / "a.txt").read_text("utf-8")
    torn = tmp_path / "torn.epub"
    torn.write_bytes(b"PK not a book")
    with pytest.raises(JudgeError, match="ebook-convert failed"):
        convert(torn, tmp_path / "b.txt")


def test_mupdf_reads_text_and_contents(tmp_path: Path) -> None:
    read = read_with_mupdf(tiny_epub(tmp_path / "a.epub"))
    assert read.toc == ((0, "第一章 燈下"), (1, "鐘聲"), (0, "第二章 對岸"))
    assert "他數到第十二下。" in read.text
    torn = tmp_path / "torn.epub"
    torn.write_bytes(b"PK not a book")
    with pytest.raises(JudgeError, match="cannot open"):
        read_with_mupdf(torn)
