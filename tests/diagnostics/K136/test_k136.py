"""A picture much larger than the screen is weight for nothing."""

from tests.check.rejected import PICTURE, Changes, picture, said, with_item


def book(content: bytes) -> Changes:
    return {"EPUB/book.opf": with_item(PICTURE), "EPUB/p.jpg": content}


def test_a_picture_over_two_screens_high_is_told() -> None:
    assert said("K136", "kindle-6", book(picture(200, 2900))) == [
        (
            "EPUB/p.jpg",
            "warning",
            "a picture of 200 × 2900 pixels and 0.0 MB; the screen of kindle-6 has 1072 × 1448",
        ),
    ]


def test_a_heavy_one_is_told_where_weight_counts() -> None:
    heavy = book(picture(20, 20) + bytes(5_000_001))
    assert len(said("K136", "kindle", heavy)) == 1
    assert said("K136", "kobo", heavy) == []


def test_a_cover_as_shops_want_it_is_not() -> None:
    assert said("K136", "kindle-6", book(picture(1600, 2400))) == []
