"""AZW3 through calibre: steady, a personal document, and a clear word when it cannot be made."""

import stat
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from builder.compose import compose
from builder.core.config import Config
from builder.core.errors import BuilderError, ComposeError
from builder.epub import azw3, converter, epub_to_azw3, write_epub
from tests.compose.sample import sample_book
from tests.judges.finding import require

MODIFIED = "2024-02-29T12:00:00Z"
BOOK_ID = "urn:uuid:5217748f-70b9-48a8-a4c8-00f9a20c1fa1"
UUID = b"5217748f-70b9-48a8-a4c8-00f9a20c1fa1"


def kindle_file(number: bytes = b"0" * 36, kind: bytes = b"EBOK") -> bytes:
    """The parts of an AZW3 that its header is made of, with one record about each thing."""
    values = ((113, number), (112, b"calibre:" + number), (501, kind), (100, "林未晚".encode()))
    records = b"".join(struct.pack(">II", code, len(text) + 8) + text for code, text in values)
    extended = b"EXTH" + struct.pack(">II", len(records) + 12, len(values)) + records
    mobi = b"MOBI" + struct.pack(">I", 232) + bytes(8) + b"rand" + bytes(212)
    database = (
        b"Du_Kou".ljust(36, b"\0") + b"when" * 2 + bytes(34) + struct.pack(">I", 88) + bytes(6)
    )
    return database + bytes(16) + mobi + extended


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A converter that copies a file instead, and fails when there is none."""
    source, program = tmp_path / "made.azw3", tmp_path / "ebook-convert"
    program.write_text(
        f"#!{sys.executable}\nimport shutil, sys\nprint('no such shelf', file=sys.stderr)\n"
        f"shutil.copy({str(source)!r}, sys.argv[2])\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return source


def test_the_book_is_a_personal_document_with_its_own_number_and_date(fake: Path) -> None:
    fake.write_bytes(kindle_file())
    made = epub_to_azw3(b"", title="渡口", identifier=BOOK_ID, modified=MODIFIED)
    assert len(made) == len(kindle_file())
    assert b"EBOK" not in made
    assert b"PDOC" in made
    assert made.count(UUID) == 2
    moment = datetime(1904, 1, 1, tzinfo=UTC) + timedelta(
        seconds=struct.unpack_from(">I", made, 36)[0]
    )
    assert moment == datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert made[88 + 32 : 88 + 36] == struct.pack(">I", zlib.crc32(UUID))


def test_the_same_book_is_the_same_file_whatever_calibre_drew_by_lot(fake: Path) -> None:
    fake.write_bytes(kindle_file(b"1" * 36))
    one = epub_to_azw3(b"", title="渡口", identifier="urn:isbn:1", modified=MODIFIED)
    fake.write_bytes(kindle_file(b"2" * 36).replace(b"rand", b"luck").replace(b"when", b"then"))
    assert epub_to_azw3(b"", title="渡口", identifier="urn:isbn:1", modified=MODIFIED) == one
    assert epub_to_azw3(b"", title="渡口", identifier="urn:isbn:2", modified=MODIFIED) != one


def test_a_failure_is_told_in_calibres_last_words(fake: Path) -> None:
    with pytest.raises(ComposeError) as caught:
        epub_to_azw3(b"", title="渡口", identifier=BOOK_ID, modified=MODIFIED)
    assert caught.value.diagnostic.code == "E032"
    assert "made.azw3" in caught.value.message


def test_a_converter_that_cannot_start_or_says_nothing_is_told(
    fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake.with_name("ebook-convert")
    program.write_text(f"#!{sys.executable}\n")
    with pytest.raises(ComposeError, match="ebook-convert"):
        epub_to_azw3(b"", title="渡口", identifier=BOOK_ID, modified=MODIFIED)
    program.write_text("#!/no/such/interpreter\n")
    with pytest.raises(ComposeError, match="E032"):
        epub_to_azw3(b"", title="渡口", identifier=BOOK_ID, modified=MODIFIED)


def test_without_calibre_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(azw3, "_ELSEWHERE", ())
    assert converter() == ""
    with pytest.raises(BuilderError) as caught:
        epub_to_azw3(b"", title="渡口", identifier=BOOK_ID, modified=MODIFIED)
    assert caught.value.exit_code == 8


def test_calibre_is_found_where_its_installer_puts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "ebook-convert.exe"
    program.touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(azw3, "_ELSEWHERE", ("/no/such/place", str(program)))
    assert converter() == str(program)


@pytest.mark.judge
def test_calibre_makes_a_steady_book_that_it_can_read_again(tmp_path: Path) -> None:
    require("calibre")
    publication = compose(sample_book(), Config(), modified=MODIFIED)
    made = epub_to_azw3(
        write_epub(publication),
        title="渡口",
        identifier=publication.identifier,
        modified=MODIFIED,
    )
    assert b"PDOC" in made
    assert b"EBOK" not in made
    book, text = tmp_path / "a.azw3", tmp_path / "a.txt"
    book.write_bytes(made)
    subprocess.run([converter(), book, text], check=True, capture_output=True)
    said = text.read_text("utf-8")
    assert "渡口的灯亮了一夜。船家说：“天不亮，不开船。”" in said
    assert "灯是后来添的。" in said
    # The record of the updated title: number 503, length, words.
    assert struct.pack(">II", 503, 14) + "渡口".encode() in made
