"""The command that draws covers."""

import json
from pathlib import Path
from typing import Annotated

import typer

from builder import report
from builder.cli.app import AsJson, Settings, To
from builder.console import print_diagnostic, print_result
from builder.core.catalogue import say
from builder.core.config_laws import COVER_DESIGNS


def cover(
    book: Annotated[Path, typer.Argument(metavar="BOOK", help=say("help.cover.book"))],
    design: Annotated[
        str,
        typer.Option(
            "--design",
            metavar="NAME",
            help=say("help.cover.design", names=", ".join(COVER_DESIGNS)),
        ),
    ] = "",
    colour: Annotated[
        str, typer.Option("--colour", metavar="COLOUR", help=say("help.cover.colour"))
    ] = "",
    vertical: Annotated[bool, typer.Option("--vertical", help=say("help.cover.vertical"))] = False,
    shows_all: Annotated[bool, typer.Option("--all", help=say("help.cover.all"))] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("help.cover.out"))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.cover.force"))] = False,
    to: To = "",
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    from builder import jacket
    from builder.pipeline import BuildOptions

    asked = list(settings or ())
    asked += [f"cover.design={design}"] if design else []
    asked += [f"cover.colour={colour}"] if colour else []
    asked += ["cover.writing=vertical"] if vertical else []
    options = BuildOptions(to=to, settings=tuple(asked))
    drawn = jacket.draw(book, options, out=out, shows_all=shows_all, force=force)
    if as_json:
        print_result(json.dumps(report.cover_report(drawn), ensure_ascii=False, indent=2))
        return
    for diagnostic in drawn.diagnostics:
        print_diagnostic(diagnostic)
    print_result(report.cover_line(drawn, book))
