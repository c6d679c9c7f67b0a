"""What looks like a book but cannot be opened is refused with the reason."""

from pathlib import Path

import pikepdf
import pytest

from builder.check import check
from builder.check.damage import damage
from builder.check.package import open_package
from builder.core.errors import SourceError
from tests.check.books import CONTAINER, book, files, write_epub, write_pdf


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as found:
        check(path)
    assert found.value.diagnostic.code == "K002"
    return found.value.message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.epub") == "cannot be opened: No such file or directory"
    assert refusal(tmp_path) == "cannot be opened: Is a directory"


def test_half_an_archive_is_refused(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub")
    path.write_bytes(path.read_bytes()[:900])
    assert refusal(path) == "cannot be opened: File is not a zip file"


def test_damaged_members_are_refused(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub")
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    assert refusal(path).startswith("cannot be opened: ")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("META-INF/container.xml", None, "META-INF/container.xml is missing"),
        (
            "META-INF/container.xml",
            CONTAINER.replace("rootfile ", "file "),
            "META-INF/container.xml names no package document",
        ),
        ("EPUB/book.opf", None, "EPUB/book.opf is missing"),
        ("EPUB/book.opf", "<package", "EPUB/book.opf: unclosed token: line 1, column 0"),
    ],
)
def test_an_archive_without_a_package_is_refused(
    tmp_path: Path, name: str, content: str | None, reason: str
) -> None:
    path = write_epub(tmp_path / "a.epub", {name: content})
    assert refusal(path) == f"cannot be opened: {reason}"


def test_an_archive_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.check.package.MAX_UNPACKED_BYTES", 2_000_000)
    path = write_epub(tmp_path / "a.epub", {"EPUB/bomb.txt": "0" * 3_000_000})
    assert path.stat().st_size < 10_000
    assert refusal(path) == "cannot be opened: over 2 MB unpacked"


def test_half_a_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj")
    assert refusal(path).startswith("cannot be opened: ")


def test_a_pdf_whose_parts_are_missing_is_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].resources["/Font"]
        pdf.save(path)
    with pytest.raises(SourceError) as found:
        check(path, against=book())
    assert found.value.message == (
        "cannot be opened: its entry /Font is missing or not of its kind; the file is damaged"
    )


def test_what_a_library_says_of_its_types_is_not_said_to_people() -> None:
    for problem in (TypeError("'int' object is not iterable"), ValueError("/"), KeyError("a b")):
        assert (
            damage(problem) == "something in it is missing or not of its kind; the file is damaged"
        )
    for missing in (AttributeError("/Font"), KeyError("/Font")):
        assert damage(missing).startswith("its entry /Font is missing")


def test_whole_files_are_opened(tmp_path: Path) -> None:
    package = open_package(write_epub(tmp_path / "a.epub"))
    assert set(package.files) == {"mimetype", *files()}
    # WeasyPrint alone sets Chinese badly, which is told as well (K301 and on).
    found = check(write_pdf(tmp_path / "a.pdf"))
    assert [one for one in found if not one.code.startswith("K3")] == []
