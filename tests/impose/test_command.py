"""`builder impose`: what it writes, says and answers."""

import json
from pathlib import Path

import pikepdf
import pytest

from builder.cli import main
from tests.impose.books import write_book


def run(*arguments: str | Path) -> int:
    return main(["impose", *map(str, arguments)])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "渡口.pdf", 42)


def test_a_booklet_lies_beside_its_book_with_a_picture_and_what_to_do(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book) == 0
    booklet, picture = (book.with_name(f"渡口.booklet.{end}") for end in ("pdf", "folding.png"))
    assert booklet.is_file()
    assert picture.is_file()
    printed = capsys.readouterr().out
    for words in (
        str(booklet),
        "pages: 42, and 2 blank; sheets of A4: 11",
        "│   ┆ 1 │    │ 2 ┆   │",
        "1. Print on both sides, turned over the short edge",
        "2. Lay each sheet down with its front below and fold the left half over the right.",
        "3. Put the sheets into one another",
        "4. Staple on the fold.",
        f"how to fold: {picture}",
    ):
        assert words in printed
    assert run(book) == 0, "what was made here may be made again"


@pytest.mark.parametrize(
    ("options", "ending", "steps"),
    [
        (
            ("--signature", "16"),
            "signatures",
            ["Print on both", "Lay each", "Put 4 sheets at a time", "Lay the 3 ", "Sew through"],
        ),
        (
            ("--signature", "16", "--folds", "3", "--binding", "perfect", "--sheet", "对开"),
            "signatures",
            ["Print on both", "Lay each", "Lay the 3 ", "Mill the spine", "Trim the three"],
        ),
        (("--binding", "stack"), "stack", ["Print on both", "Cut the whole", "Glue"]),
        (("--folds", "2"), "booklet", ["Print on both", "Lay each", "Put the", "Staple", "Trim"]),
    ],
)
def test_every_binding_says_what_to_do(
    options: tuple[str, ...],
    ending: str,
    steps: list[str],
    book: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(book, *options) == 0
    assert book.with_name(f"渡口.{ending}.pdf").is_file()
    told = [line for line in capsys.readouterr().out.splitlines() if line[:1].isdigit()]
    assert len(told) == len(steps)
    for line, (number, start) in zip(told, enumerate(steps, 1), strict=True):
        assert line.startswith(f"{number}. {start}")


@pytest.mark.parametrize(
    ("pile", "said", "last"),
    [
        ("as-is", "without turning it over", "the back of the last sheet"),
        ("turned", "Turn the pile over", "the back of the first sheet"),
    ],
)
@pytest.mark.parametrize(
    ("flip", "leads"), [("short", "came out last"), ("long", "came out first")]
)
def test_a_printer_of_one_side_gets_two_files_and_how_the_pile_goes_back(
    pile: str, said: str, last: str, flip: str, leads: str, book: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run(book, "--by-hand", "--pile", pile, "--flip", flip) == 0
    printed = capsys.readouterr().out
    for part in ("fronts", "backs"):
        path = book.with_name(f"渡口.booklet.{part}.pdf")
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == 11
            assert pdf.Root.ViewerPreferences.Duplex == "/Simplex"
        assert path.name in printed
    assert not book.with_name("渡口.booklet.pdf").exists()
    assert said in printed
    assert last in printed
    assert leads in printed


def test_by_hand_sheets_turn_over_the_short_edge_whichever_way_they_lie(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folds in ("1", "2"):
        assert run(book, "--by-hand", "--folds", folds, "--json") == 0
        assert json.loads(capsys.readouterr().out)["flip"] == "short"
    assert run(book, "--folds", "2", "--json") == 0
    assert json.loads(capsys.readouterr().out)["flip"] == "long"


def test_the_result_can_be_json(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "for the printer" / "sheets.pdf"
    options = ("--binding", "perfect", "--sheet", "sra3", "--bound", "right", "--no-picture")
    assert run(book, "--out", out, "--json", *options) == 0
    assert json.loads(capsys.readouterr().out) == {
        "files": [{"part": "all", "path": str(out), "bytes": out.stat().st_size}],
        "picture": "",
        "pages": 42,
        "blank_pages": 2,
        "sheets": 11,
        "signatures": [4, 4, 3],
        "pages_a_side": 2,
        "binding": "perfect",
        "bound": "right",
        "folds": 1,
        "sheet": {"name": "SRA3", "width_mm": 320, "height_mm": 450},
        "scale": 1.0,
        "flip": "short",
        "diagnostics": [],
    }
    assert not out.with_suffix(".folding.png").exists()


def test_a_folder_in_the_way_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book.with_name("渡口.booklet.pdf").mkdir()
    assert run(book) == 7
    assert "B010" in capsys.readouterr().err
