"""How much of everything a book holds, looked at before anything is made of it.

Each look is quick beside the work that it may spare: what is refused is refused within seconds,
however much of it there is, and what is taken fits into a gigabyte (docs/limits.md).
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NoReturn

from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.read.limits import (
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_MARKDOWN_CELLS,
    MAX_MARKDOWN_LINES,
    MAX_MARKDOWN_SIGNS,
    MAX_MARKED_HEADINGS,
    MAX_RAW_CHARACTERS,
    MAX_TAGS,
    MAX_TEXT_LINES,
)

# A line with something on it, from its first character on.
# Example: the 雨停了。 of "\n  雨停了。\n". Counter-example: a line of spaces.
_TEXT_LINE = re.compile(r"\S[^\n]*+")

# The start tag of a heading. Examples: <h1>, <H2 class="a">. Counter-examples: </h1>, <hr>.
_HEADING_TAG = re.compile(r"<[hH][1-6]\b")
# A heading of Markdown. Examples: # 第一章, ### 1. 月台. Counter-examples: #枣树记, ####### 七.
_HEADING_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)
# What Markdown may mean something by inside a line; [ is counted by itself.
_MARKDOWN_SIGNS = ("![", "]", "*", "_", "`", "<", "&", "\\")


class Amounts:
    """What the files of one book hold together, counted file by file.

    Every count raises SourceError R050 at the file with which it becomes more than a book has.
    """

    def __init__(self) -> None:
        self._encoded_lines = 0
        self._characters = 0
        self._lines = 0
        self._tags = 0
        self._signs = 0
        self._headings = 0

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
        self._count_headings(_HEADING_TAG, text, shown)

    def count_markdown(self, text: str, shown: str) -> None:
        """Count the lines, signs and headings of a Markdown file before its parser sees it."""
        _require_few_markdown_lines(text, shown)
        self._signs += 2 * text.count("[") + sum(text.count(sign) for sign in _MARKDOWN_SIGNS)
        _require(self._signs, MAX_MARKDOWN_SIGNS, what="markdown_signs", shown=shown)
        self._count_headings(_HEADING_LINE, text, shown)

    def _count_headings(self, pattern: re.Pattern[str], text: str, shown: str) -> None:
        most = MAX_MARKED_HEADINGS - self._headings + 1
        self._headings += sum(1 for _ in islice(pattern.finditer(text), most))
        _require(self._headings, MAX_MARKED_HEADINGS, what="headings", shown=shown)


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


def _require_few_markdown_lines(text: str, shown: str) -> None:
    """Raise SourceError R050 for a Markdown file of more lines than its parser holds in memory."""
    if text.count("\n") >= MAX_MARKDOWN_LINES:
        count = _text_lines(text, MAX_MARKDOWN_LINES)
        _require(count, MAX_MARKDOWN_LINES, what="markdown_lines", shown=shown)


def refuse_cells(shown: str) -> NoReturn:
    """Raise SourceError R050 for a Markdown file whose tables have too many cells."""
    _refuse(MAX_MARKDOWN_CELLS, what="markdown_cells", shown=shown)


def _text_lines(text: str, most: int) -> int:
    """How many lines have something on them; counting ends with one more than `most`."""
    return sum(1 for _ in islice(_TEXT_LINE.finditer(text), most + 1))


def _require(count: int, limit: int, *, what: str, shown: str) -> None:
    if count > limit:
        _refuse(limit, what=what, shown=shown)


def _refuse(limit: int, *, what: str, shown: str) -> NoReturn:
    raise SourceError(
        "R050", location=Location(shown), limit=f"{limit:,}", what=say(f"read.amount_{what}")
    )
