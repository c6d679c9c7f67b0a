"""What makes a style sheet of the user's unfit for an EPUB: it is broken, or asks for other files.

An EPUB holds all it shows. A sheet that imports another one or names a picture by `url(…)` asks
for what is not in the package, and one that is cut off takes the rest of the cascade with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.fonts.libraries import css_parser

# Comments and strings, in which braces mean nothing; then the braces and a tag's beginning.
# Example: "}" and /* { */ are skipped. Counter-example: a string that never ends.
_PIECES = re.compile(
    r"/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|(?P<sign>[{}]|</)", re.DOTALL
)
# What needs no file: the bytes themselves, or a place in the same document.
_NO_FILE = re.compile(r"(?:data:|#|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Where a sheet is unfit: its line, the catalogue's key of the reason, and what stands there."""

    line: int
    reason: str
    what: str


def sheet_fault(sheet: str) -> SheetFault | None:
    """The first thing that makes `sheet` unfit for an EPUB, if anything does."""
    return _imbalance(sheet) or next(_foreign(css_parser().parse_stylesheet(sheet)), None)


def _imbalance(sheet: str) -> SheetFault | None:
    open_at: list[int] = []
    for piece in _PIECES.finditer(sheet):
        match piece["sign"]:
            case "{":
                open_at.append(piece.start())
            case "}" if open_at:
                open_at.pop()
            case "}" | "</" as sign:
                return SheetFault(_line(sheet, piece.start()), "css.stray", sign)
    if open_at:
        return SheetFault(_line(sheet, open_at[-1]), "css.open", "{")
    return None


def _line(sheet: str, offset: int) -> int:
    return sheet.count("\n", 0, offset) + 1


def _foreign(nodes: Iterable[Any]) -> Iterator[SheetFault]:
    """What asks for a file that the EPUB does not have, in order."""
    for node in nodes:
        if node.type == "error":
            yield SheetFault(node.source_line, "css.broken", node.message)
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            yield SheetFault(node.source_line, "css.import", "@import")
        elif node.type == "at-rule" and node.lower_at_keyword == "namespace":
            continue
        elif node.type == "url" and not _NO_FILE.match(node.value):
            yield SheetFault(node.source_line, "css.file", node.value)
        elif node.type == "function" and node.lower_name == "url":
            address = "".join(one.value for one in node.arguments if one.type == "string")
            if not _NO_FILE.match(address):
                yield SheetFault(node.source_line, "css.file", address)
        else:
            for name in ("prelude", "content", "arguments"):
                yield from _foreign(getattr(node, name, None) or ())
