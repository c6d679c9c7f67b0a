"""What EPUBCheck says is passed on with its place and weight."""

from pathlib import Path

import pytest

from builder.check import check_epub
from tests.check.books import chapter, place, write_epub

pytestmark = pytest.mark.judge


def test_an_attribute_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    wrong = chapter().replace("<h1>", '<h1 colour="red">')
    (found,) = check_epub(write_epub(tmp_path / "a.epub", {"EPUB/c1.xhtml": wrong}))
    assert (found.code, str(found.severity)) == ("K111", "error")
    assert place(found).startswith("EPUB/c1.xhtml:")
    assert found.message.startswith(
        'EPUBCheck RSC-005: Error while parsing file: attribute "colour"'
    )


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_a_sound_book_is_not(tmp_path: Path) -> None:
    assert check_epub(write_epub(tmp_path / "a.epub")) == ()
