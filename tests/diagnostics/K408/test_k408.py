"""Near the knife nothing is safe."""

from pathlib import Path

from tests.check.printed import PROSE, area, book, line, only, picture, text, told


def test_text_at_the_outer_edge_is_told(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [text(60, 4), *[PROSE] * 23]))
    assert (found.code, str(found.severity)) == ("K408", "error")
    assert dict(found.values)["found"] == "4"


def test_text_that_is_cut_off_stands_less_than_nothing_from_the_edge(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [text(60, 227), *[PROSE] * 23]))
    assert str(dict(found.values)["found"]) == "0"


def test_lines_areas_and_pictures_count_as_well(tmp_path: Path) -> None:
    for near in (line(20, 2, 90, 2), area(20, 2, 60, 3), picture(100, 3, 8, 8)):
        path = book(tmp_path / "a.pdf", [near, *[PROSE] * 23])
        assert set(told(path)) - {"K412"} == {"K408"}


def test_with_bleed_the_margin_is_wider(tmp_path: Path) -> None:
    pages = [text(60, 8), *[PROSE] * 23]
    assert told(book(tmp_path / "a.pdf", pages)) == {}
    with_bleed = book(tmp_path / "a.pdf", pages, size=(152.4 + 3.175, 228.6 + 6.35))
    assert set(told(with_bleed)) == {"K408"}


def test_lulu_only_advises(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [text(60, 4), *[PROSE] * 31]), "lulu")
    assert (found.code, str(found.severity)) == ("K408", "warning")


def test_what_is_meant_to_be_cut_is_no_fault(tmp_path: Path) -> None:
    sheet = (152.4 + 3.175, 228.6 + 6.35)
    over = area(-10, -10, 200, 300, "0.8 g") + PROSE
    assert told(book(tmp_path / "a.pdf", [over, *[PROSE] * 23], size=sheet)) == {}


def test_the_worst_of_a_page_is_told_however_much_else_stands_out(tmp_path: Path) -> None:
    lines = text(60, 5.9) + text(90, 5) + text(20, 5.5) + text(147, 100) + text(100, 2)
    found = only(book(tmp_path / "a.pdf", [lines + text(40, 6), *[PROSE] * 23]))
    assert dict(found.values)["found"] == "1.87"
