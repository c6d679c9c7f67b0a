"""The command line's root, and the options that several commands share."""

from typing import Annotated

import typer

from builder.cli.manners import Group
from builder.console import print_result
from builder.core.catalogue import LANGUAGES, say
from builder.core.version import __version__

app = typer.Typer(
    name="builder",
    cls=Group,
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
    language: Annotated[
        str,
        typer.Option("--lang", metavar="TAG", help=say("help.lang", known=", ".join(LANGUAGES))),
    ] = "",
) -> None:
    """Nothing to do before a command; the language was chosen before this was loaded."""
