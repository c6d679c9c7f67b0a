"""What makes a style sheet of the user's unfit for an EPUB: it is broken, or asks for other files.

An EPUB holds all it shows. A sheet that imports another one or names a picture by `url(…)` asks
for what is not in the package, and one that is cut off takes the rest of the cascade with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.fonts.libraries import css_parser

# Comments and strings, in which braces mean nothing; then the brackets and a tag's beginning.
# Example: "}" and /* { */ are skipped. Counter-example: a string that never ends.
_PIECES = re.compile(
    r"/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|(?P<sign>[{}()]|</)", re.DOTALL
)
_PARTNERS = {"{": "}", "(": ")"}
# At-rules that hold declarations; others hold rules.
_WITH_DECLARATIONS = frozenset({"font-face", "page", "counter-style", "property"})
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
    open_at: list[tuple[str, int]] = []
    for piece in _PIECES.finditer(sheet):
        sign = piece["sign"]
        if sign and sign in _PARTNERS:
            open_at.append((sign, piece.start()))
        elif sign:
            if not open_at or _PARTNERS[open_at[-1][0]] != sign:
                return SheetFault(_line(sheet, piece.start()), "css.stray", sign)
            open_at.pop()
    if open_at:
        sign, place = open_at[-1]
        return SheetFault(_line(sheet, place), "css.open", sign)
    return None


def _line(sheet: str, offset: int) -> int:
    return sheet.count("\n", 0, offset) + 1


def _foreign(nodes: Iterable[Any]) -> Iterator[SheetFault]:
    """What is broken, or asks for a file that the EPUB does not have, in order."""
    for node in nodes:
        match node.type:
            case "error":
                yield SheetFault(node.source_line, "css.broken", node.message)
            case "at-rule" if node.lower_at_keyword == "import":
                yield SheetFault(node.source_line, "css.import", "@import")
            case "at-rule" if node.content is not None:
                if node.lower_at_keyword in _WITH_DECLARATIONS:
                    yield from _declarations(node.content)
                else:
                    yield from _foreign(css_parser().parse_rule_list(node.content))
            case "qualified-rule":
                yield from _declarations(node.content)


def _declarations(content: list[Any]) -> Iterator[SheetFault]:
    before = ";"
    for token in content:
        if token.type == "literal" and token.value == ";" and before == ";":
            yield SheetFault(token.source_line, "css.broken", ";;")
        if token.type not in {"whitespace", "comment"}:
            before = token.value if token.type == "literal" else ""
    for node in css_parser().parse_declaration_list(content, skip_whitespace=True):
        if node.type == "error":
            yield SheetFault(node.source_line, "css.broken", node.message)
        elif node.type == "declaration":
            if all(token.type in {"whitespace", "comment"} for token in node.value):
                yield SheetFault(node.source_line, "css.broken", f"{node.name}:")
            yield from _files(node.value)


def _files(tokens: Iterable[Any]) -> Iterator[SheetFault]:
    """The addresses of files in a value."""
    for token in tokens:
        address = ""
        if token.type == "url":
            address = token.value
        elif token.type == "function" and token.lower_name == "url":
            address = "".join(one.value for one in token.arguments if one.type == "string")
        elif token.type == "function":
            yield from _files(token.arguments)
        if not _NO_FILE.match(address):
            yield SheetFault(token.source_line, "css.file", address)
