"""Feeds as values: what they list, and that any words survive both ways of writing them."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from builder.deliver.holdings import Copy, Described, Holding, Person, Shelf, arranged, search
from builder.deliver.names import LONGEST_BYTES
from builder.deliver.opds import PAGE_SIZE, Links, atom_feed, feed_for, web_feed
from builder.deliver.opds.feed import file_name

ATOM = "{http://www.w3.org/2005/Atom}"
LINKS = Links("http://shelf.local/opds/", lambda one: f"http://shelf.local/cover/{one.id}")


def a_book(number: int, title: str = "渡口", author: str = "佚名", **said: object) -> Holding:
    about = Described(title=title, makers=(Person(author),), **said)  # type: ignore[arg-type]  # any field
    copy = Copy(Path(f"/shelf/{number}.epub"), ".epub", 1000, number)
    return Holding(
        f"{number:024x}", about, (copy,), f"2026-01-01T00:00:{number % 60:02}Z", str(number)
    )


@given(st.text(min_size=1), st.text(min_size=1), st.text())
def test_any_words_make_well_formed_feeds(title: str, author: str, summary: str) -> None:
    shelf = arranged([a_book(1, title, author, summary=summary, subjects=(title,), series=author)])
    for path in ("", "all", "authors", "series", "recent"):
        feed = feed_for(shelf, LINKS, path)
        assert feed
        etree.fromstring(atom_feed(feed, LINKS))
        assert json.loads(web_feed(feed, LINKS))["metadata"]["title"] == feed.title


@given(st.text(), st.text())
def test_a_file_s_address_always_ends_in_a_name_that_can_be_written(
    title: str, author: str
) -> None:
    book = a_book(1, title, author)
    name = file_name(book, book.copies[0])
    assert name.endswith(".epub")
    assert len(name.encode()) <= LONGEST_BYTES
    assert LINKS.book(book, book.copies[0]).endswith(".epub")
    assert "/" not in name


def test_pages_hold_fifty_and_the_last_the_rest() -> None:
    shelf = arranged(a_book(number) for number in range(PAGE_SIZE * 2 + 1))
    pages = [feed_for(shelf, LINKS, "all", page=page) for page in (1, 2, 3, 4)]
    assert [len(page.books) if page else None for page in pages] == [50, 50, 1, None]
    assert pages[1]
    assert [rel for rel, _ in pages[1].turns] == ["first", "last", "previous", "next"]


def test_an_empty_shelf_has_a_root_and_an_empty_list() -> None:
    root, everything = feed_for(Shelf(), LINKS, ""), feed_for(Shelf(), LINKS, "all")
    assert root
    assert len(root.entries) == 2
    assert everything
    assert (everything.books, everything.is_navigation) == ((), False)


def test_books_stand_by_the_form_that_shelves_sort() -> None:
    shelf = arranged(
        [
            a_book(1, "水账", file_as="shui zhang"),
            a_book(2, "渡口", file_as="du kou"),
            a_book(3, "Almanac"),
        ]
    )
    assert [one.title for one in shelf.holdings] == ["Almanac", "渡口", "水账"]
    assert [one.title for one in shelf.recent] == ["Almanac", "渡口", "水账"]


def test_search_wants_all_words_and_knows_neither_case_nor_width() -> None:
    shelf = arranged([a_book(1, "Ｔ-400 之夜", "Li Po"), a_book(2, "渡口", "li po")])
    assert [one.title for one in search(shelf, "t-400 LI")] == ["Ｔ-400 之夜"]
    assert len(search(shelf, "li")) == 2
    assert search(shelf, "li 没有") == ()


def test_a_search_without_words_finds_nothing() -> None:
    shelf = arranged([a_book(1)])
    feed = feed_for(shelf, LINKS, "search", words="  ")
    assert feed
    assert feed.books == ()
