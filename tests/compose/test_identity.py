from dataclasses import replace

from builder.compose.identity import accessibility_of, identifier_of
from builder.compose.words import SIMPLIFIED
from builder.core.book import Creator, Metadata

BOOK = Metadata("渡口", "zh-Hans", creators=(Creator("林未晚"),))


def test_readings_are_told_to_readers_who_want_them() -> None:
    told = accessibility_of(
        SIMPLIFIED,
        has_images=False,
        has_undescribed_images=False,
        has_pages=False,
        has_readings=True,
    )
    assert "rubyAnnotations" in told.features


def test_the_identifier_of_a_book_never_changes() -> None:
    """Reading positions hang on it: a new value here loses every reader's place."""
    assert identifier_of(BOOK) == "urn:uuid:fc29c7c3-66d8-52e0-8773-8b2d6deb56fe"


def test_every_edition_has_an_identifier_of_its_own() -> None:
    editions = {
        identifier_of(BOOK),
        identifier_of(replace(BOOK, title="对岸")),
        identifier_of(replace(BOOK, language="zh-Hant")),
        identifier_of(replace(BOOK, creators=())),
        identifier_of(BOOK, "vertical"),
    }
    assert len(editions) == 5


def test_what_does_not_make_the_book_another_leaves_the_identifier_alone() -> None:
    changed = replace(
        BOOK, subtitle="增订本", publisher="河岸", creators=(*BOOK.creators, Creator("周渡", "ill"))
    )
    assert identifier_of(changed) == identifier_of(BOOK)


def test_an_identifier_that_is_given_is_kept() -> None:
    assert identifier_of(replace(BOOK, identifier=" urn:isbn:9787532100008 ")) == (
        "urn:isbn:9787532100008"
    )


def test_a_title_with_half_a_character_still_has_an_identifier() -> None:
    assert identifier_of(replace(BOOK, title="渡\ud800口")).startswith("urn:uuid:")
