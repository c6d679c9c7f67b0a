"""What a person sees in the terminal: progress, tables, diagnostics. The only importer of rich.

Results go to stdout, everything else to stderr. Without a terminal there is no progress and
no colour; `NO_COLOR` is honoured. rich is loaded only when something is drawn.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Severity
from builder.core.events import (
    BookStarted,
    DiagnosticFound,
    Event,
    FileWritten,
    StageStarted,
)
from builder.core.shown import in_one_line, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.progress import Progress, TaskID

_COLOURS = {Severity.NOTE: "36", Severity.WARNING: "33", Severity.ERROR: "31"}
# So many of a code show what kind of thing it is, and where it begins.
MOST_OF_A_CODE = 12


class Findings:
    """Which findings are printed: of each code the first dozen, and how many more there are.

    A book can have one thing wrong in 60,000 places; nobody reads that, and --json has all of it.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._counts: Counter[str] = Counter()

    def add(self, diagnostic: Diagnostic) -> None:
        """Show it, unless there were enough of its code."""
        self._counts[diagnostic.code] += 1
        if self._counts[diagnostic.code] <= MOST_OF_A_CODE:
            self._show(coloured(diagnostic))

    def finish(self) -> None:
        """Say what was left out; the next finding is the first of its code again."""
        for code, count in self._counts.items():
            if (more := count - MOST_OF_A_CODE) > 0:
                self._show(say("diagnostic.more", code=code, count=more))
        self._counts.clear()


class Terminal:
    """Listens to a build and shows it; use as a context manager, so that the line is cleared."""

    def __init__(self) -> None:
        self._findings = Findings(self._show)
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._name = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the progress line away; what was found is told to its end."""
        self._findings.finish()
        if self._progress:
            self._progress.stop()
            self._progress = None

    def listen(self, event: Event) -> None:
        """Show one event."""
        match event:
            case BookStarted(name, stages):
                self._start(name, stages)
            case StageStarted(stage, index):
                if self._progress and self._task is not None:
                    words = f"{self._name}  {say(f'stage.{stage}')}"
                    self._progress.update(self._task, completed=index, description=words)
            case DiagnosticFound(diagnostic):
                self._findings.add(diagnostic)
            case FileWritten(path, size_bytes):
                self.clear()
                print_result(say("build.written", path=path, size=human_size(size_bytes)))

    def _show(self, text: str) -> None:
        """Print above the progress line."""
        if self._progress:
            self._progress.console.print(text, highlight=False, markup=False)
        else:
            print_aside(text)

    def _start(self, name: str, stages: int) -> None:
        self._name = in_one_line(name)
        if not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(self._name, total=stages)
        self._progress.start()


class Gauge:
    """How many of many are done; use as a context manager. Nothing is drawn without a terminal."""

    def __init__(self, words: str, *, is_silent: bool = False) -> None:
        self._words = words
        self._is_drawn = not is_silent and sys.stderr.isatty()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Gauge:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def begin(self, count: int) -> None:
        """There are `count` in all."""
        if not self._is_drawn:
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(self._words, total=count)
        self._progress.start()

    def step(self, name: str) -> None:
        """One more is done."""
        if self._progress and self._task is not None:
            self._progress.update(
                self._task, advance=1, description=f"{self._words}  {in_one_line(name[-40:])}"
            )

    def clear_for(self, diagnostic: Diagnostic) -> None:
        """Print a diagnostic above the gauge."""
        if self._progress:
            self._progress.console.print(coloured(diagnostic), highlight=False, markup=False)
        else:
            print_diagnostic(diagnostic)


def coloured(diagnostic: Diagnostic) -> str:
    """A diagnostic as text, its severity in colour on a terminal."""
    text = shown(str(diagnostic))
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    word = diagnostic.severity.word
    paint = f"\x1b[{_COLOURS[diagnostic.severity]}m{word}\x1b[0m"
    return text.replace(f"{word} {diagnostic.code}", f"{paint} {diagnostic.code}", 1)


def prepare_streams() -> None:
    """Let every text be printed: a file's name may hold broken bytes, a terminal may know no Han.

    What a program or a file reads is UTF-8 wherever it runs; what cannot be written is escaped.
    A stream that is closed (>&-) takes everything and keeps nothing; one that gives text has none.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  (open for good)
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (open for good)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (open for good)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def print_diagnostic(diagnostic: Diagnostic) -> None:
    """A diagnostic, on stderr."""
    print_aside(coloured(diagnostic))


def print_diagnostics(found: Iterable[Diagnostic]) -> None:
    """Diagnostics, on stderr, of each code a dozen and how many more there are."""
    findings = Findings(print_aside)
    for diagnostic in found:
        findings.add(diagnostic)
    findings.finish()


def print_result(text: str) -> None:
    """A line of the result, on stdout; in JSON, too, what steers a terminal is an escape.

    When its reader has gone, as `head` does, the work goes on.
    """
    try:
        sys.stdout.write(f"{shown(text)}\n")
    except BrokenPipeError:
        give_up(sys.stdout)


def print_aside(text: str) -> None:
    """A line that is not the result, on stderr, drawings of ours as they are.

    Who cannot be told costs nobody a book.
    """
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        give_up(sys.stderr)


def has_room(stream: TextIO) -> bool:
    """Whether all that was written has gone out."""
    try:
        stream.flush()
    except OSError:
        return False
    return True


def give_up(stream: TextIO) -> None:
    """What is still to be written goes nowhere, so that nothing fails once more at the very end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def print_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]
) -> None:
    """A table on stdout; columns whose index is in `right` are flush right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(shown, row))
    wide = None if sys.stdout.isatty() else 200
    Console(width=wide, markup=False, highlight=False, emoji=False).print(table)


def human_size(size_bytes: int) -> str:
    """A file's size for people."""
    if size_bytes < 1_000_000:
        return f"{max(size_bytes / 1000, 0.1):.1f} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"
