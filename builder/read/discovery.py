"""What a BOOK argument is: a folder with book.toml, a folder of chapter files, or one file.

Nothing is decoded here; only names and kinds of files count.
"""

from collections.abc import Iterable
from pathlib import Path

from builder.core.catalogue import say
from builder.core.config import Config
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, SourceError
from builder.core.source import BookSource
from builder.core.toml_lines import key_lines
from builder.read.limits import MAX_FILES
from builder.read.names import slug_of, sort_key, title_and_author

SETTINGS = "book.toml"
TEXT_SUFFIXES = frozenset({".txt", ".text"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})
READABLE = TEXT_SUFFIXES | MARKDOWN_SUFFIXES | HTML_SUFFIXES
IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")

# What people try that is not text, and the sentence that says what to do about it.
REFUSED = {
    ".docx": ("DOCX", "read.refused.word"),
    ".doc": ("DOC", "read.refused.word"),
    ".odt": ("ODT", "read.refused.word"),
    ".rtf": ("RTF", "read.refused.word"),
    ".wps": ("WPS", "read.refused.word"),
    ".pdf": ("PDF", "read.refused.pdf"),
    ".mobi": ("MOBI", "read.refused.kindle"),
    ".azw": ("AZW", "read.refused.kindle"),
    ".azw3": ("AZW3", "read.refused.kindle"),
    ".kfx": ("KFX", "read.refused.kindle"),
    ".epub": ("EPUB", "read.refused.epub"),
    ".zip": ("ZIP", "read.refused.archive"),
    ".rar": ("RAR", "read.refused.archive"),
    ".7z": ("7z", "read.refused.archive"),
}
# Files beside the chapters that are no chapters. Compared without the suffix, in lower case.
_NOT_CHAPTERS = frozenset({"readme", "license", "licence", "copying", "changelog", "authors"})


def discover(path: Path) -> BookSource:
    """What `path` is as a book.

    Raises SourceError: R001 nothing there, R002 a format that is not read, R008 a folder
    without text, R014 a file that leads out of its folder, R016 not to be read, R022 too many
    files. A folder with book.toml may be without text here, because `[source] files` can name
    text elsewhere in it; then `select` raises R008.
    """
    if path.name == SETTINGS and path.is_file():
        path = path.parent
    try:
        if path.is_dir():
            return _folder(path)
        if path.is_file():
            return _single_file(path)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    raise SourceError("R001", location=Location(str(path)))


def unreadable(path: Path, problem: OSError) -> SourceError:
    """The error for a file that the system will not give us."""
    reason = problem.strerror or str(problem)
    return SourceError("R016", location=Location(str(path)), reason=reason)


def _folder(path: Path) -> BookSource:
    entries = sorted(path.iterdir())
    settings = path / SETTINGS
    has_settings = settings.is_file()
    files = in_reading_order(entry for entry in entries if _is_chapter(entry))
    if not files and not has_settings:
        raise _no_text(path, entries)
    name = path.resolve().name
    named = title_and_author(name)
    return BookSource(
        path=path,
        root=path,
        slug=slug_of(name),
        files=_inside(files, path),
        settings=settings if has_settings else None,
        cover=_cover(entries, "cover"),
        title=named.title,
        author=named.author,
    )


def _single_file(path: Path) -> BookSource:
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise _refusal(path)
    named = title_and_author(path.stem)
    siblings = sorted(path.parent.iterdir())
    cover = _cover(siblings, path.stem.lower())
    if cover is None and [entry for entry in siblings if _is_chapter(entry)] == [path]:
        cover = _cover(siblings, "cover")
    return BookSource(
        path=path,
        root=path.parent,
        slug=slug_of(path.stem),
        files=(path,),
        cover=cover,
        title=named.title,
        author=named.author,
    )


def _refusal(path: Path) -> SourceError:
    suffix = path.suffix.lower()
    kind, advice = REFUSED.get(suffix, (suffix.lstrip(".").upper(), "read.refused.other"))
    location = Location(str(path))
    return SourceError("R002", location=location, kind=kind or path.name, advice=say(advice))


def _no_text(path: Path, entries: Iterable[Path]) -> SourceError:
    """A folder that holds only a DOCX deserves the DOCX sentence."""
    for entry in entries:
        if entry.suffix.lower() in REFUSED and not entry.name.startswith("."):
            return _refusal(entry)
    return SourceError("R008", location=Location(str(path)))


def _is_chapter(entry: Path) -> bool:
    return (
        not entry.name.startswith((".", "~"))
        and entry.suffix.lower() in READABLE
        and entry.stem.lower() not in _NOT_CHAPTERS
        and entry.is_file()
    )


def in_reading_order(files: Iterable[Path]) -> tuple[Path, ...]:
    """Files sorted by the numbers in their names, folder by folder."""
    return tuple(sorted(files, key=lambda file: [sort_key(part) for part in _parts(file)]))


def _parts(file: Path) -> tuple[str, ...]:
    return (*file.parts[:-1], file.stem)


def _cover(entries: Iterable[Path], stem: str) -> Path | None:
    by_suffix = {
        entry.suffix.lower(): entry
        for entry in entries
        if entry.stem.lower() == stem and entry.suffix.lower() in IMAGE_SUFFIXES
    }
    found = (by_suffix[suffix] for suffix in IMAGE_SUFFIXES if suffix in by_suffix)
    return next((entry for entry in found if entry.is_file()), None)


def _inside(files: tuple[Path, ...], root: Path) -> tuple[Path, ...]:
    """The same files, once it is sure that no link leads out of `root`."""
    if len(files) > MAX_FILES:
        raise SourceError("R022", location=Location(str(root)), limit=MAX_FILES)
    for file in files:
        if not is_inside(file, root):
            raise SourceError("R014", location=Location(str(file)), root=str(root))
    return files


def is_inside(file: Path, root: Path) -> bool:
    """Whether `file`, its links followed, lies in `root`."""
    return file.resolve().is_relative_to(root.resolve())


# --- what book.toml says -----------------------------------------------------------------


def select(source: BookSource, config: Config) -> tuple[Path, ...]:
    """The text files of a book in reading order, `[source] files` obeyed.

    Each pattern stands for its files in the order of their numbers; the patterns keep their
    own order, and a file is taken once. Raises ConfigError R012 (a pattern that leads outside)
    and R013 (nothing there), SourceError R002, R008, R014, R022.
    """
    if not config.source.files:
        if not source.files:
            raise _no_text(source.path, sorted(source.root.iterdir()))
        return source.files
    chosen: dict[Path, None] = {}
    for pattern in config.source.files:
        chosen.update(dict.fromkeys(_matching(pattern, source)))
    return _inside(tuple(chosen), source.root)


def _matching(pattern: str, source: BookSource) -> tuple[Path, ...]:
    location = setting_location(source, "source", "files")
    relative = Path(pattern)
    if not pattern.strip() or relative.is_absolute() or relative.drive or ".." in relative.parts:
        raise ConfigError("R012", location=location, pattern=pattern)
    try:
        found = [file for file in source.root.glob(pattern) if file.is_file()]
    except (ValueError, NotImplementedError) as problem:
        raise ConfigError("R012", location=location, pattern=pattern) from problem
    # A file that is named outright is taken whatever it is called; a pattern takes chapters.
    if (source.root / pattern) not in found:
        found = [file for file in found if _is_chapter(file)]
    if not found:
        raise ConfigError("R013", location=location, pattern=pattern)
    for file in found:
        if file.suffix.lower() not in READABLE:
            raise _refusal(file)
    return in_reading_order(found)


def setting_location(source: BookSource, table: str, key: str) -> Location | None:
    """Where book.toml sets `[table] key`; None when it came from somewhere else."""
    if source.settings is None:
        return None
    try:
        document = source.settings.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    line = key_lines(document).get((table, key))
    return Location(str(source.settings), line) if line else None
