"""Signals end a command in order: finally blocks run, the code is the shell's, it is said."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.core.endings import ENDINGS, INTERRUPTED, Ended, end_in_order, ending_in_order

ROOT = Path(__file__).resolve().parents[2]
# A command that waits inside of a clean-up, in a process of its own.
WAITING = """
import signal, sys, time
from pathlib import Path
from builder import cli
from builder.core import endings

def wait(given):
    Path("begun").touch()
    try:
        time.sleep(60)
    except Exception:
        raise AssertionError("no ending is an Exception")
    finally:
        Path("tidied").touch()

# Whoever started the tests may ignore hang-ups and Ctrl-C; who measures them may answer SIGTERM.
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
cli._ran = wait
sys.exit(cli.main())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_lets_a_command_tidy_up_and_say_so(tmp_path: Path, number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "BUILDER_LANG": "en"},
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "begun").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert process.returncode in ENDINGS
    assert (tmp_path / "tidied").exists()
    assert said.decode() == "error B098: interrupted; nothing was half written\n"


def test_who_ignores_a_hangup_goes_on_doing_so() -> None:
    kept = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        end_in_order()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        with pytest.raises(Ended) as ended:
            signal.raise_signal(signal.SIGTERM)
        assert ended.value.exit_code == 143
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def test_ctrl_c_has_the_code_of_the_shell() -> None:
    assert INTERRUPTED == 130


def test_work_in_a_pool_is_ended_in_order_and_before_and_after_it_the_pool_answers() -> None:
    kept = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    heard: list[int] = []

    def work() -> None:
        with ending_in_order():
            signal.raise_signal(signal.SIGHUP)
            signal.raise_signal(signal.SIGTERM)

    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
        with pytest.raises(Ended):
            work()
        assert heard == []
        signal.raise_signal(signal.SIGTERM)
        assert heard == [signal.SIGTERM]
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
