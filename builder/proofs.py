"""`builder preview`: a picture of a book's pages, from its PDF or before there is one."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import ConfigError, WriteError
from builder.core.files import regular_file, write_whole
from builder.pipeline import BuildOptions, books_of, inspect, not_ignored, spare_source
from builder.settings import edition_name, font_files, modified_date, out_folder

if TYPE_CHECKING:
    from builder.preview import ContactSheet

# A PDF may have other bytes before its header (ISO 32000-1, annex H, note 13).
_HEAD_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Proof:
    """A picture that was written."""

    path: Path
    sheet: "ContactSheet"
    diagnostics: tuple[Diagnostic, ...]


def proof(
    path: Path,
    options: BuildOptions,
    *,
    pages: str = "",
    width: int = 0,
    volume: int = 1,
    is_single: bool = False,
    out: Path | None = None,
    force: bool = False,
) -> Proof:
    """Show pages of the PDF at `path`, or of the one that the book there would become.

    `pages`, `width` (0 its usual) and `is_single` are as `builder.preview.preview` takes them;
    pages made for a screen are single anyway. `volume` is one of a book that is split. Raises BuilderError as a build and a preview do; ConfigError
    V007 when `out` is not called a PNG, V009 for a volume that there is not; WriteError V008 over
    a picture that was not made here, unless `force` says so.
    """
    from builder.preview import USUAL_WIDTH
    from builder.preview.apart import preview_apart

    if out and out.suffix.lower() != ".png":
        raise ConfigError("V007", location=Location(str(out)), name=out.name)
    made = _finished(path, out) if _is_pdf(path) else _set(path, options, volume, out)
    _require_free(made.target, force=force)
    sheet = preview_apart(
        made.pdf,
        made.name,
        pages=pages,
        width=width or USUAL_WIDTH,
        is_single=is_single or made.is_single,
    )
    write_whole(made.target, sheet.png)
    return Proof(made.target, sheet, (*made.diagnostics, *sheet.diagnostics))


@dataclass(frozen=True, slots=True)
class _Made:
    """A PDF to be shown, what it is called, and where its picture goes."""

    pdf: Path | bytes
    name: str
    target: Path
    diagnostics: tuple[Diagnostic, ...] = ()
    is_single: bool = False


def _is_pdf(path: Path) -> bool:
    if path.suffix.lower() == ".pdf":
        return True
    try:
        with regular_file(path) as file:
            return b"%PDF-" in file.read(_HEAD_BYTES)
    except OSError:
        return False


def _finished(path: Path, out: Path | None) -> _Made:
    return _Made(path, str(path), out or path.with_suffix(".preview.png"))


def _set(path: Path, options: BuildOptions, volume: int, out: Path | None) -> _Made:
    """The PDF of a book, in memory only."""
    from builder.making import make
    from builder.own_styles import own_styles

    understood = inspect(path, replace(options, formats=("pdf",)))
    source, config = understood.source, understood.config
    books = books_of(understood)
    if not 1 <= volume <= len(books):
        raise ConfigError("V009", location=Location(str(path)), volume=volume, count=len(books))
    edition = edition_name(source, config, options)
    name = f"{edition}.{volume:02}" if len(books) > 1 else edition
    made = make(
        books[volume - 1],
        config,
        modified=modified_date(config, options.environment),
        css=partial(own_styles, source, config),
        name=name,
        named=understood.book.metadata,
        fonts=font_files(source, config),
    )
    target = out or out_folder(options, config) / source.slug / f"{name}.preview.png"
    spare_source(target, source, config)
    told = not_ignored((*understood.diagnostics, *made.diagnostics), config)
    is_single = config.pdf.device is not None
    return _Made(made.files[0].content, f"{name}.pdf", target, told, is_single)


def _require_free(path: Path, *, force: bool) -> None:
    """Raise WriteError unless nothing stands at `path`, or what was made here."""
    from builder.preview import is_contact_sheet

    if path.is_file() and not force and not is_contact_sheet(path.read_bytes()):
        raise WriteError("V008", location=Location(str(path)))
