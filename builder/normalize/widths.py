"""How wide lines are, in the ways that programs count when they wrap a text.

All count a Han character as two, so that their widths can be compared; they differ in what
they make of everything else.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from builder.normalize.characters import ODD_SPACES

Measure = Callable[[str], int]

SPACE = f" \t\N{IDEOGRAPHIC SPACE}{ODD_SPACES}"
# A line: its indent, and what stands on it.
LINE = re.compile(f"^([{SPACE}]*+)([^\n]+)", re.MULTILINE)
# Full-width in a Chinese font, half-width in a terminal: of ambiguous width, says Unicode.
AMBIGUOUS = re.compile("[‘’“”—…·]")


def columns(text: str) -> int:
    """As GBK has bytes and Chinese fonts have widths: ASCII one, all else two."""
    return len(text.encode("gb18030", "replace"))


def terminal_columns(text: str) -> int:
    """As a terminal shows it: quotation marks, dashes and ellipses one."""
    return columns(text) - len(AMBIGUOUS.findall(text))


def characters(text: str) -> int:
    """Every character alike."""
    return 2 * len(text)


def utf_8_bytes(text: str) -> int:
    """As UTF-8 has bytes: of three ASCII characters as wide as one that is Han."""
    return 2 * len(text.encode("utf-8", "replace")) // 3


MEASURES: tuple[Measure, ...] = (columns, terminal_columns, characters, utf_8_bytes)


class Line(NamedTuple):
    """`[start, end)` of the text; `head` is where its indent starts, which is `indent` wide."""

    head: int
    start: int
    end: int
    indent: int
    width: int


def lines_of(text: str) -> list[Line]:
    """Every line with something on it, in columns."""
    return [
        Line(
            match.start(),
            match.start(2),
            match.end(),
            len(match[1]) + match[1].count("\N{IDEOGRAPHIC SPACE}"),
            columns(match[2]),
        )
        for match in LINE.finditer(text)
    ]


def measured(text: str, lines: Sequence[Line], measure: Measure) -> Sequence[Line]:
    """The same lines, which are in columns, as `measure` counts."""
    if measure is columns:
        return lines
    is_terminal = measure is terminal_columns
    return [
        line._replace(
            indent=line.indent if is_terminal else measure(text[line.head : line.start]),
            width=measure(text[line.start : line.end]),
        )
        for line in lines
    ]
