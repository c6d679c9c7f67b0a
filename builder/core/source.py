"""What a BOOK argument turned out to be."""

from dataclasses import dataclass
from pathlib import Path

from builder.core.book import Series


@dataclass(frozen=True, slots=True)
class BookSource:
    """A book to read.

    `path` is what the user named. `root` is the folder that the paths in book.toml are
    relative to. `slug` names the results. `files` are the text files in reading order, `cover`
    an image found beside them. `title` and `author` are what the name of the file or folder
    says, empty when it says nothing, `series` what it says of one. `beside` are books that
    lie in the same folder and are no part of this one. `named` are the files that the command
    line names, as (setting, name), such as ("structure.plan", "my.plan").
    """

    path: Path
    root: Path
    slug: str
    files: tuple[Path, ...]
    settings: Path | None = None
    cover: Path | None = None
    title: str = ""
    author: str = ""
    series: Series | None = None
    beside: tuple[Path, ...] = ()
    named: frozenset[tuple[str, str]] = frozenset()

    def locate(self, key: str, name: str) -> Path | None:
        """Where the file is that the setting `key` calls `name`; None outside the book's folder.

        What the command line names is the user's word: it is looked for from where the user stands
        first, and may lie anywhere. book.toml came with the book and reaches no further than that.
        """
        path = self.root / name
        try:
            inside = path if path.resolve().is_relative_to(self.root.resolve()) else None
            is_here = path.is_file()
            if (key, name) not in self.named:
                return inside
            here = Path(name).expanduser()
            return inside if inside and is_here and not here.is_file() else here
        # A name that no system could give: one with a zero in it, a longer one than any path.
        except (OSError, RuntimeError, ValueError):
            return None
