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
FONTS = "epub.embed_fonts=true"
SCRIPTS = ("", "zh-Hant-TW")


# Example: a space, [12], 〔12〕. Counter-example: ［1］, 12.
_SPACE_OR_NUMBER = re.compile(r"\s+|\[\d+\]|〔\d+〕")

# Example: dù, ㄉㄨˋ. Counter-example: 渡, 1999.
_LETTERS = re.compile("[A-Za-z\u00c0-\u02ff\u0300-\u036f\u1e00-\u1eff\u3100-\u312f\u31a0-\u31bf]+")


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to build the book. `settings` are those of `--set`."""

    name: str
    to: str
    vertical: bool
    settings: tuple[str, ...] = ()

    device: str = ""
    form: str = "epub"
    has_long_chapter: bool = False
    has_cover: bool = True

    @property
    def adds_readings(self) -> bool:
        return any(setting.startswith("epub.pinyin") for setting in self.settings)

    @property
    def has_fonts(self) -> bool:
        return any(setting.startswith("epub.embed_fonts") for setting in self.settings)

    def build(self, book: Path, out: Path) -> BuildResult:
        options = BuildOptions(
            to=self.to,
            formats=(self.form,),
            out=out,
            settings=self.settings,
            vertical=self.vertical,
            device=self.device,
            environment={},
        )
        return build(book, options)


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
    found = bare(text, made)
    at, lacking = 0, []
    book = made.result.book
    for _, section in walk(book.sections):
        for line in _lines(section_lines(section), made):
            place = found.find(line, at)
            if place < 0:
                lacking.append(line)
            else:
                at = place + len(line)
    notes = (line for note in book.notes for block in note.blocks for line in block_lines(block))
    return [*lacking, *(line for line in _lines(notes, made) if line not in found)]


def _lines(lines: Iterable[str], made: Made) -> Iterator[str]:
    return (part for line in lines for cell in line.split("\t") if (part := bare(cell, made)))


def bare(text: str, made: Made) -> str:
    """`text` without white space, numbers of notes, and readings that only the edition has."""
    words = _SPACE_OR_NUMBER.sub("", text)
    return _LETTERS.sub("", words) if made.edition.adds_readings else words


def editions() -> tuple[Edition, ...]:
    """Every theme with its fonts in both scripts, in lines and in columns; readings; a kepub."""
    themed = tuple(
        Edition(
            name="-".join(filter(None, (theme, to, "columns" if vertical else ""))),
            to=to,
            vertical=vertical,
            settings=(f"epub.theme={theme}", FONTS),
            has_long_chapter=theme == "plain" and not to,
        )
        for theme in THEMES
        for to in SCRIPTS
        for vertical in ((True,) if theme == "vertical" else (False, True))
    )
    rare, every = "epub.pinyin=rare", "epub.pinyin=all"
    return (
        *themed,
        Edition("readings", "", vertical=False, settings=(every,)),
        Edition("readings-columns", "", vertical=True, settings=(rare, FONTS)),
        Edition("zhuyin", "zh-Hant-TW", vertical=True, settings=(rare, "epub.readings=zhuyin")),
        Edition("rare-fonts", "", vertical=False, settings=("epub.embed_fonts=rare",)),
        Edition("kobo", "", vertical=False, device="kobo", form="kepub"),
        Edition(
            "kobo-columns",
            "zh-Hant-TW",
            vertical=True,
            device="kobo",
            form="kepub",
            has_long_chapter=True,
        ),
        Edition("kindle", "", vertical=False, device="kindle"),
        Edition("drawn-cover", "", vertical=False, has_cover=False),
    )


def make(chosen: tuple[Edition, ...], folder: Path) -> tuple[Made, ...]:
    """The chosen editions, each in a folder of its own below `folder`."""
    made = []
    for edition in chosen:
        place = folder / edition.name
        place.mkdir()
        book = feature_book(
            place, has_long_chapter=edition.has_long_chapter, has_cover=edition.has_cover
        )
        result = edition.build(book, place / "out")
        made.append(Made(edition, result.files[0].path, result))
    return tuple(made)
