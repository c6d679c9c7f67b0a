import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Literal

import pytest
from lxml import etree

from builder.compose import compose
from builder.core.book import Book, Creator, Image, Metadata, Paragraph, Series
from builder.core.config import Config
from builder.core.publication import Publication
from builder.epub import write_epub
from tests.compose.books import chapter, with_body
from tests.compose.sample import sample_book, without_cover

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def publication(book: Book) -> Publication:
    return compose(book, Config(), modified="2024-02-29T12:00:00Z")


def package(made: Publication) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(write_epub(made))).read("EPUB/content.opf"))


def texts(root: etree._Element, name: str) -> list[str | None]:
    return [element.text for element in root.iter(f"{DC}{name}")]


def refinements(root: etree._Element, identity: str) -> dict[str | None, str | None]:
    return {
        meta.get("property"): meta.text
        for meta in root.iter(f"{OPF}meta")
        if meta.get("refines") == f"#{identity}"
    }


def named(root: etree._Element) -> dict[str | None, str | None]:
    return {
        meta.get("name"): meta.get("content")
        for meta in root.iter(f"{OPF}meta")
        if meta.get("name")
    }


def properties(root: etree._Element, name: str) -> list[str | None]:
    return [meta.text for meta in root.iter(f"{OPF}meta") if meta.get("property") == name]


def test_the_package_says_language_identifier_and_time_of_change() -> None:
    made = publication(sample_book("zh-Hant-TW"))
    root = package(made)
    assert root.get(LANG) == "zh-Hant-TW"
    assert texts(root, "language") == ["zh-Hant-TW"]
    assert properties(root, "dcterms:modified") == ["2024-02-29T12:00:00Z"]
    unique = root.get("unique-identifier")
    identifiers = {element.get("id"): element.text for element in root.iter(f"{DC}identifier")}
    assert identifiers == {unique: made.identifier, None: "urn:isbn:9787532100008"}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_pages_turn_the_way_the_publication_says(direction: Literal["ltr", "rtl"]) -> None:
    made = replace(publication(sample_book()), direction=direction)
    spine = package(made).find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == direction
    assert spine.get("toc") == "ncx"


def test_creators_carry_role_and_sort_form_and_have_ids_of_their_own() -> None:
    root = package(publication(sample_book()))
    assert texts(root, "creator") == ["林未晚"]
    assert texts(root, "contributor") == ["周渡", "A. B. Carr"]
    assert refinements(root, "creator-1") == {"role": "aut", "file-as": "lin wei wan"}
    assert refinements(root, "creator-3") == {"role": "trl"}


def test_a_description_keeps_its_paragraphs_and_a_title_its_wide_space() -> None:
    metadata = replace(
        sample_book().metadata,
        title=" 渡口　上\n卷 ",
        description="第一段。\r\n\n　　第二段，\t有字。\n",
    )
    root = package(publication(replace(sample_book(), metadata=metadata)))
    assert texts(root, "title")[0] == "渡口　上 卷"
    assert texts(root, "description") == ["第一段。\n第二段， 有字。"]


def test_the_title_carries_its_sort_form() -> None:
    book = sample_book()
    sorted_as = replace(book, metadata=replace(book.metadata, file_as="du kou"))
    assert refinements(package(publication(sorted_as)), "title")["file-as"] == "du kou"
    assert "file-as" not in refinements(package(publication(book)), "title")


def test_the_series_is_said_in_both_forms() -> None:
    root = package(publication(sample_book()))
    assert properties(root, "belongs-to-collection") == ["四季渡"]
    assert refinements(root, "series") == {"collection-type": "series", "group-position": "4"}
    assert named(root)["calibre:series"] == "四季渡"
    assert named(root)["calibre:series_index"] == "4"


def test_half_a_place_in_a_series_is_kept_and_none_is_not_invented() -> None:
    book = sample_book()
    half = package(
        publication(replace(book, metadata=replace(book.metadata, series=Series("渡", 1.5))))
    )
    assert refinements(half, "series")["group-position"] == "1.5"
    none = package(publication(replace(book, metadata=replace(book.metadata, series=Series("渡")))))
    assert "group-position" not in refinements(none, "series")
    assert "calibre:series_index" not in named(none)


def test_every_refinement_refines_something() -> None:
    root = package(publication(sample_book()))
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    refined = {
        meta.get("refines", "#")[1:] for meta in root.iter(f"{OPF}meta") if meta.get("refines")
    }
    assert refined <= ids


def test_every_spine_entry_is_in_the_manifest_and_no_id_is_used_twice() -> None:
    root = package(publication(sample_book()))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    items = {item.get("id"): item.get("href") for item in root.iter(f"{OPF}item")}
    spine = [ref.get("idref") for ref in root.iter(f"{OPF}itemref")]
    assert set(spine) <= set(items)
    assert [ref.get("linear") for ref in root.iter(f"{OPF}itemref") if ref.get("linear")] == []


def test_the_cover_is_named_in_both_forms() -> None:
    root = package(publication(sample_book()))
    covers = [item for item in root.iter(f"{OPF}item") if item.get("properties") == "cover-image"]
    assert [cover.get("id") for cover in covers] == [named(root)["cover"]]
    assert "cover" not in named(package(publication(without_cover(sample_book()))))


def test_old_readers_find_cover_contents_and_text_in_the_guide() -> None:
    root = package(publication(sample_book()))
    guide = {entry.get("type"): entry.get("href") for entry in root.iter(f"{OPF}reference")}
    assert guide == {
        "cover": "text/cover.xhtml",
        "title-page": "text/title-page.xhtml",
        "colophon": "text/colophon.xhtml",
        "toc": "nav.xhtml",
        "preface": "text/preface.xhtml",
        "text": "text/v1.xhtml",
    }


def test_what_is_not_known_is_not_said() -> None:
    root = package(publication(with_body(chapter("一"))))
    for name in ("creator", "contributor", "publisher", "date", "rights", "description", "subject"):
        assert texts(root, name) == []


def test_a_book_without_authors_is_shelved_under_whoever_made_it() -> None:
    book = Book(Metadata("渡口集", "zh-Hans", creators=(Creator("周渡", "edt"), Creator("甲", ""))))
    root = package(publication(book))
    assert texts(root, "creator") == ["周渡", "甲"]
    assert refinements(root, "creator-1") == {"role": "edt"}
    assert refinements(root, "creator-2") == {}


@pytest.mark.parametrize(
    ("date", "dates", "issued"),
    [
        ("2024", ["2024"], []),
        ("2024-02-29T08:00:00+08:00", ["2024-02-29T08:00:00+08:00"], []),
        ("民国廿三年", [], ["民国廿三年"]),
        ("2024-2-9", [], ["2024-2-9"]),
    ],
)
def test_a_date_in_other_words_is_kept_where_it_may_stand(
    date: str, dates: list[str], issued: list[str]
) -> None:
    root = package(publication(Book(Metadata("渡口", "zh-Hans", date=date))))
    assert texts(root, "date") == dates
    assert properties(root, "dcterms:issued") == issued


@pytest.mark.parametrize(
    ("isbn", "expected"),
    [
        ("978-7-5321-0000-8", "urn:isbn:9787532100008"),
        ("ISBN：7-5321-0000-x", "urn:isbn:753210000X"),
        ("统一书号 10019·3", "统一书号 10019·3"),
    ],
)
def test_an_isbn_is_a_urn_and_what_is_none_is_kept(isbn: str, expected: str) -> None:
    root = package(publication(Book(Metadata("渡口", "zh-Hans", isbn=isbn))))
    assert texts(root, "identifier")[1:] == [expected]


def test_a_creator_without_a_name_is_nobody() -> None:
    book = Book(Metadata("渡口", "zh-Hans", creators=(Creator(" "), Creator("林未晚"))))
    assert texts(package(publication(book)), "creator") == ["林未晚"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("渡口 -- 下", "渡口 -- 下"),
        ("渡\x01口", "渡\N{REPLACEMENT CHARACTER}口"),
        ("渡\ud800口", "渡\N{REPLACEMENT CHARACTER}口"),
        ("渡\n  口", "渡 口"),
        ("]]> & <b>", "]]> & <b>"),
        ("  ", "无题"),
    ],
)
def test_a_strange_title_survives(title: str, expected: str) -> None:
    metadata = Metadata(title, "zh-Hans", creators=(Creator(title + "甲"),))
    book = Book(metadata, body=(chapter(title + "乙", id="c1"),))
    assert texts(package(publication(book)), "title") == [expected]


def test_a_claim_that_is_not_made_leaves_no_empty_element() -> None:
    shown = chapter("图", Paragraph((Image("seal.svg"),)))
    root = package(publication(replace(sample_book(), front=(shown,))))
    assert properties(root, "dcterms:conformsTo") == []
    assert properties(root, "a11y:certifiedBy") == []


def test_accessibility_is_declared() -> None:
    root = package(publication(sample_book()))
    assert properties(root, "schema:accessMode") == ["textual", "visual"]
    assert properties(root, "schema:accessModeSufficient") == ["textual"]
    assert properties(root, "schema:accessibilityHazard") == ["none"]
    assert properties(root, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]
