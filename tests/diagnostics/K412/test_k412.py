"""Pictures need dots."""

from pathlib import Path

import pikepdf

from tests.check.printed import PROSE, book, image_of, only, picture, told


def test_a_coarse_picture_is_told_with_what_it_has(tmp_path: Path) -> None:
    # 100 pixels on 25.4 mm are 100 dots an inch, on 8 mm 318.
    pages = [picture(60, 60, 25.4, 25.4), picture(60, 60, 8, 8), *[PROSE] * 22]
    found = only(book(tmp_path / "a.pdf", pages))
    assert (found.code, str(found.severity)) == ("K412", "error")
    assert (dict(found.values)["found"], dict(found.values)["pictures"]) == (100, 1)


def test_a_stretched_picture_is_as_coarse_as_its_coarser_side(tmp_path: Path) -> None:
    pages = [picture(60, 60, 8, 16), *[PROSE] * 23]
    assert dict(only(book(tmp_path / "a.pdf", pages)).values)["found"] == 159


def test_a_copy_shop_and_ingram_only_advise(tmp_path: Path) -> None:
    pages = [picture(60, 60, 25.4, 25.4), *[PROSE] * 22, b""]
    assert str(only(book(tmp_path / "a.pdf", pages), "ingram").severity) == "warning"


def test_fine_pictures_and_stretched_tints_are_silent(tmp_path: Path) -> None:
    def tint(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Resources.XObject["/T"] = image_of(pdf, 1, 1)

    pages = [picture(60, 60, 8.4, 8.4), picture(60, 60, 60, 60, "T"), *[PROSE] * 22]
    assert told(book(tmp_path / "a.pdf", pages, edit=tint)) == {}
