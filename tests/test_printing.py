"""An edition for a printer or a screen, as the command line and book.toml ask for it."""

from pathlib import Path

import pikepdf
import pytest

from builder.core.config import Config
from builder.core.errors import ConfigError
from builder.pipeline import BuildOptions, build
from builder.settings import settle

STORY = "第一章 夜雨\n雨停了。他把伞收起来，走进了屋子。\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "雨"
    folder.mkdir()
    (folder / "01.txt").write_text(STORY, "utf-8")
    return folder


def settled(book: Path, *, toml: str = "", **options: object) -> Config:
    (book / "book.toml").write_text(toml, "utf-8")
    return settle(book, BuildOptions(environment={}, **options))[1]  # type: ignore[arg-type]  # any of its fields


def test_a_printer_gets_a_pdf_under_his_name(book: Path, tmp_path: Path) -> None:
    options = BuildOptions(printer="图文店", out=tmp_path / "out", environment={})
    (built,) = build(book, options).files
    assert built.path == tmp_path / "out" / "雨" / "雨.tuwen.pdf"


def test_other_formats_are_made_for_a_printer_when_they_are_asked_for(book: Path) -> None:
    assert settled(book, printer="kdp").output.formats == ("pdf",)
    assert settled(book, printer="kdp", formats=("epub", "pdf")).output.formats == ("epub", "pdf")
    # book.toml may name the printer of an edition that is read on screens, too.
    assert settled(book, toml='[pdf]\nprinter = "kdp"').output.formats == ("epub", "pdf")


def test_paper_that_the_command_line_asks_for_beside_a_device_is_kept(book: Path) -> None:
    pages = settled(book, device="kobo-libra", settings=("pdf.trim=B6", "pdf.bleed=3mm"))
    assert pages.epub.device == "kobo-libra"
    assert (pages.pdf.device, pages.pdf.trim, pages.pdf.bleed) == (None, "B6", "3mm")
    screen = settled(book, device="kobo-libra", settings=("typography.hanging=true",))
    assert screen.pdf.device == "kobo-libra"


def test_a_device_is_one_for_the_epub_and_the_pdf(book: Path, tmp_path: Path) -> None:
    config = settled(book, device="kobo-libra", formats=("epub", "pdf"))
    assert config.epub.device == config.pdf.device == "kobo-libra"
    options = BuildOptions(
        device="kobo-libra", formats=("pdf",), out=tmp_path / "out", environment={}
    )
    (built,) = build(book, options).files
    with pikepdf.open(built.path) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == pytest.approx(
            [0, 0, 303.36, 403.2], abs=0.01
        )


def test_the_command_lines_screen_or_paper_wins_over_the_settings(book: Path) -> None:
    paper = '[pdf]\nprinter = "kdp"\nbleed = "3mm"\nmarks = ["crop"]'
    screen = settled(book, toml=paper, device="kobo").pdf
    assert (screen.printer, screen.bleed, screen.marks) == (None, "", ())
    assert settled(book, toml='[pdf]\ndevice = "kobo"', printer="kdp").pdf.device is None


@pytest.mark.parametrize(
    ("toml", "options"),
    [
        ('[pdf]\ndevice = "kobo"\nprinter = "home"', {}),
        ('[pdf]\ndevice = "kobo"\nbleed = "3mm"', {}),
        ('[pdf]\ndevice = "kobo"\nmarks = ["crop"]', {}),
        ("", {"device": "kobo", "printer": "kdp"}),
    ],
)
def test_pages_are_of_paper_or_of_a_screen(book: Path, toml: str, options: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        settled(book, toml=toml, **options)
    assert caught.value.diagnostic.code == "P031"


def test_an_unknown_printer_is_told_the_nearest(book: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        settled(book, printer="lullu")
    assert caught.value.diagnostic.code == "B003"
    assert "lulu" in caught.value.hint
