"""EPUBs set anew: pages in their order, titles as headings, notes, pictures, what they say."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.core.config import Config
from builder.core.errors import SourceError
from builder.core.manuscript import Manuscript, MarkKind
from builder.core.traversal import project
from builder.pipeline import BuildOptions, build, inspect
from builder.read import Reading, discover, read
from builder.read.archive import Archive
from builder.read.epub import epub_library

from .conftest import assert_exact, suppress_told, zipped

PROSE = "雨下了一夜，渡口的石阶没进水里。"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
)
METADATA = "<dc:title>夜航</dc:title><dc:creator>林晚</dc:creator>"


def page(body: str) -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>不印的题目</title></head>'
        f"<body>{body}</body></html>"
    )


def book(
    pages: Mapping[str, str],
    *,
    toc: str = "",
    ncx: str = "",
    metadata: str = METADATA,
    guide: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    manifest: str = "",
) -> bytes:
    """An EPUB of these pages, in this order; `toc` is the list of its contents."""
    extra = dict(extra or {})
    items = "".join(
        f'<item id="p{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(pages)
    )
    if toc:
        items += (
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
        extra["OEBPS/nav.xhtml"] = page(f'<nav epub:type="toc"><ol>{toc}</ol></nav>')
    if ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        extra["OEBPS/toc.ncx"] = (
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>'
        )
    refs = "".join(f'<itemref idref="p{number}"/>' for number in range(len(pages)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}{manifest}</manifest>"
        f'<spine toc="ncx">{refs}</spine><guide>{guide}</guide></package>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/content.opf": opf,
            **{f"OEBPS/{name}": page(body) for name, body in pages.items()},
            **extra,
        }
    )


def read_epub(tmp_path: Path, content: bytes) -> Reading:
    path = tmp_path / "夜航.epub"
    path.write_bytes(content)
    reading = read(discover(path), Config())
    assert_exact(reading.manuscript)
    return reading


def headings(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [
        (mark.value, manuscript.text[mark.start : mark.end])
        for mark in manuscript.marks
        if mark.kind is MarkKind.HEADING
    ]


def marked(manuscript: Manuscript, kind: MarkKind) -> list[tuple[str, str]]:
    return [
        (mark.value, manuscript.text[mark.start : mark.end])
        for mark in manuscript.marks
        if mark.kind is kind
    ]


def test_pages_stand_in_the_order_of_the_spine(tmp_path: Path) -> None:
    content = book({"z.xhtml": "<p>第一页。</p>", "a.xhtml": "<p>第二页。</p>"})
    assert read_epub(tmp_path, content).manuscript.text == "第一页。\n第二页。"


def test_titles_of_the_contents_make_headings_of_plain_paragraphs(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f'<p class="t">第一卷 涨水</p><p id="c1">第一章：夜雨</p><p>{PROSE}</p>',
            "2.xhtml": f"<h3>第二章<br/>渡口</h3><p>{PROSE}</p>",
        },
        toc='<li><a href="1.xhtml">第一卷　涨水</a><ol><li><a href="1.xhtml#c1">第一章　夜雨</a></li>'
        '<li><a href="2.xhtml">第二章 渡口</a></li></ol></li>',
    )
    found = headings(read_epub(tmp_path, content).manuscript)
    assert found == [("1", "第一卷 涨水"), ("2", "第一章：夜雨"), ("2", "第二章　渡口")]


def test_a_title_that_only_the_contents_have_is_set(tmp_path: Path) -> None:
    content = book(
        {"1.xhtml": f"<p>{PROSE}</p><p id='b'>天亮了。</p>"},
        ncx='<navPoint><navLabel><text>第一章</text></navLabel><content src="1.xhtml"/>'
        '<navPoint><navLabel><text>天亮</text></navLabel><content src="1.xhtml#b"/></navPoint>'
        "</navPoint>",
    )
    manuscript = read_epub(tmp_path, content).manuscript
    assert manuscript.text == f"第一章\n\n{PROSE}\n\n天亮\n\n天亮了。"
    assert headings(manuscript) == [("1", "第一章"), ("2", "天亮")]
    assert {rule for layer in manuscript.layers for rule in layer.rules} >= {"R107"}


def test_a_heading_named_otherwise_in_the_contents_takes_its_level(tmp_path: Path) -> None:
    content = book(
        {"1.xhtml": f"<h4>第一章　夜雨</h4><p>{PROSE}</p>"},
        toc='<li><a href="1.xhtml">1</a></li>',
    )
    assert headings(read_epub(tmp_path, content).manuscript) == [("1", "第一章　夜雨")]


def test_pages_about_the_edition_are_left_out_and_told(tmp_path: Path) -> None:
    content = book(
        {
            "cover.xhtml": "<img src='c.jpg' alt='封面'/>",
            "x1.xhtml": '<section epub:type="titlepage"><h1>夜航</h1></section>',
            "x2.xhtml": "<p>版权所有</p>",
            "1.xhtml": f"<h1>第一章</h1><p>{PROSE}</p>",
            "cover-story.xhtml": "<p>封面故事。</p>",
        },
        guide='<reference type="copyright-page" href="x2.xhtml"/>',
    )
    reading = read_epub(tmp_path, content)
    assert reading.manuscript.text == f"第一章\n\n{PROSE}\n\n封面故事。"
    (found, joined) = reading.diagnostics
    assert (found.code, dict(found.values)["count"]) == ("R032", 3)
    assert (joined.code, dict(joined.values)["names"]) == ("R033", "cover-story.xhtml")


def test_a_long_page_called_contents_is_text(tmp_path: Path) -> None:
    content = book({"contents.xhtml": f"<p>{PROSE * 200}</p>"})
    assert read_epub(tmp_path, content).manuscript.text == PROSE * 200


def test_notes_and_their_marks_find_each_other_across_pages(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": '<p>他说<a epub:type="noteref" href="n.xhtml#f1">[1]</a>好。</p>'
            '<p>再说<a class="duokan-footnote" href="#f2" id="r2"><img src="note.png"/></a>。</p>'
            '<ol class="duokan-footnote-content"><li class="duokan-footnote-item" id="f2">'
            '<p><a href="#r2">◎</a>乙注</p></li></ol>',
            "n.xhtml": '<aside epub:type="footnote" id="f1"><p><a href="1.xhtml#r1">[1]</a>甲注</p></aside>',
        }
    )
    reading = read_epub(tmp_path, content)
    manuscript = reading.manuscript
    assert marked(manuscript, MarkKind.NOTE_REF) == [
        ("OEBPS/n.xhtml#f1", "[1]"),
        ("OEBPS/1.xhtml#f2", "\ufffc"),
    ]
    assert marked(manuscript, MarkKind.NOTE) == [
        ("OEBPS/1.xhtml#f2", "◎乙注"),
        ("OEBPS/n.xhtml#f1", "甲注"),
    ]
    assert not marked(manuscript, MarkKind.LIST)
    assert reading.diagnostics == ()


def test_a_link_inside_a_note_that_is_no_way_back_stays(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": '<aside epub:type="footnote" id="f"><p>见<a href="#c3">第三章</a>，'
            '<a href="https://example.org">网页</a>。</p></aside>'
        }
    )
    assert read_epub(tmp_path, content).manuscript.text == "见第三章，网页。"


def test_ruby_emphasis_and_pictures_are_kept(tmp_path: Path) -> None:
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (3, 3)).save(picture, "PNG")
    content = book(
        {
            "1.xhtml": "<p><ruby>渡<rt>dù</rt></ruby>口，<em>很</em>远<img src='../i/塔.png' alt='塔'/></p>"
        },
        extra={"i/塔.png": picture.getvalue()},
    )
    manuscript = read_epub(tmp_path, content).manuscript
    kinds = {mark.kind for mark in manuscript.marks} - {MarkKind.ANCHOR}
    assert kinds == {MarkKind.RUBY, MarkKind.READING, MarkKind.EMPHASIS, MarkKind.IMAGE}
    assert [asset.name for asset in manuscript.assets] == ["塔.png"]


def test_what_it_says_about_itself_becomes_hints(tmp_path: Path) -> None:
    metadata = (
        '<dc:title id="t">夜航</dc:title><dc:title id="s">四条水</dc:title>'
        '<meta refines="#s" property="title-type">subtitle</meta>'
        "<dc:creator>林晚</dc:creator><dc:creator>Doyle, Arthur Conan</dc:creator>"
        "<dc:language>zh-Hant-TW</dc:language><dc:identifier>urn:isbn:9787020002207</dc:identifier>"
        "<dc:identifier>urn:uuid:42ca554d-3001-5a54-85c7-35e0c3e105e5</dc:identifier>"
        "<dc:publisher>青篙社</dc:publisher><dc:date>1999-07-12T00:00:00Z</dc:date>"
        "<dc:description>&lt;p&gt;一夜的雨。&lt;/p&gt;</dc:description>"
        "<dc:subject>小说</dc:subject><dc:subject>江河</dc:subject><dc:rights>CC0</dc:rights>"
    )
    content = book({"1.xhtml": f"<p>{PROSE}</p>"}, metadata=metadata)
    assert dict(read_epub(tmp_path, content).manuscript.hints) == {
        "title": "夜航",
        "subtitle": "四条水",
        "creators": "林晚、Arthur Conan Doyle",
        "language": "zh-Hant-TW",
        "identifier": "urn:uuid:42ca554d-3001-5a54-85c7-35e0c3e105e5",
        "isbn": "9787020002207",
        "publisher": "青篙社",
        "date": "1999-07-12",
        "rights": "CC0",
        "description": "一夜的雨。",
        "subjects": "小说、江河",
    }


def test_who_did_what_and_the_series_become_hints(tmp_path: Path) -> None:
    metadata = (
        '<dc:title>夜航</dc:title><dc:creator id="a">林晚</dc:creator>'
        '<dc:contributor id="b">周渡</dc:contributor><dc:contributor id="c">何舟</dc:contributor>'
        '<dc:contributor opf:role="bkp" xmlns:opf="http://www.idpf.org/2007/opf">calibre'
        '</dc:contributor><meta refines="#b" property="role">trl</meta>'
        '<meta refines="#c" property="role">trl</meta>'
        '<meta id="s" property="belongs-to-collection">四季渡</meta>'
        '<meta refines="#s" property="collection-type">series</meta>'
        '<meta refines="#s" property="group-position">4</meta>'
    )
    hints = dict(
        read_epub(
            tmp_path, book({"1.xhtml": f"<p>{PROSE}</p>"}, metadata=metadata)
        ).manuscript.hints
    )
    assert {key: value for key, value in hints.items() if key != "title"} == {
        "creators": "林晚",
        "creators.trl": "周渡、何舟",
        "series": "四季渡",
        "series.position": "4",
    }


def test_a_collection_by_its_editor_has_no_author_and_calibres_series_is_known(
    tmp_path: Path,
) -> None:
    metadata = (
        '<dc:creator opf:role="edt" xmlns:opf="http://www.idpf.org/2007/opf">周渡</dc:creator>'
        '<meta id="s" property="belongs-to-collection">渡口书单</meta>'
        '<meta refines="#s" property="collection-type">set</meta>'
        '<meta name="calibre:series" content="四季渡"/><meta name="calibre:series_index" content="1.5"/>'
    )
    hints = dict(
        read_epub(
            tmp_path, book({"1.xhtml": f"<p>{PROSE}</p>"}, metadata=metadata)
        ).manuscript.hints
    )
    assert (hints.get("creators"), hints["creators.edt"]) == (None, "周渡")
    assert (hints["series"], hints["series.position"]) == ("四季渡", "1.5")


@pytest.mark.parametrize(
    "manifest",
    [
        '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>',
        '<item id="c" href="c.png" media-type="image/png"/><meta name="cover" content="c"/>',
    ],
)
def test_the_cover_is_found(tmp_path: Path, manifest: str) -> None:
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (3, 3)).save(picture, "PNG")
    pages = {"1.xhtml": f"<p>{PROSE}</p>"}
    content = book(pages, manifest=manifest, extra={"OEBPS/c.png": picture.getvalue()})
    assert read_epub(tmp_path, content).manuscript.cover == "cover.png"
    broken = book(pages, manifest=manifest, extra={"OEBPS/c.png": b"no picture"})
    assert read_epub(tmp_path, broken).manuscript.cover == ""


def test_a_locked_book_is_refused_and_scrambled_fonts_are_not(tmp_path: Path) -> None:
    def encryption(algorithm: str) -> dict[str, str]:
        return {
            "META-INF/encryption.xml": '<encryption><EncryptedData><EncryptionMethod Algorithm="'
            f'{algorithm}"/></EncryptedData></encryption>'
        }

    pages = {"1.xhtml": f"<p>{PROSE}</p>"}
    fonts = encryption("http://www.idpf.org/2008/embedding")
    assert read_epub(tmp_path, book(pages, extra=fonts)).manuscript.text == PROSE
    aes = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    for extra in (aes, {"META-INF/rights.xml": "<rights/>"}):
        with pytest.raises(SourceError, match="R029"):
            read_epub(tmp_path, book(pages, extra=extra))


@pytest.mark.parametrize(
    "members",
    [
        {"META-INF/container.xml": "no XML at all"},
        {"META-INF/container.xml": "<container/>"},
        {"META-INF/container.xml": '<!DOCTYPE c [<!ENTITY x "y">]><container>&x;</container>'},
        {"OEBPS/content.opf": "<package/>"},
    ],
)
def test_missing_package_files_are_told(tmp_path: Path, members: Mapping[str, str]) -> None:
    with pytest.raises(SourceError, match="R030"):
        read_epub(tmp_path, zipped({"META-INF/container.xml": CONTAINER, **members}))


def test_no_entity_is_ever_resolved(tmp_path: Path) -> None:
    (tmp_path / "秘密").write_text("秘密")
    opf = f'<!DOCTYPE p [<!ENTITY s SYSTEM "{tmp_path}/秘密">]><package>&s;</package>'
    with pytest.raises(SourceError, match="R030"):
        read_epub(tmp_path, zipped({"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": opf}))


def test_a_missing_page_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    content = book({"1.xhtml": f"<p>{PROSE}</p>", "2.xhtml": ""})
    renamed = content.replace(b"OEBPS/2.xhtml", b"OEBPS/9.xhtml")
    reading = read_epub(tmp_path, renamed)
    assert reading.manuscript.text == PROSE
    assert [found.code for found in reading.diagnostics] == ["R031", "R041"]


def test_only_pages_about_the_edition_are_no_book(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="R028"):
        read_epub(tmp_path, book({"cover.xhtml": "<p>夜航</p>"}))


def test_our_own_book_comes_back_word_for_word(tmp_path: Path) -> None:
    root = tmp_path / "夜航"
    root.mkdir()
    (root / "1.md").write_text(
        "# 第一卷　涨水\n\n## 第一章　夜雨\n\n雨下了*一夜*，他说[^1]：\n\n> 月落乌啼霜满天，\n\n***\n\n"
        "<ruby>渡<rt>dù</rt></ruby>口没有人。[^2]\n\n- 绳\n- 桨\n\n"
        "| 站 | 时刻 |\n|---|---|\n| 上 | 1:40 |\n\n[^1]: 甲注。\n[^2]: 乙注。\n\n"
        "## 第二章　渡口\n\n天亮了。\n",
        encoding="utf-8",
    )
    out = tmp_path / "dist"
    build(root, BuildOptions(formats=("epub",), out=out, environment={}))
    first = inspect(root).book
    path = out / "夜航" / "夜航.epub"
    again = inspect(path)
    assert project(again.book) == project(first)
    assert [note.blocks[0] for note in strip(again.book.notes)] == [
        note.blocks[0] for note in strip(first.notes)
    ]
    assert again.source.slug == "夜航-2"
    kobo = path.rename(path.with_name("夜航.kepub.epub"))
    assert inspect(kobo).source.slug == "夜航-2"
    assert inspect(kobo.rename(tmp_path / "夜航.kepub.epub")).source.slug == "夜航"


def strip(notes: tuple) -> tuple:  # type: ignore[type-arg]  # any note, without its place
    from builder.core.span import NOWHERE

    return tuple(
        replace(note, blocks=tuple(replace(block, span=NOWHERE) for block in note.blocks))
        for note in notes
    )


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_package_raises_only_what_people_are_told(data: st.DataObject) -> None:
    noise = st.sampled_from(
        [
            "<a href='%'>",
            "]]>",
            "<!--",
            "&x;",
            "\0",
            "//[",
            "?#",
            "..",
            "<li>",
            "<ol>",
            "</ol>",
            "夜",
        ]
    )
    toc = "".join(data.draw(st.lists(noise, max_size=8)))
    metadata = "".join(data.draw(st.lists(noise, max_size=8)))
    content = book(
        {"1.xhtml": f"<p>{PROSE}</p>", f"{toc[:3]}.xhtml".replace("\0", ""): "<p>二</p>"},
        toc=f"<li><a href='1.xhtml{toc}'>一</a></li>{toc}",
        metadata=metadata,
    )
    with suppress_told({"R025", "R028", "R029", "R030"}):
        archive = Archive(content, "夜航.epub")
        epub_library(archive)


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<a id="r1" href="#n1">[1]</a>', '<p><a id="n1" href="#r1">[1]</a>甲注</p>'),
        ('<sup id="r1"><a href="#n1">①</a></sup>', '<p id="n1"><a href="#r1">①</a> 甲注</p>'),
        (
            '<a id="r1" href="#n1"><sup>注1</sup></a>',
            '<ol><li id="n1"><p><a href="#r1">1</a>甲注</p></li></ol>',
        ),
        (
            '<a href="#n1" class="footnote-ref" id="r1"><sup>1</sup></a>',
            '<ol><li id="n1"><p>甲注<a href="#r1">↩︎</a></p></li></ol>',
        ),
    ],
)
def test_notes_of_old_books_are_known_by_their_links(tmp_path: Path, mark: str, note: str) -> None:
    content = book({"1.xhtml": f"<p>他说{mark}好。</p><p>天亮了。</p>{note}"})
    manuscript = read_epub(tmp_path, content).manuscript
    (reference,) = marked(manuscript, MarkKind.NOTE_REF)
    (found,) = marked(manuscript, MarkKind.NOTE)
    assert reference[0] == found[0] == "OEBPS/1.xhtml#n1"
    assert found[1].strip() == "甲注"
    book_of_it = inspect(tmp_path / "夜航.epub").book
    assert len(book_of_it.notes) == 1


def test_links_between_chapters_are_no_notes(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": '<p id="a">见<a href="2.xhtml#b">第二章</a>。</p>',
            "2.xhtml": '<p id="b">见<a href="1.xhtml#a">第一章</a>，<a id="x" href="#y">[1]</a>。</p>',
        }
    )
    manuscript = read_epub(tmp_path, content).manuscript
    assert not marked(manuscript, MarkKind.NOTE_REF)
    assert not marked(manuscript, MarkKind.NOTE)


@pytest.mark.parametrize("encoding", ["punycode", "idna", "undefined", "unicode_escape", "zlib"])
def test_a_page_that_names_no_encoding_of_text_is_read_as_utf_8(
    tmp_path: Path, encoding: str
) -> None:
    stated = page("<h1>第一章</h1><p>雨停了。</p>").replace("?>", f' encoding="{encoding}"?>', 1)
    reading = read_epub(tmp_path, book({"1.xhtml": ""}, extra={"OEBPS/1.xhtml": stated}))
    assert "雨停了。" in reading.manuscript.text


def test_a_thousand_missing_pages_are_counted(tmp_path: Path) -> None:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        '<item id="p" href="1.xhtml" media-type="application/xhtml+xml"/></manifest><spine>'
        + "".join(f'<itemref idref="x{number}"/>' for number in range(1000))
        + '<itemref idref="p"/></spine></package>'
    )
    content = book({"1.xhtml": "<p>雨停了。</p>"}, extra={"OEBPS/content.opf": opf})
    reading = read_epub(tmp_path, content)
    told = [found for found in reading.diagnostics if found.code == "R031"]
    assert len(told) == 21
    assert "980" in told[-1].message
