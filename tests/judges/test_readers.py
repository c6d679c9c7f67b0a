"""Both engines really open the book, and say what is wrong with a bad one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.judges import (
    Complaints,
    JudgeError,
    Opened,
    View,
    epubcheck,
    leaf_through_in_epubjs,
    leaf_through_in_foliate,
    open_in_epubjs,
    open_in_foliate,
    pop_ups_in_foliate,
)
from tests.judges.tiny import CHAPTER, NAV, PACKAGE, tiny_epub

pytestmark = pytest.mark.judge

Engine = Callable[..., Opened]
engines = pytest.mark.parametrize("engine", [open_in_foliate, open_in_epubjs])


@engines
def test_an_engine_reads_the_whole_book(engine: Engine, tmp_path: Path) -> None:
    opened = engine(tiny_epub(tmp_path / "渡口.epub"))
    assert (opened.title, opened.authors, opened.language) == ("渡口", ("何舟",), "zh-Hant")
    assert (opened.direction, opened.writing_mode, opened.sections) == ("rtl", "vertical-rl", 2)
    assert [entry.label for entry in opened.toc] == ["第一章 燈下", "第二章 對岸"]
    assert [entry.label for entry in opened.toc[0].children] == ["鐘聲"]
    assert opened.dead_entries == ()
    assert [(mark.label, mark.types) for mark in opened.landmarks] == [("正文", ("bodymatter",))]
    assert "水底下有人敲鐘。" in opened.first_text
    assert opened.last_text.startswith("第二章 對岸")


@engines
def test_a_lost_direction_is_seen_though_epubcheck_is_content(
    engine: Engine, tmp_path: Path
) -> None:
    package = PACKAGE.replace(' page-progression-direction="rtl"', "")
    book = tiny_epub(tmp_path / "lost.epub", package=package)
    assert epubcheck([book])[book] == []
    assert engine(book).direction != "rtl"


@engines
def test_a_contents_entry_that_leads_nowhere_is_seen(engine: Engine, tmp_path: Path) -> None:
    book = tiny_epub(tmp_path / "dead.epub", nav=NAV.replace("c2.xhtml", "c9.xhtml"))
    [dead] = engine(book).dead_entries
    assert dead.endswith("c9.xhtml")


@engines
def test_a_font_of_garbage_does_not_pass(engine: Engine, tmp_path: Path) -> None:
    style = (
        "@font-face { font-family: S; src: url(data:font/otf;base64,AAAA) } p { font-family: S }"
    )
    chapter = CHAPTER.format(title="一", text="二").replace("<style>", f"<style>{style}")
    book = tiny_epub(tmp_path / "garbage.epub", c2=chapter)
    assert engine(book).fonts == {"S": "error"}


def test_a_request_that_fails_is_a_complaint(tmp_path: Path) -> None:
    chapter = CHAPTER.format(title="一", text='<img src="http://book.invalid/x.png" alt=""/>')
    book = tiny_epub(tmp_path / "phoning.epub", c1=chapter)
    with pytest.raises(Complaints, match="ERR_NAME_NOT_RESOLVED"):
        open_in_foliate(book)


@engines
def test_a_file_that_is_no_book_is_an_error_and_the_next_book_opens(
    engine: Engine, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.epub"
    torn.write_bytes(b"PK not a book")
    with pytest.raises(JudgeError):
        engine(torn)
    assert engine(tiny_epub(tmp_path / "sound.epub")).sections == 2


@engines
def test_a_picture_is_a_png_of_the_view(engine: Engine, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    engine(tiny_epub(tmp_path / "a.epub"), picture=picture, section=1)
    assert picture.read_bytes().startswith(b"\x89PNG")


NOTED = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>章</title></head><body><p>渡口<a epub:type="noteref" role="doc-noteref" href="#n">1</a></p>
<ol><li id="n" epub:type="footnote"><p>舊時的渡口。</p></li></ol></body></html>"""


def test_a_note_pops_up_when_its_mark_is_clicked(tmp_path: Path) -> None:
    [shown] = pop_ups_in_foliate(tiny_epub(tmp_path / "a.epub", c2=NOTED))
    assert (shown.mark, shown.kind, shown.text) == ("1", "footnote", "舊時的渡口。")


def test_a_mark_whose_note_is_gone_shows_no_note(tmp_path: Path) -> None:
    book = tiny_epub(tmp_path / "a.epub", c2=NOTED.replace('href="#n"', 'href="#m"'))
    [shown] = pop_ups_in_foliate(book)
    assert (shown.kind, shown.text) != ("footnote", "舊時的渡口。")
    assert shown.kind == ""


@pytest.mark.parametrize("leaf_through", [leaf_through_in_foliate, leaf_through_in_epubjs])
def test_every_section_is_seen_with_what_it_does_not_show(
    leaf_through: Callable[[Path], tuple[View, ...]], tmp_path: Path
) -> None:
    blank = CHAPTER.format(title="二", text='<img src="data:image/png;base64,AAAA" alt=""/>')
    first, last = leaf_through(tiny_epub(tmp_path / "a.epub", c2=blank))
    assert (first.writing_mode, first.blank, len(last.blank)) == ("vertical-rl", (), 1)
    assert "水底下有人敲鐘。" in first.text
