"""The command that tells of fonts."""

import json
from pathlib import Path
from typing import Annotated

import typer

from builder import report_fonts as report
from builder.cli.app import AsJson, Settings, To
from builder.console import print_diagnostics, print_result, print_table
from builder.core.catalogue import say


def fonts(
    book: Annotated[Path, typer.Argument(metavar="BOOK", help=say("help.fonts.book"))],
    to: To = "",
    vertical: Annotated[bool, typer.Option("--vertical", help=say("help.build.vertical"))] = False,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    from builder.pipeline import BuildOptions
    from builder.typecase import fonts_of

    options = BuildOptions(to=to, vertical=vertical, settings=tuple(settings or ()))
    case = fonts_of(book, options)
    if as_json:
        print_result(json.dumps(report.fonts_report(case), ensure_ascii=False, indent=2))
        return
    print_result(report.fonts_head(case))
    print_table(report.font_headings(), report.font_rows(case), right=[2, 3, 4])
    for line in report.fonts_missing(case):
        print_result(line)
    print_diagnostics(case.survey.diagnostics)
