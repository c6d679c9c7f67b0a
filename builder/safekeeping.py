"""What no command writes over: the files a book is made from, and what a person may have edited."""

from collections.abc import Iterator
from pathlib import Path

from builder.core.config import Config
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, WriteError
from builder.core.files import content_of, write_together
from builder.core.source import BookSource


def spare_source(path: Path, source: BookSource, config: Config) -> None:
    """Raise WriteError B035 when a file at `path` would replace one that the book is made from."""
    if path.exists() and any(
        file.exists() and path.samefile(file) for file in _own(source, config)
    ):
        raise WriteError("B035", location=Location(str(path)))


def keep_out(path: Path, source: BookSource, config: Config) -> None:
    """Raise WriteError B041 when a file at `path` would be read as a chapter of the book."""
    from builder.read.discovery import NOT_VOLUMES, READABLE

    if not source.path.is_dir() or not path.resolve().is_relative_to(source.root.resolve()):
        return
    inside = path.resolve().relative_to(source.root.resolve())
    is_left_out = any(folder.lower() in NOT_VOLUMES for folder in inside.parts[:-1])
    is_read = path.suffix.lower() in READABLE and not is_left_out
    if patterns := config.source.files:
        is_read = any(inside.match(pattern) for pattern in patterns)
    if is_read:
        raise WriteError("B041", location=Location(str(path)))


def _own(source: BookSource, config: Config) -> Iterator[Path]:
    """The files of a book but for its plan, which `inspect` may write anew."""
    yield from source.files
    if source.path.is_file():
        yield source.path
    yield from filter(None, (source.settings, source.cover))
    names = [
        ("book.cover", config.book.cover),
        ("epub.css", config.epub.css),
        ("epub.theme", config.epub.theme),
        ("pdf.css", config.pdf.css),
        *(("convert.glossary", name) for name in config.convert.glossary),
        *(("normalize.rules", name) for name in config.normalize.rules),
        *(("epub.embed_fonts", name) for name in _listed_fonts(config)),
    ]
    yield from filter(None, (source.locate(key, name) for key, name in names if name))
    for pattern in config.source.files:
        yield from source.root.glob(pattern)


def _listed_fonts(config: Config) -> tuple[str, ...]:
    """What [epub] embed_fonts lists; families among them are no files and do no harm."""
    listed = config.epub.embed_fonts
    return () if isinstance(listed, bool) else listed


def write_inspection(
    page: tuple[Path, bytes] | None, plan: tuple[Path, bytes] | None, *, force: bool
) -> None:
    """Write the page and the plan of an inspection, both or, when one may not be, neither.

    Unless `force` says so, what stands there is replaced only by what a person cannot have
    edited. Raises WriteError B036 over a file that is no such page, B037 over a plan that differs;
    ConfigError B039 when both are to be one file.
    """
    from builder.inspection import is_page

    if page and plan and page[0].resolve() == plan[0].resolve():
        raise ConfigError("B039", location=Location(str(plan[0])))
    if page and not force and (old := _content(page[0])) and not is_page(old):
        raise WriteError("B036", location=Location(str(page[0])))
    if plan and not force and _content(plan[0]) not in {b"", plan[1]}:
        raise WriteError("B037", location=Location(str(plan[0])))
    write_together(filter(None, (page, plan)))


def _content(path: Path) -> bytes:
    """What stands there; empty when nothing does, or a folder, which cannot be replaced anyway."""
    try:
        return content_of(path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return b""
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise WriteError("B010", location=Location(str(path)), reason=reason) from problem
