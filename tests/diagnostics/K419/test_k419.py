"""Letters can be too small to print."""

from pathlib import Path

from tests.check.printed import PROSE, book, only, text, told


def test_small_text_is_told_with_its_size(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [text(60, 60, size=5.25), *[PROSE] * 23]))
    assert (found.code, str(found.severity)) == ("K419", "warning")
    assert dict(found.values)["found"] == "5.25"


def test_what_counts_is_the_size_on_paper(tmp_path: Path) -> None:
    doubled = b"q 2 0 0 2 0 0 cm " + text(30, 30, size=4) + b"Q "
    halved = b"q 0.5 0 0 0.5 0 0 cm " + text(120, 120, size=12) + b"Q "
    assert told(book(tmp_path / "a.pdf", [doubled, *[PROSE] * 23])) == {}
    assert set(told(book(tmp_path / "a.pdf", [halved, *[PROSE] * 23]))) == {"K419"}


def test_seven_points_and_small_spaces_are_silent(tmp_path: Path) -> None:
    pages = [text(60, 60, size=7) + text(60, 80, "  ", size=2), *[PROSE] * 23]
    assert told(book(tmp_path / "a.pdf", pages)) == {}
