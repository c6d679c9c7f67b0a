"""Whole books, from raw chapters to files, shown to judges that nobody here wrote."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from builder.core.traversal import project, walk
from builder.pipeline import BuildOptions, BuildResult, build
from tests.conftest import ROOT, SHARED
from tests.judges import (
    Opened,
    OutlineEntry,
    epubcheck,
    open_in_epubjs,
    open_in_foliate,
    pdf_outline,
    pdffonts,
    pdfinfo,
    pdftotext_pages,
    qpdf_check,
)


@dataclass(frozen=True, slots=True)
class Case:
    """A book to build: the sample or the seeds, as it is or converted."""

    name: str
    path: Path
    to: str


SAMPLE = next(path for path in sorted((ROOT / "source").iterdir()) if path.is_dir())
CASES = [
    Case(f"{name}{'-' + to if to else ''}", path, to)
    for name, path in (("sample", SAMPLE), ("seeds", SHARED / "seeds"))
    for to in ("", "zh-Hant-TW")
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    case: Case = request.param
    if not case.path.is_dir():
        pytest.skip("no seeds beside this checkout")
    out = tmp_path_factory.mktemp(case.name)
    return build(case.path, BuildOptions(to=case.to, out=out, environment={}))


def path_of(built: BuildResult, form: str) -> Path:
    return next(file.path for file in built.files if file.format == form)


def headings(built: BuildResult) -> list[tuple[int, str]]:
    """Every heading of the book with its depth, white space folded."""
    return [
        (depth, " ".join(section.heading.split())) for depth, section in walk(built.book.sections)
    ]


def flatten(
    entries: Iterable[tuple[str, tuple[Any, ...]]], depth: int = 0
) -> list[tuple[int, str]]:
    """A tree of titles as a list of (depth, title), white space folded."""
    flat: list[tuple[int, str]] = []
    for title, children in entries:
        flat.append((depth, " ".join(title.split())))
        pairs = ((getattr(c, "title", "") or c.label, c.children) for c in children)
        flat += flatten(pairs, depth + 1)
    return flat


@pytest.mark.judge
def test_epubcheck_has_nothing_to_say(built: BuildResult) -> None:
    epub = path_of(built, "epub")
    assert epubcheck([epub]) == {epub: []}


@pytest.mark.judge
def test_qpdf_finds_the_pdf_sound_and_every_font_is_embedded(built: BuildResult) -> None:
    pdf = path_of(built, "pdf")
    assert qpdf_check(pdf) == []
    fonts = pdffonts(pdf)
    assert fonts
    assert all(font.embedded and font.unicode for font in fonts)
    info = pdfinfo(pdf)
    assert info.title == built.book.metadata.title
    assert info.tagged


@pytest.mark.judge
def test_the_outline_is_the_contents(built: BuildResult) -> None:
    assert outline_headings(pdf_outline(path_of(built, "pdf"))) == headings(built)


def outline_headings(entries: Iterable[OutlineEntry]) -> list[tuple[int, str]]:
    """The outline as a list, without the entries for our own pages (title page, colophon)."""
    own = {"封面", "书名页", "書名頁", "版权页", "版權頁", "目录", "目錄", "扉页", "扉頁"}
    flat = flatten((entry.title, entry.children) for entry in entries)
    return [(depth, title) for depth, title in flat if title not in own]


@pytest.mark.judge
def test_poppler_reads_the_first_and_last_line_of_every_chapter(built: BuildResult) -> None:
    printed = "".join("".join(page.split()) for page in pdftotext_pages(path_of(built, "pdf")))
    for _, heading in headings(built):
        assert "".join(heading.split()) in printed


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_nothing_is_lost_between_the_source_and_the_files(built: BuildResult) -> None:
    from builder.check import check

    for file in built.files:
        found = check(file.path, against=built.book)
        assert [str(item) for item in found if item.severity == "error"] == []


def test_the_ledger_leads_from_the_source_to_the_book_and_back(built: BuildResult) -> None:
    text = project(built.book)
    decoded = built.ledger.restore(text)
    assert built.ledger.replay(decoded) == text


@pytest.mark.judge
@pytest.mark.parametrize("reader", [open_in_foliate, open_in_epubjs])
def test_a_real_reader_shows_the_contents_of_the_sample(
    reader: Callable[[Path], Opened], tmp_path: Path
) -> None:
    result = build(SAMPLE, BuildOptions(out=tmp_path, formats=("epub",), environment={}))
    opened = reader(path_of(result, "epub"))
    assert opened.title == result.book.metadata.title
    assert opened.language == "zh-Hans"
    assert opened.dead_entries == ()
    shown = flatten((entry.label, entry.children) for entry in opened.toc)
    assert [entry for entry in shown if entry in headings(result)] == headings(result)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_the_same_input_gives_the_same_bytes_anywhere_any_day(
    zone: str, tmp_path: Path, chapter_folder: Path
) -> None:
    first = build(chapter_folder, BuildOptions(out=tmp_path / "a", environment={}))
    for path in chapter_folder.iterdir():
        os.utime(path, (time.time() - 1e7, time.time() - 1e7))
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-m", "builder", "build", chapter_folder, "--out", tmp_path / "b"],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    for file in first.files:
        again = tmp_path / "b" / file.path.relative_to(tmp_path / "a")
        assert again.read_bytes() == file.path.read_bytes(), file.format


def test_source_date_epoch_is_the_date_of_the_book(chapter_folder: Path, tmp_path: Path) -> None:
    options = BuildOptions(
        out=tmp_path, formats=("epub",), environment={"SOURCE_DATE_EPOCH": "1700000000"}
    )
    [file] = build(chapter_folder, options).files
    with zipfile.ZipFile(file.path) as archive:
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        assert b"2023-11-14T22:13:20Z" in archive.read(package)


def test_the_wheel_builds_a_book_outside_the_checkout(tmp_path: Path, chapter_folder: Path) -> None:
    wheels, site = tmp_path / "wheels", tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", wheels],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    [wheel] = wheels.glob("*.whl")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "-q"),
            *("--no-deps", "--no-index", "--target", site, wheel),
        ],
        check=True,
        capture_output=True,
    )
    script = (
        "import sys, builder; from builder.cli import main;"
        f"assert builder.__file__.startswith({str(site)!r}), builder.__file__;"
        "sys.exit(main(sys.argv[1:]))"
    )
    subprocess.run(
        [sys.executable, "-c", script, "build", chapter_folder, "--out", tmp_path / "out"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(site)}, check=True, capture_output=True,
    )  # fmt: skip
    suffixes = sorted(path.suffix for path in (tmp_path / "out" / "渡口").iterdir())
    assert suffixes == [".epub", ".ledger", ".pdf"]
