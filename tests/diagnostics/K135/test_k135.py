"""Kindles show no GIF of several frames."""

from tests.check.rejected import PICTURE, Changes, picture, said, with_item


def book(frames: int) -> Changes:
    item = PICTURE.replace("jpg", "gif").replace("jpeg", "gif")
    moving = picture(20, 20, "GIF", frames=frames)
    return {"EPUB/book.opf": with_item(item), "EPUB/p.gif": moving}


def test_a_moving_picture_is_told() -> None:
    assert said("K135", "kindle", book(3)) == [
        ("EPUB/p.gif", "warning", "kindle shows no moving pictures"),
    ]


def test_one_that_stands_still_is_not() -> None:
    assert said("K135", "kindle", book(1)) == []
    assert said("K135", "boox", book(3)) == []
