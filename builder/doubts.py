"""The report of a conversion as a file: where it lies, when it is written, what becomes of it.

A report is edited by a person, so no command writes over one that has answers in it.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.config import Config
from builder.core.diagnostic import Diagnostic, Location, note, warning
from builder.core.errors import ConfigError, SourceError, WriteError
from builder.core.files import content_of, write_whole
from builder.core.source import BookSource
from builder.settings import BuildOptions, settle

if TYPE_CHECKING:
    from builder.convert import Accepted, Converted, ConvertedLines, GlossaryFile, Row

# What a glossary is called that nobody has named yet.
GLOSSARY = "names.tsv"


@dataclass(frozen=True, slots=True)
class Doubts:
    """The report beside a built book. `content` is empty when what stands at `path` shall stay."""

    path: Path | None = None
    content: bytes = b""
    diagnostics: tuple[Diagnostic, ...] = ()


NO_DOUBTS = Doubts()


def report_of(converted: "Converted", path: Path) -> Doubts:
    """What a build writes to `path` about its conversion, and what it says."""
    from builder.convert import doubtful_rows

    rows = doubtful_rows(converted)
    if not rows:
        return NO_DOUBTS
    if _is_kept(path):
        return Doubts(path, b"", (warning("C014", Location(str(path))),))
    words = sum(len(row.groups) for row in rows)
    told = note("C013", Location(str(path)), rows=len(rows), words=words)
    return Doubts(path, _content(rows, path), (told,))


def write_report(
    converted: "Converted | ConvertedLines",
    path: Path,
    *,
    force: bool,
    made_from: Sequence[Path] = (),
) -> "tuple[Row, ...]":
    """Write the report to `path`, as JSON when its name ends so.

    Raises WriteError B035 over one of the files that the conversion is `made_from`, B043 over a
    file that is no report or has answers, unless `force` says so.
    """
    from builder.convert import doubtful_rows

    if path.exists() and any(file.exists() and path.samefile(file) for file in made_from):
        raise WriteError("B035", location=Location(str(path)))
    if not force and _is_kept(path):
        raise WriteError("B043", location=Location(str(path)))
    rows = doubtful_rows(converted)
    write_whole(path, _content(rows, path))
    return rows


def _content(rows: "Sequence[Row]", path: Path) -> bytes:
    from builder.convert import report_json, report_tsv

    write = report_json if path.suffix.lower() == ".json" else report_tsv
    return write(rows).encode("utf-8", "backslashreplace")


def _is_kept(path: Path) -> bool:
    """Whether a person may have put something into the file at `path`."""
    from builder.convert import ReportFile, read_report

    if not path.exists():
        return False
    try:
        return bool(read_report(ReportFile(str(path), _decoded(content_of(path)))))
    except (OSError, UnicodeDecodeError, ConfigError):
        return True


def accept_into(report: Path, glossary: Path) -> "Accepted":
    """Add the answers of `report` to the file `glossary`, which is made when it is not there.

    Raises SourceError B025 when one cannot be read, and whatever `builder.convert.accept` does.
    """
    from builder.convert import GlossaryFile, ReportFile, accept

    known = _text(glossary) if glossary.exists() else ""
    accepted = accept(ReportFile(str(report), _text(report)), GlossaryFile(str(glossary), known))
    if accepted.added:
        write_whole(glossary, accepted.content.encode())
    return accepted


def glossary_at(path: Path) -> "GlossaryFile":
    """The glossary that a command line names. Raises SourceError B025."""
    from builder.convert import GlossaryFile

    return GlossaryFile(str(path), _text(path))


def _decoded(content: bytes) -> str:
    """The text of UTF-8, or of the UTF-16 that spreadsheets call Unicode text."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_wide else "utf-8-sig")


def _text(path: Path) -> str:
    try:
        return _decoded(content_of(path))
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("B025", location=Location(str(path)), reason=reason) from problem
    except UnicodeDecodeError as problem:
        from builder.core.catalogue import say

        reason = say("reason.not_utf_8")
        raise SourceError("B025", location=Location(str(path)), reason=reason) from problem


@dataclass(frozen=True, slots=True)
class GlossaryPlace:
    """Where answers go, and whether the next conversion finds them there without being told."""

    path: Path
    is_named: bool
    is_of_book: bool


def glossary_for(file: Path, named: Sequence[Path]) -> GlossaryPlace:
    """The glossary that answers about `file`, a book's folder or a text, go to.

    The last one that is named; else the last one of the book's settings; else names.tsv in the
    book's folder or beside the text. Raises as `settle` does.
    """
    if not file.is_dir():
        path = named[-1] if named else file.parent / GLOSSARY
        return GlossaryPlace(path, is_named=False, is_of_book=False)
    source, config = settle(file, BuildOptions())
    own = _own_glossary(source, config)
    if named:
        is_own = own is not None and named[-1].resolve() == own.resolve()
        return GlossaryPlace(named[-1], is_named=is_own, is_of_book=True)
    path = own or source.root / GLOSSARY
    return GlossaryPlace(path, is_named=own is not None, is_of_book=True)


def _own_glossary(source: BookSource, config: Config) -> Path | None:
    """The last glossary that the settings name inside the book's folder."""
    for name in reversed(config.convert.glossary):
        path = source.locate("convert.glossary", name)
        if path and path.resolve().is_relative_to(source.root.resolve()):
            return path
    return None
