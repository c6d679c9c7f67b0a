"""`builder cover`: the cover that a book would get, as a picture of its own."""

from dataclasses import dataclass
from pathlib import Path

from builder.core.diagnostic import Diagnostic, Location, note
from builder.core.errors import ConfigError, WriteError
from builder.core.files import write_whole
from builder.pipeline import BuildOptions, Understood, inspect, spare_source, turn
from builder.settings import edition_name, out_folder

JPEG_ENDINGS = frozenset({".jpg", ".jpeg"})


@dataclass(frozen=True, slots=True)
class DrawnCover:
    """A cover that was written; `design` is empty for a sheet of all designs."""

    path: Path
    design: str
    size_bytes: int
    diagnostics: tuple[Diagnostic, ...]


def draw(
    book: Path,
    options: BuildOptions,
    *,
    out: Path | None = None,
    shows_all: bool = False,
    force: bool = False,
) -> DrawnCover:
    """Draw the cover of the book at `book`, whether or not it has one of its own.

    Raises ConfigError B045 when `out` is not called a JPEG; WriteError B044 over a picture that
    was not drawn here, unless `force` says so, B035 over a file of the book; DependencyError
    F001 without a Chinese font.
    """
    from builder.covers import draw_all, draw_cover

    if out and out.suffix.lower() not in JPEG_ENDINGS:
        raise ConfigError("B045", location=Location(str(out)), name=out.name)
    understood = inspect(book, options)
    path = out or _usual_place(understood, options, shows_all=shows_all)
    _require_free(path, understood, force=force)
    config = understood.config
    cover = (draw_all if shows_all else draw_cover)(
        turn(understood)[0].metadata,
        config.cover,
        named=understood.book.metadata,
        vertical=config.typography.vertical,
    )
    write_whole(path, cover.jpeg)
    told = (note("E042"),) if understood.book.cover and not _is_own(path, understood) else ()
    return DrawnCover(path, cover.design, len(cover.jpeg), (*cover.diagnostics, *told))


def _usual_place(understood: Understood, options: BuildOptions, *, shows_all: bool) -> Path:
    source, config = understood.source, understood.config
    name = edition_name(source, config, options)
    folder = out_folder(options, config) / source.slug
    return folder / f"{name}.{'covers' if shows_all else 'cover'}.jpg"


def _is_own(path: Path, understood: Understood) -> bool:
    """Whether the book takes the picture at `path` for its cover."""
    own = understood.source.cover
    if named := understood.config.book.cover:
        own = understood.source.locate("book.cover", named)
    return own is not None and own.exists() and own.samefile(path)


def _require_free(path: Path, understood: Understood, *, force: bool) -> None:
    """Raise WriteError unless nothing stands at `path`, or what was drawn here."""
    from builder.covers import is_drawn

    if not path.is_file() or is_drawn(path.read_bytes()):
        return
    spare_source(path, understood.source, understood.config)
    if not force:
        raise WriteError("B044", location=Location(str(path)))
