"""A locked file is sent back."""

from pathlib import Path

import pikepdf

from tests.check.printed import book, only, told


def _lock(path: Path, *, to_open: str) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=to_open))
    return path


def test_a_file_that_opens_with_a_password_is_told_and_no_more(tmp_path: Path) -> None:
    found = only(_lock(book(tmp_path / "a.pdf", 5), to_open="secret"))
    assert (found.code, str(found.severity)) == ("K416", "error")


def test_a_file_with_restrictions_is_judged_for_the_rest_too(tmp_path: Path) -> None:
    assert set(told(_lock(book(tmp_path / "a.pdf", 5), to_open=""))) == {"K401", "K402", "K416"}


def test_an_open_file_is_silent(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf")) == {}
