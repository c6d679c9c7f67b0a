"""Where each key of a TOML document stands.

`tomllib` gives values without positions, and an unknown key has to be reported with its
line. This scanner reads only what that needs: table headers, keys, and where strings and
brackets end, so that nothing inside a value is taken for a key. It runs after `tomllib` has
accepted the document, so it need not judge syntax.
"""

import re
from collections.abc import Iterator

Path = tuple[str, ...]

_KEY = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_DOTTED = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
_HEADER = re.compile(rf"[ \t]*+\[\[?[ \t]*+({_DOTTED})[ \t]*+\]\]?")
_ASSIGNMENT = re.compile(rf"[ \t]*+({_DOTTED})[ \t]*+=")
_PART = re.compile(_KEY)
# What may stand in a value: strings of four kinds, a comment, a bracket, anything else.
_VALUE_TOKEN = re.compile(
    r'''(?:"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')'''
    r"""|(?P<comment>\#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<newline>\n)|[^"'\#\[\]{}\n]+|.""",
    re.DOTALL,
)


def key_lines(document: str) -> dict[Path, int]:
    """The line, counted from 1, of every table and key by its full path; first mention wins.

    Keys of an inline table stand on the line of that table. Example: `[book]` on line 1 and
    `title = "…"` on line 2 give `{("book",): 1, ("book", "title"): 2}`.
    """
    lines: dict[Path, int] = {}
    document = document.replace("\r\n", "\n")
    line, position = 1, 0
    for path, offset in _keys(document):
        line += document.count("\n", position, offset)
        position = offset
        lines.setdefault(path, line)
    return lines


def _keys(document: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    position = 0
    while position < len(document):
        if header := _HEADER.match(document, position):
            table = _split(header[1])
            yield table, header.start(1)
            position = _end_of_line(document, header.end())
        elif assignment := _ASSIGNMENT.match(document, position):
            yield table + _split(assignment[1]), assignment.start(1)
            position = _end_of_value(document, assignment.end())
        else:
            position = _end_of_line(document, position)


def _split(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _end_of_line(document: str, position: int) -> int:
    end = document.find("\n", position)
    return len(document) if end < 0 else end + 1


def _end_of_value(document: str, position: int) -> int:
    depth = 0
    for token in _VALUE_TOKEN.finditer(document, position):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["newline"] and depth <= 0:
            return token.end()
    return len(document)
