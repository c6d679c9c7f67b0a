"""What a running build tells whoever listens: the terminal, the studio, a shelf."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builder.core.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class BookStarted:
    """A build has begun; `name` is the book's slug."""

    name: str
    stages: int


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A stage has begun; `index` counts from 0."""

    stage: str
    index: int


@dataclass(frozen=True, slots=True)
class DiagnosticFound:
    """A stage has found something worth telling."""

    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class FileWritten:
    """A finished file stands at `path`."""

    path: Path
    size_bytes: int


Event = BookStarted | StageStarted | DiagnosticFound | FileWritten
Listener = Callable[[Event], None]


def ignore(event: Event) -> None:
    """The listener for those who do not care."""
    del event
