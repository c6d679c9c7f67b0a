"""The command that shows pages before they are printed."""

import json
from pathlib import Path
from typing import Annotated

import typer

from builder import report_sheets as report
from builder.cli.app import AsJson, Settings, To
from builder.console import print_diagnostics, print_result
from builder.core.catalogue import say

# As in builder.preview, which is not loaded for `builder --help`.
_USUAL_WIDTH, _MIN_WIDTH, _MAX_WIDTH = 2000, 200, 8000


def preview(
    book: Annotated[Path, typer.Argument(metavar="BOOK", help=say("help.preview.book"))],
    pages: Annotated[
        str, typer.Option("--pages", metavar="LIST", help=say("help.preview.pages"))
    ] = "",
    width: Annotated[
        int,
        typer.Option(
            "--width",
            metavar="PIXELS",
            min=_MIN_WIDTH,
            max=_MAX_WIDTH,
            help=say("help.preview.width"),
        ),
    ] = _USUAL_WIDTH,
    single: Annotated[bool, typer.Option("--single", help=say("help.preview.single"))] = False,
    volume: Annotated[
        int, typer.Option("--volume", metavar="NUMBER", min=1, help=say("help.preview.volume"))
    ] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("help.preview.out"))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.preview.force"))] = False,
    to: To = "",
    vertical: Annotated[bool, typer.Option("--vertical", help=say("help.build.vertical"))] = False,
    device: Annotated[
        str, typer.Option("--device", metavar="NAME", help=say("help.preview.device"))
    ] = "",
    printer: Annotated[
        str, typer.Option("--printer", metavar="NAME", help=say("help.preview.printer"))
    ] = "",
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    from builder.pipeline import BuildOptions
    from builder.proofs import proof

    options = BuildOptions(
        to=to, vertical=vertical, device=device, printer=printer, settings=tuple(settings or ())
    )
    made = proof(
        book,
        options,
        pages=pages,
        width=width,
        volume=volume,
        is_single=single,
        out=out,
        force=force,
    )
    if as_json:
        print_result(json.dumps(report.proof_report(made), ensure_ascii=False, indent=2))
        return
    print_diagnostics(made.diagnostics)
    print_result(report.proof_line(made))
