"""The front matter of a Markdown file: YAML between `---`, or TOML between `+++`, about the book.

Only what says something about a book is understood, in the plain forms that people write:
`key: value`, `key: [a, b]` and `key:` with `- a` lines. Source: the keys of Hugo, Jekyll and
pandoc.
"""

import re
from collections.abc import Iterator

from builder.core.toml_file import tables_in

# More lines than this are no front matter.
MAX_LINES = 200
# Their names for what book.toml calls so.
_KEYS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "creators",
    "authors": "creators",
    "creator": "creators",
    "translator": "creators.trl",
    "translators": "creators.trl",
    "editor": "creators.edt",
    "editors": "creators.edt",
    "illustrator": "creators.ill",
    "illustrators": "creators.ill",
    "series": "series",
    "series_index": "series.position",
    "isbn": "isbn",
    "lang": "language",
    "language": "language",
    "publisher": "publisher",
    "date": "date",
    "rights": "rights",
    "description": "description",
    "summary": "description",
    "subject": "subjects",
    "tags": "subjects",
    "categories": "subjects",
}
# title: 渡口, draft:, - 何舟, an indented line or a comment. Not: 他说：“好。”
_YAML_LINE = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40})[ \t]*+:(?:[ \t]++(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]*+-[ \t]++(?P<value>.*)")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")

Hints = tuple[tuple[str, str], ...]


def front_matter(source: str) -> tuple[int, Hints]:
    """Where the text begins behind its front matter, and what that says, keyed like [book].

    (0, ()) when there is none: a scene break at the beginning is none.
    """
    fence_line, newline, _ = source.partition("\n")
    fence = fence_line.rstrip()
    if not newline or fence not in {"---", "+++"}:
        return 0, ()
    lines = source.split("\n", MAX_LINES + 1)[1 : MAX_LINES + 1]
    closing = {fence, "..."} if fence == "---" else {fence}
    last = next((at for at, line in enumerate(lines) if line.rstrip() in closing), -1)
    if last < 0:
        return 0, ()
    values = _of_yaml(lines[:last]) if fence == "---" else _of_toml("\n".join(lines[:last]))
    if not values:
        return 0, ()
    end = len(newline.join([fence_line, *lines[: last + 1]]))
    return end, tuple(_hints(values))


def _of_yaml(lines: list[str]) -> dict[str, list[str]]:
    """The values by key; none when a line is nothing that front matter has."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if match := _YAML_LINE.fullmatch(line.rstrip()):
            key = match["key"]
            values[key] = list(_scalars(match["value"] or ""))
        elif key and (item := _ITEM.fullmatch(line.rstrip())):
            values[key].extend(_scalars(item["value"]))
        elif not (key and line[0] in " \t"):
            return {}
    return values


def _scalars(value: str) -> Iterator[str]:
    """One value, or those of a list in brackets, without quotes."""
    value = value.strip()
    is_list = value.startswith("[") and value.endswith("]")
    for part in value[1:-1].split(",") if is_list else [value]:
        bare = part.strip()
        if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
            bare = bare[1:-1]
        if bare and bare not in {"|", ">", "|-", ">-"}:
            yield bare


def _of_toml(text: str) -> dict[str, list[str]]:
    try:
        table = tables_in(text)
    except ValueError:
        return {}
    return {
        key: [str(one) for one in (value if isinstance(value, list) else [value])]
        for key, value in table.items()
        if not isinstance(value, dict)
    }


def _hints(values: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """What is said about the book, each thing once; several names are joined with 、."""
    seen: set[str] = set()
    for name, said in values.items():
        key = _KEYS.get(name.lower(), "")
        is_list = key == "subjects" or key.startswith("creators")
        value = "、".join(said) if is_list else " ".join(said)
        if key == "date":
            match = _DATE.match(value)
            value = match[0] if match else ""
        if key and value and key not in seen:
            seen.add(key)
            yield key, value
