"""`builder themes`: the looks there are, and the style sheet of one to copy."""

import json
from typing import Annotated

import typer

from builder.cli.app import AsJson
from builder.console import print_result, print_table
from builder.core.catalogue import say
from builder.core.choices import THEMES
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError


def themes(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help=say("help.themes.name"), show_default=False)
    ] = "",
    as_json: AsJson = False,
) -> None:
    if not name:
        _list(as_json=as_json)
        return
    from builder.core.files import style

    if name not in THEMES:
        place = Location(f"builder themes {name}")
        raise ConfigError("B003", location=place, key="NAME", wanted=", ".join(THEMES))
    sheet = style(f"themes/{name}.css")
    if as_json:
        print_result(json.dumps({"name": name, "css": sheet}, ensure_ascii=False, indent=2))
    else:
        print_result(sheet.removesuffix("\n"))


def _list(*, as_json: bool) -> None:
    said = [(name, say(f"theme.{name}")) for name in THEMES]
    if as_json:
        listed = [{"name": name, "description": words} for name, words in said]
        print_result(json.dumps({"themes": listed}, ensure_ascii=False, indent=2))
        return
    print_table((say("themes.heading.name"), say("themes.heading.look")), said, right=())
    print_result(say("themes.use"))
