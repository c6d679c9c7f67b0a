"""Write docs/book-toml.md from the settings' classes, docs/rules.md and docs/devices.md from tables.

`python scripts/reference.py` writes them, `--check` fails when one is out of date.
"""

import sys
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from builder.compose.page_layout import layout_of
from builder.core.catalogue import say
from builder.core.config import Config, PdfConfig
from builder.core.devices import DEVICES, MB, DeviceName
from builder.normalize import rules_table

DOCS = Path(__file__).resolve().parents[1] / "docs"

RULES_HEAD = """\
# Rules

Generated from `builder/normalize/rules.py` by `scripts/reference.py`; do not edit.

Each rule changes one kind of thing and has a code. `safe` rules lose nothing that a reader
would miss; what `lossy` rules and rules of `judgement` changed is told after a build, and
`builder why` shows it for any line. A profile has the rules of the one before it; rules on
`request` run only when `[normalize] enable` names them. Your own rules go into files that
`[normalize] rules` names:

```toml
[[rule]]
code = "U001"        # U and three digits
find = "渡囗"         # or pattern = '第(.{1,3})囗', a pattern without * and +
replace = "渡口"
kind = "lossy"       # safe, lossy or judgement
says = "a slip of the scanner"
```

The same as TSV: `U001`, `lossy`, `literal`, `渡囗`, `渡口`, parted by tabs.

What they should have left, `[normalize] keep` names, by the words that stand in the source:

```toml
[normalize]
keep = [
  "求月票，明天更新。",                # every line that says just this
  "求月票，明天更新。 @ 01.txt:120",   # the nearest one to that line: lines move when a file is edited
  "（上） @ 01.txt:7",                # a piece of a line
]
```

Rules that are `safe` still mend the form of what is kept, its spaces and punctuation. `builder inspect --html` (and
`--json`) shows beside each removal the words that keep it; an entry that nothing says is told (N111).

| code | what it does | kind | profile | example |
|---|---|---|---|---|
"""

LONGEST_EXAMPLE = 60

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


def rules_page() -> str:
    """The page of all rules, as Markdown."""
    rows = [
        f"| {rule.code} | {rule.name} | {rule.kind} | {rule.profile} "
        f"| {shown(say(f'rule.{rule.code}.before'))} → {shown(say(f'rule.{rule.code}.after'))} |\n"
        for rule in rules_table()
    ]
    return RULES_HEAD + "".join(rows)


def shown(text: str) -> str:
    """A few lines of text in a cell of a table: what cannot be seen by its number."""
    cell = "".join(
        character
        if character.isprintable() and not 0xE000 <= ord(character) < 0xFB00
        else f"⟨{ord(character):04X}⟩"
        for character in text.replace("\n", "⏎").replace("\N{IDEOGRAPHIC SPACE}", "⟨3000⟩")
    )
    cell = cell if len(cell) <= LONGEST_EXAMPLE else f"{cell[:LONGEST_EXAMPLE]}…"
    return "`" + cell.replace("|", "\\|").replace("`", "'") + "`" if cell else "nothing"


def kind_name(kind: Any) -> str:
    """A type in the words of someone who writes TOML."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return ", or ".join(kind_name(item) for item in arguments if item is not NoneType)
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


DEVICES_HEAD = """\
# Devices

Generated from `builder/core/devices.py` by `scripts/reference.py`; do not edit.

`builder build BOOK --device NAME`, or `[epub] device = "NAME"` in book.toml, makes the edition that
suits an e-reader: its own format when no other is asked for, pictures in kinds it shows and no
larger than its screen, and a word about everything it would reject. `builder check --device NAME FILE`
says the same of a file that is there. A family's name stands for its largest screen. Only limits
that are known are here. A PDF gets pages as large as the screen, with so many characters a line and
lines ([printing.md](printing.md)).

| name | family | screen | format | pictures | fonts | largest | page of a PDF |
|---|---|---|---|---|---|---|---|
"""
FORMATS_TAIL = """
A Kindle takes the EPUB by mail, web and app (Send-to-Kindle). For one on a cable, and without an account,
`--format azw3` asks calibre's `ebook-convert`, when it is installed, and marks the book as a personal
document, which Kindles do not delete when they go online. `kepub` is an EPUB whose sentences have spans,
cut where Chinese sentences end: a Kobo opens it with its better engine. `txt` is UTF-8 with headings flush
left and paragraphs indented by two; `md` has YAML at its head, notes, ruby and its pictures beside it. `builder`
reads both again.
"""
# How a media type is called when people talk of it.
KINDS = {"image/svg+xml": "SVG"}


def devices_page() -> str:
    """The page of all devices, as Markdown."""
    rows = []
    for device in DEVICES.values():
        software, screen = device.software, device.screen
        pictures = sorted(
            KINDS.get(kind, kind.partition("/")[2].upper()) for kind in software.images
        )
        limits = (
            (software.mail_bytes, "mail"),
            (software.web_bytes, "web"),
            (software.file_bytes, "chapter"),
            (software.image_bytes, "picture"),
        )
        cells = (
            f"`{device.name}`",
            device.family,
            f"{screen.width_px} × {screen.height_px} at {screen.ppi} ppi",
            software.book_format,
            ", ".join(pictures),
            ", ".join(sorted(software.fonts)),
            ", ".join(f"{what} {limit // MB} MB" for limit, what in limits if limit) or "–",
            _text_page(device.name),
        )
        rows.append(f"| {' | '.join(cells)} |\n")
    return DEVICES_HEAD + "".join(rows) + FORMATS_TAIL


def _text_page(name: DeviceName) -> str:
    """What a page of a PDF holds on a device."""
    grid = layout_of(PdfConfig(device=name), is_vertical=False).grid
    return f"{grid.columns} × {grid.lines} at {grid.size_pt:g} pt"


PAGES = {
    DOCS / "book-toml.md": page,
    DOCS / "rules.md": rules_page,
    DOCS / "devices.md": devices_page,
}

if __name__ == "__main__":
    for path, contents in PAGES.items():
        if "--check" not in sys.argv:
            path.write_text(contents(), "utf-8")
        elif not path.exists() or path.read_text("utf-8") != contents():
            sys.exit(f"{path.name} is out of date: run python scripts/reference.py")
