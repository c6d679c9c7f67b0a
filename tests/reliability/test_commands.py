"""No command and no option that writes is forgotten: the lists of the trials are those of the app."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from builder.cli.commands import app
from tests.reliability.scene import (
    COMMANDS,
    NAMED_TO_BE_READ,
    OLD,
    READING,
    SERVING,
    Command,
    lay_out,
    run,
)


def leaves(command: object, name: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """Every command that does something, as it is called."""
    if isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            yield from leaves(inner, f"{name} {word}".strip())
    elif isinstance(command, TyperCommand):
        yield name, command


APP = dict(leaves(get_command(app)))


def called(command: Command) -> str:
    """Which of the app's commands is run."""
    return max((name for name in APP if " ".join(command.arguments).startswith(name)), key=len)


def test_every_command_is_made_to_fail_or_shown_to_write_nothing() -> None:
    writing, reading = ({called(one) for one in part} for part in (COMMANDS, READING))
    assert writing | reading | SERVING == set(APP)
    assert not writing & reading


def test_every_option_that_names_a_file_to_write_is_made_to_fail() -> None:
    tried = {(called(one), word) for one in COMMANDS for word in one.arguments}
    naming = {
        (name, option.opts[0])
        for name, command in APP.items()
        for option in command.params
        if isinstance(option, TyperOption) and "Path" in option.bare_type() and name not in SERVING
    }
    assert {("build", "--out"), ("convert", "--glossary"), ("check", "--against")} <= naming
    assert {f"{name} {option}" for name, option in naming - tried} == NAMED_TO_BE_READ


@pytest.mark.parametrize("command", READING, ids=lambda one: one.name)
def test_what_only_reads_leaves_everything_as_it_was(command: Command, tmp_path: Path) -> None:
    lay_out(tmp_path, OLD)
    (tmp_path / "out").mkdir()
    before = everything(tmp_path)
    outcome = run(command, tmp_path)
    assert outcome.code == 0, outcome.said
    assert everything(tmp_path) == before


def everything(folder: Path) -> dict[Path, str]:
    """A digest of each file, "" for a folder."""
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }
