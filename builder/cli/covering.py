"""The command that draws covers."""

import json
from pathlib import Path
from typing import Annotated

import typer

from builder import report
from builder.cli.app import AsJson, Settings, To
from builder.console import print_diagnostics, print_result
from builder.core.catalogue import say
from builder.core.choices import COVER_DESIGNS
from builder.core.diagnostic import Diagnostic
from builder.core.errors import ConfigError


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
    wraps: Annotated[bool, typer.Option("--wrap", help=say("help.cover.wrap"))] = False,
    pages: Annotated[
        int | None, typer.Option("--pages", metavar="N", help=say("help.cover.pages"))
    ] = None,
    interior: Annotated[
        Path | None, typer.Option("--interior", metavar="PDF", help=say("help.cover.interior"))
    ] = None,
    printer: Annotated[
        str, typer.Option("--printer", metavar="NAME", help=say("help.build.printer"))
    ] = "",
    paper: Annotated[
        str, typer.Option("--paper", metavar="NAME", help=say("help.cover.paper"))
    ] = "",
    spine: Annotated[
        str, typer.Option("--spine", metavar="LENGTH", help=say("help.cover.spine"))
    ] = "",
    volume: Annotated[
        int, typer.Option("--volume", metavar="N", help=say("help.cover.volume"))
    ] = 0,
    folds: Annotated[bool, typer.Option("--folds", help=say("help.cover.folds"))] = False,
    to: To = "",
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    from builder.pipeline import BuildOptions

    asked = list(settings or ())
    asked += [f"cover.design={design}"] if design else []
    asked += [f"cover.colour={colour}"] if colour else []
    asked += ["cover.writing=vertical"] if vertical else []
    asked += [f"pdf.paper={paper}"] if paper else []
    only_for_wraps = {
        "--pages": pages is not None,
        "--interior": interior is not None,
        "--printer": bool(printer),
        "--paper": bool(paper),
        "--spine": bool(spine),
        "--volume": bool(volume),
        "--folds": folds,
    }
    _require_together(only_for_wraps, wraps=wraps, shows_all=shows_all)
    options = BuildOptions(
        to=to, settings=tuple(asked), printer=printer, vertical=vertical and wraps
    )
    if wraps:
        from builder import wrapping

        said = wrapping.WrapAsked(pages, interior, spine, volume, folds, redraws=bool(design))
        wrapped = wrapping.wrap(book, options, said, out=out, force=force)
        _tell(
            wrapped.diagnostics,
            report.wrap_report(wrapped),
            report.wrap_line(wrapped),
            as_json=as_json,
        )
        return
    from builder import jacket

    drawn = jacket.draw(book, options, out=out, shows_all=shows_all, force=force)
    _tell(
        drawn.diagnostics,
        report.cover_report(drawn),
        report.cover_line(drawn, book),
        as_json=as_json,
    )


def _require_together(only_for_wraps: dict[str, bool], *, wraps: bool, shows_all: bool) -> None:
    """Raise ConfigError B047 for options that mean nothing together."""
    given = [option for option, is_given in only_for_wraps.items() if is_given]
    if given and not wraps:
        raise ConfigError("B047", option=given[0])
    if wraps and shows_all:
        raise ConfigError("B047", option="--all")
    if {"--pages", "--interior"} <= set(given):
        raise ConfigError("B047", option="--interior")


def _tell(
    diagnostics: tuple[Diagnostic, ...], told: report.Report, line: str, *, as_json: bool
) -> None:
    """To programs as JSON; to people the findings, and where the file is."""
    if as_json:
        print_result(json.dumps(told, ensure_ascii=False, indent=2))
        return
    print_diagnostics(diagnostics)
    print_result(line)
