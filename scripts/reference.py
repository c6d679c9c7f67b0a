"""Write docs/book-toml.md from the classes in builder/core/config.py and the catalogue.

`python scripts/reference.py` writes it, `--check` fails when it is out of date.
"""

import sys
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from builder.core.catalogue import say
from builder.core.config import Config

PAGE = Path(__file__).resolve().parents[1] / "docs" / "book-toml.md"

HEAD = """\
# book.toml

Generated from `builder/core/config.py` by `scripts/reference.py`; do not edit.

Every key is optional. An unknown key is an error that names its line and the nearest key.
What holds, lowest first: the defaults below, your own settings in
`~/.config/ebook-builder/config.toml`, the book's `book.toml`, environment variables such as
`BUILDER_PDF_TRIM=A5`, and `--set pdf.trim=A5` on the command line.
"""


def page() -> str:
    """The whole page, as Markdown."""
    parts = [HEAD]
    for table in fields(Config):
        kind = type(getattr(Config(), table.name))
        parts.append(f"\n## [{table.name}]\n\n{say(f'config.{table.name}')}\n\n")
        parts.append("| key | kind | default | meaning |\n|---|---|---|---|\n")
        hints = get_type_hints(kind)
        for key in fields(kind):
            default = key.default if key.default is not MISSING else None
            meaning = say(f"config.{table.name}.{key.name}").replace("|", "\\|")
            cells = (f"`{key.name}`", kind_name(hints[key.name]), default_name(default), meaning)
            parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


def kind_name(kind: Any) -> str:
    """A type in the words of someone who writes TOML."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return kind_name(next(item for item in arguments if item is not NoneType))
    if origin is Literal:
        return " or ".join(f"`{item}`" for item in arguments)
    if origin is tuple:
        return f"list of {kind_name(arguments[0])}"
    if is_dataclass(kind):
        return "table"
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return names[kind]


def default_name(value: object) -> str:
    """A default as TOML; a dash for none."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{item}"' for item in value) + "]`"
    if isinstance(value, str) and value:
        return f'`"{value}"`'
    return "–" if value in {"", None} else f"`{value}`"


if __name__ == "__main__":
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text("utf-8") != page():
            sys.exit("docs/book-toml.md is out of date: run python scripts/reference.py")
    else:
        PAGE.write_text(page(), "utf-8")
