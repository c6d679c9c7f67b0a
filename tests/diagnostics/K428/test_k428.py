"""A damaged file may be mended otherwise by others."""

from pathlib import Path

from tests.check.printed import book, told


def test_a_file_without_its_table_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf")
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b"startxref")])
    found = told(path)["K428"]
    assert str(found.severity) == "warning"


def test_a_sound_file_is_silent(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf")) == {}
