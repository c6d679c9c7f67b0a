"""Black text is printed with black."""

from pathlib import Path

from tests.check.printed import PROSE, book, only, told


def test_black_text_of_four_inks_is_told(tmp_path: Path) -> None:
    rich = b"0.4 0.3 0.3 1 k " + PROSE
    found = only(book(tmp_path / "a.pdf", [rich, *[PROSE] * 22, b""]), "ingram")
    assert (found.code, str(found.severity)) == ("K424", "warning")


def test_black_alone_and_coloured_text_are_silent(tmp_path: Path) -> None:
    plain, red = b"0 0 0 1 k " + PROSE, b"0 0.9 0.8 0.1 k " + PROSE
    assert told(book(tmp_path / "a.pdf", [plain, red, *[PROSE] * 21, b""]), "ingram") == {}
