"""`builder check --printer` on the command line, for people and for programs."""

import json
from pathlib import Path

import pytest

from builder.cli import main
from tests.check.printed import PROSE, book, text
from tests.check.wrapped import cover

Captured = pytest.CaptureFixture[str]


def test_a_file_the_printer_takes_ends_well_and_says_whose_rules_they_are(
    tmp_path: Path, capsys: Captured
) -> None:
    assert main(["check", str(book(tmp_path / "a.pdf")), "--printer", "kdp"]) == 0
    assert "judged by what Amazon KDP took on 20" in capsys.readouterr().out


def test_a_file_the_printer_refuses_ends_with_nine(tmp_path: Path, capsys: Captured) -> None:
    path = book(tmp_path / "a.pdf", [text(60, 2), *[PROSE] * 23])
    assert main(["check", str(path), "--printer", "Amazon KDP"]) == 9
    assert "error K408" in capsys.readouterr().err


def test_advice_does_not_fail(tmp_path: Path, capsys: Captured) -> None:
    assert main(["check", str(book(tmp_path / "a.pdf", 25)), "--printer", "图文店"]) == 0
    assert "warning K402" in capsys.readouterr().err


def test_a_book_bound_at_the_right_can_be_said_to_be(tmp_path: Path, capsys: Captured) -> None:
    path = str(book(tmp_path / "a.pdf", [text(8, 100), *[PROSE] * 23]))
    assert main(["check", path, "--printer", "kdp"]) == 9
    assert main(["check", path, "--printer", "kdp", "--bound", "right"]) == 0


def test_a_cover_is_judged_against_its_book(tmp_path: Path, capsys: Captured) -> None:
    inside = book(tmp_path / "inside.pdf", 300)
    wrap = cover(tmp_path, around=120)
    arguments = ["check", str(wrap), "--printer", "kdp", "--cover-of", str(inside)]
    assert main(arguments) == 9
    assert "K432" in capsys.readouterr().err


def test_programs_get_the_printer_and_the_day_of_its_rules(
    tmp_path: Path, capsys: Captured
) -> None:
    path = book(tmp_path / "a.pdf", 22)
    assert main(["check", str(path), "--printer", "kdp", "--json"]) == 9
    answer = json.loads(capsys.readouterr().out)
    assert answer["printer"]["name"] == "kdp"
    assert [one["code"] for one in answer["files"][0]["diagnostics"]] == ["K401"]
