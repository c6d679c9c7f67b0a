"""Where in a file a character stands: its line and column."""

import re
from bisect import bisect_right
from functools import cached_property

from builder.core.diagnostic import Location

# Examples: "\n", "\r\n", and the "\r" of old Macs. Counter-example: "\N{LINE SEPARATOR}".
_LINE_END = re.compile("\r\n?|\n")


def place_of(text: str, offset: int, path: str) -> Location:
    """Line and column of a place; a lone carriage return ends a line too, as on old Macs."""
    newlines, returns = text.count("\n", 0, offset), text.count("\r", 0, offset)
    lone = returns - text.count("\r\n", 0, offset) if returns else 0
    line_start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return Location(path, newlines + lone + 1, offset - line_start + 1)


class Places:
    """Line and column of many places of one text, whose lines are looked for once."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self._text))]

    def at(self, offset: int) -> Location:
        """The same as `place_of` says."""
        line = bisect_right(self._starts, offset)
        return Location(self._path, line, offset - self._starts[line - 1] + 1)
