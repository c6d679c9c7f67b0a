"""A command line that cannot be understood, told to a program."""

import json

import pytest

from builder.cli import main


def test_b097_is_for_programs_what_usage_is_for_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["inspect", "--json", "--no-such-option", "a.txt"]) == 2
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert (told["error"]["code"], told["exit_code"]) == ("B097", 2)
    assert "--no-such-option" in told["error"]["message"]
    assert main(["inspect", "--no-such-option", "a.txt"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "B097" not in printed.err
