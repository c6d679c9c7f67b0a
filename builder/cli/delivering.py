"""Commands that hand books over: `devices`, `send`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from builder import report_sending as told
from builder.cli.app import AsJson, Settings
from builder.console import Terminal, print_aside, print_diagnostics, print_result, print_table
from builder.core.catalogue import say

Places = Annotated[list[Path] | None, typer.Option("--in", metavar="DIR", help=say("help.places"))]


def devices(places: Places = None, as_json: AsJson = False) -> None:
    from builder import sending

    found = sending.readers(places or ())
    if as_json:
        print_result(json.dumps(told.readers_report(found), ensure_ascii=False, indent=2))
        return
    if found:
        print_table(told.reader_headings(), told.reader_rows(found), right=[3])
    else:
        print_result(say("devices.none"))
    if not any(one.kind == "kindle" for one in found):
        print_aside(say("devices.kindle"))


def send(
    books: Annotated[list[Path], typer.Argument(metavar="BOOK", help=say("help.send.books"))],
    to: Annotated[str, typer.Option("--to", metavar="TARGET", help=say("help.send.to"))],
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help=say("help.send.format"))
    ] = "",
    vertical: Annotated[bool, typer.Option("--vertical", help=say("help.build.vertical"))] = False,
    rehearse: Annotated[bool, typer.Option("--dry-run", help=say("help.send.dry"))] = False,
    series: Annotated[bool, typer.Option("--series", help=say("help.send.series"))] = False,
    places: Places = None,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    from builder import sending
    from builder.pipeline import BuildOptions

    options = BuildOptions(
        formats=tuple(word.strip() for word in formats.split(",") if word.strip()),
        vertical=vertical,
        settings=tuple(settings or ()),
    )
    with Terminal():
        sent = sending.send(
            books, to, options, places=places or (), is_rehearsal=rehearse, lists_series=series
        )
    if as_json:
        result = told.sent_report(sent, is_rehearsal=rehearse)
        print_result(json.dumps(result, ensure_ascii=False, indent=2))
        return
    print_diagnostics(sent.diagnostics)
    for line in told.sent_lines(sent, is_rehearsal=rehearse):
        print_result(line)


def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help=say("help.serve.dir"), show_default=False)
    ] = Path("dist"),
    port: Annotated[int, typer.Option("--port", metavar="N", help=say("help.serve.port"))] = 8008,
    lan: Annotated[bool, typer.Option("--lan", help=say("help.serve.lan"))] = False,
    state: Annotated[
        Path | None, typer.Option("--state", metavar="DIR", help=say("help.serve.state"))
    ] = None,
) -> None:
    import os

    from builder.convert import simplified
    from builder.core.collector import collect_often
    from builder.core.errors import DependencyError
    from builder.deliver.holdings import folded

    try:
        from builder import studio
    except ModuleNotFoundError as problem:
        raise DependencyError("D018", reason=str(problem.name)) from problem
    collect_often()
    password = os.environ.get("BUILDER_PASSWORD", "")
    serving = studio.prepare(
        folder, port=port, lan=lan, password=password, secret=studio.kept_secret(os.environ),
        state=state or studio.state_folder(os.environ),
        fold=lambda text: simplified([folded(text)])[0],
    )  # fmt: skip
    for address in serving.addresses:
        print_result(say("serve.address", address=address, feed=f"{address}opds/"))
    if lan:
        print_aside(serving.code())
        if not password:
            print_aside(say("serve.password", password=serving.password))
    print_aside(say("serve.stop"))
    studio.run(serving)
