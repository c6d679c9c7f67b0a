"""What a file says of itself, when whoever made it means harm to the shelf that it stands on."""

import json
import zipfile
from pathlib import Path

import pytest

from builder.deliver import package as room
from builder.deliver.holdings import Copy, Holding, arranged
from builder.deliver.opds import Links, feed_for, web_feed
from builder.deliver.package import (
    MOST_PEOPLE,
    MOST_SUMMARY,
    MOST_WORDS,
    cover_of,
    described,
)
from tests.studio.shelves import COVER, package, put_book

LINKS = Links("http://shelf.local/opds/", lambda _: "http://shelf.local/cover/a")


@pytest.mark.parametrize("number", ["NaN", "inf", "-Infinity", "1e999", "第一"])
def test_a_number_that_is_none_leaves_the_feed_to_be_read(tmp_path: Path, number: str) -> None:
    opf = package("渡口", "何一舟", "水上", 1).replace(">1<", f">{number}<")
    path = put_book(tmp_path, "a.epub", opf)
    about = described(path)
    assert (about.series, about.position) == ("水上", 0.0)
    shelf = arranged([Holding("a" * 24, about, (Copy(path, ".epub", 1, 1),), "2026-01-01T00:00:00Z", "a")])  # fmt: skip
    feed = feed_for(shelf, LINKS, "all")
    assert feed
    json.loads(web_feed(feed, LINKS), parse_constant=pytest.fail)


def test_a_book_takes_no_more_memory_of_a_shelf_than_its_words_are_shown(tmp_path: Path) -> None:
    long = "水" * 100_000
    people = "".join(f"<dc:creator>何{at}</dc:creator>" for at in range(5_000))
    subjects = "".join(f"<dc:subject>渡{at}</dc:subject>" for at in range(5_000))
    opf = package(long, "何一舟", long, 1, long).replace("<dc:language>", f"{people}{subjects}<dc:language>")  # fmt: skip
    opf = opf.replace("渡口的故事", long)
    about = described(put_book(tmp_path, "a.epub", opf))
    assert about.title == about.series == about.file_as == "水" * MOST_WORDS
    assert about.summary == "水" * MOST_SUMMARY
    assert (len(about.makers), len(about.subjects)) == (MOST_PEOPLE, MOST_PEOPLE)


def test_an_archive_whose_list_is_longer_than_any_book_s_is_not_taken_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_book(tmp_path, "a.epub", package("渡口", "何一舟"))
    with zipfile.ZipFile(path, "a") as archive:
        for at in range(3_000):
            archive.writestr(f"EPUB/{at:05}.xhtml", "")
    assert described(path).title == "渡口"
    assert cover_of(path, "EPUB/cover.jpg") == COVER
    monkeypatch.setattr(room._Listed, "most", 100_000)
    assert described(path).title == ""
    assert cover_of(path, "EPUB/cover.jpg") == b""
