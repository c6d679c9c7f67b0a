"""The command line: parses, calls, prints. No logic lives here.

Stages are imported inside the commands, so that `builder --help` answers at once.
"""

import json
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder import report
from builder.console import (
    Terminal,
    prepare_streams,
    print_aside,
    print_diagnostic,
    print_result,
    print_table,
)
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, Severity
from builder.core.diagnostic import error as error_diagnostic
from builder.core.errors import BuilderError, CheckFailed, ConfigError, SourceError
from builder.core.version import __version__

if TYPE_CHECKING:
    from builder.inspection import Examination
    from builder.pipeline import Understood

app = typer.Typer(
    name="builder",
    help=say("help.app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

To = Annotated[str, typer.Option("--to", metavar="TAG", help=say("help.to"))]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help=say("help.set"))
]
AsJson = Annotated[bool, typer.Option("--json", help=say("help.json"))]

SOURCE_FOLDER = Path("source")
# What typer answers when Ctrl-C stopped a command; the shell's own code for it.
INTERRUPTED = 130
# What a command line that cannot be understood is answered with.
USAGE = 2


def _show_version(wanted: bool) -> None:
    if wanted:
        print_result(f"builder {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help=say("help.version"), callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Nothing to do before a command."""


@app.command(help=say("help.build"))
def build(
    books: Annotated[
        list[Path] | None, typer.Argument(metavar="BOOK", help=say("help.build.books"))
    ] = None,
    to: To = "",
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help=say("help.build.format"))
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=say("help.build.out"))
    ] = None,
    settings: Settings = None,
    strict: Annotated[bool, typer.Option("--strict", help=say("help.build.strict"))] = False,
    as_json: AsJson = False,
) -> None:
    from builder import pipeline

    options = pipeline.BuildOptions(
        to=to,
        strict=strict,
        formats=tuple(word.strip() for word in formats.split(",") if word.strip()),
        out=out,
        settings=tuple(settings or ()),
    )
    reports: list[dict[str, object]] = []
    failures: list[BuilderError] = []
    with Terminal() as terminal:
        for path in books or pipeline.books_under(SOURCE_FOLDER):
            try:
                result = pipeline.build(path, options, _quiet if as_json else terminal.listen)
                reports.append(report.build_report(result))
                made = options.taken.union(file.path for file in result.files)
                options = replace(options, taken=made)
            except BuilderError as problem:
                terminal.clear()
                failures.append(problem)
                reports.append(report.failure_report(path, problem))
                if not as_json:
                    print_diagnostic(problem.diagnostic)
    if as_json:
        print_result(json.dumps({"books": reports}, ensure_ascii=False, indent=2))
    if failures:
        raise typer.Exit(failures[0].exit_code)


@app.command(help=say("help.new"))
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("help.new.dir"))],
    as_json: AsJson = False,
) -> None:
    from builder.core.files import write_whole

    settings = folder / "book.toml"
    if settings.exists():
        raise ConfigError("B024", location=Location(str(settings)))
    has_text = folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir())
    title = folder.resolve().name.replace("\\", "").replace('"', "")
    write_whole(settings, say("new.template", title=title).encode())
    if not has_text:
        write_whole(folder / "001.txt", say("new.chapter").encode())
    if as_json:
        print_result(json.dumps({"settings": str(settings)}, ensure_ascii=False))
    else:
        print_result(say("new.made", path=settings, folder=folder))


@app.command(help=say("help.inspect"))
def inspect(
    book: Annotated[Path, typer.Argument(metavar="BOOK", help=say("help.inspect.book"))],
    settings: Settings = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help=say("help.inspect.html"))
    ] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help=say("help.inspect.plan"))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.inspect.force"))] = False,
    as_json: AsJson = False,
) -> None:
    from builder import pipeline
    from builder.inspection import findings_of

    options = pipeline.BuildOptions(settings=tuple(settings or ()))
    understood = pipeline.inspect(book, options)
    for path in filter(None, (html, plan)):
        pipeline.spare_source(path, understood.source, understood.config)
        pipeline.keep_out(path, understood.source, understood.config)
    examination = report.examined(understood)
    if html or plan:
        _write_inspection(understood, examination, html=html, plan=plan, force=force)
    if as_json:
        result = report.inspection_report(understood, examination)
        print_result(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for line in report.inspection_head(understood):
        print_result(line)
    headings, rows = report.section_headings(examination), report.section_rows(examination)
    print_table(headings, rows, right=[2])
    print_result(report.inspection_total(understood))
    print_result(report.inspection_found(examination))
    if html:
        print_result(say("inspect.page", path=html))
    if plan:
        print_result(report.plan_hint(understood, plan))
    for diagnostic in (*examination.told, *findings_of(examination)):
        print_diagnostic(diagnostic)


def _write_inspection(
    understood: "Understood",
    examination: "Examination",
    *,
    html: Path | None,
    plan: Path | None,
    force: bool,
) -> None:
    from builder.inspection import page
    from builder.safekeeping import write_inspection
    from builder.structure import plan_of

    pages = page(examination) if html else ""
    contents = plan_of(understood.book, understood.manuscript) if plan else ""
    write_inspection(
        (html, pages.encode("utf-8", "backslashreplace")) if html else None,
        (plan, contents.encode("utf-8", "backslashreplace")) if plan else None,
        force=force,
    )


@app.command(help=say("help.why"))
def why(
    book: Annotated[Path, typer.Argument(metavar="BOOK", help=say("help.why.book"))],
    place: Annotated[str, typer.Argument(metavar="FILE:LINE", help=say("help.why.place"))],
    to: To = "",
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    from builder import provenance
    from builder.pipeline import BuildOptions

    options = BuildOptions(to=to, settings=tuple(settings or ()))
    answer = provenance.why(book, place, options)
    if as_json:
        print_result(json.dumps(report.why_report(answer), ensure_ascii=False, indent=2))
        return
    for line in report.why_lines(answer):
        print_result(line)


@app.command(help=say("help.convert"), short_help=say("help.convert.short"))
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
    for diagnostic in accepted.diagnostics:
        print_diagnostic(diagnostic)
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
    for diagnostic in converted.diagnostics:
        print_diagnostic(diagnostic)
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
    from builder.convert import convert_lines, convert_text
    from builder.core.language import TARGETS, target_of
    from builder.doubts import glossary_at, write_report
    from builder.read import decode_bytes

    target = target_of(to)
    if target is None:
        raise ConfigError("B021", tag=to, known=", ".join(TARGETS))
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("B025", location=Location(str(file)), reason=reason) from problem
    decoded = decode_bytes(content, str(file))
    turn = convert_lines if is_by_line else convert_text
    converted = turn(decoded.text, target, *map(glossary_at, named))
    own = (file, *named)
    rows = write_report(converted, doubts, force=force, made_from=own) if doubts else ()
    found = (*decoded.diagnostics, *converted.diagnostics)
    if as_json:
        result = {"text": converted.text} | report.doubts_report(rows, doubts, found)
        print_result(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for diagnostic in found:
        print_diagnostic(diagnostic)
    if doubts:
        print_aside(report.doubts_line(rows, doubts))
    sys.stdout.write(converted.text)


@app.command(help=say("help.check"), short_help=say("help.check.short"))
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=say("help.check.files"))],
    against: Annotated[
        Path | None, typer.Option("--against", metavar="BOOK", help=say("help.check.against"))
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="TAG", help=say("help.check.to"))] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help=say("help.check.set"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    from builder import pipeline
    from builder.check import check as judge

    options = pipeline.BuildOptions(to=to, settings=tuple(settings or ()))
    understood = pipeline.inspect(against, options) if against else None
    books = pipeline.books_of(understood) if understood else ()
    results: list[dict[str, object]] = []
    exit_code = 0
    for path in files:
        try:
            found = judge(path, against=pipeline.volume_in(path, books))
        except BuilderError as problem:
            exit_code = exit_code or problem.exit_code
            results.append(report.failure_report(path, problem))
            if not as_json:
                print_diagnostic(problem.diagnostic)
            continue
        if understood:
            found = pipeline.not_ignored(found, understood.config)
        if any(item.severity is Severity.ERROR for item in found):
            exit_code = exit_code or CheckFailed.exit_code
        results.append({"path": str(path), "diagnostics": report.diagnostics_report(found)})
        if not as_json:
            _print_judgement(path, found)
    if as_json:
        print_result(json.dumps({"files": results}, ensure_ascii=False, indent=2))
    if exit_code:
        raise typer.Exit(exit_code)


def _print_judgement(path: Path, found: Sequence[Diagnostic]) -> None:
    for diagnostic in found:
        print_diagnostic(diagnostic)
    errors = sum(item.severity is Severity.ERROR for item in found)
    warnings = sum(item.severity is Severity.WARNING for item in found)
    key = "check.count" if errors or warnings else "check.fine"
    print_result(say(key, path=path, errors=errors, warnings=warnings))


def _quiet(_event: object) -> None:
    """The listener of a build whose result is JSON."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no exception leaves it."""
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given[: given.index("--")] if "--" in given else "--json" in given
    try:
        # Not standalone, so that the exit code comes back and errors are ours to print.
        code = app(args=given, standalone_mode=False)
    except BuilderError as problem:
        return _failed(problem.diagnostic, problem.exit_code, as_json=as_json)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:  # noqa: BLE001  (the last line of defence: no traceback for users)
        return _unexpected(problem, as_json=as_json)
    if code == INTERRUPTED:
        return _failed(error_diagnostic("B098"), INTERRUPTED, as_json=as_json)
    return code if isinstance(code, int) else 0


def _failed(problem: Diagnostic, exit_code: int, *, as_json: bool) -> int:
    """Tell why a command failed: to people on stderr, to programs as JSON on stdout."""
    if as_json:
        failure = report.error_report(problem, exit_code)
        print_result(json.dumps(failure, ensure_ascii=False, indent=2))
    else:
        print_diagnostic(problem)
    return exit_code


def _unexpected(problem: Exception, *, as_json: bool) -> int:
    # typer keeps its own copy of click's exceptions: usage errors know how to show themselves.
    if hasattr(problem, "show") and hasattr(problem, "format_message"):
        exit_code = int(getattr(problem, "exit_code", USAGE))
        if as_json:
            wrong = error_diagnostic("B097", reason=problem.format_message())
            return _failed(wrong, exit_code, as_json=True)
        problem.show()
        return exit_code
    if os.environ.get("BUILDER_DEBUG"):
        print_aside("".join(traceback.format_exception(problem)))
    wrong = error_diagnostic("B099", reason=f"{type(problem).__name__}: {problem}")
    return _failed(wrong, BuilderError.exit_code, as_json=as_json)
