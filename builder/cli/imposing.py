"""The command that lays out pages on sheets."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from builder import report_sheets as report
from builder.cli.app import AsJson
from builder.console import print_diagnostics, print_result
from builder.core.catalogue import say

# As in builder.impose, which is not loaded for `builder --help`.
_BINDINGS = Literal["saddle", "sewn", "perfect", "stack"]
_MOST_FOLDS = 4


def impose(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help=say("help.impose.file"))],
    sheet: Annotated[
        str, typer.Option("--sheet", metavar="SIZE", help=say("help.impose.sheet"))
    ] = "A4",
    binding: Annotated[
        _BINDINGS | None,
        typer.Option("--binding", help=say("help.impose.binding"), show_default=False),
    ] = None,
    signature: Annotated[
        int, typer.Option("--signature", metavar="PAGES", min=0, help=say("help.impose.signature"))
    ] = 0,
    folds: Annotated[
        int, typer.Option("--folds", min=1, max=_MOST_FOLDS, help=say("help.impose.folds"))
    ] = 1,
    bound: Annotated[
        Literal["left", "right"] | None,
        typer.Option("--bound", help=say("help.impose.bound"), show_default=False),
    ] = None,
    scale: Annotated[
        Literal["shrink", "fit", "actual"], typer.Option("--scale", help=say("help.impose.scale"))
    ] = "shrink",
    paper: Annotated[
        str, typer.Option("--paper", metavar="LENGTH", help=say("help.impose.paper"))
    ] = "0.1mm",
    mill: Annotated[
        str, typer.Option("--mill", metavar="LENGTH", help=say("help.impose.mill"))
    ] = "",
    blanks: Annotated[
        Literal["end", "before-last"], typer.Option("--blanks", help=say("help.impose.blanks"))
    ] = "end",
    flip: Annotated[
        Literal["short", "long"] | None,
        typer.Option("--flip", help=say("help.impose.flip"), show_default=False),
    ] = None,
    by_hand: Annotated[bool, typer.Option("--by-hand", help=say("help.impose.by_hand"))] = False,
    pile: Annotated[
        Literal["as-is", "turned"], typer.Option("--pile", help=say("help.impose.pile"))
    ] = "as-is",
    marks: Annotated[
        str, typer.Option("--marks", metavar="NAMES", help=say("help.impose.marks"))
    ] = "",
    picture: Annotated[
        bool, typer.Option("--picture/--no-picture", help=say("help.impose.picture"))
    ] = True,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("help.impose.out"))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.impose.force"))] = False,
    as_json: AsJson = False,
) -> None:
    from builder.bindery import impose_file
    from builder.impose import (
        MAX_LEAF_MM,
        MAX_MILL_MM,
        Wishes,
        length_within,
        marks_named,
        sheet_named,
    )

    wishes = Wishes(
        sheet=sheet_named(sheet),
        binding=binding or ("sewn" if signature else "saddle"),
        bound=bound,
        folds=folds,
        signature=signature,
        blanks=blanks,
        leaf_mm=length_within(paper, "--paper", MAX_LEAF_MM),
        mill_mm=length_within(mill, "--mill", MAX_MILL_MM) if mill else None,
        scaling=scale,
        flip=flip,
        is_by_hand=by_hand,
        pile=pile,
        marks=marks_named(marks),
    )
    made = impose_file(file, wishes, out=out, draws=picture, force=force)
    if as_json:
        print_result(json.dumps(report.imposed_report(made), ensure_ascii=False, indent=2))
        return
    print_diagnostics(made.diagnostics)
    for line in report.imposed_lines(made):
        print_result(line)
