"""Commands that make books: `build`, `new`."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from builder import report
from builder.cli.app import AsJson, Settings, To
from builder.console import Terminal, print_diagnostic, print_result
from builder.core.catalogue import say
from builder.core.collector import collect
from builder.core.diagnostic import Location
from builder.core.errors import BuilderError, ConfigError

SOURCE_FOLDER = Path("source")


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
    vertical: Annotated[bool, typer.Option("--vertical", help=say("help.build.vertical"))] = False,
    pinyin: Annotated[
        str, typer.Option("--pinyin", metavar="rare|all", help=say("help.build.pinyin"))
    ] = "",
    device: Annotated[
        str, typer.Option("--device", metavar="NAME", help=say("help.build.device"))
    ] = "",
    printer: Annotated[
        str, typer.Option("--printer", metavar="NAME", help=say("help.build.printer"))
    ] = "",
    settings: Settings = None,
    strict: Annotated[bool, typer.Option("--strict", help=say("help.build.strict"))] = False,
    as_json: AsJson = False,
) -> None:
    from builder import pipeline

    options = pipeline.BuildOptions(
        to=to,
        strict=strict,
        vertical=vertical,
        device=device,
        printer=printer,
        pinyin=pinyin,
        formats=tuple(word.strip() for word in formats.split(",") if word.strip()),
        out=out,
        settings=tuple(settings or ()),
    )
    reports: list[dict[str, object]] = []
    failures: list[BuilderError] = []
    with Terminal() as terminal:
        for at, path in enumerate(books or pipeline.books_under(SOURCE_FOLDER)):
            if at:
                collect()
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


def _quiet(_event: object) -> None:
    """The listener of a build whose result is JSON."""


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("help.new.dir"))],
    as_json: AsJson = False,
) -> None:
    from builder.core.files import write_together

    settings = folder / "book.toml"
    if settings.exists():
        raise ConfigError("B024", location=Location(str(settings)))
    has_text = folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir())
    title = folder.resolve().name.replace("\\", "").replace('"', "")
    # The settings last: a folder that has them is not filled again.
    files = [] if has_text else [(folder / "001.txt", say("new.chapter").encode())]
    write_together([*files, (settings, say("new.template", title=title).encode())])
    if as_json:
        print_result(json.dumps({"settings": str(settings)}, ensure_ascii=False))
    else:
        print_result(say("new.made", path=settings, folder=folder))
