"""The covers of the catalogue: drawn by who builds a book, or by who writes the catalogue."""

from pathlib import Path

from builder.core.files import write_whole
from builder.deliver.covers import SMALL_PX, cover_jpegs
from builder.deliver.holdings import ending_of, holding_id
from builder.deliver.package import cover_of, described

PAGE = "index.html"
FOLDER = "catalogue"
COVERS = f"{FOLDER}/covers"
# Endings of a cover's files and how wide they are, the widest first.
_WIDTHS = {".jpg": 3 * SMALL_PX, ".small.jpg": SMALL_PX}


def cover_places(folder: Path, name: str) -> tuple[Path, ...]:
    """Where the covers of the holding `name` are."""
    return tuple(folder / f"{name}{ending}" for ending in _WIDTHS)


def draw_covers(book: Path | None, cover: str, places: tuple[Path, ...]) -> None:
    """Write the picture `cover` of an EPUB to `places`, the widest first."""
    content = cover_of(book, cover) if book else b""
    for place, picture in zip(places, cover_jpegs(content, tuple(_WIDTHS.values())), strict=False):
        write_whole(place, picture)


def draw_covers_of(files: tuple[Path, ...], root: Path) -> None:
    """The covers of the EPUBs among the files of a book that has just been built on `root`."""
    books = {file.name.removesuffix(ending_of(file.name)): file for file in files if _is_epub(file)}
    for stem, file in books.items():
        places = cover_places(root / COVERS, holding_id(root, file.parent, stem))
        draw_covers(file, described(file).cover, places)


def _is_epub(file: Path) -> bool:
    return ending_of(file.name).endswith(".epub")
