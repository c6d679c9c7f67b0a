"""What is wrong in a thousand places is told a dozen times, and then how often it is; JSON has all."""

import json
from pathlib import Path

import pytest

from builder.cli import main
from builder.console import MOST_OF_A_CODE, Findings, Terminal, print_diagnostics
from builder.core.diagnostic import Location, warning
from builder.core.events import BookStarted, DiagnosticFound, FileWritten


def marks_without_notes(count: int) -> str:
    """A chapter with so many marks that have no note, and one that has."""
    lines = "".join(f"　　第{at}盏灯［{at}］照着渡口。\n\n" for at in range(1, count + 2))
    return f"第一章 灯下\n\n{lines}［1］灯：夜里行船用的灯。\n"


def build(path: Path, *options: str) -> int:
    return main(
        ["build", str(path), "--out", str(path.parent / "out"), "--format", "epub", *options]
    )


@pytest.mark.parametrize("count", [MOST_OF_A_CODE, MOST_OF_A_CODE + 1, 60])
def test_a_dozen_of_a_code_are_told_with_their_places_and_the_others_counted(
    count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "S104"
    path = tmp_path / "渡口.txt"
    path.write_text(marks_without_notes(count), "utf-8")
    assert build(path) == 0
    told = capsys.readouterr().err.splitlines()
    places = [line for line in told if f"warning {code}: " in line]
    assert len(places) == MOST_OF_A_CODE
    assert places[0].startswith(f"{path}:5:")
    more = [line for line in told if line.startswith("… and ")]
    expected = f"… and {count - MOST_OF_A_CODE} more {code}; --json lists them all"
    assert more == ([expected] if count > MOST_OF_A_CODE else [])
    assert build(path, "--json") == 0
    (book,) = json.loads(capsys.readouterr().out)["books"]
    assert sum(found["code"] == code for found in book["diagnostics"]) == count


def test_each_code_and_each_book_has_its_own_dozen(capsys: pytest.CaptureFixture[str]) -> None:
    place = Location("一.txt", 1)
    many = [
        DiagnosticFound(warning(code, place, name="甲", mark="乙")) for code in ("R031", "S104")
    ] * 20
    with Terminal() as terminal:
        for name in ("一", "二"):
            terminal.listen(BookStarted(name, stages=5))
            for event in many:
                terminal.listen(event)
            terminal.listen(FileWritten(Path("a.epub"), 1))
    told = capsys.readouterr().err.splitlines()
    for code in ("R031", "S104"):
        assert sum(f"warning {code}: " in line for line in told) == 2 * MOST_OF_A_CODE
        assert told.count(f"… and 8 more {code}; --json lists them all") == 2


def test_what_other_commands_find_is_told_alike(capsys: pytest.CaptureFixture[str]) -> None:
    print_diagnostics(warning("R031", Location("a.epub"), name=str(at)) for at in range(60_000))
    told = capsys.readouterr().err.splitlines()
    assert sum("warning R031: " in line for line in told) == MOST_OF_A_CODE
    assert told[-1] == "… and 59988 more R031; --json lists them all"


def test_nothing_is_added_where_nothing_is_left_out() -> None:
    shown: list[str] = []
    findings = Findings(shown.append)
    findings.finish()
    findings.add(warning("R031", name="甲", mark="乙"))
    findings.finish()
    findings.finish()
    assert len(shown) == 1
