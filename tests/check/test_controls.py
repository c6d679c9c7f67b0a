"""Five books broken on purpose, in ways that validators pass: our own check catches each one.

The sound book is one of ours, vertical and with a font; a check that finds nothing in it and
nothing in the broken ones would be no check.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.check import check_epub
from builder.core.book import Book
from builder.pipeline import BuildOptions, build
from tests.editions.fixture import feature_book

Files = dict[str, bytes]


@pytest.fixture(autouse=True)
def _without_epubcheck(monkeypatch: pytest.MonkeyPatch) -> None:
    """These faults have to be found by what is ours."""
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Book]:
    folder = tmp_path_factory.mktemp("sound")
    options = BuildOptions(formats=("epub",), out=folder / "out", vertical=True, environment={})
    result = build(feature_book(folder), options)
    return result.files[0].path, result.book


def codes(path: Path, book: Book) -> list[str]:
    return [found.code for found in check_epub(path, against=book)]


def broken(sound: Path, folder: Path, damage: Callable[[Files], None]) -> Path:
    """A copy of the book with its files as `damage` leaves them."""
    with zipfile.ZipFile(sound) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    before = dict(files)
    damage(files)
    assert files != before
    path = folder / "broken.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_the_sound_book_is_faultless(sound: tuple[Path, Book]) -> None:
    assert codes(*sound) == []


def no_direction(files: Files) -> None:
    substitute(files, ".opf", rb' page-progression-direction="rtl"', b"")


def garbage_font(files: Files) -> None:
    item = b'<item id="f" href="fonts/a.otf" media-type="font/otf"/></manifest>'
    substitute(files, ".opf", b"</manifest>", item)
    files["EPUB/fonts/a.otf"] = b"\x00garbage" * 400


def dropped_paragraph(files: Files) -> None:
    substitute(files, ".xhtml", rb"<p>[^\n]*\xe5\xaf\xb9\xe5\xb2\xb8[^\n]*</p>\n", b"")


def removed_cover(files: Files) -> None:
    del files[next(name for name in files if name.endswith("cover.jpg"))]


def broken_note(files: Files) -> None:
    substitute(files, ".xhtml", rb'(<li [^>]*)id="note-', rb'\1id="gone-')


def substitute(files: Files, ending: str, pattern: bytes, by: bytes) -> None:
    """Once, in the first file of that kind in which it can be done."""
    for name, content in files.items():
        if name.endswith(ending) and re.search(pattern, content):
            files[name] = re.sub(pattern, by, content, count=1)
            return


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (no_direction, {"K102"}),
        (garbage_font, {"K103"}),
        (dropped_paragraph, {"K201"}),
        (removed_cover, {"K105", "K109"}),
        (broken_note, {"K104"}),
    ],
    ids=["rtl attribute removed", "garbage font", "dropped paragraph", "no cover", "broken note"],
)
def test_a_fault_that_validators_pass_is_found(
    damage: Callable[[Files], None], expected: set[str], sound: tuple[Path, Book], tmp_path: Path
) -> None:
    path, book = sound
    found = codes(broken(path, tmp_path, damage), book)
    assert set(found) == expected
