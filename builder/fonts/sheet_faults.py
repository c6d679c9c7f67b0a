"""What a style sheet of the user's needs for an EPUB: to be whole, and the files that it names.

An EPUB holds all it shows. A sheet that imports another one asks for what is not in the package,
and one that is cut off takes the rest of the cascade with it. What it names by `url(…)` is told,
so that it can be put into the package under another name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.fonts.libraries import css_parser

# Comments, strings and escapes, in which braces mean nothing; the brackets and a tag's beginning.
# Example: "}", /* { */ and \{ are skipped. Counter-example: a string that never ends.
_PIECES = re.compile(
    r"/\*(?:.*?\*/|(?P<open>.*+))|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|\\."
    r"|(?P<sign>[{}()]|</)",
    re.DOTALL,
)
_PARTNERS = {"{": "}", "(": ")"}
# At-rules that hold declarations; others hold rules.
_WITH_DECLARATIONS = frozenset({"font-face", "page", "counter-style", "property"})
# What only markup may say in an EPUB. Source: EPUB 3.3, 6.3.1.
_NOT_IN_EPUB = frozenset({"direction", "unicode-bidi"})
# Line ends as the parser counts them.
_LINE_END = re.compile("\n")
_LINE_ENDS = re.compile(r"\r\n?|\f")
# An address as it is written, with what else is said of a font.
# Example: url(a.png), url("my.otf") format("opentype"). Counter-example: url("a" b).
_WRITTEN = re.compile(
    r"url\(\s*+(?:\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
    r"|(?:[^\"'()\\\s]|\\[0-9a-f]{1,6}+\s?+|\\.)*+)\s*+\)"
    r"(?P<hints>(?:\s++(?:format|tech)\([^()]*+\))*+)",
    re.IGNORECASE | re.DOTALL,
)
# What needs no file: the bytes themselves, or a place in the same document. A drawing may refer on.
# Example: data:image/png;base64,AAAA, #a. Counter-example: data:image/svg+xml,…, a.png.
_NO_FILE = re.compile(r"(?:data:(?!\s*image/svg)|#|$)", re.IGNORECASE)
# What takes an address as a bare string, too, which no reader of sheets tells from other strings.
_BY_STRING = frozenset(
    {"image-set", "-webkit-image-set", "image", "src", "cross-fade", "-webkit-cross-fade"}
)
# What stands for something that is said elsewhere.
_STAND_INS = frozenset({"var", "attr", "env"})
_BLOCKS = frozenset({"() block", "[] block", "{} block"})
_MAX_TOLD = 80


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Where a sheet is unfit: its line, the catalogue's key of the reason, and what stands there."""

    line: int
    reason: str
    what: str


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a sheet names in a line: for @font-face, or as a picture.

    `hints` are what follows the address of a font, such as ` format("opentype")`.
    """

    line: int
    address: str
    is_font: bool
    hints: str = ""


@dataclass(frozen=True, slots=True)
class _Address:
    """Where an address stands: line and column from 1, as the parser counts."""

    line: int
    column: int
    address: str
    is_font: bool


def sheet_fault(sheet: str) -> SheetFault | None:
    """The first thing that makes `sheet` unfit for an EPUB whatever files it has, if any does."""
    sheet = _LINE_ENDS.sub("\n", sheet)
    if fault := _imbalance(sheet):
        return fault
    starts = _line_starts(sheet)
    for found in _met(css_parser().parse_stylesheet(sheet)):
        if isinstance(found, SheetFault):
            return found
        if not _WRITTEN.match(sheet, starts[found.line - 1] + found.column - 1):
            return SheetFault(found.line, "css.broken", "url(")
    return None


def with_files(sheet: str, put: Callable[[NamedFile], str]) -> str:
    """A sheet without fault, each address of a file replaced by what `put` says, hints included.

    A sheet that names no file stays as it is, to the character.
    """
    text = _LINE_ENDS.sub("\n", sheet)
    parts: list[str] = []
    end = 0
    starts = _line_starts(text)
    for found in _met(css_parser().parse_stylesheet(text)):
        if isinstance(found, SheetFault):
            continue
        written = _WRITTEN.match(text, starts[found.line - 1] + found.column - 1)
        if written is None:
            continue
        hints = written["hints"] if found.is_font else ""
        file = NamedFile(found.line, found.address, found.is_font, hints)
        parts += [text[end : written.start()], put(file)]
        end = written.end() if found.is_font else written.start("hints")
    return "".join((*parts, text[end:])) if parts else sheet


def _line_starts(text: str) -> list[int]:
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def _imbalance(sheet: str) -> SheetFault | None:
    open_at: list[tuple[str, int]] = []
    for piece in _PIECES.finditer(sheet):
        sign = piece["sign"]
        if piece["open"] is not None:
            open_at.append(("/*", piece.start()))
        elif sign and sign in _PARTNERS:
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


def _met(nodes: Iterable[Any]) -> Iterator[SheetFault | _Address]:
    """What is broken, imported or named, in order."""
    for node in nodes:
        match node.type:
            case "error":
                yield SheetFault(node.source_line, "css.broken", node.message)
            case "at-rule" if node.lower_at_keyword == "import":
                yield SheetFault(node.source_line, "css.import", "@import")
            case "at-rule" if node.content is not None:
                if node.lower_at_keyword in _WITH_DECLARATIONS:
                    is_font = node.lower_at_keyword == "font-face"
                    yield from _declarations(node.content, is_font=is_font)
                else:
                    yield from _met(css_parser().parse_rule_list(node.content))
            case "qualified-rule":
                yield from _declarations(node.content, is_font=False)


def _declarations(content: list[Any], *, is_font: bool) -> Iterator[SheetFault | _Address]:
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
            for token in node.value:
                if token.type == "error":
                    yield SheetFault(token.source_line, "css.broken", token.message)
            if node.lower_name in _NOT_IN_EPUB:
                yield SheetFault(node.source_line, "css.direction", node.lower_name)
            yield from _files(node.value, is_font=is_font)
        elif node.type == "at-rule" and node.content is not None:
            # A box in a page's margin, or a condition inside of a rule.
            yield from _declarations(node.content, is_font=False)


def _files(tokens: Iterable[Any], *, is_font: bool) -> Iterator[SheetFault | _Address]:
    """The addresses of files in a value, in brackets too."""
    for token in tokens:
        address = ""
        if token.type == "url":
            address = token.value
        elif token.type == "function" and token.lower_name == "url":
            address = "".join(one.value for one in token.arguments if one.type == "string")
        elif token.type == "function":
            if token.lower_name in _BY_STRING:
                yield from _strings(token)
            yield from _files(token.arguments, is_font=is_font)
        elif token.type in _BLOCKS:
            yield from _files(token.content, is_font=is_font)
        if not _NO_FILE.match(address):
            yield _Address(token.source_line, token.source_column, address, is_font)


def _strings(function: Any) -> Iterator[SheetFault]:
    """What a function asks for by a string, or by what stands for one."""
    for token in function.arguments:
        if token.type == "string":
            yield SheetFault(token.source_line, "css.string", token.value[:_MAX_TOLD])
        elif token.type == "function" and token.lower_name in _STAND_INS:
            yield SheetFault(token.source_line, "css.string", f"{token.lower_name}(…)")
