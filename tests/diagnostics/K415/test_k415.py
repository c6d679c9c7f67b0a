"""Transparency is flattened by somebody, better by oneself."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.check.printed import PROSE, area, book, image_of, only, picture, told


def _states(pdf: pikepdf.Pdf) -> None:
    mask = image_of(pdf, 100, 100)
    veiled = image_of(pdf, 100, 100)
    veiled.SMask = mask
    for page in pdf.pages:
        page.Resources.ExtGState = Dictionary(
            Half=Dictionary(ca=0.5), Blend=Dictionary(BM=Name.Multiply),
            Whole=Dictionary(ca=1, CA=1, BM=Name.Normal, SMask=Name("/None")),
        )  # fmt: skip
        page.Resources.XObject["/V"] = veiled


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"/Half gs ", "opacity"),
        (b"/Blend gs ", "blend modes"),
        (picture(60, 60, 5, 5, "V"), "soft"),
    ],
)
def test_opacity_blends_and_masks_are_told(content: bytes, kind: str, tmp_path: Path) -> None:
    pages = [content + area(60, 60, 9, 9), *[PROSE] * 23]
    found = only(book(tmp_path / "a.pdf", pages, edit=_states))
    assert (found.code, str(found.severity)) == ("K415", "warning")
    assert kind in found.message


def test_a_state_that_says_nothing_shines_through_is_silent(tmp_path: Path) -> None:
    pages = [b"/Whole gs " + PROSE, *[PROSE] * 23]
    assert told(book(tmp_path / "a.pdf", pages, edit=_states)) == {}


def test_what_is_set_and_not_painted_with_is_silent(tmp_path: Path) -> None:
    set_only = b"q /Half gs /Blend gs Q q /Half gs /Whole gs " + PROSE + b"Q "
    lines_only = b"q /Half gs Q 1 w 100 100 m 200 100 l S "
    pages = [set_only, lines_only, *[PROSE] * 22]
    assert told(book(tmp_path / "a.pdf", pages, edit=_states)) == {}


def test_text_that_shines_through_is_told_after_text_that_does_not(tmp_path: Path) -> None:
    pages = [PROSE + b"/Half gs " + PROSE, *[PROSE] * 23]
    assert set(told(book(tmp_path / "a.pdf", pages, edit=_states))) == {"K415"}


def test_what_is_wholly_clear_is_no_ink(tmp_path: Path) -> None:
    def clear(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Resources.ExtGState = Dictionary(Clear=Dictionary(ca=0, CA=0))

    pages = [b"/Clear gs " + area(0, 0, 152.4, 228.6), *[PROSE] * 23]
    assert told(book(tmp_path / "a.pdf", pages, edit=clear)) == {}


def test_a_copy_shop_prints_it(tmp_path: Path) -> None:
    pages = [b"/Half gs " + PROSE, PROSE]
    assert told(book(tmp_path / "a.pdf", pages, edit=_states), "tuwen") == {}
