"""What a BOOK argument turned out to be."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BookSource:
    """A book to read.

    `path` is what the user named. `root` is the folder that the paths in book.toml are
    relative to. `slug` names the results. `files` are the text files in reading order, `cover`
    an image found beside them. `title` and `author` are what the name of the file or folder
    says, empty when it says nothing.
    """

    path: Path
    root: Path
    slug: str
    files: tuple[Path, ...]
    settings: Path | None = None
    cover: Path | None = None
    title: str = ""
    author: str = ""
