"""What a BOOK argument is: a folder with book.toml, a folder of chapter files, or one file.

Nothing is decoded here; only names and kinds of files count.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.core.book import Series
from builder.core.catalogue import say
from builder.core.config import Config
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, SourceError
from builder.core.source import BookSource
from builder.core.toml_lines import key_lines
from builder.read.book_names import Named, title_and_author
from builder.read.limits import MAX_FILES, MAX_FOLDER_DEPTH
from builder.read.names import Key, names_a_volume, slug_of, sort_key

SETTINGS = "book.toml"
TEXT_SUFFIXES = frozenset({".txt", ".text"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})
READABLE = TEXT_SUFFIXES | MARKDOWN_SUFFIXES | HTML_SUFFIXES
# Files that hold a whole book of files.
CONTAINER_SUFFIXES = frozenset({".epub", ".zip"})
# What Kobo's edition of a book is called before its suffix.
KEPUB = ".kepub"
IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")

# What looks for files and does not name one. Example: 第?章*.txt. Counter-example: 第一章.txt.
_WILD = re.compile("[*?\\[]")
# More patterns that look for files than these are no choice of chapters, nor are deeper ones; each
# goes through the folder.
MAX_PATTERNS = 100
MAX_PATTERN_PARTS = 16
MAX_PATTERN_SHOWN = 200
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
    ".rar": ("RAR", "read.refused.archive"),
    ".7z": ("7z", "read.refused.archive"),
}
# Files beside the chapters that are no chapters. Compared without the suffix, in lower case.
NOT_VOLUMES = frozenset({"dist", "build", "node_modules", "images", "img", "assets"})
# Folders that a writer keeps beside the chapters. Compared in lower case.
_NOT_BOOKS = frozenset(
    {
        "draft",
        "drafts",
        "old",
        "bak",
        "backup",
        "notes",
        "旧稿",
        "草稿",
        "废稿",
        "备份",
        "笔记",
        "資料",
        "资料",
    }
)
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


def is_book_beside_others(entry: Path) -> bool:
    """Whether an entry of a folder of books is meant as one: a folder, a text, an EPUB or ZIP.

    Also what people take for a book and `discover` refuses, so that it is told; but not the
    covers, style sheets and README files that lie beside books.
    """
    if entry.name.startswith((".", "_", "~")):
        return False
    if entry.is_dir():
        return entry.name.lower() not in NOT_VOLUMES
    return _is_chapter(entry) or entry.suffix.lower() in CONTAINER_SUFFIXES | REFUSED.keys()


def looks_like_text(entry: Path) -> bool:
    """Whether a file could have been meant as a book that `is_book_beside_others` does not take."""
    suffix = entry.suffix.lower()
    is_named_so = suffix in READABLE | CONTAINER_SUFFIXES or not suffix
    is_told = not entry.name.startswith(".") and entry.stem.lower() not in _NOT_CHAPTERS
    return is_named_so and is_told and entry.is_file()


def slug_at(path: Path) -> str:
    """What the results of the book at `path` are called, unless its settings give them a name."""
    return slug_of(_readable(path.name)) if path.is_dir() else _slug_of_file(path)


def unreadable(path: Path, problem: OSError) -> SourceError:
    """The error for a file that the system will not give us."""
    reason = problem.strerror or str(problem)
    return SourceError("R016", location=Location(str(path)), reason=reason)


def _folder(path: Path) -> BookSource:
    entries = sorted(path.iterdir())
    settings = path / SETTINGS
    has_settings = settings.is_file()
    if has_settings:
        _inside((settings,), path)
    files = in_reading_order(_chapters(entries, depth=0))
    if not files:
        files = tuple(e for e in entries if _is_container(e))[:2]
        files = files if len(files) == 1 else ()
    if not files and not has_settings:
        raise _no_text(path, entries)
    name = _readable(path.resolve().name)
    named = title_and_author(name)
    return BookSource(
        path=path,
        root=path,
        slug=slug_of(name),
        files=_inside(files, path),
        beside=tuple(_books_beside(entries, files)),
        settings=settings if has_settings else None,
        cover=_cover(entries, "cover"),
        title=named.title,
        author=named.author,
        series=_series(named),
    )


def _single_file(path: Path) -> BookSource:
    suffix = path.suffix.lower()
    if suffix not in READABLE | CONTAINER_SUFFIXES:
        raise _refusal(path)
    named = title_and_author(_readable(path.stem))
    # By their names alone: beside it may lie ten thousand others, which each look here too.
    siblings = [entry.name for entry in os.scandir(path.parent)]
    pictures = sorted(
        path.parent / name for name in siblings if name.lower().endswith(IMAGE_SUFFIXES)
    )
    cover = _cover(pictures, path.stem.lower())
    if cover is None and pictures and not _has_other_chapter(path, siblings):
        cover = _cover(pictures, "cover")
    return BookSource(
        path=path,
        root=path.parent,
        slug=_slug_of_file(path),
        files=(path,),
        cover=cover,
        title=named.title,
        author=named.author,
        series=_series(named),
    )


def _books_beside(entries: Iterable[Path], files: tuple[Path, ...]) -> Iterator[Path]:
    """EPUBs, archives and folders with text or book.toml among `entries` that gave no chapter."""
    taken = {part for file in files for part in (file, *file.parents)}
    for entry in entries:
        if entry in taken or entry.name.startswith((".", "~", "_")) or entry.is_symlink():
            continue
        if _is_container(entry):
            yield entry
        elif entry.is_dir() and entry.name.lower() not in NOT_VOLUMES | _NOT_BOOKS:
            inner = list(entry.iterdir())
            if any(one.name == SETTINGS or _is_chapter(one) or _is_container(one) for one in inner):
                yield entry


def _has_other_chapter(path: Path, siblings: Iterable[str]) -> bool:
    return any(
        name != path.name and _is_chapter_name(name) and (path.parent / name).is_file()
        for name in siblings
    )


def _series(named: Named) -> Series | None:
    return Series(named.series.series, named.series.position) if named.series else None


def _slug_of_file(path: Path) -> str:
    """The file's name; another one for a finished book of ours, which lies in dist/slug/slug.epub.

    So re-setting a book never writes over the book that it is made from.
    """
    stem = path.stem
    if path.suffix.lower() == ".epub":
        stem = stem.removesuffix(KEPUB)
        stem += "-2" if path.resolve().parent.name == stem else ""
    return slug_of(_readable(stem))


def _readable(name: str) -> str:
    """A name whose bytes are not UTF-8, as old archives leave them, read as GB18030."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


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
    return _is_chapter_name(entry.name) and entry.is_file()


def _is_chapter_name(name: str) -> bool:
    stem, dot, suffix = name.rpartition(".")
    return (
        not name.startswith((".", "~"))
        and dot + suffix.lower() in READABLE
        and stem.lower() not in _NOT_CHAPTERS
    )


def _is_container(entry: Path) -> bool:
    return (
        not entry.name.startswith((".", "~"))
        and entry.suffix.lower() in CONTAINER_SUFFIXES
        and entry.is_file()
    )


def _chapters(entries: Iterable[Path], depth: int) -> list[Path]:
    """The chapters of a folder and of the volumes in it.

    Beside chapters, only folders whose names are those of volumes count, so that drafts/ and
    old/ stay out; a folder of folders is taken whole. A folder with a book.toml is another book.
    """
    entries = list(entries)
    found = [entry for entry in entries if _is_chapter(entry)]
    if depth >= MAX_FOLDER_DEPTH:
        return found
    beside_chapters = bool(found)
    for entry in entries:
        if (
            entry.is_symlink()
            or not entry.is_dir()
            or not _is_volume(entry, beside_chapters=beside_chapters)
        ):
            continue
        inner = sorted(entry.iterdir())
        if not any(one.name == SETTINGS for one in inner):
            found.extend(_chapters(inner, depth + 1))
            if len(found) > MAX_FILES:
                break
    return found


def _is_volume(folder: Path, *, beside_chapters: bool) -> bool:
    if folder.name.startswith((".", "~", "__")) or folder.name.lower() in NOT_VOLUMES:
        return False
    return not beside_chapters or names_a_volume(folder.name)


def chapters_among(names: Iterable[str]) -> tuple[str, ...]:
    """The members of an archive that are chapters, in reading order."""
    kept = [
        name
        for name in names
        if _is_chapter_name(name.rpartition("/")[2])
        and not any(part.startswith((".", "~", "__")) for part in name.split("/"))
    ]
    return tuple(sorted(kept, key=lambda name: _order(tuple(name.split("/")))))


def cover_among(names: Iterable[str], folder: str) -> str:
    """The cover image in a folder of an archive; empty when there is none."""
    by_suffix = {
        suffix: name
        for name in names
        for suffix in IMAGE_SUFFIXES
        if name.lower() == f"{folder.lower()}cover{suffix}"
    }
    return next((by_suffix[suffix] for suffix in IMAGE_SUFFIXES if suffix in by_suffix), "")


def folders_of(path: Path, root: Path) -> tuple[str, ...]:
    """The folders between the book's folder and a file, outermost first."""
    try:
        return path.relative_to(root).parts[:-1]
    except ValueError:
        return ()


def in_reading_order(files: Iterable[Path]) -> tuple[Path, ...]:
    """Files sorted by the numbers in their names, folder by folder."""
    return tuple(sorted(files, key=lambda file: _order(file.parts)))


def _order(parts: tuple[str, ...]) -> list[Key]:
    return [*(sort_key(part) for part in parts[:-1]), sort_key(parts[-1].rpartition(".")[0])]


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
    own order, and a file is taken once. Raises ConfigError R012 (a pattern that leads outside),
    R013 (nothing there) and R048 (too many patterns), SourceError R002, R008, R014, R022.
    """
    if not config.source.files:
        if not source.files:
            raise _no_text(source.path, sorted(source.root.iterdir()))
        return source.files
    chosen: dict[Path, None] = {}
    patterns = tuple(dict.fromkeys(config.source.files))
    looking = [pattern for pattern in patterns if _WILD.search(pattern)]
    if len(looking) > MAX_PATTERNS:
        location = setting_location(source, "source", "files")
        raise ConfigError("R048", location=location, count=len(looking), limit=MAX_PATTERNS)
    for pattern in patterns:
        chosen.update(dict.fromkeys(_matching(pattern, source, config.source.files)))
    return _inside(tuple(chosen), source.root)


def _matching(pattern: str, source: BookSource, config_files: tuple[str, ...]) -> tuple[Path, ...]:
    relative = Path(pattern)
    is_deep = len(relative.parts) > MAX_PATTERN_PARTS or relative.parts.count("**") > 1
    if (
        not pattern.strip()
        or relative.is_absolute()
        or relative.drive
        or ".." in relative.parts
        or is_deep
    ):
        raise _wrong_pattern("R012", source, pattern)
    try:
        entries = source.root.glob(pattern) if _WILD.search(pattern) else [source.root / pattern]
        found = [file for file in entries if file.is_file()]
    except (OSError, ValueError, NotImplementedError) as problem:
        raise _wrong_pattern("R012", source, pattern) from problem
    # A file that is named outright is taken whatever it is called; a pattern takes chapters.
    if (source.root / pattern) not in found:
        found = [file for file in found if _is_chapter(file)]
    if not found:
        raise _wrong_pattern("R013", source, pattern)
    for file in found:
        is_book = len(config_files) == 1 and file.suffix.lower() in CONTAINER_SUFFIXES
        if file.suffix.lower() not in READABLE and not is_book:
            raise _refusal(file)
    return in_reading_order(found)


def _wrong_pattern(code: str, source: BookSource, pattern: str) -> ConfigError:
    """The error for a pattern of [source] files, cut where nobody would read on."""
    location = setting_location(source, "source", "files")
    return ConfigError(code, location=location, pattern=pattern[:MAX_PATTERN_SHOWN])


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
