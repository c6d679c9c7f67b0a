"""Which pages of an EPUB go on with the chapter before them.

Tools cut long chapters into several pages, and give plates and pages of notes their own. Where
the contents or headings say what the chapters are, a page without a heading is no chapter.
"""

import re
from itertools import islice

from builder.core.manuscript import MarkKind
from builder.core.numerals import NUMERAL_CLASS
from builder.read.passes import Passed

# A heading may stand below a picture and a number.
LINES_LOOKED_AT = 4
_HEADING = re.compile(
    rf"[\s\u3000]*(?:第\s*[{NUMERAL_CLASS}]+\s*[章回节節话話卷部]|chapter\s*[0-9ivx]+)",
    re.IGNORECASE,
)
_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*+", re.MULTILINE)
_WORD = re.compile(r"\w")


def continuing_pages(passes: tuple[Passed, ...], title: str = "") -> tuple[bool, ...]:
    """For each page whether it goes on with what came before; the first may do so, too.

    The book's `title` as a heading opens no chapter. Without any heading in the book a page that says something is a chapter of its own.
    """
    has_headings = any(mark.kind is MarkKind.HEADING for passed in passes for mark in passed.marks)
    return tuple(
        not _opens(passed, title) if has_headings else index > 0 and not _says_something(passed)
        for index, passed in enumerate(passes)
    )


def _opens(passed: Passed, title: str) -> bool:
    """Whether a page has a heading at its head."""
    lines = list(islice(_LINE.finditer(passed.text), LINES_LOOKED_AT))
    if not lines:
        return False
    return _HEADING.match(lines[0][0]) is not None or any(
        mark.kind is MarkKind.HEADING
        and mark.start <= lines[-1].end()
        and passed.text[mark.start : mark.end].strip() != title
        for mark in passed.marks
    )


def _says_something(passed: Passed) -> bool:
    """Whether a page has words beside its pictures."""
    position = 0
    for mark in passed.marks:
        if mark.kind is MarkKind.IMAGE and mark.start >= position:
            if _WORD.search(passed.text, position, mark.start):
                return True
            position = mark.end
    return _WORD.search(passed.text, position) is not None
