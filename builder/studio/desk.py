"""A person's books on disk: what was dropped, what was chosen, what was made of it.

    users/<digest of the cookie>/<book>/source/<name>/   the files, book.toml, contents.plan
                                       /dist/            finished files
                                       /job.json, analysis.json, *.part while a file comes

The folder under `source` is a book as the command line takes it, and gives the same result.
"""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.core.config import Config, parse
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, SourceError
from builder.core.files import write_whole
from builder.core.toml_file import tables_in
from builder.deliver.names import device_name
from builder.studio.limits import MB, MOST_BOOK_BYTES, MOST_BOOKS, MOST_FILES
from builder.studio.toml import to_toml

_ID = re.compile("[0-9a-f]{24}")
_TOKEN = re.compile("[0-9a-f]{32}")
SETTINGS, PLAN, GLOSSARY = "book.toml", "contents.plan", "names.tsv"
# What was found when the book was read.
ANALYSIS = "analysis.json"
# A file that is not whole yet.
PART = ".part"
OWN_FILES = frozenset({SETTINGS, PLAN, GLOSSARY})
TEXTS = frozenset({
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".zip",
})  # fmt: skip
TAKEN = TEXTS | {".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"}
# What the page may choose. Nothing that names a file elsewhere, runs a pattern, or sends mail.
CHOICES = frozenset({
    "book.title", "book.subtitle", "book.creators", "book.language", "book.publisher", "book.date",
    "book.rights", "book.series", "book.description", "book.subjects", "book.isbn", "book.price",
    "source.encoding", "normalize.profile", "normalize.enable", "normalize.disable", "normalize.keep",
    "structure.split", "structure.max_title", "convert.to", "typography.vertical",
    "typography.readings", "typography.squeeze", "typography.hanging", "typography.latin_gap",
    "typography.kinsoku", "cover.design", "cover.own", "cover.colour", "cover.writing", "epub.contents_depth",
    "epub.device", "epub.pinyin", "epub.readings", "pdf.trim", "pdf.grid", "pdf.margin",
    "pdf.bleed", "pdf.marks", "pdf.colour", "pdf.printer", "pdf.paper", "pdf.device", "pdf.cover",
    "pdf.variant", "output.formats", "epub.theme", "epub.embed_fonts",
})  # fmt: skip
_THEMES = frozenset({"plain", "song", "kai", "sans", "vertical"})


def new_token() -> str:
    """Who somebody is to the studio: 128 bits in a cookie."""
    return secrets.token_hex(16)


def is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Draft:
    """A book that is being made. `folder` is its place, `owner` whose it is."""

    id: str
    owner: str
    folder: Path

    @property
    def source(self) -> Path:
        """The book's folder as the command line takes it. Raises FileNotFoundError when it has been
        taken away.
        """
        for path in (self.folder / "source").iterdir():
            if path.is_dir():
                return path
        raise FileNotFoundError(self.folder)

    @property
    def made(self) -> Path:
        """Where finished files are."""
        return self.folder / "dist"

    @property
    def name(self) -> str:
        return self.source.name

    def files(self) -> tuple[Path, ...]:
        """What was dropped, without what the studio writes beside it, finished or not."""
        return tuple(
            sorted(
                path
                for path in self.source.iterdir()
                if path.name not in OWN_FILES and not path.name.startswith(".")
            )
        )

    def size(self) -> int:
        """How many bytes were dropped."""
        return sum(path.stat().st_size for path in self.files())

    def finished(self) -> tuple[Path, ...]:
        """Finished files, but for the ledger and reports."""
        return tuple(
            sorted(
                path
                for path in self.made.rglob("*")
                if path.is_file() and path.suffix not in {".ledger", ".tsv"}
            )
        )

    def place_for(self, name: str) -> Path:
        """Where a dropped file of that name goes. Raises SourceError W001, W002."""
        plain = device_name(name.replace("\\", "/").rpartition("/")[2])
        ending = Path(plain).suffix.lower()
        if ending not in TAKEN or plain.startswith(".") or plain in OWN_FILES:
            raise SourceError("W001", name=plain, known=" ".join(sorted(TAKEN)))
        if len(self.files()) >= MOST_FILES or self.size() >= MOST_BOOK_BYTES:
            raise SourceError("W002", files=MOST_FILES, limit=MOST_BOOK_BYTES // MB)
        return self.source / plain

    # --- what was chosen --------------------------------------------------------------------

    def settings(self) -> dict[str, object]:
        """The book's settings as `table.key` → value."""
        try:
            tables = tables_in((self.source / SETTINGS).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return {
            f"{table}.{key}": value
            for table, entries in tables.items()
            for key, value in entries.items()
        }

    def choose(self, chosen: Mapping[str, object]) -> None:
        """Change settings; None takes one away. Raises ConfigError as book.toml does, and W003."""
        for key, value in chosen.items():
            is_allowed = key in CHOICES and not (
                key == "epub.theme" and value not in {*_THEMES, None}
            )
            if not is_allowed or (key == "epub.embed_fonts" and isinstance(value, list)):
                raise ConfigError("W003", key=key)
        self.keep({**self.settings(), **chosen})

    def keep(self, settings: Mapping[str, object]) -> None:
        """Write book.toml. Raises ConfigError when it is not understood; then the old one stays."""
        tables: dict[str, dict[str, object]] = {}
        for key, value in settings.items():
            table, _, name = key.partition(".")
            if value is not None:
                tables.setdefault(table, {})[name] = value
        document = to_toml(tables)
        parse(document, SETTINGS, Config())
        write_whole(self.source / SETTINGS, document.encode())

    # --- notes of the studio ----------------------------------------------------------------

    def note(self, name: str, data: object) -> None:
        """Keep `data` as JSON beside the book."""
        write_whole(self.folder / name, json.dumps(data, ensure_ascii=False).encode())

    def noted(self, name: str) -> Any:
        """What was kept so; None when nothing was."""
        try:
            return json.loads((self.folder / name).read_bytes())
        except (OSError, ValueError):
            return None


class Desks:
    """All people's books under one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root / "users"

    def books(self, token: str) -> tuple[Draft, ...]:
        """The books of the person with that cookie, the newest first."""
        folder = self._desk(token)
        begun = []
        with suppress(OSError):
            for path in folder.iterdir():
                with suppress(FileNotFoundError):  # taken away meanwhile, or not whole yet
                    draft = Draft(path.name, folder.name, path)
                    if _ID.fullmatch(path.name) and draft.source.is_dir():
                        begun.append((path.stat().st_mtime, draft))
        return tuple(draft for _, draft in sorted(begun, key=lambda one: one[0], reverse=True))

    def book(self, token: str, book_id: str) -> Draft | None:
        """One of them; None for another's, and for none at all."""
        folder = self._desk(token) / book_id
        is_there = _ID.fullmatch(book_id) is not None and (folder / "source").is_dir()
        return Draft(book_id, folder.parent.name, folder) if is_there else None

    def begin(self, token: str, name: str) -> Draft:
        """A new book; `name` is that of its first file, which often says title and author.

        Raises SourceError W004 when there are too many.
        """
        if len(self.books(token)) >= MOST_BOOKS:
            raise SourceError("W004", limit=MOST_BOOKS)
        stem = Path(device_name(name)).stem
        desk = self._desk(token)
        draft = Draft(secrets.token_hex(12), desk.name, desk)
        folder = desk / draft.id
        (folder / "source" / (stem or "book")).mkdir(parents=True, mode=0o700)
        return Draft(draft.id, desk.name, folder)

    def drop(self, draft: Draft) -> None:
        """Take a book away, whole."""
        gone = draft.folder.with_name(f".{draft.id}.gone")
        draft.folder.replace(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def everyone(self) -> Iterator[Draft]:
        """All books of all people, to set right what a crash left."""
        for desk in self._root.glob("*"):
            for path in desk.glob("*"):
                if _ID.fullmatch(path.name):
                    yield Draft(path.name, desk.name, path)

    def _desk(self, token: str) -> Path:
        return self._root / hashlib.blake2b(token.encode(), digest_size=20).hexdigest()


def place_of(draft: Draft) -> Location:
    """What messages call a book of the studio."""
    return Location(draft.name)
