"""The command that converts text, reports what is in doubt and takes the answers."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from builder import report
from builder.cli.app import AsJson, To
from builder.console import print_aside, print_diagnostics, print_result
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import ConfigError, SourceError
from builder.core.files import bounded
from builder.core.shown import shown

# Lines that are written at once.
LINES_WRITTEN = 1_000


def convert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.convert.file"))],
    to: To = "",
    line: Annotated[bool, typer.Option("--line", help=say("help.convert.line"))] = False,
    glossaries: Annotated[
        list[Path] | None,
        typer.Option("--glossary", metavar="FILE", help=say("help.convert.glossary")),
    ] = None,
    doubts: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help=say("help.convert.report"))
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--accept", metavar="FILE", help=say("help.convert.accept"))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.convert.force"))] = False,
    as_json: AsJson = False,
) -> None:
    named = glossaries or []
    if answers:
        _accept(file, answers, named, as_json=as_json)
    elif doubts and file.is_dir():
        _report_book(file, to, named, doubts, force=force, as_json=as_json)
    else:
        _convert_text(file, to, named, doubts, is_by_line=line, force=force, as_json=as_json)


def _accept(file: Path, answers: Path, named: list[Path], *, as_json: bool) -> None:
    from builder.doubts import accept_into, glossary_for

    place = glossary_for(file, named)
    accepted = accept_into(answers, place.path)
    if as_json:
        print_result(json.dumps(report.accepted_report(accepted, place), ensure_ascii=False))
        return
    print_diagnostics(accepted.diagnostics)
    for told in report.accepted_lines(accepted, place, file):
        print_result(told)


def _report_book(
    book: Path, to: str, named: list[Path], path: Path, *, force: bool, as_json: bool
) -> None:
    from builder import pipeline
    from builder.doubts import write_report

    files = ",".join(str(glossary) for glossary in named)
    settings = (f"convert.glossary={files}",) if named else ()
    understood = pipeline.inspect(book, pipeline.BuildOptions(to=to, settings=settings))
    for guard in (pipeline.spare_source, pipeline.keep_out):
        guard(path, understood.source, understood.config)
    converted = pipeline.converted_of(understood)
    if converted is None:
        raise ConfigError("C209", location=Location(str(book)))
    rows = write_report(converted, path, force=force)
    if as_json:
        result = report.doubts_report(rows, path, converted.diagnostics)
        print_result(json.dumps(result, ensure_ascii=False, indent=2))
        return
    print_diagnostics(converted.diagnostics)
    print_result(report.doubts_line(rows, path))


def _convert_text(
    file: Path,
    to: str,
    named: list[Path],
    doubts: Path | None,
    *,
    is_by_line: bool,
    force: bool,
    as_json: bool,
) -> None:
    from builder.convert import convert_unrecorded
    from builder.core.language import TARGETS, target_of
    from builder.doubts import glossary_at, write_report

    target = target_of(to)
    if target is None:
        raise ConfigError("B021", tag=to, known=", ".join(TARGETS))
    lines, faults = _lines(file)
    converted = convert_unrecorded(
        lines, target, *map(glossary_at, named), is_related=not is_by_line
    )
    own = (file, *named)
    rows = write_report(converted, doubts, force=force, made_from=own) if doubts else ()
    found = (*faults, *converted.diagnostics)
    if as_json:
        text = "\n".join(converted.lines)
        result = {"text": text} | report.doubts_report(rows, doubts, found)
        print_result(json.dumps(result, ensure_ascii=False, indent=2))
        return
    print_diagnostics(found)
    if doubts:
        print_aside(report.doubts_line(rows, doubts))
    _write(converted.lines)


def _lines(file: Path) -> tuple[list[str], tuple[Diagnostic, ...]]:
    """The lines of a file and the faults of its encoding; what else was read is let go.

    Raises SourceError B025.
    """
    from builder.read import decode_bytes

    try:
        if str(file) == "-":
            content = bounded(sys.stdin.buffer, file)
        else:
            with file.open("rb") as stream:
                content = bounded(stream, file)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("B025", location=Location(str(file)), reason=reason) from problem
    decoded = decode_bytes(content, str(file))
    return decoded.text.split("\n"), decoded.diagnostics


def _write(lines: Sequence[str]) -> None:
    """The lines to the standard output; not at once, for the encoding would hold them all again."""
    is_seen = sys.stdout.isatty()
    for start in range(0, len(lines), LINES_WRITTEN):
        end = start + LINES_WRITTEN
        text = "\n".join(lines[start:end]) + "\n" * (end < len(lines))
        sys.stdout.write(shown(text) if is_seen else text)
