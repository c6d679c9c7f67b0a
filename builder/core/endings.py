"""Signals that end a command: in order, so that drafts and children go, and with the shell's code.

Without this, SIGTERM (a shutdown, `kill`, `timeout`) and SIGHUP (a closed terminal) would end the
process between two instructions, and leave what it was about to take away.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
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


def end_in_order() -> None:
    """Let these signals end the process as Ctrl-C does; who ignores one (nohup) goes on doing so."""
    for number in _SIGNALS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


@contextmanager
def ending_in_order() -> Iterator[None]:
    """The same for a piece of work in a process of a pool, whose own answer to SIGTERM counts
    before and after: a pool ends those that have nothing to do by it.
    """
    known = {number: signal.getsignal(number) for number in _SIGNALS}
    signal.signal(signal.SIGTERM, _end)
    end_in_order()
    try:
        yield
    finally:
        for number, answer in known.items():
            signal.signal(number, answer)


def _end(number: int, _frame: object) -> Never:
    # A second one ends it at once.
    signal.signal(number, signal.SIG_DFL)
    raise Ended(number)
