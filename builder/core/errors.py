"""What stops a build. Each class has its own exit code, none of them 1 or 2.

    BuilderError
    ├── ConfigError      3  book.toml, --set, BUILDER_* or an option is wrong
    ├── SourceError      4  the text cannot be read
    ├── ConvertError     5  the conversion cannot run
    ├── ComposeError     6  the book cannot be laid out
    ├── WriteError       7  the result cannot be written; what stood there still stands
    ├── DependencyError  8  a library, font or program is missing
    ├── CheckFailed      9  a judge found something
    └── DeliverError    11  the book was not handed over; what was there still is

An error carries a code of the catalogue, like a diagnostic, so that it prints alike and
translates alike.
"""

from typing import ClassVar

from builder.core.diagnostic import Diagnostic, Location, Severity, Value


class BuilderError(Exception):
    """`code` names the sentence in the catalogue; `values` fill it."""

    exit_code: ClassVar[int] = 10

    def __init__(self, code: str, *, location: Location | None = None, **values: Value) -> None:
        self.diagnostic = Diagnostic(code, Severity.ERROR, location, tuple(values.items()))
        super().__init__(str(self.diagnostic))

    @property
    def message(self) -> str:
        """The sentence, in the current language."""
        return self.diagnostic.message

    @property
    def hint(self) -> str:
        """What to do about it."""
        return self.diagnostic.hint

    @property
    def location(self) -> Location | None:
        """Where, if it is known."""
        return self.diagnostic.location


class ConfigError(BuilderError):
    exit_code = 3


class SourceError(BuilderError):
    exit_code = 4


class ConvertError(BuilderError):
    exit_code = 5


class ComposeError(BuilderError):
    exit_code = 6


class WriteError(BuilderError):
    exit_code = 7


class DependencyError(BuilderError):
    exit_code = 8


class CheckFailed(BuilderError):  # noqa: N818  (the name says what happened)
    exit_code = 9


class DeliverError(BuilderError):
    exit_code = 11
