"""`builder cover --wrap`, from a book's folder to the file for the printer."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PIL import Image

from builder.cli import main
from builder.wrapping import is_wrap
from tests.covers.wraps import box_mm, scanned

CHAPTER = "第一章 灯下\n\n　　雨停了，船也走了。他站在渡口看着水，水里没有人。\n"
SETTINGS = (
    '[book]\ntitle = "渡口的人"\ncreators = ["沈砚"]\nisbn = "7-02-000220-X"\nprice = "38.00 元"\n'
)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "渡口"
    folder.mkdir()
    (folder / "01.txt").write_text(CHAPTER, "utf-8")
    (folder / "book.toml").write_text(SETTINGS, "utf-8")
    return folder


def run(*words: object) -> int:
    return main([str(word) for word in words])


def interior(path: Path, pages: int, size: tuple[float, float] = (419.53, 595.28)) -> Path:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=size)
        document.save(path)
    return path


def test_a_wrap_stands_beside_the_book_and_tells_its_measures(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--pages", 200, "--printer", "kdp", "--paper", "cream", "--set", "pdf.trim=6x9in")
    assert run("cover", book, "--wrap", *words) == 0
    printed = capsys.readouterr().out
    assert "323.85 × 234.95 mm" in printed
    assert "spine 12.70 mm" in printed
    pdf = (tmp_path / "dist/渡口/渡口.kdp.wrap.pdf").read_bytes()
    assert box_mm(pdf, "/MediaBox") == pytest.approx((0, 0, 323.85, 234.95), abs=0.01)
    assert scanned(pdf) == [("EAN-13", "9787020002207")]


def test_json_has_what_a_program_needs(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cover", book, "--wrap", "--pages", 320, "--printer", "图文店", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert Path(told.pop("path")).name == "渡口.tuwen.wrap.pdf"
    assert told.pop("bytes") > 100_000
    assert told.pop("design")
    assert told == {
        "pages": 320,
        "trim": "A5",
        "spine_mm": 16.0,
        "bleed_mm": 3.0,
        "width_mm": 318.0,
        "height_mm": 216.0,
        "printer": "tuwen",
        "paper": "80g",
        "diagnostics": [],
    }


def test_pages_are_counted_in_the_interior(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = interior(tmp_path / "内文.pdf", 151)
    assert run("cover", book, "--wrap", "--interior", given, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pages"] == 152  # whole leaves
    assert told["spine_mm"] == pytest.approx(7.6)
    assert told["diagnostics"] == []


def test_pages_are_measured_as_they_are_cut_and_turned(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "内文.pdf"
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(660, 500))
        page.trimbox = pikepdf.Array([30, 30, 30 + 595.28, 30 + 419.53])
        page.Rotate = 90
        document.save(given)
    assert run("cover", book, "--wrap", "--interior", given) == 0
    assert "E058" not in capsys.readouterr().err


def test_without_a_page_count_the_book_is_set(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", book, "--format", "pdf", "--printer", "tuwen") == 0
    capsys.readouterr()
    (built,) = (tmp_path / "dist/渡口").glob("*.pdf")
    with pymupdf.open(built) as document:
        pages = len(document)
    assert run("cover", book, "--wrap", "--printer", "tuwen", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pages"] == pages + pages % 2
    assert sorted(path.name for path in built.parent.glob("*.epub")) == []


@pytest.mark.parametrize("kind", ["missing", "empty", "broken", "locked"])
def test_an_interior_that_cannot_be_read_is_told(
    book: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "内文.pdf"
    if kind == "empty":
        given.write_bytes(b"")
    elif kind == "broken":
        given.write_bytes(interior(tmp_path / "good.pdf", 2).read_bytes()[:200])
    elif kind == "locked":
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(given, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert run("cover", book, "--wrap", "--interior", given) == 4
    printed = capsys.readouterr().err
    assert "E052" in printed
    assert "0x" not in printed


def test_an_interior_without_pages_has_no_cover(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pikepdf.new() as document:
        document.save(tmp_path / "a.pdf")
    assert run("cover", book, "--wrap", "--interior", tmp_path / "a.pdf") == 3
    assert "E051" in capsys.readouterr().err


@pytest.mark.parametrize("pages", [-1, 0, 10_001])
def test_no_book_has_so_many_pages(
    book: Path, pages: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cover", book, "--wrap", "--pages", pages) == 3
    assert "E051" in capsys.readouterr().err


@pytest.mark.parametrize("spine", ["12", "-3mm", "thick", "9000mm"])
def test_a_spine_is_a_length(book: Path, spine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cover", book, "--wrap", "--pages", 100, f"--spine={spine}") == 3
    assert "B003" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("--interior", "a.pdf"),
        ("--spine", "3mm"),
        ("--folds",),
        ("--volume", "1"),
        ("--printer", "kdp"),
        ("--wrap", "--all"),
        ("--wrap", "--pages", "20", "--interior", "a.pdf"),
    ],
)
def test_options_that_mean_nothing_together_are_told(
    book: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cover", book, *words) == 3
    assert "B047" in capsys.readouterr().err


def test_only_a_wrap_is_written_over(book: Path, tmp_path: Path) -> None:
    mine = interior(tmp_path / "mine.pdf", 2)
    before = mine.read_bytes()
    assert run("cover", book, "--wrap", "--pages", 90, "--out", mine) == 7
    assert mine.read_bytes() == before
    assert run("cover", book, "--wrap", "--pages", 90, "--out", mine, "--force") == 0
    assert is_wrap(mine.read_bytes())
    assert run("cover", book, "--wrap", "--pages", 200, "--out", mine) == 0


def test_the_books_own_picture_goes_on_the_front_unless_a_design_is_asked_for(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = BytesIO()
    Image.new("RGB", (1900, 2700), (20, 80, 60)).save(content, "JPEG")
    (book / "cover.jpg").write_bytes(content.getvalue())
    words = ("cover", book, "--wrap", "--pages", 90, "--json", "--out", tmp_path / "a.pdf")
    assert run(*words) == 0
    assert json.loads(capsys.readouterr().out)["design"] == ""
    assert run(*words, "--design", "moon") == 0
    assert json.loads(capsys.readouterr().out)["design"] == "moon"


def test_a_picture_that_cannot_be_used_is_named(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "cover.jpg").write_bytes(b"\xff\xd8\xff\xe0 and nothing more")
    assert run("cover", book, "--wrap", "--pages", 90) == 4
    printed = capsys.readouterr().err
    assert "R018" in printed
    assert "cover.jpg" in printed


def test_a_cover_that_was_drawn_here_is_drawn_again_as_type(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cover", book, "--out", book / "cover.jpg") == 0
    capsys.readouterr()
    assert run("cover", book, "--wrap", "--pages", 90, "--json", "--out", tmp_path / "a.pdf") == 0
    assert json.loads(capsys.readouterr().out)["design"]


def test_every_volume_has_a_cover_of_its_own(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "01.txt").write_text(
        "第一卷 风起\n\n第一章 灯下\n\n　　雨停了。\n\n第二卷 云涌\n\n第二章 对岸\n\n　　船来了。\n",
        "utf-8",
    )
    words = ("--wrap", "--pages", 200, "--set", "structure.split=volume")
    assert run("cover", book, *words, "--volume", 2) == 0
    with pymupdf.open(tmp_path / "dist/渡口/渡口.02.wrap.pdf") as document:
        text = document[0].get_text()
    assert "云" in text
    for volume in (0, 3, -1):
        assert run("cover", book, *words, f"--volume={volume}") == 3
        assert "E061" in capsys.readouterr().err


def test_a_vertical_edition_is_bound_on_the_right(book: Path, tmp_path: Path) -> None:
    places = []
    for words in ((), ("--vertical",)):
        out = tmp_path / "a.pdf"
        assert run("cover", book, "--wrap", "--pages", 40, "--out", out, *words) == 0
        with pymupdf.open(out) as document:
            named = document[0].search_for("渡")
            places.append(min(rectangle.x0 for rectangle in named) / document[0].rect.width)
    assert places[0] > 0.5 > places[1]


def test_a_screen_has_no_cover_of_paper(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cover", book, "--wrap", "--json", "--out", tmp_path / "a.pdf") == 0
    of_paper = json.loads(capsys.readouterr().out)["pages"]
    words = ("--set", "pdf.device=phone-6.1", "--out", tmp_path / "b.pdf")
    assert run("cover", book, "--wrap", "--json", *words) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == of_paper


def test_bleed_and_inks_are_those_of_the_settings(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    words = ("--set", "pdf.bleed=5mm", "--set", "pdf.colour=grey")
    assert run("cover", book, "--wrap", "--pages", 100, "--out", out, *words) == 0
    assert box_mm(out.read_bytes(), "/TrimBox")[:2] == pytest.approx((5, 5), abs=0.01)
    with pikepdf.open(out) as document:
        (picture,) = document.pages[0].Resources.XObject.values()
        assert picture.ColorSpace == "/DeviceGray"
