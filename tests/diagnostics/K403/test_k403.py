"""The last page is the printer's own."""

from pathlib import Path

from tests.check.printed import PROSE, area, book, only, text, told


def test_ink_on_the_last_page_is_told(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", 24), "ingram")
    assert (found.code, str(found.severity)) == ("K403", "warning")
    assert str(found.location).endswith("#page=24")


def test_a_page_with_nothing_but_white_and_spaces_is_blank(tmp_path: Path) -> None:
    nothing = area(0, 0, 152.4, 228.6, "1 g") + text(60, 100, "   ")
    assert told(book(tmp_path / "a.pdf", [PROSE] * 23 + [nothing]), "ingram") == {}
    assert told(book(tmp_path / "a.pdf", [PROSE] * 23 + [b""]), "ingram") == {}
