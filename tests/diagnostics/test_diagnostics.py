"""Every diagnostic has a case it must find and a near miss it must leave alone."""

import os
import re
import shutil
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.catalogue import sentences_of

HERE = Path(__file__).parent
CODE = re.compile(r"[A-Z][0-9]{3}")
CASES = sorted(path for path in HERE.iterdir() if path.is_dir() and CODE.fullmatch(path.name))


def codes() -> set[str]:
    return {key for key in sentences_of("en") if CODE.fullmatch(key)}


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_has_a_folder(code: str) -> None:
    folder = HERE / code
    assert folder.is_dir(), f"tests/diagnostics/{code}/ is missing"
    has_files = (folder / "args.txt").exists() and (folder / "expected.txt").exists()
    has_near_miss = any(folder.glob("near_miss*"))
    assert (has_files and has_near_miss) or list(folder.glob("test_*.py"))


@pytest.mark.parametrize(
    "case", [c for c in CASES if (c / "args.txt").exists()], ids=lambda c: c.name
)
def test_diagnostic_is_found_and_near_miss_is_silent(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case.name in codes(), f"{case.name} is not in the catalogue"
    work = tmp_path / "case"
    shutil.copytree(case, work)
    monkeypatch.chdir(work)
    for variable in [name for name in os.environ if name.startswith("BUILDER_")]:
        monkeypatch.delenv(variable)

    printed = run(work, "input", "args.txt", capsys)
    assert lines_of(case.name, printed) == (case / "expected.txt").read_text("utf-8").strip(), (
        printed
    )

    near_args = "near_miss_args.txt" if (work / "near_miss_args.txt").exists() else "args.txt"
    printed = run(work, "near_miss", near_args, capsys)
    assert lines_of(case.name, printed) == ""


def run(work: Path, name: str, args: str, capsys: pytest.CaptureFixture[str]) -> str:
    given = next(iter(sorted(p.name for p in work.iterdir() if p.stem == name)), "input")
    words = (work / args).read_text("utf-8").split()
    filled = [word.replace("{input}", given).replace("{out}", "out") for word in words]
    main(filled)
    captured = capsys.readouterr()
    return captured.err + captured.out


def lines_of(code: str, printed: str) -> str:
    """The lines that carry `code`, each with the hint that follows it."""
    kept: list[str] = []
    is_ours = False
    for line in printed.splitlines():
        if not line.startswith("  hint: "):
            is_ours = f" {code}: " in line
        if is_ours:
            kept.append(line)
    return "\n".join(kept)
