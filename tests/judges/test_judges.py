"""The judges judge: each finds the fault it is there for, and lets a sound file pass."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.pipeline import BuildOptions, build
from tests.judges import (
    Opened,
    epubcheck,
    open_in_epubjs,
    open_in_foliate,
    pdf_outline,
    pdffonts,
    pdfinfo,
    pdftotext,
    qpdf_check,
    render_png,
)
from tests.judges.finding import JUDGES, missing

pytestmark = pytest.mark.judge


@pytest.fixture
def book(chapter_folder: Path, tmp_path: Path) -> dict[str, Path]:
    result = build(chapter_folder, BuildOptions(out=tmp_path / "dist", environment={}))
    return {file.format: file.path for file in result.files}


def repacked(epub: Path, change: dict[str, bytes | None]) -> Path:
    """The EPUB with some members changed, or left out where the change is None."""
    path = epub.with_name("changed.epub")
    with zipfile.ZipFile(epub) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            name = next((end for end in change if info.filename.endswith(end)), None)
            content = old.read(info) if name is None else change[name]
            if content is not None:
                new.writestr(info, content)
    return path


def test_epubcheck_passes_a_sound_book_and_finds_a_missing_chapter(book: dict[str, Path]) -> None:
    with zipfile.ZipFile(book["epub"]) as archive:
        chapter = next(name for name in archive.namelist() if "chapter" in name)
    broken = repacked(book["epub"], {chapter: None})
    verdict = epubcheck([book["epub"], broken])
    assert verdict[book["epub"]] == []
    assert any("RSC-001" in line or "RSC-007" in line for line in verdict[broken])


def test_epubcheck_finds_markup_that_is_not_well_formed(book: dict[str, Path]) -> None:
    with zipfile.ZipFile(book["epub"]) as archive:
        chapter = next(name for name in archive.namelist() if "chapter" in name)
        content = archive.read(chapter).replace(b"</p>", b"", 1)
    broken = repacked(book["epub"], {chapter: content})
    assert any("RSC-016" in line or "RSC-005" in line for line in epubcheck([broken])[broken])


def test_qpdf_passes_a_sound_file_and_finds_a_damaged_one(
    book: dict[str, Path], tmp_path: Path
) -> None:
    assert qpdf_check(book["pdf"]) == []
    content = bytearray(book["pdf"].read_bytes())
    content[len(content) // 2 :] = b"%%EOF"
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(content)
    assert qpdf_check(damaged) != []


def test_poppler_reads_what_is_there(book: dict[str, Path], tmp_path: Path) -> None:
    pdf = book["pdf"]
    assert "水底下有人敲钟" in "".join(pdftotext(pdf).split())
    assert "水底下没人敲钟" not in "".join(pdftotext(pdf).split())
    assert all(font.embedded for font in pdffonts(pdf))
    assert pdfinfo(pdf).pages > 3
    assert [entry.title for entry in pdf_outline(pdf)]
    assert render_png(pdf, 1, 40)[:4] == b"\x89PNG"


@pytest.mark.parametrize("reader", [open_in_foliate, open_in_epubjs])
def test_a_reader_tells_what_the_book_says(
    reader: Callable[[Path], Opened], book: dict[str, Path]
) -> None:
    sound = reader(book["epub"])
    assert sound.title == "渡口"
    assert sound.dead_entries == ()
    with zipfile.ZipFile(book["epub"]) as archive:
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        content = archive.read(package).replace("渡口".encode(), "山口".encode())
    assert reader(repacked(book["epub"], {package: content})).title == "山口"


def test_every_judge_is_looked_for() -> None:
    assert {"epubcheck", "qpdf", "poppler", "foliate", "epubjs"} <= set(JUDGES)
    assert all(isinstance(missing(name), str) for name in JUDGES)
