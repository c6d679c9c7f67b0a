"""`builder shelf`: many books."""

import json
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder import report_shelf
from builder.cli.app import AsJson, Settings, To
from builder.cli.manners import Command, Group
from builder.console import Gauge, print_diagnostic, print_result
from builder.core.catalogue import say
from builder.core.diagnostic import note

if TYPE_CHECKING:
    from builder.settings import BuildOptions
    from builder.shelf import Executor, Outcome, ShelfBuilt

# How often a shelf that is watched is looked at.
_WATCH_S = 2.0
# After what may pass, such as a full disk, it is tried again so often.
_AGAIN_S = 60.0
# Of books with the same text so many are told one by one; the catalogue and --json have all.
_MOST_TOLD = 10

shelf = typer.Typer(name="shelf", cls=Group, no_args_is_help=True, help=say("help.shelf"))


@shelf.callback()
def _shelf() -> None:
    """Nothing to do before a command."""


@shelf.command(cls=Command, help=say("help.shelf.build"))
def build(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("help.shelf.dir"))],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=say("help.shelf.out"), show_default=False)
    ] = Path("shelf"),
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=0, help=say("help.shelf.jobs"))
    ] = 0,
    to: To = "",
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help=say("help.build.format"))
    ] = "epub",
    vertical: Annotated[bool, typer.Option("--vertical", help=say("help.build.vertical"))] = False,
    device: Annotated[
        str, typer.Option("--device", metavar="NAME", help=say("help.build.device"))
    ] = "",
    dask: Annotated[
        str, typer.Option("--dask", metavar="ADDRESS", help=say("help.shelf.dask"))
    ] = "",
    carry: Annotated[bool, typer.Option("--carry", help=say("help.shelf.carry"))] = False,
    watch: Annotated[bool, typer.Option("--watch", help=say("help.shelf.watch"))] = False,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    from builder.core.collector import collect_often
    from builder.core.config import parts_of
    from builder.settings import BuildOptions
    from builder.shelf import Dask, Processes, is_changed, is_passing, tried

    # This process may stay for days, and talk with a cluster: both leave garbage in cycles.
    collect_often()

    options = BuildOptions(
        to=to, formats=tuple(parts_of(formats)), settings=tuple(settings or ()),
        vertical=vertical, device=device,
    )  # fmt: skip
    executor: Executor = Processes(_at_once(jobs, is_told=not dask))
    if dask:
        # Workers have folders of their own to stand in.
        folder, out, executor = folder.resolve(), out.resolve(), Dask(dask, is_carrying=carry)
    while True:
        built = _round(folder, options, executor, out, as_json=as_json)
        if not watch:
            break
        ended, failed_ones = time.monotonic(), tried(built)
        is_quiet, pause = True, _WATCH_S
        while is_quiet:
            time.sleep(pause)
            started = time.monotonic()
            if is_passing(built) and started - ended > _AGAIN_S:
                failed_ones, is_quiet = tried(built, is_over=True), not built.problem
            is_quiet = is_quiet and not is_changed(folder, options, out, failed_ones)
            # A large shelf takes a while to look at: a tenth of the time is enough for that.
            pause = max(_WATCH_S, 10 * (time.monotonic() - started))
    if built.problem:
        raise built.problem
    failed = [one for one in built.outcomes if one.state == "failed"]
    if failed:
        raise typer.Exit(failed[0].exit_code)


def _at_once(jobs: int, *, is_told: bool) -> int:
    """How many books at once; when more were asked for than is of any use, it is told (L012)."""
    from builder.shelf import MOST_A_PROCESSOR, processors

    most = MOST_A_PROCESSOR * processors()
    if jobs > most and is_told:
        print_diagnostic(note("L012", asked=jobs, most=most, processors=processors()))
    return min(jobs, most) or processors()


def _round(
    folder: Path, options: "BuildOptions", executor: "Executor", out: Path, *, as_json: bool
) -> "ShelfBuilt":
    """Build what is to be built, and say what became of it."""
    from builder.shelf import build_shelf

    started = time.monotonic()
    with Gauge(say("stage.make"), is_silent=as_json) as gauge:

        def heard(outcome: "Outcome") -> None:
            gauge.step(outcome.path)
            if outcome.problem and not as_json:
                gauge.clear_for(outcome.problem)

        built = build_shelf(folder, options, executor, out=out, begun=gauge.begin, heard=heard)
    seconds = time.monotonic() - started
    if as_json:
        told = report_shelf.shelf_report(built, seconds)
        print_result(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        if built.passed_by:
            print_diagnostic(report_shelf.passed_by(built))
        if built.in_out:
            print_diagnostic(report_shelf.in_out(built))
        for likeness in islice(report_shelf.likenesses(built), _MOST_TOLD):
            print_diagnostic(likeness)
        print_result(report_shelf.shelf_line(built, seconds))
        if line := report_shelf.likeness_line(built):
            print_result(line)
        if built.page:
            print_result(say("shelf.catalogue", path=built.page))
    return built
