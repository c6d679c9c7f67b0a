"""The YAML at the head of a Markdown file: what pandoc, Hugo and `builder` itself read there."""

import re
from collections.abc import Iterator

from builder.core.book import Book

# Relator codes and pandoc's plain words for them; others are contributors.
_ROLES = {"aut": "author", "trl": "translator", "edt": "editor", "ill": "illustrator"}
# What needs no quotes in YAML. Example: 渡口, zh-Hans, 2024. Counter-example: 甲: 乙, - 甲, 'a'.
_PLAIN = re.compile(r"[\w][\w \-，。、：；！？（）《》“”—…·　]*(?<! )")
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null"})


def head(book: Book, cover: str) -> str:
    """The front matter between its fences; `cover` is the picture's path, or empty."""
    return "\n".join(("---", *_lines(book, cover), "---"))


def _lines(book: Book, cover: str) -> Iterator[str]:
    metadata = book.metadata
    roles: dict[str, list[str]] = {}
    for creator in metadata.creators:
        roles.setdefault(_ROLES.get(creator.role, "contributor"), []).append(creator.name)
    series = metadata.series
    position = "" if series is None or series.position is None else f"{series.position:g}"
    for key, value in (
        ("title", metadata.title),
        ("subtitle", metadata.subtitle),
        *roles.items(),
        ("lang", metadata.language),
        ("publisher", metadata.publisher),
        ("date", metadata.date),
        ("rights", metadata.rights),
        ("description", metadata.description),
        ("tags", list(metadata.subjects)),
        ("series", series.name if series else ""),
        ("series_index", position),
        ("identifier", metadata.identifier),
        ("isbn", metadata.isbn),
        ("cover-image", cover),
    ):
        match value:
            case str() if value.strip():
                yield f"{key}: {_scalar(value)}"
            case [only]:
                yield f"{key}: {_scalar(only)}"
            case [_, *_]:
                yield f"{key}:"
                yield from (f"  - {_scalar(one)}" for one in value)
            case _:
                pass


def _scalar(text: str) -> str:
    """A value on one line, in quotes where YAML needs them."""
    line = " ".join(text.split(" ")) if "\n" not in text else " ".join(text.split())
    is_number = line.replace(".", "", 1).isdigit()
    if _PLAIN.fullmatch(line) and line.lower() not in _WORDS_OF_YAML and not is_number:
        return line
    if "'" not in line:
        return f"'{line}'"
    if '"' not in line and "\\" not in line:
        return f'"{line}"'
    return "'" + line.replace("'", "''") + "'"
