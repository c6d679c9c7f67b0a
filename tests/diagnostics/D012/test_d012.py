"""Too large for any mail; tests/deliver/test_mail.py has a server with a limit of its own."""

from pathlib import Path

import pytest

from builder.cli import main

SERVER = ("--set", "mail.host=localhost", "--set", "mail.sender=me@example.org")


@pytest.mark.parametrize(("size", "is_told"), [(40_000_000, True), (30_000_000, False)])
def test_a_book_over_the_limit_is_told_before_anything_is_sent(
    size: int, is_told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "雨.epub"
    book.write_bytes(bytes(size))
    code = main(["send", str(book), "--to", "me@kindle.com", "--dry-run", *SERVER])
    assert code == (11 if is_told else 0)
    assert ("error D012: too large for mail: 54.7 MB" in capsys.readouterr().err) is is_told
