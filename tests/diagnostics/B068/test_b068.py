"""What the system refuses is told as that, not as a fault of ours."""

import errno
import os
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.unforeseen import told


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EAGAIN, errno.EIO, errno.ENOTSUP])
def test_what_the_system_refuses_is_told(
    number: int, monkeypatch: pytest.MonkeyPatch, chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("builder.pipeline.inspect", fail)
    assert main(["inspect", str(chapter_folder)]) == 10
    said = capsys.readouterr().err
    assert f"error B068: the system refuses what builder needs: {os.strerror(number)}" in said
    assert "hint: " in said


def test_the_file_is_named_when_the_system_names_one() -> None:
    problem = OSError(errno.EIO, "Input/output error", "book/01.txt")
    assert str(told(problem).diagnostic).startswith("book/01.txt: error B068: ")


def test_no_memory_for_the_system_is_no_memory_and_a_fault_of_ours_stays_one() -> None:
    assert told(OSError(errno.ENOMEM, "Cannot allocate memory")).diagnostic.code == "B066"
    assert told(OSError("no number")).diagnostic.code == "B099"


def test_a_system_that_gives_everything_says_nothing(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(chapter_folder)]) == 0
    assert "B068" not in capsys.readouterr().err
