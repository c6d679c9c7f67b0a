from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from lxml import etree

from builder.compose import compose
from builder.core.book import Book, Creator, Image, Metadata, Paragraph, Role, Text
from builder.core.config import Config, EpubConfig
from builder.core.errors import ComposeError
from builder.core.publication import NavPoint, Publication
from builder.core.traversal import project
from builder.core.xml_text import xml_safe
from tests.compose.books import (
    XHTML,
    books,
    chapter,
    document,
    file,
    lines_of,
    text_documents,
    with_body,
    within,
)
from tests.compose.sample import sample_book, without_cover

MODIFIED = "2024-02-29T12:00:00Z"
EPUB = "{http://www.idpf.org/2007/ops}"


def composed(book: Book, config: Config | None = None) -> Publication:
    return compose(book, config or Config(), modified=MODIFIED)


def non_empty(lines: list[str]) -> list[str]:
    return [line for line in lines if line]


@settings(max_examples=30)
@given(books())
def test_no_character_is_lost_added_or_moved(book: Book) -> None:
    """The text of the files in spine order is the book's; notes may come in another order."""
    texts: list[str] = []
    notes: list[str] = []
    for root in text_documents(composed(book)):
        for element in root.iterfind(f"{XHTML}body/*"):
            if element.get("class") != "heading furniture":
                (notes if element.get("class") == "notes" else texts).extend(lines_of(element))
    without_notes = project(replace(book, notes=()))
    only_notes = project(replace(book, front=(), body=(), back=()))
    assert non_empty(texts) == non_empty(xml_safe(without_notes).split("\n"))
    assert sorted(non_empty(notes)) == sorted(non_empty(xml_safe(only_notes).split("\n")))


def test_the_comparison_of_texts_notices_a_lost_character() -> None:
    book = sample_book()
    root = document(composed(book), "text/ch3.xhtml")
    line = lines_of(root)[-1]
    assert line == "后来的事，渡口的人都知道。"
    assert line[:-1] != line


def targets(publication: Publication) -> set[str]:
    """Every place that can be linked to."""
    places: set[str] = set()
    for item in publication.manifest:
        places.add(item.href)
        if item.media_type == "application/xhtml+xml":
            root = etree.fromstring(item.content)
            places |= {
                f"{item.href}#{element.get('id')}" for element in root.iter() if element.get("id")
            }
    return places


def links(publication: Publication) -> Iterator[str]:
    """Where every link, image and style sheet of every file points, as paths in the package."""
    for item in publication.manifest:
        if item.media_type == "application/xhtml+xml":
            for element in etree.fromstring(item.content).iter():
                for name in ("href", "src"):
                    if (value := element.get(name)) and "://" not in value:
                        yield urljoin(f"{item.href}", value)


def entries(points: tuple[NavPoint, ...]) -> Iterator[NavPoint]:
    for point in points:
        yield point
        yield from entries(point.children)


@settings(max_examples=30)
@given(books())
def test_every_link_and_every_entry_of_the_contents_leads_somewhere(book: Book) -> None:
    publication = composed(book)
    places = targets(publication)
    assert set(links(publication)) <= places
    assert {point.href for point in entries(publication.contents)} <= places
    assert {landmark.href for landmark in publication.landmarks} <= places


def test_a_broken_note_anchor_is_noticed_by_the_test_above() -> None:
    publication = composed(sample_book())
    broken = tuple(
        replace(item, content=item.content.replace(b'id="note-n1"', b'id="note-n9"'))
        for item in publication.manifest
    )
    damaged = replace(publication, manifest=broken)
    assert set(links(damaged)) - targets(damaged) == {"text/ch1.xhtml#note-n1"}


@settings(max_examples=30)
@given(books())
def test_ids_and_names_are_unique_and_ids_start_with_a_letter(book: Book) -> None:
    publication = composed(book)
    ids = [item.id for item in publication.manifest]
    names = [item.href.lower() for item in publication.manifest]
    assert len(set(ids)) == len(ids)
    assert len(set(names)) == len(names)
    for root in text_documents(publication):
        inner = [identity for element in root.iter() if (identity := element.get("id"))]
        assert len(set(inner)) == len(inner)
        assert all(identity[0].isalpha() for identity in inner)


def test_the_same_book_gives_the_same_files() -> None:
    assert composed(sample_book()) == composed(sample_book())


def test_the_book_opens_with_cover_title_page_and_contents() -> None:
    publication = composed(sample_book())
    assert [entry.item_id for entry in publication.spine][:5] == [
        "cover",
        "title-page",
        "colophon",
        "nav",
        "text-preface",
    ]
    assert [(mark.type, mark.title, mark.href) for mark in publication.landmarks] == [
        ("cover", "封面", "text/cover.xhtml"),
        ("titlepage", "书名页", "text/title-page.xhtml"),
        ("colophon", "版权页", "text/colophon.xhtml"),
        ("toc", "目录", "nav.xhtml"),
        ("frontmatter", "卷首", "text/preface.xhtml"),
        ("preface", "序", "text/preface.xhtml"),
        ("bodymatter", "正文", "text/v1.xhtml"),
        ("backmatter", "附录", "text/afterword.xhtml"),
        ("afterword", "后记", "text/afterword.xhtml"),
    ]


def test_a_book_of_chapters_alone_has_no_front_or_back_to_go_to() -> None:
    marks = composed(with_body(chapter("一", id="c1"))).landmarks
    assert [mark.type for mark in marks] == ["cover", "titlepage", "colophon", "toc", "bodymatter"]


def test_the_colophon_says_what_is_known_and_nothing_else() -> None:
    root = document(composed(sample_book()), "text/colophon.xhtml")
    assert lines_of(root) == [
        "书名　渡口 & <灯>：一个冬天的故事",
        "著者　林未晚",
        "译者　A. B. Carr",
        "绘者　周渡",
        "出版　河岸书局",
        "日期　2024-02-29",
        "ISBN　978-7-5321-0000-8",
        "丛书　四季渡·4",
        "版权　版权所有",
        "排版　ebook-builder",
    ]
    bare = document(composed(with_body(chapter("一"))), "text/colophon.xhtml")
    assert lines_of(bare) == ["书名　渡口", "排版　ebook-builder"]


def test_whoever_has_a_role_without_a_name_of_its_own_is_in_the_colophon_all_the_same() -> None:
    metadata = Metadata(
        "渡口", "zh-Hant", creators=(Creator("阿舟", "ann"), Creator("沈七", "xyz"))
    )
    root = document(composed(Book(metadata)), "text/colophon.xhtml")
    assert lines_of(root)[1:3] == ["注者　阿舟", "參與　沈七"]


def test_the_contents_nest_like_the_book() -> None:
    contents = composed(sample_book()).contents
    assert [point.title for point in contents] == [
        "序",
        "第一卷　水",
        "第二卷",
        "后记",
        "番外　灯",
        "注释",
    ]
    first, second = contents[1].children
    assert (first.title, first.href) == ("第一章　渡口", "text/ch1.xhtml")
    assert [(point.title, point.href) for point in second.children] == [
        ("一", "text/ch2.xhtml#ch2-1"),
        ("二", "text/ch2.xhtml#ch2-2"),
    ]


def test_the_contents_are_no_deeper_than_asked() -> None:
    config = Config(epub=EpubConfig(contents_depth=2))
    contents = composed(sample_book(), config).contents
    assert [point.children for point in contents[1].children] == [(), ()]


def test_a_section_without_heading_is_no_entry_but_what_is_below_it_is() -> None:
    book = with_body(within(chapter("", role="part"), chapter("风", id="a"), chapter("雪", id="b")))
    assert [point.title for point in composed(book).contents] == ["风", "雪"]


def test_a_book_without_any_heading_still_has_contents() -> None:
    assert [point.title for point in composed(with_body(chapter(""))).contents] == ["渡口"]


def test_an_empty_book_is_still_a_book() -> None:
    publication = composed(Book(Metadata("", "zh-Hant")))
    assert publication.metadata.title == "無題"
    assert [point.href for point in publication.contents] == ["text/title-page.xhtml"]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW"])
def test_every_file_says_its_language_twice_and_has_a_title(language: str) -> None:
    publication = composed(sample_book(language))
    for item in publication.manifest:
        if item.media_type == "application/xhtml+xml":
            assert item.content.startswith(
                b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>'
            )
            root = etree.fromstring(item.content)
            assert root.get("lang") == language
            assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
            assert root.findtext(f"{XHTML}head/{XHTML}title")


def test_the_words_of_the_book_itself_follow_its_script() -> None:
    assert (
        b'<h1 class="heading">\xe7\x9b\xae\xe9\x8c\x84</h1>'
        in file(composed(sample_book("zh-Hant-TW")), "nav.xhtml").content
    )
    assert "目录".encode() in file(composed(sample_book()), "nav.xhtml").content


def test_notes_are_marked_up_as_reading_systems_want_them() -> None:
    root = document(composed(sample_book()), "text/ch1.xhtml")
    marks = root.findall(f'.//{XHTML}a[@{EPUB}type="noteref"]')
    assert [mark.text for mark in marks] == ["[1]", "[2]", "[1]", "[3]"]
    assert all(mark.get("class") == "duokan-footnote" for mark in marks)
    assert [mark.get("id") for mark in marks] == ["ref-n1", "ref-n2", None, "ref-n3"]
    items = root.findall(f".//{XHTML}ol/{XHTML}li[@{EPUB}type]")
    assert [item.get("id") for item in items] == ["note-n1", "note-n2", "note-n3"]
    assert {item.get("role") for item in items} == {None}
    assert {item.getparent().get(f"{EPUB}type") for item in items} == {None}  # type: ignore[union-attr]  # every li has a parent


def test_a_note_mentioned_again_in_another_chapter_is_linked_there() -> None:
    root = document(composed(sample_book()), "text/ch2.xhtml")
    mark = root.find(f'.//{XHTML}a[@{EPUB}type="noteref"]')
    assert mark is not None
    assert mark.get("href") == "ch1.xhtml#note-n2"


@pytest.mark.parametrize(
    ("role", "term", "aria"),
    [
        ("chapter", "chapter", "doc-chapter"),
        ("bonus", "chapter", "doc-chapter"),
        ("dedication", "dedication", "doc-dedication"),
        ("volume", "volume", None),
        ("subchapter", None, None),
    ],
)
def test_what_a_section_is_is_said_in_both_vocabularies(
    role: Role, term: str | None, aria: str | None
) -> None:
    root = document(composed(with_body(chapter("一", role=role, id="c1"))), "text/c1.xhtml")
    section = root.find(f".//{XHTML}section")
    assert section is not None
    assert (section.get(f"{EPUB}type"), section.get("role")) == (term, aria)


def test_a_volume_without_text_is_a_page_of_its_own() -> None:
    publication = composed(sample_book())
    assert b'<body class="opening"' in file(publication, "text/v1.xhtml").content
    assert b'<body class="text"' in file(publication, "text/v2.xhtml").content


def test_links_to_chapters_are_relative_and_links_to_the_web_are_encoded() -> None:
    root = document(composed(sample_book()), "text/ch1.xhtml")
    plain = [a.get("href") for a in root.iter(f"{XHTML}a") if not a.get("role")]
    assert plain == [
        "https://example.org/%E6%B8%A1%E5%8F%A3?a=1&b=100%25",
        "ch2.xhtml",
        "ch3.xhtml",
    ]


def test_without_an_image_the_cover_is_made_of_words() -> None:
    publication = composed(without_cover(sample_book()))
    root = document(publication, "text/cover.xhtml")
    assert publication.cover_id == ""
    assert lines_of(root) == ["渡口 & <灯>", "一个冬天的故事", "林未晚"]
    assert not [item for item in publication.manifest if "cover-image" in item.properties]


def test_the_title_page_says_who_did_what() -> None:
    root = document(composed(sample_book()), "text/title-page.xhtml")
    assert lines_of(root) == [
        "四季渡·4",
        "渡口 & <灯>",
        "一个冬天的故事",
        "林未晚　著",
        "周渡　绘",
        "A. B. Carr　译",
        "河岸书局",
    ]


def test_only_images_that_are_shown_are_packed() -> None:
    hrefs = [item.href for item in composed(sample_book()).manifest if "image" in item.media_type]
    assert hrefs == ["images/cover.jpg", "images/seal.svg", "images/ferry.png"]


@pytest.mark.parametrize(
    "book",
    [
        replace(sample_book(), cover="gone.jpg"),
        with_body(chapter("一", Paragraph((Image("gone.jpg"),)))),
    ],
    ids=["cover", "text"],
)
def test_an_image_that_is_not_there_is_refused(book: Book) -> None:
    with pytest.raises(ComposeError) as caught:
        composed(book)
    assert caught.value.diagnostic.code == "E003"
    assert "gone.jpg" in caught.value.message


def test_the_style_sheet_of_the_user_comes_last() -> None:
    publication = compose(sample_book(), Config(), modified=MODIFIED, user_css="p { color: red }")
    root = document(publication, "text/ch1.xhtml")
    sheets = [link.get("href") for link in root.iter(f"{XHTML}link")]
    assert sheets == ["../styles/base.css", "../styles/epub.css", "../styles/user.css"]
    assert file(publication, "styles/user.css").content == b"p { color: red }"


def test_an_undescribed_image_withdraws_the_claim_of_accessibility() -> None:
    claimed = composed(sample_book()).accessibility
    assert claimed.conforms_to.startswith("EPUB Accessibility 1.1")
    assert "alternativeText" in claimed.features
    shown = chapter("图", Paragraph((Text("印："), Image("seal.svg"))))
    undescribed = composed(replace(sample_book(), front=(shown,))).accessibility
    assert undescribed.conforms_to == ""
    assert undescribed.sufficient == ("textual,visual",)


def test_a_book_without_images_needs_no_eyes() -> None:
    accessibility = composed(with_body(chapter("一"))).accessibility
    assert accessibility.modes == ("textual",)
    assert accessibility.sufficient == ("textual",)


def test_the_ncx_says_how_deep_it_is() -> None:
    publication = composed(sample_book())
    ncx = etree.fromstring(file(publication, "toc.ncx").content)
    space = "{http://www.daisy.org/z3986/2005/ncx/}"
    heads = {meta.get("name"): meta.get("content") for meta in ncx.iter(f"{space}meta")}
    assert heads["dtb:depth"] == "3"
    assert heads["dtb:uid"] == publication.identifier
    titles = [point.title for point in entries(publication.contents)]
    assert [text.text for text in ncx.findall(f".//{space}navMap//{space}text")] == titles
    orders = [point.get("playOrder") for point in ncx.iter(f"{space}navPoint")]
    assert orders == [str(number) for number in range(1, len(titles) + 1)]
