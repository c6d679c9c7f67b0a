"""What commands report, as rows for people and as plain data for programs (`--json`)."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.book import Section, section_lines, walk
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic
from builder.core.errors import BuilderError

if TYPE_CHECKING:
    from builder.pipeline import BuildResult, Understood

Report = dict[str, object]
# More files than this are summed up in one line of the table's head.
FILES_SHOWN = 5


def build_report(result: "BuildResult") -> Report:
    """One built book."""
    files = [
        {"path": str(file.path), "format": file.format, "bytes": file.size_bytes}
        for file in result.files
    ]
    metadata = result.book.metadata
    return {
        "slug": result.slug,
        "title": metadata.title,
        "creators": [creator.name for creator in metadata.creators],
        "language": metadata.language,
        "files": files,
        "edits": len(result.ledger),
        "diagnostics": diagnostics_report(result.diagnostics),
    }


def failure_report(path: Path, problem: BuilderError) -> Report:
    """A book that could not be built."""
    return {
        "path": str(path),
        "error": diagnostic_report(problem.diagnostic),
        "exit_code": problem.exit_code,
    }


def diagnostics_report(diagnostics: Iterable[Diagnostic]) -> list[Report]:
    """Diagnostics as plain data."""
    return [diagnostic_report(diagnostic) for diagnostic in diagnostics]


def diagnostic_report(diagnostic: Diagnostic) -> Report:
    """One diagnostic as plain data; line and column are 0 when unknown."""
    place = diagnostic.location
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def inspection_report(understood: "Understood") -> Report:
    """What `inspect` shows, as plain data."""
    metadata = understood.book.metadata
    files = [
        {
            "path": file.path,
            "encoding": file.encoding,
            "confidence": round(file.confidence, 3),
            "characters": file.end - file.start,
        }
        for file in understood.manuscript.files
    ]
    sections = [
        {
            "depth": depth,
            "role": section.role,
            "number": section.number,
            "label": section.label,
            "title": section.title,
            "characters": characters(section),
            "source": str(understood.manuscript.origin(section.span.start)),
        }
        for depth, section in walk(understood.book.sections)
    ]
    return {
        "title": metadata.title,
        "creators": [creator.name for creator in metadata.creators],
        "language": metadata.language,
        "files": files,
        "sections": sections,
        "notes": len(understood.book.notes),
        "edits": len(understood.ledger),
        "diagnostics": diagnostics_report(understood.diagnostics),
    }


def inspection_head(understood: "Understood") -> Iterator[str]:
    """The lines above the table: the book, then its files."""
    metadata = understood.book.metadata
    creators = "、".join(creator.name for creator in metadata.creators)
    yield say("inspect.title", title=metadata.title, creators=creators, language=metadata.language)
    files = understood.manuscript.files
    is_mixed = len({file.encoding for file in files}) > 1
    shown = files if is_mixed or len(files) <= FILES_SHOWN else files[:FILES_SHOWN]
    for file in shown:
        yield say(
            "inspect.source",
            path=file.path,
            encoding=file.encoding,
            confidence=file.confidence,
            chars=file.end - file.start,
        )
    if len(shown) < len(files):
        yield say("inspect.more_files", count=len(files) - len(shown))


def section_headings() -> list[str]:
    """The headings of the table of sections."""
    return [say(f"inspect.heading.{name}") for name in ("section", "role", "chars", "where")]


def section_rows(understood: "Understood") -> list[list[str]]:
    """One row a section, indented by depth."""
    return [
        [
            "  " * depth + section.heading,
            section.role,
            f"{characters(section):,}",
            str(understood.manuscript.origin(section.span.start)),
        ]
        for depth, section in walk(understood.book.sections)
    ]


def inspection_total(understood: "Understood") -> str:
    """The line under the table."""
    sections = [section for _, section in walk(understood.book.sections)]
    return say(
        "inspect.total",
        sections=len(sections),
        chars=sum(characters(section) for section in sections),
        notes=len(understood.book.notes),
        edits=len(understood.ledger),
    )


def characters(section: Section) -> int:
    """The characters of a section without its children."""
    return sum(len(line) for line in section_lines(section))
