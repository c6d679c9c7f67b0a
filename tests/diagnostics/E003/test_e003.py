"""E003: readers attach every picture they find, so only a made-up book can lack one."""

from dataclasses import replace

import pytest

from builder.compose import compose
from builder.core.config import Config
from builder.core.errors import ComposeError
from tests.compose.sample import sample_book

MODIFIED = "2024-02-29T12:00:00Z"


def test_a_picture_that_is_not_there_is_reported() -> None:
    with pytest.raises(ComposeError) as caught:
        compose(replace(sample_book(), assets=()), Config(), modified=MODIFIED)
    assert str(caught.value) == (
        "error E003: the book shows the image “cover.png”, which is not there\n"
        "  hint: put the file beside the text, or take the image out"
    )


def test_a_picture_that_nothing_shows_may_be_missing() -> None:
    book = sample_book()
    shown = tuple(asset for asset in book.assets if asset.name != "never-shown.png")
    made = compose(replace(book, assets=shown), Config(), modified=MODIFIED)
    assert made == compose(book, Config(), modified=MODIFIED)
