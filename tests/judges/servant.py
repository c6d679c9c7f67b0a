"""A judge that lives in a process of its own and is asked over a pipe, book after book.

A new JVM spends seconds before its first verdict and a fraction of one on each small book after
that, so one stays up for each test process (`jvm.py`), and ends with it.
"""

import atexit
import json
import subprocess
import sys
import threading
from pathlib import Path

from tests.judges.finding import JudgeError

PATIENCE_S = 180.0  # a book of 1,000 chapters takes EPUBCheck 18 s


class Servant:
    """A running judge: a line of JSON goes in, a line of JSON comes out."""

    def __init__(self, judge: str) -> None:
        self._judge = judge
        self._process: subprocess.Popen[str] | None = None
        self._last_words = ""

    def ask(self, *question: str) -> object:
        """What the judge answers; it is started when it is not running."""
        process = self._process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        watchdog = threading.Timer(PATIENCE_S, process.kill)
        watchdog.start()
        try:
            print(json.dumps(question), file=process.stdin, flush=True)
            answered = process.stdout.readline()
        except OSError:
            answered = ""
        finally:
            watchdog.cancel()
        if not answered:
            self.close()
            raise JudgeError(f"{self._judge} fell silent on {question}\n{self._last_words}")
        return json.loads(answered)

    def _start(self) -> subprocess.Popen[str]:
        atexit.register(self.close)
        return subprocess.Popen(
            [sys.executable, "-m", "tests.judges.jvm", self._judge],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        atexit.unregister(self.close)
        if self._process:
            _, self._last_words = self._process.communicate()
            self._process = None
