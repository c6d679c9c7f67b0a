"""poppler, MuPDF and pdf.js are really asked, and see what is there."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from tests.judges import (
    JudgeError,
    OutlineEntry,
    PdfRead,
    Run,
    Words,
    read_with_mupdf_as_pdf,
    read_with_pdfjs,
    read_with_poppler,
    words_of,
)

pytestmark = pytest.mark.judge

Reader = Callable[[Path], PdfRead]
readers = pytest.mark.parametrize(
    "reader", [read_with_poppler, read_with_mupdf_as_pdf, read_with_pdfjs]
)
tag_readers = pytest.mark.parametrize("reader", [read_with_poppler, read_with_pdfjs])

PAGES = """<html lang="zh-Hans"><head><title>渡口</title><style>
@page { size: A6; @bottom-center { content: "页眉" } } h1, h2 { break-before: page }
</style></head><body><article><h1>卷一</h1><p>水底下有人敲钟。</p>
<h2>第一章</h2><p>天亮了，他数到“十二”。</p></article><h1>后记</h1><p>写完了。</p></body></html>"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readers") / "渡口.pdf"
    weasyprint.HTML(string=PAGES).write_pdf(path, pdf_tags=True)
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        labels = b"<< /Nums [0 << /S /r >> 1 << /S /D >>] >>"
        opened.Root.PageLabels = pikepdf.Object.parse(labels)
        opened.save(path)
    return path


@readers
def test_a_reader_sees_pages_and_bookmarks(reader: Reader, pdf: Path) -> None:
    read = reader(pdf)
    first = OutlineEntry("卷一", 1, (OutlineEntry("第一章", 2, ()),))
    assert read.outline == (first, OutlineEntry("后记", 3, ()))
    assert [text.split()[0] for text in read.pages] == ["卷一", "第一章", "后记"]


@readers
def test_a_bookmark_that_leads_elsewhere_is_seen(reader: Reader, pdf: Path, tmp_path: Path) -> None:
    with pikepdf.open(pdf) as opened:
        with opened.open_outline() as outline:
            outline.root[1].destination = pikepdf.make_page_destination(opened, 0)
        opened.save(tmp_path / "astray.pdf")
    assert reader(tmp_path / "astray.pdf").outline[1] == OutlineEntry("后记", 1, ())


@readers
def test_a_file_without_bookmarks_has_none_and_a_torn_one_is_no_verdict(
    reader: Reader, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.pdf"
    weasyprint.HTML(string="<p>字</p>").write_pdf(bare)
    assert (reader(bare).outline, len(reader(bare).pages)) == ((), 1)
    torn = tmp_path / "torn.pdf"
    torn.write_text("第一章", "utf-8")
    with pytest.raises(JudgeError):
        reader(torn)


@pytest.mark.parametrize("reader", [read_with_mupdf_as_pdf, read_with_pdfjs])
def test_page_numbers_are_those_that_the_file_gives(reader: Reader, pdf: Path) -> None:
    assert reader(pdf).labels == ("i", "1", "2")


@tag_readers
def test_along_the_tags_the_text_is_that_of_the_article(reader: Reader, pdf: Path) -> None:
    words = words_of(reader(pdf).runs)
    assert words == Words("卷一水底下有人敲钟。第一章天亮了，他数到“十二”。", (), ())


@tag_readers
def test_a_file_without_tags_has_no_words(reader: Reader, tmp_path: Path) -> None:
    weasyprint.HTML(string=PAGES).write_pdf(tmp_path / "bare.pdf")
    assert words_of(reader(tmp_path / "bare.pdf").runs) == Words("", (), ())


def test_notes_begin_with_their_labels_and_readings_are_no_words() -> None:
    note = ("Art", "P", "Note")
    runs = (
        Run(("TOC", "TOCI"), "第一章 1"),
        Run(("Art", "P"), "钟 "),
        Run(("Art", "P", "Lbl"), "①"),
        Run((*note, "Lbl"), "①"),
        Run(note, "一口"),
        Run((*note, "Ruby", "RT"), "kǒu"),
        Run(note, "钟"),
        Run((*note, "Lbl"), "②"),
        Run(note, "又一口"),
        Run(("Art", "P"), "响"),
        Run(("Art", "P", "Ruby", "RB"), "了"),
        Run(("Art", "P", "Ruby", "RT"), "le"),
        Run(("Art", "Figure"), "图"),
    )
    assert words_of(runs) == Words("钟响了", ("一口钟", "又一口"), ("kǒu", "le"))
