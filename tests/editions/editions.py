"""The editions of the feature book: every theme, both scripts, lines and columns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.core.book import Section
from builder.core.traversal import block_lines, section_lines, walk
from builder.pipeline import BuildOptions, BuildResult, build
from tests.conftest import ROOT
from tests.editions.fixture import feature_book

THEMES = tuple(sorted(path.stem for path in (ROOT / "styles" / "themes").glob("*.css")))
SCRIPTS = ("", "zh-Hant-TW")


# Example: a space, [12], 〔12〕. Counter-example: ［1］, 12.
_SPACE_OR_NUMBER = re.compile(r"\s+|\[\d+\]|〔\d+〕")


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to build the book. `settings` are those of `--set`."""

    name: str
    to: str
    vertical: bool
    settings: tuple[str, ...] = ()

    def build(self, book: Path, out: Path, formats: tuple[str, ...] = ("epub",)) -> BuildResult:
        return build(
            book,
            BuildOptions(
                to=self.to,
                formats=formats,
                out=out,
                settings=self.settings,
                vertical=self.vertical,
                environment={},
            ),
        )


@dataclass(frozen=True, slots=True)
class Made:
    """An edition and the book as a file."""

    edition: Edition
    path: Path
    result: BuildResult

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(depth, heading_of(section)) for depth, section in walk(self.result.book.sections)]


def heading_of(section: Section) -> str:
    """The heading with its white space folded, as a contents list shows it."""
    return " ".join(section.heading.split())


def unread(made: Made, text: str) -> list[str]:
    """The lines of the book that `text`, as another program read it, lacks or has out of order.

    White space, the numbers of notes and the place of the notes are the other program's matter.
    """
    found = _bare(text)
    at, lacking = 0, []
    book = made.result.book
    for _, section in walk(book.sections):
        for line in _lines(section_lines(section)):
            place = found.find(line, at)
            if place < 0:
                lacking.append(line)
            else:
                at = place + len(line)
    notes = (line for note in book.notes for block in note.blocks for line in block_lines(block))
    return [*lacking, *(line for line in _lines(notes) if line not in found)]


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (part for line in lines for cell in line.split("\t") if (part := _bare(cell)))


def _bare(text: str) -> str:
    return _SPACE_OR_NUMBER.sub("", text)


def editions() -> tuple[Edition, ...]:
    """Every theme in both scripts, in lines and in columns."""
    return tuple(
        Edition(
            name="-".join(filter(None, (theme, to, "columns" if vertical else ""))),
            to=to,
            vertical=vertical,
            settings=(f"epub.theme={theme}",),
        )
        for theme in THEMES
        for to in SCRIPTS
        for vertical in ((True,) if theme == "vertical" else (False, True))
    )


def make(chosen: tuple[Edition, ...], folder: Path) -> tuple[Made, ...]:
    """The chosen editions, each in a folder of its own below `folder`."""
    book = feature_book(folder)
    made = []
    for edition in chosen:
        result = edition.build(book, folder / edition.name)
        made.append(Made(edition, result.files[0].path, result))
    return tuple(made)
