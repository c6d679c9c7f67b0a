"""What reaches the edge runs over it."""

from pathlib import Path

from tests.check import wrapped
from tests.check.printed import PROSE, TRIM, area, book, only, told
from tests.check.wrapped import spine_mm

SHEET = (152.4 + 3.175, 228.6 + 6.35)


def test_art_that_ends_at_the_edge_is_told(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [area(0, 0, 152.4, 228.6, "0.8 g"), *[PROSE] * 23]))
    assert (found.code, str(found.severity)) == ("K409", "error")
    assert "with 0 mm of bleed; Amazon KDP wants 3.18 mm" in found.message


def test_too_little_bleed_is_told_with_how_much_there_is(tmp_path: Path) -> None:
    # A page of 6 x 9 in with its bleed at the right, the top and the bottom.
    art = area(0, 1.175, 152.4 + 2, 228.6 + 4, "0.8 g")
    found = only(book(tmp_path / "a.pdf", [art, *[PROSE] * 23], size=SHEET))
    assert dict(found.values)["found"] == "2"


def test_art_that_goes_on_to_the_end_of_the_bleed_is_silent(tmp_path: Path) -> None:
    art = area(0, 0, *SHEET, "0.8 g")
    assert told(book(tmp_path / "a.pdf", [art, *[PROSE] * 23], size=SHEET)) == {}


def test_two_areas_may_share_the_work(tmp_path: Path) -> None:
    trim = (10.0, 10.0, 162.4, 238.6)
    inside = area(10, 10, 152.4, 228.6, "0.8 g")
    strips = area(6, 6, 4, 240, "0.8 g") + area(162.4, 6, 4, 240, "0.8 g")
    strips += area(6, 6, 160, 4, "0.8 g") + area(6, 238.6, 160, 4, "0.8 g")
    for page, codes in ((inside, {"K409"}), (inside + strips, set())):
        path = book(tmp_path / "a.pdf", [page] * 2, size=(172.4, 248.6), TrimBox=trim)
        assert set(told(path, "tuwen")) == codes


def test_at_the_fold_kdp_wants_none_and_lulu_does(tmp_path: Path) -> None:
    at_the_fold = area(0, 50, 70, 100, "0.8 g")
    assert told(book(tmp_path / "a.pdf", [at_the_fold, *[PROSE] * 23])) == {}
    assert set(told(book(tmp_path / "a.pdf", [at_the_fold, *[PROSE] * 31]), "lulu")) == {"K409"}


def test_the_ground_of_a_cover_goes_on_to_the_end_of_its_sheet(tmp_path: Path) -> None:
    wide = 2 * TRIM[0] + spine_mm(120) + 2 * 3.175
    ground = area(3.175, 3.175, wide - 6.35, TRIM[1], "0.8 g")
    path = book(tmp_path / "c.pdf", [ground], size=(wide, TRIM[1] + 6.35))
    assert set(wrapped.told(tmp_path, path)) == {"K409"}
    assert wrapped.told(tmp_path, wrapped.cover(tmp_path)) == {}
