"""What steers a terminal is shown to a person, never obeyed."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.catalogue import say
from builder.core.diagnostic import Location, warning
from builder.core.shown import in_one_line, shown

STEERS = ("\x1b[2J", "\x9b31m", "\x07", "\r", "\x7f", "\u2028", "\u202e", "\u2066", "\x85")
PLAIN = (
    "雨停了。",
    "a b",
    "第一章\u3000夜雨",
    "👨\u200d👩\u200d👧",
    "שלום\u200f",
    "甲\n\t乙",
    "e\u0301",
)


@pytest.mark.parametrize("steering", STEERS)
def test_what_steers_becomes_an_escape(steering: str) -> None:
    assert shown(f"甲{steering}乙") == f"甲\\u{ord(steering[0]):04x}{steering[1:]}乙"


@pytest.mark.parametrize("text", PLAIN)
def test_what_people_write_stays(text: str) -> None:
    assert shown(text) == text


def test_a_name_cannot_begin_a_line() -> None:
    assert in_one_line("a\nerror R999: x\r\n") == "a\\nerror R999: x\\u000d\\n"
    forged = warning("R031", Location("a\nerror R999: x.epub"), name="b\nerror R998")
    assert [line.partition(" ")[0] for line in str(forged).split("\n")][1:] == [""]


def test_a_path_in_a_sentence_is_shown_in_one_line() -> None:
    assert "\n" not in say("build.written", path=Path("a\nb\x1b.epub"), size="1 kB")


NAMES = (
    "a\x1b[31;5mz",
    "\u202egpj",
    "n\nerror R999 fake",
    "\x9b31m",
    "[link=abc]x",
    "\x1b]0;pwn\x07",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_and_titles_steer_nothing(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / f"{name}.txt"
    book.write_bytes("《\x1b[2J题》\n\n第一章 \x9b31m红\u202e\n\n他走了。\n".encode() + b"\xff\n")
    out = str(tmp_path / "out")
    commands: tuple[tuple[str, ...], ...] = (
        ("build", str(book), "--out", out, "--format", "epub"),
        ("inspect", str(book)),
        ("inspect", str(book), "--json"),
        ("check", str(book)),
        ("convert", str(book), "--to", "zh-Hant", "--report", str(tmp_path / "r.tsv")),
    )
    for arguments in commands:
        main(list(arguments))
        printed = capfd.readouterr()
        told = printed.out + printed.err if arguments[0] != "convert" else printed.err
        assert told
        assert told.replace("\n", "") == shown(told).replace("\n", ""), arguments
        assert not any(line.startswith("error R999") for line in told.split("\n"))


def test_a_terminal_gets_no_link_out_of_a_name_and_no_escape_out_of_a_text(tmp_path: Path) -> None:
    book = tmp_path / "[link=abc]\x1b]0;pwn\x07.txt"
    book.write_text("第一章 \x1b[31m红\n\n他走了。\n", encoding="utf-8")
    for arguments in (
        ("build", "--out", "out", "--format", "epub"),
        ("convert", "--to", "zh-Hant"),
    ):
        said = _on_a_terminal([arguments[0], str(book), *arguments[1:]], tmp_path)
        assert arguments[0] == "build" or b"\\u001b" in said
        assert not any(
            steering in said for steering in (b"\x1b]", b"\x07", b"\x1b[31m\xe7\xb4\x85")
        )


def _on_a_terminal(arguments: list[str], folder: Path) -> bytes:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "builder", *arguments]
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as child:
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 1 << 16):
                said += piece
        except OSError:  # Linux tells the end of a terminal so
            pass
        assert child.wait() == 0
    os.close(ours)
    return said
