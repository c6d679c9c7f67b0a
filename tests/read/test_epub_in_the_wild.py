"""EPUBs as people have them: made by hand, by calibre, by publishers of three decades."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from builder.core.book import Book, Link, NoteRef, Ruby
from builder.core.errors import SourceError
from builder.core.manuscript import MarkKind
from builder.core.traversal import block_lines, inlines_of, project, walk
from builder.pipeline import inspect

from .test_epub import METADATA, PROSE, book, headings, marked, page, read_epub

ICE = "那年冬天来得早，河面上已经结了一层薄冰。"
SAIL = "老周把渡船拖上岸，用旧帆布盖好压住。"
STREET = "镇上只有一条街，街的尽头是邮局。"
SPRING = "春天到的时候，他把船推下水，没有回头。"
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def png(width: int = 3) -> bytes:
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (width, 3)).save(picture, "PNG")
    return picture.getvalue()


def point(label: str, src: str, inner: str = "") -> str:
    content = f'<content src="{src}"/>' if src else ""
    return f"<navPoint><navLabel><text>{label}</text></navLabel>{content}{inner}</navPoint>"


def outline(found: Book) -> list[tuple[int, str]]:
    return [(depth, section.heading) for depth, section in walk(found.sections)]


def codes(tmp_path: Path, content: bytes) -> list[str]:
    return [one.code for one in read_epub(tmp_path, content).diagnostics]


def book_of(tmp_path: Path, content: bytes) -> Book:
    read_epub(tmp_path, content)
    return inspect(tmp_path / "夜航.epub").book


def notes_of(found: Book) -> list[str]:
    return ["\n".join(line for b in note.blocks for line in block_lines(b)) for note in found.notes]


# --- contents -----------------------------------------------------------------------------


def test_an_entry_without_a_link_is_a_volume_over_those_it_groups(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f"<h2>第一章 雪夜</h2><p>{ICE}</p>",
            "2.xhtml": f"<h2>第二章 渡口</h2><p>{SAIL}</p>",
        },
        toc='<li><span>上部</span><ol><li><a href="1.xhtml">第一章 雪夜</a></li></ol></li>'
        '<li><span>下部</span><ol><li><a href="2.xhtml">第二章 渡口</a></li></ol></li>'
        "<li><span>没有内容</span></li>",
    )
    found = [heading for _, heading in outline(book_of(tmp_path, content))]
    assert found == ["上部", "第一章　雪夜", "下部", "第二章　渡口"]


def test_an_ncx_group_without_a_link_is_kept(tmp_path: Path) -> None:
    content = book(
        {"1.xhtml": f"<p>{ICE}</p>"}, ncx=point("上部", "", point("第一章 雪夜", "1.xhtml"))
    )
    found = headings(read_epub(tmp_path, content).manuscript)
    assert found == [("1", "上部"), ("2", "第一章 雪夜")]


def test_several_entries_for_one_file_find_their_headings_in_it(tmp_path: Path) -> None:
    body = (
        f"<h1>第一部 起</h1><h2>第一章 雪夜</h2><p>{ICE}</p><p>{SAIL}</p><p>{STREET}</p>"
        f"<p>{SPRING}</p><h2>第二章 渡口</h2><p>{PROSE}</p>"
    )
    chapters = point("第一章 雪夜", "1.xhtml") + point("第二章 渡口", "1.xhtml")
    content = book({"1.xhtml": body}, ncx=point("第一部 起", "1.xhtml", chapters))
    assert codes(tmp_path, content) == []
    assert outline(book_of(tmp_path, content)) == [
        (0, "第一部　起"),
        (1, "第一章　雪夜"),
        (1, "第二章　渡口"),
    ]


def test_what_tools_call_an_entry_for_want_of_a_name_is_no_title(tmp_path: Path) -> None:
    pages = {"1.xhtml": f"<h1>第一章 雪夜</h1><p>{ICE}</p>"}
    content = book(pages, ncx=point("Start", "1.xhtml"))
    assert headings(read_epub(tmp_path, content).manuscript) == [("1", "第一章 雪夜")]


def test_one_file_with_fragments_is_cut_as_the_contents_say(tmp_path: Path) -> None:
    body = (
        f'<div id="v1"><p>上卷</p><div id="c1"><p>雪夜</p><p>{ICE}</p></div>'
        f'<div id="c2"><p>渡口</p><p>{SAIL}</p></div></div>'
        f'<div id="v2"><p>下卷</p><a name="c3"></a><p>邮局</p><p>{STREET}</p></div>'
    )
    toc = (
        '<li><a href="b.xhtml#v1">上卷</a><ol><li><a href="b.xhtml#c1">雪夜</a></li>'
        '<li><a href="b.xhtml#c2">渡口</a></li></ol></li>'
        '<li><a href="b.xhtml#v2">下卷</a><ol><li><a href="b.xhtml#c3">邮局</a></li></ol></li>'
    )
    assert outline(book_of(tmp_path, book({"b.xhtml": body}, toc=toc))) == [
        (0, "上卷"),
        (1, "雪夜"),
        (1, "渡口"),
        (0, "下卷"),
        (1, "邮局"),
    ]


def test_named_references_in_the_contents_are_read(tmp_path: Path) -> None:
    content = book(
        {"1.xhtml": f"<p>{ICE}</p>"}, ncx=point("雪夜&mdash;&mdash;A &amp; B&nope;", "1.xhtml")
    )
    assert headings(read_epub(tmp_path, content).manuscript)[0][1].startswith("雪夜——A & B")


# --- pages about the edition --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "body", "toc"),
    [
        ("t.xhtml", "<h1>夜航</h1><p>林晚 著</p><p>青篙社</p>", ""),
        ("x.xhtml", "<p>随便什么</p>", '<li><a href="x.xhtml">扉页</a></li>'),
        ("x.xhtml", "<p>书名：夜航</p><p>作者：林晚</p><p>ISBN 9787020002207</p>", ""),
        ("x.xhtml", f'<svg {SVG}><image xlink:href="c.png"/></svg>', ""),
        (
            "x.xhtml",
            (
                '<p><a href="1.xhtml">雪夜</a></p><p><a href="2.xhtml">渡口</a></p>'
                '<p><a href="3.xhtml">邮局</a></p>'
            ),
            "",
        ),
    ],
    ids=["title page", "called so", "colophon", "cover", "contents"],
)
def test_pages_about_the_edition_are_known_by_what_they_say(
    tmp_path: Path, name: str, body: str, toc: str
) -> None:
    pages = {name: body}
    for number, prose in enumerate((ICE, SAIL, STREET), 1):
        pages[f"{number}.xhtml"] = f"<h1>第{'一二三'[number - 1]}章</h1><p>{prose}</p>"
    toc += "".join(
        f'<li><a href="{n}.xhtml">第{c}章</a></li>' for n, c in zip("123", "一二三", strict=True)
    )
    cover = '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>'
    content = book(pages, toc=toc, manifest=cover, extra={"OEBPS/c.png": png()})
    reading = read_epub(tmp_path, content)
    assert reading.manuscript.text.startswith("第一章\n")
    (found,) = reading.diagnostics
    assert (found.code, dict(found.values)["names"]) == ("R032", name)


def test_a_page_of_prose_that_names_title_and_author_is_text(tmp_path: Path) -> None:
    content = book({"1.xhtml": "<p>夜航是林晚写的，写在一条船上。</p>"})
    assert "写在一条船上" in read_epub(tmp_path, content).manuscript.text


def test_no_chapter_is_invented_for_what_stands_before_the_first(tmp_path: Path) -> None:
    content = book(
        {
            "a.xhtml": f"<p>献给所有渡河的人，{ICE}</p>",
            "1.xhtml": f"<h1>第一章 雪夜</h1><p>{SAIL}</p>",
            "2.xhtml": f"<p>{STREET}</p><p>{SPRING}</p>",
        },
        toc='<li><a href="1.xhtml">第一章 雪夜</a></li>',
    )
    found = book_of(tmp_path, content)
    assert outline(found) == [(0, ""), (0, "第一章　雪夜")]
    assert project(found).endswith(f"{SAIL}\n{STREET}\n{SPRING}")


def test_pages_of_pictures_are_no_chapters(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f"<p>第一章 雪夜</p><p>{ICE}</p>",
            "p.xhtml": '<div><img src="a.png" alt="渡口的图"/></div>',
            "s.xhtml": f'<svg {SVG}><image xlink:href="b.png"/><text>河</text></svg>',
            "2.xhtml": f"<p>第二章 渡口</p><p>{SAIL}</p>",
        },
        extra={"OEBPS/a.png": png(), "OEBPS/b.png": png(5)},
    )
    found = book_of(tmp_path, content)
    assert outline(found) == [(0, "第一章　雪夜"), (0, "第二章　渡口")]
    assert [asset.name for asset in found.assets] == ["a.png", "b.png"]


# --- names and encodings ------------------------------------------------------------------


def test_wrong_case_and_percent_signs_lead_to_the_same_files(tmp_path: Path) -> None:
    content = book(
        {
            "Text/第一章.xhtml": f'<h1>第一章 雪夜</h1><p>{ICE}</p><img src="../IMAGES/A.png" alt="图"/>',
            "Text/c+2.xhtml": f"<h1>第二章 渡口</h1><p>{SAIL}</p>",
        },
        toc='<li><a href="TEXT/%E7%AC%AC%E4%B8%80%E7%AB%A0.xhtml">第一章 雪夜</a></li>'
        '<li><a href="text/c%2B2.xhtml">第二章 渡口</a></li>',
        extra={"OEBPS/images/a.png": png()},
    )
    reading = read_epub(tmp_path, content)
    assert [asset.name for asset in reading.manuscript.assets] == ["a.png"]
    assert [value for value, _ in headings(reading.manuscript)] == ["1", "1"]
    assert [one.code for one in reading.diagnostics] == []


@pytest.mark.parametrize("encoding", ["utf-16", "gb2312", "nonsense"])
def test_pages_in_other_encodings_are_looked_at_like_any_other(
    tmp_path: Path, encoding: str
) -> None:
    body = "他说<a id='r1' href='#n1'>[1]</a>好。" + "天亮了，雨停了，渡口没有人。" * 20
    source = page(f"<p>{body}</p><p><a id='n1' href='#r1'>[1]</a>甲注</p>")
    source = source.replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    codec = "utf-8" if encoding == "nonsense" else encoding
    content = book({"1.xhtml": ""}, extra={"OEBPS/1.xhtml": source.encode(codec)})
    manuscript = read_epub(tmp_path, content).manuscript
    assert [value for value, _ in marked(manuscript, MarkKind.NOTE)] == ["OEBPS/1.xhtml#n1"]


def test_pages_that_the_spine_forgets_stand_where_the_contents_name_them(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f'<h1>第一章</h1><p>{ICE}<a epub:type="noteref" href="n.xhtml#n1">[1]</a></p>',
            "3.xhtml": f"<h1>第三章</h1><p>{STREET}</p>",
        },
        toc="".join(
            f'<li><a href="{n}.xhtml">第{c}章</a></li>'
            for n, c in zip("123", "一二三", strict=True)
        ),
        extra={
            "OEBPS/2.xhtml": page(f"<h1>第二章</h1><p>{SAIL}</p>"),
            "OEBPS/n.xhtml": page('<aside epub:type="footnote" id="n1"><p>薄冰。</p></aside>'),
            "OEBPS/other.xhtml": page("<p>谁也不提的一页。</p>"),
        },
    )
    reading = read_epub(tmp_path, content)
    assert [words for _, words in headings(reading.manuscript)] == ["第一章", "第二章", "第三章"]
    assert marked(reading.manuscript, MarkKind.NOTE) == [("OEBPS/n.xhtml#n1", "薄冰。")]
    told = {
        one.code: dict(one.values)["names"] for one in reading.diagnostics if one.code != "R033"
    }
    assert told == {"R040": "2.xhtml, n.xhtml", "R041": "other.xhtml"}


def test_an_entry_of_the_spine_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    pages = {"1.xhtml": f"<p>{ICE}</p>"}
    assert codes(tmp_path, book(pages)) == []
    for entry in ("p9", "unknown"):
        picture = '<item id="p9" href="c.png" media-type="image/png"/></manifest>'
        more = f'{picture}<spine><itemref idref="{entry}"/></spine><manifest>'
        assert codes(tmp_path, book(pages, manifest=more)) == ["R031"]


# --- what pages hold ----------------------------------------------------------------------


def test_readings_in_rtc_and_several_rt_for_one_base_are_one_reading(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": "<p><ruby><rb>東</rb><rb>京</rb><rtc><rt>とう</rt><rt>きょう</rt></rtc></ruby>、"
            "<ruby>東京<rp>（</rp><rt>とう</rt><rt>きょう</rt><rp>）</rp></ruby>、"
            "<ruby>渡<rt>dù</rt>口<rt>kǒu</rt></ruby>。</p>"
        }
    )
    (section,) = book_of(tmp_path, content).sections
    found = [one for one in inlines_of(section.blocks) if isinstance(one, Ruby)]
    tokyo = Ruby("東京", "とうきょう")
    assert found == [tokyo, tokyo, Ruby("渡", "dù"), Ruby("口", "kǒu")]


def test_notes_that_only_attributes_hold_become_notes(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f'<p>{ICE}<img class="zy-footnote" zy-footnote="薄冰：很薄的冰。" src="n.png"/></p>'
            f'<p>{SAIL}<img class="qqreader-footnote" alt="帆布：做帆的布。" src="n.png"/></p>'
        },
        extra={"OEBPS/n.png": png()},
    )
    found = book_of(tmp_path, content)
    assert notes_of(found) == ["薄冰：很薄的冰。", "帆布：做帆的布。"]
    (section,) = found.sections
    assert sum(isinstance(one, NoteRef) for one in inlines_of(section.blocks)) == 2
    assert found.assets == ()


def test_a_file_of_notes_is_no_chapter_and_its_paragraphs_stay_together(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f'<h2>第一章 雪夜</h2><p>{ICE}<a href="n.xhtml#n1" id="r1">[1]</a></p>'
            f'<p>{SAIL}<a id="r2"></a><a href="n.xhtml#n2"><sup>[2]</sup></a></p>',
            "2.xhtml": f'<h2>第二章 渡口</h2><p>{STREET}<sup><a id="r3" href="n.xhtml#n3">[1]</a></sup></p>',
            "n.xhtml": '<h2>注释</h2><h3>第一章 雪夜</h3><p><a href="1.xhtml#r1" id="n1">[1]</a> 薄冰。</p>'
            '<p id="n2"><a href="1.xhtml#r2">[2]</a> 帆布。</p><h3>第二章 渡口</h3>'
            '<p><a id="n3" href="2.xhtml#r3">[1]</a> 街。</p><p>还在说街。</p>',
        },
        toc='<li><a href="1.xhtml">第一章 雪夜</a></li><li><a href="2.xhtml">第二章 渡口</a></li>'
        '<li><a href="n.xhtml">注释</a></li>',
    )
    found = book_of(tmp_path, content)
    assert outline(found) == [(0, "第一章　雪夜"), (0, "第二章　渡口")]
    assert [note.strip() for note in notes_of(found)] == ["薄冰。", "帆布。", "街。\n还在说街。"]
    rules = {
        rule for layer in inspect(tmp_path / "夜航.epub").manuscript.layers for rule in layer.rules
    }
    assert "R132" in rules


@pytest.mark.parametrize(
    "line", ["<p>[2] 没有链接的注。</p>", "<h3>后话</h3><p>写完了，没有注。</p>"]
)
def test_a_page_with_more_than_known_notes_stays_as_it_is(tmp_path: Path, line: str) -> None:
    aside = '<aside epub:type="footnote" id="n1"><p>薄冰。</p></aside>'
    content = book({"1.xhtml": f"<p>{ICE}</p>", "n.xhtml": f"<h2>注释</h2>{aside}{line}"})
    assert "注释" in read_epub(tmp_path, content).manuscript.text


def test_the_rule_above_a_list_of_notes_is_no_scene_break(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f'<p>{ICE}<a href="#f1" epub:type="noteref" id="r1">1</a></p>'
            '<section class="footnotes"><hr/><ol><li id="f1" epub:type="footnote"><p>薄冰。'
            '<a href="#r1" role="doc-backlink">↩︎</a></p></li></ol></section>'
        }
    )
    manuscript = read_epub(tmp_path, content).manuscript
    assert not marked(manuscript, MarkKind.BREAK)
    assert not marked(manuscript, MarkKind.LIST)
    assert marked(manuscript, MarkKind.NOTE) == [("OEBPS/1.xhtml#f1", "薄冰。")]


def test_links_inside_the_book_lead_to_the_sections_they_meant(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f'<h1>第一章</h1><p>{ICE}</p><p><a href="2.xhtml#p2">见第二章</a>，'
            '<a href="2.xhtml">又见</a>，<a href="#nowhere">不见</a>，<a href="javascript:x">点</a></p>',
            "2.xhtml": f'<h1>第二章</h1><p>{SAIL}</p><p id="p2">{STREET}</p>',
        }
    )
    reading = read_epub(tmp_path, content)
    (told,) = reading.diagnostics
    assert (told.code, dict(told.values)["count"]) == ("R044", 1)
    first, second = book_of(tmp_path, content).sections
    links = [one for one in inlines_of(first.blocks) if isinstance(one, Link)]
    assert [link.href for link in links[:2]] == [f"#{second.id}", f"#{second.id}"]


def test_formulas_drawings_and_films_leave_their_words_and_are_told(tmp_path: Path) -> None:
    content = book(
        {
            "1.xhtml": f'<p>{ICE}</p><math alttext="x=2"><mi>x</mi></math>'
            "<math><mi>y</mi><annotation>no</annotation></math>"
            '<video src="v.mp4"><p>看不了</p></video><svg><path d="M0"/></svg>'
            '<object data="a.png" type="image/png"><p>渡口的图</p></object>'
        },
        extra={"OEBPS/a.png": png()},
    )
    reading = read_epub(tmp_path, content)
    text = reading.manuscript.text
    assert ("x=2" in text, "y" in text, "no" in text, "看不了" in text) == (
        True,
        True,
        False,
        False,
    )
    assert marked(reading.manuscript, MarkKind.IMAGE) == [("a.png", "渡口的图")]
    whats = [dict(one.values)["what"] for one in reading.diagnostics if one.code == "R043"]
    assert whats == ["<math>", "<math>", "<video>", "<svg>"]


def test_cdata_and_declared_entities_are_text_and_the_document_type_is_not(tmp_path: Path) -> None:
    source = page(
        "<p>&he;边<![CDATA[有 <b> 和 &amp;]]>。</p><p><![CDATA[]]>完</p><p><![CDATA[没完</p>"
    )
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD" "x.dtd" [<!ENTITY he "白水河">]>'
    source = source.replace("<!DOCTYPE html>", doctype)
    content = book({"1.xhtml": ""}, extra={"OEBPS/1.xhtml": source})
    text = read_epub(tmp_path, content).manuscript.text
    assert text.startswith("白水河边有 <b> 和 &amp;。")
    assert "ENTITY" not in text
    assert "没完" in text


def test_a_list_of_terms_is_a_list(tmp_path: Path) -> None:
    content = book({"1.xhtml": "<dl><dt>渡</dt><dd>过河。</dd><dt>帆<dd>船上的布。</dl>"})
    manuscript = read_epub(tmp_path, content).manuscript
    assert [words for _, words in marked(manuscript, MarkKind.ITEM)] == [
        "渡",
        "过河。",
        "帆",
        "船上的布。",
    ]


# --- what it says about itself ------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "hints"),
    [
        (
            "<dc:title>夜航</dc:title><dc:creator>Unknown</dc:creator><dc:date>0101-01-01</dc:date>",
            {"title": "夜航"},
        ),
        ("<dc:title>[No data]</dc:title><dc:creator>佚名</dc:creator>", {"creators": "佚名"}),
        (
            (
                '<dc:creator id="a">林晚</dc:creator><dc:creator role="trl">陆萍</dc:creator>'
                '<dc:creator id="e">沈砚</dc:creator><meta refines="#e" property="role">edt</meta>'
            ),
            {"creators": "林晚", "creators.trl": "陆萍", "creators.edt": "沈砚"},
        ),
        ('<dc:creator role="trl">陆萍</dc:creator>', {"creators.trl": "陆萍"}),
    ],
)
def test_what_tools_write_for_want_of_knowledge_is_not_taken_over(
    tmp_path: Path, metadata: str, hints: Mapping[str, str]
) -> None:
    content = book({"1.xhtml": f"<p>{ICE}</p>"}, metadata=metadata)
    assert dict(read_epub(tmp_path, content).manuscript.hints) == hints


# --- locks --------------------------------------------------------------------------------


def encrypted(algorithm: str, uri: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": "<encryption><EncryptedData>"
        f'<EncryptionMethod Algorithm="{algorithm}"/><CipherData><CipherReference URI="{uri}"/>'
        "</CipherData></EncryptedData></encryption>"
    }


def test_only_an_encrypted_text_locks_a_book(tmp_path: Path) -> None:
    aes = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    pages = {"1.xhtml": f"<p>{ICE}</p>"}
    font = book(pages, extra=encrypted(aes, "OEBPS/%E5%AE%8B.otf"))
    assert read_epub(tmp_path, font).manuscript.text == ICE
    for extra in (encrypted(aes, "OEBPS/1.xhtml"), {"META-INF/license.lcpl": "{}"}):
        with pytest.raises(SourceError, match="R029"):
            read_epub(tmp_path, book(pages, extra=extra))


def test_nothing_of_a_mixed_book_is_lost(tmp_path: Path) -> None:
    """A positive control over all of it: every sentence, once, in the order of the spine."""
    pages = {
        "index_split_000.html": "<p>夜航</p><p>作者：林晚</p>",
        "index_split_001.html": f'<h1>第一部 起</h1><p id="f1"><b>第一章 雪夜</b></p><p>{ICE}</p>',
        "index_split_002.html": f'<p>{SAIL}</p><p id="f2"><b>第二章 渡口</b></p><p>{STREET}</p>',
        "index_split_003.html": f"<p>{SPRING}</p>",
    }
    chapters = point("第一章 雪夜", "index_split_001.html#f1")
    chapters += point("第二章 渡口", "index_split_002.html#f2")
    ncx = point("第一部 起", "index_split_001.html", chapters)
    found = book_of(tmp_path, book(pages, ncx=ncx, metadata=METADATA))
    assert outline(found) == [(0, "第一部　起"), (1, "第一章　雪夜"), (1, "第二章　渡口")]
    assert project(found) == "\n".join(
        ("第一部　起", "第一章　雪夜", ICE, SAIL, "第二章　渡口", STREET, SPRING)
    )
