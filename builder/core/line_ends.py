"""Where the lines of a file end: a newline, that of Windows, and the lone CR of old Macs."""

import re
from collections.abc import Iterator

# Examples: "\n", "\r\n" as one, "\r". Counter-example: "\N{LINE SEPARATOR}".
_ANY = re.compile("\r\n|\r|\n")


def line_ends(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets just behind each line end in `text[start:end]`."""
    if text.count("\r", start, end) > text.count("\r\n", start, end):
        yield from (match.end() for match in _ANY.finditer(text, start, end))
        return
    at = text.find("\n", start, end)
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1, end)
