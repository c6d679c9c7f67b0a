"""How much of everything a book holds, looked at before anything is made of it.

Each look is quick beside the work that it may spare: what is refused is refused within seconds,
however much of it there is, and what is taken fits into a gigabyte (docs/limits.md).
"""

import re
from collections.abc import Sequence
from itertools import islice

from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.read.limits import (
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_MARKDOWN_LINES,
    MAX_RAW_CHARACTERS,
    MAX_TAGS,
    MAX_TEXT_LINES,
)

# A line with something on it, from its first character on.
# Example: the 雨停了。 of "\n  雨停了。\n". Counter-example: a line of spaces.
_TEXT_LINE = re.compile(r"\S[^\n]*+")


class Amounts:
    """What the files of one book hold together, counted file by file.

    Every count raises SourceError R050 at the file with which it becomes more than a book has.
    """

    def __init__(self) -> None:
        self._encoded_lines = 0
        self._characters = 0
        self._lines = 0
        self._tags = 0

    def count_encoded(self, content: bytes, shown: str) -> None:
        """Count a file's lines before its encoding is looked for, where they can be told."""
        # A line end of UTF-16 and UTF-32 holds a zero; in all others its byte stands for nothing else.
        if b"\0" not in content:
            self._encoded_lines += content.count(b"\n")
            _require(self._encoded_lines, MAX_LINES, what="lines", shown=shown)

    def count_raw(self, text: str, shown: str) -> None:
        """Count a file's characters and lines as they were decoded, mark-up and all."""
        self._characters += len(text)
        _require(self._characters, MAX_RAW_CHARACTERS, what="characters", shown=shown)
        returns = text.count("\r")
        self._lines += text.count("\n") + returns - (text.count("\r\n") if returns else 0)
        _require(self._lines, MAX_LINES, what="lines", shown=shown)

    def count_tags(self, text: str, shown: str) -> None:
        """Count a file's tags and character references; every one of them may be an edit."""
        self._tags += text.count("<") + text.count("&")
        _require(self._tags, MAX_TAGS, what="tags", shown=shown)


def require_few_text_lines(texts: Sequence[str], shown: Sequence[str]) -> None:
    """Raise SourceError R050 when the texts without mark-up are longer than a book, or have more
    lines with something on them.
    """
    characters = lines = 0
    # Blank lines are told from others only where all of them together are too many.
    is_short = sum(text.count("\n") + 1 for text in texts) <= MAX_TEXT_LINES
    for text, name in zip(texts, shown, strict=True):
        characters += len(text)
        _require(characters, MAX_CHARACTERS, what="characters", shown=name)
        if not is_short:
            lines += _text_lines(text, MAX_TEXT_LINES - lines)
            _require(lines, MAX_TEXT_LINES, what="text_lines", shown=name)


def require_few_markdown_lines(text: str, shown: str) -> None:
    """Raise SourceError R050 for a Markdown file of more lines than its parser holds in memory."""
    if text.count("\n") >= MAX_MARKDOWN_LINES:
        count = _text_lines(text, MAX_MARKDOWN_LINES)
        _require(count, MAX_MARKDOWN_LINES, what="markdown_lines", shown=shown)


def _text_lines(text: str, most: int) -> int:
    """How many lines have something on them; counting ends with one more than `most`."""
    return sum(1 for _ in islice(_TEXT_LINE.finditer(text), most + 1))


def _require(count: int, limit: int, *, what: str, shown: str) -> None:
    if count > limit:
        raise SourceError(
            "R050", location=Location(shown), limit=f"{limit:,}", what=say(f"read.amount_{what}")
        )
