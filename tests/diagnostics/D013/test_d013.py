"""No safe way to the server: nobody listens there."""

from pathlib import Path

import pytest

from builder.cli import main

SERVER = ("--set", "mail.host=localhost", "--set", "mail.sender=me@example.org")


@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_a_server_that_is_not_there_is_told(
    is_rehearsal: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "雨.epub"
    book.write_bytes(b"PK")
    dry = ["--dry-run"] if is_rehearsal else []
    code = main(["send", str(book), "--to", "me@kindle.com", *SERVER, "--set", "mail.port=9", *dry])
    assert code == (0 if is_rehearsal else 11)
    told = capsys.readouterr().err
    assert ("localhost:9: error D013: no safe way to the mail server" in told) is not is_rehearsal
