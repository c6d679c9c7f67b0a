"""Diagnostics: what a person should know about the text, without stopping the build.

A diagnostic holds its code and values, not words: the words come from the catalogue when it
is shown, in the reader's language. Codes are stable. The first letter tells the room:
B settings and files, R read, N normalize, S structure, C convert, E compose and epub,
P press, F fonts, K check, I inspection, L shelf, Q impose, V preview.
"""

from dataclasses import dataclass
from enum import StrEnum

from builder.core.catalogue import say


class Severity(StrEnum):
    """How much a diagnostic matters; `ERROR` alone fails a build."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def word(self) -> str:
        """What people call it, in the current language."""
        return say(f"severity.{self.value}")


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: `line` and `column` count from 1, in code points; 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


Value = str | int | float


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable code, where it was found, and the values its sentence needs."""

    code: str
    severity: Severity
    location: Location | None = None
    values: tuple[tuple[str, Value], ...] = ()

    @property
    def message(self) -> str:
        """The sentence, in the current language."""
        return say(self.code, **dict(self.values))

    @property
    def hint(self) -> str:
        """What to do about it; empty when there is nothing to add."""
        return say(f"{self.code}.hint", **dict(self.values))

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        word = self.severity.word
        head = say("diagnostic", place=place, severity=word, code=self.code, message=self.message)
        return f"{head}\n{say('diagnostic.advice', hint=self.hint)}" if self.hint else head


def note(code: str, location: Location | None = None, **values: Value) -> Diagnostic:
    """A finding worth telling that needs no action."""
    return Diagnostic(code, Severity.NOTE, location, tuple(values.items()))


def warning(code: str, location: Location | None = None, **values: Value) -> Diagnostic:
    """A finding that probably needs action."""
    return Diagnostic(code, Severity.WARNING, location, tuple(values.items()))


def error(code: str, location: Location | None = None, **values: Value) -> Diagnostic:
    """A finding that fails the build or the check."""
    return Diagnostic(code, Severity.ERROR, location, tuple(values.items()))
