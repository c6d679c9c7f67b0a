"""Signals that end a command: in order, so that drafts and children go, and with the shell's code.

Without this, SIGTERM (a shutdown, `kill`, `timeout`) and SIGHUP (a closed terminal) would end the
process between two instructions, and leave what it was about to take away.
"""

import signal
from typing import Never

# What typer answers when Ctrl-C stopped a command; the shell's own code for it.
INTERRUPTED = 128 + signal.SIGINT
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
ENDINGS = frozenset({INTERRUPTED, *(128 + number for number in _SIGNALS)})


class Ended(SystemExit):
    """A signal has ended the command. No `except Exception` holds it up."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.exit_code = 128 + number


def end_in_order(*, is_child: bool = False) -> None:
    """Let these signals end the process as Ctrl-C does; who ignores one (nohup) goes on doing so.

    `is_child` is for a process of a pool, which is ended by SIGTERM and has its own answer to it.
    """
    for number in _SIGNALS:
        is_free = signal.getsignal(number) is signal.SIG_DFL
        if is_free or (is_child and number == signal.SIGTERM):
            signal.signal(number, _end)


def _end(number: int, _frame: object) -> Never:
    # A second one ends it at once.
    signal.signal(number, signal.SIG_DFL)
    raise Ended(number)
