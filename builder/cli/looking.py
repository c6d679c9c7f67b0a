"""Commands that look at a source and at what became of it: `inspect`, `why`, `check`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder import report
from builder.cli.app import AsJson, Settings, To
from builder.console import print_diagnostic, print_diagnostics, print_result, print_table
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Severity
from builder.core.errors import BuilderError, CheckFailed

if TYPE_CHECKING:
    from builder.inspection import Examination
    from builder.pipeline import Understood


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
    print_diagnostics((*examination.told, *findings_of(examination)))


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


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=say("help.check.files"))],
    against: Annotated[
        Path | None, typer.Option("--against", metavar="BOOK", help=say("help.check.against"))
    ] = None,
    device: Annotated[
        str, typer.Option("--device", metavar="NAME", help=say("help.check.device"))
    ] = "",
    printer: Annotated[
        str, typer.Option("--printer", metavar="NAME", help=say("help.check.printer"))
    ] = "",
    paper: Annotated[
        str, typer.Option("--paper", metavar="PAPER", help=say("help.check.paper"))
    ] = "",
    cover_of: Annotated[
        Path | None, typer.Option("--cover-of", metavar="FILE", help=say("help.check.cover_of"))
    ] = None,
    bound: Annotated[
        str, typer.Option("--bound", metavar="SIDE", help=say("help.check.bound"))
    ] = "",
    to: Annotated[str, typer.Option("--to", metavar="TAG", help=say("help.check.to"))] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help=say("help.check.set"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    from builder import pipeline
    from builder.check import check as judge
    from builder.check import check_print
    from builder.settings import device_named, printing_asked

    reader = device_named(device) if device else None
    printing = printing_asked(printer, paper=paper, cover_of=cover_of, bound=bound)
    options = pipeline.BuildOptions(to=to, settings=tuple(settings or ()))
    understood = pipeline.inspect(against, options) if against else None
    books = pipeline.books_of(understood) if understood else ()
    results: list[dict[str, object]] = []
    exit_code = 0
    for path in files:
        try:
            book = pipeline.volume_in(path, books)
            found = (
                check_print(path, printing, against=book)
                if printing
                else judge(path, against=book, device=reader)
            )
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
        judged = report.printing_report(printing) | {"files": results}
        print_result(json.dumps(judged, ensure_ascii=False, indent=2))
    elif printing and any("diagnostics" in one for one in results):
        print_result(report.printing_line(printing))
    if exit_code:
        raise typer.Exit(exit_code)


def _print_judgement(path: Path, found: Sequence[Diagnostic]) -> None:
    print_diagnostics(found)
    errors = sum(item.severity is Severity.ERROR for item in found)
    warnings = sum(item.severity is Severity.WARNING for item in found)
    key = "check.count" if errors or warnings else "check.fine"
    print_result(say(key, path=path, errors=errors, warnings=warnings))
